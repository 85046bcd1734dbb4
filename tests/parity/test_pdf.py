"""A PDF that carries another disclosure, or none, is found."""

from __future__ import annotations

import zlib

import pytest

from carbonlabel.parity import compared
from carbonlabel.parity.pdf import attachments
from carbonlabel.record.keeping import dump, load
from tests.test_checks import CPU, GPU, SAMPLES

OURS = load((SAMPLES / GPU).read_bytes())
OTHER = load((SAMPLES / CPU).read_bytes())


def pdf(*files: bytes, packed: bool = True) -> bytes:
    """As much of a PDF as says what it carries (ISO 32000-1, 7.11.4)."""
    body = [b"%PDF-1.7\n"]
    for number, file in enumerate(files, 1):
        stream = zlib.compress(file) if packed else file
        kind = b"/Filter /FlateDecode" if packed else b""
        body.append(
            b"%d 0 obj\n<</Type /EmbeddedFile/Params <</Size 1>>%b/Length %d>>\nstream\n"
            % (number, kind, len(stream))
        )
        body += [stream, b"\nendstream\nendobj\n"]
    return b"".join([*body, b"%%EOF\n"])


def codes(content: bytes) -> list[str]:
    return [each.finding.code for each in compared(OURS, content, "report.pdf")]


@pytest.mark.parametrize("packed", [True, False])
def test_the_disclosure_that_a_pdf_carries_is_the_same(*, packed: bool) -> None:
    assert codes(pdf(dump(OURS), packed=packed)) == []


def test_another_disclosure_is_an_error_with_both_digests() -> None:
    (difference,) = compared(OURS, pdf(dump(OTHER)), "report.pdf")

    assert difference.finding.code == "pdf-differs"
    assert len(difference.finding.expected or "") == len(difference.finding.found or "") == 64


def test_the_first_file_that_is_a_disclosure_counts() -> None:
    assert codes(pdf(b"{}", b"hello", dump(OURS), dump(OTHER))) == []


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        pdf(b"{}"),
        pdf(dump(OURS))[:400],
        pdf(dump(OURS)).replace(b"/Length", b"/Lenght"),
        pdf(*[b"{}"] * 30, dump(OURS)),
    ],
)
def test_a_pdf_without_a_disclosure_is_a_warning(content: bytes) -> None:
    assert codes(content) == ["pdf-without-disclosure"]


def test_a_file_that_unpacks_to_very_much_is_cut() -> None:
    (found,) = attachments(pdf(bytes(11 * 2**20)))

    assert len(found) == 10 * 2**20
