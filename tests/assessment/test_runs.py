"""Which runs one activity adds up, and what shows when they are compared."""

from __future__ import annotations

import pytest

from carbonlabel.assessment import assess
from carbonlabel.model.hardware import Device
from tests.assessment.test_worked_examples import stated, ten_hours_of_four_gpus


def boards(name: str, count: int) -> tuple[Device, ...]:
    return (Device(name=name, kind="accelerator", count=count),)


def test_the_hours_of_a_run_count_for_its_own_boards_only() -> None:
    two = ten_hours_of_four_gpus(run="a", devices=boards("NVIDIA A100-SXM4-80GB", 2))
    eight = ten_hours_of_four_gpus(run="b", devices=boards("NVIDIA A100-SXM4-80GB", 8))

    disclosure = assess([two, eight], place=stated(1.5, 450))

    # 10 h ÷ 35 040 h of (2 × 150 kg + 900 kg), and of (8 × 150 kg + 2 500 kg)
    assert disclosure.totals.manufacture.value == pytest.approx(4_900_000 * 10 / 35_040)
    assert [each.hardware[0].count for each in disclosure.activities] == [2, 8]


def test_runs_on_the_same_boards_are_one_activity() -> None:
    runs = [
        ten_hours_of_four_gpus(run=name, devices=boards("NVIDIA A100-SXM4-80GB", 4))
        for name in ("a", "b")
    ]

    (activity,) = assess(runs, place=stated(1.5, 450)).activities

    assert activity.runs == 2
