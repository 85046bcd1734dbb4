"""Which runs one activity adds up, and what shows when they are compared."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from carbonlabel.assessment import assess
from carbonlabel.model.evidence import Evidence, Phase
from carbonlabel.model.hardware import Device
from carbonlabel.model.provenance import Finding, Period
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


def at(begin: int, end: int, **changes: object) -> Evidence:
    period = Period(start=moment(begin), end=moment(end), zone="UTC")
    return ten_hours_of_four_gpus(run=f"{begin}-{end}", place=f"{begin}", period=period, **changes)


def moment(hour: int, zone: timezone = UTC) -> datetime:
    return datetime(2026, 11, 3, hour, tzinfo=zone)


def overlapping(*runs: Evidence) -> list[Finding]:
    findings = assess(runs, place=stated(1.5, 450)).findings
    return [each for each in findings if each.code == "overlapping-runs"]


def test_runs_that_overlap_are_found_though_they_are_of_two_activities() -> None:
    with_boards = at(8, 12, devices=boards("NVIDIA A100-SXM4-80GB", 4))

    (finding,) = overlapping(with_boards, at(9, 11))

    assert (finding.place, finding.found) == ("/activities", "8 and 9")


def test_runs_of_one_activity_that_overlap_are_found_in_it() -> None:
    (finding,) = overlapping(at(8, 12), at(9, 11))

    assert finding.place == "/activities/0"


def test_every_run_inside_a_longer_one_is_counted_as_overlapping() -> None:
    (finding,) = overlapping(at(0, 20), at(1, 2), at(3, 4), at(5, 6))

    assert finding.found == "0 and 1, and 2 more"


def test_runs_in_places_of_their_own_do_not_overlap() -> None:
    assert not overlapping(at(8, 12, country="FR"), at(9, 11, country="DE"))


def test_clocks_of_two_zones_are_compared_as_instants() -> None:
    five_hours_behind = timezone(timedelta(hours=-5))
    later = Period(
        start=moment(9, five_hours_behind), end=moment(11, five_hours_behind), zone="-05:00"
    )

    disclosure = assess([at(8, 12), ten_hours_of_four_gpus(run="b", period=later)])

    # 09:00 in New York is 14:00 UTC: the first run is over.
    assert "overlapping-runs" not in {each.code for each in disclosure.findings}
    assert disclosure.activities[0].period.end == moment(16)


@pytest.mark.parametrize(
    ("logged", "named", "told"),
    [
        ("finetuning", "pretraining", ("warning", "finetuning", "pretraining")),
        ("evaluation", "training", ("warning", "evaluation", "training")),
        ("finetuning", None, None),
        ("finetuning", "finetuning", None),
        ("training", "finetuning", None),
        (None, "finetuning", None),
        ("inference", "finetuning", None),
    ],
)
def test_a_phase_that_is_not_that_of_the_log_is_warned_of(
    logged: Phase | None, named: Phase | None, told: tuple[str, str, str] | None
) -> None:
    """Use stays use, and a kind of training is no contradiction to a training."""
    disclosure = assess([ten_hours_of_four_gpus(phase=logged)], phase=named)

    found = [
        (each.severity, each.expected, each.found)
        for each in disclosure.findings
        if each.code == "phase-differs-from-log"
    ]
    assert found == ([told] if told else [])
