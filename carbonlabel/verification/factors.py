"""I hold factors and works to the shipped tables, by source, place, year and device."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import devices, doubts, efficiency, embodied, grid, rows, sources, water
from carbonlabel.method.digits import nine
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Basis, Estimate
from carbonlabel.model.provenance import Source
from carbonlabel.model.region import Region
from carbonlabel.record.pointers import pointer, quantities, steps_of
from carbonlabel.verification.outcome import Check
from carbonlabel.version import __version__

Figure = tuple[float, float | None, float | None, Basis]
"""Value, low, high and basis."""

_PRINTED_DIGITS: Final = 2
_STATED: Final = "stated"
_ASSUMED: Final[Basis] = "assumed"
_ESTIMATED: Final[Basis] = "estimated"


def looked_up(disclosure: Disclosure) -> Iterator[Check]:
    """One check for each work that our tables cite too, and for each factor that they hold.

    What they do not hold is wrong where this version made the disclosure; else the tables may have
    been restated since, and nothing is decided.
    """
    own = disclosure.generator["version"] == __version__
    shipped = set()
    for key, cited in disclosure.sources.items():
        work = _shipped(key)
        if work is not None:
            shipped.add(key)
            place = pointer("sources", key)
            yield _compared(place, f"The work cited as {key}", work == cited, own=own)
    for place, quantity in quantities(disclosure):
        if isinstance(quantity, Estimate) and quantity.source in shipped:
            yield from _factor(disclosure, place, quantity, own=own)


def _shipped(key: str) -> Source | None:
    try:
        work = sources.source(key)
    except MissingFactor:
        return None
    return Source(title=work.title, year=work.year, url=work.url, licence=work.licence)


def _factor(
    disclosure: Disclosure, place: str, quantity: Estimate, *, own: bool
) -> Iterator[Check]:
    known = _known(disclosure, place, quantity)
    if known is None:
        return
    stands = (quantity.value, quantity.low, quantity.high, quantity.basis)
    candidates = list(known)
    expected = next((each for each in candidates if each[0] == quantity.value), None)
    expected = expected or next(iter(candidates), None)
    yield _compared(
        place,
        "The factor",
        stands in candidates,
        own=own,
        expected=_said(expected, quantity.unit) if expected else "a row of the table",
        found=_said(stands, quantity.unit),
    )


def _compared(  # noqa: PLR0913 - what a comparison is told with, each by name
    place: str,
    what: str,
    same: bool,  # noqa: FBT001 - the result of the comparison that the check is about
    *,
    own: bool,
    expected: str | None = None,
    found: str | None = None,
) -> Check:
    restated = "another version made the disclosure, and tables are restated between versions"
    message = f"{what} is as in the shipped table" if same else f"{what} is not in the table"
    return Check(
        group="factors",
        place=place,
        holds=True if same else False if own else None,
        message=message if same or own else f"{message}: {restated}",
        expected=None if same else expected,
        found=None if same else found,
    )


def _known(disclosure: Disclosure, place: str, quantity: Estimate) -> Iterable[Figure] | None:
    """What the tables hold there; None where they are not asked."""
    match steps_of(place):
        case ("activities", number, "region", name):
            region = disclosure.activities[int(number)].region
            return _of_region(region, name, quantity)
        case ("activities", number, "hardware", row, "lifetime"):
            life = embodied.lifetime()
            return [(life.value_s, life.low_s, life.high_s, _ASSUMED)]
        case ("activities", number, "hardware", row, "making"):
            device = disclosure.activities[int(number)].hardware[int(row)]
            return _making(device.name, device.kind, quantity)
        case _:
            return None


def _of_region(region: Region, name: str, quantity: Estimate) -> Iterable[Figure] | None:
    match name:
        case "intensity" if region.zone != _STATED:
            return tuple(_intensity(region, quantity))
        case "pue":
            return tuple(_pue(region, quantity))
        case "ewif" | "wue":
            return tuple(_water(region, name, quantity))
        case _:
            return None


def _intensity(region: Region, quantity: Estimate) -> Iterator[Figure]:
    if region.zone == grid.WORLD:
        world, ends = grid.world(quantity.year or 0), grid.world_ends_gco2e_per_kwh()
        if world.year == quantity.year:
            yield world.intensity_gco2e_per_kwh, *ends, _ASSUMED
    for row in rows.under("grid.csv", region.zone):
        cell = row.get(str(quantity.year), "")
        same = (row["scope"], row["accounting"], row["source"]) == (
            region.scope,
            region.accounting,
            quantity.source,
        )
        if same and cell:
            value = float(cell)
            for age in range(doubts.AGES[-1] + 1):
                ratio = doubts.grid_factor_ratio(age)
                low, high = value / ratio, value * ratio
                yield value, round(low, _PRINTED_DIGITS), round(high, _PRINTED_DIGITS), _ESTIMATED


def _pue(region: Region, quantity: Estimate) -> Iterator[Figure]:
    provider = (region.site or "").partition("/")[0]
    fleet = (
        (row["pue_ratio"], row["year"], row["source"]) for row in rows.under("pue.csv", provider)
    )
    site = (
        (row["pue_ratio"], row["pue_year"], row["pue_source"])
        for row in rows.under("regions.csv", region.site or "")
    )
    for ratio, year, source in (*site, *fleet):
        if ratio and source == quantity.source and year in {"", str(quantity.year)}:
            low, high = efficiency.published_ends_ratio(float(ratio))
            yield float(ratio), nine(low), nine(high), _ESTIMATED


def _water(region: Region, name: str, quantity: Estimate) -> Iterator[Figure]:
    year = quantity.year or 0
    if name == "wue":
        found = [water.wue_of(region.site or "", year)]
    else:
        zones = [row["zone"] for row in rows.every("water.csv")]
        near = [zone for zone in zones if _is_near(zone, region)]
        found = [*(water.ewif((zone,), year) for zone in near), water.world_ewif()]
    for each in found:
        if each is not None and (each.source, each.year) == (quantity.source, quantity.year):
            low, high = nine(each.low_l_per_kwh), nine(each.high_l_per_kwh)
            yield each.l_per_kwh, low, high, _ESTIMATED


def _is_near(zone: str, region: Region) -> bool:
    """Whether a zone of the table can answer for a region."""
    country = region.country or ""
    return zone in {region.zone, country, country.partition("-")[0]}


def _making(name: str, kind: str, quantity: Estimate) -> Iterable[Figure] | None:
    if kind != "accelerator":
        # A host may be the sum of its parts, which the disclosure does not list.
        return None
    try:
        row = devices.find(name).row.making
    except MissingFactor:
        row = None
    known = row or embodied.unlisted_accelerator()
    if known.source != quantity.source and quantity.basis != "assumed":
        return None
    return [(known.gco2e, known.low_gco2e, known.high_gco2e, _ASSUMED)]


def _said(figure: Figure, unit: str) -> str:
    value, low, high, basis = figure
    behind = "" if unit == "ratio" else f" {unit}"
    ends = "" if low is None or high is None else f", {low:.9g} to {high:.9g}"
    return f"{value:.9g}{behind}{ends}, {basis}"
