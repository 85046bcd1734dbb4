"""I find CodeCarbon's snapshots among the lines of a log, and keep the newest of every run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.evidence import Evidence
from carbonlabel.parsing import jsontext
from carbonlabel.parsing.jsontext import Value
from carbonlabel.readers.codecarbon.account import cited, evidence_of, settled
from carbonlabel.readers.codecarbon.columns import REQUIRED, header
from carbonlabel.readers.codecarbon.findings import broken_off, cut_off
from carbonlabel.readers.codecarbon.runs import Ledger

_FORMAT: Final = "codecarbon-logger"
_KEY: Final = '"energy_consumed"'
# Python's json writes NaN; CodeCarbon's emissions may be that, and are then missing.
_NO_EMISSIONS: Final = re.compile(r'("emissions(?:_rate)?"\s*:\s*)NaN\b')
_RUN: Final = re.compile(r'"run_id"\s*:\s*"([^"\\]{1,200})"')


def evidence(log: Log) -> Sequence[Evidence]:
    """One piece of evidence a run: its newest line.

    Raises:
        MalformedInput: a figure is wrong, energy falls while duration grows, or the file holds
            no run.
    """
    kept = _ledger(log)
    found = [settled(run, log.name) for run in kept.runs.values()]
    source = cited(log, found, _FORMAT)
    known = [
        _broken_off(told) if run.is_cut else told
        for run, figures in zip(kept.runs.values(), found, strict=True)
        for told in [evidence_of(figures, source, run.header)]
    ]
    if kept.cut:
        known[0] = replace(known[0], findings=(cut_off(kept.cut), *known[0].findings))
    return known


def _ledger(log: Log) -> Ledger:
    kept: Ledger | None = None
    held: tuple[int, str, MalformedInput] | None = None
    last = 0
    for last, text in log.lines():
        if held:
            raise held[2]
        try:
            snapshot = _snapshot(text, f"{log.name}:{last}")
        except MalformedInput as bad:
            held = last, text, bad
            continue
        if snapshot:
            kept = _taken(kept, snapshot, log.name, last)
    if kept is None:
        raise held[2] if held else _nothing_in(log.name)
    if held:
        _cut(kept, *held[:2])
    kept.close(last)
    return kept


def _snapshot(text: str, where: str) -> Mapping[str, Value] | None:
    begin = text.find("{")
    if begin < 0 or _KEY not in text:
        return None
    plain = _NO_EMISSIONS.sub(r"\1null", text)
    found, _ = jsontext.value_at(plain, begin, where=where)
    payload = found.get("jsonPayload", found) if isinstance(found, dict) else None
    if not isinstance(payload, dict) or not {"energy_consumed", "country_iso_code"} <= {*payload}:
        return None
    # A task is a part of its run and no snapshot of it.
    return None if "task_name" in payload else payload


def _taken(kept: Ledger | None, snapshot: Mapping[str, Value], file: str, line: int) -> Ledger:
    where = f"{file}:{line}"
    missing = [name for name in REQUIRED if name not in snapshot]
    if missing:
        raise MalformedInput(
            f"the object has no key {', '.join(missing)}",
            where=where,
            hint="CodeCarbon always writes it: was the file edited?",
        )
    names = tuple(snapshot)
    if kept is None:
        kept = Ledger(file, header(names, where=where))
    elif kept.header.names != names:
        kept.header = header(names, where=where)
    kept.take(line, [written(value) for value in snapshot.values()])
    return kept


def written(value: Value) -> str:
    """A JSON value as a row of `emissions.csv` would hold it; nothing for what is no value."""
    match value:
        case str():
            return value
        case bool() | None | dict() | list():
            return ""
        case _:
            return repr(value)


def _cut(kept: Ledger, line: int, text: str) -> None:
    kept.cut = line
    named = _RUN.search(text)
    if named and named[1] in kept.runs:
        kept.runs[named[1]].is_cut = True


def _broken_off(run: Evidence) -> Evidence:
    return replace(run, complete=False, findings=(*run.findings, broken_off(run)))


def _nothing_in(file: str) -> MalformedInput:
    return MalformedInput(
        "no line holds a snapshot of CodeCarbon",
        where=file,
        hint="name the file that the logger of LoggerOutput writes to",
    )
