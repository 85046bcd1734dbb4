"""How far a total may be off: the same evidence has the same doubt, however it was given."""

from __future__ import annotations

from datetime import datetime

import pytest

from carbonlabel.assessment import assess
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Input, Period
from carbonlabel.model.region import Place
from tests.assessment.test_use import use, value, work
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


def in_year(year: int) -> Period:
    start = datetime(year, 3, 1)  # noqa: DTZ001 - a log's local time
    return Period(start=start, end=start.replace(hour=10), zone="local")


def exact(energy_kwh: float) -> Estimate:
    return Estimate(
        value=energy_kwh,
        low=energy_kwh,
        high=energy_kwh,
        unit="kWh",
        basis="measured",
        source="log",
    )


def two_years(**changes: object) -> list[Evidence]:
    """12 kWh in 2024 and 12 kWh in 2025, read exactly."""
    read = {"accelerators": exact(12), "sensors": {"accelerators": "stated"}} | changes
    return [ten_hours_of_four_gpus(run=str(y), period=in_year(y), **read) for y in (2024, 2025)]


def test_what_one_publisher_says_of_one_grid_is_off_alike_in_all_years() -> None:
    """Both years ÷ and × 1.42, not ÷ and × 1.42^(1/√2) = 1.28."""
    total = assess(two_years(country="FR"), place=None).totals.electricity

    assert isinstance(total, Estimate)
    assert (total.low, total.high) == pytest.approx((total.value / 1.42, total.value * 1.42), 1e-3)


def test_two_grids_are_off_each_in_its_own_way() -> None:
    """Fractions of the total a and b: d = √((a·ln)² + (b·ln)²) is less than that of one grid."""
    one, other = two_years(country="FR")[1], two_years(country="DE")[0]

    total = assess([one, other]).totals.electricity

    assert isinstance(total, Estimate)
    assert total.high is not None
    assert total.high < total.value * 1.40


def test_a_pue_and_a_wue_that_were_typed_once_are_one_source_in_two_years() -> None:
    """1.2 may be 1.15 to 1.25 and 0.3 L/kWh 0.25 to 0.35, for both years alike."""
    typed = stated(1.2, 450)
    assert typed.pue is not None
    place = Place(
        pue=typed.pue.model_copy(update={"low": 1.15, "high": 1.25}),
        wue=Estimate(
            value=0.3, low=0.25, high=0.35, unit="L/kWh", basis="estimated", source="region"
        ),
        intensity=typed.intensity,
    )

    totals = assess(two_years(), place=place).totals

    # 24 kWh × 450 g/kWh × 1.15, 1.2 and 1.25; 24 kWh × 0.25, 0.3 and 0.35 L/kWh
    electricity, water = totals.electricity, (totals.water or {})["on_site"]
    assert isinstance(electricity, Estimate)
    assert isinstance(water, Estimate)
    assert (electricity.low, electricity.value, electricity.high) == pytest.approx(
        (12_420, 12_960, 13_500)
    )
    assert (water.low, water.value, water.high) == pytest.approx((6.0, 7.2, 8.4))


def test_a_grid_cancels_between_a_training_and_the_use_a_year_later() -> None:
    """The figure of 2025 serves both: ÷ and × 1.42 for 2025, and with its age 1.522 for 2026.

    6 kWh serve 2 000 requests: 12 kWh ÷ 3 kWh × 1 000 = 4 000 of them, × 1.522 ÷ 1.42 either way.
    """
    trained = two_years(country="FR")[1]
    used = use(
        6,
        2000,
        country="FR",
        period=in_year(2026),
        computing=exact(6),
        sensors={"computing": "stated"},
    )

    even = work(assess([trained, used], place=Place(pue=stated(1.0, 450).pue)), 1).break_even

    assert value(even) == pytest.approx(4000)
    assert even is not None
    assert (even.low, even.high) == pytest.approx((4000 * 1.42 / 1.522, 4000 * 1.522 / 1.42), 2e-3)
