from __future__ import annotations

import numpy as np
import pytest

from carbonlabel.factors import places, rows, water
from carbonlabel.factors.doubts import doubt


def test_the_water_of_france_is_that_of_the_world_resources_institute() -> None:
    """Reig et al. 2020: 3.6737 L/kWh; the doubt is 1.8 ÷ 3.1321 below and 7.6 ÷ 3.1321 above."""
    figure = water.ewif(places.find("FR").zones, 2026)

    assert figure is not None
    assert (figure.place, figure.year, figure.l_per_kwh) == ("FR", 2020, 3.6737)
    assert figure.source == "wri"
    assert (figure.low_l_per_kwh, figure.high_l_per_kwh) == pytest.approx(
        (2.1113, 8.9142), rel=1e-4
    )


def test_a_state_answers_before_its_country() -> None:
    """OLMo 2: 3.10 L/kWh for Iowa."""
    figure = water.ewif(places.find("gcp/us-central1").zones, 2024)

    assert figure is not None
    assert (figure.place, figure.l_per_kwh, figure.source) == ("US-IA", 3.1, "olmo2")


def test_an_undated_figure_answers_for_every_year() -> None:
    figures = {water.ewif(("NO",), year) for year in (2012, 2020, 2040)}

    assert len(figures) == 1
    assert None not in figures


def test_a_country_without_a_figure_has_none_and_the_world_stands_in() -> None:
    assert water.ewif(("NG",), 2024) is None
    world = water.world_ewif()
    assert (world.place, world.l_per_kwh) == ("World", 3.908)
    assert (world.low_l_per_kwh, world.high_l_per_kwh) == (1.33, 14.5)


def test_the_ends_of_the_world_hold_95_percent_of_the_countries() -> None:
    figures = [float(row["l_per_kwh"]) for row in rows.every("water.csv") if len(row["zone"]) == 2]

    assert len(figures) == 49
    assert np.percentile(figures, [2.5, 97.5]) == pytest.approx([1.33, 14.5], abs=0.05)


def test_a_region_answers_before_its_fleet() -> None:
    """Amazon 2024: 0.12 L/kWh in North Virginia, 0.15 L/kWh on average."""
    own, fleet = water.wue("aws", "us-east-1", 2024), water.wue("aws", "eu-west-2", 2024)

    assert own is not None
    assert fleet is not None
    assert (own.place, own.l_per_kwh, own.source) == ("aws/us-east-1", 0.12, "real-time-cloud-wue")
    assert (own.low_l_per_kwh, own.high_l_per_kwh) == pytest.approx((0.1, 0.144))
    assert (fleet.place, fleet.year, fleet.l_per_kwh) == ("aws", 2024, 0.15)
    assert (fleet.low_l_per_kwh, fleet.high_l_per_kwh) == (0.01, 2.24)


def test_a_figure_of_the_whole_fleet_is_not_told_as_that_of_a_region() -> None:
    """Amazon's 0.19 L/kWh of 2022 stood behind 17 regions in one collection."""
    regions = [row for row in rows.every("wue.csv") if row["place"].startswith("aws/")]

    assert len(regions) == 16
    assert {row["year"] for row in regions} == {"2024"}


def test_the_ends_of_a_fleet_hold_95_percent_of_the_regions_that_publish() -> None:
    figures = [float(row["l_per_kwh"]) for row in rows.every("wue.csv") if "/" in row["place"]]

    assert len(figures) == 41
    assert np.percentile(figures, [2.5, 97.5]) == pytest.approx([0.01, 2.24], abs=0.005)


@pytest.mark.parametrize(
    ("year", "expected"), [(2020, 2021), (2022, 2021), (2024, 2024), (2026, 2025), (2031, None)]
)
def test_the_year_of_a_fleet_is_chosen_by_the_rule_of_the_grid(
    year: int, expected: int | None
) -> None:
    figure = water.wue("azure", "", year)

    assert (figure and figure.year) == expected


def test_a_site_that_uses_no_water_stays_at_zero() -> None:
    zero = next(row for row in rows.every("wue.csv") if float(row["l_per_kwh"]) == 0)
    figure = water.wue_of(zero["place"], int(zero["year"]))

    assert figure is not None
    assert (figure.low_l_per_kwh, figure.l_per_kwh, figure.high_l_per_kwh) == (0, 0, 0)


@pytest.mark.parametrize("code", ["FR", "US-CA", "hetzner/fsn1", ""])
def test_a_place_of_no_provider_that_publishes_has_none(code: str) -> None:
    assert water.wue_of(code, 2024) is None


def test_the_doubt_of_a_grid_is_the_span_of_the_figures_for_the_usa() -> None:
    """1.8, 3.1321 and 7.6 L/kWh."""
    assert doubt("water-grid").ends(3.1321) == pytest.approx((1.8, 7.6))
