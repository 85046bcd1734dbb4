"""I read the figure that a card declares, however it is spelt, and say what is odd about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from carbonlabel.linting.words import is_placeholder
from carbonlabel.model.units import SCALES

_LARGEST: Final = Decimal("1e30")
_SMALLEST: Final = Decimal("1e-30")
_LONGEST_COUNT: Final = 200
_NUMBER: Final = r"\d{1,30}(?:\.\d{0,40})?|\.\d{1,40}"
_PLAIN: Final = re.compile(rf"[-+]?(?:{_NUMBER})", re.ASCII)
_EXPONENT: Final = re.compile(rf"[-+]?(?:{_NUMBER})[eE][-+]?\d{{1,4}}", re.ASCII)
_UNDERSCORED: Final = re.compile(r"[-+]?\d{1,3}(?:_\d{3})+(?:\.\d+)?", re.ASCII)
_OCTAL: Final = re.compile(r"[-+]?0\d+", re.ASCII)
_COMMAS: Final = r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}"
_CO2: Final = r"CO(?:2|₂|\$?_\{?2\}?\$?|<sub>2</sub>)[\s_-]{0,2}(?:eq?|equivalents?)?\.?"
_MASSES: Final = {
    "mg": "mgCO2e",
    "milligram": "mgCO2e",
    "g": "gCO2e",
    "gr": "gCO2e",
    "gram": "gCO2e",
    "gramme": "gCO2e",
    "kg": "kgCO2e",
    "kilogram": "kgCO2e",
    "kilogramme": "kgCO2e",
    "kilo": "kgCO2e",
    "t": "tCO2e",
    "ton": "tCO2e",
    "tonne": "tCO2e",
    "metric ton": "tCO2e",
    "lb": "lbCO2e",
    "pound": "lbCO2e",
}
MASS: Final = (
    r"mg|milligrams?|kgs?|kilogram(?:me)?s?|kilos?|gram(?:me)?s?|gr?|metric\s+tons?|tonnes?|tons?"
    r"|t|lbs?|pounds?"
)
"""The units of mass that people write, as a pattern."""
CO2: Final = _CO2
"""The ways to write CO₂e, as a pattern."""
_TEXT: Final = re.compile(
    rf"(?:~|≈|about|approx\.?|approximately|ca\.?)?\s*"
    rf"(?P<number>[-+]?(?:{_COMMAS}|(?:{_NUMBER})(?:[eE][-+]?\d{{1,4}})?))"
    rf"\s*(?:in\s+)?(?P<unit>{MASS})?\s*(?:of\s+)?(?:{_CO2})?\s*\.?",
    re.IGNORECASE | re.ASCII,
)
_ENERGY: Final = re.compile(
    rf"(?P<number>(?:{_NUMBER})(?:[eE][-+]?\d{{1,3}})?)\s*(?P<unit>[mkMGT]?Wh)?", re.ASCII
)


@dataclass(slots=True)
class Figure:
    """A figure as it is spelt, and what it comes to."""

    rules: tuple[str, ...] = ()
    """Codes of the rules that its spelling breaks."""
    grams: Decimal | None = None
    """What it comes to in gCO2e; None where it cannot be read."""


def figure(text: str, kind: str) -> Figure:
    """The figure of a scalar; `kind` is how YAML takes it: int, float, str, null or bool.

    >>> figure("1.2 kg", "str")
    Figure(rules=('value-is-string',), grams=Decimal('1200.0'))
    """
    if kind in {"int", "float"}:
        return _number(text)
    if kind == "null" and not text.strip("~ "):
        return Figure(("emissions-missing",))
    if kind != "other" and is_placeholder(text):
        return Figure(("placeholder",))
    return _text(text)


def energy_kwh(text: str) -> Decimal | None:
    """The energy in kWh that a value says, as a bare number or with a unit; None if it says none.

    >>> energy_kwh("0.5"), energy_kwh("500 Wh"), energy_kwh("a lot")
    (Decimal('0.5'), Decimal('0.500'), None)
    """
    said = _ENERGY.fullmatch(text[:_LONGEST_COUNT].strip())
    if said is None:
        return None
    value = _decimal(said["number"])
    return None if value is None else value * _scale(SCALES["kWh"][said["unit"] or "kWh"])


def in_grams(number: str, unit: str | None) -> Decimal | None:
    """A mass in gCO2e, of a number that may have commas and a unit as people write it.

    None for a number out of this world, and for "Mg", which may be milligrams or tonnes.
    """
    value = _decimal(number.replace(",", ""))
    return None if value is None or unit == "Mg" else value * _grams_in(unit or "g")


def spelt(grams: Decimal) -> str:
    """A number as every reader takes it: no exponent, no trailing zeros.

    >>> spelt(Decimal("5.07E-6")), spelt(Decimal("5600.0"))
    ('0.00000507', '5600')
    """
    text = f"{grams:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(text: str) -> Figure:
    if _EXPONENT.fullmatch(text):
        value = _decimal(text)
        return Figure(("number-misread",) if value is None else ("exponent",), value)
    if _UNDERSCORED.fullmatch(text):
        return Figure(("number-misread",), _decimal(text.replace("_", "")))
    if not _PLAIN.fullmatch(text) or _OCTAL.fullmatch(text):
        return Figure(("number-misread",))
    return Figure((), Decimal(text))


def _text(text: str) -> Figure:
    said = _TEXT.fullmatch(text.strip()) if len(text) <= _LONGEST_COUNT else None
    if said is None:
        return Figure(("value-is-string",))
    number = said["number"]
    exponent = ("exponent",) if "e" in number.lower() else ()
    return Figure(("value-is-string", *exponent), in_grams(number, said["unit"]))


def _decimal(text: str) -> Decimal | None:
    """The number, where it is of this world."""
    value = Decimal(text)
    return value if value == 0 or _SMALLEST <= abs(value) <= _LARGEST else None


def _grams_in(unit: str) -> Decimal:
    word = " ".join(unit.lower().split())
    name = _MASSES.get(word) or _MASSES[word.rstrip("s")]
    return _scale(SCALES["gCO2e"][name])


def _scale(factor: float) -> Decimal:
    return Decimal(repr(factor)).normalize() if factor % 1 else Decimal(int(factor))
