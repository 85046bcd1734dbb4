"""I am what a verification found: each thing that was looked at, and whether it follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from carbonlabel.model.disclosure import Disclosure
from carbonlabel.record.canonical import digest

Group = Literal["digest", "documents", "figures", "factors", "inputs", "assessment"]

GROUPS: Final[tuple[Group, ...]] = (
    "digest",
    "documents",
    "figures",
    "factors",
    "inputs",
    "assessment",
)
"""In the order in which they are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at, or could not be."""

    group: Group
    """What kind of thing it is."""
    place: str
    """JSON pointer in the disclosure, or the name of a file."""
    holds: bool | None
    """True where it follows, False where it does not, None where it could not be checked."""
    message: str
    """What was done, or what is wrong, in a sentence without its full stop."""
    expected: str | None = None
    """What should stand there, with its unit."""
    found: str | None = None
    """What stands there, with its unit."""
    is_anchor: bool = False
    """Whether it holds every character of the disclosure."""


@dataclass(frozen=True, slots=True)
class Verification:
    """A disclosure with everything that was looked at."""

    name: str
    """The file's name."""
    disclosure: Disclosure
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was found that does not follow."""
        return all(each.holds is not False for each in self.checks)

    @property
    def is_whole(self) -> bool:
        """Whether every character of the disclosure was held against something, and follows."""
        return self.holds and any(each.is_anchor and each.holds for each in self.checks)

    @property
    def digest(self) -> str:
        """SHA-256 of the disclosure's canonical JSON (RFC 8785), in hexadecimal."""
        return digest(self.disclosure)

    def of(self, group: Group) -> tuple[Check, ...]:
        """The checks of one kind."""
        return tuple(each for each in self.checks if each.group == group)
