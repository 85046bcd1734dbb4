"""I am a model card as the rules see it: its keys with their places, its text, what was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from carbonlabel.cards.fences import Fences
from carbonlabel.cards.frontmatter import body_start
from carbonlabel.cards.metadata import KEY
from carbonlabel.cards.text import BOM, NEWLINE, CardText, card_text
from carbonlabel.errors import CardRefused
from carbonlabel.linting.catalogue import RULES
from carbonlabel.linting.nodes import OTHER, composed, kind_of
from carbonlabel.linting.words import is_meant_for_emissions
from carbonlabel.reporting import Entry

_MOST_FLOWS: Final = 200
_SHORT_COUNT: Final = 800
_MOST_PARTS: Final = 500
_SHOWN_COUNT: Final = 120
_TABBED_COUNT: Final = 100_000
"""A front matter above this is not read a second time: PyYAML's own parser is slow."""
# A level of nesting costs a column: what these do not find is not nested deep.
_DEEP: Final = re.compile(r"^ {300}|(?:[-?:][ \t]+){30}", re.MULTILINE)
_OPENED: Final = re.compile(r"\s*---[ \t]*(?:\r\n|\r|\n)")
_KEY_LINE: Final = re.compile(rf"^{KEY}[ \t]*:", re.MULTILINE)
_RULE_LINE: Final = re.compile(r"---[ \t]*")
_LINE: Final = re.compile(r"^([^\r\n]*)", re.MULTILINE)
_TAB: Final = re.compile(r"^[ ]*\t[ \t]*(?=[^\s#])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a disclosure that lies beside a card."""

    digest: str | None
    """Its SHA-256; None where the file is no disclosure that can be read."""
    emissions_gco2e: float | None = None
    """The figure that a card of it declares; None where it has none."""


Beside = Callable[[str], Kept | None]
"""Says what is known of the disclosure of this name beside the card; None where no file is."""


def nothing_beside(_name: str) -> Kept | None:
    """Say of every file that it is not there: for a card that lies nowhere."""
    return None


@dataclass(slots=True)
class Scalar:
    """One scalar of the front matter: its text, how YAML takes it, and its place in the card."""

    text: str
    tag: str
    start: int
    end: int
    style: str | None = None
    """Nothing for a plain scalar, else its quotes or the sign of its block."""

    @property
    def kind(self) -> str:
        """`int`, `float`, `str`, `null`, `bool`; `other` for a mapping or a list."""
        return kind_of(self.tag, self.style, self.text)


@dataclass(slots=True)
class Pair:
    """A key of the footprint, with its value."""

    key: Scalar
    value: Scalar


@dataclass(slots=True)
class Card:
    """A card and what was found in it so far."""

    name: str
    text: str = ""
    base: int = 0
    """Where the YAML begins."""
    body: int = 0
    """Where the text below the front matter begins."""
    top: dict[str, Node] = field(default_factory=dict)
    """The top-level keys with their values."""
    emissions: Scalar | None = None
    """The value of `co2_eq_emissions`, where it is one scalar."""
    pairs: dict[str, Pair] = field(default_factory=dict)
    """The keys inside of it by their spelling."""
    shape: str = ""
    """`scalar`, `mapping`, `list` or, without the key, nothing."""
    key: Scalar | None = None
    """The key `co2_eq_emissions` itself."""
    is_ambiguous: bool = False
    """Whether a key of the footprint stands twice, so that nobody knows which one counts."""
    found: list[Entry] = field(default_factory=list)

    def tell(  # noqa: PLR0913 - what a finding consists of
        self,
        rule: str,
        spot: Scalar | int,
        message: str,
        *,
        is_milder: bool = False,
        expected: str | None = None,
        found: str | None = None,
        suggestion: str | None = None,
        fix: str | None = None,
    ) -> None:
        """Keep a finding about a scalar, or about the place that begins at an offset."""
        start, end = (spot, None) if isinstance(spot, int) else (spot.start, spot.end)
        line, column = self.place(start)
        one_line = end is not None and not NEWLINE.search(self.text, start, end)
        self.found.append(
            Entry(
                file=self.name,
                code=rule,
                severity=(RULES[rule].milder if is_milder else None) or RULES[rule].severity,
                message=message,
                line=line,
                column=column,
                end_column=column + end - start if end is not None and one_line else None,
                expected=expected,
                found=None if found is None else found[:_SHOWN_COUNT],
                suggestion=suggestion,
                fix=fix if one_line else None,
            )
        )

    def place(self, at: int) -> tuple[int, int]:
        """The line and the column of a place in the text, both counted from 1."""
        if "\r" in self.text:
            line = len(NEWLINE.findall(self.text, 0, at)) + 1
            return line, at - CardText("", self.text).line_start(at) + 1
        return self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at)


