"""I read Electricity Maps: data sets as CSV of both generations, and answers of the API."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, cast

from carbonlabel.errors import MalformedInput
from carbonlabel.gridseries import columns, points, tables, zones
from carbonlabel.gridseries.entries import Entry, document
from carbonlabel.gridseries.points import Course, Reading
from carbonlabel.intake import Log
from carbonlabel.model.provenance import Input
from carbonlabel.model.region import Scope
from carbonlabel.model.series import GridSeries
from carbonlabel.model.units import seconds_from_hours

_FORMAT: Final = "electricity-maps"
_TITLE: Final = "Electricity Maps"
_HOUR_S: Final = seconds_from_hours(1)
_VALUE: Final = re.compile(r'"carbonIntensity"\s*:')
_TIME: Final = re.compile(r'"datetime"\s*:')
_FORECAST: Final = "forecast"
_LISTS: Final = ("history", "data", _FORECAST)
_SANDBOX: Final = "SANDBOX"


@dataclass(frozen=True, slots=True)
class ElectricityMapsReader:
    """Reads hourly data sets and the API's history, past range and forecast; begins, UTC."""

    format: str = _FORMAT
    about: str = "Electricity Maps: hourly CSV, API history, past-range and forecast"
    measures: str = "averages of a zone, life cycle or direct, flow-traced"
    record: str = "mean of each interval, by its begin"
    pue: str = "no energy inside"
    zone: str = "UTC, or with offset"
    proven: str = "documented format"

    def recognises(self, log: Log) -> bool:
        """Whether the header names a zone id and intensities, or the JSON its carbonIntensity."""
        if columns.is_publishers(columns.first_line(log)):
            return True
        head = log.head.decode("utf-8", "replace")
        return bool(_VALUE.search(head) and _TIME.search(head))

    def read(self, log: Log) -> GridSeries:
        """The life-cycle figures where a file has both, else the direct ones; flow-traced.

        Raises:
            InputError: the file is not what Electricity Maps writes, or holds several zones.
        """
        is_json = log.head.lstrip().startswith((b"{", b"["))
        return _from_api(log) if is_json else _from_table(log)


def _from_table(log: Log) -> GridSeries:
    table = tables.read(log, alone_s=_HOUR_S)
    # Columns that do not say it are of the years before there were two.
    scope = table.header.intensity.scope or "lifecycle"
    return _series(log, table.course, table.zone, scope)


def _from_api(log: Log) -> GridSeries:
    answer = document(log)
    entries = tuple(_entries(answer))
    course = points.course(map(_reading, entries), file=log.name, alone_s=_HOUR_S)
    zone = zones.only((each.text("zone") for each in (answer, *entries)), file=log.name)
    series = _series(log, course, zone, _scope(entries, log.name))
    return replace(series, is_forecast=answer.has(_FORECAST))


def _entries(answer: Entry) -> Iterator[Entry]:
    named = next((name for name in (*_LISTS, "entries") if answer.has(name)), None)
    if named is None:
        yield answer
    else:
        yield from answer.entries(named)


def _reading(entry: Entry) -> Reading:
    if (entry.text("estimationMethod") or "").upper().startswith(_SANDBOX):
        raise MalformedInput(
            "the figures are the made-up ones of the sandbox",
            where=entry.place("estimationMethod"),
            hint="ask with a key of production",
        )
    where = entry.place("carbonIntensity")
    return Reading(
        begin=points.moment(entry.needed("datetime"), where=entry.place("datetime")),
        length_s=None,
        intensity_gco2e_per_kwh=points.intensity(entry.number("carbonIntensity"), 1, where=where),
        where=entry.where,
    )


def _scope(entries: tuple[Entry, ...], file: str) -> Scope:
    """What the entries say; the API's own default is the life cycle."""
    named = {each.text("emissionFactorType") or "lifecycle" for each in entries}
    if len(named) > 1 or not named <= {"lifecycle", "direct"}:
        raise MalformedInput(
            "emissionFactorType is not one of lifecycle and direct throughout",
            where=file,
            hint="keep one of them in a file",
        )
    return cast("Scope", named.pop())


def _series(log: Log, course: Course, zone: str | None, scope: Scope) -> GridSeries:
    return GridSeries(
        zone=zone,
        scope=scope,
        accounting="consumption",
        kind="average",
        points=course.points,
        dropped_count=course.dropped_count,
        input=Input(file=log.name, sha256=log.sha256, format=_FORMAT, tracker=_TITLE),
        title=_TITLE,
    )


reader: Final = ElectricityMapsReader()
