"""I say how long a stated run takes, and when it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from carbonlabel.errors import MalformedInput, MissingFactor
from carbonlabel.estimation.statement import Statement
from carbonlabel.factors import peaks
from carbonlabel.method.digits import nine
from carbonlabel.method.planning import needed_device_s
from carbonlabel.method.propagate import Interval, Spread, Term, propagate
from carbonlabel.model.estimate import Missing
from carbonlabel.model.provenance import Period
from carbonlabel.parsing.quantities import Quantity


def wall(said: Statement) -> Interval:
    """The wall time in s: as stated, or operations ÷ (peak × utilisation × count).

    Of device hours without a count, the time that one accelerator would take for all.

    Raises:
        MissingFactor: the peak of the accelerator is not known.
    """
    stated = said.wall or said.device_time
    if stated is not None:
        return Interval(stated.value, stated.low, stated.high)
    needed = _device_time(said)
    each = (needed.value, needed.low, needed.high)
    value_s, low_s, high_s = (None if end is None else nine(end / said.gpu_count) for end in each)
    return Interval(value_s or 0.0, low_s, high_s)


def period(said: Statement, wall_s: float) -> Period | Missing:
    """From the begin that was stated to its end.

    Raises:
        MalformedInput: the calendar does not reach so far.
    """
    if said.start is None:
        return Missing(missing="not-stated", reason="nothing says when the run is")
    begin = said.start.moment
    try:
        end = begin + timedelta(seconds=wall_s)
    except OverflowError as bad:
        raise MalformedInput("the calendar does not reach so far", where="--start") from bad
    return Period(start=begin, end=end, zone=_zone(begin))


def _device_time(said: Statement) -> Spread:
    """Device time in s of the stated operations, with the doubt of all that it rests on."""
    try:
        peak = peaks.find(said.gpu or "")
    except MissingFactor as missing:
        raise MissingFactor(
            missing.message, where="--flop", hint="state --hours instead of the operations"
        ) from missing
    return propagate(
        [Term(needed_device_s, ("flop", "peak", "mfu"))],
        {
            "flop": _interval(said.flop),
            "peak": Interval(peak.flop_per_s, peak.low_flop_per_s, peak.high_flop_per_s),
            "mfu": _interval(said.mfu),
        },
    )


def _interval(figure: Quantity | None) -> Interval:
    return Interval(figure.value, figure.low, figure.high) if figure else Interval(1.0)


def _zone(moment: datetime) -> str:
    if moment.tzinfo is None:
        return "local, not stated"
    return str(moment.tzinfo).removeprefix("UTC") or "UTC"
