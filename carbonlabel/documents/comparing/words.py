"""I know the words of a comparison: what each rule, figure, scope and verdict is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Final

from carbonlabel.comparison.outcome import About, Boundary, Comparison, FigureName, Ratio, Topic
from carbonlabel.comparison.topics import TRAINED, USE
from carbonlabel.comparison.work import phase_words
from carbonlabel.documents import wording
from carbonlabel.documents.numbers import (
    NO_BREAK_SPACE,
    decimal,
    figure,
    grouped,
    joined,
)
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.workload import plural

TITLES: Final[Mapping[About, str]] = {
    "same": "One statement, twice",
    "checks": "Errors in it",
    "phase": "Phase",
    "runs": "Runs",
    "whole": "Whole runs",
    "planned": "Planned or done",
    "served": "Units served",
    "parts": "Parts counted",
    "split": "Split of the energy",
    "cooling": "Cooling and overhead",
    "idle": "Idle time",
    "shared": "Network and storage",
    "declared": "What is counted",
    "manufacture": "Hardware manufacture",
    "making": "Studies of the making",
    "energy": "Energy",
    "basis": "Basis of the energy",
    "tracker": "Tool",
    "range": "Range",
    "scope": "Scope of the grid factor",
    "accounting": "Kind of the grid factor",
    "grid": "Grid",
    "grid year": "Year of the grid factor",
    "place": "Place",
    "unit": "Unit of use",
    "statistic": "Statistic",
    "task": "Task",
    "batch": "Batch",
    "accelerators": "Accelerators",
    "host": "Host",
    "inherited": "Own or inherited",
    "base": "Base models",
}
"""What each rule is called for people."""

FIGURES: Final[Mapping[FigureName, str]] = {
    "energy": "Energy",
    "electricity": "Electricity",
    "manufacture": "Hardware manufacture",
    "total": "Electricity and manufacture",
}
_MACHINES: Final = {
    "computing": "accelerators, host and memory",
    "accelerators": "accelerators alone",
    "host": "host and memory alone",
}
_COOLING: Final = {
    "counted": "with cooling",
    "inside": "with cooling",
    "left out": "without cooling",
    "unknown": "cooling as the tool counts it",
}
_BESIDE: Final = {"idle": "idle time", "shared": "network and storage"}
_RAISED: Final = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_PLAIN_FROM, _PLAIN_TO = 0.01, 100_000.0
_TENTH: Final = Decimal("0.1")


def verdict(comparison: Comparison) -> str:
    """`Comparable in part`."""
    return comparison.verdict[:1].upper() + comparison.verdict[1:]


def topic(found: Topic) -> str:
    """`Training`, `Use: text-generation`, `Evaluation`."""
    task = wording.named(found.unit.task or "") if found.unit else ""
    name = found.name if found.name in {TRAINED, USE} else phase_words(found.name)
    head = name[:1].upper() + name[1:]
    return f"{head}: {task}" if task else head


def scope(found: Topic, name: FigureName) -> str:
    """`1 pre-training run; accelerators, host and memory, with cooling`."""
    counted = boundary(found.boundary) if found.boundary and name != "manufacture" else ""
    return "; ".join(filter(None, (served(found), counted)))


def served(found: Topic) -> str:
    """What the amounts are for."""
    unit = found.unit
    if unit is not None and unit.statistic != "mean":
        return f"per {unit.statistic} {unit.unit}"
    if unit is not None:
        return f"per {grouped(Decimal(unit.per))} {plural(unit.unit)}"
    return " and ".join(_runs(count, phase) for phase, count in found.runs.items())


def boundary(limits: Boundary) -> str:
    """What is counted on every side."""
    if limits.as_stated:
        return "as each of them states it"
    machines = (_MACHINES[limits.machines], *(_BESIDE[each] for each in limits.beside))
    return f"{', '.join(machines)}, {_COOLING[limits.cooling]}"


def grid(comparison: Comparison) -> str:
    """Whose grid counts, where it is the reader's; else empty."""
    mine = comparison.grid
    if mine is None:
        return ""
    year = f", {mine.intensity.year}" if mine.intensity.year else ""
    kind = "life cycle" if mine.scope == "lifecycle" else "direct"
    place = wording.named(mine.name)
    return (
        f"All electricity at the grid of {place}{year}: {figure(mine.intensity).text}, {kind}; "
        "not where it was used."
    )


def method(comparison: Comparison, found: Topic, name: FigureName) -> str:
    """By which convention a figure of emissions is counted; empty where nobody says."""
    unsaid = comparison.grid is None and found.boundary is not None and found.boundary.as_stated
    if name not in {"electricity", "total"} or unsaid:
        return ""
    if comparison.grid is None:
        return "location-based, each at its own grid"
    return f"at the grid of {wording.named(comparison.grid.name)}"


def times(ratio: Ratio) -> tuple[str, str]:
    """How many times, and the range: `1.7`, `1.2 to 2.5`; very large and small ones by powers."""
    if _PLAIN_FROM <= ratio.value < _PLAIN_TO:
        told = figure(
            Estimate(
                value=ratio.value,
                low=ratio.low,
                high=ratio.high,
                unit="ratio",
                basis="estimated",
                formula="other / one",
            )
        )
        return told.value, " to ".join(told.ends or ())
    exponent = decimal(ratio.value).adjusted()
    power = f"× 10{str(exponent).translate(_RAISED)}"
    value = _scaled(ratio.value, exponent, ROUND_HALF_UP)
    low, high = (
        _scaled(ratio.low, exponent, ROUND_FLOOR),
        _scaled(ratio.high, exponent, ROUND_CEILING),
    )
    return f"{value} {power}", f"{low} to {high} {power}"


def volume(comparison: Comparison) -> str:
    """`a year, for 2 000 000 requests`; empty where no use of a year was asked for."""
    asked = comparison.volume
    if asked is None:
        return ""
    count = grouped(decimal(asked.count).quantize(Decimal(1)))
    return f"a year, for {count} {plural(asked.unit)}"


def listed(names: Sequence[str]) -> str:
    """All names, the last joined by "and".

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def percent(value: int) -> str:
    """`95 %` held together."""
    return joined(str(value), "%")


def _runs(count: int, phase: str) -> str:
    return f"{count}{NO_BREAK_SPACE}{phase_words(phase)} run{'' if count == 1 else 's'}"


def _scaled(value: float, exponent: int, rounding: str) -> str:
    """One decimal of a number in a power of ten."""
    return f"{decimal(value).scaleb(-exponent).quantize(_TENTH, rounding):f}"
