"""I list the best times of a job, for a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Final

from carbonlabel.catalogue.columns import Fact, columns, right
from carbonlabel.documents.numbers import plainly_spaced
from carbonlabel.method.digits import nine
from carbonlabel.method.propagate import Interval
from carbonlabel.method.windows import Window
from carbonlabel.model.units import hours_from_seconds
from carbonlabel.shifting import wording
from carbonlabel.shifting.times import Times, change_ratio, emissions

_CLOCK: Final = "%Y-%m-%d %H:%M"
_NUMBERS: Final = (2, 3)
_MOST_PIECES: Final = 10
_MARGINAL: Final = (
    "Marginal intensities: what one more kWh would cause then; a label takes averages."
)
_AVERAGE: Final = "Averages, not marginal: they do not say what moving one job changes on the grid."


def table(found: Times, zone: tzinfo) -> bytes:
    """A line for each window, what to compare them with, and what all that means."""
    lines = [
        ("", "begin", "g/kWh", _head(found), "vs first", "vs mean"),
        *(_row(str(n), each, found, zone) for n, each in enumerate(found.best, 1)),
        _row("first", found.first, found, zone),
        _row("worst", found.worst, found, zone),
        _mean(found),
    ]
    if found.energy_kwh is None:
        lines = [(*line[:3], *line[4:]) for line in lines]
    return wording.document(
        [
            _title(found),
            "",
            *_columns(lines),
            *_pieces(found, zone),
            "",
            *wording.paragraph(_notes(found)),
        ]
    )


def facts(found: Times, zone: tzinfo) -> Fact:
    """Everything that was found."""
    series = found.series
    return {
        "series": {
            "file": series.input.file,
            "sha256": series.input.sha256,
            "title": series.title,
            "zone": series.zone,
            "scope": series.scope,
            "accounting": series.accounting,
            "kind": series.kind,
            "forecast": series.is_forecast,
        },
        "length_s": found.length_s,
        "energy_kwh": found.energy_kwh,
        "best": [_fact(each, found, zone) for each in found.best],
        "first": _fact(found.first, found, zone),
        "worst": _fact(found.worst, found, zone),
        "mean_gco2e_per_kwh": nine(found.mean_gco2e_per_kwh),
        "interrupted": _interrupted(found, zone),
        "gaps": found.gap_count,
    }


def _title(found: Times) -> str:
    series = found.series
    what = "forecast" if series.is_forecast else "history"
    scope = "life cycle" if series.scope == "lifecycle" else "direct"
    place = f" in {series.zone}" if series.zone else ""
    return (
        f"{hours_from_seconds(found.length_s):.4g} h{place}: "
        f"{series.title}, {what}, {scope}, {series.kind}"
    )


def _head(found: Times) -> str:
    if found.energy_kwh is None:
        return ""
    unit = wording.unit_of(emissions(found.mean_gco2e_per_kwh, found.energy_kwh)).unit
    return f"{unit} (95 %)".replace("₂", "2")


def _row(name: str, window: Window, found: Times, zone: tzinfo) -> tuple[str, ...]:
    return (
        name,
        _clock(window.begin, zone),
        *_figures(window.intensity_gco2e_per_kwh, found),
    )


def _mean(found: Times) -> tuple[str, ...]:
    return ("mean", "of all that is covered", *_figures(found.mean_gco2e_per_kwh, found))


def _figures(intensity: float, found: Times) -> tuple[str, ...]:
    """Intensity, emissions, and the changes against the first window and the mean."""
    against = (found.first.intensity_gco2e_per_kwh, found.mean_gco2e_per_kwh)
    changes = (change_ratio(intensity, each) for each in against)
    return (
        f"{intensity:.1f}",
        _emitted(intensity, found),
        *("–" if each is None else wording.per_cent(each) for each in changes),
    )


def _emitted(intensity: float, found: Times) -> str:
    if found.energy_kwh is None:
        return ""
    unit = wording.unit_of(emissions(found.mean_gco2e_per_kwh, found.energy_kwh))
    return wording.shown(emissions(intensity, found.energy_kwh), unit, ranged=True)


def _columns(lines: list[tuple[str, ...]]) -> list[str]:
    turned = [list(column) for column in zip(*lines, strict=True)]
    for place in range(_NUMBERS[0], len(turned)):
        turned[place] = right(turned[place])
    heads, *rows = zip(*turned, strict=True)
    return columns(heads, rows)


def _pieces(found: Times, zone: tzinfo) -> Iterator[str]:
    if not found.pieces:
        return
    change = change_ratio(found.pieces_gco2e_per_kwh, found.first.intensity_gco2e_per_kwh)
    against = "" if change is None else f", {wording.per_cent(change)} against the first"
    several = "piece" if len(found.pieces) == 1 else "pieces"
    yield ""
    yield (
        f"Interrupted, in {len(found.pieces)} {several}: "
        f"{found.pieces_gco2e_per_kwh:.1f} g/kWh{against}"
    )
    for each in found.pieces[:_MOST_PIECES]:
        yield f"  {_clock(each.begin, zone)} to {_clock(each.end, zone)}"
    rest = len(found.pieces) - _MOST_PIECES
    if rest > 0:
        yield f"  and {rest} more; --json has all"


def _notes(found: Times) -> Iterator[str]:
    yield from _saved(found)
    if found.series.is_forecast:
        yield "A forecast: how far it errs is in no range here."
    else:
        yield "History: it says when it was best, not when it will be."
    if any(each.code == "series-forecast" for each in found.series.findings):
        yield "Where the series does not say what was, it holds its own forecast."
    yield _MARGINAL if found.series.kind == "marginal" else _AVERAGE
    if found.gap_count:
        gaps = "a gap" if found.gap_count == 1 else f"{found.gap_count} gaps"
        yield f"The series has {gaps}, over which no window goes."


def _saved(found: Times) -> Iterator[str]:
    """What the best window saves, in mass and with its range."""
    if found.energy_kwh is None:
        return
    best = found.best[0].intensity_gco2e_per_kwh
    told = []
    for name, other in (
        ("the first", found.first.intensity_gco2e_per_kwh),
        ("the mean", found.mean_gco2e_per_kwh),
        ("the worst", found.worst.intensity_gco2e_per_kwh),
    ):
        saved = emissions(max(0.0, other - best), found.energy_kwh)
        told.append(f"{_mass(saved)} against {name}")
    yield (
        f"The best saves {', '.join(told)}. Their ranges are those of the publisher, whose error "
        "moves all times alike: percentages stand."
    )


def _mass(saved: Interval) -> str:
    unit = wording.unit_of(saved)
    return plainly_spaced(f"{wording.shown(saved, unit, ranged=True)} {unit.unit}")


def _clock(moment: datetime, zone: tzinfo) -> str:
    local = moment.astimezone(zone)
    offset = local.strftime("%z")
    return f"{local:{_CLOCK}} {offset[:3]}:{offset[3:5]}"


def _fact(window: Window, found: Times, zone: tzinfo) -> dict[str, object]:
    intensity = window.intensity_gco2e_per_kwh
    against = (found.first.intensity_gco2e_per_kwh, found.mean_gco2e_per_kwh)
    changes = (change_ratio(intensity, each) for each in against)
    return {
        "begin": window.begin.astimezone(zone).isoformat(),
        "end": window.end.astimezone(zone).isoformat(),
        "intensity_gco2e_per_kwh": nine(intensity),
        "emissions_gco2e": _mass_fact(intensity, found),
        **{
            f"change_against_{name}": None if each is None else nine(each)
            for name, each in zip(("first", "mean"), changes, strict=True)
        },
    }


def _mass_fact(intensity: float, found: Times) -> dict[str, float | None] | None:
    if found.energy_kwh is None:
        return None
    mass = emissions(intensity, found.energy_kwh)
    return {"value": mass.value, "low": mass.low, "high": mass.high}


def _interrupted(found: Times, zone: tzinfo) -> dict[str, object] | None:
    if not found.pieces:
        return None
    return {
        "intensity_gco2e_per_kwh": nine(found.pieces_gco2e_per_kwh),
        "emissions_gco2e": _mass_fact(found.pieces_gco2e_per_kwh, found),
        "pieces": [_fact(each, found, zone) for each in found.pieces],
    }
