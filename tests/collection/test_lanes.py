"""Runs of a lane follow one another, and no lane of them holds more than the heaviest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.collection.lanes import Unit, depth, first, heaviest, span
from carbonlabel.model.provenance import Period

BEGIN = datetime(2026, 1, 1)  # noqa: DTZ001 - times by the clock on the wall


def unit(place: int, start: int, end: int, kwh: float) -> Unit:
    begin, finish = BEGIN + timedelta(hours=start), BEGIN + timedelta(hours=end)
    return Unit((place,), begin, finish, begin, finish, kwh)


units = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 6), st.integers(0, 9)), min_size=1, max_size=8
).map(
    lambda rows: [
        unit(place, start, start + hours, kwh) for place, (start, hours, kwh) in enumerate(rows)
    ]
)


def follow(lane: Sequence[Unit]) -> bool:
    pairs = combinations(lane, 2)
    return all(one.end <= other.start or other.end <= one.start for one, other in pairs)


@settings(max_examples=100, deadline=None)
@given(units)
def test_no_other_lane_holds_more_than_the_heaviest(drawn: list[Unit]) -> None:
    lane = heaviest(drawn)
    every = chain.from_iterable(combinations(drawn, size) for size in range(len(drawn) + 1))

    assert follow(lane)
    most_kwh = max(sum(each.energy_kwh for each in some) for some in every if follow(some))
    assert sum(each.energy_kwh for each in lane) == most_kwh


@settings(max_examples=100, deadline=None)
@given(units, st.randoms())
def test_the_order_of_the_runs_does_not_matter(drawn: list[Unit], random: object) -> None:
    shuffled = sorted(drawn, key=lambda _: random.random())  # type: ignore[attr-defined] # hypothesis draws it

    assert heaviest(shuffled) == heaviest(drawn)
    assert first(shuffled) == first(drawn)
    assert follow(first(drawn))


def test_runs_without_energy_are_taken_where_they_fit() -> None:
    assert len(heaviest([unit(0, 0, 1, 0.0), unit(1, 1, 2, 0.0)])) == 2


def test_depth_is_how_many_hold_one_moment() -> None:
    spans = [(each.start, each.end) for each in (unit(0, 0, 2, 1), unit(1, 1, 3, 1))]

    assert depth(spans) == 2
    assert depth([*spans, (spans[1][1], spans[1][1] + timedelta(hours=1))]) == 2
    assert depth([(BEGIN, BEGIN)]) == 1
    assert depth([]) == 1


def test_a_span_is_drawn_in_by_what_clocks_are_inexact() -> None:
    minute = Period(start=BEGIN, end=BEGIN + timedelta(minutes=1), zone="UTC")
    week = Period(start=BEGIN, end=BEGIN + timedelta(weeks=1), zone="UTC")

    # Half a second of a minute; half a percent of a week, 50.4 min.
    assert span(minute)[0] == BEGIN + timedelta(seconds=0.5)
    assert span(week)[1] == week.end - timedelta(minutes=50.4)
