"""I hold the HTML report to its promise: one file, every figure, no request, no foreign markup."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from carbonlabel.documents import chart, html
from carbonlabel.documents.anatomy import Face, Row
from carbonlabel.documents.canvas import THEMES
from carbonlabel.documents.face import face as face_of
from carbonlabel.documents.page import report
from carbonlabel.documents.report.material import Material
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options

Statement = Callable[..., Disclosure]
Grams = Callable[..., dict[str, Any]]
SAMPLES = Path(__file__).parents[1] / "samples"
HOSTILE = """</title></style><script>alert(1)</script>"><img src=x onerror=a> {{ 7*7 }} -->"""


def sample(name: str) -> Face:
    return TypeAdapter(Face).validate_json((SAMPLES / "faces" / f"{name}.json").read_bytes())


BLOOM = sample("bloom")
MISSING = sample("missing")


class Outline(HTMLParser):
    """The elements of a page in their order, with their attributes, and its text."""

    def __init__(self, text: str) -> None:  # noqa: D107 - the class says it
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.silent = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.silent = tag if tag in {"style", "title"} else self.silent

    def handle_endtag(self, tag: str) -> None:
        self.silent = "" if tag == self.silent else self.silent

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.words.append(" ".join(data.split()))

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]

    @property
    def text(self) -> str:
        return " ".join(self.words)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def rendered(disclosure: Disclosure) -> str:
    return html.renderer.render(disclosure, Options()).decode()


def laid_out(face: Face, disclosure: Disclosure) -> str:
    material = Material(face=face, disclosure=disclosure)
    return html.written(material, Options(), style="", statement="Here.")


def in_order(text: str, *pieces: str) -> bool:
    at = 0
    for piece in (" ".join(each.split()) for each in pieces):
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


def test_nothing_in_the_page_makes_a_browser_ask_for_anything(two_gpus: Disclosure) -> None:
    text = rendered(two_gpus)
    outline = Outline(text)

    assert not {"script", "link", "img", "iframe", "object", "embed", "base"} & set(outline.tags)
    assert all(
        url.startswith("data:font/woff2;base64,") for url in re.findall(r"url\((.*?)\)", text)
    )
    assert "@import" not in text
    asking = ("src", "href", "xlink:href", "action", "background")
    asked = [tag for tag, attributes in outline.elements if set(asking) & set(attributes)]
    assert set(asked) == {"a"}
    policy = next(each for each in outline.all("meta") if "http-equiv" in each)
    assert str(policy["content"]).startswith("default-src 'none';")


def test_the_page_says_its_language_its_title_and_how_wide_it_is(demo: Disclosure) -> None:
    text = rendered(demo)
    outline = Outline(text)

    assert text.startswith("<!DOCTYPE html>")
    assert outline.all("html") == [{"lang": "en"}]
    assert "<title>Carbon Facts: acme/demo-train</title>" in text
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in outline.all(
        "meta"
    )
    assert outline.tags.count("h1") == outline.tags.count("main") == 1


def test_every_table_has_a_caption_and_every_heading_its_scope(two_gpus: Disclosure) -> None:
    outline = Outline(rendered(two_gpus))

    assert outline.tags.count("table") == outline.tags.count("caption") == 13
    assert {each.get("scope") for each in outline.all("th")} == {"row", "col"}


def test_every_drawing_begins_with_its_title(two_gpus: Disclosure) -> None:
    tags = Outline(rendered(two_gpus)).tags

    after = [tags[at + 1] for at, tag in enumerate(tags) if tag == "svg"]
    assert len(after) > 20
    assert set(after) == {"title"}


