"""I am the grammar of `perf stat`: lines of energy as text in any locale, or separated by -x."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.model.units import microjoules_from_joules, milliseconds_from_seconds
from carbonlabel.parsing.samples import plausible_uj, shown

_EVENT: Final = r"power/energy-(?P<domain>\w{1,20})/"
_PLACE: Final = r"(?:[SDCN]\d|CPU\d|node)[\w-]{0,30}"
# perf prints joules with two decimals; what groups the digits before them depends on the locale.
_VALUE: Final = r"\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3}){1,6}[.,]\d\d|\d{1,18}[.,]\d\d"
_ABSENT: Final = r"<not (?:counted|supported)>"
_TEXT: Final = re.compile(
    rf"\s*(?:(?P<time>\d{{1,9}}[.,]\d{{9}})\s+)?(?:(?P<place>{_PLACE})\s+(?:\d+\s+)?)?"
    rf"(?:(?P<value>{_VALUE})|{_ABSENT})\s+Joules\s+{_EVENT}(?:\s.*)?"
)
_SEPARATED: Final = re.compile(
    rf"(?P<before>.*)(?P<sep>[,;|:\t])(?:Joules)?(?P=sep){_EVENT}(?P=sep).*"
)
_FIGURE: Final = re.compile(r"\d{1,18}(?:[.,]\d{1,9})?")
_SPLIT_TIME: Final = re.compile(r"\d{1,9}[.,]\d{9}")
_ELAPSED: Final = re.compile(r"\s*(\d{1,9}[.,]\d{1,9})\s+(?:\+-.*)?seconds time elapsed(?:\s.*)?")
_RUNS: Final = re.compile(r"\s*Performance counter stats for .*\((\d+) runs\):?\s*")
_STARTED: Final = re.compile(
    r"# started on \w{3} (?P<month>\w{3}) +(?P<day>\d{1,2}) (?P<clock>\d\d:\d\d:\d\d) "
    r"(?P<year>\d{4})\s*"
)
_MONTHS: Final = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
_HINT: Final = "run it with LC_ALL=C, and -x with a separator that is no decimal mark"


@dataclass(frozen=True, slots=True)
class Energy:
    """What one line counts."""

    domain: str
    """`pkg`, `ram`, `cores`, `gpu` or `psys`."""
    place: str
    """Which socket, die, core or CPU; empty for the whole machine."""
    energy_uj: int | None
    """None where it could not be counted."""
    end_ms: int | None
    """End of the interval; None without -I."""


@dataclass(frozen=True, slots=True)
class Elapsed:
    """The duration of the run in s."""

    duration_s: Decimal


@dataclass(frozen=True, slots=True)
class Started:
    """Begin of the run, as -o writes it: local time."""

    at: datetime


Line = Energy | Elapsed | Started


def line(text: str, *, where: str) -> Line | None:
    """What a line says; None where it says nothing of energy or time.

    Raises:
        MalformedInput: its figure cannot be read, or it is the mean of several runs.
    """
    for pattern, meaning in _MEANINGS:
        if match := pattern.fullmatch(text):
            return meaning(match, where)
    return None


def _text(match: re.Match[str], where: str) -> Energy:
    value = match["value"]
    joules = None
    if value:
        joules = Decimal(f"{re.sub(r'[^0-9]', '', value[:-3])}.{value[-2:]}")
    return _energy(match, match["place"] or "", joules, _decimal(match["time"]), where)


def _separated(match: re.Match[str], where: str) -> Energy:
    cells = [cell.strip() for cell in match["before"].split(match["sep"])]
    *places, value = cells
    time = places.pop(0) if places and _SPLIT_TIME.fullmatch(places[0]) else None
    joules = None
    if not re.fullmatch(_ABSENT, value):
        # `12,34,Joules`: with a comma for both, nobody can tell where the figure begins.
        is_torn = (
            places and match["sep"] == "," and _FIGURE.fullmatch(places[-1]) and "." not in value
        )
        if is_torn or not _FIGURE.fullmatch(value):
            raise MalformedInput(f"{shown(value)} is no energy", where=where, hint=_HINT)
        joules = _decimal(value)
    return _energy(match, places[0] if places else "", joules, _decimal(time), where)


def _energy(
    match: re.Match[str],
    place: str,
    joules: Decimal | None,
    end_s: Decimal | None,
    where: str,
) -> Energy:
    end_ms = None if end_s is None else milliseconds_from_seconds(float(end_s))
    energy_uj = None
    if joules is not None:
        energy_uj = plausible_uj(microjoules_from_joules(joules), where=where)
    return Energy(match["domain"], place, energy_uj, end_ms)


def _elapsed(match: re.Match[str], _: str) -> Elapsed:
    return Elapsed(Decimal(match[1].replace(",", ".")))


def _started(match: re.Match[str], where: str) -> Started | None:
    if match["month"] not in _MONTHS:
        return None
    month, day = _MONTHS.index(match["month"]) + 1, int(match["day"])
    try:
        return Started(
            datetime.fromisoformat(f"{match['year']}-{month:02}-{day:02}T{match['clock']}")
        )
    except ValueError:
        raise MalformedInput("this is no date", where=where, hint="was the file edited?") from None


def _refuse_mean(match: re.Match[str], where: str) -> None:
    raise MalformedInput(
        f"this is the mean of {match[1]} runs",
        where=where,
        hint="measure without -r, so that the energy of all runs is there",
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text.replace(",", "."))


_MEANINGS: Final[
    tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Line | None]], ...]
] = (
    (_TEXT, _text),
    (_SEPARATED, _separated),
    (_ELAPSED, _elapsed),
    (_STARTED, _started),
    (_RUNS, _refuse_mean),
)
