"""I am English text that knows what it was filled with, so that it can be said in any language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Self


class Phrase(str):
    """An English text; documents look its template up, and say the phrases among its words anew.

    What is no phrase, such as the name of a model, is the same in every language. A phrase without
    words may be a sentence out of a disclosure.

    >>> Phrase("not reported: {why}", why=Phrase("nobody states it"))
    'not reported: nobody states it'
    >>> Phrase("PUE {pue}", pue=1.20)
    'PUE 1.2'
    """

    __slots__ = ("template", "words")
    template: str
    words: Mapping[str, str | float]

    def __new__(cls, template: str, /, **words: str | float) -> Self:
        """The template with these words in its braces."""
        shown = {name: written(word) for name, word in words.items()}
        made = super().__new__(cls, template.format(**shown) if words else template)
        made.template = template
        made.words = words
        return made


def written(word: str | float) -> str:
    """A word as English has it; a number in its fewest digits."""
    return word if isinstance(word, str) else f"{word:g}"


def row(words: Sequence[str]) -> str:
    """Words one after the other, with commas.

    >>> row(["a", "b", "c"])
    'a, b, c'
    """
    first, *rest = words
    return Phrase("{first}, {rest}", first=first, rest=row(rest)) if rest else first
