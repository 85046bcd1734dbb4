from __future__ import annotations

import pytest

from carbonlabel.factors import grid
from carbonlabel.factors.years import nearest


def test_france_2025_is_embers_figure() -> None:
    figure = grid.intensity(("FR",), 2025)

    assert figure == grid.GridFigure(
        zone="FR",
        name="France",
        year=2025,
        intensity_gco2e_per_kwh=41.44,
        scope="lifecycle",
        accounting="production",
        source="ember",
        gases="co2e",
    )


def test_a_run_of_2026_takes_the_newest_earlier_year() -> None:
    figure = grid.intensity(("FR",), 2026)

    assert figure is not None
    assert (figure.year, figure.intensity_gco2e_per_kwh) == (2025, 41.44)


def test_a_state_with_direct_emissions_beats_its_country_with_lifecycle_ones() -> None:
    """EGRID2023: California 394.76 lb/MWh, times 0.45359237."""
    figure = grid.intensity(("US-CA", "US"), 2023)

    assert figure is not None
    assert (figure.zone, figure.scope, figure.source) == ("US-CA", "direct", "egrid")
    assert figure.intensity_gco2e_per_kwh == pytest.approx(394.76 * 0.45359237, abs=0.01)


def test_an_egrid_subregion_has_the_published_rate() -> None:
    """EGRID2023 Rev 2, summary table 1: CAMX 429.983 lb/MWh."""
    figure = grid.intensity(("US-EGRID-CAMX",), 2023)

    assert figure is not None
    assert figure.intensity_gco2e_per_kwh == pytest.approx(429.983 * 0.45359237, abs=0.01)


@pytest.mark.parametrize(("year", "zone"), [(2020, "US"), (2021, "US-CA"), (2028, "US-CA")])
def test_a_state_answers_up_to_two_years_before_and_five_after_its_figure(
    year: int, zone: str
) -> None:
    figure = grid.intensity(("US-CA", "US"), year)

    assert figure is not None
    assert figure.zone == zone


def test_lifecycle_goes_before_direct_in_the_same_zone() -> None:
    """Australia has both for 2024: Ember, and the NGA factors (0.63 kg/kWh)."""
    figure = grid.intensity(("AU",), 2024)

    assert figure is not None
    assert (figure.scope, figure.source) == ("lifecycle", "ember")


def test_a_chinese_province_counts_carbon_dioxide_alone() -> None:
    figure = grid.intensity(("CN-BJ", "CN"), 2023)

    assert figure is not None
    assert (figure.zone, figure.gases, figure.source) == ("CN-BJ", "co2", "china-mee")


@pytest.mark.parametrize("zones", [(), ("XX",), ("zone",), ("",), ("FR,France",), ("FR\nGA",)])
def test_a_zone_without_a_figure_gives_none(zones: tuple[str, ...]) -> None:
    assert grid.intensity(zones, 2024) is None


def test_a_year_too_far_away_gives_none() -> None:
    assert grid.intensity(("FR",), 2007) is None
    assert grid.intensity(("FR",), 2031) is None


def test_the_world_answers_for_every_year() -> None:
    """Ember: 458.29 in 2025, 471.08 in 2024."""
    assert grid.world(2025).intensity_gco2e_per_kwh == 458.29
    assert grid.world(2024).intensity_gco2e_per_kwh == 471.08
    assert (grid.world(1999).year, grid.world(2050).year) == (2010, 2025)
    assert grid.world_ends_gco2e_per_kwh() == (25, 814)


def test_the_nearest_earlier_year_goes_before_a_later_one() -> None:
    assert nearest([2018, 2021, 2023], 2022) == 2021
    assert nearest([2018, 2024], 2022) == 2018
    assert nearest([2016, 2024], 2022) == 2024
    assert nearest([2016, 2025], 2022) is None
