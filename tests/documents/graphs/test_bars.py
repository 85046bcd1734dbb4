"""Bars from zero, held to places that are worked out by hand."""

from __future__ import annotations

import re
from decimal import Decimal

from carbonlabel.documents.graphs.bars import Bar, bars
from carbonlabel.documents.numbers import Reading


def bar(name: str, value: str, low: str | None = None, high: str | None = None) -> Bar:
    ends = (None if low is None else Decimal(low), None if high is None else Decimal(high))
    return Bar(name, Reading(Decimal(value), *ends), f"{value} kWh")


def lengths(drawn: str) -> list[float]:
    return [float(each) for each in re.findall(r'<rect [^>]*width="([\d.]+)"', drawn)]


def test_lengths_are_as_the_amounts_are() -> None:
    drawn = bars("Energy", [bar("a", "4"), bar("b", "2"), bar("c", "1")])

    assert drawn is not None
    whole, half, quarter = lengths(drawn)
    assert abs(half - whole / 2) <= 0.011  # coordinates have two decimals
    assert abs(quarter - whole / 4) <= 0.011


def test_an_interval_beyond_the_longest_bar_stays_inside() -> None:
    drawn = bars("Energy", [bar("a", "4", "2", "8")])

    assert drawn is not None
    (length,) = lengths(drawn)
    left = float(re.findall(r'<rect x="([\d.]+)"', drawn)[0])
    low, high = re.findall(r'd="M([\d.]+) [\d.]+H([\d.]+)M', drawn)[0]
    # The scale ends at 8: the bar is half of it, the interval from a quarter to the whole.
    assert abs(float(high) - left - 2 * length) <= 0.02
    assert abs(float(low) - left - length / 2) <= 0.02


def test_what_is_drawn_is_told_too() -> None:
    drawn = bars("Energy", [bar("a", "4"), bar("b", "2")])

    assert drawn is not None
    assert "<title>Energy: a 4 kWh, b 2 kWh</title>" in drawn
    assert "2 bars from zero; the longest is a, 4 kWh." in drawn


def test_nothing_is_drawn_of_nothing_and_a_sliver_of_little() -> None:
    assert bars("Energy", []) is None
    assert bars("Energy", [bar("a", "0")]) is None

    drawn = bars("Energy", [bar("a", "1000000"), bar("b", "1"), bar("c", "0")])

    assert drawn is not None
    assert len(lengths(drawn)) == 2
    assert lengths(drawn)[1] == 1


def test_a_name_of_a_stranger_stays_text_and_inside() -> None:
    name = "</text><script>x</script>\u202e" + "m" * 500

    drawn = bars("Energy", [bar(name, "1")])

    assert drawn is not None
    assert "<script" not in drawn
    shown = re.findall(r"<text [^>]*>([^<]*)</text>", drawn)[0]
    assert "…" in shown
    assert "\u202e" not in drawn
