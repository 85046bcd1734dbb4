"""I compare a place with the cloud regions near it: what a job there would emit instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from carbonlabel.factors import distances
from carbonlabel.method.propagate import Interval, Spread
from carbonlabel.method.shifting import Factors, against, are_distinguishable, emitted
from carbonlabel.shifting.sites import Site, site_of

Order = Literal["distance", "emissions"]
Verdict = Literal["lower", "higher", "not distinguishable", "same grid", "not comparable"]
_ONE: Final = "1"
_SOURCES: Final = {_ONE: Interval(1.0, 1.0, 1.0)}


@dataclass(frozen=True, slots=True)
class Choice:
    """One other place for the job."""

    site: Site
    distance_km: float
    emissions: Spread
    """In gCO2e."""
    ratio: Spread
    """Emissions there ÷ emissions here."""
    verdict: Verdict
    is_pue_counted: bool
    """Whether both places have a PUE, so that it is in `emissions` and `ratio`."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A place and the others near it."""

    here: Site
    emissions: Spread
    """In gCO2e, with the place's own PUE where it is known."""
    energy_kwh: float
    """IT energy of the job."""
    choices: tuple[Choice, ...]
    """Those that change something."""
    same: tuple[Site, ...]
    """Those on the place's own grid, where nothing but the distance changes."""
    unknown_count: int
    """How many regions were passed over because no grid figure of them is known."""


def compare(  # noqa: PLR0913 - the place, the job and which others, each by name
    here: Site,
    near: str,
    *,
    energy_kwh: float,
    year: int,
    within_km: float | None = None,
    provider: str = "",
    order: Order = "distance",
    top: int | None = None,
) -> Comparison:
    """The place against the cloud regions around `near`, by distance or by emissions.

    Regions on the place's own grid are kept apart, and `top` counts the others.

    Raises:
        MissingFactor: no table has the place, or its position.
    """
    around = distances.near(near, within_km=within_km, provider=provider)
    sites = [(site_of(each.spot, year, here.scope), each.distance_km) for each in around]
    known = [(site, away_km) for site, away_km in sites if site is not None]
    choices = [_choice(here, site, away_km, energy_kwh) for site, away_km in known]
    return Comparison(
        here,
        _emitted(here, energy_kwh, counts_pue=here.pue is not None),
        energy_kwh,
        tuple(_ordered([each for each in choices if not _is_same(each)], order))[:top],
        tuple(each.site for each in choices if _is_same(each)),
        len(sites) - len(known),
    )


def _is_same(each: Choice) -> bool:
    return each.verdict == "same grid"


def _ordered(choices: Sequence[Choice], order: Order) -> Sequence[Choice]:
    if order == "distance":
        return choices
    return sorted(choices, key=_rank)


def _rank(each: Choice) -> tuple[bool, float, float, str]:
    """What compares goes first, then what emits less, then what is nearer."""
    is_apart = each.verdict == "not comparable"
    return is_apart, each.ratio.value, each.distance_km, each.site.code


def _choice(here: Site, there: Site, away_km: float, energy_kwh: float) -> Choice:
    counts_pue = here.pue is not None and there.pue is not None
    emissions = _emitted(there, energy_kwh, counts_pue=counts_pue)
    ratio = against(
        _factors(there, counts_pue=counts_pue),
        _factors(here, counts_pue=counts_pue),
        {**_intervals(here), **_intervals(there)},
    )
    own = _emitted(here, energy_kwh, counts_pue=counts_pue)
    return Choice(
        there, away_km, emissions, ratio, _verdict(here, there, ratio, (own, emissions)), counts_pue
    )


def _verdict(here: Site, there: Site, ratio: Spread, both: tuple[Spread, Spread]) -> Verdict:
    """Lower or higher only where ranges keep apart; a grid that both share moves both."""
    if here.scope != there.scope:
        return "not comparable"
    shared = _grid(here) == _grid(there)
    if shared and ratio.low == ratio.high:
        return "same grid"
    one = Spread(1.0, 1.0, 1.0, ())
    apart = are_distinguishable(one, ratio) if shared else are_distinguishable(*both)
    if not apart:
        return "not distinguishable"
    return "lower" if ratio.value < 1 else "higher"


def _emitted(site: Site, energy_kwh: float, *, counts_pue: bool) -> Spread:
    return emitted(_factors(site, counts_pue=counts_pue), energy_kwh, _intervals(site))


def _factors(site: Site, *, counts_pue: bool) -> Factors:
    return Factors(_grid(site), _overhead(site) if counts_pue else _ONE)


def _intervals(site: Site) -> Mapping[str, Interval]:
    pue = {} if site.pue is None else {_overhead(site): site.pue}
    return {**_SOURCES, _grid(site): site.intensity, **pue}


def _grid(site: Site) -> str:
    """One name for one figure: its zone, year and value."""
    return f"grid {site.zone} {site.year} {site.intensity.value}"


def _overhead(site: Site) -> str:
    """One name for one PUE: that of a site, or of a fleet."""
    return f"pue {site.code if site.has_own_pue else site.pue_source}"
