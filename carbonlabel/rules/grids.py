"""I hold a grid factor to its origin: which zone, which year, and what the tables say of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import grid, places
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.provenance import Finding, Period
from carbonlabel.model.region import Region
from carbonlabel.rules import slips
from carbonlabel.rules.comparison import said, shown, slip
from carbonlabel.rules.dates import midyear
from carbonlabel.rules.rows import activities

STATED: Final = "stated"
"""The zone of a factor that the user states."""
_NEAR_RATIO: Final = 0.25
_FAR_RATIO: Final = 2.0


def fallback(disclosure: Disclosure) -> Iterator[Finding]:
    """Somebody says where the runs took place."""
    for at, activity in activities(disclosure):
        if activity.region.given_by == "nobody":
            yield Finding(
                code="place-unknown",
                severity="warning",
                place=f"{at}/region",
                message="Nobody says where the runs took place: the world mean was used.",
                suggestion="--region FR, US-CA or gcp/europe-west1",
            )


def dated(disclosure: Disclosure) -> Iterator[Finding]:
    """A grid factor says of which year it is."""
    for at, activity in activities(disclosure):
        if activity.region.intensity.year is None:
            yield Finding(
                code="intensity-without-year",
                severity="warning",
                place=f"{at}/region/intensity",
                message="The grid factor does not say of which year it is.",
                suggestion="add year beside the intensity in region.yaml",
            )


def zones(disclosure: Disclosure) -> Iterator[Finding]:
    """The grid zone holds the place of the runs."""
    for at, activity in activities(disclosure):
        region = activity.region
        zone, country = _land(region.zone), _land(region.country)
        if zone and country and zone != country:
            yield Finding(
                code="intensity-elsewhere",
                severity="warning",
                place=f"{at}/region/zone",
                message="The grid factor is of another country than the runs.",
                expected=f"a zone of {country}",
                found=region.zone,
                suggestion="--region with the place of the machines, and the series of its grid",
            )


def stated(disclosure: Disclosure) -> Iterator[Finding]:
    """A grid factor that was stated is near the table's figure of its place and year."""
    for at, activity in activities(disclosure):
        figure = _of_table(activity) if activity.region.zone == STATED else None
        if figure is not None:
            yield from _compared(f"{at}/region/intensity", activity.region, figure)


def _land(code: str | None) -> str | None:
    """The country of a code or zone: `US` of `US-CAL-CISO`; None where it names none."""
    country = (code or "").partition("-")[0]
    is_known = len(country) == len("FR") and country.isupper() and places.country_of(country)
    return country if is_known else None


def _of_table(activity: Activity) -> grid.GridFigure | None:
    year = activity.region.intensity.year or (
        midyear(activity.period) if isinstance(activity.period, Period) else None
    )
    if activity.region.country is None or year is None:
        return None
    try:
        spot = places.find(activity.region.country)
    except MissingFactor:
        return None
    return grid.intensity(spot.zones, year)


def _compared(place: str, region: Region, figure: grid.GridFigure) -> Iterator[Finding]:
    ours, theirs = figure.intensity_gco2e_per_kwh, region.intensity.value
    if not ours or abs(theirs - ours) <= _NEAR_RATIO * ours or _encloses(region.intensity, ours):
        return
    is_far = not ours / _FAR_RATIO <= theirs <= ours * _FAR_RATIO
    guess = slip(theirs, lambda value: abs(value - ours) <= _NEAR_RATIO * ours, None, slips.ALL)
    yield Finding(
        code="intensity-unlike-grid",
        severity="warning" if is_far else "note",
        place=place,
        message=said("The grid factor that was stated is not that of the place", guess),
        expected=f"{shown(ours, 'gCO2e/kWh')} ± 25 %, {figure.name} {figure.year}",
        found=shown(theirs, "gCO2e/kWh"),
        suggestion="state the location-based average; a contract belongs under instruments",
    )


def _encloses(stated_factor: Estimate, value: float) -> bool:
    low, high = stated_factor.low, stated_factor.high
    return low is not None and high is not None and low <= value <= high
