"""I hold the sides against each other, one kind of work at a time: comparability comes first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from carbonlabel.comparison import amounts, pairs
from carbonlabel.comparison.boundary import boundary
from carbonlabel.comparison.conventions import conventions
from carbonlabel.comparison.lineages import lineages
from carbonlabel.comparison.methods import making, methods
from carbonlabel.comparison.outcome import (
    CURRENT,
    EMITTED,
    Boundary,
    Difference,
    Figure,
    FigureName,
    ReadersGrid,
    Topic,
    Unit,
    Volume,
)
from carbonlabel.comparison.phrases import Phrase
from carbonlabel.comparison.portion import Placed, Portion, portions
from carbonlabel.comparison.side import Side
from carbonlabel.comparison.usage import usage
from carbonlabel.comparison.work import alike, phase_words, state
from carbonlabel.method.digits import nine
from carbonlabel.model.disclosure import Activity
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import TRAINING
from carbonlabel.model.workload import Workload
from carbonlabel.telling.recomputing import Recomputation

USE: Final = "use"
TRAINED: Final = "training"
_USED: Final = frozenset({"inference"})
_MADE: Final[tuple[FigureName, ...]] = ("energy", "electricity", "manufacture", "total")
_RATES: Final[tuple[FigureName, ...]] = ("energy", "electricity")
_UNITS: Final[Mapping[FigureName, str]] = {"energy": "kWh"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reader asked for."""

    grid: ReadersGrid | None = None
    volume: Volume | None = None


def topics(
    sides: Sequence[Side], recomputations: Sequence[Recomputation | None], wish: Wish
) -> Iterator[Topic]:
    """Every kind of work of which any side says something."""
    trained = portions(sides, recomputations, frozenset(TRAINING))
    if not all(each.is_empty for each in trained):
        yield _topic(TRAINED, trained, wish)
    used = portions(sides, recomputations, _USED)
    if any(each.activities for each in used):
        yield from (_use(each, wish) for each in _uses(used))
    for phase in _others(sides):
        yield _topic(phase, portions(sides, recomputations, frozenset({phase})), wish)


def _others(sides: Sequence[Side]) -> tuple[str, ...]:
    """Phases that are neither training nor use."""
    every = (
        activity.phase
        for side in sides
        if side.disclosure
        for activity in side.disclosure.activities
    )
    return tuple(dict.fromkeys(each for each in every if each not in TRAINING | _USED))


def _uses(found: Sequence[Portion]) -> Iterator[tuple[Portion, ...]]:
    """The same use on every side, each in turn; else the first use of each side."""
    listed = [{_use_of(placed[1]): placed for placed in each.activities} for each in found]
    common = [key for key in listed[0] if all(key in each for each in listed)]
    for key in common:
        yield tuple(_one_use(each, uses[key]) for each, uses in zip(found, listed, strict=True))
    if not common:
        yield tuple(
            _one_use(each, each.activities[0]) if each.activities else each for each in found
        )


def _use_of(activity: Activity) -> tuple[object, ...]:
    work = activity.workload
    return (work.unit, work.statistic, work.task, work.batch) if work else ()


def _one_use(portion: Portion, placed: Placed) -> Portion:
    return replace(portion, activities=(placed,), workload=placed[1].workload)


def _topic(name: str, found: Sequence[Portion], wish: Wish) -> Topic:
    absent = _absent(name, found)
    if absent:
        return Topic(name=name, runs={}, differences=absent)
    runs, differences = alike(found)
    if any(each.weight == "breaks" for each in differences):
        return Topic(name=name, runs={}, differences=differences)
    kept = [_kept(each, runs) for each in found] if runs else list(found)
    limits, cut = boundary(kept)
    every = (*differences, *state(kept), *cut, *_shared(kept, wish), *making(kept))
    figures = tuple(_figures(_MADE, kept, limits, every, wish))
    return Topic(
        name=name,
        runs=runs,
        boundary=limits,
        differences=_that_matter(every, figures),
        figures=figures,
    )


def _use(found: Sequence[Portion], wish: Wish) -> Topic:
    absent = _absent(USE, found)
    if absent:
        return Topic(name=USE, runs={}, differences=absent)
    limits, cut = boundary(found)
    every = (*usage(found), *state(found), *cut, *_shared(found, wish))
    figures = tuple(_figures(_RATES, found, limits, every, wish))
    return Topic(
        name=USE,
        runs={},
        unit=_unit([each.workload for each in found]),
        boundary=limits,
        differences=_that_matter(every, figures),
        figures=tuple(_for_a_year(each, found[0], wish.volume) for each in figures),
    )


