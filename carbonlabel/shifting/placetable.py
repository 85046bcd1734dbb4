"""I list a place and the cloud regions near it, for a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.catalogue.columns import Fact, cited, columns, cut, right
from carbonlabel.documents.numbers import Scaled
from carbonlabel.method.digits import nine
from carbonlabel.method.propagate import Interval, Spread
from carbonlabel.shifting import wording
from carbonlabel.shifting.regions import Choice, Comparison
from carbonlabel.shifting.sites import Site

_UNKNOWN: Final = "–"
_GAP: Final = 2
_NARROWEST: Final = 6
_PLACE, _NUMBERS = 1, (2, 3, 4)


def table(found: Comparison) -> bytes:
    """A line for each place, and below them what the columns mean."""
    unit = wording.unit_of(found.emissions)
    heads = ("region", "place", "km", _head(found, unit), "PUE", "change (95 %)")
    rows = [_own(found, unit), *(_row(each, unit) for each in found.choices)]
    return wording.document(
        [*_columns([heads, *rows]), "", *wording.paragraph(_notes(found, unit))]
    )


def facts(found: Comparison) -> Fact:
    """Everything that was compared, with ranges, years and sources."""
    return {
        "energy_kwh": found.energy_kwh,
        "here": {**_site(found.here), "emissions_gco2e": _spread(found.emissions)},
        "regions": [
            {
                **_site(each.site),
                "distance_km": round(each.distance_km),
                "emissions_gco2e": _spread(each.emissions),
                "pue_counted": each.is_pue_counted,
                "ratio": None if each.verdict == "not comparable" else _spread(each.ratio),
                "verdict": each.verdict,
            }
            for each in found.choices
        ],
        "same_grid": [each.code for each in found.same],
        "without_grid_figure": found.unknown_count,
    }


def _head(found: Comparison, unit: Scaled) -> str:
    return "g/kWh" if found.energy_kwh == 1 else unit.unit.replace("₂", "2")


def _own(found: Comparison, unit: Scaled) -> tuple[str, ...]:
    here = found.here
    return (here.code, here.name, "", wording.shown(found.emissions, unit), _pue(here), "")


def _row(each: Choice, unit: Scaled) -> tuple[str, ...]:
    return (
        each.site.code,
        each.site.name,
        f"{each.distance_km:.0f}",
        wording.shown(each.emissions, unit),
        _pue(each.site),
        _change(each),
    )


def _pue(site: Site) -> str:
    return _UNKNOWN if site.pue is None else f"{site.pue.value:.2f}"


def _change(each: Choice) -> str:
    ratio = each.ratio
    if each.verdict not in {"lower", "higher"} or ratio.low is None or ratio.high is None:
        return each.verdict
    return wording.per_cent_range(ratio.value - 1, ratio.low - 1, ratio.high - 1)


def _columns(lines: list[tuple[str, ...]]) -> list[str]:
    """Columns of 80 characters in all: numbers flush right, the names of places give way."""
    turned = [list(column) for column in zip(*lines, strict=True)]
    for place in _NUMBERS:
        turned[place] = right(turned[place])
    others = sum(max(map(len, cells)) + _GAP for at, cells in enumerate(turned) if at != _PLACE)
    room = max(_NARROWEST, wording.WIDTH - others)
    turned[_PLACE] = [cut(cell, room) for cell in turned[_PLACE]]
    heads, *rows = zip(*turned, strict=True)
    return columns(heads, rows)


def _notes(found: Comparison, unit: Scaled) -> Iterator[str]:
    here = found.here
    energy = f"{found.energy_kwh:g} kWh of IT energy"
    yield f"Emissions of {energy}, in {unit.unit}; changes against {here.code}, with their range."
    if here.pue is None:
        yield (
            f"The PUE of {here.code} is not known, so that grids alone are compared: "
            "--pue 1.2 counts PUEs too."
        )
    elif any(not each.is_pue_counted for each in found.choices):
        yield f"Where no PUE is published ({_UNKNOWN}), grids alone are compared."
    if found.same:
        yield f"On the grid of {here.code} too: {', '.join(each.code for each in found.same)}."
    verdicts = {each.verdict for each in found.choices}
    if "not distinguishable" in verdicts:
        yield "Not distinguishable: the ranges overlap."
    if "not comparable" in verdicts:
        yield (
            f"Not comparable: one figure is {_scope(here)}, the other is not; name a country "
            "with --near."
        )
    if found.unknown_count:
        yield f"Of {found.unknown_count} regions no grid figure is known."
    yield (
        f"Grid: annual averages{_years(found)}, not marginal: they do not say what moving one job "
        "changes on the grid. Data may have to stay in their jurisdiction. --json has ranges and "
        "sources."
    )


def _scope(site: Site) -> str:
    return "life cycle" if site.scope == "lifecycle" else "direct"


def _years(found: Comparison) -> str:
    sites = (found.here, *(each.site for each in found.choices))
    known = sorted({site.year for site in sites if site.year is not None})
    if not known:
        return ""
    return f" of {known[0]}" if len(known) == 1 else f" of {known[0]} to {known[-1]}"


def _site(site: Site) -> dict[str, object]:
    return {
        "region": site.code,
        "place": site.name,
        "zone": site.zone,
        "year": site.year,
        "scope": site.scope,
        "intensity_gco2e_per_kwh": _interval(site.intensity),
        "source": None if site.source is None else cited(site.source),
        "pue": None if site.pue is None else _interval(site.pue),
        "pue_of_fleet": site.pue is not None and not site.has_own_pue,
        "pue_source": None if site.pue_source is None else cited(site.pue_source),
    }


def _interval(found: Interval) -> dict[str, float | None]:
    return {"value": found.value, "low": found.low, "high": found.high}


def _spread(found: Spread) -> dict[str, float | None]:
    ends = (None if each is None else nine(each) for each in (found.low, found.high))
    return {"value": nine(found.value), **dict(zip(("low", "high"), ends, strict=True))}
