"""I fit a text to the terminal that shows it: its columns, and the letters that it has."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from typing import Final

_WIDEST: Final = 58
_PLAIN: Final = str.maketrans(
    {
        "━": "=",
        "─": "-",
        "●": "#",
        "◐": "+",
        "○": "o",
        "–": "-",
        "—": "-",
        "−": "-",
        "·": "-",
        "…": "~",
        "×": "x",
        "≥": ">",
        "≤": "<",
        "’": "'",
        "“": '"',
        "”": '"',
        "µ": "u",
    }
)
"""One plain character for one that a terminal may lack, so that columns stay where they are."""


def columns() -> int:
    """The columns of the terminal on standard output; those of a whole label where it is none."""
    return shutil.get_terminal_size((_WIDEST, 24)).columns if sys.stdout.isatty() else _WIDEST


def shown(content: bytes) -> bytes:
    """A text in UTF-8 as standard output takes it: what it cannot show becomes ASCII, or "?"."""
    encoding = sys.stdout.encoding or "utf-8"
    text = content.decode()
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_letter(each, encoding) for each in text).encode(encoding, "replace")


def _letter(letter: str, encoding: str) -> str:
    """The letter itself where it can be shown, else its plain form without accents."""
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        plain = unicodedata.normalize("NFKD", letter.translate(_PLAIN))
        return "".join(each for each in plain if not unicodedata.combining(each)) or letter
    return letter
