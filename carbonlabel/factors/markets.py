"""I know which contracts for electricity count in which place and year."""

from __future__ import annotations

from typing import Final

MOST_YEARS: Final = 1
"""How many years the electricity may be older or newer than the runs."""
_EUROPE: Final = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE"}
) | frozenset(
    {"IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"}
)
"""The European Economic Area, one market for guarantees of origin: Directive (EU) 2018/2001,
Article 19(9). Everywhere else a country is a market of its own."""


def apart(zone: str, vintage: int, country: str | None, year: int | None) -> int | None:
    """How far a contract is from runs: 0 for the same country and year, None where it cannot count.

    Another country of the same market and a neighbouring year are a step each, and so is a place or
    a year of the runs that nobody knows. GHG Protocol Scope 2 Guidance (2015), table 7.1: of the
    same market, and as close as possible to the period of use.

    >>> apart("FR", 2025, "FR", 2025), apart("NO", 2024, "FR", 2025), apart("US", 2025, "FR", 2025)
    (0, 2, None)
    """
    places, years = _places(zone, country), _years(vintage, year)
    return None if places is None or years is None else places + years


def _places(zone: str, country: str | None) -> int | None:
    if country is None:
        return 1
    issued, used = zone[:2], country[:2]
    if issued == used:
        return 0
    return 1 if {issued, used} <= _EUROPE else None


def _years(vintage: int, year: int | None) -> int | None:
    if year is None:
        return 1
    away = abs(vintage - year)
    return away if away <= MOST_YEARS else None
