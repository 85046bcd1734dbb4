"""The disclosure comes out of our own PDF, and out of nothing that only looks like it."""

from __future__ import annotations

import io
import re
import zlib
from contextlib import suppress
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import carbonlabel
from carbonlabel.errors import InputError, MalformedInput
from carbonlabel.record.canonical import digest, dumps
from carbonlabel.record.pdffile import opened

SAMPLES = Path(__file__).parents[1] / "samples" / "disclosures"
DISCLOSURE = carbonlabel.load((SAMPLES / "carbon.json").read_bytes())


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return carbonlabel.render(DISCLOSURE, "pdf")


def test_it_is_the_attachment_that_a_pdf_program_finds(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as other:
        expected = other.attachments["carbon.json"].get_file().read_bytes()

    report = opened(pdf, "report.pdf")

    assert report.attached == expected == dumps(DISCLOSURE)
    assert report.checksum_holds


def test_its_pages_print_the_digest_and_its_identifier_begins_it(pdf: bytes) -> None:
    report = opened(pdf, "report.pdf")

    assert report.printed == (digest(DISCLOSURE),)
    assert report.identifier == digest(DISCLOSURE)[:32]


def test_a_changed_attachment_is_not_the_one_whose_sum_is_stated(pdf: bytes) -> None:
    assert not opened(with_attachment(pdf, b'{"a": 1}'), "report.pdf").checksum_holds


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is no PDF"),
        (b"hello", "is no PDF"),
        (b"%PDF-1.7\n", "carries no JSON"),
        (b"%PDF-1.7\n1 0 obj<<>>stream\n", "carries no JSON"),
    ],
)
def test_what_is_no_report_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(MalformedInput, match=message):
        opened(content, "report.pdf")


def test_two_attachments_are_refused_as_one_may_be_shown_and_the_other_read(pdf: bytes) -> None:
    head = b"9 0 obj\n<</Type /EmbeddedFile/Subtype /application#2fjson/Length 2>>"
    second = head + b"\nstream\n{}\nendstream\nendobj\n"
    with pytest.raises(MalformedInput, match="carries 2 JSON files"):
        opened(pdf + second, "report.pdf")


def test_a_pdf_that_another_program_packed_is_refused_with_what_to_do(pdf: bytes) -> None:
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as other:
        other.save(packed, encryption=pikepdf.Encryption(owner="a", user="b"))

    with pytest.raises(InputError) as refused:
        opened(packed.getvalue(), "report.pdf")
    assert refused.value.hint


def test_an_attachment_that_unpacks_to_more_than_ten_mebibytes_is_refused(pdf: bytes) -> None:
    bomb = with_attachment(pdf, b" " * (64 * 2**20))

    assert len(bomb) < 2**20
    with pytest.raises(MalformedInput, match="cannot be unpacked"):
        opened(bomb, "report.pdf")


def test_a_broken_stream_is_refused(pdf: bytes) -> None:
    with pytest.raises(MalformedInput, match="cannot be unpacked"):
        opened(with_stream(pdf, b"no deflated text"), "report.pdf")


def test_more_than_64_mebibytes_are_refused() -> None:
    with pytest.raises(MalformedInput, match="64 MiB"):
        opened(b"%PDF-" + bytes(64 * 2**20), "report.pdf")


@pytest.mark.parametrize(
    "piece", [b"stream\n", b"1 0 obj<<", b" obj stream\n", b"[<0001>", b"/EmbeddedFile"]
)
def test_a_hostile_file_takes_no_time(piece: bytes) -> None:
    with pytest.raises(MalformedInput):
        opened(b"%PDF-" + piece * (2**23 // len(piece)), "report.pdf")


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_change_of_the_bytes_is_anything_but_a_refusal(pdf: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(pdf) - 1))
    piece = data.draw(st.binary(max_size=12))
    with suppress(MalformedInput):
        opened(pdf[:at] + piece + pdf[at + len(piece) :], "report.pdf")


def with_attachment(pdf: bytes, content: bytes) -> bytes:
    return with_stream(pdf, zlib.compress(content, 9))


def with_stream(pdf: bytes, packed: bytes) -> bytes:
    """The PDF with another stream in the place of the attachment's."""
    begin = pdf.index(b"/application#2fjson")
    length = re.compile(rb"/Length (\d+)>>\nstream\n").search(pdf, begin)
    assert length is not None
    end = length.end() + int(length[1])
    head = pdf[: length.start()] + b"/Length %d>>\nstream\n" % len(packed)
    return head + packed + pdf[end:]
