"""What is alike in two or more footprints, what is not, and how far apart they are.

`compared(sides, wish)` takes disclosures and bare statements as `Side`s and gives a `Comparison`:
first whether they compare at all, and only then figures. Nothing here reads a file or draws.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from carbonlabel.comparison.outcome import Comparison, Difference, Topic
from carbonlabel.comparison.phrases import Phrase
from carbonlabel.comparison.portion import fitting
from carbonlabel.comparison.side import Side, declared, disclosed
from carbonlabel.comparison.topics import USE, Wish, topics
from carbonlabel.errors import InputError
from carbonlabel.model.workload import plural
from carbonlabel.telling.recomputing import Recomputation

__all__ = ["Comparison", "Difference", "Side", "Topic", "Wish", "compared", "declared", "disclosed"]

LEAST, MOST = 2, 8
"""How many sides a comparison may have."""
_SHOWN: Final = 12
_FINE: Final = Phrase("no error found")


def compared(sides: Sequence[Side], wish: Wish | None = None, *, mine: int = 0) -> Comparison:
    """What compares of some footprints, and what it says; `mine` is the place of the reader's own.

    Raises:
        InputError: there are fewer than two sides, or more than eight.
    """
    if not LEAST <= len(sides) <= MOST:
        raise InputError(
            f"a comparison has {LEAST} to {MOST} sides, and this one has {len(sides)}",
            hint="name disclosures, reports or cards: carbonlabel compare a.json b.json",
        )
    wanted = wish or Wish()
    differences = (*_same(sides), *_faulty(sides))
    found = () if differences else tuple(topics(sides, _accounts(sides), wanted))
    return Comparison(
        sides=tuple(sides),
        mine=mine,
        topics=found,
        differences=differences,
        grid=wanted.grid,
        volume=wanted.volume,
        notes=tuple(_unfulfilled(found, wanted)) if not differences else (),
    )


def _accounts(sides: Sequence[Side]) -> list[Recomputation | None]:
    return [fitting(each.disclosure) if each.disclosure else None for each in sides]


def _same(sides: Sequence[Side]) -> Iterator[Difference]:
    """One and the same statement is no second one."""
    digests = [each.digest for each in sides]
    if len(set(digests)) < len(digests):
        yield Difference(
            about="same",
            says=tuple(Phrase("digest {digest}", digest=each[:_SHOWN]) for each in digests),
            weight="breaks",
            because=Phrase("one statement was given twice"),
            mend=Phrase("give each of them once"),
        )


def _faulty(sides: Sequence[Side]) -> Iterator[Difference]:
    if any(each.faults for each in sides):
        yield Difference(
            about="checks",
            says=tuple(next(iter(each.faults), _FINE) for each in sides),
            weight="breaks",
            because=Phrase("figures that contradict themselves cannot be held against others"),
            mend=Phrase("carbonlabel check, or lint for a card, says what to correct"),
        )


def _unfulfilled(found: Sequence[Topic], wish: Wish) -> Iterator[str]:
    """Why there is no use of a year, where one was asked for."""
    if wish.volume is None or any(each.yearly for topic in found for each in topic.figures):
        return
    used = [each for each in found if each.name == USE]
    if not used:
        yield Phrase(
            "There is no use of a year: none of them discloses what its model takes in use"
        )
    elif used[0].verdict == "not comparable" or used[0].unit is None:
        yield Phrase("There is no use of a year: use does not compare")
    elif used[0].unit.statistic != "mean":
        yield Phrase(
            "There is no use of a year: of a {statistic} there are no multiples",
            statistic=Phrase(used[0].unit.statistic),
        )
    else:
        yield Phrase(
            "There is no use of a year: what is known is of {known}, and {asked} are asked for",
            known=Phrase(plural(used[0].unit.unit)),
            asked=Phrase(plural(wish.volume.unit)),
        )
