"""I know what every computed figure of a disclosure is made of, and where that stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from carbonlabel.model.disclosure import Activity, Disclosure, PartName
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import TRAINING
from carbonlabel.record.pointers import find, steps_of
from carbonlabel.rules.comparison import shown
from carbonlabel.rules.devices import Cost, paid
from carbonlabel.rules.rows import IT_PARTS, Row, activities, rows, rows_of
from carbonlabel.rules.water import FACTORS, energy_rows


@dataclass(frozen=True, slots=True)
class Origin:
    """What a figure was worked out from."""

    working: str
    """The formula with its numbers; empty where it says no more than the formula."""
    places: tuple[str, ...]
    """JSON pointers of the quantities in it."""


UNKNOWN = Origin("", ())


def origin(disclosure: Disclosure, place: str) -> Origin:
    """What the computed quantity at a JSON pointer was worked out from."""
    match steps_of(place):
        case ("totals", *names):
            return _total(disclosure, "/".join(names))
        case ("activities", number, "parts", row, field):
            activity = disclosure.activities[int(number)]
            at = f"/activities/{number}"
            return _row(disclosure, Row(activity, activity.parts[int(row)], at), field, place)
        case ("activities", number, "water", side):
            return _water(disclosure, int(number), side)
        case ("activities", number, "reported", "intensity"):
            at = f"/activities/{number}/reported"
            return _joined(disclosure, " ÷ ", (f"{at}/emissions", f"{at}/energy"))
        case ("left_out", *_):
            return _if_cooled(disclosure)
        case _:
            return UNKNOWN


def _total(disclosure: Disclosure, name: str) -> Origin:
    if name.startswith("water/"):
        return _everywhere(disclosure, name)
    if name == "emissions":
        return _joined(disclosure, " + ", ("/totals/electricity", "/totals/manufacture"))
    counted: dict[str, Callable[[Row], bool]] = {
        "electricity": lambda row: row.is_electricity,
        "energy": lambda row: row.is_electricity,
        "training": lambda row: row.is_electricity and row.activity.phase in TRAINING,
        "manufacture": lambda row: not row.is_electricity,
        "minerals": lambda row: row.part.minerals is not None,
        **{f"rows/{part}": partial(_is, part) for part in disclosure.totals.rows or ()},
    }
    field = name if name in {"energy", "minerals"} else "emissions"
    places = (f"{row.place}/{field}" for row in rows(disclosure) if counted[name](row))
    return _joined(disclosure, " + ", tuple(places))


def _everywhere(disclosure: Disclosure, field: str) -> Origin:
    """The sum over all activities of what stands at the same place in each."""
    return _joined(disclosure, " + ", tuple(f"{at}/{field}" for at, _ in activities(disclosure)))


def _is(part: PartName, row: Row) -> bool:
    return row.part.part == part


def _row(disclosure: Disclosure, row: Row, field: str, place: str) -> Origin:
    at, part = row.place, row.part.part
    if part == "manufacture":
        return _making(row.activity, at, "minerals" if field == "minerals" else "making")
    if field == "emissions":
        energy = f"{place.removesuffix('/emissions')}/energy"
        return _joined(disclosure, " × ", (energy, f"{at}/region/intensity"))
    if part == "overhead":
        return _cooling(disclosure, row.activity, at)
    return _taken_out(disclosure, row, place)


def _cooling(disclosure: Disclosure, activity: Activity, at: str) -> Origin:
    machines = _it_places(activity, at)
    pue = find(disclosure, f"{at}/region/pue")
    added = _joined(disclosure, " + ", machines).working
    factor = f" × ({pue.value:g} − 1)" if isinstance(pue, Estimate) else ""
    return Origin(f"({added}){factor}", (*machines, f"{at}/region/pue"))


def _water(disclosure: Disclosure, number: int, side: str) -> Origin:
    at, activity = f"/activities/{number}", disclosure.activities[number]
    energies = tuple(f"{row.place}/energy" for row in energy_rows(at, activity, side))
    factor = f"{at}/region/{FACTORS[side]}"
    added = _joined(disclosure, " + ", energies).working
    times = _joined(disclosure, "", (factor,)).working
    return Origin(f"({added}) × {times}", (*energies, factor))


def _taken_out(disclosure: Disclosure, row: Row, place: str) -> Origin:
    energy = find(disclosure, place)
    if isinstance(energy, Estimate) and energy.formula == "facility_energy / pue":
        return Origin("", (f"{row.place}/reported/energy", f"{row.place}/region/pue"))
    return UNKNOWN


def _making(activity: Activity, at: str, cost: Cost) -> Origin:
    terms, places = [], [f"{at}/duration"]
    duration = activity.duration
    for each in paid(activity, cost):
        if isinstance(duration, Estimate):
            terms.append(each.working(duration.value))
        machine = f"{at}/hardware/{each.number}"
        places += [f"{machine}/{cost}", f"{machine}/lifetime"]
    return Origin(" + ".join(terms), tuple(places))


def _if_cooled(disclosure: Disclosure) -> Origin:
    places = [
        place
        for at, activity in activities(disclosure)
        for place in (*_it_places(activity, at), f"{at}/region/intensity")
    ]
    return Origin("", tuple(places))


def _it_places(activity: Activity, at: str) -> tuple[str, ...]:
    found = (row for row in rows_of(at, activity) if row.part.part in IT_PARTS)
    return tuple(f"{row.place}/energy" for row in found if row.part.energy is not None)


def _joined(disclosure: Disclosure, sign: str, places: Iterable[str]) -> Origin:
    standing = tuple(place for place in places if find(disclosure, place) is not None)
    quantities = [find(disclosure, place) for place in standing]
    known = [shown(each.value, each.unit) for each in quantities if isinstance(each, Estimate)]
    return Origin(sign.join(known), standing)
