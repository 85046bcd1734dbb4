"""I write what was found as annotations of GitHub Actions, one workflow command a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from carbonlabel.reporting.entry import Entry, RuleNote

_COMMANDS: Final = {"error": "error", "warning": "warning", "note": "notice"}
# The runner undoes these and no others; "%" comes first so that no escape is escaped again.
_IN_MESSAGES: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES: Final = _IN_MESSAGES | {":": "%3A", ",": "%2C"}


def workflow_commands(entries: Sequence[Entry], _rules: Sequence[RuleNote] = ()) -> str:
    """A line for each entry, as GitHub's "Workflow commands" page has it.

    >>> entry = Entry(file="a,b.md", code="negative", severity="note", message="50 %")
    >>> print(workflow_commands([entry]))
    ::notice file=a%2Cb.md,title=negative::50 %25
    <BLANKLINE>
    """
    return "".join(f"{_annotation(entry)}\n" for entry in entries)


def _annotation(entry: Entry) -> str:
    named = {
        "file": entry.file,
        "line": entry.line,
        "col": entry.column,
        "endColumn": entry.end_column,
        "title": entry.code,
    }
    told = (
        f"{key}={_escaped(str(value), _IN_PROPERTIES)}" for key, value in named.items() if value
    )
    properties = ",".join(told)
    return f"::{_COMMANDS[entry.severity]} {properties}::{_escaped(_message(entry), _IN_MESSAGES)}"


def _message(entry: Entry) -> str:
    # An annotation has no place for a pointer of its own.
    details = (
        f"at {entry.pointer}" if entry.pointer and entry.line is None else None,
        f"found {entry.found}" if entry.found is not None else None,
        f"expected {entry.expected}" if entry.expected is not None else None,
        entry.suggestion,
    )
    return "\n".join([entry.message, *filter(None, details)])


def _escaped(text: str, escapes: dict[str, str]) -> str:
    for character, escape in escapes.items():
        text = text.replace(character, escape)
    return text
