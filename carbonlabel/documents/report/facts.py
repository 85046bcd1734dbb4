"""I tell one quantity as the row of a table: value, range, basis, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from carbonlabel.documents import citing, language, use, wording
from carbonlabel.documents.anatomy import Face
from carbonlabel.documents.numbers import (
    Reading,
    brief,
    decimal,
    figure,
    figure_of,
    joined,
    reading,
    scaled,
    total,
)
from carbonlabel.documents.report import words
from carbonlabel.documents.report.blocks import Cell, cells
from carbonlabel.documents.report.material import Material
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.units import Unit

Named = tuple[str, Estimate | Missing | None]
_AS_TIME: Final = "s"
_AS_POWER: Final = frozenset({"FLOP", "FLOP/s"})
_GIVEN_DIGITS: Final = 4
_LONGEST_ORIGIN: Final = 60


def rows(disclosure: Disclosure, quantities: Iterable[Named]) -> Iterator[tuple[Cell, ...]]:
    """Each quantity with value, range, basis and origin; what nobody looked at has no row."""
    for name, quantity in quantities:
        if isinstance(quantity, Estimate):
            yield known(disclosure, name, quantity)
        elif quantity is not None and quantity.missing != "not-applicable":
            yield unknown(name, quantity)


def known(disclosure: Disclosure, name: str, quantity: Estimate) -> tuple[Cell, ...]:
    """The row of a quantity that somebody reported."""
    value, span = amount(quantity)
    return (
        Cell(name),
        Cell(value),
        Cell(span),
        Cell(wording.BASES[quantity.basis]),
        origin(disclosure, quantity),
    )


def unknown(name: str, gap: Missing) -> tuple[Cell, ...]:
    """The row of a quantity that nobody reported, with the reason."""
    reason = Cell(note=wording.sentence(gap.reason))
    return (Cell(name), Cell(wording.BASES["not reported"]), Cell(), Cell(words.DASH), reason)


def amount(quantity: Estimate) -> tuple[str, str]:
    """The value with its unit, and the range in the same unit; empty where none is declared."""
    if quantity.unit == _AS_TIME:
        return wording.duration(quantity.value), _times(quantity)
    if quantity.unit in _AS_POWER:
        value, span = use.power(quantity, quantity.unit)
        return value, span
    told = figure(quantity)
    return told.text, "" if quantity.low == quantity.high else told.range


def of_label(face: Face, part: str) -> tuple[str, str] | None:
    """Amount and range of a row as the label rounds it; None where the label has no such amount."""
    row = next((each for each in face.rows if each.part == part), None)
    if row is None or row.value is None:
        return None
    return joined(row.value, face.unit), row.range


def labelled(
    material: Material, name: str, part: str, quantity: Estimate | Missing
) -> Iterator[tuple[Cell, ...]]:
    """The row of a quantity that the label shows too: rounded as it is there."""
    shown = of_label(material.face, part)
    if shown is None or isinstance(quantity, Missing):
        yield from rows(material.disclosure, ((name, quantity),))
    else:
        by = origin(material.disclosure, quantity)
        yield (*cells(name, *shown, wording.BASES[quantity.basis]), by)


def given(disclosure: Disclosure, name: str, quantity: Estimate) -> tuple[Cell, ...]:
    """The row of a figure that others published: at four digits, whatever its doubt."""
    there = scaled(reading(quantity), quantity.unit)
    value = joined(brief(float(there.reading.value), _GIVEN_DIGITS), there.unit)
    _, span = amount(quantity)
    return (
        Cell(name),
        Cell(value),
        Cell(span),
        Cell(wording.BASES[quantity.basis]),
        origin(disclosure, quantity),
    )


def origin(disclosure: Disclosure, quantity: Estimate) -> Cell:
    """Who gave a figure and of which year; of a computed one, that it was."""
    if quantity.source is None:
        return Cell(note=language.say(words.COMPUTED))
    who = wording.shortened(citing.work(disclosure, quantity.source), _LONGEST_ORIGIN)
    return Cell(note=", ".join(filter(None, (who, str(quantity.year or "")))))


def summed(quantities: Iterable[Estimate | Missing | None], unit: Unit) -> str:
    """The sum of what is known, with its unit; empty where nothing is."""
    found = [decimal(each.value) for each in quantities if isinstance(each, Estimate)]
    return figure_of(scaled(Reading(total(found)), unit)).text if found else ""


def activity_name(activity: Activity) -> str:
    """`fine-tuning`, as activities are told apart."""
    return wording.phase_name(activity.phase)


def _times(quantity: Estimate) -> str:
    if quantity.low is None or quantity.high is None or quantity.low == quantity.high:
        return ""
    return f"{wording.duration(quantity.low)} – {wording.duration(quantity.high)}"
