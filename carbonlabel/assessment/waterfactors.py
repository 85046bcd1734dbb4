"""I find how much water a kWh took: on a provider's site, and at the plants of a country."""

from __future__ import annotations

from carbonlabel.assessment.citations import Citations
from carbonlabel.factors import doubts, places, water
from carbonlabel.method.digits import nine
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.region import Place


def ewif(
    place: Place, spot: places.Spot | None, year: int, citations: Citations
) -> Estimate | Missing:
    """Off-site water of the electricity in L/kWh: what the user says, else the country's figure."""
    if place.ewif is not None:
        return _with_range(place.ewif)
    if spot is None:
        return Missing(missing="not-stated", reason="no place is known")
    found = water.ewif(spot.zones, year)
    if found is None:
        return Missing(
            missing="not-stated", reason=f"no off-site water of {spot.name} is published"
        )
    return _published(found, citations)


def published_wue(spot: places.Spot | None, year: int, citations: Citations) -> Estimate | None:
    """On-site water in L/kWh as the cloud region or its provider publishes it; None where not."""
    if spot is None or spot.provider is None:
        return None
    found = water.wue_of(spot.code, year)
    return None if found is None else _published(found, citations)


def _with_range(stated: Estimate) -> Estimate:
    if stated.low is not None:
        return stated
    # A typed factor is as far from the truth as those of the table.
    low, high = doubts.doubt("water-grid").ends(stated.value)
    return stated.model_copy(update={"low": nine(low), "high": nine(high)})


def _published(found: water.WaterFigure, citations: Citations) -> Estimate:
    return Estimate(
        value=found.l_per_kwh,
        low=nine(found.low_l_per_kwh),
        high=nine(found.high_l_per_kwh),
        unit="L/kWh",
        basis="estimated",
        year=found.year,
        source=citations.cite(found.source),
    )
