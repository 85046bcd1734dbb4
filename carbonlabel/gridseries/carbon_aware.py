"""I read the Carbon-Aware SDK: answers of its web API and its command line, and its data files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.gridseries import points, zones
from carbonlabel.gridseries.entries import Entry, document
from carbonlabel.gridseries.points import Reading
from carbonlabel.intake import Log
from carbonlabel.model.provenance import Finding, Input
from carbonlabel.model.series import GridSeries
from carbonlabel.model.units import SCALES
from carbonlabel.parsing.samples import shown

_FORMAT: Final = "carbon-aware-sdk"
_TITLE: Final = "Carbon-Aware SDK"
_SPELLINGS: Final = (("location", "timestamp", "value"), ("location", "time", "rating"))
_MEAN: Final = ("startTime", "endTime", "carbonIntensity")
_FORECAST: Final = "forecastData"
_LISTS: Final = ("entries", "emissions", _FORECAST)
_DURATION: Final = re.compile(
    r"((?P<d>\d{1,5})\.)?(?P<h>\d\d?):(?P<min>\d\d)(:(?P<s>\d\d)(\.\d+)?)?", re.ASCII
)
_LONGEST_MIN: Final = 10_000_000
_SECONDS: Final = SCALES["s"]
_NOT_SAID: Final = Finding(
    code="series-kind-not-stated",
    severity="warning",
    place="",
    message="The Carbon-Aware SDK does not say whose figures these are; they were taken as direct "
    "averages. Figures from WattTime would be marginal, which a label must not use.",
    suggestion="export the series from its publisher",
)


@dataclass(frozen=True, slots=True)
class CarbonAwareReader:
    """Reads lists of {location, timestamp, duration, value} and {Location, Time, Rating, …}."""

    format: str = _FORMAT
    about: str = "Carbon-Aware SDK: emissions by location, web API, command line and data files"
    measures: str = "taken as direct averages of a location"
    record: str = "mean of each interval, by its begin"
    pue: str = "no energy inside"
    zone: str = "with offset"
    proven: str = "documented format"

    def recognises(self, log: Log) -> bool:
        """Whether the JSON holds the names of either spelling, or of a mean over a time."""
        head = log.head.decode("utf-8", "replace").lower()
        spellings = (*_SPELLINGS, ("location", *(name.lower() for name in _MEAN)))
        return any(all(re.search(rf'"{name}"\s*:', head) for name in names) for names in spellings)

    def read(self, log: Log) -> GridSeries:
        """The figures in gCO2e/kWh, with a warning: their origin is not in the file.

        Raises:
            InputError: it is no such answer, several forecasts, or of several locations.
        """
        answer = document(log)
        if answer.has("entries") and (forecast := _forecast(answer)) is not None:
            answer = forecast
        named = next((name for name in _LISTS if answer.has(name)), None)
        entries = tuple(answer.entries(named)) if named else (answer,)
        course = points.course(map(_reading, entries), file=log.name)
        return GridSeries(
            zone=zones.only((each.text("location") for each in entries), file=log.name),
            scope="direct",
            accounting="consumption",
            kind="average",
            is_forecast=named == _FORECAST,
            points=course.points,
            dropped_count=course.dropped_count,
            input=Input(file=log.name, sha256=log.sha256, format=_FORMAT, tracker=_TITLE),
            title=_TITLE,
            findings=(_NOT_SAID,),
        )


def _forecast(answer: Entry) -> Entry | None:
    """The one forecast of an answer that is a list of them; None where it is none."""
    listed = [each for each in answer.entries("entries") if each.has(_FORECAST)]
    if len(listed) > 1:
        raise MalformedInput(
            "the file holds several forecasts", where=listed[1].where, hint="keep the newest"
        )
    return listed[0] if listed else None


def _reading(entry: Entry) -> Reading:
    if entry.has(*_MEAN):
        return _mean(entry)
    time, value = _SPELLINGS[entry.has("rating")][1:]
    return Reading(
        begin=points.moment(entry.needed(time), where=entry.place(time)),
        length_s=_length_s(entry),
        intensity_gco2e_per_kwh=points.intensity(entry.number(value), 1, where=entry.place(value)),
        where=entry.where,
    )


def _mean(entry: Entry) -> Reading:
    begin, end, value = _MEAN
    first, last = (points.moment(entry.needed(at), where=entry.place(at)) for at in (begin, end))
    if last <= first:
        raise MalformedInput("ends before it begins", where=entry.place(end))
    return Reading(
        begin=first,
        length_s=(last - first).total_seconds(),
        intensity_gco2e_per_kwh=points.intensity(entry.number(value), 1, where=entry.place(value)),
        where=entry.where,
    )


def _length_s(entry: Entry) -> float | None:
    """Whole minutes in the web API, a clock reading elsewhere; 0 stands for not known."""
    told = entry.fields.get("duration")
    if not isinstance(told, str):
        minutes = (entry.number("duration") if told is not None else None) or 0.0
        if not 0 <= minutes <= _LONGEST_MIN:
            raise _no_duration(entry, f"{minutes:g}")
        return minutes * _SECONDS["min"] or None
    found = _DURATION.fullmatch(told.strip())
    if found is None:
        raise _no_duration(entry, told)
    return sum(int(found[unit] or 0) * _SECONDS[unit] for unit in ("d", "h", "min", "s")) or None


def _no_duration(entry: Entry, told: str) -> MalformedInput:
    return MalformedInput(
        f"{shown(told)} is no duration",
        where=entry.place("duration"),
        hint="minutes, or hh:mm:ss",
    )


reader: Final = CarbonAwareReader()