def _unit(works: Sequence[Workload | None]) -> Unit | None:
    """What the figures are for: that of the first, with the task if it is that of all."""
    first = works[0]
    if first is None:
        return None
    task = first.task if len({work and work.task for work in works}) == 1 else None
    return Unit(first.per, first.unit, first.statistic, task)


def _that_matter(every: Sequence[Difference], figures: Sequence[Figure]) -> tuple[Difference, ...]:
    """What breaks a figure, and of the rest what is about a figure that compares."""
    left = {each.name for each in figures}
    return tuple(each for each in every if each.weight == "breaks" or each.touches & left)


def _absent(name: str, found: Sequence[Portion]) -> tuple[Difference, ...]:
    """The one difference that a side says nothing at all of a topic."""
    if not any(each.is_empty or (name != TRAINED and each.stated) for each in found):
        return ()
    words = Phrase("use") if name == USE else Phrase(phase_words(name))
    return (
        Difference(
            about="phase",
            says=tuple(
                Phrase(
                    "nothing of it"
                    if each.is_empty or (not each.activities and name != TRAINED)
                    else "disclosed"
                )
                for each in found
            ),
            weight="breaks",
            because=Phrase("not all disclose {work}", work=words),
            mend=Phrase("label a run of use: --phase inference --served '230768 requests'")
            if name == USE
            else Phrase("label {work} on every side", work=words),
        ),
    )


def _kept(portion: Portion, runs: Mapping[str, int]) -> Portion:
    activities = tuple(each for each in portion.activities if each[1].phase in runs)
    return replace(portion, activities=activities)


def _shared(found: Sequence[Portion], wish: Wish) -> Iterator[Difference]:
    """Rules that hold for every kind of work."""
    yield from methods(found)
    if wish.grid is None:
        yield from conventions(found)
    else:
        yield from _unknown_energy(found)
    yield from lineages([each.side for each in found])


def _unknown_energy(found: Sequence[Portion]) -> Iterator[Difference]:
    says = tuple(Phrase("known" if each.energies() else "not reported") for each in found)
    if set(says) != {"known"}:
        yield Difference(
            about="energy",
            says=says,
            weight="breaks",
            because=Phrase("only where the energy is known can it be counted at another grid"),
            mend=Phrase("state the energy: energy_consumed in a card, energy in a manual.yaml"),
            touches=CURRENT,
        )


def _figures(
    names: Sequence[FigureName],
    found: Sequence[Portion],
    limits: Boundary | None,
    differences: Sequence[Difference],
    wish: Wish,
) -> Iterator[Figure]:
    broken = {name for each in differences if each.weight == "breaks" for name in each.touches}
    if limits is None:
        # Without a boundary of the electricity, the making of machines may still compare.
        broken |= CURRENT
    for name in names:
        if name not in broken:
            yield from _figure(name, found, limits or Boundary("computing"), wish.grid)


def _figure(
    name: FigureName, found: Sequence[Portion], limits: Boundary, grid: ReadersGrid | None
) -> Iterator[Figure]:
    used = grid if name in EMITTED else None
    accounts = [amounts.account(name, each, limits, used) for each in found]
    known = [each for each in accounts if each is not None]
    shown = [amounts.amount(each, _UNITS.get(name, "gCO2e")) for each in known]
    quantities = tuple(each for each in shown if each is not None)
    if len(quantities) == len(found):
        yield Figure(name=name, amounts=quantities, pairs=pairs.pairs(found, known))


def _for_a_year(figure: Figure, portion: Portion, volume: Volume | None) -> Figure:
    work = portion.workload
    if volume is None or work is None or work.unit != volume.unit or work.statistic != "mean":
        return figure
    ratio = volume.count / work.per
    return replace(figure, yearly=tuple(_times(each, ratio) for each in figure.amounts))


def _times(quantity: Estimate, ratio: float) -> Estimate:
    names = ("value", "low", "high")
    known = {name: end for name in names if (end := getattr(quantity, name)) is not None}
    return quantity.model_copy(update={name: nine(end * ratio) for name, end in known.items()})
