"""I write rows as CSV that a spreadsheet shows and never runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from carbonlabel.documents.direction import bare
from carbonlabel.documents.wording import plain

_ACTIVE: Final = ("=", "+", "-", "@")


def separated(rows: Iterable[Iterable[object]], line_end: str = "\r\n") -> bytes:
    """The rows as RFC 4180 in UTF-8; text has no control, bidirectional or active characters."""
    written = io.StringIO()
    csv.writer(written, lineterminator=line_end).writerows(map(cell, row) for row in rows)
    return written.getvalue().encode()


def cell(value: object) -> str:
    """What stands in one place: text on one line, quoted where it begins as a formula does.

    >>> cell("=HYPERLINK(1)"), cell(-1.5)
    ("'=HYPERLINK(1)", '-1.5')
    """
    if not isinstance(value, str):
        return str(value)
    said = bare(plain(value))
    return f"'{said}" if said.lstrip().startswith(_ACTIVE) else said
