"""I am one thing that was found in one file, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from carbonlabel.model.provenance import Finding, Severity

_LONGEST_COUNT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One result of a check, whatever was checked: the neutral record that every form is made of.

    Lines and columns count from 1, columns in characters. What is not known is None.
    """

    file: str
    """The file as the user named it."""
    code: str
    """Stable name of the rule, in kebab case."""
    severity: Severity
    """error, warning or note."""
    message: str
    """What was found, as a sentence."""
    line: int | None = None
    """The line it stands on."""
    column: int | None = None
    """The column where it begins."""
    end_column: int | None = None
    """The column behind its last character, where that is on the same line."""
    pointer: str | None = None
    """JSON pointer of the value (RFC 6901), in a file that has them."""
    expected: str | None = None
    """What should stand there, with its unit."""
    found: str | None = None
    """What stands there, with its unit."""
    suggestion: str | None = None
    """What to do about it."""
    fix: str | None = None
    """What can safely take the place of the text from `column` to `end_column`."""
    clauses: tuple[str, ...] | None = None
    """Which clauses of which standards it touches."""
    waived: str | None = None
    """Who lets it stand, until when and why."""

    @property
    def place(self) -> str:
        """The place for people: `README.md:3:14`, `carbon.json /totals/headline` or the file."""
        if self.line is None:
            return f"{self.file} {self.pointer}" if self.pointer else self.file
        return f"{self.file}:{self.line}:{self.column or 1}"


class RuleNote(NamedTuple):
    """What a report says of a rule itself: SARIF lists every rule that was looked at."""

    code: str
    """Its stable name."""
    severity: Severity
    """How grave it is to break it, where an entry does not say otherwise."""
    demand: str
    """What it demands, as a sentence."""


def entry_of(finding: Finding, *, file: str) -> Entry:
    """The entry of a finding about a disclosure, which stands in `file`."""
    return Entry(
        file=file,
        code=finding.code,
        severity=finding.severity,
        message=finding.message,
        pointer=finding.place or None,
        expected=finding.expected,
        found=finding.found,
        suggestion=finding.suggestion,
    )


def harmless(text: str) -> str:
    r"""The text on one bounded line, so that foreign words in it cannot steer a terminal.

    >>> harmless("a" + chr(27) + "[2J")
    'a\\x1b[2J'
    """
    short = text if len(text) <= _LONGEST_COUNT else f"{text[:_LONGEST_COUNT]}…"
    return "".join(each if each.isprintable() else repr(each)[1:-1] for each in short)
