"""I say how much water was consumed, on the site and at the power plants, always apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from carbonlabel.documents import apart, citing, wording
from carbonlabel.documents.anatomy import Context, Method
from carbonlabel.documents.language import marked, say, several
from carbonlabel.documents.numbers import (
    Reading,
    brief,
    decimal,
    figure,
    figure_of,
    joined,
    scaled,
    total,
)
from carbonlabel.model.disclosure import Activity, Disclosure, WaterSide
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.rules.water import energy_rows

NAME: Final = marked("Water")
SIDES: Final[tuple[tuple[WaterSide, str, str], ...]] = (
    ("on_site", marked("on site"), marked("cooling of the site")),
    ("off_site", marked("off site"), marked("power plants")),
)
"""Each side with its name and where the water goes."""
OF_IT: Final = "it_energy * ewif"
"""The formula of water off site where nobody states the PUE: overhead is not in it."""
_FACTORS: Final = {"on_site": "wue", "off_site": "ewif"}
_GIVEN_DIGITS: Final = 4


def contexts(disclosure: Disclosure) -> tuple[Context, ...]:
    """Water on site and off site, each on a line; one line where nothing of either is known."""
    told = {side: _known(disclosure.activities, side) for side, _, _ in SIDES}
    if not any(told.values()):
        return (Context(name=say(NAME)),)
    return tuple(_context(disclosure, side, name, where, told[side]) for side, name, where in SIDES)


def methods(disclosure: Disclosure) -> Iterator[Method]:
    """How the water of each activity came about; nothing where no factor was ever looked up."""
    wet = (each for each in disclosure.activities if each.water)
    yield from apart.methods(say(NAME), ((each, _text(disclosure, each)) for each in wet))


def side_name(name: str) -> str:
    """`Water, on site`."""
    return say("Water, {side}", side=say(name))


def _known(activities: Sequence[Activity], side: WaterSide) -> list[Estimate]:
    found = (wording.known((each.water or {}).get(side)) for each in activities)
    return [each for each in found if each is not None]


def _context(
    disclosure: Disclosure, side: WaterSide, name: str, where: str, known: Sequence[Estimate]
) -> Context:
    litres = wording.known((disclosure.totals.water or {}).get(side))
    if litres is None:
        return Context(name=side_name(name))
    told = figure(litres)
    return Context(
        name=side_name(name),
        note=_note(disclosure.activities, where, known),
        value=told.value,
        unit=told.unit,
        range=told.range,
        basis=litres.basis,
    )


def _note(activities: Sequence[Activity], where: str, known: Sequence[Estimate]) -> str:
    if len(known) < len(activities):
        return several(
            len(activities),
            "of {known} of {count} activity",
            "of {known} of {count} activities",
            known=len(known),
        )
    if any(each.formula == OF_IT for each in known):
        return say("{where}, without overhead", where=say(where))
    return say(where)


def _text(disclosure: Disclosure, activity: Activity) -> str:
    told = (_side(disclosure, activity, side, name) for side, name, _ in SIDES)
    return f"{say('; ').join(told)}."


def _side(disclosure: Disclosure, activity: Activity, side: WaterSide, name: str) -> str:
    litres = (activity.water or {}).get(side)
    factor = getattr(activity.region, _FACTORS[side])
    if not isinstance(litres, Estimate) or not isinstance(factor, Estimate):
        if isinstance(litres, Missing) and litres.reason:
            reason = wording.sentence(litres.reason)
            return say("{side} not reported: {reason}", side=say(name), reason=reason)
        return say("{side} not reported", side=say(name))
    rate = joined(brief(factor.value, _GIVEN_DIGITS), "L/kWh")
    cited = ", ".join(
        filter(None, (citing.work(disclosure, factor.source), str(factor.year or "")))
    )
    told = f"{say(name)} {_energy(activity, side)} × {rate} ({cited}) = {figure(litres).text}"
    if litres.formula == OF_IT:
        return say("{water}; that is of the machines alone, as no PUE is known", water=told)
    return told


def _energy(activity: Activity, side: WaterSide) -> str:
    known = (wording.known(row.part.energy) for row in energy_rows("", activity, side))
    whole = total([decimal(each.value) for each in known if each is not None])
    return figure_of(scaled(Reading(whole), "kWh")).text
