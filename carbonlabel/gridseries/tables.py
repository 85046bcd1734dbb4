"""I read a table of intensities over time, row by row, into a course."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from carbonlabel.errors import MalformedInput
from carbonlabel.gridseries import points, zones
from carbonlabel.gridseries.columns import Header, header
from carbonlabel.gridseries.points import Course, Reading
from carbonlabel.intake import Log
from carbonlabel.parsing.samples import figure
from carbonlabel.parsing.table import Row, rows


@dataclass(frozen=True, slots=True)
class Table:
    """What a table of intensities says."""

    header: Header
    course: Course
    zone: str | None


def read(log: Log, *, alone_s: float | None = None) -> Table:
    """The intensities of a table; a line that breaks off counts as one without a figure.

    Raises:
        InputError: a column, a time or a figure is wrong, or there is none.
    """
    found = rows(log, needs=())
    first = next(found, None)
    if first is None or first.is_cut:
        raise MalformedInput("the table holds no figure", where=log.name)
    columns = header(list(first.fields), where=f"{log.name}:1")
    told = _Tally(columns)
    course = points.course(told.readings(chain([first], found)), file=log.name, alone_s=alone_s)
    zone = zones.only(told.zones, file=log.name)
    return Table(columns, Course(course.points, course.dropped_count + told.cut_count), zone)


@dataclass(slots=True)
class _Tally:
    header: Header
    zones: set[str] = field(default_factory=set)
    cut_count: int = 0

    def readings(self, found: Iterable[Row]) -> Iterator[Reading]:
        for row in found:
            if row.is_cut:
                self.cut_count += 1
                continue
            if self.header.zone:
                self.zones.add(row.fields[self.header.zone])
            yield _reading(row, self.header)


def _reading(row: Row, columns: Header) -> Reading:
    column = columns.intensity
    where = row.where(column.name)
    return Reading(
        begin=points.moment(
            row.fields[columns.time], where=row.where(columns.time), is_utc=columns.is_utc
        ),
        length_s=None,
        intensity_gco2e_per_kwh=points.intensity(
            figure(row.fields[column.name], where=where), column.scale, where=where
        ),
        where=row.place,
    )
