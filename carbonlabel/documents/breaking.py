"""I break words into lines where a reader would: between items, and not after a small word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from carbonlabel.documents import typeface

if TYPE_CHECKING:
    from carbonlabel.documents.canvas import Lettering

_STOPS: Final = frozenset(",;:.·)")
_SEPARATORS: Final = frozenset("/-_. ")
_SIGNS: Final = frozenset("×·−=+")
_SMALL_COUNT: Final = 3
_THIRD: Final = 2 / 3
_AMID_COST, _SMALL_COST, _SHORT_COST, _LONE_COST = 0.12, 0.25, 0.15, 0.4
"""Of a line that ends amid an item, or where a small word or a sign is parted from what it belongs
to; of a last line under a third of its measure, and of one that is a lone word. A line that leaves
all of its measure empty costs 1."""


def lines(text: str, lettering: Lettering, measure: float) -> list[str]:
    """The lines of `text`: no more than needed, and of those the ones that read best.

    A line ends after an item of a list rather than in it, and neither after a small word (of, and,
    a) nor before a lone last one, if it can be.
    """
    full = typeface.wrap(text, lettering.size, lettering.weight, measure)
    return _best(" ".join(full).split(" "), lettering, measure) if len(full) > 1 else full


def halves(name: str, lettering: Lettering, measures: tuple[float, float]) -> tuple[str, str]:
    """A long name in two lines of these measures, parted behind a stroke or dash of its own.

    The first stroke parts it if both halves fit; else the last place whose first half fits. The
    second half is empty where there is no such place.
    """
    line = typeface.plain(name)
    places = [
        place
        for place in range(1, len(line))
        if line[place - 1] in _SEPARATORS and lettering.width(line[:place]) <= measures[0]
    ]
    if not places:
        return line, ""
    stroke = line.find("/") + 1
    fits = stroke in places and lettering.width(line[stroke:]) <= measures[1]
    place = stroke if fits else places[-1]
    return line[:place].rstrip(), line[place:].lstrip()


def _best(words: Sequence[str], lettering: Lettering, measure: float) -> list[str]:
    """From the last word backwards: the fewest lines, and of those the cheapest."""
    count = len(words)
    costs: list[tuple[int, float]] = [(0, 0.0)] * (count + 1)
    ends = [count] * (count + 1)
    for start in reversed(range(count)):
        choices = []
        for end in range(start + 1, count + 1):
            line = " ".join(words[start:end])
            width = lettering.width(line)
            if end > start + 1 and width > measure:
                break
            slack = 1 - width / measure if measure > 0 else 0.0
            rest_count, rest = costs[end]
            is_last = end == count
            cost = _last_cost(line, slack) if is_last else _cost(line, words[end], slack)
            choices.append(((rest_count + 1, cost + rest), end))
        costs[start], ends[start] = min(choices)
    found, start = [], 0
    while start < count:
        found.append(" ".join(words[start : ends[start]]))
        start = ends[start]
    return found


def _cost(line: str, following: str, slack_ratio: float) -> float:
    last = line.rpartition(" ")[2]
    is_small = last.isalpha() and len(last) <= _SMALL_COUNT
    is_sign = not any(map(str.isalnum, last)) or following[:1] in _SIGNS
    amid = 0.0 if line[-1:] in _STOPS else _AMID_COST
    return slack_ratio**2 + amid + (_SMALL_COST if is_small or is_sign else 0.0)


def _last_cost(line: str, slack_ratio: float) -> float:
    if " " not in line:
        return _LONE_COST
    return _SHORT_COST if slack_ratio > _THIRD else 0.0
