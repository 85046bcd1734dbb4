"""I find for each side a short name that no other side has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from carbonlabel.comparison.side import Side
from carbonlabel.documents import wording
from carbonlabel.documents.language import Texts

LONGEST: Final = 28
_DIGEST_SHOWN: Final = 4
_NTH: Final = Texts("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def names(sides: Sequence[Side]) -> tuple[str, ...]:
    """The model without its organisation, else with it, else with its file or its digest."""
    for way in _WAYS:
        found = tuple(wording.named(way(each), LONGEST) for each in sides)
        if len(set(found)) == len(found) and all(found):
            return found
    return tuple(_numbered(sides))


def _short(side: Side) -> str:
    if side.disclosure is None and side.name == side.file:
        return _file(side)
    return side.name.rstrip("/").rpartition("/")[2]


def _file(side: Side) -> str:
    """A file with the folder it is in, which tells one README.md from another."""
    return "/".join(side.file.rstrip("/").split("/")[-2:])


_WAYS: Final[tuple[Callable[[Side], str], ...]] = (
    _short,
    lambda side: side.name,
    lambda side: f"{_short(side)}, {_file(side)}",
    lambda side: f"{_short(side)[:16]}, {side.digest[:_DIGEST_SHOWN]}",
)


def _numbered(sides: Sequence[Side]) -> Iterator[str]:
    """One statement given twice has no name of its own."""
    for place, side in enumerate(sides):
        yield wording.named(f"{_short(side)[:16]}, {_NTH[place]}", LONGEST)
