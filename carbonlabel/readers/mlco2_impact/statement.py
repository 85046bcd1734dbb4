"""I am the statement of the ML CO2 Impact calculator: its sentences, and the figures in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.method.operational import operational
from carbonlabel.model.units import (
    grams_from_kilograms,
    kwh_from_watt_seconds,
    seconds_from_hours,
)
from carbonlabel.parsing import amounts

_LONGEST_COUNT: Final = 600
_LONGEST_PLACE_COUNT: Final = 200
_CO2EQ: Final = r"kg\s*CO(?:\$?_\{?2\}?\$?|\\textsubscript\{2\}|<sub>2</sub>|₂|2)[\s-]{0,3}eq\.?"
_BEGIN: Final = re.compile(r"has\s+a\s+carbon\s+efficiency\s+of\s")
_PLACE: Final = re.compile(
    r"using\s+(?P<provider>\S.{0,80}?)(?:\s+in\s+region\s+(?P<region>\S{1,60}))?,\s+which\s+\Z",
    re.DOTALL,
)
_RUN: Final = re.compile(
    rf"has\s+a\s+carbon\s+efficiency\s+of\s+(?P<intensity>\S+)\s+{_CO2EQ}\s*/\s*kWh\.\s+"
    r"A\s+cumulative\s+of\s+(?P<hours>\S+)\s+hours\s+of\s+computation\s+was\s+performed\s+on\s+"
    r"hardware\s+of\s+type\s+(?P<gpu>\S.{0,80}?)\s+\(TDP\s+of\s+(?P<power>\S+?)\s*W\)",
    re.DOTALL,
)
_TOTAL: Final = re.compile(
    rf"emissions\s+are\s+estimated\s+to\s+be\s+(?P<emissions>\S+)\s+{_CO2EQ}"
    r"(?:\s+of\s+which\s+(?P<offset>\S+)\s+percents?\b)?",
    re.DOTALL,
)
_HINT: Final = "take the text as the calculator writes it, with all its blanks filled in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one statement says, in our units."""

    place: str
    provider: str | None
    """As the calculator names it; None for a private infrastructure."""
    region: str | None
    gpu: str
    duration_s: float
    """Hours of computation, which the calculator takes for hours of one GPU."""
    power_w: float
    intensity_gco2e_per_kwh: float
    emissions_gco2e: float | None
    """None where the sentence about the total is not there."""
    offset_percent: float | None
    """What is said to have been offset, in per cent."""

    @property
    def energy_kwh(self) -> float:
        """Rated power × hours."""
        return kwh_from_watt_seconds(self.power_w, self.duration_s)

    @property
    def own_gco2e(self) -> float:
        """Energy × the intensity of the statement."""
        return operational(self.energy_kwh, self.intensity_gco2e_per_kwh)


def statements(log: Log) -> Iterator[Statement]:
    """Every statement of a text.

    Raises:
        MalformedInput: one was reworded or not filled in, or a figure in it is none.
    """
    text = log.document()
    begins = [match.start() for match in _BEGIN.finditer(text)]
    line, counted = 1, 0
    for begin, end in pairwise((*begins, len(text))):
        line, counted = line + text.count("\n", counted, begin), begin
        where = f"{log.name}:{line}"
        run = _RUN.match(text, begin, begin + _LONGEST_COUNT)
        if run is None:
            raise MalformedInput(
                "the statement was reworded or not filled in", where=where, hint=_HINT
            )
        place = _PLACE.search(text, max(0, begin - _LONGEST_PLACE_COUNT), begin)
        total = _TOTAL.search(text, run.end(), min(end, run.end() + _LONGEST_COUNT))
        yield _statement(where, run, place, total)


def _statement(
    where: str, run: re.Match[str], place: re.Match[str] | None, total: re.Match[str] | None
) -> Statement:
    hours, power_w, intensity_kg, emissions_kg, offset = (
        _figure(match, key, where)
        for match, key in (
            (run, "hours"),
            (run, "power"),
            (run, "intensity"),
            (total, "emissions"),
            (total, "offset"),
        )
    )
    if hours is None or power_w is None or intensity_kg is None:
        raise MalformedInput("a figure is missing", where=where, hint=_HINT)
    provider = _words(place["provider"]) if place else None
    return Statement(
        place=where,
        provider=None if provider is None or "private" in provider.lower() else provider,
        region=_words(place["region"]) if place and place["region"] else None,
        gpu=_words(run["gpu"]),
        duration_s=seconds_from_hours(hours),
        power_w=power_w,
        intensity_gco2e_per_kwh=grams_from_kilograms(intensity_kg),
        emissions_gco2e=None if emissions_kg is None else grams_from_kilograms(emissions_kg),
        offset_percent=offset,
    )


def _figure(match: re.Match[str] | None, key: str, where: str) -> float | None:
    return amounts.amount(match[key], where=f"{where} {key}") if match else None


def _words(text: str) -> str:
    return amounts.name(text.replace("\\", "")) or "?"
