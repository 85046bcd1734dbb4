"""I hold the PDF report to its promise: one archive that reads aloud and carries its statement."""

from __future__ import annotations

import csv
import io
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from carbonlabel.documents import html, pango
from carbonlabel.documents.face import face
from carbonlabel.documents.pdf import bound, renderer
from carbonlabel.errors import RenderError
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options
from carbonlabel.record import canonical

EXAMPLES = ("demo", "two_gpus")
DIGEST = "0123456789abcdef" * 4


@pytest.fixture(scope="module")
def pdfs(demo: Disclosure, two_gpus: Disclosure) -> dict[str, bytes]:
    return {
        name: renderer.render(each, Options())
        for name, each in zip(EXAMPLES, (demo, two_gpus), strict=True)
    }


@pytest.fixture(params=EXAMPLES)
def drawn(request: pytest.FixtureRequest, pdfs: dict[str, bytes]) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdfs[request.param])) as pdf:
        yield pdf


def test_it_carries_the_disclosure_byte_for_byte_once_as_its_data(
    demo: Disclosure, pdfs: dict[str, bytes]
) -> None:
    with pikepdf.open(io.BytesIO(pdfs["demo"])) as pdf:
        file = pdf.attachments["carbon.json"]

        assert file.get_file().read_bytes() == canonical.dumps(demo)
        associated, _ = pdf.Root.AF
        assert associated.UF == "carbon.json"
        assert associated.AFRelationship == "/Data"
        assert associated.EF.F.Subtype == "/application/json"


def test_it_carries_a_list_of_the_files_that_were_read(
    two_gpus: Disclosure, pdfs: dict[str, bytes]
) -> None:
    with pikepdf.open(io.BytesIO(pdfs["two_gpus"])) as pdf:
        listed = pdf.attachments["evidence.csv"].get_file().read_bytes().decode()
        _, associated = pdf.Root.AF
        assert associated.AFRelationship == "/Supplement"

    rows = list(csv.DictReader(io.StringIO(listed)))
    assert [each["key"] for each in rows] == list(two_gpus.inputs)
    assert [each["sha256"] for each in rows] == [each.sha256 for each in two_gpus.inputs.values()]


def test_without_files_there_is_no_list_of_them(demo: Disclosure) -> None:
    bare = demo.model_copy(update={"inputs": {}})

    with pikepdf.open(io.BytesIO(renderer.render(bare, Options()))) as pdf:
        assert list(pdf.attachments) == ["carbon.json"]


def test_it_says_that_it_is_an_archive_and_reads_aloud(drawn: pikepdf.Pdf) -> None:
    with drawn.open_metadata() as metadata:
        assert metadata.pdfa_status == "3A"
        assert metadata["pdfuaid:part"] == "1"
    assert drawn.Root.MarkInfo.Marked
    assert drawn.Root.Lang == "en"
    assert drawn.Root.ViewerPreferences.DisplayDocTitle
    assert str(drawn.docinfo.Title).startswith("Carbon Facts: acme/")
    assert drawn.Root.OutputIntents[0].S == "/GTS_PDFA1"
    # One RDF: a reader that stops at the first sees both claims.
    assert drawn.Root.Metadata.read_bytes().count(b"<rdf:RDF") == 1


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("example", EXAMPLES)
def test_a_checker_of_accessible_documents_finds_nothing(
    pdfs: dict[str, bytes], example: str, tmp_path: Path
) -> None:
    import pdfua  # noqa: PLC0415 - the oracle

    file = tmp_path / "report.pdf"
    file.write_bytes(pdfs[example])

    assert pdfua.validate(str(file)).findings == ()


def test_its_syntax_is_sound_and_it_has_three_pages(drawn: pikepdf.Pdf) -> None:
    assert drawn.check_pdf_syntax() == []
    assert len(drawn.pages) == 3
    assert [float(side) for side in drawn.pages[0].mediabox[2:]] == pytest.approx(
        [595.3, 841.9], abs=0.1
    )


