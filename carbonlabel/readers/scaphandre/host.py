"""I am the one run that Scaphandre's reports tell of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.method.integral import trapezoid
from carbonlabel.model.estimate import Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Finding
from carbonlabel.parsing import series
from carbonlabel.parsing.series import Series
from carbonlabel.readers.scaphandre.reports import Reports

_TRACKER: Final = "Scaphandre"
_READS: Final = "CPU packages and, where RAPL has it, memory"


def run(log: Log, form: str) -> Evidence:
    """The one run of the reports.

    Raises:
        InputError: a report is none, or there is none.
    """
    reports = Reports(log)
    found = series.placed(lambda: trapezoid(reports.samples), log)
    if not reports.samples_count:
        raise MalformedInput("holds no report", where=log.name, hint="let Scaphandre run longer")
    place = f"{log.name}:1"
    told = Series(
        tracker=_TRACKER,
        inputs=(series.read_from(log, form, _TRACKER),),
        run=place,
        place=place,
        clock="UTC",
        covers="machine",
        blind_spots=series.blind_spots(_TRACKER, unseen="GPUs, storage, network", reads=_READS),
        findings=tuple(_noticed(reports)),
    )
    unread = Missing(missing="not-measured", reason="Scaphandre could not read the power")
    boards = Missing(missing="not-measured", reason=f"Scaphandre reads {_READS} only")
    return series.evidence(told, {"accelerators": boards, "host": (found,) if found else unread})


def _noticed(reports: Reports) -> Iterator[Finding]:
    yield from series.without_figure(reports.absent_count, reports.samples_count, "host")
    if reports.is_cut:
        yield Finding(
            code="cut-line",
            severity="note",
            place="run",
            message="The file breaks off within a report, which was left out.",
            found=f"after {reports.samples_count} reports",
        )
