"""I am what a comparison found: what compares, what does not and why, and how far it is apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from carbonlabel.comparison.side import Side
from carbonlabel.model.disclosure import PartName
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.region import Accounting, Scope
from carbonlabel.model.workload import FunctionalUnit, Statistic

Verdict = Literal["comparable", "comparable in part", "not comparable"]
Weight = Literal["breaks", "narrows", "weighs"]
"""A difference breaks a comparison, narrows it to what is alike, or is only to be borne in mind."""
FigureName = Literal["energy", "electricity", "manufacture", "total"]
Order = Literal["higher", "lower", "not distinguishable"]
Cooling = Literal["counted", "left out", "inside", "unknown"]
About = Literal[
    "same", "checks", "phase", "runs", "whole", "planned", "served",
    "parts", "split", "cooling", "idle", "shared", "declared",
    "manufacture", "making",
    "energy", "basis", "tracker", "range",
    "scope", "accounting", "grid", "grid year", "place",
    "unit", "statistic", "task", "batch", "accelerators", "host",
    "inherited", "base",
]  # fmt: skip
"""The stable name of each rule: docs/compare.md has a row for each."""

FIGURES: Final[tuple[FigureName, ...]] = ("energy", "electricity", "manufacture", "total")
"""Every figure, in the order in which it is told."""
EVERY: Final = frozenset(FIGURES)
CURRENT: Final[frozenset[FigureName]] = frozenset({"energy", "electricity", "total"})
"""The figures that hold electricity."""
EMITTED: Final[frozenset[FigureName]] = frozenset({"electricity", "total"})
"""The figures that hold a grid factor."""
MADE: Final[frozenset[FigureName]] = frozenset({"manufacture", "total"})
"""The figures that hold the making of machines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing in which the sides are not alike."""

    about: About
    """Which rule."""
    says: tuple[str, ...]
    """What each side says of it, in their order."""
    weight: Weight
    because: str
    """Why it matters, as a sentence without its full stop."""
    mend: str
    """What would mend it."""
    touches: frozenset[FigureName] = EVERY
    """The figures that it is about."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times the one figure the other is, with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two of the sides, held against each other."""

    one: int
    """The place of the side that the other is measured by."""
    other: int
    order: Order
    """Of the other against the one."""
    ratio: Ratio | None
    """Other ÷ one; None where they cannot be told apart, or where one of them is zero."""
    shared: tuple[str, ...]
    """What puts both in doubt alike, so that its doubt falls out."""
    because: str
    """Why they cannot be told apart; empty where they can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One quantity of all sides, where it compares."""

    name: FigureName
    amounts: tuple[Estimate, ...]
    """Of each side, in their order."""
    pairs: tuple[Pair, ...]
    """Every two of them."""
    yearly: tuple[Estimate, ...] = ()
    """The same for the use of a year, where a number of units was asked for."""

    def pair(self, one: int, other: int) -> Pair | None:
        """What was found of two sides, whichever was named first; None of a side and itself."""
        found = (each for each in self.pairs if {each.one, each.other} == {one, other})
        return next(found, None)


@dataclass(frozen=True, slots=True)
class Boundary:
    """What is counted on every side."""

    machines: Literal["computing", "accelerators", "host"]
    """Both accelerators and host, or one of them alone."""
    beside: tuple[PartName, ...] = ()
    """Idle time and shared nodes, where all count them."""
    cooling: Cooling = "left out"
    as_stated: bool = False
    """Whether one side states its figure without what it counts."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What the figures of a model in use are for."""

    per: int
    unit: FunctionalUnit
    statistic: Statistic
    task: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One kind of work of which all sides may say something: training, use, or another phase."""

    name: str
    """`training`, `use`, or the phase."""
    runs: Mapping[str, int]
    """How many runs of each phase are compared, alike on every side; empty where nobody says."""
    unit: Unit | None = None
    """Of a model in use."""
    boundary: Boundary | None = None
    """None where nothing compares."""
    differences: tuple[Difference, ...] = ()
    figures: tuple[Figure, ...] = ()
    """What compares."""

    @property
    def verdict(self) -> Verdict:
        """Whether all of it, part of it or nothing compares."""
        if not self.figures:
            return "not comparable"
        whole = all(each.weight == "weighs" for each in self.differences)
        return "comparable" if whole else "comparable in part"

    def figure(self, name: FigureName) -> Figure | None:
        """The figure of this name, where it compares."""
        return next((each for each in self.figures if each.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadersGrid:
    """The grid of the reader, at which all electricity is counted instead of each side's own."""

    code: str
    name: str
    intensity: Estimate
    scope: Scope
    accounting: Accounting
    source: str
    """Who gave the intensity."""
    country: str | None = None
    """The country or state that `name` names in English; None of a place of the reader's own."""


@dataclass(frozen=True, slots=True)
class Volume:
    """How much a model is used in a year."""

    count: float
    unit: FunctionalUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two or more footprints held against each other."""

    sides: tuple[Side, ...]
    mine: int
    """The place of the side that the others are measured by."""
    topics: tuple[Topic, ...]
    differences: tuple[Difference, ...] = ()
    """What keeps the sides from being compared at all."""
    grid: ReadersGrid | None = None
    volume: Volume | None = None
    notes: tuple[str, ...] = ()
    """What was asked for and could not be had, and why."""

    @property
    def verdict(self) -> Verdict:
        """Whether all, part or nothing of what the sides say compares."""
        verdicts = {each.verdict for each in self.topics}
        if verdicts <= {"not comparable"}:
            return "not comparable"
        return "comparable" if verdicts == {"comparable"} else "comparable in part"

    @property
    def is_comparable(self) -> bool:
        """Whether anything compares."""
        return self.verdict != "not comparable"
