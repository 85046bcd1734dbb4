from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.method.weighting import Stretch, weighted_mean
from carbonlabel.model.series import Point

NINE = datetime(2026, 11, 3, 9, tzinfo=UTC)
HOUR_S = 3600.0


def at(hours: float) -> datetime:
    return NINE + timedelta(hours=hours)


def hourly(*intensities: float) -> list[Point]:
    return [Point(at(hour), HOUR_S, each) for hour, each in enumerate(intensities)]


def test_one_kwh_at_100_and_three_at_300_are_250_a_kwh() -> None:
    """(1 × 100 + 3 × 300) ÷ 4 = 250 g/kWh; the plain mean would be 200."""
    mean = weighted_mean([Stretch(at(0), at(1), 1.0), Stretch(at(1), at(2), 3.0)], hourly(100, 300))

    assert mean is not None
    assert mean.intensity_gco2e_per_kwh == pytest.approx(250)
    assert (mean.covered_s, mean.needed_s, mean.covered_ratio) == (7200, 7200, 1)


def test_half_an_hour_counts_half() -> None:
    """9:30 to 11:00 is ½ h at 100 and 1 h at 400: (50 + 400) ÷ 1.5 = 300."""
    mean = weighted_mean([Stretch(at(0.5), at(2), 6.0)], hourly(100, 400, 900))

    assert mean is not None
    assert mean.intensity_gco2e_per_kwh == pytest.approx(300)


def test_a_gap_is_not_averaged_in() -> None:
    points = [point for point in hourly(100, 0, 300) if point.intensity_gco2e_per_kwh]
    mean = weighted_mean([Stretch(at(0), at(3), 1.0)], points)

    assert mean is not None
    assert mean.intensity_gco2e_per_kwh == pytest.approx(200)
    assert (mean.covered_s, mean.needed_s) == (7200, 10_800)
    assert mean.covered_ratio == pytest.approx(2 / 3)


def test_a_moment_takes_the_figure_that_holds_then() -> None:
    mean = weighted_mean([Stretch(at(1), at(1), 1.0)], hourly(100, 300))

    assert mean is not None
    assert mean.intensity_gco2e_per_kwh == 300
    assert mean.covered_ratio == 1


def test_hours_are_the_same_hours_in_every_zone() -> None:
    tokyo = timezone(timedelta(hours=9))
    mean = weighted_mean(
        [Stretch(at(1).astimezone(tokyo), at(2).astimezone(tokyo), 1.0)], hourly(100, 300)
    )

    assert mean is not None
    assert mean.intensity_gco2e_per_kwh == 300


@pytest.mark.parametrize("hours", [(-2, 0), (2, 3), (5, 5)])
def test_nothing_in_common_is_no_mean(hours: tuple[float, float]) -> None:
    begin, end = map(at, hours)

    assert weighted_mean([Stretch(begin, end, 1.0)], hourly(100, 300)) is None
    assert weighted_mean([], hourly(100)) is None


@given(
    intensities=st.lists(st.floats(0, 5000), min_size=1, max_size=8),
    weights=st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=8),
    lengths=st.lists(st.floats(0.1, 3), min_size=8, max_size=8),
)
def test_the_mean_lies_between_the_figures_and_no_more_is_covered_than_needed(
    intensities: list[float], weights: list[float], lengths: list[float]
) -> None:
    ends = [at(hours) for hours in accumulate(lengths, initial=-1.0)]
    stretches = [
        Stretch(begin, end, weight)
        for begin, end, weight in zip(ends, ends[1:], weights, strict=False)
    ]

    mean = weighted_mean(stretches, hourly(*intensities))

    if mean is not None:
        low, high = min(intensities), max(intensities)
        assert low * (1 - 1e-9) <= mean.intensity_gco2e_per_kwh <= high * (1 + 1e-9)
        assert mean.covered_s <= mean.needed_s + 1e-3
        assert 0 < mean.covered_ratio <= 1


def test_the_page_of_the_method_shows_the_worked_mean() -> None:
    page = (Path(__file__).parents[2] / "docs" / "method.md").read_text("utf-8")

    assert "(1 × 100 + 3 × 300) ÷ 4 = 250 g/kWh" in page
