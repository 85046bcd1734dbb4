"""The page of comparisons has every rule, and its worked example is what the program gives."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from carbonlabel import compare
from carbonlabel.comparison.outcome import About
from carbonlabel.documents.comparing.words import TITLES
from tests.comparison.conftest import Made
from tests.comparison.test_compare import ends, figure, only

PAGE = (Path(__file__).parents[2] / "docs" / "compare.md").read_text("utf-8")


def test_every_rule_has_its_row_and_no_other_has_one() -> None:
    rows = re.findall(r"^\| (`[^|]+`) \|", PAGE, re.MULTILINE)
    listed = [name for row in rows for name in re.findall(r"`([^`]+)`", row)]

    assert sorted(listed) == sorted(get_args(About))
    assert set(TITLES) == set(get_args(About))


def test_the_worked_example_is_what_the_program_gives(made: Made) -> None:
    found = compare([made("a/one", 10), made("a/two", 40)])
    electricity, ratio = figure(found, "electricity"), only(found, "electricity").ratio

    assert "334 to 749 g" in PAGE
    assert ends(electricity, 0) == pytest.approx((334, 749), abs=0.5)
    assert "1 336 to 2 995 g" in PAGE
    assert ends(electricity, 1) == pytest.approx((1336, 2995), abs=0.5)
    assert "**2.5 to 6.4**" in PAGE
    assert ratio is not None
    assert (ratio.low, ratio.high) == pytest.approx((2.5, 6.4), abs=0.05)
