"""I know the words of a comparison: what each rule, figure, scope and verdict is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Final

from carbonlabel.comparison.outcome import (
    About,
    Boundary,
    Comparison,
    Cooling,
    FigureName,
    Ratio,
    ReadersGrid,
    Topic,
    Verdict,
)
from carbonlabel.comparison.phrases import Phrase, written
from carbonlabel.comparison.topics import TRAINED, USE
from carbonlabel.comparison.work import counted, phase_words
from carbonlabel.documents import wording
from carbonlabel.documents.language import Words, country, decimals, said, say
from carbonlabel.documents.numbers import (
    NO_BREAK_SPACE,
    between,
    decimal,
    figure,
    grouped,
    joined,
    raised,
)
from carbonlabel.model.disclosure import PartName
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.workload import FunctionalUnit, plural

TITLES: Final[Mapping[About, str]] = Words(
    {
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
)
"""What each rule is called for people."""

VERDICTS: Final[Mapping[Verdict, str]] = Words(
    {
        "comparable": "comparable",
        "comparable in part": "comparable in part",
        "not comparable": "not comparable",
    }
)
_FIGURES: Final[Mapping[FigureName, str]] = Words(
    {
        "energy": "Energy",
        "electricity": "Electricity",
        "manufacture": "Hardware manufacture",
        "total": "Electricity and manufacture",
    }
)
_OF_TRAINING: Final[Mapping[FigureName, str]] = Words(
    {
        "energy": "Energy of training",
        "electricity": "Electricity of training",
        "manufacture": "Hardware manufacture of training",
        "total": "Electricity and manufacture of training",
    }
)
_IN_USE: Final[Mapping[FigureName, str]] = Words(
    {
        "energy": "Energy in use",
        "electricity": "Electricity in use",
    }
)
_MACHINES: Final[Mapping[str, str]] = Words(
    {
        "computing": "accelerators, host and memory",
        "accelerators": "accelerators alone",
        "host": "host and memory alone",
    }
)
_COOLING: Final[Mapping[Cooling, str]] = Words(
    {
        "counted": "with cooling",
        "inside": "with cooling",
        "left out": "without cooling",
        "unknown": "cooling as the tool counts it",
    }
)
_BESIDE: Final[Mapping[PartName, str]] = Words(
    {
        "idle": "idle time",
        "shared": "network and storage",
    }
)
_PLAIN_FROM, _PLAIN_TO = 0.01, 100_000.0
_TENTH: Final = Decimal("0.1")


def told(text: str) -> str:
    """A phrase in the reader's language, in plain characters, of bearable length."""
    return wording.named(_said(text), wording.LONGEST_SENTENCE)


def headed(text: str) -> str:
    """A text with a capital in front."""
    return text[:1].upper() + text[1:]


def verdict(comparison: Comparison) -> str:
    """`Comparable in part`."""
    return headed(VERDICTS[comparison.verdict])


def topic(found: Topic) -> str:
    """`Training`, `Use: text-generation`, `Evaluation`."""
    task = wording.named(found.unit.task or "") if found.unit else ""
    name = say("Use") if found.name == USE else headed(_phase(found))
    return f"{name}{say(': ')}{task}" if task else name


def title(found: Topic, name: FigureName) -> str:
    """`Electricity of training`, `Energy in use`, `Energy of evaluation`."""
    if found.unit is not None:
        return _IN_USE[name]
    if found.name == TRAINED:
        return _OF_TRAINING[name]
    return say("{figure} of {phase}", figure=_FIGURES[name], phase=_phase(found))


def scope(found: Topic, name: FigureName) -> str:
    """`1 pre-training run; accelerators, host and memory, with cooling`."""
    counted = boundary(found.boundary) if found.boundary and name != "manufacture" else ""
    return say("; ").join(filter(None, (served(found), counted)))


def served(found: Topic) -> str:
    """What the amounts are for."""
    unit = found.unit
    if unit is not None and unit.statistic != "mean":
        words = {"statistic": say(unit.statistic), "unit": say(unit.unit)}
        return say("per {statistic} {unit}", **words)
    if unit is not None:
        return say("per {unit}", unit=_many(Decimal(unit.per), unit.unit))
    runs = [_runs(count, phase) for phase, count in found.runs.items()]
    return listed(runs) if runs else ""


