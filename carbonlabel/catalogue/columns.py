"""I set facts in columns for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from carbonlabel.factors import sources

Fact = Mapping[str, object]
"""What is known of one thing, by name: texts, numbers, or mappings of them; None is not known."""

WIDTH: Final = 80
_GAP: Final = "  "
_LEAST: Final = 13
"""The narrowest that the column becomes which gives way."""


def columns(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, gives_way: int | None = None
) -> list[str]:
    """The rows below their heads, each column as wide as its widest cell.

    Where that is more than 80 characters, the column `gives_way` is cut with an ellipsis.
    """
    lines = [list(heads), *(list(row) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(heads))]
    if gives_way is not None:
        others = sum(widths) - widths[gives_way] + len(_GAP) * (len(heads) - 1)
        widths[gives_way] = min(widths[gives_way], max(_LEAST, WIDTH - others))
    return [
        _GAP.join(
            cut(cell, width).ljust(width) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    ]


def cut(text: str, width: int) -> str:
    """The text, or its beginning with an ellipsis where it is too long.

    >>> cut("Newfoundland and Labrador", 14)
    'Newfoundland …'
    """
    return text if len(text) <= width else f"{text[: width - 1]}…"


def cited(key: str) -> Fact:
    """The work that the tables cite as `key`, written out."""
    return {"key": key, **sources.source(key)._asdict()}


def right(cells: Sequence[str]) -> list[str]:
    """The cells of a column of numbers, set flush right."""
    width = max(map(len, cells), default=0)
    return [cell.rjust(width) for cell in cells]
