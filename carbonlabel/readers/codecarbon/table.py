"""I read a table of CodeCarbon: `emissions.csv`, or the file of its tasks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from carbonlabel.intake import Log
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Finding
from carbonlabel.readers.codecarbon.account import cited, evidence_of, settled
from carbonlabel.readers.codecarbon.columns import header, rows
from carbonlabel.readers.codecarbon.findings import (
    backups,
    broken_off,
    cut_off,
    repeated_headers,
    tasks_named,
    torn,
)
from carbonlabel.readers.codecarbon.runs import ledger
from carbonlabel.readers.codecarbon.tasks import task_files, tasks, with_tasks

_FORMAT: Final = "codecarbon-csv"


def evidence(log: Log) -> Sequence[Evidence]:
    """One piece of evidence a run: its newest row, with the tasks beside it taken in.

    Raises:
        MalformedInput: a column is missing, a figure is wrong, energy falls while duration
            grows, or the file holds no run.
    """
    line, names = next(rows(log), (1, []))
    if header(names, where=f"{log.name}:{line}").is_tasks:
        return _runs_of_tasks(log)
    return _runs(log)


def _runs(log: Log) -> Sequence[Evidence]:
    kept = ledger(log)
    beside = _siblings(log)
    task_names = task_files(beside)
    found = [settled(run, log.name, task_names) for run in kept.runs.values()]
    source = cited(log, found, _FORMAT)
    known = []
    for run, figures in zip(kept.runs.values(), found, strict=True):
        told = evidence_of(figures, source, run.header)
        name = task_names.get(told.run)
        timed = with_tasks(told, log, name) if name else told
        known.append(_broken_off(timed) if run.is_cut else timed)
    oddities = (
        backups(older) if (older := _backups(log.name, beside)) else None,
        repeated_headers(kept.headers) if kept.headers else None,
        cut_off(kept.cut) if kept.cut else None,
        torn(kept.torn) if kept.torn else None,
    )
    return _with_findings(known, [oddity for oddity in oddities if oddity])


def _runs_of_tasks(log: Log) -> Sequence[Evidence]:
    tallied = tasks(log)
    found = list(tallied.runs.values())
    source = cited(log, found, _FORMAT)
    known = [evidence_of(figures, source, tallied.header) for figures in found]
    cut = [cut_off(tallied.cut)] if tallied.cut else []
    return _with_findings(known, [tasks_named(), *cut])


def _siblings(log: Log) -> tuple[str, ...]:
    try:
        return log.siblings()
    except OSError:
        # A folder that cannot be listed hides its backups and task files, not the file itself.
        return ()


def _backups(name: str, beside: Sequence[str]) -> list[str]:
    # The oldest is `.bak`, then `_0.bak`, `_1.bak` …
    numbered = re.compile(re.escape(name) + r"(?:_(\d{1,9}))?\.bak")
    matches = filter(None, map(numbered.fullmatch, beside))
    return [match[0] for match in sorted(matches, key=lambda match: int(match[1] or -1))]


def _broken_off(run: Evidence) -> Evidence:
    return replace(run, complete=False, findings=(*run.findings, broken_off(run)))


def _with_findings(known: Sequence[Evidence], odd: Sequence[Finding]) -> Sequence[Evidence]:
    # What is odd about the file is said once, with its first run.
    first, *others = known
    return (replace(first, findings=(*odd, *first.findings)), *others)