def boundary(limits: Boundary) -> str:
    """What is counted on every side."""
    if limits.as_stated:
        return say("as each of them states it")
    machines = (_MACHINES[limits.machines], *(_BESIDE[each] for each in limits.beside))
    return f"{', '.join(machines)}, {_COOLING[limits.cooling]}"


def grid(comparison: Comparison) -> str:
    """Whose grid counts, where it is the reader's; else empty."""
    mine = comparison.grid
    if mine is None:
        return ""
    year = f", {mine.intensity.year}" if mine.intensity.year else ""
    kind = say("life cycle") if mine.scope == "lifecycle" else say("direct")
    return say(
        "All electricity at the grid of {place}: {intensity}, {kind}; not where it was used.",
        place=f"{_place(mine)}{year}",
        intensity=figure(mine.intensity).text,
        kind=kind,
    )


def method(comparison: Comparison, found: Topic, name: FigureName) -> str:
    """By which convention a figure of emissions is counted; empty where nobody says."""
    unsaid = comparison.grid is None and found.boundary is not None and found.boundary.as_stated
    if name not in {"electricity", "total"} or unsaid:
        return ""
    if comparison.grid is None:
        return say("location-based, each at its own grid")
    return say("at the grid of {place}", place=_place(comparison.grid))


def times(ratio: Ratio) -> tuple[str, str]:
    """How many times, and the range: `1.7`, `1.2 to 2.5`; very large and small ones by powers."""
    if _PLAIN_FROM <= ratio.value < _PLAIN_TO:
        shown = figure(
            Estimate(
                value=ratio.value,
                low=ratio.low,
                high=ratio.high,
                unit="ratio",
                basis="estimated",
                formula="other / one",
            )
        )
        return shown.value, between(*(shown.ends or ("", "")))
    exponent = decimal(ratio.value).adjusted()
    power = f"× 10{raised(exponent)}"
    value = _scaled(ratio.value, exponent, ROUND_HALF_UP)
    low, high = (
        _scaled(ratio.low, exponent, ROUND_FLOOR),
        _scaled(ratio.high, exponent, ROUND_CEILING),
    )
    return f"{value} {power}", f"{between(low, high)} {power}"


def volume(comparison: Comparison) -> str:
    """`a year, for 2 000 000 requests`; empty where no use of a year was asked for."""
    asked = comparison.volume
    if asked is None:
        return ""
    count = decimal(asked.count).quantize(Decimal(1))
    return say("a year, for {units}", units=_many(count, asked.unit))


def listed(names: Sequence[str]) -> str:
    """All names, the last joined by "and".

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *first, last = names
    return say("{first} and {second}", first=", ".join(first), second=last) if first else last


def percent(value: int) -> str:
    """`95 %` held together."""
    return joined(str(value), "%")


def _said(text: str) -> str:
    if not isinstance(text, Phrase):
        return text
    if not text.words:
        return said(text.template)
    return say(text.template, **{name: _word(each) for name, each in text.words.items()})


def _word(word: str | float) -> str:
    return _said(word) if isinstance(word, str) else decimals(written(word))


def _phase(found: Topic) -> str:
    return say(phase_words(found.name))


def _place(grid: ReadersGrid) -> str:
    if grid.country is None:
        return told(grid.name)
    return wording.named(country(grid.country, grid.name))


def _many(count: Decimal, unit: FunctionalUnit) -> str:
    return f"{grouped(count)} {say(plural(unit))}"


def _runs(count: int, phase: str) -> str:
    number, blank, rest = _said(counted(count, phase)).partition(" ")
    return f"{number}{NO_BREAK_SPACE}{rest}" if blank else number


def _scaled(value: float, exponent: int, rounding: str) -> str:
    """One decimal of a number in a power of ten."""
    return decimals(f"{decimal(value).scaleb(-exponent).quantize(_TENTH, rounding):f}")
