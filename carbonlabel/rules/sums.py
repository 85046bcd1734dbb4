"""I hold the totals to their parts: amounts, shares by basis, and where the doubt comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from carbonlabel.method.basis import basis_of_sum, shares_ratio, weakest
from carbonlabel.method.propagate import Interval, Term
from carbonlabel.model.disclosure import Disclosure, Part
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.phases import TRAINING
from carbonlabel.model.provenance import Finding
from carbonlabel.rules.comparison import Comparison, shown, spread
from carbonlabel.rules.rows import Row, known, rows

_SHARE_SLACK: Final = 0.005
_RANGE_SLACK: Final = 0.05
_MOST_TERMS: Final = 6


class Sum(NamedTuple):
    """One total with what it adds up."""

    name: str
    total: Estimate | Missing
    terms: tuple[Estimate, ...]
    cancels: bool = False
    """Whether its terms cancel doubts, as what a contract covers and what is left of it do."""

    @property
    def place(self) -> str:
        """Its JSON pointer."""
        return f"/totals/{self.name}"


def sums(disclosure: Disclosure) -> Iterator[Finding]:
    """Every total is the sum of its declared parts, as sure and as doubtful as they are."""
    for each in _sums(disclosure):
        yield from held(each)


def held(each: Sum) -> Iterator[Finding]:
    """What is wrong with one total: its amount, its basis, its range."""
    if isinstance(each.total, Missing):
        yield from _undeclared(each)
    else:
        yield from _adds_up(each, each.total)
        yield from _is_as_sure(each, each.total)
        yield from _is_as_wide(each, each.total)


def shares(disclosure: Disclosure) -> Iterator[Finding]:
    """The shares by basis are those of the parts' emissions."""
    declared = disclosure.totals.shares
    parts = known(row.part.emissions for row in rows(disclosure))
    expected = shares_ratio((each.basis, each.value) for each in parts)
    for basis, share_ratio in expected.items():
        found_ratio = declared.get(basis, 0.0)
        if parts and abs(found_ratio - share_ratio) > _SHARE_SLACK:
            yield Finding(
                code="shares-mismatch",
                severity="error",
                place=f"/totals/shares/{basis}" if basis in declared else "/totals/shares",
                message=f"The share of {basis} figures is not that of the parts.",
                expected=shown(share_ratio, "ratio"),
                found=shown(found_ratio, "ratio"),
            )


def doubt(disclosure: Disclosure) -> Iterator[Finding]:
    """The shares of the doubt add up to one."""
    parts = [each.share for each in disclosure.totals.doubt]
    if parts and abs(sum(parts) - 1) > _SHARE_SLACK + len(parts) * _SHARE_SLACK / 10:
        yield Finding(
            code="doubt-mismatch",
            severity="error",
            place="/totals/doubt",
            message="The shares of the doubt do not add up to 1.",
            expected="1",
            found=shown(sum(parts), "ratio"),
        )


def _sums(disclosure: Disclosure) -> Iterator[Sum]:
    totals = disclosure.totals
    parts = tuple(rows(disclosure))
    electric = [row for row in parts if row.is_electricity]
    powered = _emissions(electric)
    made = _emissions(row for row in parts if not row.is_electricity)
    yield Sum("emissions", totals.emissions, (*powered, *made))
    yield Sum("electricity", totals.electricity, powered)
    if totals.training is not None:
        trained = _emissions(row for row in electric if row.activity.phase in TRAINING)
        yield Sum("training", totals.training, trained)
    for name, total in (totals.rows or {}).items():
        of_part = _emissions(row for row in electric if row.part.part == name)
        yield Sum(f"rows/{name}", total, of_part)
    yield Sum("manufacture", totals.manufacture, made)
    taken = known(_steady(row, row.part.energy) for row in electric)
    yield Sum("energy", totals.energy, taken)


def _emissions(chosen: Iterable[Row]) -> tuple[Estimate, ...]:
    return known(_steady(row, row.part.emissions) for row in chosen)


def _steady(row: Row, quantity: Estimate | Missing | None) -> Estimate | Missing | None:
    """The quantity; without its range where a PUE that was divided out and put in again cancels."""
    cancels = row.is_electricity and any(map(_divides_pue_out, row.activity.parts))
    if not cancels or not isinstance(quantity, Estimate):
        return quantity
    return quantity.model_copy(update={"low": quantity.value, "high": quantity.value})


def _divides_pue_out(part: Part) -> bool:
    return isinstance(part.energy, Estimate) and "/ pue" in (part.energy.formula or "")


def _undeclared(each: Sum) -> Iterator[Finding]:
    if each.terms:
        unit = each.terms[0].unit
        yield Finding(
            code="sum-mismatch",
            severity="error",
            place=each.place,
            message=f"The total of {each.name} is missing though parts of it are declared.",
            expected=_working([term.value for term in each.terms], unit),
            found="missing",
        )


def _adds_up(each: Sum, total: Estimate) -> Iterator[Finding]:
    values = [term.value for term in each.terms]
    yield from Comparison(
        code="sum-mismatch",
        place=each.place,
        claim=f"The total of {each.name} is not the sum of its parts",
        found=total.value,
        expected=sum(values),
        unit=total.unit,
        working=_working(values, total.unit),
    ).findings()


def _working(values: Iterable[float], unit: str) -> str:
    terms = [shown(value, unit) for value in values]
    more = [f"{len(terms) - _MOST_TERMS} more"] if len(terms) > _MOST_TERMS else []
    return " + ".join(terms[:_MOST_TERMS] + more) or "nothing"


def _is_as_sure(each: Sum, total: Estimate) -> Iterator[Finding]:
    if not any(term.value for term in each.terms):
        return
    allowed = basis_of_sum(shares_ratio((term.basis, term.value) for term in each.terms))
    if weakest(total.basis, allowed) != total.basis:
        yield Finding(
            code="basis-too-strong",
            severity="error",
            place=f"{each.place}/basis",
            message=f"The total of {each.name} claims to be surer than its parts.",
            expected=allowed,
            found=total.basis,
        )


def _is_as_wide(each: Sum, total: Estimate) -> Iterator[Finding]:
    """What parts share moves them together, so their sum is never surer than if they shared none.

    Quadrature of independent parts is therefore the narrowest range that a total can have.
    """
    if each.cancels or total.low is None or total.high is None:
        return
    sources = {str(n): Interval(t.value, t.low, t.high) for n, t in enumerate(each.terms)}
    least = spread([Term(float, (name,)) for name in sources], sources)
    if least is None or least.low is None or least.high is None:
        return
    if total.low > least.low * (1 + _RANGE_SLACK) or total.high < least.high * (1 - _RANGE_SLACK):
        yield Finding(
            code="range-too-narrow",
            severity="error",
            place=each.place,
            message=f"The range of {each.name} is narrower than its parts allow.",
            expected=f"at least {shown(least.low, total.unit)} to {shown(least.high, total.unit)}",
            found=f"{shown(total.low, total.unit)} to {shown(total.high, total.unit)}",
        )
