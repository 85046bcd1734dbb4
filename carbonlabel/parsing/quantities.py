"""I read quantities as people type them: "18 kWh", "900 kgCO2e", "0.3 L/kWh", "4 years", "1.2"."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from carbonlabel.errors import MalformedInput
from carbonlabel.model.estimate import Basis, Estimate
from carbonlabel.model.units import SCALES, Unit, exactly

NUMBER: Final = r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?"
"""A number as we accept it: digits, at most one decimal point, an exponent if need be."""

_LONGEST_COUNT: Final = 64
_SHOWN_COUNT: Final = 40
# Wider than anything in the world, and narrow enough for products of several figures.
_LARGEST: Final = 1e30
_SMALLEST: Final = Fraction(1, 10**30)
_DIGITS: Final = frozenset(".0123456789")
_HALF: Final = Fraction(1, 2)
_LEADING = re.compile(rf"(?P<number>{NUMBER})(?P<unit>.*)", re.DOTALL)
_SEPARATED = re.compile(r"[0-9]+[,'’_ \u00a0\u202f\u2009][0-9].*", re.DOTALL)
_CO2E: Final = r"\s*CO[2₂](?:[- ]?(?:eq|e)\.?)?"
_SBEQ: Final = r"\s*Sb[- ]?(?:eq|e)\.?"
_OTHER_NAMES: Final[dict[str, str]] = {
    "s": r"s|sec|seconds?",
    "min": r"min|minutes?",
    "h": r"h|hrs?|hours?",
    "days": r"days?",
    "years": r"years?|yr|a",
    "tCO2e": rf"(?:t|tonnes?)(?:{_CO2E})?",
    "L": r"[lL]|lit(?:re|er)s?",
}


class Quantity(NamedTuple):
    """A typed figure in a base unit, with its 95 % interval where one was typed or implied."""

    value: float
    low: float | None
    high: float | None
    unit: Unit
    source: str | None = None
    """What the person cites for it, as free text."""
    has_stated_range: bool = False
    """Whether low and high were typed, not implied."""

    def estimate(self, basis: Basis, source: str) -> Estimate:
        """The same as a quantity of a disclosure that cites `source`, a key of its inputs."""
        return Estimate(
            value=self.value,
            low=self.low,
            high=self.high,
            unit=self.unit,
            basis=basis,
            source=source,
        )


def quantity(
    text: str, unit: Unit, *, where: str, implied_range: bool = True, bare: str | None = None
) -> Quantity:
    """The figure that `text` says, in `unit`.

    With `implied_range` the interval is half a unit of the last place that was typed, never below
    zero; without, there is none. `bare` is the unit of a number that stands alone.

    >>> quantity("18 kWh", "kWh", where="manual.yaml:5 energy")
    Quantity(value=18.0, low=17.5, high=18.5, unit='kWh', source=None, has_stated_range=False)

    Raises:
        MalformedInput: no number, a negative or too large one, separators, or no such unit.
    """
    written, scale = _read(text, unit, where, bare)
    number, exponent = Fraction(written), _exponent(written)
    value = _float(number * scale, text, where)
    if not implied_range:
        return Quantity(value, None, None, unit)
    half = _HALF * Fraction(10) ** exponent
    if half * scale > _LARGEST:
        raise _out_of_range(text, where)
    low, high = max(number - half, Fraction(0)) * scale, (number + half) * scale
    return Quantity(value, float(low), float(high), unit)


def stated_quantity(
    fields: Mapping[str, str],
    unit: Unit,
    *,
    where: str,
    implied_range: bool = True,
    bare: str | None = None,
) -> Quantity:
    """The figure of a mapping `{value, low, high, unit, source}`, in `unit`.

    `value` must be there; `low` and `high` only together. The unit stands in `unit`, or behind
    each number.

    Raises:
        MalformedInput: as `quantity`; or one end without the other; or ends that do not enclose.
    """
    numbers = _with_unit(fields, unit, where)
    ends = [key for key in ("low", "high") if key in numbers]
    if len(ends) == 1:
        raise MalformedInput(f"has {ends[0]} alone", where=where, hint="state low and high")
    read = functools.partial(quantity, unit=unit, bare=bare)
    middle = read(
        numbers["value"], where=f"{where}.value", implied_range=implied_range and not ends
    )
    if not ends:
        return Quantity(middle.value, middle.low, middle.high, unit, fields.get("source"))
    low, high = (
        read(numbers[key], where=f"{where}.{key}", implied_range=False).value for key in ends
    )
    if not low <= middle.value <= high:
        raise MalformedInput("low ≤ value ≤ high does not hold", where=where)
    return Quantity(middle.value, low, high, unit, fields.get("source"), has_stated_range=True)


@functools.cache
def pattern(unit: Unit, bare: str | None = None) -> str:
    """A regular expression, for Python and for JSON Schema, that all texts of this unit match.

    `bare` is the unit of a number that stands alone; without it, a number needs its unit.
    """
    names = "|".join(_spellings(unit))
    optional = "?" if bare is not None or "" in SCALES[unit] else ""
    return rf"^\s*\+?{NUMBER}(?:\s*(?:{names})){optional}\s*$"


def unit_pattern(unit: Unit) -> str:
    """A regular expression, for Python and for JSON Schema, that all names of this unit match."""
    return rf"^\s*(?:{'|'.join(_spellings(unit))})\s*$"


def whole_number(text: str, *, where: str) -> int:
    """The count that `text` says, at least 1.

    Raises:
        MalformedInput: it is none.
    """
    if not re.fullmatch(r"0*[1-9][0-9]{0,8}", text.strip(), re.ASCII):
        raise MalformedInput(
            f"{_shown(text)} is no count", where=where, hint="write a whole number from 1 on"
        )
    return int(text.strip())


def _read(text: str, unit: Unit, where: str, bare: str | None) -> tuple[Decimal, Fraction]:
    """The number as typed, and how many `unit` one of its units is."""
    plain = text.strip().removeprefix("+")
    split = _LEADING.fullmatch(plain) if len(plain) <= _LONGEST_COUNT else None
    if split is None or _SEPARATED.fullmatch(plain) or split["unit"][:1] in _DIGITS:
        raise _no_number(plain, unit, where)
    name = split["unit"].strip()
    scale = _scale(bare if not name and bare is not None else name, unit)
    if scale is None:
        raise _no_unit(split["number"], name, unit, where)
    # Exact numbers stay what a person would write: 8.05 kg is 8050 g, not 8050.0…01, and 10.8 MJ
    # is 3 kWh.
    return Decimal(split["number"]), exactly(scale)


def _scale(name: str, unit: Unit) -> float | None:
    for canonical, spelling in zip(_named(unit), _spellings(unit), strict=True):
        if re.fullmatch(spelling, name):
            return SCALES[unit][canonical]
    return None if name else SCALES[unit].get(name)


def _named(unit: Unit) -> tuple[str, ...]:
    """The accepted units that have a name; a ratio's plain number has none."""
    return tuple(name for name in SCALES[unit] if name)


