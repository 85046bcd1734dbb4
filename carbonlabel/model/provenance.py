"""I say where a figure came from: files read, works cited, what was noticed on the way."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from carbonlabel.model.estimate import Model

Severity = Literal["error", "warning", "note"]


class Input(Model):
    """One file that was read."""

    file: str
    """The file's name, never its path."""
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """SHA-256 of the file's bytes, in hexadecimal."""
    format: str
    """The format that recognised it, as `carbonlabel list formats` names it."""
    tracker: str | None = None
    """The tool that wrote the file."""
    version: str | None = None
    """The version of that tool."""
    runs: int | None = None
    """How many runs were read from the file."""


class Source(Model):
    """One published work that gave a figure."""

    title: str
    """Who published what."""
    year: int | None = None
    """Year of publication."""
    url: str | None = None
    """Where it can be read."""
    licence: str | None = None
    """SPDX licence identifier, where the publisher states one."""


class Finding(Model):
    """One result of a check, or one thing that a reader or the assessment noticed."""

    code: str
    """Stable name of the rule; `docs/errors.md` explains each."""
    severity: Severity
    """error breaks the label's credibility, warning asks for an action, note informs."""
    place: str
    """JSON pointer into the disclosure."""
    message: str
    """What was noticed, as a sentence."""
    expected: str | None = None
    """What should stand there, with its unit."""
    found: str | None = None
    """What stands there, with its unit."""
    suggestion: str | None = None
    """What to do about it."""


class Verified(Model):
    """Who says to have verified the disclosure; told by its declarer, and checked by no program."""

    by: Annotated[str, Field(min_length=1)]
    """The person or body that verified it."""
    on: date
    """The day of their statement."""
    statement_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    """SHA-256 of the bytes of their statement, in hexadecimal, where it was given."""


class Period(Model):
    """When the runs took place."""

    start: datetime
    """Begin of the first run; a naive time stays naive."""
    end: datetime
    """End of the last run."""
    zone: str
    """`UTC`, an offset such as `+01:00`, or `local, not stated`."""
