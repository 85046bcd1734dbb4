"""I tell how a figure came about: its formula, its inputs, their doubt and their origin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.provenance import Input, Source
from carbonlabel.record.pointers import find, quantities, resolve, walk
from carbonlabel.record.problems import printable
from carbonlabel.telling.origins import origin
from carbonlabel.telling.words import amount, cited_work

if TYPE_CHECKING:
    from carbonlabel.model.project import Project

HEADLINE = "/totals/emissions"
_INDENT = "    "
_LEAF = str | int | float | date


def explain(disclosure: Disclosure | Project, pointer: str = "") -> str:
    """How the figure at a JSON pointer came about, as an indented tree; without one, the headline.

    A pointer to something that holds figures tells each of them, one level deep. In a project, a
    figure leads to its file, line and column.

    Raises:
        InputError: nothing stands there; the hint lists pointers that are near.
    """
    if not isinstance(disclosure, Disclosure):
        from carbonlabel.telling.tracing import trace  # noqa: PLC0415 - few explanations need projects

        return trace(disclosure, pointer)
    place = _figure(disclosure, pointer or HEADLINE)
    return "\n".join(printable(line) for line in _told(disclosure, place)) + "\n"


def _figure(disclosure: Disclosure, place: str) -> str:
    """The pointer itself, or the one of the quantity that the value belongs to."""
    resolve(disclosure, place)
    above = place.rpartition("/")[0]
    return above if isinstance(find(disclosure, above), Estimate | Missing) else place


def _told(disclosure: Disclosure, place: str) -> Iterator[str]:
    value = resolve(disclosure, place)
    match value:
        case Estimate() | Missing():
            yield from _tree(disclosure, place, set())
        case Input() | Source():
            yield from (place, f"  {cited_work(value)}")
        case _:
            yield from _inside(disclosure, place, value)


def _inside(disclosure: Disclosure, place: str, value: object) -> Iterator[str]:
    within = tuple(quantities(value, place))
    for at, quantity in within:
        yield from _alone(disclosure, at, quantity)
    if not within:
        leaves = [f"{at}  {each}" for at, each in walk(value, place) if isinstance(each, _LEAF)]
        yield from leaves or [f"{place}  nothing is listed here"]


def _tree(disclosure: Disclosure, place: str, told: set[str], depth: int = 0) -> Iterator[str]:
    quantity, pad = find(disclosure, place), depth * _INDENT
    if not isinstance(quantity, Estimate | Missing):
        return
    if place in told:
        yield f"{pad}{place}, as above"
        return
    told.add(place)
    yield from (pad + line for line in _alone(disclosure, place, quantity))
    if isinstance(quantity, Estimate) and quantity.formula is not None:
        for below in origin(disclosure, place).places:
            yield from _tree(disclosure, below, told, depth + 1)


def _alone(disclosure: Disclosure, place: str, quantity: Estimate | Missing) -> Iterator[str]:
    yield place
    match quantity:
        case Missing(missing=kind, reason=reason):
            yield f"  {kind.replace('-', ' ')}: {reason}"
        case Estimate(formula=None):
            yield f"  {amount(quantity)}"
            yield f"  from {_origin_of(disclosure, quantity.source or '')}"
        case Estimate(formula=formula):
            working = origin(disclosure, place).working
            yield f"  {amount(quantity)}"
            yield f"  = {formula}" + (f" = {working}" if working else "")


def _origin_of(disclosure: Disclosure, key: str) -> str:
    cited = disclosure.inputs.get(key) or disclosure.sources.get(key)
    return cited_work(cited) if cited else f"{key}, which is not listed"
