"""I am the door for single samples: a number, a time or a power that can be, or a refusal."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.model.units import milliseconds_from_seconds, milliwatts_from_watts

_NUMBER: Final = re.compile(r"[+-]?\d{1,20}(?:\.\d{0,20})?(?:[eE][+-]?\d{1,2})?", re.ASCII)
_NO_FIGURE: Final = frozenset(("", "nan", "inf", "+inf", "-inf", "infinity", "null", "none", "n/a"))
_LONGEST_COUNT: Final = 40
_YEAR_2000_MS: Final = 946_684_800_000
_YEAR_2100_MS: Final = 4_102_444_800_000
_HIGHEST_MW: Final = 10**9
_HIGHEST_UJ: Final = 2**63


def figure(text: str, *, where: str) -> Decimal | None:
    """The number that `text` says; None where it is empty, NaN, N/A or the like.

    >>> figure("250.12", where="log:1")
    Decimal('250.12')

    Raises:
        MalformedInput: it is neither.
    """
    plain = text.strip()
    if len(plain) <= _LONGEST_COUNT and _NUMBER.fullmatch(plain):
        return Decimal(plain)
    if plain.lower() in _NO_FIGURE:
        return None
    raise MalformedInput(f"{shown(plain)} is no number", where=where, hint="was the file edited?")


def time_ms(unix_s: Decimal | float, *, where: str) -> int:
    """Time in ms of a time in s since 1970.

    Raises:
        MalformedInput: it lies not between 2000 and 2100, as milliseconds taken for seconds do.
    """
    return plausible_ms(milliseconds_from_seconds(float(unix_s)), where=where)


def plausible_ms(unix_ms: int, *, where: str) -> int:
    """The same time in ms since 1970, as long as it lies between 2000 and 2100.

    Raises:
        MalformedInput: it does not.
    """
    if not _YEAR_2000_MS <= unix_ms < _YEAR_2100_MS:
        raise MalformedInput(
            "the time is not between 2000 and 2100",
            where=where,
            hint="seconds and milliseconds since 1970 differ by a thousand",
        )
    return unix_ms


def power_mw(power_w: Decimal | float, *, where: str) -> int:
    """Power in mW of a power in W.

    Raises:
        MalformedInput: it is negative, or above 1 MW.
    """
    return plausible_mw(milliwatts_from_watts(float(power_w)), where=where)


def plausible_mw(power_mw: int, *, where: str) -> int:
    """The same power in mW, as long as it is one.

    Raises:
        MalformedInput: it is negative, or above 1 MW.
    """
    if not 0 <= power_mw <= _HIGHEST_MW:
        raise MalformedInput(
            "the power is not between 0 and 1 MW", where=where, hint="is its unit right?"
        )
    return power_mw


def plausible_uj(energy_uj: int, *, where: str) -> int:
    """The same counter reading in µJ, as long as a counter can show it.

    Raises:
        MalformedInput: it is negative, or above 2⁶³ µJ.
    """
    if not 0 <= energy_uj < _HIGHEST_UJ:
        raise MalformedInput("no counter shows this", where=where, hint="is its unit right?")
    return energy_uj


def shown(text: str) -> str:
    """A foreign text as a message may quote it: short and escaped."""
    return repr(text if len(text) <= _LONGEST_COUNT else f"{text[:_LONGEST_COUNT]}…")
