"""I hold a report as PDF to the disclosure, by the carbon.json that it carries."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final

from carbonlabel.errors import CarbonLabelError
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.provenance import Finding
from carbonlabel.parity.difference import Difference
from carbonlabel.record.canonical import digest
from carbonlabel.record.keeping import load

_EMBEDDED: Final = re.compile(
    rb"<<(?:(?!endobj|stream).){0,2000}?/Type\s*/EmbeddedFile(?:(?!endobj|stream).){0,2000}?>>"
    rb"\s*stream\r?\n",
    re.DOTALL,
)
_LENGTH: Final = re.compile(rb"/Length\s+(\d{1,9})(?!\s+\d+\s+R)")
_PACKED: Final = b"/FlateDecode"
_LIMIT_BYTES: Final = 10 * 2**20
_ATTACHMENTS: Final = 20


def differences(disclosure: Disclosure, content: bytes) -> Iterator[Difference]:
    """One finding where the PDF carries another disclosure, or none."""
    carried = next(_disclosures(content), None)
    ours = digest(disclosure)
    if carried is None:
        yield Difference(
            Finding(
                code="pdf-without-disclosure",
                severity="warning",
                place="",
                message="The PDF carries no disclosure that can be read.",
                expected="carbon.json as an attachment",
                suggestion="carbonlabel render carbon.json -t pdf=report.pdf",
            )
        )
    elif digest(carried) != ours:
        yield Difference(
            Finding(
                code="pdf-differs",
                severity="error",
                place="",
                message="The PDF carries another disclosure than this one.",
                expected=ours,
                found=digest(carried),
                suggestion="carbonlabel render carbon.json -t pdf=report.pdf",
            )
        )


def attachments(content: bytes) -> Iterator[bytes]:
    """The files that a PDF carries, as far as they are plain or packed by Flate; 10 MiB each."""
    for number, found in enumerate(_EMBEDDED.finditer(content)):
        length = _LENGTH.search(found.group())
        if number >= _ATTACHMENTS or length is None:
            return
        packed = content[found.end() : found.end() + int(length[1])]
        unpacked = _unpacked(packed) if _PACKED in found.group() else packed
        if unpacked is not None:
            yield unpacked


def _unpacked(packed: bytes) -> bytes | None:
    try:
        return zlib.decompressobj().decompress(packed, _LIMIT_BYTES)
    except zlib.error:
        return None


def _disclosures(content: bytes) -> Iterator[Disclosure]:
    for attached in attachments(content):
        try:
            yield load(attached)
        except CarbonLabelError:
            continue
