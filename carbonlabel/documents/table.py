"""I lay the label out as the rows of a Markdown table: the form that a screen reader follows."""

from __future__ import annotations

from typing import Final

from carbonlabel.documents import ancestry, context, use
from carbonlabel.documents.anatomy import Context, Face, Row
from carbonlabel.documents.language import say
from carbonlabel.documents.markup import text
from carbonlabel.documents.numbers import joined
from carbonlabel.documents.wording import BASES

_NAMED: Final = (ancestry.NAME,)
"""Contexts of which there may be several: the note says which."""
_NOTED: Final = (*_NAMED, context.GRID, use.NAME)
"""Contexts whose note tells what the amount is of."""

Cells = tuple[str, str, str, str]


def table(face: Face, *, unreported: bool) -> str:
    """The Markdown table, each row as name, amount, range and basis, ending in a newline.

    `unreported` keeps the lines below the parts of which nothing is reported.
    """
    scope = face.per.removeprefix(say("Amount {scope}", scope=""))
    scope = f"{scope[:1].upper()}{scope[1:]}"
    head = (text(scope), say("Amount"), say("95 % range"), say("Basis"))
    rows = (
        _headline(face),
        *(_row(row, face.unit) for row in face.rows),
        *(_context(each) for each in face.contexts if each.value or unreported),
    )
    return "".join((_line(head), "|---|--:|--:|---|\n", *map(_line, rows)))


def quality(face: Face) -> str:
    """`mostly assumed (0 % measured, 47 % estimated, 53 % assumed)`, in plain text."""
    shares = ", ".join(f"{percent} % {BASES[basis]}" for basis, percent in face.quality.shares)
    return f"{face.quality.word} ({shares})" if shares else face.quality.word


def _headline(face: Face) -> Cells:
    if face.value is None:
        return (_bold(face.headline), "", "", "")
    amount = _bold(joined(face.value, face.unit))
    return (
        _bold(face.headline),
        amount,
        text(face.range_short) or say("not declared"),
        face.quality.word,
    )


def _row(row: Row, unit: str) -> Cells:
    name = f"– {text(row.name)}" if row.level == "child" else _bold(row.name)
    if row.value is None:
        return (name, BASES["not reported"], "", "")
    return (name, text(joined(row.value, unit)), text(row.range), BASES[row.basis])


def _context(context: Context) -> Cells:
    named = context.name in map(say, _NOTED if context.value else _NAMED)
    name = text(f"{context.name}, {context.note}" if named and context.note else context.name)
    if context.value is None:
        return (name, BASES["not reported"], "", "")
    amount = text(joined(context.value, context.unit))
    return (name, amount, text(context.range), BASES[context.basis])


def _line(cells: Cells) -> str:
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|\n"


def _bold(words: str) -> str:
    return f"**{text(words)}**"
