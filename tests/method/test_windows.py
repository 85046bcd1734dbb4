"""The best times of a series, against every window tried one by one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.method import windows
from carbonlabel.method.weighting import Stretch, weighted_mean
from carbonlabel.model.series import Point

NINE = datetime(2026, 11, 3, 9, tzinfo=UTC)
HOUR_S = 3600.0


def hourly(*grams: float | None) -> tuple[Point, ...]:
    """One point an hour from nine o'clock on; None is a gap."""
    return tuple(
        Point(NINE + timedelta(hours=place), HOUR_S, each)
        for place, each in enumerate(grams)
        if each is not None
    )


series = st.lists(
    st.one_of(st.none(), st.integers(0, 900).map(float)), min_size=1, max_size=24
).filter(lambda grams: any(each is not None for each in grams))


def tried(points: tuple[Point, ...], length_s: float, step_s: float) -> list[windows.Window]:
    """Every window that begins at a multiple of a step and is covered from end to end."""
    first, last = points[0].begin, points[-1].begin + timedelta(hours=1)
    found = []
    for number in range(int((last - first).total_seconds() / step_s) + 1):
        begin = first + timedelta(seconds=number * step_s)
        mean = weighted_mean([Stretch(begin, begin + timedelta(seconds=length_s), 1.0)], points)
        if mean is not None and mean.covered_s == pytest.approx(length_s):
            found.append(windows.Window(begin, length_s, mean.intensity_gco2e_per_kwh))
    return found


@settings(max_examples=150)
@given(grams=series, quarters=st.integers(1, 24))
def test_no_window_is_lower_or_higher_than_those_that_are_found(
    grams: list[float | None], quarters: int
) -> None:
    points, length_s = hourly(*grams), quarters * 900.0

    found = windows.windows(points, length_s)
    every = tried(points, length_s, 900.0)

    assert bool(found) == bool(every)
    if every:
        means = [each.intensity_gco2e_per_kwh for each in every]
        (best,) = windows.lowest(found, 1)
        assert best.intensity_gco2e_per_kwh == pytest.approx(min(means), abs=1e-6)
        worst = windows.highest(found)
        assert worst.intensity_gco2e_per_kwh == pytest.approx(max(means), abs=1e-6)
        assert found[0].begin == every[0].begin


@settings(max_examples=100)
@given(grams=series, hours=st.integers(1, 6), most=st.integers(1, 6))
def test_the_windows_that_are_listed_do_not_overlap_and_grow(
    grams: list[float | None], hours: int, most: int
) -> None:
    kept = windows.lowest(windows.windows(hourly(*grams), hours * HOUR_S), most)

    assert len(kept) <= most
    means = [each.intensity_gco2e_per_kwh for each in kept]
    assert means == sorted(means)
    by_time = sorted(kept, key=lambda each: each.begin)
    assert all(one.end <= other.begin for one, other in pairwise(by_time))


@settings(max_examples=100)
@given(grams=series, quarters=st.integers(1, 40))
def test_pieces_are_never_worse_than_a_window_and_last_as_long(
    grams: list[float | None], quarters: int
) -> None:
    points, length_s = hourly(*grams), quarters * 900.0

    pieces = windows.best_pieces(points, length_s)

    whole_s = sum(each.length_s for each in pieces)
    assert whole_s == pytest.approx(min(length_s, len(points) * HOUR_S))
    for window in windows.windows(points, length_s):
        assert windows.mean(pieces) <= window.intensity_gco2e_per_kwh + 1e-6


def test_a_window_may_end_with_a_point_instead_of_beginning_with_one() -> None:
    (best,) = windows.lowest(windows.windows(hourly(300, 100, 300), 5400.0), 1)

    # 9:30 to 11:00 and 10:00 to 11:30 hold half an hour at 300: (1800 × 300 + 3600 × 100) ÷ 5400.
    assert best.intensity_gco2e_per_kwh == pytest.approx(500 / 3)
    assert best.begin == NINE + timedelta(minutes=30)


def test_no_window_goes_over_a_gap() -> None:
    points = hourly(100, None, 100, 100)

    assert [each.begin.hour for each in windows.windows(points, 2 * HOUR_S)] == [11]
    assert windows.windows(points, 3 * HOUR_S) == ()


def test_points_are_cut_to_the_time_that_was_asked_for() -> None:
    half_past = NINE + timedelta(minutes=30)

    found = windows.between(hourly(100, 200, 300), half_past, NINE + timedelta(hours=2))

    assert [(each.begin, each.length_s) for each in found] == [
        (half_past, 1800.0),
        (NINE + timedelta(hours=1), 3600.0),
    ]


def test_pieces_that_touch_are_one() -> None:
    points = hourly(100, 100, 900, 100)

    joined = windows.joined(windows.best_pieces(points, 3 * HOUR_S))

    assert [(each.begin.hour, each.length_s) for each in joined] == [(9, 7200.0), (12, 3600.0)]


def test_of_equal_windows_the_earlier_is_taken() -> None:
    found = windows.windows(hourly(100, 100, 100), HOUR_S)

    assert windows.lowest(found, 1)[0].begin == windows.highest(found).begin == NINE


def test_without_points_there_is_no_group() -> None:
    assert list(windows.runs(())) == []
