"""I find the grid at which a reader wants all electricity to be counted."""

from __future__ import annotations

from carbonlabel.comparison.outcome import ReadersGrid
from carbonlabel.comparison.phrases import Phrase
from carbonlabel.errors import MissingFactor
from carbonlabel.factors import doubts, grid, places, sources
from carbonlabel.method.digits import nine
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.region import Place


def readers_grid(place: Place, year: int | None = None) -> ReadersGrid:
    """The grid of a place: the figure of its own that it states, else that of the table.

    Of the table it is the year's, or the newest.

    Raises:
        MissingFactor: the place is in no table, or has no figure near the year.
    """
    if place.intensity is not None:
        return _stated(place, place.intensity)
    spot = places.find(place.code or "")
    wanted = year or place.year or grid.newest_year()
    found = grid.intensity(spot.zones, wanted)
    if found is None:
        raise MissingFactor(
            f"no grid intensity of {spot.name} is known near {wanted}",
            where="--my-region",
            hint="name another --year, or a region.yaml with an intensity",
        )
    age_years = wanted - found.year if year or place.year else 0
    return ReadersGrid(
        code=spot.code,
        name=spot.name,
        intensity=_ranged(found.intensity_gco2e_per_kwh, found.year, age_years, found.source),
        scope=found.scope,
        accounting=found.accounting,
        source=sources.source(found.source).title,
        country=spot.subdivision or spot.country,
    )


def _stated(place: Place, intensity: Estimate) -> ReadersGrid:
    ranged = intensity
    if intensity.low is None:
        bare = _ranged(intensity.value, intensity.year, 0, intensity.source or "region")
        ranged = bare.model_copy(update={"basis": intensity.basis})
    return ReadersGrid(
        code=place.code or "stated",
        name=place.site or place.code or Phrase("a place of the reader's own"),
        intensity=ranged,
        scope=place.scope,
        accounting=place.accounting,
        source="stated by the reader",
    )


def _ranged(value_gco2e_per_kwh: float, year: int | None, age_years: int, source: str) -> Estimate:
    """An annual figure, as far off as annual figures are."""
    ratio = doubts.grid_factor_ratio(age_years)
    return Estimate(
        value=value_gco2e_per_kwh,
        low=nine(value_gco2e_per_kwh / ratio),
        high=nine(value_gco2e_per_kwh * ratio),
        unit="gCO2e/kWh",
        basis="estimated",
        year=year,
        source=source,
    )
