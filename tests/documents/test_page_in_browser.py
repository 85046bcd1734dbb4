"""I look at the HTML report as a browser shows it: on narrow and wide screens, by day and night."""

from __future__ import annotations

import html
import io
import json
import re
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pikepdf
import pytest
from PIL import Image
from pydantic import TypeAdapter

from carbonlabel.documents import html as document
from carbonlabel.documents.anatomy import Face
from carbonlabel.documents.face import face as face_of
from carbonlabel.documents.html import renderer
from carbonlabel.documents.report.material import Material
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options
from tests.documents.trials import trial

AXE = find_spec("axe_core_python")
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
FACES = Path(__file__).parents[1] / "samples" / "faces"
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--hide-scrollbars",
)  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium was found"),
]


def browse(page: Path, folder: Path, *options: str) -> str:
    """What Chromium prints about a page."""
    assert BROWSER is not None
    profile = f"--user-data-dir={folder / 'profile'}"
    done = subprocess.run(
        [BROWSER, *QUIET, profile, *options, page.as_uri()],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    return done.stdout.decode()


def measured(text: str, folder: Path, *widths: int) -> list[int]:
    """How wide the page becomes in frames of these widths, in px."""
    frames = "".join(
        f'<iframe style="border:0;width:{width}px;height:600px" srcdoc="{html.escape(text)}">'
        "</iframe>"
        for width in widths
    )
    script = (
        "<script>onload=()=>{document.title=[...document.querySelectorAll('iframe')]"
        ".map(frame=>frame.contentDocument.documentElement.scrollWidth).join()}</script>"
    )
    page = folder / "frames.html"
    page.write_text(f"<!DOCTYPE html><title></title>{script}<body>{frames}", "utf-8")
    title = re.search("<title>([^<]*)", browse(page, folder, "--dump-dom"))
    assert title is not None
    return [int(width) for width in title[1].split(",")]


def judged(text: str, folder: Path, *options: str) -> dict[str, Any]:
    """What axe-core finds in a page, which for once may run a script."""
    assert AXE is not None
    assert AXE.submodule_search_locations is not None
    engine = (Path(AXE.submodule_search_locations[0]) / "axe.min.js").read_text("utf-8")
    running = (
        "axe.run().then(found=>{document.title=JSON.stringify({passes:found.passes.length,"
        "violations:found.violations.map(each=>[each.id,each.nodes.map(node=>node.html)])})})"
    )
    scripts = f"<script>{engine}</script><script>{running}</script>"
    freed = re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    page = folder / "judged.html"
    page.write_text(freed.replace("</body>", f"{scripts}</body>"), "utf-8")
    dom = browse(page, folder, "--virtual-time-budget=20000", "--dump-dom", *options)
    title = re.search("<title>([^<]*)", dom)
    assert title is not None
    found: dict[str, Any] = json.loads(html.unescape(title[1]))
    return found


def asked(page: Path, folder: Path) -> tuple[set[str], str]:
    """The hosts that Chromium turned to for a page, and what it noted on its console."""
    assert BROWSER is not None
    log = folder / "net.json"
    done = subprocess.run(
        [
            BROWSER, *QUIET, f"--user-data-dir={folder / 'profile'}", "--enable-logging=stderr",
            f"--log-net-log={log}", "--dump-dom", page.as_uri(),
        ],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    urls = re.findall(r'"url":"([^"]+)"', log.read_text("utf-8", "replace"))
    hosts = {urlsplit(each).hostname or "" for each in urls}
    # A browser looks for news of its own maker, whatever it shows.
    own = {each for each in hosts if each.endswith((".google.com", ".googleapis.com"))}
    return hosts - own - {""}, done.stderr.decode("utf-8", "replace")


def selected(text: str, folder: Path, selector: str) -> list[str]:
    """What a person copies who marks each of the elements that a selector names."""
    script = (
        "<script>onload=()=>{const shown=document.querySelector('iframe').contentDocument;"
        "const marked=shown.defaultView.getSelection();"
        f"document.title=JSON.stringify([...shown.querySelectorAll({selector!r})].map(each=>"
        "{marked.selectAllChildren(each);return marked.toString()}))}</script>"
    )
    page = folder / "copied.html"
    frame = f'<iframe style="width:1000px;height:3000px" srcdoc="{html.escape(text)}"></iframe>'
    page.write_text(f"<!DOCTYPE html><title></title>{script}<body>{frame}", "utf-8")
    title = re.search("<title>([^<]*)", browse(page, folder, "--dump-dom"))
    assert title is not None
    copied: list[str] = json.loads(html.unescape(title[1]))
    return [" ".join(each.split()) for each in copied]


def seen(text: str, folder: Path, *options: str) -> Image.Image:
    """The page in a window of 1280 × 1000 px."""
    page, picture = folder / "report.html", folder / "seen.png"
    page.write_text(text, "utf-8")
    browse(page, folder, "--window-size=1280,1000", f"--screenshot={picture}", *options)
    return Image.open(picture).convert("RGB")


@cache
def regulators() -> bytes:
    """A report that has every section."""
    return renderer.render(trial(), Options(profile="regulator"))


def crowded(disclosure: Disclosure) -> str:
    """A report with the longest words that a face may hold."""
    face = face_of(disclosure)
    long = face._replace(
        model="o/" + "m" * 118,
        size="1.76 T parameters",
        value="123 456.78",
        serving=("x" * 56,) * 4,
        left_out=("y" * 120,),
        rows=tuple(
            row._replace(note="n" * 40, range="100 000–230 000", value="123 456.78")
            for row in face.rows
        ),
        contexts=tuple(
            each._replace(note="p" * 120, value="1 234.5 to 6 789.0", range="1 000–9 000")
            for each in face.contexts
        ),
        warnings=("w" * 400,),
        footnotes=("f" * 120,),
        findings=("Warning: " + "v" * 400,),
    )
    material = Material(face=long, disclosure=disclosure, audience="regulator", file="c" * 80)
    return document.written(material, Options(), style=document.for_screens(), statement="s" * 80)


def test_nothing_is_wider_than_the_screen_from_320_px_on(
    two_gpus: Disclosure, tmp_path: Path
) -> None:
    widths = (320, 375, 416, 420, 640, 768, 800, 1280, 1440)

    assert measured(renderer.render(two_gpus, Options()).decode(), tmp_path, *widths) == [*widths]
    assert measured(crowded(two_gpus), tmp_path, *widths) == [*widths]
    assert measured(regulators().decode(), tmp_path, *widths) == [*widths]


def test_on_a_narrow_screen_no_word_stands_one_letter_a_line(tmp_path: Path) -> None:
    text = regulators().decode()
    script = (
        "<script>onload=()=>{const shown=document.querySelector('iframe').contentDocument;"
        "document.title=[...shown.querySelectorAll('.annex caption,.annex tbody th,.annex td')]"
        ".filter(each=>each.textContent.length>9&&each.clientWidth>1)"
        ".map(each=>each.clientWidth).join()}</script>"
    )
    frame = '<iframe style="border:0;width:320px;height:600px"'
    page = tmp_path / "narrow.html"
    page.write_text(
        f"<!DOCTYPE html><title></title>{script}<body>{frame} srcdoc='{html.escape(text)}'>",
        "utf-8",
    )

    title = re.search("<title>([^<]*)", browse(page, tmp_path, "--dump-dom"))

    assert title is not None
    # A word such as `experimentation` is about 110 px wide; a letter is 10.
    assert min(int(width) for width in title[1].split(",")) >= 60


@pytest.mark.skipif(AXE is None, reason="needs axe-core-python")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_judge_of_accessible_pages_finds_nothing(
    demo: Disclosure, tmp_path: Path, scheme: str
) -> None:
    night = ["--blink-settings=preferredColorScheme=0"] if scheme == "dark" else []
    public = renderer.render(trial(), Options(profile="public"))

    for each in (renderer.render(demo, Options()), public, regulators()):
        found = judged(each.decode(), tmp_path, *night)

        assert found["violations"] == []
        assert found["passes"] > 20


def test_a_browser_turns_to_no_address_and_has_nothing_to_refuse(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_bytes(regulators())

    hosts, console = asked(page, tmp_path)

    assert hosts == set()
    assert "Content Security Policy" not in console


def test_figures_are_copied_with_their_units(two_gpus: Disclosure, tmp_path: Path) -> None:
    text = renderer.render(two_gpus, Options()).decode()

    rows = selected(text, tmp_path, ".label .parts tbody tr")
    facts = selected(text, tmp_path, "#energy tbody tr")

    for row, copied in zip(face_of(two_gpus).rows, rows, strict=True):
        assert f"{row.value} mg CO₂e {row.range} mg CO₂e" in copied
    assert "41.8 mg CO₂e" in facts[0]


def test_links_are_reached_in_the_order_of_the_page() -> None:
    text = regulators().decode()

    assert "tabindex" not in text
    targets = re.findall(r'<a href="#([^"]+)"', text)
    assert targets
    assert targets == re.findall(r'<section id="([^"]+)"', text)


def test_the_label_alone_is_one_printed_page(two_gpus: Disclosure, tmp_path: Path) -> None:
    page, paper = tmp_path / "report.html", tmp_path / "paper.pdf"
    page.write_bytes(renderer.render(two_gpus, Options()))
    browse(page, tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={paper}")

    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext of Poppler")
    first, second = (
        subprocess.run(
            ["pdftotext", "-f", number, "-l", number, str(paper), "-"],
            capture_output=True, check=True,
        ).stdout.decode()
        for number in ("1", "2")
    )  # fmt: skip
    assert "Carbon Facts" in first
    assert "disclosure sha256" in first
    assert "disclosure sha256" not in second
    assert "What was counted" in second


def test_the_ground_is_white_by_day_and_dark_by_night(demo: Disclosure, tmp_path: Path) -> None:
    text = renderer.render(demo, Options()).decode()

    day = seen(text, tmp_path)
    night = seen(text, tmp_path, "--blink-settings=preferredColorScheme=0")

    assert day.getpixel((2, 2)) == (255, 255, 255)
    assert night.getpixel((2, 2)) == (13, 17, 23)
    # The interval is the only thing in colour, and it changes with the ground.
    assert (154, 52, 18) in {colour for _, colour in day.getcolors(1 << 20) or ()}
    assert (255, 166, 87) in {colour for _, colour in night.getcolors(1 << 20) or ()}


def test_a_hostile_name_stays_text(demo: Disclosure, tmp_path: Path) -> None:
    name = "</title><script>document.title='x'</script><img src=x onerror=\"document.title='y'\">"
    strange = demo.model_copy(update={"subject": demo.subject.model_copy(update={"model": name})})
    page = tmp_path / "report.html"
    page.write_bytes(renderer.render(strange, Options()))

    dom = browse(page, tmp_path, "--dump-dom")

    assert "<script" not in dom
    assert "<img" not in dom
    assert "<title>Carbon Facts: &lt;/title&gt;&lt;script&gt;" in dom


def test_on_paper_it_is_light_and_has_numbered_pages(demo: Disclosure, tmp_path: Path) -> None:
    page, paper = tmp_path / "report.html", tmp_path / "paper.pdf"
    page.write_bytes(renderer.render(demo, Options()))

    night = "--blink-settings=preferredColorScheme=0"
    browse(page, tmp_path, "--no-pdf-header-footer", night, f"--print-to-pdf={paper}")

    with pikepdf.open(io.BytesIO(paper.read_bytes())) as pdf:
        assert len(pdf.pages) == 3
        drawn = b"".join(each.Contents.read_bytes() for each in pdf.pages).decode("latin-1")
    fills = re.findall(r"([.\d]+) ([.\d]+) ([.\d]+) rg", drawn)
    colours = {tuple(round(float(part) * 255) for part in fill) for fill in fills}
    # #111111 is the ink of the light theme, #f0f3f6 that of the dark one.
    assert (0x11, 0x11, 0x11) in colours
    assert (0xF0, 0xF3, 0xF6) not in colours


def test_a_label_of_a_face_by_hand_is_shown_too(demo: Disclosure, tmp_path: Path) -> None:
    face = TypeAdapter(Face).validate_json((FACES / "missing.json").read_bytes())
    material = Material(face=face, disclosure=demo)
    text = document.written(material, Options(), style=document.for_screens(), statement="Here.")

    assert measured(text, tmp_path, 320) == [320]
