"""The page of formats and the front page say of the readers what they say of themselves."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from carbonlabel import registry
from carbonlabel.intake import DOCUMENT_LIMIT, LINE_LIMIT, LOG_LIMIT

ROOT = Path(__file__).parents[1]
SCRIPT = "scripts/build_formats_page.py"
PAGE = (ROOT / "docs" / "formats.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script that writes the tables."""
    found = importlib.util.spec_from_file_location("build_formats_page", ROOT / SCRIPT)
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_the_tables_are_what_the_readers_say(script: ModuleType) -> None:
    assert script.page(PAGE) == PAGE, f"a reader has changed: run {SCRIPT}"


def test_the_front_page_counts_the_formats(script: ModuleType) -> None:
    assert script.front(README) == README, f"there are more readers: run {SCRIPT}"
    assert len(script.COUNTS.findall(README)) == 1


def test_the_script_writes_new_counts_and_keeps_the_words(script: ModuleType) -> None:
    stale = "It knows 3 formats of logs and statements, and 1 of grids."
    logs, series = (len(registry.names(group)) for group in (registry.READERS, registry.FACTORS))

    assert script.front(stale) == (
        f"It knows {logs} formats of logs and statements, and {series} of grids."
    )
    assert script.page("Words.\n\n" + script.MARK + "old").startswith("Words.\n\n" + script.MARK)


def test_every_format_has_one_row(script: ModuleType) -> None:
    listed = re.findall(r"^\| `([a-z0-9-]+)` \|", PAGE, re.MULTILINE)

    assert listed == [row["format"] for row in (*script.logs(), *script.series())]


def test_a_cell_holds_no_mark_of_markdown(script: ModuleType) -> None:
    assert script.cell({"reads": "a|b *c* <d>"}, "reads") == r"a\|b \*c\* \<d>"


def test_the_limits_on_the_page_are_the_programs() -> None:
    assert (LOG_LIMIT, LINE_LIMIT, DOCUMENT_LIMIT) == (2**30, 64 * 2**10, 10 * 2**20)
    for shown in ("1 GiB", "64 KiB", "10 MiB"):
        assert re.search(shown.replace(" ", r"\s"), PAGE)


def test_links_between_the_pages_lead_somewhere() -> None:
    for page in (ROOT / "docs").glob("*.md"):
        # What stands in code is for the reader's own page.
        code = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
        told = code.sub("", page.read_text("utf-8"))
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", told):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