@pytest.mark.parametrize("face", [BLOOM, MISSING], ids=["bloom", "missing"])
def test_the_label_reads_from_top_to_bottom_as_its_face(face: Face, demo: Disclosure) -> None:
    text = Outline(laid_out(face, demo)).text

    rows = [word for row in face.rows for word in (row.name, row.value or "not reported")]
    contexts = [each.value or "not reported" for each in face.contexts]
    assert in_order(
        text,
        *(face.title, face.model, face.size, *face.serving, face.per),
        *(face.headline, face.value or "", face.unit, "Likely range", face.range),
        *("Where it comes from", *rows, "Left out", ", ".join(face.left_out), *contexts),
        *("Data quality", face.quality.word, *face.quality.reason, *face.footnotes),
    )


def test_behind_the_label_stand_method_findings_machines_files_and_sources(
    two_gpus: Disclosure,
) -> None:
    text = Outline(rendered(two_gpus)).text

    assert in_order(text, "What was counted", "1 fine-tuning run", "2026-11-22", "Orsay, France")
    assert in_order(text, "Not counted, and why", "idle time", "records only the epochs")
    assert in_order(text, "Hardware", "NVIDIA A100-SXM4-80GB", "accelerator", "2")
    assert in_order(text, "Method", "Energy", "Carbontracker 2.4.7,", "Where the doubt comes from")
    assert in_order(text, "Findings", "Warning", "averages the power of several devices")
    for file in two_gpus.inputs.values():
        assert in_order(text, "Files read", file.file, file.sha256)
    for work in two_gpus.sources.values():
        assert in_order(text, "Sources", work.title, work.url or "")


def test_the_digest_stands_in_full_and_in_the_picture(demo: Disclosure) -> None:
    import segno  # noqa: PLC0415 - the oracle

    face = face_of(demo)
    made = report(Material(face=face, disclosure=demo))

    assert made.reference == f"carbon.json#jcs-sha256={face.digest}"
    assert made.reference in Outline(laid_out(face, demo)).text
    code = segno.make(made.reference, error="m", boost_error=False)
    path = re.search(r'd="(M4 [^"]+)"', code.svg_inline(border=4, omitsize=True))
    assert path is not None
    assert path[1] in made.code


@pytest.mark.parametrize(
    ("address", "is_link"),
    [
        ("https://example.org/a?b=c&d=%20", True),
        ("http://example.org", True),
        ("HTTPS://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("file:///etc/passwd", False),
        ("//example.org", False),
        ("https:", False),
        ("http://[", False),
        ("https://example.org/\u202egpj.exe", False),
        ("https://example.org/a b", False),
        ("java\nscript:alert(1)", False),
        (f"https://example.org/{'a' * 3000}", False),
    ],
)
def test_only_an_address_of_the_web_becomes_a_link(
    statement: Statement, grams: Grams, address: str, *, is_link: bool
) -> None:
    cited = {"ember": {"title": "Ember", "url": address}}
    disclosure = statement({"host": grams(1.0, 0.5, 2.0)}, sources=cited)

    links = Outline(rendered(disclosure)).all("a")

    expected = [{"href": address, "rel": "noopener noreferrer"}] if is_link else []
    assert links == expected


@settings(max_examples=40, deadline=None)
@given(name=st.text(max_size=60).map(lambda text: HOSTILE + text) | st.text(min_size=1))
def test_no_name_of_a_stranger_becomes_markup(demo: Disclosure, name: str) -> None:
    harmless = Counter(Outline(laid_out(face_of(demo), demo)).tags)
    subject = demo.subject.model_copy(update={"model": name})
    file = demo.inputs["log"].model_copy(update={"file": name, "tracker": name})
    cited = demo.sources["ember"].model_copy(update={"title": name, "licence": name})
    strange = demo.model_copy(
        update={
            "subject": subject,
            "inputs": {**demo.inputs, "log": file},
            "sources": {**demo.sources, "ember": cited},
        }
    )

    text = laid_out(face_of(demo)._replace(model=face_of(strange).model), strange)

    assert Counter(Outline(text).tags) == harmless
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066\u2067]", text)
    assert text.count("\u2068") == text.count("\u2069")


def test_a_name_of_ten_kilobytes_is_shortened(statement: Statement, grams: Grams) -> None:
    named = statement({"host": grams(1.0)}, subject__model="o/" + "a" * 10_000)

    assert len(rendered(named)) - len(rendered(statement({"host": grams(1.0)}))) < 1500


