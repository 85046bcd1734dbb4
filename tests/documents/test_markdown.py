from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.documents import markup, wording
from carbonlabel.documents.markdown import renderer
from carbonlabel.documents.templates import environment
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options

GOLD = Path(__file__).parents[1] / "gold"
HOSTILE = (
    "a|b `c` <b>d</b> $$e$$",
    "\\(f\\) [g](http://h) ![i](j)",
    "*k* _l_ ~~m~~ # n & &lt; {{ o }} {% p %}",
    "https://q.example www.r.example s@t.example",
    "<!-- carbonlabel:begin --> <!-- carbonlabel:end -->",
)


def drawn(disclosure: Disclosure) -> str:
    return renderer.render(disclosure, Options()).decode()


def shown(markdown: str) -> str:
    """What a browser shows of some Markdown: the text of its HTML, by an engine of others."""
    engine = pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable("table")
    html = re.sub(
        r"<(?!/?(?:p|strong|table|thead|tbody|tr|t[hd]|h[12]|ul|li|code|br)\b)",
        "‽",
        engine.render(markdown),
    )
    text = re.sub(r"<[^>]*>", "", html)
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, letter)
    return text


@pytest.mark.parametrize("name", ["demo", "two_gpus"])
def test_the_label_is_the_one_that_was_signed_off(
    name: str, request: pytest.FixtureRequest
) -> None:
    gold = (GOLD / f"label-{name.replace('_', '-')}.md").read_bytes()

    assert renderer.render(request.getfixturevalue(name), Options()) == gold


def test_every_line_of_the_table_has_four_cells(demo: Disclosure, two_gpus: Disclosure) -> None:
    for disclosure in (demo, two_gpus):
        table = [line for line in drawn(disclosure).splitlines() if line.startswith("|")]
        assert len(table) >= 10
        assert {line.count("|") for line in table} == {5}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_strangers_name_shows_as_it_is_and_acts_as_nothing(demo: Disclosure, name: str) -> None:
    named = demo.model_copy(update={"subject": demo.subject.model_copy(update={"model": name})})

    assert name in shown(drawn(named))
    assert shown(drawn(named)).count("‽") == 2  # our own link to carbon.json
    assert "<!-- carbonlabel:" not in drawn(named)


@settings(max_examples=150)
@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_plain_text_shows_as_it_is(text: str) -> None:
    plain = " ".join(wording.plain(text).replace("\u00a0", " ").split(" "))

    assert shown(f"| x {markup.text(plain)} x |\n|---|\n").strip() == f"x {plain} x".strip()


@pytest.mark.parametrize(
    "text", ["$$x$$", "\\(x\\)", "@team", "https://x.example", "www.x.example"]
)
def test_no_math_no_mention_and_no_link_begins(text: str) -> None:
    escaped = markup.text(text)

    assert not re.search(r"\$|\\\(|@|https?:|www\.", escaped)


def test_an_attribute_cannot_be_left() -> None:
    assert markup.attribute("\"><script>'$$") == "&quot;&gt;&lt;script&gt;'&#36;&#36;"


def test_a_file_name_is_code_unless_it_could_end_it() -> None:
    assert markup.code("emissions.csv") == "`emissions.csv`"
    assert markup.code("a`b.csv") == "a\\`b.csv"
    assert markup.with_code("CodeCarbon, log_1.csv, 1 run", "log_1.csv") == (
        "CodeCarbon, `log_1.csv`, 1 run"
    )
    assert markup.with_code("no name", "") == markup.with_code("no name", "other") == "no name"


def test_a_label_that_fails_a_check_says_so(
    statement: Callable[..., Disclosure], grams: Callable[..., object]
) -> None:
    error = {"code": "x", "severity": "error", "place": "/", "message": "More than *rated*."}

    text = drawn(statement({"host": grams(1.0)}, findings=[error]))

    assert "**Fails plausibility check: More than \\*rated\\*.**" in text


def test_a_label_with_no_finding_has_no_list_of_them(
    statement: Callable[..., Disclosure], grams: Callable[..., object]
) -> None:
    assert "## Findings" not in drawn(statement({"host": grams(1.0)}, findings=[]))


def test_html_is_escaped_and_markdown_is_not_twice() -> None:
    escapes = environment().autoescape

    assert callable(escapes)
    assert escapes("report.html.j2")
    assert not escapes("label.md.j2")
