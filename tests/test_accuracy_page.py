"""The page of accuracy shows what the program works out, and claims no more."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SCRIPTS = str(ROOT / "scripts")
if SCRIPTS not in sys.path:
    sys.path.append(SCRIPTS)
build_accuracy_page = importlib.import_module("build_accuracy_page")
PAGE = (ROOT / "docs" / "accuracy.md").read_text("utf-8")
WORDS = PAGE.partition(build_accuracy_page.MARK)[0]


def test_the_page_is_what_comes_out() -> None:
    made = build_accuracy_page.page(PAGE)

    assert made == PAGE, "run scripts/build_accuracy_page.py"


def test_the_script_keeps_the_words() -> None:
    assert build_accuracy_page.page(PAGE + "old").startswith(WORDS + build_accuracy_page.MARK)


def test_a_figure_that_somebody_remembers_is_not_on_the_page() -> None:
    assert "Text generation" in PAGE
    for remembered in ("Extractive QA", "Image classification", "Summarization"):
        assert remembered not in PAGE


def test_every_line_of_the_comparison_is_within_its_tolerance() -> None:
    lines = re.findall(r"\| (\d\.\d{4}) \| ([\d.]+) % \|", PAGE)

    assert len(lines) > 60
    for ratio, tolerance in lines:
        assert abs(float(ratio) - 1) <= float(tolerance) / 100 + 5e-5


def test_every_study_is_cited_by_an_address() -> None:
    studies = [line for line in WORDS.splitlines() if re.match(r"\| .*\(20\d\d\)", line)]

    assert len(studies) == 4
    assert all("](https://" in line for line in studies)


def test_the_method_claims_what_the_page_shows() -> None:
    method = (ROOT / "docs" / "method.md").read_text("utf-8")
    worst = dict(re.findall(r"^\| ([a-z -]+) \| \d+ \| (\d+ % \| \d+ %) \|$", PAGE, re.MULTILINE))

    assert worst["products of two-sided sources"] == "3 % | 1 %"
    assert worst["sums with one one-sided source"] == "20 % | 20 %"
    assert worst["sums with several"] == "35 % | 10 %"
    for claim in (
        "keep within 20 % of the half-width",
        "up to 35 % too wide",
        "than 10 % too narrow",
    ):
        assert claim in method
