"""Figures over time, held to places that are worked out by hand."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from carbonlabel.documents.graphs.timeline import DAY, HOUR, Moment, Panel, timeline

NOON = datetime(2025, 11, 3, 12, tzinfo=UTC)


def panel(*values: str, kind: str = "bars", step: timedelta = HOUR) -> Panel:
    moments = [Moment(NOON + place * step, Decimal(each)) for place, each in enumerate(values)]
    return Panel("IT energy, kWh", kind, moments)  # type: ignore[arg-type]  # a kind


def bars_of(drawn: str) -> list[tuple[float, float]]:
    """Of each bar where it begins and how high it is."""
    found = re.findall(r"M([\d.]+) [\d.]+v-([\d.]+)h", drawn)
    return [(float(x), float(height)) for x, height in found]


def texts(drawn: str) -> list[str]:
    return re.findall(r"<text [^>]*>([^<]*)</text>", drawn)


def test_each_hour_has_a_bar_as_high_as_its_figure() -> None:
    found = bars_of(timeline("t", "d", [panel("1", "2", "4")], HOUR))

    (first, one), (second, two), (third, four) = found
    assert abs(third - second - (second - first)) <= 0.02
    assert abs(two - 2 * one) <= 0.02
    assert abs(four - 4 * one) <= 0.02


def test_an_hour_without_a_figure_leaves_a_gap() -> None:
    gap = Panel("e", "bars", [Moment(NOON, Decimal(1)), Moment(NOON + 3 * HOUR, Decimal(1))])

    (first, _), (last, _) = bars_of(timeline("t", "d", [gap], HOUR))

    # Four hours across 440 less the room for the scale: the last begins three quarters along.
    assert abs((last - first) - (440 - first) * 3 / 4) <= 0.02


def test_a_stepped_line_holds_each_figure_and_breaks_where_there_is_none() -> None:
    moments = [Moment(NOON + hours * HOUR, Decimal(10 + hours)) for hours in (0, 1, 4)]

    drawn = timeline("t", "d", [Panel("g", "steps", moments)], HOUR)

    (path,) = re.findall(r'd="(M[^"]+)" class="l-interval"', drawn)
    assert path.count("M") == 2
    assert path.count("V") == 1
    assert path.count("H") == 3


@pytest.mark.parametrize(
    ("step", "count", "expected"),
    [
        (HOUR, 6, ["12:00", "13:00", "14:00", "15:00", "16:00", "17:00"]),
        (HOUR, 24, ["12:00", "15:00", "18:00", "21:00", "11-04", "03:00", "06:00", "09:00"]),
        (DAY, 8, ["11-04", "11-05", "11-06", "11-07", "11-08", "11-09", "11-10", "11-11"]),
        # 112 days apart, from 2025-11 on; the year is said where it is a new one.
        (DAY, 700, ["2026-02-23", "06-15", "10-05", "2027-01-25", "05-17", "09-06"]),
    ],
)
def test_the_scale_of_time_has_at_most_eight_round_ticks(
    step: timedelta, count: int, expected: list[str]
) -> None:
    drawn = timeline("t", "d", [panel(*["1"] * count, step=step)], step)

    assert [
        each for each in texts(drawn) if re.fullmatch(r"(\d{4}-)?\d\d[:-]\d\d", each)
    ] == expected


def test_nothing_but_zeros_is_an_empty_panel() -> None:
    drawn = timeline("t", "d", [panel("0", "0")], HOUR)

    assert bars_of(drawn) == []
    assert texts(drawn)[:2] == ["IT energy, kWh", "0"]


def test_a_month_of_hours_stays_small() -> None:
    assert len(timeline("t", "d", [panel(*["1.5"] * 744)], HOUR)) < 30_000
