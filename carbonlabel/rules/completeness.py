"""I ask whether everything that belongs in a footprint is declared once or said to be missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from carbonlabel.model.disclosure import Disclosure, PartName
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.provenance import Finding
from carbonlabel.record.pointers import walk
from carbonlabel.rules.rows import BESIDE, activities, rows

_NAMES: Final[dict[PartName, str]] = {
    "accelerators": "accelerator",
    "host": "host",
    "overhead": "cooling",
    "manufacture": "manufacture",
}
_OUTSIDE: Final = {
    "idle": "idle time of the machine",
    "failed": "failed and earlier runs",
    "network": "storage and network",
    "end of life": "end of life of the hardware",
}
_DECLARED_AS: Final[dict[str, PartName]] = {"idle": "idle", "network": "shared"}
"""Rows that stand for what is else left out, where every activity has them."""
_NAMING: Final = frozenset({"model", "revision", "name", "site", "title", "reason", "tracker"})
_PLACEHOLDERS: Final = frozenset(
    {"", "?", "-", "n/a", "na", "none", "null", "nan", "tbd", "todo", "unknown"}
    | {"[more information needed]", "more information needed", "organisation/name"}
)


def parts(disclosure: Disclosure) -> Iterator[Finding]:
    """Each standard part is a row, once, or stands under Left out."""
    left_out = _left_out(disclosure)
    for at, activity in activities(disclosure):
        names = Counter(part.part for part in activity.parts)
        yield from _twice(at, names)
        split = not names["computing"]
        for name, word in _NAMES.items():
            asked = split or name not in {"accelerators", "host"}
            if asked and not names[name] and word not in left_out:
                yield _undeclared(f"{at}/parts", f"the part {name}", "error")


def outside(disclosure: Disclosure) -> Iterator[Finding]:
    """What no tracker sees is said to be left out."""
    left_out = _left_out(disclosure)
    declared = [{part.part for part in each.parts} for each in disclosure.activities]
    for word, name in _OUTSIDE.items():
        row = _DECLARED_AS.get(word)
        if word not in left_out and not (row and all(row in parts for parts in declared)):
            yield _undeclared("/left_out", name, "warning")


def headline(disclosure: Disclosure) -> Iterator[Finding]:
    """The headline says "at least" exactly where a row is missing."""
    found = disclosure.totals.headline
    expected = _headline(disclosure)
    if found not in {expected, "planned"}:
        yield Finding(
            code="headline-mismatch",
            severity="error",
            place="/totals/headline",
            message="The headline's word does not fit the rows that are declared.",
            expected=expected,
            found=found,
        )


def placeholders(disclosure: Disclosure) -> Iterator[Finding]:
    """No name or title is a placeholder."""
    named = (disclosure.subject, disclosure.activities, disclosure.inputs, disclosure.sources)
    roots = ("/subject", "/activities", "/inputs", "/sources")
    for root, noun in zip(roots, named, strict=True):
        for place, value in walk(noun, root):
            naming = place.rpartition("/")[2] in _NAMING
            if naming and str(value).strip().casefold() in _PLACEHOLDERS:
                yield Finding(
                    code="placeholder",
                    severity="warning",
                    place=place,
                    message="A placeholder stands where a name should.",
                    found=str(value),
                    suggestion="fill it in, or leave the key out",
                )


def _left_out(disclosure: Disclosure) -> str:
    return "; ".join(each.what for each in disclosure.left_out).casefold()


def _twice(at: str, names: Counter[PartName]) -> Iterator[Finding]:
    double = sorted(name for name, times in names.items() if times > 1)
    if names["computing"] and (names["accelerators"] or names["host"]):
        double.append("computing")
    for name in double:
        yield Finding(
            code="part-counted-twice",
            severity="error",
            place=f"{at}/parts",
            message=f"The part {name} is counted more than once in one activity.",
            suggestion="computing stands for accelerators and host together: keep either",
        )


def _undeclared(place: str, name: str, severity: str) -> Finding:
    return Finding(
        code="part-not-declared" if severity == "error" else "not-under-left-out",
        severity="error" if severity == "error" else "warning",
        place=place,
        message=f"Nothing is said of {name}: it is neither declared nor under Left out.",
        suggestion="declare it, say missing with the reason, or put it under left_out",
    )


def _headline(disclosure: Disclosure) -> str:
    if isinstance(disclosure.totals.emissions, Missing):
        return "not reported"
    gaps = (row.part.emissions for row in rows(disclosure) if row.part.part not in BESIDE)
    return "at least" if any(_is_gap(each) for each in gaps) else "total"


def _is_gap(emissions: Estimate | Missing) -> bool:
    return isinstance(emissions, Missing) and emissions.missing != "not-applicable"
