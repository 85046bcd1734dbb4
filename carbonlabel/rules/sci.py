"""I hold the software carbon intensity to (O + M) per R of what the disclosure declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from carbonlabel.method.sci import score_gco2e
from carbonlabel.model.disclosure import Activity, Disclosure, PartName
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.phases import TRAINING
from carbonlabel.model.provenance import Finding
from carbonlabel.model.workload import plural
from carbonlabel.record.pointers import pointer
from carbonlabel.rules.comparison import Comparison, shown
from carbonlabel.rules.rows import known

PARAMETERS: Final = "billion parameters"
ACTIVE: Final = "billion active parameters"
TOKENS: Final = "million training tokens"
FLOP: Final = "EFLOP"
SCALES_OF_R: Final = {PARAMETERS: 10**9, ACTIVE: 10**9, TOKENS: 10**6, FLOP: 10**18}
"""How many of what is counted make one R."""
MACHINES: Final[frozenset[PartName]] = frozenset({"accelerators", "host", "computing"})
"""The rows without which O is not known."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What a score is of: the activities, and how many R there are in them."""

    activities: tuple[Activity, ...]
    count: float | None
    """None where R is not known, or not of all of them."""


def scored(disclosure: Disclosure, name: str) -> Scored:
    """The activities behind the score that is called so, and their R."""
    every = disclosure.activities
    if name not in SCALES_OF_R:
        in_use = tuple(each for each in every if _unit(each) == name)
        works = [each.workload for each in in_use if each.workload]
        return Scored(in_use, sum(work.count / work.per for work in works) or None)
    provided = tuple(each for each in every if each.phase != "inference")
    trained = [each.compute for each in provided if each.phase in TRAINING]
    subject = disclosure.subject
    counted: dict[str, Iterable[float | None]] = {
        PARAMETERS: (subject.parameters,),
        ACTIVE: (subject.active_parameters,),
        TOKENS: (each.tokens if each else None for each in trained),
        FLOP: (_flop(each.flop) if each else None for each in trained),
    }
    return Scored(provided, _sum(counted[name], SCALES_OF_R[name]))


def scores(disclosure: Disclosure) -> Iterator[Finding]:
    """Each score is the electricity and the making of its activities ÷ R, with all three known."""
    for name, score in (disclosure.totals.sci or {}).items():
        if isinstance(score, Estimate):
            yield from _follows(disclosure, name, score)


def _follows(disclosure: Disclosure, name: str, score: Estimate) -> Iterator[Finding]:
    place = pointer("totals", "sci", name)
    behind = scored(disclosure, name)
    if score.formula is None or behind.count is None or gap(behind.activities):
        yield Finding(
            code="sci-incomplete",
            severity="error",
            place=place,
            message="A score stands without its O, its M or its R: "
            f"{gap(behind.activities) or 'R is not declared, or the score was typed'}.",
            expected="missing, with the reason",
            found=shown(score.value, "gCO2e"),
            suggestion="assess again: scores are worked out where all is known",
        )
        return
    parts = [part for each in behind.activities for part in each.parts]
    powered = _added(part.emissions for part in parts if part.part != "manufacture")
    made = _added(part.emissions for part in parts if part.part == "manufacture")
    yield from Comparison(
        code="sci-mismatch",
        place=place,
        claim=f"The score per {name} is not (O + M) ÷ R",
        found=score.value,
        expected=score_gco2e(powered, made, behind.count),
        unit="gCO2e",
        working=f"({shown(powered, 'gCO2e')} + {shown(made, 'gCO2e')}) ÷ {behind.count:g}",
    ).findings()


def gap(activities: Iterable[Activity]) -> str:
    """Why O or M of some activities is not known; empty where both are."""
    for activity in activities:
        for part in activity.parts:
            why = part.emissions
            if not isinstance(why, Missing) or why.missing == "not-applicable":
                continue
            if part.part in MACHINES:
                return f"the electricity (O) of the {part.part} is not known"
            if part.part == "manufacture":
                return f"the making of the machines (M) is not known, {why.reason}"
    return ""


def name_in_use(unit: str, per: int) -> str:
    """The name of R of a model in use: `1000 requests`."""
    return f"{per} {unit}"


def _unit(activity: Activity) -> str | None:
    work = activity.workload
    if work is None or work.statistic != "mean":
        return None
    return name_in_use(plural(work.unit), work.per)


def _flop(flop: Estimate | Missing) -> float | None:
    return flop.value if isinstance(flop, Estimate) else None


def _sum(counts: Iterable[float | None], scale: float) -> float | None:
    found = list(counts)
    stated = [count for count in found if count]
    return sum(stated) / scale if stated and len(stated) == len(found) else None


def _added(quantities: Iterable[Estimate | Missing]) -> float:
    return sum(each.value for each in known(quantities))
