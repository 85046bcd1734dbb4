"""The report for a regulator and for the public as PDF, with everything in it."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

import carbonlabel
from carbonlabel.documents.face import face
from carbonlabel.documents.pdf import renderer
from carbonlabel.documents.redaction import redacted
from carbonlabel.errors import RenderError
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options
from carbonlabel.record import canonical
from tests.documents.trials import trial

REGULATOR, PUBLIC = Options(profile="regulator"), Options(profile="public")


@pytest.fixture(scope="module")
def whole() -> Disclosure:
    return trial()


@pytest.fixture(scope="module")
def full(whole: Disclosure) -> bytes:
    return renderer.render(whole, REGULATOR)


@pytest.fixture
def pdf(full: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(full)) as opened:
        yield opened


def titles(pdf: pikepdf.Pdf) -> list[str]:
    def below(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
        for each in items:
            yield each.title
            yield from below(each.children)

    with pdf.open_outline() as outline:
        return list(below(outline.root))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_checker_of_accessible_documents_finds_nothing(full: bytes, tmp_path: Path) -> None:
    import pdfua  # noqa: PLC0415 - the oracle

    file = tmp_path / "report.pdf"
    file.write_bytes(full)

    assert pdfua.validate(str(file)).findings == ()


def test_its_syntax_is_sound_and_every_font_is_our_own(pdf: pikepdf.Pdf) -> None:
    names = {
        str(each.FontName)
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
    }

    assert pdf.check_pdf_syntax() == []
    assert {re.split("[+-]", name)[1] for name in names} == {"Label", "Figures"}, names


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="needs qpdf")
def test_qpdf_finds_nothing_either(full: bytes, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(full)

    done = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, check=False)

    assert done.returncode == 0, done.stdout


def test_every_section_has_a_bookmark(pdf: pikepdf.Pdf) -> None:
    found = titles(pdf)

    assert found[0] == "Carbon Facts"
    assert found[1:6] == [
        "In short",
        "How to read this",
        "Check it",
        "Contents",
        "What was counted",
    ]
    assert found[-3:] == [
        "Annex: energy and compute for the GPAI Model Documentation Form",
        "How to verify", "Signature",
    ]  # fmt: skip
    assert len(found) == len(set(found))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext of Poppler")
def test_the_contents_give_the_page_of_each_section(full: bytes, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(full)
    text = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True
    ).stdout.decode()
    pages = text.split("\f")

    contents = pages[1]
    for title in ("Energy by component", "Water", "Method in numbers", "Glossary", "Signature"):
        found = re.search(rf"{title} +(\d+)", contents)
        assert found is not None, title
        assert re.search(rf"^ *{title} *$", pages[int(found[1]) - 1], re.MULTILINE), title
    assert all("Carbon report · acme/large-model" in page for page in pages[1:-1])
    assert "Carbon report · acme" not in pages[0]


def test_every_picture_has_words_and_every_heading_cell_its_scope(pdf: pikepdf.Pdf) -> None:
    elements = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
    figures = [each for each in elements if each.get("/S") == "/Figure"]
    heads = [each for each in elements if each.get("/S") == "/TH"]

    assert sum("over time" in str(each.Alt) for each in figures) == 3
    assert all(str(each.Alt) for each in figures)
    assert {str(each.A.Scope) for each in heads} == {"/Row", "/Column"}


def test_it_is_the_same_in_any_process_and_zone(whole: Disclosure, full: bytes) -> None:
    program = (
        "import sys\n"
        "from carbonlabel.documents.pdf import renderer\n"
        "from carbonlabel.model.disclosure import Disclosure\n"
        "from carbonlabel.plugins import Options\n"
        "read = Disclosure.model_validate_json(sys.stdin.buffer.read())\n"
        "sys.stdout.buffer.write(renderer.render(read, Options(profile='regulator')))\n"
    )
    elsewhere = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "LC_ALL": "C"}

    made = subprocess.run(
        [sys.executable, "-c", program], input=canonical.dumps(whole), env=elsewhere,
        capture_output=True, check=True,
    ).stdout  # fmt: skip

    assert made == full
    assert renderer.render(whole, REGULATOR) == full


def test_the_public_one_carries_the_public_disclosure_and_verifies(
    whole: Disclosure, tmp_path: Path
) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(renderer.render(whole, PUBLIC))

    with pikepdf.open(file) as opened:
        carried = opened.attachments["carbon.json"].get_file().read_bytes()
        listed = opened.attachments["evidence.csv"].get_file().read_bytes()
        identifier = bytes(opened.trailer.ID[0]).decode()
    assert carried == canonical.dumps(redacted(whole))
    assert b"power-of-the-cluster" not in carried + listed
    assert identifier == face(redacted(whole)).digest[:32]
    assert carbonlabel.verify(file).holds


def test_a_recipient_has_an_annex_of_its_own(whole: Disclosure) -> None:
    office = Options(profile="regulator", recipient="aio")

    assert renderer.render(whole, office) != renderer.render(whole, REGULATOR)


def test_style_sheets_of_the_users_come_before_ours(demo: Disclosure, tmp_path: Path) -> None:
    (tmp_path / "report.css").write_text("@page{size:A5}", "utf-8")

    made = renderer.render(demo, Options(templates=tmp_path))

    with pikepdf.open(io.BytesIO(made)) as opened:
        assert float(opened.pages[0].mediabox[2]) == pytest.approx(419.5, abs=0.1)


def test_a_style_sheet_that_asks_for_a_file_is_refused(demo: Disclosure, tmp_path: Path) -> None:
    (tmp_path / "report.css").write_text(
        "@font-face{font-family:a;src:url(file:///etc/hostname)}body{font-family:a}", "utf-8"
    )

    with pytest.raises(RenderError, match="outside itself"):
        renderer.render(demo, Options(templates=tmp_path))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler")
@pytest.mark.parametrize("name", ["one-part", "every-row"])
def test_no_last_page_holds_a_line_or_two(name: str, tmp_path: Path) -> None:
    kept = Path(__file__).parents[1] / "samples" / "states" / f"{name}.json"
    report = tmp_path / "report.pdf"
    report.write_bytes(renderer.render(carbonlabel.load(kept.read_bytes()), Options()))

    told = subprocess.run(
        ["pdftotext", "-layout", report, "-"], capture_output=True, check=True, text=True
    ).stdout
    last = [line for line in told.rstrip("\f\n ").split("\f")[-1].splitlines() if line.strip()]

    # Head, foot, the heading of a section and of its table, and at least one row.
    assert len(last) >= 6
