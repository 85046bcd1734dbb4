"""I am the grammar of our own files: what a key may hold, for loader and JSON Schema alike."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Generic, Protocol, TypeVar

from carbonlabel.errors import MalformedInput
from carbonlabel.model.units import Unit
from carbonlabel.parsing import quantities, yamlfile
from carbonlabel.parsing.quantities import Quantity
from carbonlabel.parsing.yamlfile import Entry, Items, Node, Text

Schema = dict[str, object]
T_co = TypeVar("T_co", covariant=True)

WORDS_LIMIT: Final = 200
"""How many characters a name or a citation may have."""

# No control characters, line separators or signs that turn the direction of writing.
_LINE: Final = (
    r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]*"
    r"[^\s\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
    r"[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]*$"
)
_COUNT: Final = r"^\s*0*[1-9][0-9]{0,8}\s*$"
_YEAR: Final = r"^\s*(?:19|20)[0-9]{2}\s*$"
_DAY: Final = r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"
_CLOCK: Final = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
_MOMENT: Final = rf"^\s*{_DAY}(?:[T ]{_CLOCK}(?: ?(?:Z|[+-][0-9]{{2}}:[0-9]{{2}}))?)?\s*$"
_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_HOME: Final = "https://w3id.org/carbonlabel"


class Kind(Protocol[T_co]):
    """What may stand behind a key."""

    def read(self, node: Node) -> T_co:
        """The typed value; raises MalformedInput with the place where it is wrong."""

    def schema(self) -> Schema:
        """The same rule as JSON Schema, as far as that can say it."""


@dataclass(frozen=True, slots=True)
class Field(Generic[T_co]):
    """A key of a record."""

    name: str
    kind: Kind[T_co]
    about: str
    """What it means, with its unit, for the schema."""
    is_required: bool = False

    def of(self, entry: Entry) -> T_co | None:
        """The value in this record, or None where the key is not there."""
        node = entry.fields.get(self.name)
        return None if node is None else self.kind.read(node)

    def need(self, entry: Entry) -> T_co:
        """The value in this record; raises MalformedInput where the key is not there."""
        value = self.of(entry)
        if value is None:
            raise MalformedInput(f"{self.name} is missing", where=entry.where, hint=self.about)
        return value

    def place(self, entry: Entry) -> str:
        """Where the key stands, or its record where it does not."""
        return entry.keys.get(self.name, entry.where)


@dataclass(frozen=True, slots=True)
class Words:
    """One line of free text."""

    pattern: str | None = None
    """What the text must look like."""
    hint: str | None = None
    """What to write instead."""

    def read(self, node: Node) -> str:
        """The text without surrounding blanks."""
        text = _text(node).strip()
        if len(text) > WORDS_LIMIT:
            raise MalformedInput(f"is longer than {WORDS_LIMIT} characters", where=node.where)
        if not re.search(_LINE, text):
            raise MalformedInput("is no single line of text", where=node.where)
        if self.pattern and not re.search(self.pattern, text):
            raise MalformedInput(f"{_shown(text)} is not valid", where=node.where, hint=self.hint)
        return text

    def schema(self) -> Schema:
        """A string."""
        pattern = self.pattern or _LINE
        return {"type": "string", "maxLength": WORDS_LIMIT, "pattern": pattern}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some words."""

    meanings: Mapping[str, str]
    """What may be typed, and what it stands for."""

    def read(self, node: Node) -> str:
        """The word that the typed one stands for."""
        text = _text(node)
        try:
            return self.meanings[text]
        except KeyError:
            known = list(dict.fromkeys(self.meanings.values()))
            near = difflib.get_close_matches(text.lower(), self.meanings, n=1)
            meant = f"did you mean {self.meanings[near[0]]}? " if near else ""
            raise MalformedInput(
                f"{_shown(text)} is not known here",
                where=node.where,
                hint=f"{meant}one of {', '.join(known)}",
            ) from None

    def schema(self) -> Schema:
        """An enumeration; JSON's booleans stand for the words `true` and `false`."""
        typed: list[object] = list(self.meanings)
        return {"enum": typed + [word == "true" for word in typed if word in ("true", "false")]}


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity with its unit: a text, or a mapping `{value, low, high, unit, source}`."""

    unit: Unit
    bare: str | None = None
    """The unit of a number that stands alone."""
    implied_range: bool = True
    """Whether a text without a range is good to half a unit of its last place."""

    def read(self, node: Node) -> Quantity:
        """The quantity in its base unit."""
        if not isinstance(node, Entry):
            return quantities.quantity(
                _text(node),
                self.unit,
                where=node.where,
                implied_range=self.implied_range,
                bare=self.bare,
            )
        return self.within(Record(self.fields()).read(node))

    def within(self, entry: Entry) -> Quantity:
        """The quantity in a record that has the fields of a quantity beside others."""
        stated = ((each.name, each.of(entry)) for each in self.fields())
        return quantities.stated_quantity(
            {name: text for name, text in stated if text is not None},
            self.unit,
            where=entry.where,
            implied_range=self.implied_range,
            bare=self.bare,
        )

    def fields(self) -> tuple[Field[str], ...]:
        """The fields of such a mapping."""
        figure = Figure(self.unit)
        unit = Words(quantities.unit_pattern(self.unit), f"{self.unit} or a multiple of it")
        return (
            Field("value", figure, f"The figure; in {self.unit} or a multiple.", is_required=True),
            Field("low", figure, "Lower end of its 95 % interval."),
            Field("high", figure, "Upper end of its 95 % interval."),
            Field("unit", unit, "The unit of plain numbers in value, low and high."),
            Field("source", Words(), "Who says so."),
        )

    def schema(self) -> Schema:
        """A string, a number where a unit is implied, or a mapping."""
        is_number = self.bare is not None or self.unit == "ratio"
        numbers = [{"type": "number", "minimum": 0}] if is_number else []
        return {"anyOf": [self.text_schema(), *numbers, Record(self.fields()).schema()]}

    def text_schema(self) -> Schema:
        """A string with a number and its unit."""
        return {"type": "string", "pattern": quantities.pattern(self.unit, self.bare)}


@dataclass(frozen=True, slots=True)
class Figure:
    """The text of a number inside a mapping, with or without its unit."""

    unit: Unit

    def read(self, node: Node) -> str:
        """The text as it was typed."""
        return _text(node)

    def schema(self) -> Schema:
        """A number, or a text with a number."""
        text = {"type": "string", "pattern": quantities.pattern(self.unit, "")}
        return {"anyOf": [text, {"type": "number", "minimum": 0}]}


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number from 1 on."""

    def read(self, node: Node) -> int:
        """The number."""
        return quantities.whole_number(_text(node), where=node.where)

    def schema(self) -> Schema:
        """An integer, or its text."""
        text = {"type": "string", "pattern": _COUNT}
        return {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 999_999_999}, text]}


