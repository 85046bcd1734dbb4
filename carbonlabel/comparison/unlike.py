"""I make a difference of what the sides say, where they do not say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from carbonlabel.comparison.outcome import EVERY, About, Difference, FigureName, Weight
from carbonlabel.comparison.phrases import Phrase, row

NOT_STATED: Final = Phrase("not stated")
"""What a side says that says nothing."""


def unlike(  # noqa: PLR0913 - a difference has so many sides, each by name
    about: About,
    says: Sequence[str],
    *,
    weight: Weight,
    because: str,
    mend: str,
    touches: frozenset[FigureName] = EVERY,
) -> Iterator[Difference]:
    """One difference where not all say the same; else none."""
    if len(set(says)) > 1:
        yield Difference(
            about=about,
            says=tuple(says),
            weight=weight,
            because=because,
            mend=mend,
            touches=touches,
        )


def told(words: Sequence[str]) -> str:
    """Words in a row, each once; that nothing is stated where there are none.

    >>> told(["a", "b", "a"]), told([])
    ('a, b', 'not stated')
    """
    found = list(dict.fromkeys(word for word in words if word))
    return row(found) if found else NOT_STATED


def unsaid(about: About, says: Sequence[str], *, because: str, mend: str) -> Iterator[Difference]:
    """One difference to be borne in mind where nobody says anything; else none."""
    if set(says) == {NOT_STATED}:
        yield Difference(about=about, says=tuple(says), weight="weighs", because=because, mend=mend)
