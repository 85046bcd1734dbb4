"""I write what was found as SARIF 2.1.0, which code hosts and editors show at its place."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

from carbonlabel.reporting.entry import Entry, RuleNote
from carbonlabel.version import __version__

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
"""Where the standard publishes the schema of this form."""
_PLAIN_IN_A_URI: Final = "/-._~"

Object = Mapping[str, object]


def sarif(entries: Sequence[Entry], rules: Sequence[RuleNote] = ()) -> str:
    """One run of this program as a SARIF log; the same entries give the same text.

    `rules` are those that were looked at; a code of an entry that is not among them is added.
    """
    known = {rule.code: rule for rule in rules}
    for entry in entries:
        known.setdefault(entry.code, RuleNote(entry.code, entry.severity, entry.message))
    places = {code: index for index, code in enumerate(known)}
    run = {
        "tool": {
            "driver": {
                "name": "carbonlabel",
                "version": __version__,
                "rules": [_rule(rule) for rule in known.values()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(entry, places[entry.code]) for entry in entries],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return f"{json.dumps(log, ensure_ascii=False, indent=2)}\n"


def _rule(rule: RuleNote) -> Object:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.demand},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(entry: Entry, index: int) -> Object:
    said: dict[str, object] = {
        "ruleId": entry.code,
        "ruleIndex": index,
        "level": entry.severity,
        "message": {"text": _message(entry)},
        "locations": [_location(entry)],
    }
    if entry.clauses:
        said["properties"] = {"clauses": list(entry.clauses)}
    if entry.waived:
        said["suppressions"] = [{"kind": "external", "justification": entry.waived}]
    return said | ({"fixes": [_fix(entry)]} if "endColumn" in _region(entry) and entry.fix else {})


def _message(entry: Entry) -> str:
    details = (
        f"Found {entry.found}." if entry.found is not None else None,
        f"Expected {entry.expected}." if entry.expected is not None else None,
        f"To do: {entry.suggestion}." if entry.suggestion else None,
    )
    return " ".join([entry.message, *filter(None, details)])


def _location(entry: Entry) -> Object:
    region = _region(entry)
    physical = {"artifactLocation": _artifact(entry)} | ({"region": region} if region else {})
    if not entry.pointer:
        return {"physicalLocation": physical}
    logical = [{"fullyQualifiedName": entry.pointer, "kind": "value"}]
    return {"physicalLocation": physical, "logicalLocations": logical}


def _artifact(entry: Entry) -> Object:
    # A URI reference: a name may hold spaces, percent signs, or a colon in its first step.
    path = quote(entry.file.replace("\\", "/"), safe=_PLAIN_IN_A_URI, errors="surrogateescape")
    return {"uri": path}


def _region(entry: Entry) -> dict[str, int]:
    if entry.line is None:
        return {}
    region = {"startLine": entry.line}
    if entry.column is not None:
        region["startColumn"] = entry.column
        if entry.end_column is not None:
            region["endColumn"] = entry.end_column
    return region


def _fix(entry: Entry) -> Object:
    replacement = {"deletedRegion": _region(entry), "insertedContent": {"text": entry.fix}}
    change = {"artifactLocation": _artifact(entry), "replacements": [replacement]}
    return {"description": {"text": f"Write {entry.fix}"}, "artifactChanges": [change]}