def opened(content: bytes, name: str) -> Card:
    """The card with these bytes; what cannot be read of it is found already."""
    try:
        text = card_text(content, name).text
    except CardRefused as bad:
        return _unreadable(name, bad)
    card = Card(name, text)
    first = 1 if text.startswith(BOM) else 0
    card.body = body_start(text)
    if card.body > first:
        _read(card, first)
    elif KEY in text and _OPENED.match(text, first):
        card.tell(
            "front-matter-open",
            text.index("---"),
            "The front matter that opens here is never closed: the Hub sees no metadata.",
            suggestion="close it with a line `---`",
        )
    elif KEY in text and (late := _late(card, first)) is not None:
        card.tell(
            "front-matter-late",
            late,
            "The front matter is not the first thing in the card: the Hub sees no metadata.",
            suggestion="move it to the top, with nothing before its `---`",
        )
    return card


def _late(card: Card, first: int) -> int | None:
    """Where a front matter with the footprint opens below the first lines of the card."""
    key = _KEY_LINE.search(card.text, first)
    if key is None:
        return None
    opened, closed = None, None
    fences = Fences()
    for line in _LINE.finditer(card.text, first):
        if fences.covers(line[1]) or not _RULE_LINE.fullmatch(line[1]):
            continue
        if line.start() > key.start():
            closed = line.start()
            break
        opened = line.start()
    is_block = opened is not None and closed is not None and _is_dense(card.text[opened:closed])
    return opened if is_block else None


def _is_dense(block: str) -> bool:
    """Whether lines could be YAML: no blank line in them, as every text below a rule has."""
    return not any(not line.strip() for line in block.splitlines())


def _unreadable(name: str, bad: CardRefused) -> Card:
    line, column = _place_of(bad.where)
    entry = Entry(
        file=name,
        code="card-unreadable",
        severity="error",
        message=f"The card cannot be read: {bad.message}.",
        line=line,
        column=column,
        suggestion=bad.hint,
    )
    return Card(name, found=[entry])


def _place_of(where: str | None) -> tuple[int | None, int | None]:
    """The line and column of `name:line:column`."""
    steps = (where or "").rsplit(":", 2)
    if len(steps) == 3 and steps[1].isdigit() and steps[2].isdigit():  # noqa: PLR2004 - as above
        return int(steps[1]), int(steps[2])
    return None, None


def _read(card: Card, first: int) -> None:
    """Read the front matter, which stands between `first` and the body."""
    fence = NEWLINE.search(card.text, card.text.index("---", first))
    card.base = start = fence.end() if fence else card.body
    end = max(start, card.text.rfind("---", first, card.body))
    front = card.text[start:end]
    if _is_deep(front):
        _broken(card, start, "is nested too deep to be a card's")
        return
    try:
        root = composed(front)
    except yaml.YAMLError as bad:
        _not_yaml(card, bad)
        return
    if isinstance(root, MappingNode):
        _take_up(card, root)
        _tabbed(card, front)
    elif root is not None and root.value != "":
        _broken(card, start, "is not one `key: value` a line")


def _is_deep(front: str) -> bool:
    """Whether the YAML may be nested deeper than a parser can bear."""
    if front.count("[") + front.count("{") > _MOST_FLOWS:
        return True
    return len(front) > _SHORT_COUNT and _DEEP.search(front) is not None


def _broken(card: Card, at: int, why: str) -> None:
    card.tell(
        "yaml-broken",
        at,
        f"The front matter {why}: no metadata are read from this card.",
        suggestion="correct it; the Hub does not read this card either",
    )