def test_a_template_in_a_name_is_text(statement: Statement, grams: Grams) -> None:
    text = rendered(statement({"host": grams(1.0)}, subject__model="{{ 7*7 }}{% raw %}"))

    assert "<b>{{ 7*7 }}{% raw %}</b>" in text


def test_a_label_without_any_figure_says_so_and_draws_an_empty_bar(demo: Disclosure) -> None:
    rows = tuple(row._replace(value=None, fill=None, basis="not reported") for row in BLOOM.rows)
    empty = BLOOM._replace(headline="Not reported", value=None, range="", axis=None, rows=rows)

    text = laid_out(empty, demo)

    assert "<title>Empty bar: nothing is reported</title>" in text
    assert 'class="value"' not in text
    assert in_order(Outline(text).text, "Not reported", "Likely range not reported")


def test_a_range_that_nobody_declared_has_no_bracket(demo: Disclosure) -> None:
    assert BLOOM.axis is not None
    unknown = BLOOM._replace(
        range="range not declared",
        range_short="",
        axis=BLOOM.axis._replace(low_ratio=None, high_ratio=None),
    )

    assert "l-interval" in chart.bar(BLOOM)
    assert "interval" not in chart.bar(unknown)
    assert "Likely range range not declared" in Outline(laid_out(unknown, demo)).text


def test_what_is_planned_is_drawn_in_outline_only(demo: Disclosure) -> None:
    planned, _, _ = laid_out(BLOOM._replace(headline="Planned"), demo).partition("</article>")

    assert 'class="f-s1"' in laid_out(BLOOM, demo)
    assert not re.search('class="[fl]-s[1-3]"', planned)


def test_five_parts_have_five_fills() -> None:
    places = [each / 5 for each in range(6)]
    rows = tuple(
        Row(
            part=f"p{at}", name=f"Part {at}", level="part", value="1", basis="estimated", fill=at,
            start_ratio=places[at - 1], end_ratio=places[at],
        )
        for at in range(1, 6)
    )  # fmt: skip
    swatches = [chart.swatch(at) for at in range(1, 6)]

    bar = chart.bar(BLOOM._replace(rows=rows))

    assert len({re.sub("part .", "", swatch) for swatch in swatches}) == 5
    assert "Part 1 1, Part 2 1" in bar
    # A fifth of 332, and the same less the gap of 0.75.
    assert sorted(re.findall(r'width="([\d.]+)" height="16"', bar)) == ["65.65", "65.65", "66.4"]


def test_shares_are_a_bar_and_without_any_an_empty_one() -> None:
    mixed = BLOOM.quality._replace(shares=(("measured", 25), ("estimated", 75), ("assumed", 0)))

    bar = chart.shares(mixed)

    assert "<title>Bar of the shares: 25 % measured, 75 % estimated, 0 % assumed</title>" in bar
    assert '<rect x="0" y="0" width="83" height="9" class="f-ink"' in bar  # a quarter of 332
    assert bar.count("<rect") == 3
    assert "Empty bar: no shares" in chart.shares(mixed._replace(shares=()))


def test_a_sliver_is_drawn_and_a_row_of_nothing_is_not() -> None:
    sliver, nothing = BLOOM.rows[1], BLOOM.rows[2]
    thin = sliver._replace(start_ratio=0.0, end_ratio=0.0001)
    none = nothing._replace(start_ratio=0.5, end_ratio=0.5)

    bar = chart.bar(BLOOM._replace(rows=(thin, none)))

    assert 'x="0" y="0" width="1" height="16"' in bar
    assert bar.count("<rect") == 1


def test_ticks_that_would_touch_give_way() -> None:
    assert BLOOM.axis is not None
    crowded = BLOOM.axis._replace(ticks=((0.0, "0"), (0.01, "1"), (1.0, "100 000")))

    bar = chart.bar(BLOOM._replace(axis=crowded))

    assert re.findall(r">([\d ]+)</text>", bar) == ["0", "100 000"]


