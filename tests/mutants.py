"""What may happen to a file on its way to us: cut, re-saved, edited by hand, or made to harm."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Final

SMALL: Final = 2_048
"""Bytes of a file that is cut at each; a larger one is cut in `PLACES` places."""
PLACES: Final = 300
NUMBER: Final = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])")
WORD: Final = re.compile(rb"(?<![\\\w])[A-Za-z]{4,}")
FIGURES: Final = (
    b"\x1f1",
    b"NaN",
    b"inf",
    b"Infinity",
    b"1e400",
    b"-1",
    b"0",
    b"1e-400",
    b"9" * 400,
    b"",
)
TEXTS: Final = (
    b"\x1b[2Ja\x07",
    b"\\u001b[2J",
    b"\xc2\x85\xe2\x80\xa8",
    "naïve €".encode(),
    b"\\ud800",
    b"w" * 400,
    b"| </svg> <script>",
)


def cuts(content: bytes) -> Iterator[bytes]:
    """The file, broken off."""
    step = 1 if len(content) <= SMALL else -(-len(content) // PLACES)
    return (content[:end] for end in range(0, len(content), step))


def dressed(content: bytes) -> Iterator[bytes]:
    """The same text as other programs save it."""
    yield b"\xef\xbb\xbf" + content
    yield content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    yield content.replace(b"\r\n", b"\n").replace(b"\n", b"\r")
    yield content.decode().encode("utf-16")


def spoiled(content: bytes) -> Iterator[bytes]:
    """With bytes that are no text, an endless line, or brackets without end."""
    for at in (0, 1, len(content) // 2, len(content)):
        for piece in (b"\xff", b"\0", b"\n\n", b"a" * 70_000, b"[" * 20_000, b'{"a":' * 20_000):
            yield content[:at] + piece + content[at:]
    yield from (b"", b"\n", b"[" * 100_000, b'{"a":' * 50_000, b"- " * 50_000, b"a: " * 50_000)


def edited(content: bytes, count: int) -> Iterator[bytes]:
    """With `count` of its numbers and of its words, evenly spaced, put otherwise."""
    for pattern, pieces in ((NUMBER, FIGURES), (WORD, TEXTS)):
        for found in spread([*pattern.finditer(content)], count):
            for piece in pieces:
                yield content[: found.start()] + piece + content[found.end() :]
    for piece in FIGURES:
        yield NUMBER.sub(piece, content)


def reordered(content: bytes, separator: str) -> Iterator[bytes]:
    """The table with its columns in other orders, and without one of them."""
    rows = list(csv.reader(content.decode().splitlines(), delimiter=separator))
    width = len(rows[0])
    for order in (
        range(width - 1, -1, -1),
        [*range(1, width), 0],
        [*range(0, width, 2), *range(1, width, 2)],
        *([at for at in range(width) if at != gone] for gone in range(width)),
    ):
        yield _table([[row[at] for at in order if at < len(row)] for row in rows], separator)


def spread(whole: Sequence[re.Match[bytes]], count: int) -> Sequence[re.Match[bytes]]:
    """At most `count` of them, evenly spaced."""
    return whole[:: max(1, -(-len(whole) // count))]


def _table(rows: Sequence[Sequence[str]], separator: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
