"""What a disclosure answers of the forms of known standards.

`matrix(disclosure)` gives a `Coverage` for each standard. It counts fields; it claims nothing about
compliance, which is for others to judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carbonlabel.completeness.standards import STANDARDS, Field, Standard
from carbonlabel.errors import InputError

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure

__all__ = ["STANDARDS", "Coverage", "Field", "Standard", "matrix"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a disclosure answers of one standard."""

    standard: Standard
    """What it was held to."""
    missing: tuple[Field, ...]
    """The fields that it does not answer."""

    @property
    def met_count(self) -> int:
        """How many fields it answers."""
        return len(self.standard.fields) - len(self.missing)

    @property
    def of_count(self) -> int:
        """How many fields there are."""
        return len(self.standard.fields)

    @property
    def is_blocked(self) -> bool:
        """Whether a field is missing without which the form cannot be filled."""
        return any(each.blocks for each in self.missing)


def matrix(disclosure: Disclosure, names: Sequence[str] = ()) -> tuple[Coverage, ...]:
    """What a disclosure answers of each standard, or of those that are named by their keys.

    Raises:
        InputError: no standard is called so.
    """
    known = {each.key: each for each in STANDARDS}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise InputError(
            f"no standard is called {unknown[0][:40]!r}", hint=f"one of {', '.join(known)}"
        )
    chosen = [known[name] for name in names] or list(known.values())
    return tuple(
        Coverage(each, tuple(field for field in each.fields if not field.holds(disclosure)))
        for each in chosen
    )
