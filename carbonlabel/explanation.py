"""I tell how a figure came about: its formula, its inputs, their doubt and their origin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.provenance import Input, Source
from carbonlabel.record.pointers import find, quantities, resolve, steps_of, walk
from carbonlabel.record.problems import printable
from carbonlabel.rules.comparison import shown
from carbonlabel.telling.bindings import metered
from carbonlabel.telling.leads import files, leads
from carbonlabel.telling.meanings import meaning
from carbonlabel.telling.recomputing import Recomputation
from carbonlabel.telling.words import amount, cited_work
from carbonlabel.telling.workings import doubt, working

if TYPE_CHECKING:
    from carbonlabel.model.evidence import Evidence
    from carbonlabel.model.project import Project

HEADLINE: Final = "/totals/emissions"
_INDENT: Final = "    "
_LEAF = str | int | float | date


def explain(
    disclosure: Disclosure | Project, pointer: str = "", *, evidence: Sequence[Evidence] = ()
) -> str:
    """How the figure at a JSON pointer came about, as an indented tree; without one, the headline.

    A pointer to something that holds figures tells each of them, one level deep. With the runs of
    the logs as `evidence` a figure leads to its file, line and column, as in a project it always
    does.

    Raises:
        InputError: nothing stands there; the hint lists pointers that are near.
    """
    if not isinstance(disclosure, Disclosure):
        from carbonlabel.telling.tracing import trace  # noqa: PLC0415 - few explanations need projects

        return trace(disclosure, pointer)
    place = _figure(disclosure, pointer or HEADLINE)
    teller = _Teller(disclosure, Recomputation(disclosure), tuple(evidence))
    return "\n".join(printable(line) for line in teller.told(place)) + "\n"


def _figure(disclosure: Disclosure, place: str) -> str:
    """The pointer itself, or the one of the quantity that the value belongs to."""
    resolve(disclosure, place)
    above = place.rpartition("/")[0]
    return above if isinstance(find(disclosure, above), Estimate | Missing) else place


@dataclass(slots=True)
class _Teller:
    """One explanation on its way, with the places that were told already."""

    disclosure: Disclosure
    recomputation: Recomputation
    evidence: tuple[Evidence, ...]
    _told: set[str] = field(default_factory=set)

    def told(self, place: str) -> Iterator[str]:
        value = resolve(self.disclosure, place)
        match value:
            case Estimate() | Missing():
                yield from self._tree(place)
            case Input() | Source():
                yield from (place, f"  {cited_work(value)}")
            case str() | int() | float() | date():
                yield from self._plain(place, value)
            case _:
                yield from self._inside(place, value)

    def _tree(self, place: str, depth: int = 0) -> Iterator[str]:
        quantity, pad = find(self.disclosure, place), depth * _INDENT
        if not isinstance(quantity, Estimate | Missing):
            return
        if place in self._told:
            yield f"{pad}{place}, as above"
            return
        self._told.add(place)
        yield from (pad + line for line in self._alone(place, quantity, is_root=not depth))
        derivation = self.recomputation.derivation(place)
        below = (each for summand in derivation for each in summand.places)
        for each in below if derivation else metered(self.disclosure, place):
            yield from self._tree(each, depth + 1)

    def _alone(
        self, place: str, quantity: Estimate | Missing, *, is_root: bool = False
    ) -> Iterator[str]:
        yield place
        match quantity:
            case Missing(missing=kind, reason=reason):
                yield f"  {kind.replace('-', ' ')}: {reason}"
            case Estimate():
                yield f"  {amount(quantity)}"
                yield from (f"  {line}" for line in self._made(place, quantity))
                if is_root and (split := doubt(self.recomputation, place)):
                    yield f"  doubt: {split}"
        yield from self._noticed(place)

    def _made(self, place: str, quantity: Estimate) -> Iterator[str]:
        derivation = self.recomputation.derivation(place)
        if not derivation:
            if quantity.formula is not None:
                yield f"= {quantity.formula}"
            if quantity.formula in {None, "sum"}:
                yield from leads(self.disclosure, place, quantity, self.evidence)
            return
        result = shown(quantity.value, quantity.unit)
        worked = working(self.disclosure, derivation)
        steps = (str(quantity.formula), *((worked, result) if worked else ()))
        yield f"= {' = '.join(dict.fromkeys(steps))}"
        for summand in derivation:
            for name, assumed in summand.assumed.items():
                yield f"{name}: {amount(assumed)}, from {self._work(assumed)}"

    def _work(self, quantity: Estimate) -> str:
        key = quantity.source or ""
        cited = self.disclosure.sources.get(key)
        return cited_work(cited) if cited else key

    def _noticed(self, place: str) -> Iterator[str]:
        for finding in self.disclosure.findings:
            if finding.place == place or finding.place.startswith(f"{place}/"):
                yield f"  {finding.severity}[{finding.code}]: {finding.message}"

    def _plain(self, place: str, value: _LEAF) -> Iterator[str]:
        """A value that is no quantity: what it means, and how it follows where it is computed."""
        yield f"{place}  {_spelled(value)}"
        if said := meaning(place):
            yield f"  {said}"
        yield from (f"  {line}" for line in self._worked_out(place))
        yield from self._noticed(place)

    def _worked_out(self, place: str) -> Iterator[str]:
        match steps_of(place):
            case ("totals", "shares", basis):
                yield from self._share(basis)
            case ("totals", "doubt", number, "low" | "high" | "share"):
                yield from self._doubt(int(number))
            case ("activities", _, "hardware", *_):
                yield f"from {', '.join(files(self.disclosure, 'hardware'))}"
            case ("activities", _, ("runs" | "complete")):
                yield f"from {', '.join(files(self.disclosure, 'log'))}"
            case _:
                return

    def _share(self, basis: str) -> Iterator[str]:
        rows = [
            (place, each)
            for place, each in quantities(self.disclosure.activities, "/activities")
            if isinstance(each, Estimate) and _is_row(place)
        ]
        of = [(place, each) for place, each in rows if each.basis == basis]
        whole = sum(each.value for _, each in rows)
        part = sum(each.value for _, each in of)
        yield (
            f"= {basis} emissions ÷ emissions = {shown(part, 'gCO2e')} ÷ {shown(whole, 'gCO2e')}, "
            "in thousandths; what rounding leaves goes to the largest"
        )
        yield from (f"  {place}  {shown(each.value, each.unit)}" for place, each in of)

    def _doubt(self, number: int) -> Iterator[str]:
        each = self.disclosure.totals.doubt[number]
        yield (
            f"{each.of} moves {HEADLINE} to {each.low:g} and {each.high:g} times its value, "
            f"which is {each.share:g} of its doubt"
        )
        yield "share = ln(high ÷ low)² ÷ the sum of these squares over all of the doubt"
        cause = find(self.disclosure, each.of)
        if isinstance(cause, Estimate | Missing):
            yield from (f"  {line}" for line in self._alone(each.of, cause))

    def _inside(self, place: str, value: object) -> Iterator[str]:
        within = tuple(quantities(value, place))
        for at, quantity in within:
            yield from self._alone(at, quantity)
        if not within:
            leaves = [
                f"{at}  {_spelled(each)}"
                for at, each in walk(value, place)
                if isinstance(each, _LEAF)
            ]
            yield from leaves or [f"{place}  nothing is listed here"]


def _spelled(value: _LEAF) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _is_row(place: str) -> bool:
    match steps_of(place):
        case ("activities", _, "parts", _, "emissions"):
            return True
        case _:
            return False
