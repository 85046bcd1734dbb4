from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import distances, places
from carbonlabel.factors.distances import Position, distance_km

ANYWHERE = st.builds(Position, st.floats(-90, 90), st.floats(-180, 180), st.just(None))
HALF_WAY_ROUND_KM = 20_016


def test_paris_and_london_are_344_km_apart() -> None:
    paris, london = distances.position("FR"), distances.position("GB")

    assert paris is not None
    assert london is not None
    assert (paris.city, london.city) == ("Paris", "London")
    assert distance_km(paris, london) == pytest.approx(344, abs=2)


def test_a_region_is_where_the_city_of_its_name_is_not_its_namesake() -> None:
    """One collection has Dallas in Oregon, Columbus in Nebraska, Las Vegas in New Mexico."""
    for code, state in {
        "gcp/us-south1": "US-TX",
        "gcp/us-east5": "US-OH",
        "gcp/us-west4": "US-NV",
        "aws/us-west-2": "US-OR",
    }.items():
        region, home = distances.position(code), distances.position(state)
        assert region is not None
        assert home is not None
        assert distance_km(region, home) < 400, code


def test_the_regions_around_belgium_begin_with_its_own() -> None:
    found = distances.near("BE", top=3)

    assert [each.spot.country for each in found[:2]] == ["BE", "BE"]
    assert [each.distance_km for each in found] == sorted(each.distance_km for each in found)
    assert len(found) == 3


def test_neighbours_are_within_reach_of_one_provider_and_others_than_oneself() -> None:
    found = distances.near("gcp/europe-west1", within_km=500, provider="Google")

    assert {each.spot.provider for each in found} == {"gcp"}
    assert "gcp/europe-west1" not in {each.spot.code for each in found}
    assert max(each.distance_km for each in found) <= 500
    assert {"gcp/europe-west4", "gcp/europe-west9"} <= {each.spot.code for each in found}


def test_a_grid_without_a_city_has_no_neighbours_and_an_unknown_place_no_position() -> None:
    assert distances.position("US-EGRID-CAMX") is None
    with pytest.raises(MissingFactor, match="name a country"):
        distances.near("US-EGRID-CAMX")
    with pytest.raises(MissingFactor, match="no place is known"):
        distances.near("Atlantis")


def test_every_cloud_region_lies_in_or_near_its_country() -> None:
    for spot in places.list_regions():
        if spot.provider is None:
            continue
        near_by = distances.near(spot.code, within_km=6000)
        assert near_by, spot.code
        assert distances.position(spot.country) is not None


@given(ANYWHERE, ANYWHERE)
def test_a_distance_is_the_same_both_ways_and_never_more_than_half_way_round(
    one: Position, other: Position
) -> None:
    away_km = distance_km(one, other)

    assert 0 <= away_km <= HALF_WAY_ROUND_KM
    assert away_km == pytest.approx(distance_km(other, one), abs=1e-6)
    assert distance_km(one, one) == 0
