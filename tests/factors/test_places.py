from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import grid, places


@pytest.mark.parametrize("code", ["FR", "fr", "FRA", "fra", " France ", "FRANCE"])
def test_a_country_is_found_by_either_code_and_by_name(code: str) -> None:
    spot = places.find(code)

    assert (spot.code, spot.country, spot.subdivision) == ("FR", "FR", None)
    assert (spot.zones, spot.name) == (("FR",), "France")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("no", "NO"),
        ("UK", "GB"),
        ("Viet Nam", "VN"),
        ("Türkiye", "TR"),
        ("Côte d’Ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("Georgia", "GE"),
        ("Georgia, United States", "US-GA"),
        ("us-egrid-camx", "US-EGRID-CAMX"),
    ],
)
def test_names_are_found_as_people_write_them(name: str, code: str) -> None:
    assert places.find(name).code == code


def test_a_state_answers_before_its_country() -> None:
    spot = places.find("us-ca")

    assert (spot.code, spot.country, spot.subdivision) == ("US-CA", "US", "US-CA")
    assert (spot.zones, spot.name) == (("US-CA", "US"), "California, United States")


def test_canberra_takes_the_figure_of_new_south_wales_and_act() -> None:
    assert places.find("AU-ACT").zones == ("AU-NSW", "AU")


@pytest.mark.parametrize(
    "code", ["gcp/europe-west1", "gcp:europe-west1", "Google/EUROPE-WEST1-b", "GCP europe-west1"]
)
def test_a_cloud_region_brings_its_country_pue_and_the_providers_own_figure(code: str) -> None:
    """Google: PUE of St. Ghislain 1.09 in 2024, 103.37 gCO2eq/kWh in region-carbon-info 2024."""
    spot = places.find(code)

    assert (spot.code, spot.country, spot.name) == ("gcp/europe-west1", "BE", "Belgium")
    assert (spot.provider, spot.location) == ("gcp", "St. Ghislain, Belgium")
    assert (spot.pue_ratio, spot.pue_year, spot.pue_source) == (1.09, 2024, "real-time-cloud")
    assert (spot.provider_intensity_gco2e_per_kwh, spot.provider_intensity_year) == (103.37, 2024)


def test_an_american_cloud_region_takes_its_grid_before_its_state() -> None:
    spot = places.find("aws/us-east-1")

    assert spot.zones == ("US-EGRID-SRVC", "US-VA", "US")
    assert spot.name == "Virginia, United States"
    assert spot.provider_intensity_gco2e_per_kwh is None


def test_a_provider_and_what_it_calls_its_region_name_it() -> None:
    assert places.find("Azure West Europe").code == "azure/westeurope"


def test_a_region_that_several_providers_have_is_refused_with_each_of_them() -> None:
    with pytest.raises(MissingFactor) as refused:
        places.find("us-west-2")

    assert refused.value.hint is not None
    assert "aws/us-west-2 (US West (Oregon)) or lambda/us-west-2 (Arizona)" in refused.value.hint


def test_an_availability_zone_belongs_to_its_region() -> None:
    spot = places.region_of("aws", "us-east-1a")

    assert spot is not None
    assert spot.code == "aws/us-east-1"


def test_an_unknown_cloud_region_is_none_to_a_tracker() -> None:
    assert places.region_of("aws", "mars-north-1") is None
    assert places.region_of("", "") is None


@pytest.mark.parametrize(
    ("country", "subdivision", "code"),
    [
        ("USA", "california", "US-CA"),
        ("USA", "georgia", "US-GA"),
        ("US", "CA", "US-CA"),
        ("AUS", "new south wales", "AU-NSW"),
        ("CAN", "québec", "CA-QC"),
        ("CHN", "beijing", "CN-BJ"),
        ("FRA", "île-de-france", "FR"),
        ("FRA", "", "FR"),
        ("FRA", None, "FR"),
    ],
)
def test_trackers_name_states_in_lower_case(
    country: str, subdivision: str | None, code: str
) -> None:
    spot = places.country_of(country, subdivision)

    assert spot is not None
    assert spot.code == code


@pytest.mark.parametrize("country", ["", "XXX", "US-CA", "FR,FRA"])
def test_a_country_that_no_table_has_is_none_to_a_tracker(country: str) -> None:
    assert places.country_of(country, "california") is None


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("Frnace", "FR (France)"),
        ("FR-IDF", "FR (France)"),
        ("California", "US-CA (California, United States)"),
        ("europe-west1", "gcp/europe-west1 (St. Ghislain, Belgium)"),
        ("aws/us-eats-1", "aws/us-east-1 (US East (N. Virginia))"),
    ],
)
def test_an_unknown_place_is_refused_with_near_names(code: str, meant: str) -> None:
    with pytest.raises(MissingFactor) as refused:
        places.find(code)

    assert refused.value.exit_status == 4
    assert f"{code!r}" in refused.value.message
    assert refused.value.hint is not None
    assert meant in refused.value.hint


def test_a_place_unlike_any_other_gets_the_command_that_lists_all() -> None:
    with pytest.raises(MissingFactor, match="carbonlabel list regions") as refused:
        places.find("???")

    assert "did you mean" not in str(refused.value)


def test_every_place_can_be_found_again_by_its_code_and_its_name() -> None:
    for spot in places.list_regions():
        assert places.find(spot.code) == spot
        assert places.find(spot.name).country == spot.country


@pytest.mark.parametrize("year", [2023, 2024, 2026])
def test_every_place_has_a_figure_but_one_whose_grid_is_too_small_to_have_one(year: int) -> None:
    without = [
        spot.code for spot in places.list_regions() if grid.intensity(spot.zones, year) is None
    ]

    assert without == ["CF"]


def test_a_search_finds_regions_by_town() -> None:
    codes = [spot.code for spot in places.list_regions("frankfurt")]

    assert {"aws/eu-central-1", "gcp/europe-west3", "oci/eu-frankfurt-1"} <= set(codes)


@settings(max_examples=100, deadline=None)
@given(st.text() | st.sampled_from(["FR,FRA,France,", "code", "\n", "a/b", "/", "-", "FR\n"]))
def test_any_text_is_a_place_or_a_missing_factor(text: str) -> None:
    try:
        spot = places.find(text)
    except MissingFactor:
        return
    assert places.find(spot.code) == spot
