"""I am what the user says that no log can: which overlaps count, how many machines, what for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from carbonlabel.collection.stages import STAGES, StageRule, stage_named
from carbonlabel.errors import InputError
from carbonlabel.model.evidence import Stage
from carbonlabel.model.project import Overlap, Told

Ask = Callable[[str], Overlap]
Wish = Overlap | Literal["ask"]
WISHES: Final[tuple[Wish, ...]] = ("ask", *get_args(Overlap))
MOST_MACHINES: Final = 100_000


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen on the command line."""

    overlap: Wish = "max"
    """What is counted of runs that overlap on one machine."""
    ask: Ask | None = None
    """Who answers a question about one group of them, where `overlap` is `ask`."""
    nodes: Mapping[Stage, int] = field(default_factory=dict)
    """How many machines ran at the same time; not known for a stage that is not named."""
    ranks: int | None = None
    """How many trackers ran at the same time, on all machines together."""
    scale_up: bool = False
    """Whether machines without a log are counted at the mean of those with one."""
    rules: tuple[StageRule, ...] = ()
    """Which run is of which stage; the first that fits decides."""

    def told(self) -> Told:
        """The same, as the project keeps it."""
        return Told(
            overlap=self.overlap,
            nodes={stage: self.nodes[stage] for stage in STAGES if stage in self.nodes} or None,
            ranks=self.ranks,
            scale_up=self.scale_up,
            stages=tuple(map(str, self.rules)) or None,
        )


def wish_named(text: str) -> Wish:
    """What is to be counted of runs that overlap.

    Raises:
        InputError: it is none of ask, max, first, sum.
    """
    if text not in WISHES:
        raise InputError(f"{text[:40]!r} is no way to count", hint=f"one of {', '.join(WISHES)}")
    return text


def nodes_named(texts: Iterable[str]) -> dict[Stage, int]:
    """How many machines each stage ran on, from `16` for all stages or `final=16` for one.

    Raises:
        InputError: there is no such stage, or the number is none.

    >>> nodes_named(["final=16"])
    {'final': 16}
    """
    found: dict[Stage, int] = {}
    for text in texts:
        stage, _, number = text.rpartition("=")
        stages = (stage_named(stage.strip()),) if stage else STAGES
        found |= dict.fromkeys(stages, machine_count(number.strip()))
    return found


def machine_count(text: str | int) -> int:
    """How many machines or ranks there were.

    Raises:
        InputError: it is no whole number from 1 to 100 000.
    """
    digits = str(text)
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0  # noqa: PLR2004 - digits enough for every count
    if not 1 <= number <= MOST_MACHINES:
        raise InputError(f"{digits[:40]!r} is no number of machines", hint="such as 16")
    return number
