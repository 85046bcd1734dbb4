"""Water of an activity: two figures, each with its factor or its reason."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.assessment import assess
from carbonlabel.checks import check
from carbonlabel.explanation import explain
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Input
from carbonlabel.model.region import Place
from tests.assessment.test_worked_examples import (
    NOT_HERE,
    TEN_HOURS,
    kwh,
    stated,
    ten_hours_of_four_gpus,
)

REGION_YAML = Input(file="region.yaml", sha256="1" * 64, format="region")


def litres(value: float, **more: object) -> Estimate:
    return Estimate(value=value, unit="L/kWh", basis="estimated", source="region", **more)


def site(pue: float | None = 1.5, **factors: object) -> Place:
    known = stated(pue or 1.0, 450)
    return Place(
        intensity=known.intensity,
        pue=known.pue if pue else None,
        inputs={"region": REGION_YAML},
        **factors,
    )


def water(disclosure: Disclosure) -> dict[str, Estimate | Missing]:
    assert disclosure.activities[0].water is not None
    return dict(disclosure.activities[0].water)


def test_both_sides_are_worked_by_hand() -> None:
    place = site(wue=litres(0.5, low=0.5, high=0.5), ewif=litres(3.5, low=3.5, high=3.5))

    found = water(assess([ten_hours_of_four_gpus()], place=place))

    # 12 kWh × 0.5 L/kWh, and 12 kWh × 1.5 × 3.5 L/kWh
    assert found["on_site"].value == pytest.approx(6)
    assert found["on_site"].formula == "it_energy * wue"
    assert found["off_site"].value == pytest.approx(63)
    assert found["off_site"].formula == "facility_energy * ewif"


def test_the_range_is_that_of_energy_and_factor() -> None:
    place = site(pue=1.0, ewif=litres(3.5, low=1.75, high=7.0))

    off_site = water(assess([ten_hours_of_four_gpus()], place=place))["off_site"]

    # A tracker's counter is good to a factor of 1.4, the factor here to one of 2.
    width = math.hypot(math.log(1.4), math.log(2))
    assert off_site.low == pytest.approx(42 * math.exp(-width))
    assert off_site.high == pytest.approx(42 * math.exp(width))


def test_without_a_pue_only_the_water_of_the_machines_is_counted_and_the_formula_says_so() -> None:
    found = water(assess([ten_hours_of_four_gpus()], place=site(pue=None, ewif=litres(3.5))))

    assert found["off_site"].value == pytest.approx(12 * 3.5)
    assert found["off_site"].formula == "it_energy * ewif"


def test_a_country_brings_its_off_site_figure_and_no_on_site_figure() -> None:
    """WRI (2020): 3.6737 L/kWh for France."""
    disclosure = assess([ten_hours_of_four_gpus()], place=Place(code="FR"))

    assert disclosure.activities[0].region.ewif.value == 3.6737
    assert disclosure.activities[0].region.ewif.source == "wri"
    assert "wri" in disclosure.sources
    assert water(disclosure)["off_site"].value == pytest.approx(12 * 3.6737)
    assert water(disclosure)["on_site"] == Missing(missing="not-stated", reason="not asked")


def test_a_typed_factor_without_a_range_is_as_doubtful_as_those_of_the_table() -> None:
    ewif = (
        assess([ten_hours_of_four_gpus()], place=site(ewif=litres(2.0))).activities[0].region.ewif
    )

    # Publishers of the grid of the USA: 1.8 to 7.6 around 3.1321 L/kWh.
    assert (ewif.low, ewif.high) == pytest.approx((2 * 1.8 / 3.1321, 2 * 7.6 / 3.1321))
    assert ewif.year == 2026


@pytest.mark.parametrize(
    ("code", "value", "source"),
    [
        ("aws/us-east-1", 0.12, "real-time-cloud-wue"),
        ("gcp/europe-west1", 1.15, "gcp-wue-2025"),
        ("azure/westeurope", 0.08, "real-time-cloud-wue"),
    ],
)
def test_a_cloud_region_brings_its_own_on_site_figure_or_that_of_the_fleet(
    code: str, value: float, source: str
) -> None:
    run = ten_hours_of_four_gpus()
    if code.startswith("azure"):
        end = TEN_HOURS.end.replace(year=2024)
        run = ten_hours_of_four_gpus(
            period=TEN_HOURS.model_copy(
                update={"start": TEN_HOURS.start.replace(year=2024), "end": end}
            )
        )
    wue = assess([run], place=Place(code=code)).activities[0].region.wue

    assert (wue.value, wue.source) == (value, source)


def test_what_the_user_and_the_log_say_goes_before_what_is_published() -> None:
    logged = Estimate(value=0.7, unit="L/kWh", basis="estimated", source="log")
    run = ten_hours_of_four_gpus(wue=logged)
    cloud = Place(code="aws/us-east-1")

    assert assess([run], place=cloud).activities[0].region.wue.value == 0.7
    told = Place(code="aws/us-east-1", wue=litres(0.9), inputs={"region": REGION_YAML})
    assert assess([run], place=told).activities[0].region.wue.value == 0.9


def test_no_mean_of_the_world_stands_in_for_a_place_without_a_figure() -> None:
    nowhere = assess([ten_hours_of_four_gpus()])
    qatar = assess([ten_hours_of_four_gpus()], place=Place(code="QA"))

    assert water(nowhere)["off_site"].reason == "no place is known"
    assert water(qatar)["off_site"].reason == "no off-site water of Qatar is published"
    assert nowhere.totals.water == nowhere.activities[0].water


def computing(pue_in_energy: str) -> Evidence:
    return ten_hours_of_four_gpus(
        accelerators=NOT_HERE,
        computing=kwh(18.0),
        sensors={"computing": "stated"},
        pue_in_energy=pue_in_energy,
    )


def test_energy_that_holds_a_pue_of_unknown_size_has_no_on_site_water() -> None:
    place = site(pue=None, wue=litres(0.5), ewif=litres(3.5))

    inside = water(assess([computing("yes")], place=place))
    unknown = water(assess([computing("unknown")], place=place))

    assert inside["on_site"].reason == "the energy holds cooling and overhead of unknown size"
    assert inside["off_site"].formula == "facility_energy * ewif"
    assert "nothing says" in unknown["on_site"].reason
    assert unknown["off_site"].formula == "energy * ewif"
    assert inside["off_site"].value == unknown["off_site"].value == pytest.approx(63)


def test_a_pue_of_the_site_takes_the_overhead_out_before_on_site_water_is_counted() -> None:
    place = site(pue=1.5, wue=litres(0.5), ewif=litres(3.5))

    found = water(assess([computing("yes")], place=place))

    # 18 kWh ÷ 1.5 × 0.5 L/kWh; 18 kWh × 3.5 L/kWh
    assert found["on_site"].value == pytest.approx(6)
    assert found["off_site"].value == pytest.approx(63)


def test_where_no_energy_is_known_neither_is_water() -> None:
    unread = Missing(missing="not-measured", reason="the tracker read nothing")
    run = ten_hours_of_four_gpus(accelerators=unread, sensors={})

    found = water(assess([run], place=site(wue=litres(0.5), ewif=litres(3.5))))

    assert {each.reason for each in found.values()} == {"no energy is known"}


def two_years() -> list[Evidence]:
    earlier = TEN_HOURS.model_copy(
        update={each: getattr(TEN_HOURS, each).replace(year=2025) for each in ("start", "end")}
    )
    return [ten_hours_of_four_gpus(), ten_hours_of_four_gpus(run="b", period=earlier)]


def test_a_factor_of_several_activities_moves_their_water_together() -> None:
    place = Place(code="FR")

    disclosure = assess(two_years(), place=place)

    assert len(disclosure.activities) == 2
    whole = disclosure.totals.water["off_site"]
    parts = [water_of.water["off_site"] for water_of in disclosure.activities]
    assert whole.value == pytest.approx(sum(each.value for each in parts))
    # One tracker and one factor for both: the sum is as doubtful as each of them.
    assert whole.high / whole.value == pytest.approx(parts[0].high / parts[0].value)


def test_the_total_is_of_the_activities_that_know_theirs() -> None:
    dry = ten_hours_of_four_gpus(run="b", country="QAT")
    wet = ten_hours_of_four_gpus(country="FRA")

    disclosure = assess([wet, dry])

    assert [isinstance(each.water["off_site"], Missing) for each in disclosure.activities] == [
        False,
        True,
    ]
    assert disclosure.totals.water["off_site"].value == pytest.approx(12 * 3.6737)
    assert "water-mismatch" not in {each.code for each in check(disclosure)}


def test_the_water_is_explained_down_to_its_factor() -> None:
    disclosure = assess([ten_hours_of_four_gpus()], place=Place(code="FR"))

    told = explain(disclosure, "/totals/water/off_site")

    assert "12 kWh" in told
    assert "3.6737 L/kWh" in told
    assert "Reig et al." in told


@settings(max_examples=60)
@given(
    energy_kwh=st.floats(min_value=1e-6, max_value=1e7),
    pue=st.floats(min_value=1.0, max_value=3.0),
    wue=st.floats(min_value=0.0, max_value=10.0),
    ewif=st.floats(min_value=1e-3, max_value=100.0),
)
def test_any_water_is_sound_and_passes_its_own_check(
    energy_kwh: float, pue: float, wue: float, ewif: float
) -> None:
    run = ten_hours_of_four_gpus(accelerators=kwh(energy_kwh))
    disclosure = assess([run], place=site(pue=pue, wue=litres(wue), ewif=litres(ewif)))

    found = water(disclosure)
    assert found["on_site"].value == pytest.approx(energy_kwh * wue, rel=1e-6)
    assert found["off_site"].value == pytest.approx(energy_kwh * pue * ewif, rel=1e-6)
    assert found["off_site"].low <= found["off_site"].value <= found["off_site"].high
    assert not {each.code for each in check(disclosure)} & {
        *("water-mismatch", "water-without-origin"),
        *("sum-mismatch", "range-too-narrow", "basis-too-strong"),
    }
