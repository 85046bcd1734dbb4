"""I am the one run that an nvidia-smi table tells of: all its boards together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.method.integral import Integral, trapezoid
from carbonlabel.model.estimate import Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Finding
from carbonlabel.parsing import series
from carbonlabel.parsing.series import Series
from carbonlabel.readers.nvidia_smi.table import Notes, Table

_TRACKER: Final = "nvidia-smi"
_BURST_MS: Final = 100
_BURST_RATIO: Final = 3
_FEW_RATIO: Final = 0.05


def run(log: Log, form: str) -> Evidence:
    """The one run of the table.

    Raises:
        InputError: a value is none, the table is empty, or boards cannot be told apart.
    """
    table = Table(log)
    found = _integral(table, log)
    notes = table.notes
    if notes.odd_count > notes.rows_count:
        raise MalformedInput(
            "most lines are no rows of the header's width",
            where=f"{log.name}:{notes.odd_line}",
            hint="is it one table, with commas?",
        )
    if not notes.rows_count:
        raise MalformedInput("holds no rows", where=log.name, hint="was nvidia-smi started?")
    if found and table.columns and table.columns.identity is None and not table.is_wide:
        _refuse_several(found, log)
    place = f"{log.name}:{notes.first_row}"
    told = Series(
        tracker=_TRACKER,
        inputs=(series.read_from(log, form, _TRACKER),),
        run=place,
        place=place,
        clock=notes.clock,
        covers="device",
        devices=series.counted(notes.names),
        blind_spots=series.blind_spots(
            _TRACKER, unseen="storage and network", reads="NVIDIA boards"
        ),
        findings=tuple(_noticed(notes, found)),
        fold_hour=notes.fold_hour,
    )
    unread = Missing(missing="not-measured", reason="nvidia-smi could not read the power")
    host = Missing(missing="not-measured", reason="nvidia-smi reads GPU boards only")
    return series.evidence(told, {"accelerators": (found,) if found else unread, "host": host})


def _integral(table: Table, log: Log) -> Integral | None:
    found = series.placed(lambda: trapezoid(table.samples), log)
    if not found or not _has_ties(found) or not (table.columns and table.columns.beside):
        return found
    # Several figures of one board at one time: perhaps a script counted the boards itself.
    plain, table.is_wide = table.notes, True
    wide = series.placed(lambda: trapezoid(table.samples), log)
    if wide and not _has_ties(wide):
        return wide
    table.notes, table.is_wide = plain, False
    return found


def _has_ties(found: Integral) -> bool:
    return found.ties_count > _FEW_RATIO * found.samples_count


def _refuse_several(found: Integral, log: Log) -> None:
    # One board gives one row a tick; several without a name give bursts of them.
    steps_count = found.samples_count - found.gaps_count - found.duplicates_count - 1
    mean_ms = found.covered_ms / steps_count if steps_count > 0 else 0.0
    is_uneven = mean_ms > _BURST_RATIO * found.step_ms or (
        found.gaps_count > _FEW_RATIO * found.samples_count
    )
    has_bursts = 0 < found.step_ms <= _BURST_MS and is_uneven
    if has_bursts or _has_ties(found):
        raise MalformedInput(
            "holds rows of several GPUs and no column that tells them apart",
            where=log.name,
            hint="add uuid or index to --query-gpu",
        )


def _noticed(notes: Notes, found: Integral | None) -> Iterator[Finding]:
    yield from series.without_figure(notes.absent_count, notes.rows_count, "accelerators")
    if found:
        yield from series.not_named(notes.names)
    if notes.headers:
        yield Finding(
            code="repeated-header",
            severity="note",
            place="run",
            message="The header stands again in the middle of the file: the logger was restarted.",
            found=f"line {notes.headers[0]}",
        )
    if notes.cut_line is not None:
        yield Finding(
            code="cut-line",
            severity="note",
            place="run",
            message="The last line breaks off and was left out, as when a logger is stopped.",
            found=f"line {notes.cut_line}",
        )
    if notes.odd_count:
        yield Finding(
            code="lines-skipped",
            severity="warning",
            place="run",
            message="Lines that are no rows of the table were left out.",
            found=f"{notes.odd_count}, the first is line {notes.odd_line}",
        )
    if notes.fold_hour is not None:
        yield Finding(
            code="clock-set-back",
            severity="note",
            place="run",
            message="The local clock was set back by an hour; the rows after it were read as the "
            "second passing of that hour.",
        )
