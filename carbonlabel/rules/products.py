"""I work every row out again from what it is made of, and compare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.method.basis import weakest
from carbonlabel.method.operational import operational, overhead
from carbonlabel.method.propagate import Interval, Term
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.provenance import Finding
from carbonlabel.rules.comparison import Comparison, shown, spread
from carbonlabel.rules.devices import paid
from carbonlabel.rules.rows import IT_PARTS, Row, activities, known, rows, rows_of

_RANGE_SLACK: Final = 0.01


def emissions(disclosure: Disclosure) -> Iterator[Finding]:
    """Each electricity row emits its energy × the grid intensity, as sure and doubtful as both."""
    for row in rows(disclosure):
        energy, emitted = row.part.energy, row.part.emissions
        if row.is_electricity and isinstance(energy, Estimate) and isinstance(emitted, Estimate):
            yield from _product(row, energy, emitted)


def cooling(disclosure: Disclosure) -> Iterator[Finding]:
    """Overhead is IT energy × (PUE − 1), and stands only where a PUE does."""
    for at, activity in activities(disclosure):
        for row in rows_of(at, activity):
            if row.part.part == "overhead" and isinstance(row.part.energy, Estimate):
                yield from _overhead(row, row.part.energy)


def manufacture(disclosure: Disclosure) -> Iterator[Finding]:
    """Making the hardware is shared out by making × count × share × duration ÷ lifetime."""
    for row in rows(disclosure):
        if row.part.part == "manufacture" and isinstance(row.part.emissions, Estimate):
            yield from _manufacture(row, row.part.emissions)


def _product(row: Row, energy: Estimate, emitted: Estimate) -> Iterator[Finding]:
    intensity = row.activity.region.intensity
    yield from Comparison(
        code="emissions-mismatch",
        place=f"{row.place}/emissions",
        claim="The emissions are not energy × intensity",
        found=emitted.value,
        expected=operational(energy.value, intensity.value),
        unit=emitted.unit,
        working=f"{shown(energy.value, 'kWh')} × {shown(intensity.value, 'gCO2e/kWh')}",
    ).findings(row.activity)
    if weakest(energy.basis, intensity.basis, emitted.basis) != emitted.basis:
        yield Finding(
            code="basis-too-strong",
            severity="error",
            place=f"{row.place}/emissions/basis",
            message="The emissions claim to be surer than their energy or their grid factor.",
            expected=weakest(energy.basis, intensity.basis),
            found=emitted.basis,
        )
    yield from _range(row, energy, emitted)


def _range(row: Row, energy: Estimate, emitted: Estimate) -> Iterator[Finding]:
    sources = {
        name: Interval(each.value, each.low, each.high)
        for name, each in (("energy", energy), ("intensity", row.activity.region.intensity))
    }
    expected = spread([Term(operational, ("energy", "intensity"))], sources)
    if expected is None:
        return
    if not (_close(emitted.low, expected.low) and _close(emitted.high, expected.high)):
        yield Finding(
            code="range-mismatch",
            severity="error",
            place=f"{row.place}/emissions",
            message="The range of the emissions is not that of energy × intensity.",
            expected=_ends(expected.low, expected.high),
            found=_ends(emitted.low, emitted.high),
        )


def _close(found: float | None, expected: float | None) -> bool:
    if found is None or expected is None:
        return found is expected
    return abs(found - expected) <= _RANGE_SLACK * expected


def _ends(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "no range declared"
    return f"{shown(low, 'gCO2e')} to {shown(high, 'gCO2e')}"


def _overhead(row: Row, energy: Estimate) -> Iterator[Finding]:
    pue = row.activity.region.pue
    if isinstance(pue, Missing) or row.activity.pue_in_energy == "unknown":
        yield Finding(
            code="overhead-without-pue",
            severity="error",
            place=f"{row.place}/energy",
            message="Cooling and overhead are counted though no PUE is stated that gives them."
            if isinstance(pue, Missing)
            else "Cooling and overhead are counted though the energy may hold them already.",
            expected="missing, with the reason",
            found=shown(energy.value, "kWh"),
        )
        return
    it_kwh = sum(each.value for each in _it_energies(row.activity))
    yield from Comparison(
        code="overhead-mismatch",
        place=f"{row.place}/energy",
        claim="Cooling and overhead are not IT energy × (PUE − 1)",
        found=energy.value,
        expected=overhead(it_kwh, pue.value),
        unit="kWh",
        working=f"{shown(it_kwh, 'kWh')} × ({pue.value:g} − 1)",
    ).findings(row.activity)


def _it_energies(activity: Activity) -> tuple[Estimate, ...]:
    return known(part.energy for part in activity.parts if part.part in IT_PARTS)


def _manufacture(row: Row, emitted: Estimate) -> Iterator[Finding]:
    duration = row.activity.duration
    made = tuple(paid(row.activity, "making"))
    if isinstance(duration, Missing) or not made:
        yield Finding(
            code="manufacture-without-origin",
            severity="error",
            place=f"{row.place}/emissions",
            message="Hardware manufacture is declared, but the making and lifetime of the machines "
            "or the duration of the runs are not.",
            found=shown(emitted.value, "gCO2e"),
            suggestion="name the machines in a hardware.yaml and assess again",
        )
        return
    yield from Comparison(
        code="manufacture-mismatch",
        place=f"{row.place}/emissions",
        claim="Hardware manufacture is not making × count × share × duration ÷ lifetime",
        found=emitted.value,
        expected=sum(each.part(duration.value) for each in made),
        unit="gCO2e",
        working=" + ".join(each.working(duration.value) for each in made),
    ).findings(row.activity)
