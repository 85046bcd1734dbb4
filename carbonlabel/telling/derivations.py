"""I know what every computed figure is made of: its formula, and where each name in it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from carbonlabel.factors import assumed, efficiency
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.hardware import Device
from carbonlabel.parsing.quantities import quantity
from carbonlabel.record.pointers import find
from carbonlabel.rules.rows import Row, activities, rows
from carbonlabel.telling.bindings import ACTIVITY, Places, is_number, is_training, standing
from carbonlabel.telling.formulas import FIGURE, Expression, names, parsed

SUM: Final = "sum"
"""The formula of a figure that is added up."""
_TOTAL: Final = re.compile(r"/totals/(?P<inside>.+)")
_SUPPOSED: Final = re.compile(r"\(([0-9]{1,3}(?:\.[0-9]{1,9})?) - 1\)")
_PER_DEVICE: Final = frozenset(Device.model_fields)
_DEFAULTS: Final = {"share": 1.0}
"""What a name stands for where the disclosure leaves its key out."""


@dataclass(frozen=True, slots=True)
class Summand:
    """One term of a figure: an expression, and what its names stand for."""

    expression: Expression
    bound: Mapping[str, Places]
    """Each name with the places whose figures, added up, it stands for."""
    constants: Mapping[str, float] = field(default_factory=dict)
    """Names of what the disclosure leaves out because it is the default."""
    assumed: Mapping[str, Estimate] = field(default_factory=dict)
    """Names of quantities of a shipped table that stand in the formula as a number."""

    @property
    def is_plain(self) -> bool:
        """Whether it is one figure, as it stands."""
        return self.expression is FIGURE

    @property
    def places(self) -> Places:
        """Every place that it takes, in the order of the formula."""
        return tuple(dict.fromkeys(place for each in self.bound.values() for place in each))


Derivation = tuple[Summand, ...]
"""What a figure is the sum of; empty where nothing in the disclosure says it."""


def derivation(disclosure: Disclosure, place: str) -> Derivation:
    """What the figure at a JSON pointer was worked out from, by its own formula."""
    figure = find(disclosure, place)
    formula = figure.formula if isinstance(figure, Estimate) else None
    if formula is None:
        return ()
    if formula == SUM:
        return tuple(Summand(FIGURE, {"figure": (each,)}) for each in _added(disclosure, place))
    if place.startswith("/left_out/"):
        return _if_cooled(disclosure, formula)
    expression = parsed(formula)
    return _terms(disclosure, place, expression) if expression is not None else ()


def _added(disclosure: Disclosure, place: str) -> Iterator[str]:
    total = _TOTAL.fullmatch(place)
    if total is None:
        return
    name = total["inside"]
    chosen = SUMS.get(name.partition("/")[0])
    found = chosen(disclosure, name) if chosen else _everywhere(disclosure, name)
    yield from (each for each in found if isinstance(find(disclosure, each), Estimate | Missing))


def _everywhere(disclosure: Disclosure, name: str) -> Iterator[str]:
    """What stands under the same name in the activities, else in their parts."""
    places = [f"{at}/{name}" for at, _ in activities(disclosure)]
    if any(find(disclosure, each) is not None for each in places):
        yield from places
    else:
        yield from (f"{row.place}/{name}" for row in rows(disclosure))


def _rows_where(
    counts: Callable[[Row], bool], kind: str = "emissions"
) -> Callable[[Disclosure, str], Iterator[str]]:
    return lambda disclosure, _: (f"{row.place}/{kind}" for row in rows(disclosure) if counts(row))


def _of_part(disclosure: Disclosure, name: str) -> Iterator[str]:
    part = name.partition("/")[2]
    return (f"{row.place}/emissions" for row in rows(disclosure) if row.part.part == part)


SUMS: Final[dict[str, Callable[[Disclosure, str], Iterable[str]]]] = {
    "emissions": lambda _, __: ("/totals/electricity", "/totals/manufacture"),
    "electricity": _rows_where(lambda row: row.is_electricity),
    "energy": _rows_where(lambda row: row.is_electricity, "energy"),
    "manufacture": _rows_where(lambda row: not row.is_electricity),
    "training": _rows_where(is_training),
    "rows": _of_part,
}
"""What each total adds up; one that is not here adds up what has its name in the activities."""


def _terms(disclosure: Disclosure, place: str, expression: Expression) -> Derivation:
    """The summands of a formula: one for each machine where it speaks of machines, else one."""
    wanted = names(expression)
    within = ACTIVITY.fullmatch(place)
    if within is None or not _is_of_machines(within["inside"], wanted):
        return _bound(disclosure, place, expression, wanted)
    activity = disclosure.activities[int(within["number"])]
    told = tuple(name for name in wanted if name in _PER_DEVICE)
    only_boards = within["inside"].startswith("compute/")
    machines = (
        f"{within['at']}/hardware/{number}"
        for number, device in enumerate(activity.hardware)
        if all(name in _DEFAULTS or getattr(device, name) is not None for name in told)
        and (device.kind == "accelerator" or not only_boards)
    )
    found = (_bound(disclosure, place, expression, wanted, machine) for machine in machines)
    return tuple(summand for each in found for summand in each)


def _is_of_machines(inside: str, wanted: Places) -> bool:
    # A workload has a count of its own.
    return bool(_PER_DEVICE & {*wanted}) and not inside.startswith("workload/")


def _bound(
    disclosure: Disclosure,
    place: str,
    expression: Expression,
    wanted: Places,
    machine: str | None = None,
) -> Derivation:
    """The one summand of an expression; none where a name in it stands for nothing."""
    bound: dict[str, Places] = {}
    constants: dict[str, float] = {}
    for name in wanted:
        own = f"{machine}/{name}" if machine and name in _PER_DEVICE else None
        if own is None:
            bound[name] = standing(disclosure, place, name)
        elif is_number(find(disclosure, own)):
            bound[name] = (own,)
        else:
            constants[name] = _DEFAULTS[name]
    return (Summand(expression, bound, constants),) if all(bound.values()) else ()


def _if_cooled(disclosure: Disclosure, formula: str) -> Derivation:
    """What cooling would add: a term for each activity of which nothing is known of it."""
    ratio = _SUPPOSED.search(formula)
    expression = parsed(_SUPPOSED.sub("(supposed - 1)", formula))
    if expression is None or ratio is None:
        return ()
    taken = {"supposed": supposed(ratio[1])}
    wanted = tuple(name for name in names(expression) if name not in taken)
    found = (
        _bound(disclosure, f"{at}/left_out", expression, wanted)
        for at, activity in activities(disclosure)
        if _lacks_cooling(activity)
    )
    return tuple(
        Summand(expression, each.bound, each.constants, taken) for terms in found for each in terms
    )


def supposed(text: str) -> Estimate:
    """The PUE that is in no total: the survey's, else one that the user stated and did not count.

    The range of a stated one is in no disclosure: half a unit of its last place is taken.
    """
    survey = efficiency.survey()
    if float(text) == survey.ratio:
        return assumed.pue(survey)
    typed = quantity(text, "ratio", where="pue").estimate("estimated", "region")
    return typed.model_copy(update={"low": max(1.0, typed.low or 1.0)})


def _lacks_cooling(activity: Activity) -> bool:
    cooling = (part.emissions for part in activity.parts if part.part == "overhead")
    missing = (each.missing for each in cooling if isinstance(each, Missing))
    return activity.pue_in_energy != "unknown" and any(kind != "not-applicable" for kind in missing)
