"""I am one thing that another document says otherwise, and where it stands there."""

from __future__ import annotations

from typing import NamedTuple

from carbonlabel.model.provenance import Finding


class Difference(NamedTuple):
    """A finding whose place in the disclosure is what it should say, and its place in the file."""

    finding: Finding
    line: int | None = None
    """The line in the card, from 1; None where it is of the whole file."""
    column: int | None = None
    """The column in characters, from 1."""
