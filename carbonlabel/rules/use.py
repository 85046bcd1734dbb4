"""I hold what a unit of use takes to the totals that it is a part of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from carbonlabel.method.rates import break_even_count, share_ratio
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.phases import TRAINING
from carbonlabel.model.provenance import Finding
from carbonlabel.model.workload import Workload, plural
from carbonlabel.rules.comparison import Comparison, shown
from carbonlabel.rules.rows import activities, known


class _Rate(NamedTuple):
    """A rate, and the totals of the activity that it is a share of."""

    name: str
    rate: Estimate | Missing | None
    totals: tuple[Estimate, ...]


def rates(disclosure: Disclosure) -> Iterator[Finding]:
    """What a unit of use takes is the total of the activity × per ÷ count, never typed."""
    for at, activity in activities(disclosure):
        work = activity.workload
        if work is not None:
            place = f"{at}/workload"
            yield from _of_training(activity, work, place)
            for each in _rates(activity, work):
                if isinstance(each.rate, Estimate):
                    yield from _follows(each, each.rate, work, place)


def break_even(disclosure: Disclosure) -> Iterator[Finding]:
    """Use emits as much as training after training ÷ (emissions of a unit) units."""
    trained = disclosure.totals.training
    for at, activity in activities(disclosure):
        work = activity.workload
        if work is None or not isinstance(work.break_even, Estimate):
            continue
        used = work.emissions
        if not isinstance(trained, Estimate) or not isinstance(used, Estimate) or not used.value:
            yield _without_totals(f"{at}/workload/break_even", "the training or the use")
            continue
        yield from Comparison(
            code="rate-mismatch",
            place=f"{at}/workload/break_even",
            claim="The break-even is not training ÷ what a unit of use emits",
            found=work.break_even.value,
            expected=break_even_count(trained.value, used.value, work.per),
            unit="ratio",
            working=f"{shown(trained.value, 'gCO2e')} × {work.per} ÷ {shown(used.value, 'gCO2e')}",
        ).findings()


def _rates(activity: Activity, work: Workload) -> Iterator[_Rate]:
    electric = [part for part in activity.parts if part.part != "manufacture"]
    yield _Rate("energy", work.energy, known(part.energy for part in electric))
    yield _Rate("emissions", work.emissions, known(part.emissions for part in electric))
    yield _Rate("water", work.water, known((activity.water or {}).values()))


def _follows(each: _Rate, rate: Estimate, work: Workload, place: str) -> Iterator[Finding]:
    if rate.formula is None or not each.totals:
        yield _without_totals(f"{place}/{each.name}", f"the {each.name} of all {work.count:g}")
        return
    whole = sum(total.value for total in each.totals)
    yield from Comparison(
        code="rate-mismatch",
        place=f"{place}/{each.name}",
        claim=f"The {each.name} of {work.per} {plural(work.unit)} is not the total × per ÷ count",
        found=rate.value,
        expected=whole * share_ratio(work.per, work.count),
        unit=rate.unit,
        working=f"{shown(whole, rate.unit)} × {work.per} ÷ {work.count:g}",
    ).findings()


def _without_totals(place: str, what: str) -> Finding:
    return Finding(
        code="rate-without-totals",
        severity="error",
        place=place,
        message=f"A rate stands without its totals: {what} is not declared, or it was typed.",
        expected="a total and a count, from which it follows",
        suggestion="state the energy and what it served in a manual.yaml, and assess again",
    )


def _of_training(activity: Activity, work: Workload, place: str) -> Iterator[Finding]:
    if activity.phase in TRAINING:
        yield Finding(
            code="use-in-training",
            severity="error",
            place=place,
            message="A training is said to have served users: its energy is that of making the "
            "model.",
            expected="phase inference",
            found=f"{work.count:g} {plural(work.unit)} in phase {activity.phase}",
            suggestion="assess the use of the model apart, with --phase inference",
        )
