"""I am the top-level keys of a front matter: where ours stands, and a digest of all others."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    StreamEndEvent,
)

from carbonlabel.cards.text import BOM, CardText

KEY: Final = "co2_eq_emissions"
OUR_SUB_KEYS: Final = (
    "emissions",
    "source",
    "training_type",
    "geographical_location",
    "hardware_used",
    "energy_consumed",
    "disclosure",
)

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST_LEVEL = 100
_MOST_PARTS = 2000
_NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Node:
    """One YAML node as its parse events, `base` being where the YAML begins in the card.

    Events, not objects: they have places, keep the spelling of every scalar, do not follow
    aliases, and need no recursion, so that no card is too deep or too clever.
    """

    events: Sequence[Event]
    base: int

    @property
    def start(self) -> int:
        """Where the node begins in the card."""
        return self.base + _index(self.events[0].start_mark)

    @property
    def scalar(self) -> str | None:
        """The text of a scalar, unquoted; nothing for any other node."""
        first = self.events[0]
        return first.value if isinstance(first, ScalarEvent) else None

    @property
    def meaning(self) -> tuple[str, ...]:
        """What the node says, whatever its layout; equal for nodes all readers take alike."""
        return tuple(_meaning(event) for event in self.events)

    @property
    def is_block_mapping(self) -> bool:
        """Whether the node is a mapping of one key a line."""
        first = self.events[0]
        return isinstance(first, MappingStartEvent) and not first.flow_style

    def end(self, card: CardText) -> int:
        """Where the node's last visible character ends, comments behind it not counted.

        The end mark of a block collection is of no use: it stands at the next key.
        """
        at, flow = self.start, [False]
        for event in self.events:
            if isinstance(event, CollectionStartEvent):
                flow.append(bool(event.flow_style))
            elif not isinstance(event, CollectionEndEvent) or flow.pop():
                at = max(at, self.base + _index(event.end_mark))
        while card.text[at - 1] in " \t\r\n":
            at -= 1
        return at


@dataclass(frozen=True, slots=True)
class Pair:
    """A key and its value."""

    key: Node
    value: Node

    def pairs(self) -> tuple[Pair, ...]:
        """The pairs inside the value; none if it is no mapping."""
        events = iter(self.value.events)
        if not isinstance(next(events), MappingStartEvent):
            return ()
        base = self.value.base
        return tuple(
            Pair(Node(tuple(key), base), Node(tuple(value), base)) for key, value in _pairs(events)
        )

    def span(self, card: CardText) -> tuple[int, int]:
        """Where the pair's lines begin and end, the last line break not counted."""
        return card.line_start(self.key.start), card.line_end(self.value.end(card))

    def indent(self, card: CardText) -> str:
        """What stands before the key on its line."""
        return card.text[card.line_start(self.key.start) : self.key.start]


@dataclass(frozen=True, slots=True)
class Metadata:
    """The top-level keys of a front matter."""

    others: str = hashlib.sha256().hexdigest()
    indent: str = ""
    emissions: Pair | None = None
    is_empty: bool = True


def metadata(card: CardText, start: int, end: int) -> Metadata:
    """Read the YAML between two places, which must be a plain mapping or nothing.

    CardRefused, with line and column: broken YAML, a list, a scalar, a key twice (PyYAML keeps the
    last, the Hub's parser answers 400), a document end marker, an alias without its anchor, more
    than 100 levels, a key or our value of more than 2000 parts.
    """
    events = _events(card, start, end)
    next(events)
    if isinstance(next(events), StreamEndEvent):
        return Metadata()
    match next(events):
        case ScalarEvent(value="", anchor=None, tag=None):
            found = Metadata()
        case MappingStartEvent(flow_style=False):
            found = _top_level(card, start, events)
        case root:
            raise card.refusal(
                "the front matter is not one `key: value` a line",
                start + _index(root.start_mark),
                hint="write each key on a line of its own, without the braces"
                if isinstance(root, MappingStartEvent)
                else "the Hub wants a mapping here",
            )
    _end(card, start, events)
    return found


def _top_level(card: CardText, base: int, events: Iterator[Event]) -> Metadata:
    others, indent, emissions = hashlib.sha256(), None, None
    names: set[str] = set()
    for key_events, value in _pairs(events):
        key = Node(_bounded(card, key_events, base), base)
        if indent is None:
            indent = _spaces(Pair(key, key).indent(card))
        _once(card, key, names)
        if key.scalar == KEY:
            emissions = _replaceable(card, Pair(key, Node(_bounded(card, value, base), base)))
            continue
        for event in (*key.events, *value):
            others.update(_meaning(event).encode())
    return Metadata(others.hexdigest(), indent or "", emissions, is_empty=False)


