"""The place of the runs: region.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.region import Place
from carbonlabel.readers.region import load_place

SAMPLES = Path(__file__).parents[1] / "samples" / "manual"


def stated(text: str) -> Place:
    return load_place(Log("region.yaml", content=text.encode()))


def test_the_place_of_the_example_comes_out_as_published() -> None:
    place = load_place(open_log(SAMPLES / "region.yaml"))

    assert (place.code, place.site) == ("FR", "Example cluster, Orsay")
    assert place.pue == Estimate(
        value=1.2, low=1.15, high=1.25, unit="ratio", basis="estimated", source="region"
    )
    assert place.wue is None
    assert place.intensity is None
    assert place.inputs["region"].format == "region"


def test_a_figure_of_ones_own_carries_its_year_its_scope_and_its_source() -> None:
    place = load_place(open_log(SAMPLES / "published-region.yaml"))

    assert place.code is None
    assert place.intensity == Estimate(
        value=450,
        low=400,
        high=500,
        unit="gCO2e/kWh",
        basis="estimated",
        year=2022,
        source="region-intensity",
    )
    assert (place.scope, place.accounting) == ("lifecycle", "consumption")
    assert place.sources["region-intensity"].title == "the paper, table 3"
    assert place.sources["region-pue"].title == "the paper"
    assert place.wue == Estimate(
        value=0.3, low=0.25, high=0.35, unit="L/kWh", basis="estimated", source="region"
    )


def test_a_grid_figure_without_a_range_leaves_it_to_the_default_of_annual_factors() -> None:
    place = stated("intensity: {value: 57 g/kWh, scope: direct}")

    assert place.intensity is not None
    assert (place.intensity.value, place.intensity.low) == (57, None)
    assert place.intensity.source == "region"
    assert (place.scope, place.accounting) == ("direct", "production")


def test_not_counted_is_a_statement_and_no_pue() -> None:
    place = load_place(open_log(SAMPLES / "cloud-region.yaml"))

    assert place.code == "gcp/europe-west1"
    assert isinstance(place.pue, Missing)
    assert place.pue.missing == "not-stated"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1", 1, 1.5),
        ("1.0", 1, 1.05),
        ("1.02", 1.015, 1.025),
        ("{value: 1.1, low: 0.9, high: 1.2}", 1, 1.2),
    ],
)
def test_no_facility_takes_less_than_its_machines(text: str, low: float, high: float) -> None:
    pue = stated(f"pue: {text}").pue

    assert isinstance(pue, Estimate)
    assert (pue.low, pue.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "code"), [("NO", "NO"), ("fra", "FR"), ("US-CA", "US-CA"), ("Norway", "NO")]
)
def test_a_country_is_a_country_even_where_yaml_would_see_a_boolean(text: str, code: str) -> None:
    assert stated(f"country: {text}").code == code


def test_a_file_may_say_no_more_than_the_water() -> None:
    place = stated("wue: 1 mL/kWh")

    assert place.code is None
    assert place.pue is None
    assert place.wue is not None
    assert place.wue.value == 0.001


def test_off_site_water_is_stated_with_its_source_and_leaves_its_range_open() -> None:
    place = stated("ewif: {value: 1.29, unit: L/kWh, source: the utility}")

    assert place.ewif == Estimate(value=1.29, unit="L/kWh", basis="estimated", source="region-ewif")
    assert place.sources["region-ewif"].title == "the utility"
    assert stated("ewif: 3.1 L/kWh").ewif.source == "region"
