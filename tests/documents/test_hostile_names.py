"""Names that mean harm: every document takes them as words, whatever they hold."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from markdown_it import MarkdownIt

import carbonlabel
from carbonlabel import registry
from carbonlabel.cards.splice import unsplice
from carbonlabel.errors import InvalidDocument
from carbonlabel.model.disclosure import Disclosure, Part
from carbonlabel.model.estimate import Missing
from carbonlabel.model.profile import Profile
from carbonlabel.model.provenance import Period
from carbonlabel.plugins import Options
from carbonlabel.record.keeping import load

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "right to left": "\u202egpj.exe \u2067مرحبا\u2069",
    "ten kilobytes": "o/" + "m" * 10_000,
    "nothing": "a\x00b",
    "math": "$$\\int$$ $x$",
    "table": "a | b | c",
    "template": "q{{ 7*7 }}q{% raw %}",
    "comment": "--> <!-- carbonlabel:end -->",
    "markdown": "[click](javascript:alert(1)) ![x](http://127.0.0.1/x.png)",
    "yaml": "x\n---\nco2_eq_emissions: 0\n",
    "tex": "\\input{/etc/passwd} % }",
    "csv": '=HYPERLINK("http://127.0.0.1")',
    "terminal": "\x1b[31m\x07red\x1b]0;title\x07",
    "surrogates": "\U000e0041 \ufdd0 \u2028",
}
PICTURES = ("png", "social")
TEXTS = tuple(name for name in registry.names(registry.DOCUMENTS) if name not in {*PICTURES, "pdf"})
METADATA = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
BIDIRECTIONAL = re.compile("[\u202a-\u202e\u2066\u2067]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def turns(text: str) -> bool:
    """Whether something in a text turns what is beside it: our own isolates close on their line."""
    unclosed = (line.count("\u2068") != line.count("\u2069") for line in text.split("\n"))
    return bool(BIDIRECTIONAL.search(text)) or any(unclosed)


class Tags(HTMLParser):
    """The elements of a page with their attributes' names."""

    def __init__(self, text: str) -> None:  # noqa: D107 - the class says it
        super().__init__()
        self.found: Counter[tuple[str, ...]] = Counter()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag, *sorted(name for name, _ in attrs)] += 1


def named(disclosure: Disclosure, name: str) -> Disclosure:
    """The disclosure with this name for everything that a stranger may name."""
    log = disclosure.inputs["log"].model_copy(update={"file": name, "tracker": name})
    cited = disclosure.sources["ember"].model_copy(update={"title": name, "url": name})
    activity = disclosure.activities[0]
    devices = tuple(each.model_copy(update={"name": name}) for each in activity.hardware)
    region = activity.region.model_copy(update={"site": name, "zone": name})
    begin, end = datetime(2026, 4, 13, 9, tzinfo=UTC), datetime(2026, 4, 13, 10, tzinfo=UTC)
    changes = {
        "hardware": devices, "region": region,
        "parts": tuple(reasoned(each, name) for each in activity.parts),
        "period": Period(start=begin, end=end, zone=name),
        "profile": Profile(step="hour", energy=((begin, 0.5), (end, 0.25))),
    }  # fmt: skip
    finding = disclosure.findings[0].model_copy(update={"message": name})
    gap = disclosure.left_out[0].model_copy(update={"what": name, "why": name})
    return disclosure.model_copy(
        update={
            "subject": disclosure.subject.model_copy(update={"model": name, "revision": name}),
            "activities": (activity.model_copy(update=changes),),
            "inputs": {**disclosure.inputs, "log": log},
            "sources": {**disclosure.sources, "ember": cited},
            "findings": (finding, *disclosure.findings[1:]),
            "left_out": (gap, *disclosure.left_out[1:]),
        }
    )


def reasoned(part: Part, name: str) -> Part:
    """The part with a stranger's formula, and without an energy for a stranger's reason."""
    formula = part.emissions.model_copy(update={"formula": name})
    lacking = Missing(missing="not-stated", reason=name)
    return part.model_copy(update={"emissions": formula, "energy": lacking})


def drawn(disclosure: Disclosure, document: str, name: str, **options: object) -> str:
    """The document of a disclosure with this name in it."""
    looks = Options(**options)  # type: ignore[arg-type]  # each is one of theirs
    return carbonlabel.render(named(disclosure, name), document, options=looks).decode()


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("document", TEXTS)
def test_no_document_is_harmed_by_a_name(two_gpus: Disclosure, document: str, name: str) -> None:
    text = drawn(two_gpus, document, name)

    judge = JUDGES.get(document, JUDGES["terminal"])
    judge(text, drawn(two_gpus, document, "harmless name"))
    if document not in KEEPS:
        assert not turns(text)
        assert not CONTROL.search(text.replace("\x1b[", ""))
        assert "m" * 500 not in text or document == "csv"
    assert "q49q" not in text