def test_every_heading_cell_heads_a_row_or_a_column(drawn: pikepdf.Pdf) -> None:
    cells = [each for each in drawn.objects if is_element(each, "/TH")]

    scopes = {str(cell.A.Scope) for cell in cells}
    assert len(cells) > 20
    assert scopes == {"/Row", "/Column"}
    for cell in cells:
        in_head = cell.P.P.S == "/THead"
        assert (cell.A.Scope == "/Column") == in_head


def test_every_picture_has_words_and_every_link_its_address(drawn: pikepdf.Pdf) -> None:
    figures = [each for each in drawn.objects if is_element(each, "/Figure")]
    links = [each for page in drawn.pages for each in page.get("/Annots", [])]

    assert figures
    assert all(str(figure.Alt) for figure in figures)
    assert links
    assert all(str(link.A.URI).startswith("https://") for link in links)
    assert all(link.Contents == link.A.URI for link in links)


def test_every_font_is_our_own_and_inside(drawn: pikepdf.Pdf) -> None:
    names = {
        str(each.FontName)
        for each in drawn.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
    }

    assert len(names) == 7
    assert {re.split("[+-]", name)[1] for name in names} == {"Label", "Figures"}


def test_no_line_asks_for_a_font_feature_that_would_stay_in_memory() -> None:
    style = html.for_paper()

    assert "font-variant" not in style
    assert style.count("font-feature-settings") == style.count("font-family:Figures;")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext of Poppler")