def test_warnings_stand_on_the_label(demo: Disclosure) -> None:
    warned = BLOOM._replace(warnings=("Fails plausibility check: 2 < 3.",))

    text = laid_out(warned, demo)

    assert "<span>Fails plausibility check: 2 &lt; 3.</span></p>" in text
    assert text.count('<svg class="sign"') == 2
    assert text.index("Fails plausibility check") < text.index("How to read this")
    assert 'class="sign"' not in laid_out(BLOOM, demo)


def test_a_part_that_is_not_reported_has_a_dash_where_the_others_have_their_patch(
    demo: Disclosure,
) -> None:
    missing = [row for row in face_of(demo).rows if row.value is None and row.level != "sum"]

    text = rendered(demo)

    assert missing
    dashes = re.findall(r'<span class="line"><svg class="swatch"[^>]*><title>not reported<', text)
    assert len(dashes) == len(missing)


def test_a_note_too_long_for_its_line_stands_below(demo: Disclosure) -> None:
    grid = BLOOM.contexts[1]._replace(note="place not known, world mean 2024 and more")

    text = laid_out(BLOOM._replace(contexts=(BLOOM.contexts[0], grid)), demo)

    assert '<span class="note">place not known' in text
    assert f'<span class="beside">{BLOOM.contexts[0].note}' in text


def test_a_file_name_in_the_method_is_set_apart(demo: Disclosure) -> None:
    assert "CodeCarbon 3.3.2, <code>emissions.csv</code>, 2 runs" in rendered(demo)


def test_a_report_without_findings_or_sources_says_so_or_leaves_them_out(
    statement: Statement, grams: Grams
) -> None:
    bare = statement(
        {"host": grams(1.0)}, findings=[], sources={}, left_out=[], activities__0__hardware=[]
    )

    text = Outline(rendered(bare)).text

    assert "Findings Nothing was noticed." in text
    assert "Sources" not in text
    assert "Not counted, and why" not in text
    assert "Hardware Machine" not in text


def test_runs_that_did_not_end_are_named(statement: Statement, grams: Grams) -> None:
    cut = statement({"host": grams(1.0)}, activities__0__complete=False)

    assert "2 fine-tuning runs, not all of them whole" in rendered(cut)


def test_light_and_dark_are_the_two_themes_and_paper_is_light(demo: Disclosure) -> None:
    text = rendered(demo)
    dark = text[text.index("@media screen and (prefers-color-scheme:dark)") :]

    assert all(f"--{name}:{colour};" in dark for name, colour in THEMES["dark"].items())
    assert all(f"--{name}:{colour};" in text for name, colour in THEMES["light"].items())
    assert f".l-interval{{stroke:{THEMES['dark']['interval']}}}" in dark


def test_no_option_changes_a_byte(demo: Disclosure) -> None:
    assert html.renderer.render(demo, Options(theme="dark", scale=5)) == rendered(demo).encode()


def test_the_page_is_the_same_in_any_process_and_zone(demo: Disclosure) -> None:
    program = (
        "import sys; from carbonlabel.documents.html import renderer;"
        "from carbonlabel.model.disclosure import Disclosure;"
        "from carbonlabel.plugins import Options;"
        "read = sys.stdin.buffer.read();"
        "sys.stdout.buffer.write(renderer.render(Disclosure.model_validate_json(read), Options()))"
    )
    elsewhere = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "LC_ALL": "C"}

    made = subprocess.run(
        [sys.executable, "-c", program],
        input=demo.model_dump_json(by_alias=True, exclude_none=True).encode(),
        env=elsewhere, capture_output=True, check=True,
    )  # fmt: skip

    assert made.stdout == rendered(demo).encode()


def test_the_file_stays_below_three_hundred_thousand_bytes(two_gpus: Disclosure) -> None:
    assert len(rendered(two_gpus)) < 300_000
