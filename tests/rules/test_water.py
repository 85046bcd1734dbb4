"""Water that does not follow from its factor is found."""

from __future__ import annotations

import pytest

from tests.test_checks import GONE, MISSING, found, one, quantity

SAMPLE = "carbon-water.json"
A = "/activities/0"
ON, OFF = f"{A}/water/on_site", f"{A}/water/off_site"


@pytest.mark.parametrize(
    ("change", "value", "code", "place"),
    [
        (f"{ON}/value", 6.1, "water-mismatch", ON),
        (f"{OFF}/value", 44.0, "water-mismatch", OFF),
        (f"{A}/region/wue/value", 0.53, "water-mismatch", ON),
        (f"{A}/region/ewif/value", 4.0, "water-mismatch", OFF),
        (f"{A}/region/wue", MISSING, "water-without-origin", ON),
        (f"{A}/region/ewif", GONE, "water-without-origin", OFF),
        (f"{OFF}/basis", "measured", "basis-too-strong", f"{OFF}/basis"),
        ("/totals/water/off_site/value", 70.0, "sum-mismatch", "/totals/water/off_site"),
        ("/totals/water/on_site", MISSING, "sum-mismatch", "/totals/water/on_site"),
        ("/totals/water/off_site/high", 67.0, "range-too-narrow", "/totals/water/off_site"),
    ],
)
def test_one_spoiled_field_is_found(change: str, value: object, code: str, place: str) -> None:
    assert (code, "error", place) in found(SAMPLE, (change, value))


def test_a_factor_in_millilitres_is_named_as_the_slip_it_is() -> None:
    finding = one("water-mismatch", SAMPLE, (ON, quantity(6000, "L")))

    assert "1000 times too large" in finding.message
    assert finding.expected == "6 L = 12 kWh × 0.5 L/kWh"


def test_off_site_water_holds_the_overhead_and_on_site_water_does_not() -> None:
    finding = one("water-mismatch", SAMPLE, (f"{OFF}/value", 12 * 3.6737))

    assert (finding.expected or "").endswith("18 kWh × 3.6737 L/kWh")


def test_a_disclosure_that_says_nothing_of_water_breaks_no_rule() -> None:
    dry = ((f"{A}/water", GONE), ("/totals/water", GONE), (f"{A}/region/ewif", GONE))

    assert found(SAMPLE, *dry) == set()


def test_water_without_any_energy_has_no_origin() -> None:
    lost = [(f"{A}/parts/{number}/energy", MISSING) for number in (0, 1)]

    assert ("water-without-origin", "error", ON) in found(SAMPLE, *lost)


@pytest.mark.parametrize("value", [0.0, 18.6])
def test_what_is_published_of_grids_is_in_the_band(value: float) -> None:
    change = (f"{A}/region/ewif", quantity(value, "L/kWh"))

    assert "ewif-out-of-band" not in {code for code, _, _ in found(SAMPLE, change)}


def test_more_water_than_any_grid_takes_is_out_of_the_band() -> None:
    change = (f"{A}/region/ewif", quantity(1200, "L/kWh"))

    assert "ewif-out-of-band" in {code for code, _, _ in found(SAMPLE, change)}
