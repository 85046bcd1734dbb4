"""I tell how the figures came about: in words, and each formula in numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from carbonlabel.documents import wording
from carbonlabel.documents.numbers import grouped
from carbonlabel.documents.report import words
from carbonlabel.documents.report.blocks import Cell, Section, table
from carbonlabel.documents.report.material import Material
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.record.pointers import quantities
from carbonlabel.rules.comparison import shown
from carbonlabel.telling.recomputing import Recomputation
from carbonlabel.telling.workings import working

_MOST: Final = 200
_RANK: Final = ("/totals", "/activities", "/left_out")
_LONG: Final = re.compile(r"(?<![\d.])\d{5,}(?![\de])")
"""Five digits and more before the point of a number."""
_SHARED: Final = re.compile(r"/activities/\d+/reported/")


def in_words(material: Material) -> Section | None:
    """A paragraph for each quantity, in the order of the label's rows."""
    rows = [
        (Cell(each.heading), _set_apart(each.text, each.verbatim)) for each in material.face.method
    ]
    if not rows:
        return None
    found = table(words.TITLES["method"], words.METHOD_HEAD, rows, shape="two", rest=words.MORE)
    return Section("method", words.TITLES["method"], tables=(found,))


def in_numbers(material: Material) -> Section | None:
    """Every computed figure with its formula in names and in numbers."""
    say = words.FORMULAS
    rows = list(_formulas(material.disclosure))
    if not rows:
        return None
    head = (say["figure"], say["formula"], say["worked"])
    title = words.TITLES["formulas"]
    found = table(title, head, rows, shape="formulas", rest=say["rest"], most=_MOST)
    return Section("formulas", title, lead=(say["lead"],), tables=(found,))


def _set_apart(text: str, verbatim: str) -> Cell:
    before, code, after = text.partition(verbatim) if verbatim else (text, "", "")
    return Cell(before, code, after)


def _formulas(disclosure: Disclosure) -> Iterator[tuple[Cell, ...]]:
    recomputation = Recomputation(disclosure)
    found = [
        (place, each)
        for place, each in quantities(disclosure)
        if isinstance(each, Estimate) and each.formula is not None
    ]
    for place, quantity in sorted(found, key=_order):
        derivation = recomputation.derivation(place)
        result = shown(quantity.value, quantity.unit)
        worked = working(disclosure, derivation) if derivation else ""
        steps = f"{worked} = {result}" if worked else result
        formula = wording.quoted(str(quantity.formula))
        yield Cell(code=place), Cell(formula), Cell(_LONG.sub(_in_threes, steps))


def _in_threes(number: re.Match[str]) -> str:
    """The whole of a long number as people read it: in threes."""
    return grouped(Decimal(number[0]))


def _order(found: tuple[str, Estimate]) -> tuple[int, bool]:
    place, _ = found
    rank = next((at for at, each in enumerate(_RANK) if place.startswith(each)), len(_RANK))
    return rank, _SHARED.match(place) is not None
