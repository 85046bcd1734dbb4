"""I hold a run to an amount that it may take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from carbonlabel.budgets.figures import NAMES, PLACES, BudgetUnit, figure, told
from carbonlabel.errors import MalformedInput
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.provenance import Finding
from carbonlabel.parsing.quantities import quantity
from carbonlabel.rules.comparison import shown

_ELECTRICITY = frozenset({"accelerators", "host", "computing", "overhead"})


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that a run may take."""

    most: float
    """In `unit`."""
    unit: BudgetUnit


def limit(text: str, *, where: str) -> Limit:
    """The budget that a person typed: `1.5 kWh`, `900 MJ`, `1.5 kgCO2e`.

    Raises:
        MalformedInput: it is neither an energy nor a mass of CO2e.

    >>> limit("1.5kgCO2e", where="--budget")
    Limit(most=1500.0, unit='gCO2e')
    """
    units: tuple[BudgetUnit, BudgetUnit] = ("kWh", "gCO2e")
    for unit in units:
        try:
            return Limit(quantity(text, unit, where=where).value, unit)
        except MalformedInput:
            continue
    raise MalformedInput(
        f"{text[:40]!r} is no budget",
        where=where,
        hint="an energy such as '1.5 kWh', or a mass such as '1.5 kgCO2e'",
    )


def held(disclosure: Disclosure, most: Limit, *, upper: bool = False) -> Iterator[Finding]:
    """What a budget says of a run: exceeded, kept in doubt, or not to be told.

    The estimate counts, and a range that reaches over the budget is a warning; with `upper`, the
    high end counts.
    """
    found = figure(disclosure, most.unit)
    if isinstance(found, Missing):
        yield _unknown(found, most)
        return
    yield from _over(found, most, upper=upper)
    if _has_gaps(disclosure):
        yield Finding(
            code="budget-of-a-part",
            severity="warning",
            place=PLACES[most.unit],
            message="A part of the electricity is not reported: the budget holds the rest only.",
            suggestion="state what is missing, such as --pue, or give the rest a budget of its own",
        )


def _over(found: Estimate, most: Limit, *, upper: bool) -> Iterator[Finding]:
    high = found.value if found.high is None else found.high
    exceeded = (high if upper else found.value) > most.most
    if not exceeded and high <= most.most:
        return
    what = "is over its budget" if exceeded else "keeps its budget, but its range does not"
    yield Finding(
        code="budget-exceeded" if exceeded else "budget-in-doubt",
        severity="error" if exceeded else "warning",
        place=PLACES[most.unit],
        message=f"{NAMES[most.unit]} {what}.",
        expected=f"at most {shown(most.most, most.unit)}{', also at the high end' * upper}",
        found=told(found),
        suggestion="lower the run's energy, or agree on another budget"
        if exceeded
        else "measure more exactly, or take --upper to hold the high end to it",
    )


def _unknown(found: Missing, most: Limit) -> Finding:
    return Finding(
        code="budget-unknown",
        severity="error",
        place=PLACES[most.unit],
        message=f"Nothing can be held to the budget: {found.reason}.",
        expected=f"at most {shown(most.most, most.unit)}",
        found="not reported",
        suggestion="a tracker's log with an energy is needed",
    )


def _has_gaps(disclosure: Disclosure) -> bool:
    return any(
        isinstance(part.emissions, Missing) and part.emissions.missing != "not-applicable"
        for activity in disclosure.activities
        for part in activity.parts
        if part.part in _ELECTRICITY
    )
