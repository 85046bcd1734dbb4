"""I read a plain table of anybody: times with their zone, intensities with their unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from carbonlabel.gridseries import columns, tables
from carbonlabel.gridseries.columns import Column
from carbonlabel.intake import Log
from carbonlabel.model.provenance import Finding, Input
from carbonlabel.model.series import GridSeries

_FORMAT: Final = "grid-csv"
_TITLE: Final = "a table of the user's own"


@dataclass(frozen=True, slots=True)
class PlainReader:
    """Reads `datetime,intensity lifecycle (gCO2e/kWh)`; each time is the begin of its interval."""

    format: str = _FORMAT
    about: str = "CSV of one's own: datetime,intensity lifecycle (gCO2e/kWh)"
    measures: str = "what its header says: life cycle or direct"
    record: str = "mean of each interval, by its begin"
    pue: str = "no energy inside"
    zone: str = "with offset, or UTC where the header says so"
    proven: str = "own format"

    def recognises(self, log: Log) -> bool:
        """Whether the header names times and intensities, and is not a publisher's."""
        names = columns.first_line(log)
        return columns.is_series(names) and not columns.is_publishers(names)

    def read(self, log: Log) -> GridSeries:
        """The intensities; direct where the header does not say their scope.

        Raises:
            InputError: the header does not say the unit, a time not its zone, or a figure is wrong.
        """
        table = tables.read(log)
        column = table.header.intensity
        return GridSeries(
            zone=table.zone,
            scope=column.scope or "direct",
            accounting=column.accounting,
            kind=column.kind,
            points=table.course.points,
            dropped_count=table.course.dropped_count,
            input=Input(file=log.name, sha256=log.sha256, format=_FORMAT),
            title=_TITLE,
            findings=tuple(_findings(column)),
        )


def _findings(column: Column) -> Iterator[Finding]:
    if column.scope is None:
        yield Finding(
            code="series-kind-not-stated",
            severity="warning",
            place="",
            message="The grid series does not say what its figures cover; they were taken as "
            "direct emissions.",
            suggestion="name the column: intensity lifecycle (gCO2e/kWh), or intensity direct",
        )


reader: Final = PlainReader()