def _once(card: CardText, key: Node, names: set[str]) -> None:
    """Add the key to the names, unless it is there."""
    if key.scalar is None:
        return
    if key.scalar in names:
        raise card.refusal(
            f"the key {key.scalar!r} stands twice in the front matter",
            key.start,
            hint="keep one of the two; the Hub refuses such a card",
        )
    names.add(key.scalar)


def _replaceable(card: CardText, found: Pair) -> Pair:
    """Our key, provided that it has lines of its own that can be replaced."""
    spelled = card.text.startswith((KEY, f'"{KEY}"', f"'{KEY}'"), found.key.start)
    if not spelled or found.indent(card).strip(" "):
        raise card.refusal(f"{KEY} does not begin its line", found.key.start)
    names = set[str]()
    for inner in found.pairs():
        _once(card, inner.key, names)
    if isinstance(found.value.events[0], AliasEvent):
        raise card.refusal(
            f"the value of {KEY} is an alias", found.value.start, hint="write the value out"
        )
    return found


def _spaces(before: str) -> str:
    return before[: len(before) - len(before.lstrip(" "))]


def _bounded(card: CardText, events: Iterator[Event], base: int) -> tuple[Event, ...]:
    """The events of a node that has to be kept in memory; nobody needs that many."""
    kept = tuple(islice(events, _MOST_PARTS + 1))
    if len(kept) > _MOST_PARTS:
        raise card.refusal(
            f"more than {_MOST_PARTS} YAML parts begin here", base + _index(kept[0].start_mark)
        )
    return kept


def _pairs(events: Iterator[Event]) -> Iterator[tuple[Iterator[Event], Iterator[Event]]]:
    """The events of each key and value, which must be read up in this order."""
    while not isinstance(first := next(events), MappingEndEvent):
        yield _node(first, events), _following(events)


def _following(events: Iterator[Event]) -> Iterator[Event]:
    yield from _node(next(events), events)


def _node(first: Event, events: Iterator[Event]) -> Iterator[Event]:
    """The events of one node, whose first was taken already."""
    event, depth = first, 0
    while True:
        yield event
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if not depth:
            return
        event = next(events)


def _index(mark: object) -> int:
    """The place a mark names; both parsers have a mark class of their own."""
    return int(getattr(mark, "index", 0))


def _meaning(event: Event) -> str:
    parts = (getattr(event, name, None) for name in ("anchor", "tag", "implicit", "value"))
    return repr((type(event).__name__, *parts))


def _end(card: CardText, base: int, events: Iterator[Event]) -> None:
    """Nothing may follow the mapping: no `...`, no second document."""
    for event in events:
        if isinstance(event, StreamEndEvent):
            return
        if not isinstance(event, DocumentEndEvent) or event.explicit:
            raise card.refusal(
                "a document end marker or a second YAML document stands in the front matter",
                base + _index(event.start_mark),
                hint="remove it; the Hub reads one document",
            )


def _events(card: CardText, start: int, end: int) -> Iterator[Event]:
    """Every parse event of the YAML between two places; YAML trouble as CardRefused."""
    _printable(card, start, end)
    depth, anchors = 0, set[str]()
    try:
        for event in yaml.parse(card.text[start:end], Loader=_PARSER):
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            _sound(card, start, event, depth, anchors)
            yield event
    except yaml.YAMLError as bad:
        raise card.refusal(
            f"the front matter is not YAML: {getattr(bad, 'problem', None) or bad}",
            start + _index(getattr(bad, "problem_mark", None)),
            hint="correct it; the Hub does not read this card either",
        ) from bad


def _sound(card: CardText, base: int, event: Event, depth: int, anchors: set[str]) -> None:
    """Refuse what a parser lets pass and a reader stumbles over."""
    if depth > _DEEPEST_LEVEL:
        raise card.refusal(
            f"the front matter is nested deeper than {_DEEPEST_LEVEL} levels",
            base + _index(event.start_mark),
        )
    if isinstance(event, AliasEvent) and event.anchor not in anchors:
        raise card.refusal(
            f"the alias *{event.anchor} has no anchor before it", base + _index(event.start_mark)
        )
    if isinstance(event, NodeEvent) and event.anchor:
        anchors.add(event.anchor)


def _printable(card: CardText, start: int, end: int) -> None:
    """Refuse characters YAML forbids, and a byte order mark that only some parsers drop."""
    odd = _NOT_YAML.search(card.text, start, end)
    if odd or card.text.startswith(BOM, start, end):
        at = odd.start() if odd else start
        raise card.refusal(
            f"U+{ord(card.text[at]):04X} may not stand in the front matter", at, hint="remove it"
        )