@dataclass(frozen=True, slots=True)
class Year:
    """A year from 1900 to 2099."""

    def read(self, node: Node) -> int:
        """The year."""
        text = _text(node)
        if not re.search(_YEAR, text, re.ASCII):
            raise MalformedInput(f"{_shown(text)} is no year", where=node.where, hint="like 2025")
        return int(text)

    def schema(self) -> Schema:
        """An integer, or its text."""
        text = {"type": "string", "pattern": _YEAR}
        return {"anyOf": [{"type": "integer", "minimum": 1900, "maximum": 2099}, text]}


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day, or a moment with its clock time."""

    moment: datetime
    has_clock: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in ISO 8601: a day, or a day and a clock time, with or without its offset."""

    def read(self, node: Node) -> Stamp:
        """The time; a day alone is its midnight, without a zone."""
        text = _text(node).strip()
        hint = "write 2026-11-03T09:00:00+01:00 or 2026-11-03"
        if not re.search(_MOMENT, text):
            raise MalformedInput(f"{_shown(text)} is no time", where=node.where, hint=hint)
        try:
            moment = datetime.fromisoformat(re.sub(r" (?=[Z+-])", "", text))
        except ValueError as bad:
            raise MalformedInput(
                f"{_shown(text)} is no time: {bad}", where=node.where, hint=hint
            ) from bad
        return Stamp(moment, has_clock=":" in text)

    def schema(self) -> Schema:
        """A string."""
        return {"type": "string", "pattern": _MOMENT}


@dataclass(frozen=True, slots=True)
class Many(Generic[T_co]):
    """A list of at least one."""

    kind: Kind[T_co]

    def read(self, node: Node) -> tuple[T_co, ...]:
        """Each of them."""
        if not isinstance(node, Items):
            raise MalformedInput("must be a list", where=node.where, hint="begin lines with `- `")
        if not node.items:
            raise MalformedInput("the list is empty", where=node.where)
        return tuple(self.kind.read(each) for each in node.items)

    def schema(self) -> Schema:
        """An array."""
        return {"type": "array", "minItems": 1, "items": self.kind.schema()}


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys."""

    fields: tuple[Field[object], ...] = field(default=())

    def read(self, node: Node) -> Entry:
        """The mapping, whose keys are known and whose required ones are there.

        Raises:
            MalformedInput: no mapping, an unknown key, or a missing one.
        """
        if not isinstance(node, Entry):
            names = ", ".join(each.name for each in self.fields)
            raise MalformedInput("must be a mapping", where=node.where, hint=f"with keys {names}")
        self._refuse_unknown(node)
        for each in self.fields:
            if each.is_required and each.name not in node.fields:
                raise MalformedInput(f"{each.name} is missing", where=node.where, hint=each.about)
        return node

    def _refuse_unknown(self, entry: Entry) -> None:
        names = [each.name for each in self.fields]
        for key, place in entry.keys.items():
            if key not in names:
                near = difflib.get_close_matches(key[:WORDS_LIMIT].lower(), names, n=1)
                meant = f"did you mean {near[0]}? " if near else ""
                raise MalformedInput(
                    "this key is not known", where=place, hint=f"{meant}one of {', '.join(names)}"
                )

    def schema(self) -> Schema:
        """An object that allows nothing else."""
        return {
            "type": "object",
            "properties": {
                each.name: {"description": each.about, **each.kind.schema()} for each in self.fields
            },
            "required": [each.name for each in self.fields if each.is_required],
            "additionalProperties": False,
        }


def published(record: Record, name: str, title: str) -> Schema:
    """The whole JSON Schema of a file, under its public address and version."""
    return {"$schema": _DRAFT, "$id": f"{_HOME}/{name}/1-0-0", "title": title, **record.schema()}


def _text(node: Node) -> str:
    if not isinstance(node, Text):
        raise MalformedInput("must be a single value", where=node.where)
    if yamlfile.is_nothing(node):
        raise MalformedInput("is empty", where=node.where, hint="leave the key out, or fill it in")
    return node.text


def _shown(text: str) -> str:
    return repr(yamlfile.shown(text))
