"""The page of reference data says of the tables what is in them."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = "scripts/build_data_page.py"
PAGE = (ROOT / "docs" / "data.md").read_text("utf-8")
SHIPPED = ROOT / "carbonlabel" / "factors" / "data"
OTHERS = (ROOT / "tests" / "factors" / "test_errors_of_others.py").read_text("utf-8")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script that writes the tables."""
    found = importlib.util.spec_from_file_location("build_data_page", ROOT / SCRIPT)
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_the_page_is_what_the_tables_hold(script: ModuleType) -> None:
    assert script.page(PAGE) == PAGE, f"a table has changed: run {SCRIPT}"


def test_the_script_keeps_the_words(script: ModuleType) -> None:
    assert script.page("Words.\n\n" + script.MARK + "old").startswith("Words.\n\n" + script.MARK)


def test_every_table_that_is_shipped_is_on_the_page() -> None:
    shipped = {path.name for path in SHIPPED.glob("*.csv")} - {"tables.csv"}

    assert shipped == set(re.findall(r"^\| `(\w+\.csv)` \| [^|]+ \| \d+ \|", PAGE, re.MULTILINE))


def test_every_work_that_is_named_can_be_followed() -> None:
    named = set(re.findall(r"\]\(#([a-z0-9-]+)\)", PAGE))
    anchors = re.findall(r'<a id="([a-z0-9-]+)"></a>', PAGE)

    assert named <= set(anchors)
    assert len(anchors) == len(set(anchors)) > 50


def test_a_cell_holds_no_mark_of_markdown(script: ModuleType) -> None:
    assert script.escaped("a|b *c*") == r"a\|b \*c\*"


def test_years_of_a_table_are_those_that_hold_figures(script: ModuleType) -> None:
    held = [{"zone": "FR", "2023": "56", "2024": "", "year": ""}, {"zone": "DE", "2020": "1"}]

    assert script.span(held) == "2020–2023"
    assert script.span([{"zone": "FR"}]) == ""
    assert script.span([{"year": "2024"}]) == "2024"


def test_what_others_have_wrong_is_held_by_a_test() -> None:
    for figure in ("458.3", "B300", "989e12", "me-cenrtal1", "US-east", "Oregon"):
        assert figure in OTHERS


def test_the_attribution_is_that_of_the_wheel() -> None:
    text = (SHIPPED / "ATTRIBUTION.md").read_text("utf-8")

    assert text.partition("Attribution: ")[2].strip() in PAGE
    for owed in ("Ember", "GeoNames", "WRI", "Epoch AI", "CodeCarbon", "Green Algorithms"):
        assert owed in text
