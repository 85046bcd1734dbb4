"""I find the things that every word of a search fits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

_Thing = TypeVar("_Thing")

_WORD: Final = re.compile(r"[a-z0-9+]+")
_LETTERS: Final = {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"}
_FLAT: Final = str.maketrans(_LETTERS)
_FITS: Final[tuple[Callable[[str, str], bool], ...]] = (
    lambda wanted, words: f" {wanted} " in words,
    lambda wanted, words: f" {wanted}" in words,
    lambda wanted, words: wanted.replace(" ", "") in words.replace(" ", ""),
)
"""How a word may fit, the strictest first: as a whole word, as a beginning, anywhere."""


def every_text(fact: Mapping[str, object]) -> Iterable[str]:
    """What stands in a fact, as texts."""
    return map(str, fact.values())


def words_of(texts: Iterable[str]) -> str:
    """The words of some texts without case, accents and signs, each between two blanks.

    >>> words_of(["São Paulo", "sa-east-1"])
    ' sao paulo  sa east 1 '
    """
    return "".join(f" {flat(text)} " for text in texts if text)


def flat(text: str) -> str:
    """The letters and digits of a text in their plainest form, a blank between words."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.casefold()).translate(_FLAT)
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(text.lower()))


def fitting(
    things: Iterable[_Thing], wanted: Sequence[str], told: Callable[[_Thing], Iterable[str]]
) -> list[_Thing]:
    """The things of whose texts, as `told` gives them, every wanted word fits one.

    Where a word is a whole word of some of the things that fit the words before it, beginnings
    do not count; where it is the beginning of some, nor do middles.
    """
    found = [(thing, words_of(told(thing))) for thing in things] if wanted else []
    if not wanted:
        return list(things)
    for word in filter(None, map(flat, wanted)):
        fits = ([each for each in found if fit(word, each[1])] for fit in _FITS)
        found = next(filter(None, fits), [])
    return [thing for thing, _ in found]
