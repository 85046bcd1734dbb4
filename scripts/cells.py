"""I turn rows of cells into the text of a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal

Cells = tuple[str, ...]
Row = Mapping[str, str]


def table(columns: Cells, rows: Iterable[Cells]) -> str:
    """The text of a table: header, rows, a line break after each."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    return text.getvalue()


def times(cell: str, factor: int) -> str:
    """The number in a cell times a factor, exactly; empty stays empty."""
    return format((Decimal(cell) * factor).normalize(), "f") if cell else ""


def keyed(text: str, keys: Mapping[str, str]) -> str:
    """The key of the work that a source of the data begins with."""
    return next(key for start, key in keys.items() if text.startswith(start))
