"""I turn what a clock on the wall showed into a time of the world, once somebody says its zone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from carbonlabel.errors import InputError
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Period

_OFFSET: Final = re.compile(r"(?:UTC)?(?P<sign>[+-])(?P<hours>\d\d?):?(?P<minutes>\d\d)?")
# Names begin with a capital: `localtime` would be that of this machine, not of the run's.
_NAME: Final = re.compile(r"[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}")
_FURTHEST: Final = timedelta(hours=14)
_CLOCK_STEP: Final = timedelta(seconds=2)


def zone_named(text: str) -> tzinfo:
    """The zone called `Europe/Paris`, `UTC`, `+01:00` or `UTC-5`.

    Raises:
        InputError: there is none of this name on this machine.

    >>> zone_named("+01:00").utcoffset(None)
    datetime.timedelta(seconds=3600)
    """
    name = text.strip()
    if name in {"UTC", "Z"}:
        return UTC
    found = _OFFSET.fullmatch(name)
    zone = _fixed(found) if found else _listed(name)
    if zone is None:
        raise InputError(
            f"{name[:60]!r} is no time zone",
            where="--zone",
            hint="such as Europe/Paris, UTC, +01:00 or UTC-5",
        )
    return zone


def _fixed(found: re.Match[str]) -> tzinfo | None:
    minutes = int(found["minutes"] or 0)
    ahead = timedelta(hours=int(found["hours"]), minutes=minutes)
    if ahead > _FURTHEST or minutes not in range(60):
        return None
    return timezone(-ahead if found["sign"] == "-" else ahead)


def _listed(name: str) -> tzinfo | None:
    if not _NAME.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def placed(run: Evidence, zone: tzinfo) -> Evidence:
    """The run with its times in UTC's terms; one whose log says its zone stays as it is.

    A run that took as long as its clock says is placed by its end, since most logs hold only that;
    else both ends are looked up. All times get the offset of the end, so that they keep apart.

    Raises:
        InputError: the clock showed a time twice, or never, because it was set back or forward.
    """
    period = run.period
    if not isinstance(period, Period) or period.start.tzinfo or period.end.tzinfo:
        return run
    end = _placed(period.end, zone, run.place)
    elapsed = period.end - period.start
    start = end - elapsed if _took(run, elapsed) else _placed(period.start, zone, run.place)
    offset = timezone(end.utcoffset() or timedelta(0))
    hours = tuple(
        (_placed(begin, zone, run.place).astimezone(offset), energy_kwh)
        for begin, energy_kwh in run.hours
    )
    begun, ended = start.astimezone(offset), end.astimezone(offset)
    period = Period(start=begun, end=ended, zone=_name(offset))
    return replace(run, period=period, hours=hours)


def instant(moment: datetime, zone: tzinfo, where: str) -> datetime:
    """A time that the clock in a zone showed, as one of the world.

    Raises:
        InputError: the clock showed it twice, or never, because it was set back or forward.
    """
    return _placed(moment, zone, where)


def _took(run: Evidence, elapsed: timedelta) -> bool:
    duration = run.duration
    return (
        isinstance(duration, Estimate)
        and abs(elapsed.total_seconds() - duration.value) <= _CLOCK_STEP.total_seconds()
    )


def _name(offset: timezone) -> str:
    return str(offset).removeprefix("UTC") or "UTC"


def _placed(moment: datetime, zone: tzinfo, where: str) -> datetime:
    if moment.tzinfo is not None:
        return moment
    first, second = (moment.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    before, after = (each.utcoffset() or timedelta(0) for each in (first, second))
    if before > after:
        raise InputError(
            f"the clock in {zone} showed {moment:%Y-%m-%d %H:%M} twice",
            where=where,
            hint=f"say which: --zone UTC{first:%z} before it was set back, "
            f"--zone UTC{second:%z} after",
        )
    if before < after:
        raise InputError(
            f"the clock in {zone} never showed {moment:%Y-%m-%d %H:%M}",
            where=where,
            hint="it was set forward then: is it the right zone?",
        )
    return datetime.combine(moment.date(), moment.time(), timezone(before))