def _not_yaml(card: Card, bad: yaml.YAMLError) -> None:
    """Say what is wrong with the YAML, and where; a tab by its own name."""
    mark = getattr(bad, "problem_mark", None)
    index = int(getattr(mark, "index", getattr(bad, "position", None) or 0))
    at = min(card.base + index, card.body)
    tab = _TAB.search(card.text, card.base, card.body)
    if tab and card.place(tab.start())[0] <= card.place(at)[0]:
        card.tell(
            "yaml-tab",
            tab.end() - 1,
            "The line is indented with a tab, which YAML forbids: all metadata of the card are "
            "lost.",
            suggestion="indent with two spaces",
        )
        return
    why = getattr(bad, "problem", None) or getattr(bad, "reason", None) or "it cannot be read"
    _broken(card, at, f"is not YAML ({why})")


def _tabbed(card: Card, front: str) -> None:
    """Find a tab between words, which the Hub's page bears and its client in Python does not."""
    if "\t" not in front or len(front) > _TABBED_COUNT:
        return
    try:
        for _ in yaml.scan(front, Loader=yaml.SafeLoader):
            pass
    except yaml.YAMLError as bad:
        mark = getattr(bad, "problem_mark", None)
        at = card.base + int(getattr(mark, "index", 0))
        if card.text[at : at + 1] == "\t":
            card.tell(
                "yaml-tab",
                at,
                "A tab stands here, and the Hub's client in Python reads no metadata of this card.",
                is_milder=True,
                suggestion="put a space there",
            )


def _take_up(card: Card, root: MappingNode) -> None:
    """Keep the top-level keys, and of the footprint every part."""
    for key, value in root.value:
        if not isinstance(key, ScalarNode):
            continue
        name = key.value
        if name in card.top:
            _twice(card, _scalar(card, key), is_ours=name == KEY)
        card.top[name] = value
        if name == KEY:
            card.key = _scalar(card, key)
            _take_footprint(card, key, value)
    if card.key is None:
        _seek_misspelt(card, root)


def _twice(card: Card, key: Scalar, *, is_ours: bool) -> None:
    card.is_ambiguous = card.is_ambiguous or is_ours
    card.tell(
        "key-twice",
        key,
        f"The key {key.text[:60]!r} stands twice: the Hub refuses such a card.",
        suggestion="keep one of the two",
    )


def _seek_misspelt(card: Card, root: MappingNode) -> None:
    for key, _ in root.value:
        if isinstance(key, ScalarNode) and is_meant_for_emissions(key.value):
            spot = _scalar(card, key)
            card.tell(
                "key-misspelt",
                spot,
                "Nobody reads this key.",
                expected=KEY,
                found=key.value,
                suggestion=f"name it {KEY}",
                fix=KEY,
            )


def _take_footprint(card: Card, key: ScalarNode, value: Node) -> None:
    if value.start_mark.index < key.start_mark.index:
        card.tell(
            "yaml-broken",
            _scalar(card, key),
            f"The value of {KEY} is an alias, which not every program follows.",
            suggestion="write the value out",
        )
        return
    if isinstance(value, ScalarNode):
        card.shape, card.emissions = "scalar", _scalar(card, value)
        return
    card.shape = "list" if isinstance(value, SequenceNode) else "mapping"
    for inner, said in _pairs(value):
        spot = _scalar(card, inner)
        if spot.text in card.pairs:
            _twice(card, spot, is_ours=True)
        elif len(card.pairs) < _MOST_PARTS:
            card.pairs[spot.text] = Pair(spot, _scalar(card, said))


def _pairs(value: Node) -> Iterator[tuple[Node, Node]]:
    """The pairs of a mapping, or of a list of mappings."""
    for mapping in value.value if isinstance(value, SequenceNode) else (value,):
        if isinstance(mapping, MappingNode):
            yield from mapping.value


def _scalar(card: Card, node: Node) -> Scalar:
    start, end = card.base + node.start_mark.index, card.base + node.end_mark.index
    if not isinstance(node, ScalarNode):
        return Scalar("", OTHER, start, end)
    return Scalar(node.value, node.tag, start, end, node.style)
