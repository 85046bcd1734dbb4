"""I am the only place where one unit becomes another.

Base units everywhere inside: kWh, gCO2e, gCO2e/kWh, L, L/kWh, kgSbeq, s, W, FLOP, FLOP/s, ratio.
Every factor is exact by definition but the year, which is 8 760 h by the project's ruling.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

Unit = Literal[
    "kWh", "gCO2e", "gCO2e/kWh", "L", "L/kWh", "kgSbeq", "s", "W", "FLOP", "FLOP/s", "ratio"
]

_S_PER_H: Final = 3600.0
_S_PER_DAY: Final = 86_400.0
_H_PER_YEAR: Final = 8760.0
_J_PER_KWH: Final = 3.6e6
_G_PER_KG: Final = 1000.0
_G_PER_LB: Final = 453.59237
_KWH_PER_MWH: Final = 1000.0
_MS_PER_S: Final = 1000
_MW_PER_W: Final = 1000
_UW_PER_MW: Final = 1000
_UJ_PER_MJ: Final = 1000
_UJ_PER_J: Final = 1_000_000
_HALF_UJ_PER_KWH: Final = 7_200_000_000_000
_FINEST: Final = 10**9
"""No factor has a larger denominator: 1 µg is 10⁻⁹ kg, 1 J is 1/3 600 000 kWh."""

HOUR_MS: Final = 3_600_000
"""One hour in ms."""

GIGABYTES: Final = {"GB": 1.0, "TB": 1e3, "PB": 1e6}
"""How many GB one unit of capacity is, in the powers of ten in which drives are sold."""

SCALES: Final[dict[Unit, dict[str, float]]] = {
    "kWh": {
        "mWh": 1e-6,
        "Wh": 1e-3,
        "kWh": 1.0,
        "MWh": 1e3,
        "GWh": 1e6,
        "TWh": 1e9,
        "J": 1 / _J_PER_KWH,
        "kJ": 1e3 / _J_PER_KWH,
        "MJ": 1e6 / _J_PER_KWH,
        "GJ": 1e9 / _J_PER_KWH,
    },
    "gCO2e": {
        "mgCO2e": 1e-3,
        "gCO2e": 1.0,
        "kgCO2e": _G_PER_KG,
        "tCO2e": 1e6,
        "ktCO2e": 1e9,
        "lbCO2e": _G_PER_LB,
    },
    "gCO2e/kWh": {
        "gCO2e/kWh": 1.0,
        "kgCO2e/kWh": _G_PER_KG,
        "tCO2e/MWh": _G_PER_KG,
        "kgCO2e/MWh": 1.0,
        "lbCO2e/MWh": _G_PER_LB / _KWH_PER_MWH,
        "mgCO2e/kWh": 1e-3,
    },
    "L": {"mL": 1e-3, "L": 1.0, "m3": 1e3, "m³": 1e3},
    "L/kWh": {"L/kWh": 1.0, "mL/kWh": 1e-3, "m3/MWh": 1.0, "m³/MWh": 1.0},
    "kgSbeq": {"µgSbeq": 1e-9, "mgSbeq": 1e-6, "gSbeq": 1e-3, "kgSbeq": 1.0},
    "s": {
        "ms": 1e-3,
        "s": 1.0,
        "min": 60.0,
        "h": _S_PER_H,
        "d": _S_PER_DAY,
        "days": _S_PER_DAY,
        "years": _H_PER_YEAR * _S_PER_H,
    },
    "W": {"mW": 1e-3, "W": 1.0, "kW": 1e3, "MW": 1e6},
    "FLOP": {"FLOP": 1.0, "GFLOP": 1e9, "TFLOP": 1e12, "PFLOP": 1e15, "EFLOP": 1e18, "ZFLOP": 1e21},
    "FLOP/s": {"FLOP/s": 1.0, "GFLOP/s": 1e9, "TFLOP/s": 1e12, "PFLOP/s": 1e15},
    "ratio": {"": 1.0, "%": 0.01},
}
"""For each base unit: the units we accept and print, and how many base units one of them is."""


def exactly(scale: float) -> Fraction:
    """The factor that a scale of a unit stands for, without the rounding of floating point.

    >>> exactly(SCALES["kWh"]["MJ"])
    Fraction(5, 18)
    """
    return Fraction(scale).limit_denominator(_FINEST)


def kwh_from_watt_seconds(power_w: float, duration_s: float) -> float:
    """Energy in kWh of a mean power in W held for a duration in s.

    >>> kwh_from_watt_seconds(power_w=300, duration_s=3600)
    0.3
    """
    return power_w * duration_s / _J_PER_KWH


def kwh_from_joules(energy_j: float) -> float:
    """Energy in kWh of an energy in J.

    >>> kwh_from_joules(3_600_000)
    1.0
    """
    return energy_j / _J_PER_KWH


def grams_from_kilograms(mass_kg: float) -> float:
    """Mass in g of a mass in kg."""
    return mass_kg * _G_PER_KG


def seconds_from_hours(duration_h: float) -> float:
    """Duration in s of a duration in h."""
    return duration_h * _S_PER_H


def hours_from_seconds(duration_s: float) -> float:
    """Duration in h of a duration in s."""
    return duration_s / _S_PER_H


def seconds_from_years(duration_years: float) -> float:
    """Duration in s of a duration in years of 8 760 h."""
    return duration_years * _H_PER_YEAR * _S_PER_H


def years_from_seconds(duration_s: float) -> float:
    """Duration in years of 8 760 h of a duration in s."""
    return duration_s / (_H_PER_YEAR * _S_PER_H)


def seconds_from_clock(hours: int, minutes: int, seconds: float) -> float:
    """Duration in s of a clock reading H:MM:SS.

    >>> seconds_from_clock(0, 0, 2.22)
    2.22
    """
    return hours * _S_PER_H + minutes * SCALES["s"]["min"] + seconds


def kwh_from_half_microjoules(energy_half_uj: int) -> float:
    """Energy in kWh, rounded once, of an energy in halves of a µJ.

    >>> kwh_from_half_microjoules(7_200_000_000_000)
    1.0
    """
    return energy_half_uj / _HALF_UJ_PER_KWH


def microjoules_from_millijoules(energy_mj: Decimal) -> int:
    """Energy in whole µJ of an energy in mJ."""
    return round(energy_mj * _UJ_PER_MJ)


def microjoules_from_joules(energy_j: Decimal) -> int:
    """Energy in whole µJ of an energy in J."""
    return round(energy_j * _UJ_PER_J)


def milliwatts_from_watts(power_w: float) -> int:
    """Power in whole mW of a power in W.

    >>> milliwatts_from_watts(250.12)
    250120
    """
    return round(power_w * _MW_PER_W)


def milliwatts_from_microwatts(power_uw: float) -> int:
    """Power in whole mW of a power in µW."""
    return round(power_uw / _UW_PER_MW)


def milliseconds_from_seconds(duration_s: float) -> int:
    """Duration in whole ms of a duration in s."""
    return round(duration_s * _MS_PER_S)


def seconds_from_milliseconds(duration_ms: int) -> float:
    """Duration in s of a duration in ms."""
    return duration_ms / _MS_PER_S
