"""I make the fixes that are certain, and prove that nothing else changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import yaml
from yaml.events import NodeEvent

from carbonlabel.cards.anatomy import Anatomy, anatomy
from carbonlabel.cards.edits import Edit, applied
from carbonlabel.cards.text import NEWLINE
from carbonlabel.errors import CardRefused
from carbonlabel.linting.card import Beside, nothing_beside
from carbonlabel.linting.declaration import declared

if TYPE_CHECKING:
    from carbonlabel.reporting import Entry

_PARSER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# A misspelt co2_eq_emissions is renamed first, and only then is its figure looked at.
_MOST_ROUNDS: Final = 3

Said = tuple[str, int, int, tuple[object, ...]]
"""One YAML event: its name, its place, and what it says."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A card after its fixes."""

    card: bytes
    made: tuple[Entry, ...]
    """The findings that were put right, where they stood; empty if the card stays as it was."""


def fixed(card: bytes, name: str, beside: Beside = nothing_beside) -> Fixed:
    """The card with every certain fix made, and not another byte changed.

    Raises:
        CardRefused: with `name:line:column`, where that cannot be done without harm.
    """
    made: tuple[Entry, ...] = ()
    for _ in range(_MOST_ROUNDS):
        wanted = _certain(declared(card, name, beside).findings)
        if not wanted:
            break
        card, made = _spliced(anatomy(card, name), wanted), (*made, *wanted)
    return Fixed(card, made)


def _certain(findings: Iterable[Entry]) -> tuple[Entry, ...]:
    """The findings with a fix, one for each place."""
    wanted = {(each.line, each.column): each for each in findings if each.fix is not None}
    return tuple(wanted.values())


def _spliced(before: Anatomy, wanted: Sequence[Entry]) -> bytes:
    edits = [_edit(before, each) for each in wanted]
    card = applied(before, edits)
    try:
        after = anatomy(card, before.text.name)
    except CardRefused as broken:
        raise before.text.refusal(
            f"with the fix in it the card would be broken: {broken.message}",
            hint="make the change by hand",
        ) from broken
    if _meaning(after) != _meant(before, edits):
        raise before.text.refusal(
            "the fix would not read back as it was meant",
            edits[0].start,
            hint="make the change by hand",
        )
    return card


def _edit(before: Anatomy, entry: Entry) -> Edit:
    text, line, column = before.text.text, entry.line or 1, entry.column or 1
    starts = [0, *(found.end() for found in NEWLINE.finditer(text))]
    start = starts[line - 1] + column - 1
    return Edit(start, start + (entry.end_column or column) - column, entry.fix or "")


def _meant(before: Anatomy, edits: Sequence[Edit]) -> list[tuple[object, ...]]:
    """What the front matter should say after the edits: each scalar in its new words."""
    new = {(edit.start, edit.end): edit.text for edit in edits}
    return [
        ("ScalarEvent", new[start, end]) if (start, end) in new else (name, *rest)
        for name, start, end, rest in _events(before)
    ]


def _meaning(after: Anatomy) -> list[tuple[object, ...]]:
    return [(name, *rest) for name, _, _, rest in _events(after)]


def _events(card: Anatomy) -> list[Said]:
    """Every event of the front matter; of a scalar all that it says, of others their kind."""
    front = card.front
    if front is None:
        return []
    text = card.text.text[front.start : front.end]
    return [
        (
            type(event).__name__,
            front.start + _index(event.start_mark),
            front.start + _index(event.end_mark),
            _rest(event),
        )
        for event in yaml.parse(text, Loader=_PARSER)
    ]


def _index(mark: object) -> int:
    return int(getattr(mark, "index", 0))


def _rest(event: yaml.Event) -> tuple[object, ...]:
    if not isinstance(event, NodeEvent):
        return ()
    named = tuple(each for each in (event.anchor, getattr(event, "tag", None)) if each)
    value = getattr(event, "value", None)
    return named if value is None else (value, *named)