def test_its_text_reads_as_the_label_does(
    two_gpus: Disclosure, pdfs: dict[str, bytes], tmp_path: Path
) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(pdfs["two_gpus"])
    told = face(two_gpus)

    text = subprocess.run(
        ["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True
    ).stdout.decode()

    words = " ".join(text.split())
    at = 0
    for row in told.rows:
        at = words.index(row.name, at)
        at = words.index(f"{row.value} {row.range}", at)
    for heading in ("Left out", "Data quality", "In short", "How to read this", "Check it"):
        at = words.index(heading, at)
    assert "page 3 of 3" in words
    assert "acme/two-gpus · carbonlabel 0.1.0" in words


def test_its_dates_are_those_of_the_disclosure(demo: Disclosure, drawn: pikepdf.Pdf) -> None:
    assert demo.issued == date(2026, 11, 22)
    assert drawn.docinfo.CreationDate == drawn.docinfo.ModDate == "D:20261122000000Z"
    dates = {str(each.EF.F.Params.ModDate) for each in drawn.Root.AF}
    assert dates == {"D:20261122000000Z"}


def test_without_a_date_it_bears_a_fixed_one(demo: Disclosure) -> None:
    undated = demo.model_copy(update={"issued": None})

    with pikepdf.open(io.BytesIO(renderer.render(undated, Options()))) as pdf:
        assert pdf.docinfo.CreationDate == "D:19700101000000Z"


def test_its_identifier_is_the_digest_of_the_disclosure(
    demo: Disclosure, pdfs: dict[str, bytes]
) -> None:
    with pikepdf.open(io.BytesIO(pdfs["demo"])) as pdf:
        assert bytes(pdf.trailer.ID[0]).decode() == face(demo).digest[:32]


def test_it_is_the_same_in_any_process_and_zone_and_the_second_time(
    demo: Disclosure, pdfs: dict[str, bytes]
) -> None:
    elsewhere = {"PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "1"}

    assert renderer.render(demo, Options(theme="dark")) == pdfs["demo"]
    assert in_process(demo, "", **elsewhere).stdout == pdfs["demo"]


def test_drawing_says_nothing(demo: Disclosure, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        renderer.render(demo, Options())

    assert caplog.messages == []


@pytest.mark.parametrize(
    "asking",
    [
        "<img alt='' src='http://127.0.0.1:9/a.png'>",
        "<img alt='' src='file:///etc/hostname'>",
        "<link rel=attachment href='file:///etc/hostname'>",
        "<link rel=stylesheet href='http://127.0.0.1:9/a.css'>",
        "<style>@import 'http://127.0.0.1:9/a.css'</style>",
        "<style>@font-face{font-family:a;src:url(file:///etc/hostname)}</style><p>a",
        "<svg viewBox='0 0 9 9'><title>a</title><image width=9 height=9 href='http://127.0.0.1:9/a'/>",
    ],
)
def test_a_page_that_asks_for_anything_outside_itself_is_refused(asking: str) -> None:
    with pytest.raises(RenderError, match="outside itself"):
        bound(f"<html lang=en><title>a</title>{asking}", b"{}", digest=DIGEST, dated="2026-01-01")


def test_strange_names_are_drawn_as_text(demo: Disclosure) -> None:
    name = "</title><script>x</script>\u202e\x00 مرحبا {{ 7*7 }}/" + "a" * 10_000
    strange = demo.model_copy(update={"subject": demo.subject.model_copy(update={"model": name})})

    with pikepdf.open(io.BytesIO(renderer.render(strange, Options()))) as pdf:
        title = str(pdf.docinfo.Title)
        assert title.startswith("Carbon Facts: \u2068</title><script>x</script>\ufffd\ufffd مرحبا")
        assert len(title) < 200
        assert "/JavaScript" not in pdf.Root.get("/Names", {})


def test_without_pango_only_one_line_says_how_to_get_it(demo: Disclosure) -> None:
    # The library loader fails as it does on a machine without Pango.
    breaking = (
        "import cffi\n"
        "def missing(*_, **__): raise OSError('cannot load library')\n"
        "cffi.FFI.dlopen = missing\n"
    )

    failed = in_process(demo, breaking)

    assert failed.stdout == b""
    said = failed.stderr.decode()
    assert said == f"the PDF needs Pango, which was not found (to get it: {pango.advice()})\n"


@pytest.mark.parametrize(
    ("os_release", "command"),
    [
        ("ID=debian\n", f"apt-get install {pango.PACKAGES}"),
        ('ID="ubuntu"\nID_LIKE=debian', f"apt-get install {pango.PACKAGES}"),
        ("ID=fedora", "dnf install pango"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"', "dnf install pango"),
        ("NAME='Alpine Linux'\nID=alpine", "apk add pango"),
    ],
)
def test_the_command_is_that_of_the_system(os_release: str, command: str) -> None:
    assert pango.command(os_release) == command


@pytest.mark.parametrize("os_release", ["", "ID=plan9", "garbage\n=\nID"])
def test_an_unknown_system_is_sent_to_the_manual(os_release: str) -> None:
    assert pango.command(os_release).startswith("install Pango: https://")


@pytest.mark.parametrize(
    ("platform", "command"),
    [("darwin", "brew install pango"), ("win32", "install Pango: https://")],
)
def test_other_platforms_have_their_own_advice(
    monkeypatch: pytest.MonkeyPatch, platform: str, command: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)

    assert pango.advice.__wrapped__().startswith(command)


def is_element(each: object, role: str) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/S") == role


def in_process(
    disclosure: Disclosure, prelude: str, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Draw the PDF in a process of its own, after `prelude`; a failure is its error stream."""
    program = (
        f"{prelude}\nimport sys\n"
        "from carbonlabel.documents.pdf import renderer\n"
        "from carbonlabel.errors import RenderError\n"
        "from carbonlabel.model.disclosure import Disclosure\n"
        "from carbonlabel.plugins import Options\n"
        "read = Disclosure.model_validate_json(sys.stdin.buffer.read())\n"
        "try: sys.stdout.buffer.write(renderer.render(read, Options()))\n"
        "except RenderError as bad: sys.exit(str(bad))\n"
    )
    return subprocess.run(
        [sys.executable, "-c", program],
        input=disclosure.model_dump_json(by_alias=True, exclude_none=True).encode(),
        env={**os.environ, **environment}, capture_output=True, check=False,
    )  # fmt: skip
