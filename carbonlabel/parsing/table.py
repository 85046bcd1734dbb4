"""I am the rows of a stranger's table: fields under their names, and figures that can be."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import LINE_LIMIT, Log
from carbonlabel.parsing.samples import figure, shown

LIMIT: Final = 1e15
"""No amount of anything in a log is as large; below it, sums and units stay finite."""
_TEXT_LIMIT: Final = 200
_BLANK: Final = frozenset({"", "none", "nan", "null", "n/a", "<na>"})
_QUOTE: Final = '"'
_HINT: Final = "was the file edited? numbers need decimal points, text with separators quotes"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    file: str
    """The file's name."""
    line: int
    """Its number, from 1."""
    fields: Mapping[str, str]
    """What stands under each name; fewer than the header has where the file breaks off."""
    is_cut: bool = False
    """Whether the file breaks off within this line."""

    @property
    def place(self) -> str:
        """`emission.csv:3`."""
        return f"{self.file}:{self.line}"

    def where(self, name: str) -> str:
        """`emission.csv:3 duration`."""
        return f"{self.place} {name}"

    def text(self, name: str) -> str | None:
        """A stranger's words: without control characters, 200 at most; None where blank."""
        return words(self.fields.get(name, ""))

    def number(self, name: str) -> float | None:
        """The figure in the unit of its column; None where it is blank or NaN.

        Raises:
            MalformedInput: it is no number, negative or far too large.
        """
        found = figure(self.fields.get(name, ""), where=self.where(name))
        return None if found is None else amount(float(found), where=self.where(name))

    def needed(self, name: str) -> float:
        """The figure in the unit of its column.

        Raises:
            MalformedInput: there is none, or as `number`.
        """
        found = self.number(name)
        if found is None:
            told = shown(self.fields.get(name, ""))
            raise MalformedInput(f"{told} is no figure", where=self.where(name), hint=_HINT)
        return found


def words(text: str) -> str | None:
    """A stranger's words: without control characters, 200 at most; None where blank.

    >>> words(" Tesla T4 ")
    'Tesla T4'
    """
    plain = "".join(filter(str.isprintable, text)).strip()[:_TEXT_LIMIT]
    return None if plain.lower() in _BLANK else plain


def amount(value: float, *, where: str) -> float:
    """The same figure, as long as it can be an amount of something.

    Raises:
        MalformedInput: it is negative, or 10¹⁵ or more.
    """
    if not 0 <= value < LIMIT:
        raise MalformedInput(f"{value:.6g} cannot be", where=where, hint="is its unit right?")
    return value


def rows(
    log: Log, *, needs: Collection[str], separator: str = ",", free: str | None = None
) -> Iterator[Row]:
    """Each row below the header; lines that are empty or repeat the header are passed over.

    `free` names the one column whose text may hold separators without quotes: then no quotes count.

    Raises:
        MalformedInput: a column of `needs` is missing, one stands twice, a row has too many or,
            unless the file ends there, too few fields, or quotes do not match.
    """
    lines = _unquoted(log, separator) if free else _fields(log, separator)
    first = next(lines, None)
    if first is None:
        return
    table = _Table(log.name, first.fields, free)
    table.check(needs, f"{log.name}:{first.number}")
    held: _Line | None = None
    for line in lines:
        if held:
            yield table.row(held)
        held = line if line.fields != first.fields else None
    if held:
        yield table.row(held, is_last=True)


class _Line(NamedTuple):
    number: int
    fields: list[str]
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    file: str
    header: list[str]
    free: str | None

    @property
    def names(self) -> list[str]:
        return [field.strip() for field in self.header]

    def check(self, needs: Collection[str], where: str) -> None:
        names = self.names
        missing = [name for name in needs if name not in names]
        if missing:
            raise MalformedInput(
                f"the column {missing[0]} is missing", where=where, hint="was the header edited?"
            )
        twice = next((name for name in names if name and names.count(name) > 1), None)
        if twice:
            # Without its header, a table's first row may be anything, names of machines too.
            told = twice if twice in needs else f"column {names.index(twice) + 1}"
            raise MalformedInput(f"{told} stands twice in the header", where=where, hint=_HINT)

    def row(self, line: _Line, *, is_last: bool = False) -> Row:
        fields, names = self._joined(line.fields), self.names
        is_cut = line.is_broken or (len(fields) < len(names) and is_last)
        if len(fields) != len(names) and not is_cut:
            raise MalformedInput(
                f"the row has {len(fields)} fields, its header {len(names)}",
                where=f"{self.file}:{line.number}",
                hint=_HINT,
            )
        return Row(self.file, line.number, dict(zip(names, fields, strict=False)), is_cut)

    def _joined(self, fields: list[str]) -> list[str]:
        surplus_count = len(fields) - len(self.header)
        if surplus_count <= 0 or self.free is None or self.free not in self.names:
            return fields
        at = self.names.index(self.free)
        end = at + surplus_count + 1
        return [*fields[:at], ",".join(fields[at:end]), *fields[end:]]


def _unquoted(log: Log, separator: str) -> Iterator[_Line]:
    for number, text in log.lines():
        if text.strip():
            yield _Line(number, text.split(separator))


def _fields(log: Log, separator: str) -> Iterator[_Line]:
    begin, pending = 0, ""
    for number, text in log.lines():
        begin, pending = (begin, f"{pending}\n{text}") if pending else (number, text)
        if pending.count(_QUOTE) % 2 == 0:
            if pending.strip():
                yield _Line(begin, _split(pending, separator, f"{log.name}:{begin}"))
            pending = ""
        elif len(pending) > LINE_LIMIT:
            raise _unmatched(f"{log.name}:{begin}")
    if "\n" in pending:
        raise _unmatched(f"{log.name}:{begin}")
    if pending:
        # The text in quotes broke off: what stands before it is whole.
        yield _Line(begin, pending.partition(_QUOTE)[0].split(separator)[:-1], is_broken=True)


def _split(text: str, separator: str, where: str) -> list[str]:
    if _QUOTE not in text:
        return text.split(separator)
    try:
        return next(csv.reader([text], delimiter=separator, strict=True))
    except csv.Error:
        raise _unmatched(where) from None


def _unmatched(where: str) -> MalformedInput:
    return MalformedInput("the quotes do not match", where=where, hint=_HINT)
