"""I am one object of a stranger's JSON: its fields typed, each with the way that leads to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.parsing import jsontext
from carbonlabel.parsing.jsontext import Value
from carbonlabel.parsing.table import LIMIT, words

_SHOWN_COUNT: Final = 40


@dataclass(frozen=True, slots=True)
class Fields:
    """A JSON object with the way that leads to it."""

    values: Mapping[str, Value]
    file: str
    """The file's name."""
    path: str = ""
    """`measures[0]`; empty for the whole document."""

    def where(self, name: str = "") -> str:
        """`report.json measures[0].powerConsumption`."""
        way = ".".join(step for step in (self.path, name) if step)
        return f"{self.file} {way}" if way else self.file

    def text(self, name: str) -> str | None:
        """A stranger's words, printable and 200 at most; None where there are none."""
        value = self.values.get(name)
        return words(value) if isinstance(value, str) else None

    def number(self, name: str, *, below: float = LIMIT) -> float | None:
        """The figure in the unit of the format; None where there is none.

        Raises:
            MalformedInput: it is no number, infinite, out of range or negative.
        """
        value = self.values.get(name)
        return None if value is None else _amount(value, below, self.where(name))

    def needed(self, name: str) -> float:
        """The figure in the unit of the format.

        Raises:
            MalformedInput: as `number`; or there is none.
        """
        value = self.number(name)
        if value is None:
            raise MalformedInput(
                f"{name} is missing", where=self.where(name), hint="was the file edited?"
            )
        return value

    def child(self, name: str) -> Fields:
        """The object behind a key; an empty one where there is none.

        Raises:
            MalformedInput: something else stands there.
        """
        value = self.values.get(name)
        if value is None:
            value = {}
        return _object(value, self.file, ".".join(step for step in (self.path, name) if step))

    def children(self, name: str) -> tuple[Fields, ...]:
        """The objects of the list behind a key; none where there is no list.

        Raises:
            MalformedInput: something else stands there.
        """
        value = self.values.get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise MalformedInput("is no list", where=self.where(name), hint=_HINT)
        way = ".".join(step for step in (self.path, name) if step)
        return tuple(_object(each, self.file, f"{way}[{at}]") for at, each in enumerate(value))


def document(text: str, file: str) -> Fields:
    """The one object that a file holds.

    Raises:
        MalformedInput: it is no JSON, or no object.
    """
    return _object(jsontext.value(text, where=file), file, "")


def _object(value: Value, file: str, path: str) -> Fields:
    if not isinstance(value, dict):
        raise MalformedInput("is no object", where=f"{file} {path}".strip(), hint=_HINT)
    return Fields(value, file, path)


def _amount(value: Value, limit: float, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        shown = repr(value)[:_SHOWN_COUNT]
        raise MalformedInput(f"{shown} is not a number", where=where, hint=_HINT)
    if not 0 <= value < limit:
        raise MalformedInput(f"{value:.6g} cannot be", where=where, hint=_HINT)
    return float(value)


_HINT: Final = "was the file edited, or is it of another format?"
