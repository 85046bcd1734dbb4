"""I am a comparison in finished words: nothing in me is left to be rounded or thought about."""

from __future__ import annotations

from dataclasses import dataclass

from carbonlabel.model.estimate import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One of the sides."""

    name: str
    """Short, and of no other side."""
    note: str
    """The model in full, its size, its file and the beginning of its digest."""
    digest: str
    """That beginning."""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing in which the sides are not alike."""

    code: str
    title: str
    says: tuple[tuple[str, str], ...]
    """Each side by name, and what it says."""
    because: str
    mend: str
    touches: tuple[str, ...]
    """The figures that it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """How long a side's bar is, and where its interval lies, as parts of the axis."""

    value_ratio: float
    low_ratio: float | None
    high_ratio: float | None
    is_sliver: bool
    """Whether it is too short to be drawn to scale, and is not zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One side's amount."""

    name: str
    note: str
    """The model's size, where it is known."""
    value: str
    unit: str
    range: str
    """`27–64`; empty where none is declared."""
    basis: Basis
    obtained: str
    """The basis in a word."""
    is_mine: bool
    against: str
    """How it stands to the reader's own; empty of that itself."""
    yearly: str
    """The amount of a year's use; empty where none was asked for."""
    bar: Bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The axis of the bars: from zero to a round number."""

    ticks: tuple[tuple[float, str], ...]
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """One figure that compares, of every side."""

    key: str
    """`training/electricity`."""
    title: str
    scope: str
    """What it is for and what is counted."""
    lines: tuple[Line, ...]
    sentences: tuple[str, ...]
    """What must be read with it."""
    scale: Scale | None
    """None where all of them are zero."""
    yearly: str
    """`a year, for 2 000 000 requests`; empty where none was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One kind of work: what compares of it and what does not."""

    title: str
    verdict: str
    broken: tuple[Reason, ...]
    narrowed: tuple[Reason, ...]
    weighed: tuple[Reason, ...]
    amounts: tuple[Amounts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheaf:
    """A whole comparison in finished words."""

    title: str
    verdict: str
    """`Comparable in part`."""
    is_comparable: bool
    mark: str
    """Said on every document: whose grid counts, where it is not each side's own; else empty."""
    parties: tuple[Party, ...]
    mine: str
    """Whom the others are measured by."""
    reasons: tuple[Reason, ...]
    """What keeps the sides from being compared at all."""
    matters: tuple[Matter, ...]
    notes: tuple[str, ...]
    footnotes: tuple[str, ...]

    @property
    def amounts(self) -> tuple[Amounts, ...]:
        """Everything that compares."""
        return tuple(each for matter in self.matters for each in matter.amounts)
