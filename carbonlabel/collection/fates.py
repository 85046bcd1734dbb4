"""I keep what was decided about every run, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from carbonlabel.model.project import Decision, Rule


@dataclass(frozen=True, slots=True)
class Fate:
    """Why a run is not counted, or by which decision it is."""

    decision: int
    reason: str | None = None
    """None for a run that is counted as its log tells it."""
    is_left: bool = False


@dataclass(slots=True)
class Fates:
    """The decisions of a collection, and the runs that they are about."""

    decisions: list[Decision] = field(default_factory=list)
    _of: dict[int, Fate] = field(default_factory=dict)

    def of(self, place: int) -> Fate | None:
        """What was decided about the run at a place; None where nothing had to be."""
        return self._of.get(place)

    def is_left(self, place: int) -> bool:
        """Whether the run at a place is not counted."""
        fate = self._of.get(place)
        return fate is not None and fate.is_left

    def decide(
        self, rule: Rule, message: str, *, kept: Sequence[int], left: Sequence[int], reason: str
    ) -> None:
        """Note a decision; runs in `left` are not counted for this reason."""
        number = len(self.decisions)
        decision = Decision(
            rule=rule, message=message, kept=tuple(sorted(kept)), left=tuple(sorted(left))
        )
        self.decisions.append(decision)
        self._of = {place: Fate(number) for place in kept} | self._of
        self._of |= {place: Fate(number, reason, is_left=True) for place in left}

    def explain(self, place: int, reason: str) -> None:
        """Say of a counted run where its figures are from."""
        self._of[place] = replace(self._of[place], reason=reason)
