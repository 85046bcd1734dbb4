"""The page of a comparison as a browser shows it: no scrolling aside, in any language."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlabel.documents.comparing.renderings import Looks, rendered
from carbonlabel.documents.language import LANGUAGES
from tests.documents.comparing.test_tongues import made
from tests.documents.test_page_in_browser import AXE, BROWSER, judged, measured

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium was found"),
]


@pytest.mark.parametrize("tongue", LANGUAGES)
@pytest.mark.parametrize("case", ["many", "in-part", "at-one-grid", "doubtful-cards"])
def test_a_page_fits_every_screen(case: str, tongue: str, tmp_path: Path) -> None:
    page = rendered(made(case), "html", Looks(language=tongue)).decode()

    assert measured(page, tmp_path, 320, 768, 1200) == [320, 768, 1200]


@pytest.mark.skipif(AXE is None, reason="axe-core is not installed")
@pytest.mark.parametrize("options", [(), ("--blink-settings=preferredColorScheme=0",)])
@pytest.mark.parametrize(("case", "tongue"), [("in-part", "fr"), ("at-one-grid", "de")])
def test_axe_finds_nothing_wrong(
    case: str, tongue: str, options: tuple[str, ...], tmp_path: Path
) -> None:
    page = rendered(made(case), "html", Looks(language=tongue)).decode()
    found = judged(page, tmp_path, *options)

    assert found["violations"] == []
    assert found["passes"] > 10
