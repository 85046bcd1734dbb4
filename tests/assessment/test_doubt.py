"""How far a total may be off: the same evidence has the same doubt, however it was given."""

from __future__ import annotations

import pytest

from carbonlabel.assessment import assess
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Input
from tests.assessment.test_worked_examples import FILE, stated, ten_hours_of_four_gpus


def sixteen_runs(*, in_one_file: bool) -> list[Evidence]:
    others = [Input(file=f"{n}.csv", sha256=f"{n:064x}", format="test") for n in range(16)]
    return [
        ten_hours_of_four_gpus(run=str(n), inputs=(FILE if in_one_file else others[n],))
        for n in range(16)
    ]


def test_runs_in_files_of_their_own_are_as_doubtful_as_in_one_file() -> None:
    place = stated(1.0, 450)

    one, many = (
        assess(sixteen_runs(in_one_file=told), place=place).totals.energy for told in (True, False)
    )

    # A tracker is off by ÷ and × 1.4, in the same direction for all that it reads: 16 × 12 kWh.
    assert (one.low, one.high) == pytest.approx((192 / 1.4, 192 * 1.4))
    assert (many.low, many.high) == pytest.approx((one.low, one.high))


def test_a_run_that_states_no_range_does_not_borrow_that_of_another() -> None:
    ranged = Estimate(value=12, low=6, high=24, unit="kWh", basis="measured", source="log")
    stating = {"accelerators": "stated"}

    energy = assess(
        [
            ten_hours_of_four_gpus(run="a", accelerators=ranged, sensors=stating),
            ten_hours_of_four_gpus(run="b", sensors=stating),
        ],
        place=stated(1.0, 450),
    ).totals.energy

    assert (energy.value, energy.low, energy.high) == (24, None, None)
