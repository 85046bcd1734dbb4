"""I hold what was published of a run to its own energy, grid factor and water."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final, NamedTuple

from carbonlabel.method.operational import implied_intensity, operational
from carbonlabel.model.disclosure import Activity, Disclosure, WaterSide
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.provenance import Finding, Severity
from carbonlabel.rules import slips
from carbonlabel.rules.bands import EWIF, INTENSITY, WUE
from carbonlabel.rules.comparison import said, shown
from carbonlabel.rules.cooling import MOST_OVERHEAD_RATIO, explains, is_open, is_stated
from carbonlabel.rules.rows import IT_PARTS, activities, known
from carbonlabel.rules.tolerance import LOG_RATIO, TYPED_RATIO, product_agrees, within
from carbonlabel.rules.water import FACTORS

STATEMENT: Final = "manual"
"""The format of what a person states: its figures answer for each other."""
FAR_RATIO: Final = 10.0
"""How far beyond any grid of the place an implied factor is no other grid but an error."""
_PREFIX: Final = frozenset[slips.Kind]({"prefix"})
"""What slips in a figure that is held to a wide range: any smaller factor would explain it."""


def emissions(disclosure: Disclosure) -> Iterator[Finding]:
    """Emissions that were published are energy × grid factor, as far as both are stated."""
    for at, activity in activities(disclosure):
        theirs = activity.reported.emissions
        if not isinstance(theirs, Estimate):
            continue
        is_typed = is_statement(disclosure, theirs)
        if not theirs.value:
            yield from _nothing(at, activity, theirs) if is_typed else ()
            continue
        factor = activity.reported.intensity
        if factor is not None and factor.source is not None:
            may_be = is_typed and is_open(disclosure, activity)
            yield from _product(
                at, activity, theirs, factor, is_typed=is_typed, may_be_cooled=may_be
            )
        elif is_typed:
            yield from _implied(at, activity, theirs)


def energy(disclosure: Disclosure) -> Iterator[Finding]:
    """Energy that a person published beside hours and power is their product."""
    for at, activity in activities(disclosure):
        theirs = activity.reported.energy
        if not isinstance(theirs, Estimate) or not is_statement(disclosure, theirs):
            continue
        readings = tuple(_worked(activity))
        if readings and not _fits(readings, theirs.value):
            guess = slips.named(
                partial(_fits, readings), theirs.value, activity=activity, kinds=slips.POWER
            )
            yield Finding(
                code="reported-energy-mismatch",
                severity="warning" if _may_cover_more(readings[0], theirs) else "error",
                place=f"{at}/reported/energy",
                message=said("The published figure of energy is not hours × power", _words(guess)),
                expected=_span(_nearest(readings, _meant(theirs, guess))),
                found=shown(theirs.value, "kWh"),
                suggestion=_to_do(theirs, guess, "correct the hours, the count, the power or it"),
            )


def water(disclosure: Disclosure) -> Iterator[Finding]:
    """Water that a person published is that of its energy, on site, off site or both."""
    for at, activity in activities(disclosure):
        theirs = activity.reported.water
        if theirs is None or not is_statement(disclosure, theirs):
            continue
        readings = tuple(_litres(disclosure, activity))
        if readings and not _fits(readings, theirs.value):
            guess = _water_slip(activity, readings, theirs)
            may_be = guess is None and theirs.value <= _most_litres(activity, readings)
            if may_be and all(each.low is not None for each in readings):
                continue  # the side that is not known may explain it, and nobody stated the other
            yield Finding(
                code="reported-water-mismatch",
                severity="warning" if may_be else "error",
                place=f"{at}/reported/water",
                message=said(
                    "The published figure of water is not that of the energy", _words(guess)
                ),
                expected=_span(_nearest(readings, _meant(theirs, guess))),
                found=shown(theirs.value, "L"),
                suggestion=_to_do(theirs, guess, "correct the energy, the WUE, the EWIF or it"),
            )


def is_statement(disclosure: Disclosure, quantity: Estimate) -> bool:
    """Whether a figure is what a person states, in a manual.yaml."""
    cited = disclosure.inputs.get(quantity.source or "")
    return cited is not None and cited.format == STATEMENT


class _Reading(NamedTuple):
    """One way to take the energy that the published emissions are of."""

    energy: Estimate
    name: str


def _product(  # noqa: PLR0913 - what was published, and what is known of it
    at: str,
    activity: Activity,
    theirs: Estimate,
    factor: Estimate,
    *,
    is_typed: bool,
    may_be_cooled: bool,
) -> Iterator[Finding]:
    allowed_ratio = TYPED_RATIO if is_typed else LOG_RATIO
    readings = tuple(_readings(activity, ours=is_typed))
    if not readings or any(_agrees(theirs, each, factor, allowed_ratio) for each in readings):
        return
    guess = slips.named(
        partial(_follows, readings, factor, allowed_ratio),
        theirs.value,
        activity=activity,
        kinds=slips.ALL - {"pue"} if may_be_cooled else slips.ALL,
    )
    machines = next(_worked(activity), None) if may_be_cooled and guess is None else None
    cooled = explains(at, theirs, factor, machines) if machines else None
    if cooled is not None:
        yield cooled
        return
    meant_gco2e = _meant(theirs, guess)
    nearest = min(
        readings,
        key=lambda each: abs(operational(each.energy.value, factor.value) - meant_gco2e),
    )
    expected = operational(nearest.energy.value, factor.value)
    claim = "The published figure of emissions is not energy × grid factor"
    yield _mismatch(
        at,
        "error" if is_typed else "warning",
        said(claim, _words(guess)),
        f"{shown(expected, 'gCO2e')} = {shown(nearest.energy.value, 'kWh')} ({nearest.name})"
        f" × {shown(factor.value, 'gCO2e/kWh')}",
        theirs=theirs,
        guess=guess,
    )


def _follows(
    readings: tuple[_Reading, ...], factor: Estimate, allowed_ratio: float, gco2e: float
) -> bool:
    """Whether a figure is the product of some reading and the factor, as they were written."""
    return any(
        product_agrees(gco2e, (each.energy.value, factor.value), allowed_ratio) for each in readings
    )


def _agrees(theirs: Estimate, reading: _Reading, factor: Estimate, allowed_ratio: float) -> bool:
    """Whether the product agrees as written, or somewhere in the interval of the energy."""
    factors = (reading.energy.value, factor.value)
    if product_agrees(theirs.value, factors, allowed_ratio):
        return True
    if not factor.value:
        return False
    return within(implied_intensity(theirs.value, factor.value), reading.energy, allowed_ratio)


def _implied(at: str, activity: Activity, theirs: Estimate) -> Iterator[Finding]:
    """A statement without a grid factor implies one, which a grid of the place must be near to."""
    energies = [each for each in _readings(activity, ours=True) if each.energy.value]
    lows_kwh = [_low(each.energy) for each in energies]
    grid = activity.region.intensity
    if not energies or not min(lows_kwh) or grid.low is None or grid.high is None:
        return
    least = implied_intensity(theirs.value, max(each.energy.value for each in energies))
    most = implied_intensity(theirs.value, min(lows_kwh))
    low, high = grid.low, grid.high * MOST_OVERHEAD_RATIO
    if most >= low and least <= high:
        return
    is_far = most * FAR_RATIO < low or least > min(high * FAR_RATIO, INTENSITY.possible[1])
    energy_kwh, name = energies[-1].energy.value, energies[-1].name
    implied = implied_intensity(theirs.value, energy_kwh)
    guess = slips.named(lambda value: low <= value <= high, implied, kinds=_PREFIX)
    claim = (
        f"The published figure of emissions implies {shown(implied, 'gCO2e/kWh')}, "
        "which is no grid of the place"
    )
    yield _mismatch(
        at,
        "error" if is_far else "warning",
        said(claim, _words(guess)),
        f"{shown(operational(energy_kwh, grid.value), 'gCO2e')} = "
        f"{shown(energy_kwh, 'kWh')} ({name}) × {shown(grid.value, 'gCO2e/kWh')}",
        theirs=theirs,
        guess=guess,
    )


def _low(energy_found: Estimate) -> float:
    return energy_found.value if energy_found.low is None else energy_found.low


def _nothing(at: str, activity: Activity, theirs: Estimate) -> Iterator[Finding]:
    used = next((each for each in _readings(activity, ours=True) if each.energy.value), None)
    if used is not None:
        grid = activity.region.intensity
        yield _mismatch(
            at,
            "warning",
            "The published figure of emissions is zero, though energy was used.",
            f"{shown(operational(used.energy.value, grid.value), 'gCO2e')} = "
            f"{shown(used.energy.value, 'kWh')} × {shown(grid.value, 'gCO2e/kWh')}",
            theirs=theirs,
            guess=None,
        )


def _mismatch(  # noqa: PLR0913 - what a finding is made of
    at: str,
    severity: Severity,
    message: str,
    expected: str,
    *,
    theirs: Estimate,
    guess: slips.Named | None,
) -> Finding:
    otherwise = "quote neither before it is clear; a contract's figure is none of the place"
    return Finding(
        code="reported-emissions-mismatch",
        severity=severity,
        place=f"{at}/reported/emissions",
        message=message,
        expected=expected,
        found=shown(theirs.value, "gCO2e"),
        suggestion=_to_do(theirs, guess, otherwise),
    )


def _meant(theirs: Estimate, guess: slips.Named | None) -> float:
    """The figure without its slip, if it is one."""
    return theirs.value * (guess.factor if guess else 1.0)


def _words(guess: slips.Named | None) -> str | None:
    return guess.words if guess else None


def _to_do(theirs: Estimate, guess: slips.Named | None, otherwise: str) -> str:
    """What to do, with the figure that would stand there if the slip is one."""
    if guess is None:
        return otherwise
    return f"without the slip it is {shown(theirs.value * guess.factor, theirs.unit)}; {otherwise}"


def _readings(activity: Activity, *, ours: bool) -> Iterator[_Reading]:
    """The energies that published emissions may be of: as published, of IT, of the facility."""
    if isinstance(activity.reported.energy, Estimate):
        yield _Reading(activity.reported.energy, "as published")
    names = ("IT", "with cooling")
    if ours:
        yield from (
            _Reading(each, name) for each, name in zip(_worked(activity), names, strict=False)
        )


def _worked(activity: Activity) -> Iterator[Estimate]:
    """The energy of the machines, then that with cooling, where it is counted."""
    machines = known(part.energy for part in activity.parts if part.part in IT_PARTS)
    cooled = known(part.energy for part in activity.parts)
    for energies in (machines, cooled):
        if machines:
            yield _sum(energies)


def _may_cover_more(machines: Estimate, theirs: Estimate) -> bool:
    """Whether what was published may hold the host and cooling, which a power leaves out."""
    high = machines.value if machines.high is None else machines.high
    return machines.value <= theirs.value <= high * MOST_OVERHEAD_RATIO


def _litres(disclosure: Disclosure, activity: Activity) -> Iterator[Estimate]:
    """The water of either side, then of both; a factor that was stated is taken at its word."""
    sides = tuple(
        _exactly(found) if is_stated(disclosure, getattr(activity.region, FACTORS[side])) else found
        for side, found in (activity.water or {}).items()
        if isinstance(found, Estimate)
    )
    yield from sides
    if len(sides) > 1:
        yield _sum(sides)


def _water_slip(
    activity: Activity, readings: tuple[Estimate, ...], theirs: Estimate
) -> slips.Named | None:
    """The slip that explains published water; no hours enter it."""
    known_sides = tuple(each for each in readings if each.low is None or not _unknown(activity))
    return slips.named(
        partial(_fits, known_sides), theirs.value, activity=activity, kinds=slips.WATER
    )


def _most_litres(activity: Activity, readings: tuple[Estimate, ...]) -> float:
    """What may have been taken where a side is not known; nothing where both are."""
    if not _unknown(activity):
        return 0.0
    energy_kwh = max((each.value for each in _worked(activity)), default=0.0)
    told = max(each.value if each.high is None else each.high for each in readings)
    water = activity.water or {}
    return told + sum(
        _most_l_per_kwh(activity, side) * energy_kwh
        for side in ("on_site", "off_site")
        if not isinstance(water.get(side), Estimate)
    )


def _most_l_per_kwh(activity: Activity, side: WaterSide) -> float:
    """The factor of a side where it is known, else the most that there is."""
    factor = getattr(activity.region, FACTORS[side])
    band = WUE.possible if side == "on_site" else EWIF.usual
    return factor.value if isinstance(factor, Estimate) else band[1]


def _unknown(activity: Activity) -> bool:
    """Whether the water of a side is not known."""
    water = activity.water or {}
    return not all(isinstance(water.get(side), Estimate) for side in ("on_site", "off_site"))


def _exactly(found: Estimate) -> Estimate:
    return found.model_copy(update={"low": None, "high": None})


def _sum(found: tuple[Estimate, ...]) -> Estimate:
    """The sum with its ends added up: no narrower than the true interval."""
    ends = [(each.low, each.high) for each in found]
    has_ends = all(low is not None for low, _ in ends)
    return Estimate(
        value=_added(each.value for each in found),
        low=_added(low or 0.0 for low, _ in ends) if has_ends else None,
        high=_added(high or 0.0 for _, high in ends) if has_ends else None,
        unit=found[0].unit,
        basis=found[0].basis,
        formula="sum",
    )


def _added(values: Iterable[float]) -> float:
    """Their sum, which no strange figure takes beyond the largest number."""
    return min(sum(values), sys.float_info.max)


def _fits(readings: tuple[Estimate, ...], value: float) -> bool:
    return any(within(value, each, TYPED_RATIO) for each in readings)


def _nearest(readings: tuple[Estimate, ...], value: float) -> Estimate:
    return min(readings, key=lambda each: abs(each.value - value))


def _span(quantity: Estimate) -> str:
    value = shown(quantity.value, quantity.unit)
    if quantity.low is None or quantity.high is None or quantity.low == quantity.high:
        return value
    return (
        f"{value} ({shown(quantity.low, quantity.unit)} to {shown(quantity.high, quantity.unit)})"
    )
