"""I find the few lines of a shipped table that a question needs."""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator, Mapping

from carbonlabel import resources

Row = Mapping[str, str]


@functools.cache
def _halves(table: str) -> tuple[tuple[str, ...], str]:
    """The columns of a table, and its other lines, each with a line break before it."""
    columns, _, lines = resources.table(table).partition("\n")
    return tuple(columns.split(",")), f"\n{lines}"


def _row(table: str, line: str) -> Row:
    """One line as a mapping from its column to its text."""
    columns, _ = _halves(table)
    return dict(zip(columns, next(csv.reader([line])), strict=True))


def under(table: str, key: str) -> tuple[Row, ...]:
    """The rows whose first column is exactly `key`, in the order of the table.

    Only these lines are parsed: no table holds a line break inside a cell.
    """
    columns, text = _halves(table)
    found, place = [], text.find(f"\n{key},")
    while place >= 0:
        end = text.index("\n", place + 1)
        found.append(_row(table, text[place + 1 : end]))
        place = text.find(f"\n{key},", end)
    return tuple(row for row in found if row[columns[0]] == key)


def only(table: str, key: str) -> Row | None:
    """The one row whose first column is exactly `key`, or None."""
    rows = under(table, key)
    return rows[0] if rows else None


def every(table: str) -> Iterator[Row]:
    """All rows of the table, in its order."""
    columns, text = _halves(table)
    lines = csv.reader(line for line in text.split("\n") if line)
    return (dict(zip(columns, cells, strict=True)) for cells in lines)


def number(cell: str) -> float | None:
    """The number in a cell, or None where the cell is empty: not known, never zero."""
    return float(cell) if cell else None
