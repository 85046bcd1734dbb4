"""I list what is known here: formats, documents, places and devices."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from carbonlabel.catalogue.columns import Fact
from carbonlabel.catalogue.formats import format_row

__all__ = ["Fact", "facts", "format_row", "near", "table"]


class _List(Protocol):
    """What the module of a list holds."""

    def facts(self, words: Sequence[str]) -> list[Fact]:
        """All that is known of each thing that the words fit."""

    def table(self, listed: Sequence[Fact]) -> list[str]:
        """The same for people, as lines."""

    def near(self, text: str) -> tuple[str, ...]:
        """Names that may be meant where nothing fits."""


def facts(kind: str, words: Sequence[str] = ()) -> list[Fact]:
    """All that is known of each thing of a kind that every word fits, in a fixed order.

    A word is looked for as a whole word first, else as the beginning of one, else anywhere;
    case, accents and signs do not count.
    """
    return _list(kind).facts([each for word in words for each in word.split()])


def table(kind: str, listed: Sequence[Fact]) -> bytes:
    """What was found for people, in columns that fit 80 characters where its codes do."""
    return "".join(f"{line}\n" for line in _list(kind).table(listed)).encode()


def near(kind: str, words: Sequence[str]) -> tuple[str, ...]:
    """Up to three names that may be meant by words that fit nothing."""
    return _list(kind).near(" ".join(words))


def _list(kind: str) -> _List:
    """The module that lists a kind; loaded when asked, as the tables cost start-up time."""
    return cast("_List", import_module(f"carbonlabel.catalogue.{kind}"))
