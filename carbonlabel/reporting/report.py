"""I write out what was found, in the form that is asked for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Final

from carbonlabel.reporting import github, sarif
from carbonlabel.reporting.entry import Entry, RuleNote, harmless

Form = Callable[[Sequence[Entry], Sequence[RuleNote]], str]


def report(
    entries: Sequence[Entry], *, form: str = "human", rules: Sequence[RuleNote] = ()
) -> bytes:
    """The entries as UTF-8 text in one of `FORMS`, ended by a line break; empty if there is none.

    `rules` are all that were looked at: SARIF names them. Raises KeyError for an unknown form.
    """
    return FORMS[form](entries, rules).encode("utf-8", "backslashreplace")


def summary(entries: Sequence[Entry], *, files_count: int | None = None) -> str:
    """What was found, in one line.

    >>> summary([], files_count=3)
    '0 errors, 0 warnings, 0 notes in 3 files'
    """
    counts = _counts(entries)
    said = ", ".join(_plural(number, word) for word, number in counts.items())
    return said if files_count is None else f"{said} in {_plural(files_count, 'file')}"


def _human(entries: Sequence[Entry], _rules: Sequence[RuleNote]) -> str:
    return "".join(f"{line}\n" for entry in entries for line in _lines(entry))


def _lines(entry: Entry) -> Iterator[str]:
    yield harmless(f"{entry.place}: {entry.severity}[{entry.code}] {entry.message}")
    if entry.found is not None or entry.expected is not None:
        found = f"found {entry.found}" if entry.found is not None else ""
        expected = f"expected {entry.expected}" if entry.expected is not None else ""
        yield harmless("  " + ", ".join(filter(None, (found, expected))))
    if entry.suggestion:
        yield harmless(f"  {entry.suggestion}")


def _json(entries: Sequence[Entry], _rules: Sequence[RuleNote]) -> str:
    findings = [
        {key: value for key, value in asdict(entry).items() if value is not None}
        for entry in entries
    ]
    whole = {"findings": findings, "counts": _counts(entries)}
    return f"{json.dumps(whole, ensure_ascii=False, indent=2)}\n"


def _counts(entries: Sequence[Entry]) -> dict[str, int]:
    found = Counter(entry.severity for entry in entries)
    return {"error": found["error"], "warning": found["warning"], "note": found["note"]}


def _plural(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


FORMS: Final[Mapping[str, Form]] = {
    "human": _human,
    "json": _json,
    "sarif": sarif.sarif,
    "github": github.workflow_commands,
}
"""Every form by name; each gives the text of the entries."""
