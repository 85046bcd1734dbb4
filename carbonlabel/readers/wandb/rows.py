"""I give the rows of a W&B export, CSV, JSON or JSON lines, as keys and values."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.parsing import jsontext, samples
from carbonlabel.parsing.jsontext import Value

Row = Mapping[str, str | Value]
_BINARY: Final = b":W&B"
_HINT: Final = "export run.history(stream='events', samples=100000) with to_csv"


def rows(log: Log) -> Iterator[tuple[str, Row]]:
    """Each row, with where it stands; values are texts or what JSON says.

    Raises:
        MalformedInput: it is no table, or a binary .wandb file.
    """
    head = log.head.lstrip()
    if head.startswith(_BINARY):
        raise MalformedInput(
            "a .wandb file is binary", where=log.name, hint=f"sync it, then {_HINT}"
        )
    if head.startswith(b"["):
        return _in_array(log)
    return _by_line(log) if head.startswith(b"{") else _in_table(log)


def number(value: str | Value, *, where: str) -> Decimal | None:
    """The figure in a cell; None where there is none: empty, null, NaN.

    Raises:
        MalformedInput: it is neither.
    """
    match value:
        case None:
            return None
        case str():
            return samples.figure(value, where=where)
        case bool() | list() | dict():
            raise MalformedInput("is no number", where=where, hint=_HINT)
        case _:
            return Decimal(repr(value))


def _in_table(log: Log) -> Iterator[tuple[str, Row]]:
    table = csv.reader((line for _, line in log.lines()), strict=True)
    try:
        header = next(table, [])
        if len(set(header)) != len(header):
            raise MalformedInput("two columns have the same name", where=f"{log.name}:1")
        for cells in table:
            where = f"{log.name}:{table.line_num}"
            if cells and len(cells) != len(header):
                raise MalformedInput(
                    "has not as many cells as the header", where=where, hint="was the file cut?"
                )
            if cells:
                yield where, dict(zip(header, cells, strict=True))
    except csv.Error as bad:
        raise MalformedInput(
            f"no CSV: {bad}", where=f"{log.name}:{table.line_num}", hint=_HINT
        ) from None


def _by_line(log: Log) -> Iterator[tuple[str, Row]]:
    for place, line in log.lines():
        if line and not line.isspace():
            where = f"{log.name}:{place}"
            yield where, _object(jsontext.value(line, where=where, accept_nan=True), where)


def _in_array(log: Log) -> Iterator[tuple[str, Row]]:
    whole = jsontext.value(log.document(), where=log.name, accept_nan=True)
    for place, each in enumerate(whole if isinstance(whole, list) else []):
        where = f"{log.name} [{place}]"
        yield where, _object(each, where)


def _object(value: Value, where: str) -> Row:
    if not isinstance(value, dict):
        raise MalformedInput("is no row of keys and values", where=where, hint=_HINT)
    return value
