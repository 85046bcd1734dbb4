"""I am what sections are built of: tables of finished words, and charts with their figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from markupsafe import Markup

from carbonlabel.documents.language import say

MOST_ROWS: Final = 60
"""A table has at most so many rows; the rest stands in carbon.json."""
Shape = Literal[
    "plain", "two", "three", "figures", "wide", "formulas", "narrow", "components", "form"
]
"""How the columns of a table share its width."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of one place in a table, already escaped for nothing: a template escapes them."""

    text: str = ""
    code: str = ""
    """What follows the text and is set as code."""
    after: str = ""
    """What follows the code."""
    note: str = ""
    """What stands behind or below it in a lighter colour."""
    link: str = ""
    """Where the text leads on the web, or empty."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their heads; the first cell of each row names it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shape: Shape = "plain"
    rest: str = ""
    """That there are more rows elsewhere, or empty."""
    is_titled: bool = False
    """Whether the caption is to be seen: a section with several tables needs it."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, with what it is of; its figures stand under it."""

    drawing: Markup | None
    """None where nothing is to be seen: then its figures stand alone."""
    caption: str
    figures: Table


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report, under its heading."""

    key: str
    """Its name in links: `energy`."""
    title: str
    lead: tuple[str, ...] = ()
    """Paragraphs before the rest."""
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    trail: tuple[str, ...] = ()
    """Paragraphs after the rest."""
    lines: tuple[str, ...] = ()
    """What is to be filled in by hand, each with a line to write on."""
    command: str = ""
    """What to type, set as code."""
    tongue: str = ""
    """Its language, where that is not the reader's; empty where it is."""
    is_apart: bool = field(default=False)
    """Whether it begins a page of its own."""


def table(  # noqa: PLR0913 - what a table is made of, each by name
    caption: str,
    head: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    shape: Shape = "plain",
    rest: str = "",
    most: int = MOST_ROWS,
    is_titled: bool = False,
) -> Table:
    """A table of at most so many rows; `rest` says how many more there are, as `{count}`."""
    every = [tuple(row) for row in rows]
    more = len(every) - most
    told = say(rest, count=more) if more > 0 else ""
    return Table(caption, tuple(head), tuple(every[:most]), shape, told, is_titled)


def cells(*texts: str) -> tuple[Cell, ...]:
    """One cell for each text."""
    return tuple(map(Cell, texts))
