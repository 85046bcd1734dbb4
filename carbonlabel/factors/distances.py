"""I say how far places are apart, and which cloud regions are near one."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import Final

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import places, rows

_EARTH_RADIUS_KM: Final = 6371.0088
"""Mean radius of the Earth (IUGG)."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a place is taken to be: the centre of a city, never a site."""

    latitude_deg: float
    longitude_deg: float
    city: str | None
    """The city that stands for a country or a subdivision; None of a cloud region."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A cloud region, and how far it is away."""

    spot: places.Spot
    distance_km: float


@functools.cache
def position(code: str) -> Position | None:
    """Where a place is, by its code in the tables; None of an eGRID subregion, which has no city.

    A country is where its most populous city is, a cloud region where the city is that its
    provider names (GeoNames).
    """
    row = rows.only("positions.csv", code)
    if row is None:
        return None
    return Position(float(row["latitude"]), float(row["longitude"]), row["city"] or None)


def distance_km(one: Position, other: Position) -> float:
    """The great-circle distance in km, on a sphere.

    >>> paris, london = Position(48.85, 2.35, "Paris"), Position(51.51, -0.13, "London")
    >>> round(distance_km(paris, london))
    344
    """
    north, south = math.radians(one.latitude_deg), math.radians(other.latitude_deg)
    across = math.radians(other.longitude_deg - one.longitude_deg) / 2
    chord = math.sin((south - north) / 2) ** 2
    chord += math.cos(north) * math.cos(south) * math.sin(across) ** 2
    return 2 * _EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


def near(
    code: str, *, top: int | None = None, within_km: float | None = None, provider: str = ""
) -> tuple[Neighbour, ...]:
    """The cloud regions around a place, the nearest first; a region is no neighbour of itself.

    `code` is whatever `places.find` understands: `FR`, `US-CA`, `gcp/europe-west1`. Equally near
    ones go by code. `provider` keeps the regions of one (`aws`), in any of its names.

    Raises:
        MissingFactor: no table has the place, or it has no position.
    """
    here = places.find(code)
    centre = position(here.code)
    if centre is None:
        raise MissingFactor(
            f"the position of {here.name} is not known",
            hint="name a country, a state or a cloud region instead",
        )
    house = places.provider_of(provider)
    found = sorted(
        (distance_km(centre, at), spot.code, spot)
        for spot, at in _regions()
        if spot.code != here.code and house in {"", spot.provider}
    )
    inside = (each for each in found if within_km is None or each[0] <= within_km)
    return tuple(Neighbour(spot, away_km) for away_km, _, spot in inside)[:top]


@functools.cache
def _regions() -> tuple[tuple[places.Spot, Position], ...]:
    """Every cloud region that has a position."""
    spots = ((spot, position(spot.code)) for spot in places.list_regions() if spot.provider)
    return tuple((spot, at) for spot, at in spots if at is not None)
