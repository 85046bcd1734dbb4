"""I turn a quantity into the digits that its doubt allows, in the unit that reads best.

All steps are decimal arithmetic, half away from zero; binary floats only arrive here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Final, NamedTuple

from carbonlabel.documents.language import decimals, say
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.units import SCALES, Unit

NARROW_SPACE: Final = "\u202f"
NO_BREAK_SPACE: Final = "\u00a0"
FINEST: Final = -3
"""No more than three decimals, in whatever unit: what is smaller is "< 0.001"."""

_LEAST: Final = Decimal("1E-6")
"""What is smaller and stands alone is told to be so: nobody counts the zeros."""
_EXACT: Final = Context(prec=700)  # any two finite floats differ by fewer digits
_SHIFT_AT: Final = Decimal(1000)
_DIGITS_OF_DOUBT: Final = 2
_DIGITS_WITHOUT_DOUBT: Final = 2
_MOST_DIGITS: Final = 5
_DEEPER: Final = 3
_GROUPED_FROM: Final = 4
_RAISED: Final = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")

_SHOWN: Final[Mapping[Unit, Sequence[tuple[str, str]]]] = {
    "gCO2e": (
        ("mgCO2e", "mg CO₂e"),
        ("gCO2e", "g CO₂e"),
        ("kgCO2e", "kg CO₂e"),
        ("tCO2e", "t CO₂e"),
        ("ktCO2e", "kt CO₂e"),
    ),
    "kWh": (("mWh", "mWh"), ("Wh", "Wh"), ("kWh", "kWh"), ("MWh", "MWh"), ("GWh", "GWh")),
    "gCO2e/kWh": (("gCO2e/kWh", "g CO₂e/kWh"),),
    "L": (("mL", "mL"), ("L", "L"), ("m3", "m³")),
    "L/kWh": (("L/kWh", "L/kWh"),),
    "kgSbeq": (
        ("µgSbeq", "µg Sb eq"),
        ("mgSbeq", "mg Sb eq"),
        ("gSbeq", "g Sb eq"),
        ("kgSbeq", "kg Sb eq"),
    ),
    "ratio": (("", ""),),
}


class Reading(NamedTuple):
    """A value with the ends of its interval as decimals, in one unit."""

    value: Decimal
    low: Decimal | None = None
    high: Decimal | None = None

    def over(self, scale: Decimal) -> Reading:
        """The same quantity in a unit that is `scale` of the present one."""
        ends = (None if end is None else _EXACT.divide(end, scale) for end in (self.low, self.high))
        return Reading(_EXACT.divide(self.value, scale), *ends)

    @property
    def half_width(self) -> Decimal:
        """Half of the interval: the expanded uncertainty of an interval that may be lopsided."""
        if self.low is None or self.high is None:
            return Decimal(0)
        return _EXACT.divide(_EXACT.subtract(self.high, self.low), Decimal(2))

    @property
    def given_place(self) -> int:
        """The finest decimal place in which any of the three numbers has a digit."""
        numbers = [each for each in (self.value, self.low, self.high) if each]
        return min((_last_digit(each) for each in numbers), default=0)


class Scaled(NamedTuple):
    """A reading in the unit that reads best, with the decimal place that its doubt fixes."""

    reading: Reading
    unit: str
    scale: Decimal
    place: int
    """Of the value: never finer than the digits that were given."""
    range_place: int
    """Of its range, which has one digit less than the value, but no fewer than two."""


class Figure(NamedTuple):
    """One quantity in words."""

    value: str
    unit: str
    range: str
    """`27–64`; empty where no interval is known."""
    ends: tuple[str, str] | None

    @property
    def text(self) -> str:
        """Value and unit, held together by a no-break space."""
        return joined(self.value, self.unit)


def reading(quantity: Estimate) -> Reading:
    """The exact decimals of a quantity, in its base unit."""
    return Reading(
        decimal(quantity.value),
        None if quantity.low is None else decimal(quantity.low),
        None if quantity.high is None else decimal(quantity.high),
    )


def decimal(value: float) -> Decimal:
    """The decimal that a float is written as.

    >>> decimal(0.1)
    Decimal('0.1')
    """
    return Decimal(repr(value))


def total(values: Sequence[Decimal]) -> Decimal:
    """The exact sum of some decimals."""
    result = Decimal(0)
    for value in values:
        result = _EXACT.add(result, value)
    return result


def figure(quantity: Estimate) -> Figure:
    """A quantity that stands alone, rounded by its own doubt, in the unit that reads best."""
    return figure_of(scaled(reading(quantity), quantity.unit))


def figure_of(found: Scaled) -> Figure:
    """The words of a scaled reading."""
    value = rounded(found.reading.value, found.place)
    both = ends(found.reading, found.range_place, value)
    shown = written(found.reading.value, value, found.place)
    return Figure(shown, found.unit, "–".join(both) if both else "", both)


def scaled(quantity: Reading, unit: Unit) -> Scaled:
    """The reading in the smallest unit in which its rounded value stays below 1 000.

    Rounding comes first: 999.6 g at no decimals is 1.0 kg.
    """
    for key, shown in _units_for(quantity, unit):
        found = _in_unit(quantity, shown, decimal(SCALES[unit][key]))
        there = found.reading
        if rounded(there.value or there.high or there.value, found.place) < _SHIFT_AT:
            break
    return found


def scaled_to(quantity: Reading, like: Scaled) -> Scaled:
    """The reading in the unit of another, with its own decimal place."""
    return _in_unit(quantity, like.unit, like.scale)


def _in_unit(quantity: Reading, unit: str, scale: Decimal) -> Scaled:
    there = quantity.over(scale)
    place = doubt_place(there)
    first = _first_digit(there.value) if there.value else place
    shown_place = max(place, min(there.given_place, first))
    digits = first - shown_place + 1
    coarser = 1 if digits > _DIGITS_OF_DOUBT else 0
    return Scaled(there, unit, scale, shown_place, range_place=max(shown_place, place + coarser))


def doubt_place(quantity: Reading) -> int:
    """The power of ten of the last digit that the doubt allows: −1 for one decimal.

    Half of the 95 % interval to two significant digits fixes it (GUM 7.2.6); without an interval
    the value has two significant digits. Never coarser than the value's first digit, never finer
    than its fifth.
    """
    if not quantity.value and not quantity.half_width:
        return 0
    first = _first_digit(quantity.value or quantity.half_width)
    if quantity.half_width:
        place = _first_digit(quantity.half_width, _DIGITS_OF_DOUBT) - _DIGITS_OF_DOUBT + 1
    elif quantity.low is None:
        first = _first_digit(quantity.value, _DIGITS_WITHOUT_DOUBT)
        place = first - _DIGITS_WITHOUT_DOUBT + 1
    else:
        place = quantity.given_place
    return max(min(place, first), first - _MOST_DIGITS + 1, FINEST)


def rounded(value: Decimal, place: int) -> Decimal:
    """The value at a decimal place, half away from zero.

    >>> rounded(Decimal("50.5"), 0)
    Decimal('51')
    """
    return value.quantize(_step(place), ROUND_HALF_UP, _EXACT)


def written(value: Decimal, shown: Decimal, place: int) -> str:
    """The digits of `shown`, which stands for `value`: never 0 for what is not zero."""
    if shown or not value:
        return grouped(shown or Decimal(0))
    return f"<{NO_BREAK_SPACE}{grouped(_step(place))}"


def ends(quantity: Reading, place: int, beside: Decimal) -> tuple[str, str] | None:
    """The ends of the interval, low rounded down and high up at `place`; None where there is none.

    A low end that would read 0 gets the digits it needs. The ends enclose `beside`, the value as
    it is printed.
    """
    if quantity.low is None or quantity.high is None:
        return None
    low_place = _low_place(quantity.low, place)
    low = quantity.low.quantize(_step(low_place), ROUND_FLOOR, _EXACT)
    high = quantity.high.quantize(_step(place), ROUND_CEILING, _EXACT)
    low, high = min(low, beside), max(high, beside)
    return written(quantity.low, low, low_place), written(quantity.high, high, place)


def _low_place(low: Decimal, place: int) -> int:
    for finer in range(place, place - _DEEPER, -1):
        if not low or low >= _step(finer):
            return finer
    return place


def grouped(number: Decimal) -> str:
    """Digits in threes from four digits on, without exponent.

    >>> grouped(Decimal("1.08299E+6")).replace(NARROW_SPACE, "_")
    '1_082_990'
    """
    whole, point, rest = f"{number:f}".partition(".")
    if len(whole) >= _GROUPED_FROM:
        whole = f"{int(whole):,}".replace(",", NARROW_SPACE)
    return f"{whole}{decimals(point)}{rest}"


def joined(value: str, unit: str) -> str:
    """Value and unit, held together by a no-break space."""
    return f"{value}{NO_BREAK_SPACE}{unit}" if unit else value


def significant(value: float, digits: int) -> str:
    """A value at some significant digits, without exponent, or that it is below a millionth.

    >>> significant(6.04487345, 2)
    '6.0'
    """
    exact = decimal(value)
    if exact < _LEAST:
        return written(exact, Decimal(0), _LEAST.adjusted())
    return grouped(rounded(exact, _first_digit(exact, digits) - digits + 1))


def shortest(value: float, digits: int) -> str:
    """A value at no more than some significant digits, for machines: no exponent, no grouping.

    >>> shortest(4.64316058e-05, 6)
    '0.0000464316'
    """
    exact = decimal(value)
    if not exact:
        return "0"
    number = rounded(exact, _first_digit(exact, digits) - digits + 1)
    return f"{number.normalize(_EXACT):f}"


def brief(value: float, digits: int) -> str:
    """A value at no more than some significant digits, for people: their sign, digits in threes.

    >>> brief(1.5600, 4), brief(5e-324, 4).replace(NO_BREAK_SPACE, "_")
    ('1.56', '<_0.000001')
    """
    exact = decimal(value)
    if exact < _LEAST:
        return written(exact, Decimal(0), _LEAST.adjusted())
    return grouped(Decimal(shortest(value, digits)))


def raised(exponent: int) -> str:
    """The exponent as it stands behind a 10.

    >>> raised(23), raised(-7)
    ('²³', '⁻⁷')
    """
    return str(exponent).translate(_RAISED)


def plainly_spaced(text: str) -> str:
    """The text with ordinary spaces, for what knows no others."""
    return text.replace(NO_BREAK_SPACE, " ").replace(NARROW_SPACE, " ")


def between(low: str, high: str) -> str:
    """Both ends of a range in words: `27 to 64`."""
    return say("{low} to {high}", low=low, high=high)


def percentages(shares: Sequence[float]) -> tuple[int, ...]:
    """Whole percentages that add up to 100, by the largest remainder; empty if all are zero.

    No share above zero becomes 0, so none below one becomes 100.

    >>> percentages([0.0, 0.784, 0.216])
    (0, 78, 22)
    """
    exact = [decimal(share) for share in shares]
    whole = total(exact)
    if not whole:
        return ()
    quotas = [_EXACT.divide(100 * share, whole) for share in exact]
    percents = [int(quota) for quota in quotas]
    by_rest = sorted(range(len(quotas)), key=lambda at: percents[at] - quotas[at])
    for at in by_rest[: 100 - sum(percents)]:
        percents[at] += 1
    for at, share in enumerate(exact):
        if share and not percents[at]:
            percents[at] = 1
            percents[percents.index(max(percents))] -= 1
    return tuple(percents)


def _units_for(quantity: Reading, unit: Unit) -> Sequence[tuple[str, str]]:
    shown = _SHOWN[unit]
    if quantity.value or quantity.high:
        return shown
    return [each for each in shown if SCALES[unit][each[0]] == 1]


def _first_digit(value: Decimal, digits: int = _MOST_DIGITS) -> int:
    # 9.96 at two digits is 10: its first digit moves with the rounding.
    place = value.adjusted() - digits + 1
    return rounded(value, place).adjusted()


def _last_digit(value: Decimal) -> int:
    exponent = value.normalize(_EXACT).as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _step(place: int) -> Decimal:
    return Decimal(1).scaleb(place)
