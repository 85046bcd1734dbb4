"""I know where each name in a formula stands: beside the figure, in its activity, in the totals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import TRAINING
from carbonlabel.record.pointers import find, pointer, steps_of
from carbonlabel.rules.rows import IT_PARTS, Row, activities, rows, rows_of

Places = tuple[str, ...]

ACTIVITY: Final = re.compile(r"(?P<at>/activities/(?P<number>0|[1-9][0-9]{0,5}))/(?P<inside>.+)")
"""A place inside an activity."""
_SCORES: Final = "/totals/sci/"
_ROW: Final = re.compile(r"parts/[0-9]+/energy")
_ROOMS: Final = ("", "/region", "/compute", "/workload", "/water")
"""Where in an activity a name is looked for, one after the other."""


def standing(disclosure: Disclosure, place: str, name: str) -> Places:
    """The places whose figures, added up, a name in the formula of the figure at `place` means."""
    within = ACTIVITY.fullmatch(place)
    if within is not None:
        activity = disclosure.activities[int(within["number"])]
        found = _in_activity(disclosure, place, within["at"], activity, name)
    elif place.startswith(_SCORES):
        found = _scored(disclosure, place, name)
    else:
        found = _first(disclosure, place, (_beside(place, name), f"/totals/{name}"))
    return tuple(each for each in found if is_number(find(disclosure, each)))


def is_number(value: object) -> bool:
    """Whether a value takes part in arithmetic."""
    return isinstance(value, Estimate | int | float)


def is_training(row: Row) -> bool:
    """Whether a row is of the electricity that made the model's weights."""
    return row.is_electricity and row.activity.phase in TRAINING


def metered(disclosure: Disclosure, place: str) -> Places:
    """The log's energy and the PUE in it, where the figure at a place is a part of it."""
    within, quantity = ACTIVITY.fullmatch(place), find(disclosure, place)
    formula = quantity.formula if isinstance(quantity, Estimate) else None
    if within is None or formula != "facility_energy / pue":
        return ()
    return tuple(f"{within['at']}/{name}" for name in ("reported/energy", "region/pue"))


def _in_activity(
    disclosure: Disclosure, place: str, at: str, activity: Activity, name: str
) -> Iterable[str]:
    if name == "facility_energy" and _ROW.fullmatch(place.removeprefix(f"{at}/")):
        return _metered(at, activity)
    beside = _first(disclosure, place, (_beside(place, name),))
    if beside or name in TOGETHER:
        return beside or TOGETHER[name](disclosure, at, activity)
    inside = (f"{at}{room}/{name}" for room in _ROOMS)
    return _first(disclosure, place, (*inside, f"/totals/{name}", f"/subject/{name}"))


def _beside(place: str, name: str) -> str:
    return place.rpartition("/")[0] + pointer(name)


def _first(disclosure: Disclosure, place: str, candidates: Iterable[str]) -> Places:
    for each in candidates:
        if each != place and is_number(find(disclosure, each)):
            return (each,)
    return ()


def _metered(at: str, activity: Activity) -> Places:
    """The log's energy, where one row holds all of it."""
    machines = [row for row in rows_of(at, activity) if row.part.part in IT_PARTS]
    return (f"{at}/reported/energy",) if len(machines) == 1 else ()


def _of_rows(
    counts: Callable[[Row], bool], kind: str
) -> Callable[[Disclosure, str, Activity], Iterator[str]]:
    return lambda _, at, activity: (
        f"{row.place}/{kind}" for row in rows_of(at, activity) if counts(row)
    )


def _of_contracts(field: str) -> Callable[[Disclosure, str, Activity], Iterator[str]]:
    return lambda _, at, activity: (
        f"{at}/instruments/{number}/{field}" for number in range(len(activity.instruments or ()))
    )


def _trained(disclosure: Disclosure, _: str, __: Activity) -> Iterator[str]:
    return (f"{row.place}/emissions" for row in rows(disclosure) if is_training(row))


TOGETHER: Final[dict[str, Callable[[Disclosure, str, Activity], Iterator[str]]]] = {
    "it_energy": _of_rows(lambda row: row.part.part in IT_PARTS, "energy"),
    "facility_energy": _of_rows(lambda row: row.is_electricity, "energy"),
    "energy": _of_rows(lambda row: row.is_electricity, "energy"),
    "emissions": _of_rows(lambda row: row.is_electricity, "emissions"),
    "training": _trained,
    "contracted": _of_contracts("emissions"),
    "covered": _of_contracts("energy"),
}
"""Names that stand for several rows or contracts together, where no such figure stands beside."""


def _scored(disclosure: Disclosure, place: str, name: str) -> Iterator[str]:
    """What a name in the formula of a score stands for: figures of all activities that it counts.

    A score of a model in use is named for its unit; the others are of its provider.
    """
    per, _, unit = steps_of(place)[-1].partition(" ")
    if name.endswith("parameters"):
        yield f"/subject/{name}"
    for at, activity in activities(disclosure):
        counts = _is_used(activity, per, unit) if per.isdigit() else activity.phase != "inference"
        if counts:
            yield from _of_score(at, activity, name)
            if name == "per":
                # It is the same for all of them.
                return


def _is_used(activity: Activity, per: str, unit: str) -> bool:
    work = activity.workload
    if work is None or work.statistic != "mean" or str(work.per) != per:
        return False
    first, _, rest = work.unit.partition(" of ")
    return unit == (f"{first}s of {rest}" if rest else f"{work.unit}s")


def _of_score(at: str, activity: Activity, name: str) -> Iterator[str]:
    match name:
        case "operational" | "embodied":
            wanted = name == "operational"
            found = (row for row in rows_of(at, activity) if row.is_electricity == wanted)
            yield from (f"{row.place}/emissions" for row in found)
        case "tokens" | "flop":
            yield f"{at}/compute/{name}"
        case _:
            yield f"{at}/workload/{name}"
