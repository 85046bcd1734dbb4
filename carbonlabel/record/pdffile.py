"""I take the disclosure out of a PDF report, and what the pages print of its digest.

Only what our own reports hold is understood: streams that stand plainly in the file, packed by
Flate or not at all. Nothing is followed, run or decrypted; every size is bounded before memory is
asked for.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import DOCUMENT_LIMIT

MAGIC: Final = b"%PDF-"
"""How a PDF begins."""
_FILE_LIMIT: Final = 64 * 2**20
_TEXT_LIMIT: Final = 16 * 2**20
_MOST_STREAMS: Final = 4096
_MOST_WORDS: Final = 100_000
_MOST_MAPS: Final = 64
_LONGEST_DICTIONARY: Final = 2000
_BEGUN: Final = re.compile(rb"stream\r?\n")
_ENDED: Final = re.compile(rb"\r?\n?endstream")
_JSON: Final = b"/application#2fjson"
_LENGTH: Final = re.compile(rb"/Length (\d{1,9})(?![\d ]*R)")
_CHECKSUM: Final = re.compile(rb"/CheckSum <([0-9A-Fa-f]{32})>")
_SIZE: Final = re.compile(rb"/Size (\d{1,9})")
_IDENTIFIER: Final = re.compile(rb"/ID \[\(([0-9a-f]{32})\)")
_MAPPED: Final = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4,64})>")
_SHOWN: Final = re.compile(rb"\[([^\[\]]{0,20000})\] ?TJ")
_CODES: Final = re.compile(rb"<([0-9A-Fa-f]{4})>")
_DIGEST: Final = re.compile(r"jcs-sha256=([0-9a-f]{64})")
_HINT: Final = "take carbon.json out with a PDF program, and give that"


@dataclass(frozen=True, slots=True)
class Report:
    """What a PDF report holds of its disclosure."""

    attached: bytes
    """The text of carbon.json."""
    checksum_holds: bool
    """Whether it has the size and the MD5 sum that the PDF states of it."""
    identifier: str | None
    """The PDF's identifier: the first 32 digits of the digest of what it was drawn from."""
    printed: tuple[str, ...]
    """Each digest that its pages print in full."""


def opened(content: bytes, name: str) -> Report:
    """What a PDF report holds: its one JSON file, its identifier, and the digests that it prints.

    Raises:
        MalformedInput: it is no PDF, carries no JSON or several, or is packed in another way.
    """
    if not content.startswith(MAGIC):
        raise MalformedInput("is no PDF", where=name)
    if len(content) > _FILE_LIMIT:
        raise MalformedInput("is larger than 64 MiB", where=name, hint="is it the right file?")
    streams = [each for _, each in zip(range(_MOST_STREAMS), _streams(content), strict=False)]
    dictionary, packed = _attachment(streams, name)
    attached = _unpacked(dictionary, packed, DOCUMENT_LIMIT)
    if attached is None:
        raise MalformedInput("its attachment cannot be unpacked", where=name, hint=_HINT)
    identifier = _IDENTIFIER.findall(content)
    return Report(
        attached=attached,
        checksum_holds=_is_as_stated(dictionary, attached),
        identifier=identifier[-1].decode() if identifier else None,
        printed=tuple(dict.fromkeys(_printed(streams))),
    )


def _streams(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each stream with its dictionary, by the length that the dictionary states."""
    at = 0
    for _ in range(_MOST_WORDS):
        at = content.find(b"stream", at + 1)
        if at < 0:
            return
        begun = _BEGUN.match(content, at)
        dictionary = _dictionary(content, at) if begun else b""
        length = _LENGTH.search(dictionary)
        if begun is None or length is None:
            continue
        end = begun.end() + int(length[1])
        if _ENDED.match(content, end):
            yield dictionary, content[begun.end() : end]
            at = end


def _dictionary(content: bytes, at: int) -> bytes:
    """What stands between `obj` and the stream that begins at a place."""
    least = max(0, at - _LONGEST_DICTIONARY)
    begin = content.rfind(b" obj", least, at)
    return content[begin + len(b" obj") : at].strip() if begin >= 0 else b""


def _attachment(streams: list[tuple[bytes, bytes]], name: str) -> tuple[bytes, bytes]:
    files = [each for each in streams if b"/EmbeddedFile" in each[0] and _JSON in each[0]]
    if len(files) != 1:
        several = (
            f"carries {len(files)} JSON files" if files else "carries no JSON file to be found"
        )
        hint = _HINT if files else f"only our own reports are read; {_HINT}"
        raise MalformedInput(several, where=name, hint=hint)
    return files[0]


def _unpacked(dictionary: bytes, packed: bytes, limit: int) -> bytes | None:
    if b"/Filter" not in dictionary:
        return packed if len(packed) <= limit else None
    if b"/Filter /FlateDecode" not in dictionary or b"/DecodeParms" in dictionary:
        return None
    unpacking = zlib.decompressobj()
    try:
        whole = unpacking.decompress(packed, limit)
    except zlib.error:
        return None
    return whole if unpacking.eof else None


def _is_as_stated(dictionary: bytes, attached: bytes) -> bool:
    checksum, size = _CHECKSUM.search(dictionary), _SIZE.search(dictionary)
    md5 = hashlib.md5(attached, usedforsecurity=False).hexdigest()
    right_sum = checksum is None or checksum[1].decode().lower() == md5
    return right_sum and (size is None or int(size[1]) == len(attached))


def _printed(streams: list[tuple[bytes, bytes]]) -> Iterator[str]:
    """The digests in the text of the pages, read by each of the file's character maps."""
    texts = list(_texts(streams))
    maps = [_map(each) for each in texts if b"beginbfchar" in each][:_MOST_MAPS]
    for page in texts:
        shown = [b"".join(_CODES.findall(each)) for each in _SHOWN.findall(page)]
        for letters in maps:
            yield from _DIGEST.findall("".join(_read(each, letters) for each in shown))


def _texts(streams: list[tuple[bytes, bytes]]) -> Iterator[bytes]:
    left = _TEXT_LIMIT
    for dictionary, packed in streams:
        # Pages and character maps have no type; pictures, fonts and files do.
        if b"/Type" in dictionary or b"/Subtype" in dictionary or b"/N " in dictionary:
            continue
        text = _unpacked(dictionary, packed, left)
        if text is not None:
            left -= len(text)
            yield text


def _map(text: bytes) -> dict[str, str]:
    return {
        code.decode().lower(): _letters(unicode.decode()) for code, unicode in _MAPPED.findall(text)
    }


def _letters(unicode: str) -> str:
    whole = unicode[: len(unicode) // 4 * 4]
    return bytes.fromhex(whole).decode("utf-16-be", "replace")


def _read(codes: bytes, letters: dict[str, str]) -> str:
    text = codes.decode().lower()
    return "".join(letters.get(text[at : at + 4], "\0") for at in range(0, len(text), 4))
