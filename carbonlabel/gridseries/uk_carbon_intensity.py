"""I read the Carbon Intensity API of Great Britain: half hours, national or of one region."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.gridseries import points, zones
from carbonlabel.gridseries.entries import Entry, document
from carbonlabel.gridseries.points import Reading
from carbonlabel.intake import Log
from carbonlabel.model.provenance import Finding, Input
from carbonlabel.model.series import GridSeries

_FORMAT: Final = "uk-carbon-intensity"
_TITLE: Final = "Carbon Intensity API (Great Britain)"
_COUNTRY: Final = "GB"
_SIGNS: Final = tuple(
    re.compile(sign) for sign in (r'"intensity"\s*:\s*\{', r'"forecast"\s*:', r'"from"\s*:')
)


@dataclass(frozen=True, slots=True)
class CarbonIntensityReader:
    """Reads `/intensity/{from}/{to}` and `/regional/…/regionid/{id}`: direct, operational CO2."""

    format: str = _FORMAT
    about: str = "Carbon Intensity API (Great Britain): national or one region, half-hourly"
    measures: str = "direct averages of consumption, forecasts where nothing else is there"
    record: str = "mean of each half hour"
    pue: str = "no energy inside"
    zone: str = "with offset"
    proven: str = "documented format"

    def recognises(self, log: Log) -> bool:
        """Whether the JSON holds an intensity with its forecast, and from when on it holds."""
        head = log.head.decode("utf-8", "replace")
        return all(sign.search(head) for sign in _SIGNS)

    def read(self, log: Log) -> GridSeries:
        """What was, and where only the forecast is there, that, with a finding.

        Raises:
            InputError: it is no answer of the API, or one about all regions.
        """
        places = tuple(document(log).entries("data"))
        regions = tuple(each for each in places if each.has("regionid"))
        if any(each.has("regions") for each in places):
            raise MalformedInput(
                "the file holds all regions", where=log.name, hint="ask for one: …/regionid/13"
            )
        halves = [half for each in regions for half in each.entries("data")] or places
        course = points.course(map(_reading, halves), file=log.name)
        zone = zones.only((each.text("shortname") for each in regions), file=log.name)
        return GridSeries(
            zone=f"{_COUNTRY}, {zone}" if zone else _COUNTRY,
            scope="direct",
            accounting="consumption",
            kind="average",
            points=course.points,
            dropped_count=course.dropped_count,
            input=Input(file=log.name, sha256=log.sha256, format=_FORMAT, tracker=_TITLE),
            title=_TITLE,
            findings=tuple(_findings(halves)),
        )


def _reading(half: Entry) -> Reading:
    begin, end = (points.moment(half.needed(at), where=half.place(at)) for at in ("from", "to"))
    if end <= begin:
        raise MalformedInput("ends before it begins", where=half.place("to"))
    figures = half.entry("intensity")
    number = _actual(figures)
    if number is None:
        number = figures.number("forecast")
    return Reading(
        begin=begin,
        length_s=(end - begin).total_seconds(),
        intensity_gco2e_per_kwh=points.intensity(number, 1, where=figures.where),
        where=half.where,
    )


def _actual(figures: Entry) -> float | None:
    return figures.number("actual") if figures.has("actual") else None


def _findings(halves: list[Entry] | tuple[Entry, ...]) -> Iterator[Finding]:
    figures = [half.entry("intensity") for half in halves]
    forecast_count = sum(
        _actual(each) is None and each.number("forecast") is not None for each in figures
    )
    if forecast_count:
        yield Finding(
            code="series-forecast",
            severity="note",
            place="",
            message="Where the grid series does not say what was, the forecast stands for it.",
            found=f"{forecast_count} of {len(figures)} half hours",
        )


reader: Final = CarbonIntensityReader()
