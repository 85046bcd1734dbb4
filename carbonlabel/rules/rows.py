"""I lay the rows of a disclosure out, each with its activity and its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from carbonlabel.model.disclosure import Activity, Disclosure, Part, PartName
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.record.pointers import pointer

BESIDE: Final[frozenset[PartName]] = frozenset({"idle", "shared"})
"""The rows that are there only where somebody declared them."""
IT_PARTS: Final = frozenset[PartName]({"accelerators", "host", "computing"}) | BESIDE
"""The rows whose energy goes through the machines; overhead is what the site adds to them."""


class Row(NamedTuple):
    """One row of one activity."""

    activity: Activity
    part: Part
    place: str
    """JSON pointer of the row."""

    @property
    def is_electricity(self) -> bool:
        """Whether the row counts under Electricity."""
        return self.part.part != "manufacture"


def activities(disclosure: Disclosure) -> Iterator[tuple[str, Activity]]:
    """Every activity with its JSON pointer."""
    for number, activity in enumerate(disclosure.activities):
        yield pointer("activities", number), activity


def rows(disclosure: Disclosure) -> Iterator[Row]:
    """Every row of every activity, in their order."""
    for at, activity in activities(disclosure):
        yield from rows_of(at, activity)


def rows_of(at: str, activity: Activity) -> Iterator[Row]:
    """Every row of the activity that stands at the pointer `at`."""
    for number, part in enumerate(activity.parts):
        yield Row(activity, part, at + pointer("parts", number))


def known(quantities: Iterable[Estimate | Missing | None]) -> tuple[Estimate, ...]:
    """The declared ones among some quantities."""
    return tuple(each for each in quantities if isinstance(each, Estimate))
