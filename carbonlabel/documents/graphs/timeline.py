"""I draw figures over time: panels over one another on one scale of hours or days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final, Literal

from markupsafe import Markup

from carbonlabel.documents import axis
from carbonlabel.documents.canvas import number
from carbonlabel.documents.graphs.ink import HAIRLINE, MEASURE, Words, drawing, fill, line, width
from carbonlabel.documents.numbers import Reading

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)

_HEAD: Final = 15.0
_PANEL: Final = 72.0
_FOOT: Final = 16.0
_BETWEEN: Final = 12.0
_ROOM: Final = 5.0
_SLIVER: Final = 0.5
_MOST_TICKS: Final = 8
_STEPS: Final = (
    *(HOUR * hours for hours in (1, 2, 3, 6, 12)),
    *(DAY * days for days in (1, 2, 4, 7, 14, 28, 56, 112, 224)),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A figure that holds from a moment on, for one step of its panel."""

    begin: datetime
    value: Decimal


@dataclass(frozen=True, slots=True)
class Panel:
    """One quantity over time, from zero."""

    name: str
    """What it is, with its unit."""
    kind: Literal["bars", "steps"]
    """Bars for what adds up, a stepped line for what does not."""
    moments: Sequence[Moment]
    """At least one, in the order of time."""


def timeline(title: str, description: str, panels: Sequence[Panel], step: timedelta) -> Markup:
    """The chart of panels that share one scale of time; each figure holds for one step."""
    begins = [each.begin for panel in panels for each in panel.moments]
    first, last = min(begins), max(begins) + step
    scales = [_Scale.of(panel) for panel in panels]
    left = max(width(text) for scale in scales for _, text in scale.ticks) + _ROOM
    time = _Time(first, last, step, left)
    tops = [place * (_HEAD + _PANEL + _BETWEEN) for place in range(len(panels))]
    foot = tops[-1] + _HEAD + _PANEL
    drawn = [
        piece
        for panel, scale, top in zip(panels, scales, tops, strict=True)
        for piece in _panel(panel, scale, time, top)
    ]
    return drawing(foot + _FOOT, title, description, (*drawn, *time.drawn(tops, foot)))


@dataclass(frozen=True, slots=True)
class _Scale:
    """Upwards: where a value stands between the foot of its panel and the head."""

    ticks: Sequence[tuple[float, str]]
    most_value: Decimal
    most_ratio: float

    @classmethod
    def of(cls, panel: Panel) -> _Scale:
        most = max(each.value for each in panel.moments)
        found = axis.axis(Reading(most)) if most else None
        if found is None:
            return cls(((0.0, "0"),), Decimal(1), 0.0)
        return cls(found.ticks, most, found.value_ratio)

    def up(self, value: Decimal) -> float:
        return float(value / self.most_value) * self.most_ratio * _PANEL


@dataclass(frozen=True, slots=True)
class _Time:
    """Across: where a moment stands."""

    first: datetime
    last: datetime
    step: timedelta
    left: float

    def x(self, moment: datetime) -> float:
        ratio = (moment - self.first) / (self.last - self.first)
        return self.left + ratio * (MEASURE - self.left)

    def ticks(self) -> Iterator[datetime]:
        """Round moments, at most eight of them."""
        whole = self.last - self.first
        apart = next((each for each in _STEPS if whole / each <= _MOST_TICKS), whole)
        midnight = self.first.replace(hour=0, minute=0, second=0, microsecond=0)
        moment = midnight + apart * -((midnight - self.first) // apart)
        while moment < self.last:
            yield moment
            moment += apart

    def drawn(self, tops: Sequence[float], foot: float) -> Iterator[str]:
        """Each tick with its words, where its neighbour leaves room for them."""
        ticks = list(self.ticks())
        by_day = all(each.time() == ticks[0].time() for each in ticks)
        strokes = "".join(
            f"M{number(self.x(each))} {number(top + _HEAD + _PANEL)}v3"
            for each in ticks
            for top in tops
        )
        yield line(strokes, "hairline")
        free = 0.0
        year = self.first.year if self.first.year == self.last.year else None
        for each in ticks:
            is_day = by_day or not each.hour
            text = f"{each:%H:%M}" if not is_day else _day(each, year)
            year = each.year if is_day else year
            across = width(text)
            at = min(max(self.x(each) - across / 2, 0.0), MEASURE - across)
            if at >= free:
                free = at + across + _ROOM
                yield Words(at, foot + 13, text, colour="secondary").drawn()


def _day(moment: datetime, year: int | None) -> str:
    """A day by month and day, with its year where that is not `year`, the one said before."""
    return f"{moment:%m-%d}" if moment.year == year else f"{moment:%Y-%m-%d}"


def _panel(panel: Panel, scale: _Scale, time: _Time, top: float) -> Iterator[str]:
    foot = top + _HEAD + _PANEL
    yield Words(time.left, top + 9, panel.name, MEASURE - time.left, weight=600).drawn()
    for ratio, text in scale.ticks:
        y = foot - ratio * _PANEL
        yield line(f"M{number(time.left)} {number(y)}H{number(MEASURE)}", "hairline", HAIRLINE / 2)
        yield Words(time.left - _ROOM, y + 3.6, text, anchor="end", colour="secondary").drawn()
    if panel.kind == "bars":
        yield _bars(panel, scale, time, foot)
    else:
        yield line(_steps(panel, scale, time, foot), "interval", 1.6)
    yield line(f"M{number(time.left)} {number(foot)}H{number(MEASURE)}", "hairline")


def _bars(panel: Panel, scale: _Scale, time: _Time, foot: float) -> str:
    """All bars as one shape: a month of hours stays a small file."""
    pitch = time.x(time.first + time.step) - time.left
    across = number(pitch - min(1.0, pitch / 5))
    ups = ((each.begin, max(scale.up(each.value), _SLIVER)) for each in panel.moments if each.value)
    path = "".join(
        f"M{number(time.x(begin))} {number(foot)}v{number(-up)}h{across}v{number(up)}z"
        for begin, up in ups
    )
    return f'<path d="{path}" {fill("s2")}/>' if path else ""


def _steps(panel: Panel, scale: _Scale, time: _Time, foot: float) -> str:
    """A line that holds each figure for its step, and breaks where there is none."""
    path, before = "", None
    for each in panel.moments:
        x, y = number(time.x(each.begin)), number(foot - scale.up(each.value))
        path += f"V{y}" if before == each.begin else f"M{x} {y}"
        before = each.begin + time.step
        path += f"H{number(time.x(before))}"
    return path
