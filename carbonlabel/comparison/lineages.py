"""I see to it that a model's own footprint is held against own footprints, not inherited ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carbonlabel.comparison.outcome import Difference
from carbonlabel.comparison.phrases import Phrase
from carbonlabel.comparison.side import Side
from carbonlabel.comparison.unlike import told, unlike


def lineages(sides: Sequence[Side]) -> Iterator[Difference]:
    """Figures that may be those of a base, and models that were made from others."""
    if any(each.stated and each.stated.is_inherited for each in sides):
        yield Difference(
            about="inherited",
            says=tuple(
                Phrase(
                    "perhaps that of its base"
                    if each.stated and each.stated.is_inherited
                    else "own"
                )
                for each in sides
            ),
            weight="breaks",
            because=Phrase("the footprint of a base is not that of what was made from it"),
            mend=Phrase("state what making this model emitted"),
        )
    yield from unlike(
        "base",
        [_made_from(each) for each in sides],
        weight="weighs",
        because=Phrase("own footprints are compared: what the bases took is in none of them"),
        mend=Phrase("label the bases as well, and compare those"),
    )


def _made_from(side: Side) -> str:
    if not side.bases:
        return Phrase("no base named")
    return Phrase("made from {bases}", bases=told(side.bases))
