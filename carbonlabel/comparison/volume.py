"""I read how much a model is used: 2M/year, 5000 requests/day, 3B output tokens/month."""

from __future__ import annotations

import re
from typing import Final

from carbonlabel.comparison.outcome import Volume
from carbonlabel.errors import MalformedInput
from carbonlabel.model.units import SCALES
from carbonlabel.parsing.serving import unit
from carbonlabel.parsing.sizes import size

_TYPED: Final = re.compile(
    r"\s*(?P<count>[0-9.eE+]{1,40} ?[kKmMbBtT]?)(?: +(?P<unit>[A-Za-z][A-Za-z ]{0,38}?))?"
    r"\s*(?:/|per|a)\s*(?P<span>year|month|week|day|hour)\s*"
)
_SPANS: Final = {"day": "d", "hour": "h", "year": "years"}
_WEEK_COUNT, _MONTH_COUNT = 7, 12
_HINT: Final = "such as 2M/year, '5000 requests/day' or '3B output tokens/month'"


def volume(text: str, *, where: str = "--queries") -> Volume:
    """How much use of a year `2M/year` or `5000 requests/day` is; a year has 8 760 h.

    Raises:
        MalformedInput: it is no number of units in a time.

    >>> volume("2M/year")
    Volume(count=2000000.0, unit='request')
    >>> volume("100 requests / day").count
    36500.0
    """
    typed = _TYPED.fullmatch(text)
    if typed is None:
        raise MalformedInput(f"{text[:60]!r} is no use of a year", where=where, hint=_HINT)
    count = size(typed["count"], where=where)
    named = unit(typed["unit"], where=where) if typed["unit"] else "request"
    return Volume(count * _times_a_year(typed["span"]), named)


def _times_a_year(span: str) -> float:
    seconds = SCALES["s"]
    if span == "month":
        return float(_MONTH_COUNT)
    span_s = _WEEK_COUNT * seconds["d"] if span == "week" else seconds[_SPANS[span]]
    return seconds["years"] / span_s
