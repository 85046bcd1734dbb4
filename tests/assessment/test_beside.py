"""Idle time and shared nodes as evidence: their range is that of what read them."""

from __future__ import annotations

import pytest

from carbonlabel.assessment import assess
from carbonlabel.model.disclosure import Part
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.region import Place
from tests.assessment.test_worked_examples import kwh, ten_hours_of_four_gpus


def row(run: Evidence, name: str) -> Part:
    (activity,) = assess([run], place=Place(code="FR")).activities
    (found,) = [part for part in activity.parts if part.part == name]
    return found


def test_idle_time_that_counters_read_has_the_range_of_trackers() -> None:
    run = ten_hours_of_four_gpus(
        idle=kwh(14.0), sensors={"accelerators": "counter", "idle": "counter"}
    )

    energy = row(run, "idle").energy
    assert (energy.low, energy.high) == pytest.approx((10, 19.6))


def test_shared_nodes_of_rated_power_have_the_range_of_rated_power() -> None:
    run = ten_hours_of_four_gpus(
        shared=kwh(10.0), sensors={"accelerators": "counter", "shared": "rated"}
    )

    energy = row(run, "shared").energy
    assert (energy.low, energy.high) == pytest.approx((1.5, 10.5))


def test_what_nobody_says_the_origin_of_is_a_statement_without_a_range() -> None:
    run = ten_hours_of_four_gpus(idle=kwh(14.0))

    assert (row(run, "idle").energy.low, row(run, "idle").energy.value) == (None, 14)
