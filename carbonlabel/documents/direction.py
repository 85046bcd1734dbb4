"""I keep a name that is written from right to left from turning the words beside it."""

from __future__ import annotations

import re
from typing import Final

FIRST_STRONG: Final = "\u2068"
"""FSI: what follows has the direction of its own first letter, and none on what is around it."""
POP: Final = "\u2069"
"""PDI: the end of that."""
ISOLATES: Final = frozenset((FIRST_STRONG, POP))

_TO_THE_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Hebrew, Arabic, Syriac, Thaana, N'Ko and their relatives, by the blocks of Unicode."""
_BARE: Final = dict.fromkeys(map(ord, ISOLATES))


def isolated(text: str) -> str:
    """The text between FSI and PDI (UAX #9) where it has a letter written to the left.

    >>> isolated("acme/tiny"), isolated("שלום") == FIRST_STRONG + "שלום" + POP
    ('acme/tiny', True)
    """
    if text.isascii() or not _TO_THE_LEFT.search(text):
        return text
    return f"{FIRST_STRONG}{bare(text)}{POP}"


def bare(text: str) -> str:
    """The text without the two marks: for what is read by programs, and for outlines."""
    return text if text.isascii() else text.translate(_BARE)


def balanced(text: str) -> str:
    """The text with no more than one isolate open at a time, and none open at its end.

    >>> balanced(POP + "a" + FIRST_STRONG + FIRST_STRONG + "b") == "a" + FIRST_STRONG + "b" + POP
    True
    """
    if text.isascii() or ISOLATES.isdisjoint(text):
        return text
    kept, is_open = [], False
    for letter in text:
        if letter in ISOLATES:
            if (letter == FIRST_STRONG) == is_open:
                continue
            is_open = not is_open
        kept.append(letter)
    return "".join((*kept, POP if is_open else ""))
