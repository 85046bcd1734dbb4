"""I read small YAML or JSON files of strangers as plain text with line numbers, within bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import yaml

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log

DEPTH_LIMIT: Final = 16
"""How many levels of lists and mappings may stand inside each other."""
NODE_LIMIT: Final = 200_000
"""How many values a file may hold."""

_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
_SHOWN_COUNT: Final = 40


@dataclass(frozen=True, slots=True)
class Text:
    """A single value, as it was typed: `NO` is not a boolean here, `1.20` keeps its last place."""

    where: str
    """`hardware.yaml:4 devices[0].count`, for errors."""
    text: str
    plain: bool
    """Whether it stood without quotation marks."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    where: str
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A mapping."""

    where: str
    line: int
    """The line it begins on."""
    fields: Mapping[str, Node]
    keys: Mapping[str, str]
    """For each key, its own place for errors."""


Node = Text | Items | Entry


def load(log: Log) -> Node:
    """The content of a YAML or JSON file, every value as text with its place.

    Raises:
        MalformedInput: over 10 MiB, not UTF-8, broken YAML, no or several documents, a key twice,
            a key that is no text, anchors, aliases, tags, or more than we are willing to hold.
    """
    return _Composer(log.name, _document(log)).node()


def _document(log: Log) -> str:
    text = log.document()
    # JSON may be indented with tabs, YAML may not; a raw tab inside a JSON string is forbidden.
    return text.replace("\t", " ") if text.lstrip().startswith(("{", "[")) else text


class _Composer:
    """Builds nodes from the parser's events, so that nothing is held that a bound forbids."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._count = 0
        self._events = _events(name, text)

    def node(self) -> Node:
        """The only document's only node."""
        self._next()  # start of stream
        if isinstance(self._next(), yaml.StreamEndEvent):
            raise MalformedInput("the file is empty", where=self._name)
        content = self._composed(self._next(), "", 1)
        self._next()  # end of document
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise MalformedInput(
                "a second document begins here", where=self._at(after), hint="one per file"
            )
        return content

    def _composed(self, event: yaml.Event, path: str, depth: int) -> Node:
        where = f"{self._at(event)} {path}".rstrip()
        self._refuse(event, where, depth)
        match event:
            case yaml.ScalarEvent():
                return Text(where, _joined(event.value, where), plain=event.implicit[0])
            case yaml.SequenceStartEvent():
                return Items(where, tuple(self._items(path, depth + 1)))
            case _:
                return self._entry(event, path, depth + 1)

    def _items(self, path: str, depth: int) -> Iterator[Node]:
        number = 0
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            yield self._composed(event, f"{path}[{number}]", depth)
            number += 1

    def _entry(self, begin: yaml.Event, path: str, depth: int) -> Entry:
        fields: dict[str, Node] = {}
        keys: dict[str, str] = {}
        lines: dict[str, int] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event, path)
            inside = f"{path}.{shown(key)}" if path else shown(key)
            keys[key] = f"{self._at(event)} {inside}"
            if key in fields:
                first = f"it stands in line {lines[key]} too"
                raise MalformedInput(f"a key twice: {first}", where=keys[key], hint="leave one out")
            lines[key] = _line(event)
            fields[key] = self._composed(self._next(), inside, depth)
        return Entry(f"{self._at(begin)} {path}".rstrip(), _line(begin), fields, keys)

    def _key(self, event: yaml.Event, path: str) -> str:
        where = f"{self._at(event)} {path}".rstrip()
        self._refuse(event, where, 1)
        if not isinstance(event, yaml.ScalarEvent):
            raise MalformedInput("a key must be plain text", where=where)
        return _joined(event.value, where)

    def _refuse(self, event: yaml.Event, where: str, depth: int) -> None:
        self._count += 1
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            raise MalformedInput(
                "anchors (&) and aliases (*) are not read here",
                where=where,
                hint="write the value out; put a text that begins with & or * in quotation marks",
            )
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            raise MalformedInput(
                f"the tag {shown(event.tag)} is not read here",
                where=where,
                hint="leave it out; put a text that begins with ! in quotation marks",
            )
        if depth > DEPTH_LIMIT:
            raise MalformedInput(f"nested deeper than {DEPTH_LIMIT} levels", where=where)
        if self._count > NODE_LIMIT:
            raise MalformedInput(f"holds more than {NODE_LIMIT} values", where=self._name)

    def _next(self) -> yaml.Event:
        return next(self._events)

    def _at(self, event: yaml.Event) -> str:
        return f"{self._name}:{_line(event)}"


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _events(name: str, text: str) -> Iterator[yaml.Event]:
    # The pure parser, not libyaml: the same file is accepted, and refused, in every installation.
    try:
        yield from yaml.parse(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as bad:
        mark = bad.problem_mark or bad.context_mark
        place = f"{name}:{mark.line + 1}" if mark else name
        raise MalformedInput(
            f"this is neither YAML nor JSON: {bad.problem or bad.context}",
            where=place,
            hint="check the indentation and the quotation marks",
        ) from bad
    except (yaml.YAMLError, ValueError, OverflowError, IndexError) as bad:
        # PyYAML lets chr() fail for "\UFFFFFFFF".
        raise MalformedInput(
            "this is neither YAML nor JSON: a character or an escape is not allowed",
            where=name,
            hint="save it as plain UTF-8 text",
        ) from bad


def _joined(text: str, where: str) -> str:
    r"""The text with JSON's pairs of surrogates (`\ud83d\ude00`) made one character each."""
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError as bad:
        raise MalformedInput("half a surrogate pair is no character", where=where) from bad


def is_nothing(text: Text) -> bool:
    """Whether nothing stands there, or a null: no statement at all."""
    return text.plain and text.text in _NOTHING


def shown(text: str) -> str:
    """Foreign text short enough, and without line breaks, for an error."""
    short = text if len(text) <= _SHOWN_COUNT else f"{text[:_SHOWN_COUNT]}…"
    return short if short.isprintable() else repr(short)
