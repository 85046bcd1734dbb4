"""I am what the tables say of the electricity and the overhead of one place in one year."""

from __future__ import annotations

from dataclasses import dataclass, replace

from carbonlabel.errors import InputError, MalformedInput, MissingFactor
from carbonlabel.factors import doubts, efficiency, grid, places
from carbonlabel.method.digits import nine
from carbonlabel.method.propagate import Interval
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.region import Scope
from carbonlabel.parsing.quantities import quantity

_NOT_ENERGY = frozenset({"overhead", "manufacture"})


@dataclass(frozen=True, slots=True)
class Site:
    """One place, as a job there would be counted."""

    code: str
    name: str
    """Where it is, for people."""
    zone: str
    """The row of the grid table that answers, or `stated`."""
    year: int | None
    """Of the grid figure."""
    scope: Scope
    intensity: Interval
    """Annual average in gCO2e/kWh."""
    source: str | None
    """The work that the tables cite for it; None where a disclosure says it."""
    pue: Interval | None = None
    """None where nobody publishes one."""
    pue_source: str | None = None
    has_own_pue: bool = False
    """Whether the PUE is that of the site, not of its provider's fleet."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a disclosure says of a job that could run elsewhere."""

    near: str | None
    """Its place, as the tables name it."""
    site: Site
    energy_kwh: float
    """IT energy."""


def site_of(spot: places.Spot, year: int, like: Scope | None = None) -> Site | None:
    """The site of a place, as the assessment of a run of `year` would take it; None without one.

    With a scope to be `like`, the finest zone counts that has a figure of it, where there is one.
    """
    figure = _figure(spot, year, like)
    if figure is None:
        return None
    value, ratio = figure.intensity_gco2e_per_kwh, doubts.grid_factor_ratio(year - figure.year)
    pue, source = _pue(spot, year)
    return Site(
        code=spot.code,
        name=spot.location or spot.name,
        zone=figure.zone,
        year=figure.year,
        scope=figure.scope,
        intensity=Interval(value, nine(value / ratio), nine(value * ratio)),
        source=figure.source,
        pue=pue,
        pue_source=source,
        has_own_pue=pue is not None and spot.pue_ratio is not None,
    )


def named(code: str, year: int) -> Site:
    """The site of a place by its code.

    Raises:
        MissingFactor: no table has the place, or a grid figure of it near the year.
    """
    spot = places.find(code)
    site = site_of(spot, year)
    if site is None:
        raise MissingFactor(
            f"no grid intensity of {spot.name} is known near {year}",
            where="--near",
            hint="name another --year",
        )
    return site


def with_pue(site: Site, text: str) -> Site:
    """The site with the PUE that was typed, 1 or more.

    Raises:
        MalformedInput: it is no PUE.
    """
    typed = quantity(text, "ratio", where="--pue")
    if typed.value < 1:
        raise MalformedInput(
            f"{typed.value:g} is no PUE", where="--pue", hint="facility energy ÷ IT energy, from 1"
        )
    pue = Interval(typed.value, max(1.0, typed.low or 1.0), typed.high)
    return replace(site, pue=pue, pue_source=None, has_own_pue=True)


def job(disclosure: Disclosure, file: str) -> Job:
    """The job of a disclosure: its place with the factors it has there, and its IT energy.

    Raises:
        InputError: it is of several places, or says no energy.
    """
    regions = {(each.region.zone, each.region.intensity.value) for each in disclosure.activities}
    if len(regions) > 1:
        raise InputError(
            "the disclosure is of several places or years",
            where=file,
            hint="say which: --near CODE --energy '18 kWh'",
        )
    energies = [
        part.energy.value
        for activity in disclosure.activities
        for part in activity.parts
        if part.part not in _NOT_ENERGY and isinstance(part.energy, Estimate)
    ]
    if not any(energies):
        raise InputError("the disclosure says no energy", where=file, hint="state --energy")
    return Job(_near(disclosure), _stated(disclosure), nine(sum(energies)))


def _near(disclosure: Disclosure) -> str | None:
    region = disclosure.activities[0].region
    if region.given_by == "nobody":
        return None
    known = "/" in (region.site or "")
    return region.site if known else region.country


def _stated(disclosure: Disclosure) -> Site:
    activity = disclosure.activities[0]
    region = activity.region
    # Energy that may hold its overhead already is compared by the grids alone.
    pue = None if activity.pue_in_energy == "unknown" else region.pue
    return Site(
        code=_near(disclosure) or region.zone,
        name=region.site or region.country or "place not known",
        zone=region.zone,
        year=region.intensity.year,
        scope=region.scope,
        intensity=_interval(region.intensity),
        source=None,
        pue=_interval(pue) if isinstance(pue, Estimate) else None,
        has_own_pue=True,
    )


def _interval(quantity: Estimate) -> Interval:
    return Interval(quantity.value, quantity.low, quantity.high)


def _figure(spot: places.Spot, year: int, like: Scope | None) -> grid.GridFigure | None:
    found = [grid.intensity((zone,), year) for zone in spot.zones]
    known = [figure for figure in found if figure is not None]
    alike = (figure for figure in known if like in {None, figure.scope})
    return next(alike, known[0] if known else None)


def _pue(spot: places.Spot, year: int) -> tuple[Interval | None, str | None]:
    """The PUE of the site, else of its provider's fleet, with its source."""
    if spot.pue_ratio is not None:
        low, high = efficiency.published_ends_ratio(spot.pue_ratio)
        return Interval(spot.pue_ratio, nine(low), nine(high)), spot.pue_source
    fleet = efficiency.fleet_pue(spot.provider, year) if spot.provider else None
    if fleet is None:
        return None, None
    return Interval(fleet.ratio, nine(fleet.low_ratio), nine(fleet.high_ratio)), fleet.source