@pytest.mark.parametrize("profile", ["public", "regulator"])
@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_no_report_is_harmed_by_a_name(two_gpus: Disclosure, name: str, profile: str) -> None:
    text = drawn(two_gpus, "html", name, profile=profile)

    _same_elements(text, drawn(two_gpus, "html", "harmless name", profile=profile))
    assert not turns(text)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_no_pdf_is_harmed_by_a_name(two_gpus: Disclosure, name: str) -> None:
    made = carbonlabel.render(named(two_gpus, name), "pdf")

    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        assert len(str(pdf.docinfo.Title)) < 200
        links = [str(each.A.URI) for page in pdf.pages for each in page.get("/Annots", [])]
        assert all(each.startswith(("http://", "https://")) for each in links)
        listed = pdf.attachments["evidence.csv"].get_file().read_bytes().decode()
    _same_columns(listed, listed)
    assert not turns(listed)
    assert not CONTROL.search(listed)


def test_a_picture_takes_a_hostile_name_too(two_gpus: Disclosure) -> None:
    for name in HOSTILE.values():
        for picture in PICTURES:
            made = carbonlabel.render(named(two_gpus, name), picture)
            assert made.startswith(b"\x89PNG")


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_card_with_such_a_name_can_be_written_again_and_undone(
    two_gpus: Disclosure, name: str
) -> None:
    strange, bare = named(two_gpus, name), b"---\nlicense: mit\n---\n# A model\n"

    card = carbonlabel.embed(strange, bare)

    assert carbonlabel.embed(strange, card) == card
    assert unsplice(card, name="README.md") == bare


def _same_elements(text: str, harmless: str) -> None:
    """No element and no attribute more than with a harmless name, but for links that are none."""
    extra = Tags(text).found - Tags(harmless).found
    assert not {tag for tag, *_ in extra} & {"script", "img", "a", "iframe", "object", "style"}
    assert not [each for each in extra if any(name.startswith("on") for name in each)]


def _whole_xml(text: str, harmless: str) -> None:
    def elements(drawing: str) -> set[str]:
        return {each.tag for each in ET.fromstring(drawing).iter()}  # noqa: S314 - our own drawing

    assert elements(text) <= elements(harmless) | {"{http://www.w3.org/2000/svg}text"}
    assert "javascript:" not in text.replace("[click](javascript:", "").replace("javascript:…", "")


def _same_markdown(text: str, harmless: str) -> None:
    """The same kinds of blocks, as many rows in each table, no link and no picture more."""
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")

    def shape(source: str) -> Counter[str]:
        found: Counter[str] = Counter()
        for token in reader.parse(re.sub(METADATA, "", source)):
            found[token.type] += 1
            for child in token.children or ():
                if child.type in {"link_open", "image", "html_inline"}:
                    found[child.type] += 1
        return found

    for kind in ("table_open", "tr_open", "th_open", "link_open", "image", "html_inline"):
        assert shape(text)[kind] == shape(harmless)[kind], kind
    # In the metadata it stands in quotes, and nobody looks for it there.
    bodies = (re.sub(METADATA, "", each) for each in (text, harmless))
    found, expected = (each.count("<!-- carbonlabel:end -->") for each in bodies)
    assert found == expected


def _same_json(text: str, harmless: str) -> None:
    assert json.loads(text).keys() == json.loads(harmless).keys()


def _same_columns(text: str, harmless: str) -> None:
    found, expected = (list(csv.reader(io.StringIO(each))) for each in (text, harmless))
    assert [len(row) for row in found] == [len(row) for row in expected]
    assert not [cell for row in found for cell in row if cell[:1] in {"=", "@"}]


def _words(text: str, harmless: str) -> None:
    assert text.count("\x1b") == harmless.count("\x1b")


def _tex(text: str, harmless: str) -> None:
    commands = re.compile(r"\\[a-z]+")
    # What is written as a command of its own letters stands for one sign.
    assert all(
        each.startswith("\\text") or each == "\\dots"
        for each in {*commands.findall(text)} - {*commands.findall(harmless)}
    )


Judge = Callable[[str, str], None]
JUDGES: dict[str, Judge] = {
    "json": _same_json,
    "svg": _whole_xml,
    "svg-dark": _whole_xml,
    "svg-auto": _whole_xml,
    "social-svg": _whole_xml,
    "badge": _whole_xml,
    "markdown": _same_markdown,
    "card": _same_markdown,
    "html": _same_elements,
    "terminal": _words,
    "latex": _tex,
    "csv": _same_columns,
}
KEEPS = {"json", "bibtex"}
"""What is for programs alone: it holds every name in full, escaped as its format demands."""


def test_a_kept_disclosure_with_such_names_is_taken_up_again_or_refused(
    two_gpus: Disclosure,
) -> None:
    for name in HOSTILE.values():
        kept = carbonlabel.render(named(two_gpus, name), "json")
        with suppress(InvalidDocument):
            assert load(kept) == named(two_gpus, name)
