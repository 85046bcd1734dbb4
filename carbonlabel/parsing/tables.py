"""I read tables of strangers row by row, each cell under the name of its column."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from carbonlabel.errors import MalformedInput


def rows(
    lines: Iterable[str], *, name: str, delimiter: str = ","
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with the number of its last line, in any order of columns; blank lines are skipped.

    Raises:
        MalformedInput: there are no column names, one stands twice, or quotes or fields of a row
            do not fit.
    """
    table = csv.reader(lines, delimiter=delimiter, strict=True)
    names: list[str] = []
    try:
        for fields in table:
            if not any(field.strip() for field in fields):
                continue
            where = f"{name}:{table.line_num}"
            if not names:
                names = _names(fields, where)
            elif len(fields) != len(names):
                raise _uneven(fields, names, where)
            else:
                yield table.line_num, dict(zip(names, fields, strict=True))
    except csv.Error as bad:
        raise MalformedInput(
            f"no table: {bad}", where=f"{name}:{table.line_num}", hint="was the file cut or edited?"
        ) from None
    if not names:
        raise MalformedInput("holds no column names", where=name, hint="is it the right file?")


def _names(fields: list[str], where: str) -> list[str]:
    names = [field.strip() for field in fields]
    double = next((each for each in names if names.count(each) > 1), None)
    if double is not None:
        raise MalformedInput(
            f"column {names.index(double) + 1} stands twice in the header",
            where=where,
            hint="was the file edited?",
        )
    return names


def _uneven(fields: list[str], names: list[str], where: str) -> MalformedInput:
    return MalformedInput(
        f"the row has {len(fields)} fields, its header {len(names)}",
        where=where,
        hint="was the file cut or edited?",
    )
