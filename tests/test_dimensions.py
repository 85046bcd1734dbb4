"""Every formula gives the dimension of the field it stands in: pint works them out with units."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pint
import pytest

from carbonlabel import method
from carbonlabel.assessment import compute, manufacture, sci, use
from carbonlabel.model import units

SCRIPTS = str(Path(__file__).parents[1] / "scripts")
if SCRIPTS not in sys.path:
    sys.path.append(SCRIPTS)
simulated_samples = importlib.import_module("simulated_samples")

REGISTRY = pint.UnitRegistry()
for line in (
    *("gCO2e = [climate]", "kgCO2e = 1000 gCO2e", "tCO2e = 1e6 gCO2e", "mgCO2e = 1e-3 gCO2e"),
    *("ktCO2e = 1e9 gCO2e", "lbCO2e = 453.59237 gCO2e"),
    *("kgSbeq = [depletion]", "gSbeq = 1e-3 kgSbeq", "mgSbeq = 1e-6 kgSbeq"),
    *("µgSbeq = 1e-9 kgSbeq", "FLOP = [operation]", "ratio = 1", "per_cent = 0.01"),
    "year_of_accounts = 8760 hour",
):
    REGISTRY.define(line)

SUFFIXES = {
    "gco2e_per_kwh": "gCO2e/kWh",
    "l_per_kwh": "L/kWh",
    "flop_per_s": "FLOP/s",
    "kgsbeq": "kgSbeq",
    "gco2e": "gCO2e",
    "kwh": "kWh",
    "flop": "FLOP",
    "count": "",
    "ratio": "",
    "l": "L",
    "s": "s",
    "w": "W",
}
"""What the last part of a name says of its unit; the longer ones first."""

FUNCTIONS = {
    "compute.device_time_s": "s",
    "compute.training_flop": "FLOP",
    "compute.hardware_flop": "FLOP",
    "compute.utilisation_ratio": "",
    "embodied.embodied": "gCO2e",
    "embodied.depleted": "kgSbeq",
    "embodied.working_life": "s",
    "operational.operational": "gCO2e",
    "operational.overhead": "kWh",
    "operational.it_energy": "kWh",
    "operational.implied_intensity": "gCO2e/kWh",
    "planning.rated_energy_kwh": "kWh",
    "planning.needed_device_s": "s",
    "planning.memory_power_w": "W",
    "rates.share_ratio": "",
    "rates.break_even_count": "",
    "sci.score_gco2e": "gCO2e",
    "water.on_site": "L",
    "water.off_site": "L",
}
"""Every formula of the method, and the unit of what it returns."""

NAMES = {
    **dict.fromkeys(("energy", "it_energy", "facility_energy", "covered", "contract"), "kWh"),
    **dict.fromkeys(("emissions", "operational", "embodied", "training", "contracted"), "gCO2e"),
    **dict.fromkeys(("intensity", "residual"), "gCO2e/kWh"),
    **dict.fromkeys(("wue", "ewif"), "L/kWh"),
    **dict.fromkeys(("on_site", "off_site"), "L"),
    **dict.fromkeys(("duration", "lifetime", "device_time"), "s"),
    **dict.fromkeys(("flop", "flop_per_parameter"), "FLOP"),
    **dict.fromkeys(("pue", "utilisation", "share", "mfu", "count", "per"), ""),
    **dict.fromkeys(("parameters", "active_parameters", "tokens"), ""),
    "making": "gCO2e",
    "minerals": "kgSbeq",
    "peak": "FLOP/s",
}
"""What the names in the formulas of a disclosure stand for."""


def quantity(unit: str, size: float = 1.5) -> Any:  # noqa: ANN401 - pint has no types for its own
    return size * REGISTRY.Quantity(1.0, unit)


def unit_of(name: str) -> str:
    """The unit that the name of an argument says."""
    return next(unit for end, unit in SUFFIXES.items() if name == end or name.endswith(f"_{end}"))


def formulas() -> Iterator[tuple[str, Callable[..., Any]]]:
    """The functions of the method that take plain numbers and return one."""
    for module in pkgutil.iter_modules(method.__path__):
        room = importlib.import_module(f"{method.__name__}.{module.name}")
        for name, each in inspect.getmembers(room, inspect.isfunction):
            signature = inspect.signature(each)
            kinds = {parameter.annotation for parameter in signature.parameters.values()}
            own = each.__module__ == room.__name__ and not name.startswith("_")
            if own and kinds == {"float"} and signature.return_annotation == "float":
                yield f"{module.name}.{name}", each


def test_no_formula_of_the_method_is_forgotten() -> None:
    assert {name for name, _ in formulas()} - {"digits.nine"} == set(FUNCTIONS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_formula_of_the_method_returns_the_unit_that_it_promises(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The only constant in them: W × s into kWh, which pint does by itself.
    planning = importlib.import_module("carbonlabel.method.planning")
    monkeypatch.setattr(planning, "kwh_from_watt_seconds", lambda power, time: power * time)
    formula = dict(formulas())[name]
    arguments = {each: quantity(unit_of(each)) for each in inspect.signature(formula).parameters}

    result = REGISTRY.Quantity(1.0, "") * formula(**arguments)

    assert result.is_compatible_with(FUNCTIONS[name]), f"{result:~}"


def test_market_based_emissions_are_emissions_of_energies() -> None:
    from carbonlabel.method.market import market_based  # noqa: PLC0415 - beside its one test

    kwh, grams = quantity("kWh", 18), quantity("gCO2e/kWh", 500)
    contracts = [(quantity("kWh", 10), 0 * grams), (quantity("kWh", 4), grams / 5)]

    # The sum begins with a plain 0, which pint takes for a zero of any unit.
    assert market_based(kwh, contracts, grams).to("gCO2e").magnitude == pytest.approx(2400)


def worked(formula: str) -> Any:  # noqa: ANN401 - as above
    """A formula of a disclosure with units for its names."""

    def of(node: ast.expr) -> Any:  # noqa: ANN401 - as above
        match node:
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return of(left) + of(right)
            case ast.BinOp(left=left, op=ast.Sub(), right=right):
                return of(left) - of(right)
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                return of(left) * of(right)
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return of(left) / of(right)
            case ast.Constant(value=number):
                return REGISTRY.Quantity(float(number), "")
            case ast.Name(id=name):
                # Different sizes, so that a difference is not zero.
                return quantity(NAMES[name], 2.0 + len(name) / 10)
            case _:
                raise AssertionError(ast.dump(node))

    return of(ast.parse(formula, mode="eval").body)


def written(said: object) -> Iterator[tuple[str, str]]:
    """Every formula of a disclosure with the unit of its figure."""
    if isinstance(said, dict):
        if isinstance(said.get("formula"), str):
            yield said["formula"], said["unit"]
        said = list(said.values())
    if isinstance(said, list):
        for each in said:
            yield from written(each)


WRITTEN = {
    *((formula, "gCO2e") for formula in (*sci.FORMULAS.values(), sci.OF_USE)),
    *((formula, "FLOP") for formula in (compute.BY_TOKENS, compute.BY_ACTIVE, compute.BY_HARDWARE)),
    *((compute.DEVICE_TIME, "s"), (compute.UTILISATION, "ratio")),
    *((use.ENERGY, "kWh"), (use.EMISSIONS, "gCO2e"), (use.WATER, "L"), (use.BREAK_EVEN, "ratio")),
    *((each["making"], "gCO2e") for each in (manufacture._SHARED, manufacture._SHARED_AT_WORK)),
    *((each["minerals"], "kgSbeq") for each in (manufacture._SHARED, manufacture._SHARED_AT_WORK)),
}


def test_every_formula_in_a_disclosure_has_the_dimension_of_its_field() -> None:
    found = {pair for each in simulated_samples.samples() for pair in written(each.said)}

    assert len(found) > 25
    for formula, unit in sorted(found | WRITTEN):
        if formula != "sum":
            # A score per EFLOP counts operations: they are its functional unit, named in its key.
            per = "/FLOP" if formula == sci.FORMULAS[sci.FLOP] else ""
            result = worked(formula)
            assert result.is_compatible_with(unit + per), f"{formula} is no {unit}: {result:~}"


def test_a_sum_is_of_figures_of_its_own_unit() -> None:
    for sample in simulated_samples.samples():
        totals = sample.said["totals"]
        for activity in sample.said["activities"]:
            for part in activity["parts"]:
                assert part["emissions"].get("unit", "gCO2e") == totals["emissions"]["unit"]
                assert part.get("energy", {}).get("unit", "kWh") == totals["energy"]["unit"]
                assert part.get("minerals", {}).get("unit", "kgSbeq") == "kgSbeq"


@pytest.mark.parametrize(
    ("base", "name", "scale"),
    [(base, name, scale) for base, names in units.SCALES.items() for name, scale in names.items()],
)
def test_every_unit_at_the_door_is_the_one_that_pint_knows(
    base: str, name: str, scale: float
) -> None:
    spelled = {"": "ratio", "%": "per_cent", "years": "year_of_accounts"}.get(name, name)
    spelled = re.sub(r"^m³", "m3", spelled)
    spelled = re.sub(r"\bm3\b", "m**3", spelled)

    assert quantity(spelled, 1.0).to(base).magnitude == pytest.approx(scale, rel=1e-12)


@pytest.mark.parametrize(
    ("convert", "start", "end"),
    [
        (units.kwh_from_joules, "J", "kWh"),
        (units.grams_from_kilograms, "kgCO2e", "gCO2e"),
        (units.seconds_from_hours, "hour", "s"),
        (units.hours_from_seconds, "s", "hour"),
        (units.seconds_from_years, "year_of_accounts", "s"),
        (units.years_from_seconds, "s", "year_of_accounts"),
        (units.seconds_from_milliseconds, "ms", "s"),
    ],
)
def test_every_conversion_is_the_one_that_pint_makes(
    convert: Callable[[float], float], start: str, end: str
) -> None:
    assert convert(1234) == pytest.approx(quantity(start, 1234).to(end).magnitude, rel=1e-12)


def test_power_over_time_is_energy_as_pint_has_it() -> None:
    expected = (quantity("W", 300) * quantity("s", 36_000)).to("kWh").magnitude

    assert units.kwh_from_watt_seconds(300, 36_000) == pytest.approx(expected, rel=1e-12)