@functools.cache
def _spellings(unit: Unit) -> tuple[str, ...]:
    """For each named unit, a regular expression of the ways to write it."""
    return tuple(_spelling(name) for name in _named(unit))


def _spelling(name: str) -> str:
    if name in _OTHER_NAMES:
        return _OTHER_NAMES[name]
    carbon = name.replace("CO2e", f"(?:{_CO2E})?").replace("Sbeq", _SBEQ)
    return carbon.replace("L/", "[lL]/").replace("/", r"(?:\s*/\s*|\s+per\s+)")


def _exponent(number: Decimal) -> int:
    """The power of ten of the last place that was typed."""
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _float(number: Fraction, text: str, where: str) -> float:
    if number > _LARGEST or 0 < number < _SMALLEST:
        raise _out_of_range(text, where)
    return float(number)


def _out_of_range(text: str, where: str) -> MalformedInput:
    return MalformedInput(
        f"{_shown(text)} is out of range", where=where, hint="is the exponent right?"
    )


def _with_unit(fields: Mapping[str, str], unit: Unit, where: str) -> dict[str, str]:
    """The texts of value, low and high, with the mapping's unit behind each."""
    if "value" not in fields:
        raise MalformedInput("has no value", where=where, hint=f"state value: {_example(unit)}")
    numbers = {key: fields[key] for key in ("value", "low", "high") if key in fields}
    name = fields.get("unit")
    if name is None:
        return numbers
    for key, text in numbers.items():
        if not re.fullmatch(rf"\s*[-−+]?{NUMBER}\s*", text):
            raise MalformedInput(
                f"{_shown(text)} is no plain number",
                where=f"{where}.{key}",
                hint="the unit stands once: behind each number, or in `unit`",
            )
    return {key: f"{text} {name}" for key, text in numbers.items()}


def _no_number(text: str, unit: Unit, where: str) -> MalformedInput:
    if not text:
        return MalformedInput("is empty", where=where, hint="leave it out, or state a figure")
    if _SEPARATED.fullmatch(text):
        hint = "write 1234.5: no thousands separators, a point for decimals"
    elif re.match(r"[-−–][0-9.]", text):
        return MalformedInput(f"{_shown(text)} is negative", where=where)
    elif re.match(r"[+-]?(nan|inf)", text.lower()):
        hint = "state a finite number, or leave it out"
    else:
        hint = f"write it like {_example(unit)}"
    return MalformedInput(f"{_shown(text)} is no quantity", where=where, hint=hint)


def _no_unit(number: str, name: str, unit: Unit, where: str) -> MalformedInput:
    known = _named(unit)
    if not name:
        return MalformedInput(
            f"{number} has no unit", where=where, hint=f"one of {', '.join(known)}"
        )
    near = [each for each in known if each.lower() == name.lower()]
    near = near or difflib.get_close_matches(name, known, n=2)
    hint = f"did you mean {' or '.join(near)}?" if near else f"one of {', '.join(known)}"
    return MalformedInput(f"{_shown(name)} is no unit here", where=where, hint=hint)


def _example(unit: Unit) -> str:
    return "1.2" if unit == "ratio" else f"1.2 {unit}"


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN_COUNT else f"{text[:_SHOWN_COUNT]}…")
