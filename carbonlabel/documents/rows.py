"""I am the rows of "Where it comes from": electricity with its parts, then manufacture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, Literal

from carbonlabel.documents import hub, making, wording
from carbonlabel.documents.anatomy import Level, Row, RowBasis
from carbonlabel.documents.column import ELECTRICITY, MANUFACTURE, Column
from carbonlabel.documents.language import Words, say
from carbonlabel.documents.numbers import brief
from carbonlabel.documents.sums import NOT_REPORTED, Line, basis_of_sum
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate, Missing

_MOST_FILLS: Final = 7
_ENERGY_NOTES: Final[Mapping[RowBasis | Literal["modelled"], str]] = Words(
    {
        "measured": "energy measured × grid factor",
        "estimated": "energy estimated × grid factor",
        "assumed": "energy assumed × grid factor",
        "not reported": "energy not reported × grid factor",
        "modelled": "energy by model, no meter × grid factor",
    }
)
_SHARED_NOTES: Final[Mapping[RowBasis | Literal["modelled"], str]] = Words(
    {
        "measured": "and other shared nodes, energy measured",
        "estimated": "and other shared nodes, energy estimated",
        "assumed": "and other shared nodes, energy assumed",
        "not reported": "and other shared nodes, energy not reported",
        "modelled": "and other shared nodes, energy by model, no meter",
    }
)


def rows(
    disclosure: Disclosure, parts: Sequence[Line], column: Column, end: Decimal | None
) -> tuple[Row, ...]:
    """The rows in their order; `end` is where the axis ends, in the unit of the column."""
    electric = [line for line in parts if line.part != MANUFACTURE]
    made = [_row(disclosure, line, "part", column) for line in parts if line.part == MANUFACTURE]
    if len(electric) == 1:
        return _drawn([_alone(disclosure, electric[0], column), *made], column, end)
    children = [_row(disclosure, line, "child", column) for line in electric]
    return _drawn([_sum_row(disclosure, column), *children, *made], column, end)


def _sum_row(disclosure: Disclosure, column: Column) -> Row:
    electricity = disclosure.totals.electricity
    figure = column.figure(ELECTRICITY)
    return Row(
        part=ELECTRICITY,
        name=say("Electricity"),
        level="sum",
        value=figure.value if figure else None,
        range=figure.range if figure else "",
        basis=electricity.basis if isinstance(electricity, Estimate) else NOT_REPORTED,
        note=_electricity_note(disclosure),
        reason=wording.sentence(electricity.reason) if isinstance(electricity, Missing) else "",
    )


def _alone(disclosure: Disclosure, line: Line, column: Column) -> Row:
    """The one electricity part, under the name of the sum."""
    return _sum_row(disclosure, column)._replace(level="part", note=_note(disclosure, line))


def _row(disclosure: Disclosure, line: Line, level: Level, column: Column) -> Row:
    figure = column.figure(line.part)
    return Row(
        part=line.part,
        name=wording.PART_NAMES[line.part],
        level=level,
        value=figure.value if figure else None,
        range=figure.range if figure else "",
        basis=line.basis,
        note=_note(disclosure, line),
        reason=line.reason,
    )


def _drawn(found: Sequence[Row], column: Column, end: Decimal | None) -> tuple[Row, ...]:
    """The rows with their segments of the bar, laid end to end."""
    result, start, fill = [], Decimal(0), 0
    for row in found:
        if row.level == "sum" or row.value is None or end is None:
            result.append(row)
            continue
        stop = start + column.readings[row.part].value
        fill = min(fill + 1, _MOST_FILLS)
        ends = float(start / end), float(stop / end)
        result.append(row._replace(fill=fill, start_ratio=ends[0], end_ratio=ends[1]))
        start = stop
    return tuple(result)


def _electricity_note(disclosure: Disclosure) -> str:
    if any(activity.region.given_by == "nobody" for activity in disclosure.activities):
        return say("location-based · world-average grid")
    is_hubs = hub.emissions(disclosure) == disclosure.totals.electricity
    return say("location-based · the Hub’s figure") if is_hubs else say("location-based")


def _note(disclosure: Disclosure, line: Line) -> str:
    if not line.known:
        return wording.clipped(line.gaps[0].reason)
    if line.gaps:
        count = len(line.gaps) + len(line.known)
        return say(
            "not reported for {gaps} of {count} activities", gaps=len(line.gaps), count=count
        )
    return _method(disclosure, line)


def _method(disclosure: Disclosure, line: Line) -> str:
    match line.part:
        case "manufacture":
            return making.note(line.activities)
        case "overhead":
            return _overhead_note(line)
        case "shared":
            return _SHARED_NOTES[_energy_basis(disclosure, line)]
        case "computing" if any(each.pue_in_energy == "unknown" for each in line.activities):
            return say("cooling and overhead inside")
        case _:
            return _ENERGY_NOTES[_energy_basis(disclosure, line)]


def _overhead_note(line: Line) -> str:
    ratios = {wording.known(activity.region.pue) for activity in line.activities}
    shown = {brief(each.value, 3) for each in ratios if each is not None}
    pue = f"(PUE {shown.pop()} − 1)" if len(shown) == 1 else "(PUE − 1)"
    return say("IT energy × {overhead} × grid factor", overhead=pue)


def _energy_basis(disclosure: Disclosure, line: Line) -> RowBasis | Literal["modelled"]:
    energies = [
        row.energy
        for activity in line.activities
        for row in activity.parts
        if row.part == line.part and isinstance(row.energy, Estimate)
    ]
    if any(finding.code == f"{line.part}-modelled" for finding in disclosure.findings):
        return "modelled"
    return basis_of_sum(energies)
