"""I measure text in the columns of a terminal, and break words that are too wide for a line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from carbonlabel.documents.direction import ISOLATES

_SEPARATORS: Final = "/-_.–"


def columns(text: str) -> int:
    """Columns that a terminal gives a text: East Asian wide letters two, combining marks none.

    >>> columns("tiny"), columns("模型"), columns("e\u0301")
    (4, 4, 1)
    """
    return sum(
        0
        if unicodedata.combining(letter) or letter in ISOLATES
        else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in text
    )


def words(text: str, room: int) -> Iterator[str]:
    """The words of a text, one that is wider than the room in pieces.

    >>> list(words("a large-language-model", 11))
    ['a', 'large-', 'language-', 'model']
    >>> list(words("9990000–10010000", 12))
    ['9990000–', '10010000']
    """
    for word in text.split(" "):
        rest = word
        while columns(rest) > room:
            piece = _head(rest, room)
            yield piece
            rest = rest[len(piece) :]
        yield rest


def _head(word: str, room: int) -> str:
    """The first characters that fit the room, to a stroke or dash if it can be; at least one."""
    end = 1
    while end < len(word) and columns(word[: end + 1]) <= room:
        end += 1
    last = max(word.rfind(sign, 0, end) for sign in _SEPARATORS) + 1
    return word[: last if 2 * last > end else end]
