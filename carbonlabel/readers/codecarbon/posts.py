"""I add up what one CodeCarbon run posted: every post is what came since the last one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.readers.codecarbon.readings import Reading, reading
from carbonlabel.readers.codecarbon.rows import Row

ADDED_FROM: Final = "the export"
_NAMES: Final = {
    "runId": "run_id",
    "emissions_sum": "emissions",
    "emissions_value": "emissions",
    "provider": "cloud_provider",
}
_NOTHING: Final = frozenset({"undefined", "null", "N/A"})


@dataclass(slots=True)
class Posted:
    """What one run posted, so far."""

    sum: Reading
    begin: datetime | None
    """Exactly: `Reading` keeps whole seconds."""
    end: datetime | None
    count: int = 1
    repeated_count: int = 0
    stamps: set[str] = field(default_factory=set)

    @property
    def span_s(self) -> float | None:
        """From the begin of the first to the time of the last post, in s."""
        if self.begin is None or self.end is None:
            return None
        return (_naive(self.end) - _naive(self.begin)).total_seconds()

    @property
    def is_gapless(self) -> bool:
        """Whether the durations of the posts, each cut to whole seconds, fill the span."""
        span_s = self.span_s
        return span_s is not None and 0 <= span_s - self.sum.duration_s <= self.count

    @property
    def has_gap(self) -> bool:
        """Whether posts were lost or the tracker paused, as far as times can tell."""
        return self.count > 1 and self.span_s is not None and not self.is_gapless

    def reading(self, about: Mapping[str, str]) -> Reading:
        """The run as a whole, with what else is known `about` it."""
        row = replace(self.sum.row, fields={**about, **self.sum.row.fields})
        span_s = self.span_s
        duration_s = span_s if span_s is not None and self.is_gapless else self.sum.duration_s
        return replace(
            self.sum,
            row=row,
            duration_s=duration_s,
            begin=self.begin and self.begin.replace(microsecond=0),
            end=self.end and self.end.replace(microsecond=0),
            added_from=ADDED_FROM,
        )

    def take(self, row: Row) -> None:
        """Add one post, unless it was taken before."""
        stamp = row.fields.get("timestamp", "")
        if stamp and stamp in self.stamps:
            self.repeated_count += 1
            return
        self.stamps.add(stamp)
        post = reading(row, run_id=self.sum.run_id, added_from=ADDED_FROM)
        begin, end = _times(row, post)
        self.sum, self.count = self.sum + post, self.count + 1
        self.begin = min(filter(None, (self.begin, begin)), key=_naive, default=None)
        self.end = max(filter(None, (self.end, end)), key=_naive, default=None)


def posted(rows: Iterable[Row]) -> Iterable[Posted]:
    """What each run posted, in the order in which the runs first appear.

    Raises:
        MalformedInput: a figure of a post is wrong.
    """
    runs: dict[str, Posted] = {}
    for row in rows:
        run_id = row.text("run_id")
        key = run_id or ""
        if key in runs:
            runs[key].take(row)
            continue
        post = reading(row, run_id=run_id, added_from=ADDED_FROM)
        begin, end = _times(row, post)
        runs[key] = Posted(post, begin, end, stamps={row.fields.get("timestamp", "")})
    return runs.values()


def total(row: Row) -> Reading:
    """A run with its totals; its time is that of its begin.

    Raises:
        MalformedInput: a figure is wrong.
    """
    found = reading(row, run_id=row.text("run_id"), added_from=ADDED_FROM)
    if found.end is None:
        return found
    try:
        end = found.end + timedelta(seconds=found.duration_s)
    except OverflowError as bad:
        raise MalformedInput(
            f"a run of {found.duration_s:.4g} s ends after the calendar",
            where=row.where("duration"),
            hint="seconds stand here: was the file edited?",
        ) from bad
    begin = found.end.replace(microsecond=0)
    return replace(found, begin=begin, end=end.replace(microsecond=0))


def named(fields: Mapping[str, str]) -> Mapping[str, str]:
    """Fields under the names of `emissions.csv`; what JavaScript writes for nothing is blank."""
    return {
        _NAMES.get(name, name): "" if text.strip() in _NOTHING else text
        for name, text in fields.items()
    }


def _times(row: Row, post: Reading) -> tuple[datetime | None, datetime | None]:
    end = row.time()
    if end is None:
        return None, None
    # `reading` has refused what leads out of the calendar.
    return end - timedelta(seconds=post.duration_s), end


def _naive(time: datetime) -> datetime:
    return time.replace(tzinfo=None)
