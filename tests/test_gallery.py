"""The gallery is one page that works from its folder, whatever could not be drawn."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "scripts" / "build_gallery.py"
LINK = re.compile(r'(?:src|href)="([^"#]+)"')


def test_two_states_are_built_into_one_page_that_asks_nobody(tmp_path: Path) -> None:
    command = [sys.executable, str(SCRIPT), "--out", str(tmp_path), "--languages", "en",
               "--states", "milligrams", "failed-check",
               "--comparisons", "whole", "twice"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    page = (tmp_path / "index.html").read_text("utf-8")
    assert done.stdout.startswith("2 labels and 2 comparisons in ")
    assert page.index("<h2>A check failed</h2>") < page.index("<h2>Milligrams</h2>")
    links = LINK.findall(page)
    assert not [each for each in links if ":" in each or not (tmp_path / each).is_file()]
    kinds = {Path(each).suffix for each in links}
    assert {".svg", ".png", ".html"} <= kinds
    assert "so no badge is drawn" in page
    assert "compared/whole/en/0-strip.svg" in links
    assert page.index("<h1>Comparisons</h1>") < page.index("<h2>All compares</h2>")
    assert "one statement was given twice" in page
