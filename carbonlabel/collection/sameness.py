"""I find runs that stand in several files, and say which file tells most of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final

from carbonlabel.collection.fates import Fates
from carbonlabel.collection.sightings import Sighting, places
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.project import ROWS
from carbonlabel.model.provenance import Period
from carbonlabel.rules.dates import wall

_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_ATTEMPT: Final = re.compile(r"@\d{4}-\d\d-\d\dT[\d:]{1,8}")
"""What tells attempts at a job apart; which of them bears it depends on what else was listed."""
_MOST_TOLD: Final = 4
_ALIKE_RATIO: Final = 0.99
"""Of the files of a run, those within this of the largest energy tell the whole of it."""


def distinct(sightings: Iterable[Sighting]) -> tuple[Sighting, ...]:
    """The sightings without those that another file led to, such as the second log of a pair."""
    seen: dict[tuple[object, ...], list[Evidence]] = {}
    kept = []
    for each in sightings:
        twins = seen.setdefault((*each.run.identity, *each.inputs), [])
        if each.run not in twins:
            twins.append(each.run)
            kept.append(each)
    return tuple(kept)


def settle(sightings: Sequence[Sighting], fates: Fates) -> None:
    """Leave all but one sighting of each run, and note the decision."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, each in enumerate(sightings):
        groups.setdefault(_identity(each), []).append(place)
    for group in groups.values():
        for same in _split(group, sightings):
            if len(same) > 1:
                _settle(same, sightings, fates)


def _identity(sighting: Sighting) -> tuple[object, ...]:
    run = sighting.run
    if run.run == run.place:
        return (run.tracker, run.inputs[0].sha256, sighting.line or run.place)
    if _UUID.fullmatch(run.run):
        return (run.run,)
    if run.covers == "machine":
        # A name such as a number of a process may come twice, on two machines at once.
        return (run.tracker, run.run, sighting.energy_kwh, str(run.period))
    return (run.tracker, _ATTEMPT.sub("", run.run))


def _split(group: Sequence[int], sightings: Sequence[Sighting]) -> Iterator[tuple[int, ...]]:
    """Runs of one name that do not overlap in time are a job that was started again."""
    periods = [sightings[place].run.period for place in group]
    if len(group) == 1 or _UUID.fullmatch(sightings[group[0]].run.run):
        yield tuple(group)
        return
    timed = sorted(
        (_span(period), place)
        for period, place in zip(periods, group, strict=True)
        if isinstance(period, Period)
    )
    if len(timed) < len(group):
        yield tuple(group)
        return
    same = [timed[0][1]]
    latest = timed[0][0][1]
    for _, (span, place) in pairwise(timed):
        if span[0] > latest:
            yield tuple(sorted(same))
            same = []
        same.append(place)
        latest = max(latest, span[1])
    yield tuple(sorted(same))


def _span(period: Period) -> tuple[datetime, datetime]:
    return wall(period.start), wall(period.end)


def _settle(same: Sequence[int], sightings: Sequence[Sighting], fates: Fates) -> None:
    best = _best(same, sightings)
    left = tuple(place for place in same if place != best)
    told = list(places(sightings[place] for place in same))
    more = f" and {len(told) - _MOST_TOLD} more" if len(told) > _MOST_TOLD else ""
    (kept,) = places([sightings[best]])
    fates.decide(
        "same-run",
        f"{', '.join(told[:_MOST_TOLD])}{more} hold one run: {kept} tells most of it and is "
        "counted.",
        kept=(best,),
        left=left,
        reason=f"the same run as /runs/{best}",
    )


def _best(same: Sequence[int], sightings: Sequence[Sighting]) -> int:
    most_kwh = max(sightings[place].energy_kwh for place in same)
    whole = [place for place in same if sightings[place].energy_kwh >= _ALIKE_RATIO * most_kwh]
    # Of equals, the first by name.
    return max(whole, key=lambda place: (_known(sightings[place].run), -place))


def _known(run: Evidence) -> tuple[int, bool]:
    """How much a file tells of a run."""
    quantities = [getattr(run, row) for row in (*ROWS, "duration", "pue")]
    known = sum(isinstance(each, Estimate) for each in quantities)
    split = isinstance(run.accelerators, Estimate) or isinstance(run.host, Estimate)
    states = (isinstance(run.period, Period), run.pue_in_energy != "unknown", split, run.complete)
    return known + sum(states), run.complete
