"""I take plain amounts and names out of foreign records, or name the field that holds none."""

from __future__ import annotations

import re
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.model.estimate import Basis, Estimate
from carbonlabel.model.units import Unit

_LARGEST: Final = 1e30
_SMALLEST: Final = 1e-30
_LONGEST_COUNT: Final = 40
_LONGEST_NAME_COUNT: Final = 120
_NUMBER: Final = re.compile(r"[+-]?\d{1,30}(?:\.\d{0,30})?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_LIKE_A_FIGURE: Final = re.compile(
    r"[-+−–]?[\d.,:'’_ ]+(?:e[-+]?\d+)?\s*[a-z%µ/]{0,8}|[-+]?(?:nan|inf|infinity)|", re.IGNORECASE
)
_BLANK: Final = frozenset(("", "none", "null"))


def number(found: object, *, where: str) -> float | None:
    """The number that a JSON value or the text of a cell is; None where it is blank or null.

    >>> number("13.9", where="log.csv:2 energy")
    13.9

    Raises:
        MalformedInput: it is neither, or out of range.
    """
    if found is None or (isinstance(found, str) and found.strip().lower() in _BLANK):
        return None
    value = _value(found, where)
    if abs(value) > _LARGEST or 0 < abs(value) < _SMALLEST:
        raise _wrong(found, "is out of range", where)
    return value


def amount(found: object, *, where: str) -> float | None:
    """As `number`, and never negative.

    Raises:
        MalformedInput: it is no amount.
    """
    value = number(found, where=where)
    if value is not None and value < 0:
        raise _wrong(found, "is negative", where)
    return value


def needed(found: object, *, where: str) -> float:
    """As `amount`, and never blank.

    Raises:
        MalformedInput: it is no amount, or there is none.
    """
    value = amount(found, where=where)
    if value is None:
        raise MalformedInput("the figure is missing", where=where, hint=_HINT)
    return value


def name(found: object) -> str | None:
    """A name in one line of at most 120 characters; None where it is none, or blank."""
    if not isinstance(found, str) or found.strip().lower() in _BLANK:
        return None
    printable = "".join(letter if letter.isprintable() else " " for letter in found)
    return " ".join(printable[:_LONGEST_NAME_COUNT].split()) or None


def quoted(found: object) -> str:
    """What stands where a figure should, as an error may show it: short, escaped, and no name.

    In a table whose columns have shifted, a machine or a user may be called there.

    >>> quoted("12,5"), quoted("node-17")
    ("'12,5'", 'the text')
    """
    if isinstance(found, str) and not _LIKE_A_FIGURE.fullmatch(found.strip()):
        return "the text"
    said = repr(found)
    return said if len(said) <= _LONGEST_COUNT else f"{said[:_LONGEST_COUNT]}…"


def given(
    value: float, unit: Unit, basis: Basis, *, low: float | None = None, high: float | None = None
) -> Estimate:
    """A quantity in `unit` that the log itself gives."""
    return Estimate(value=value, low=low, high=high, unit=unit, basis=basis, source="log")


def _value(found: object, where: str) -> float:
    match found:
        case bool():
            raise _wrong(found, "is no number", where)
        case int() | float():
            return float(found)
        case str() if _NUMBER.fullmatch(found.strip()):
            return float(found.strip())
    raise _wrong(found, "is no number", where)


def _wrong(found: object, why: str, where: str) -> MalformedInput:
    return MalformedInput(f"{quoted(found)} {why}", where=where, hint=_HINT)


_HINT: Final = "was the file cut or edited?"
