"""I say which words in the printed name of a device matter."""

from __future__ import annotations

import re
from collections.abc import Callable

MOST_WORDS_COUNT = 16
"""How many words of a name we look at: the longest that a driver prints has nine."""

_MARKS = re.compile(r"\((?:r|tm|c)\)|[®™©]")
_WORD = re.compile(r"[a-z0-9+]+")
_COUNTED = re.compile(r"^\s*([0-9]{1,6})(?:\s+[x×]\s+|[x×]\s*)(?=\S)", re.IGNORECASE)
_NEXT = re.compile(r"([0-9]{1,12})\s+[x×]\s+(?=\S)", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;|]")
_BETWEEN_COUNTED = re.compile(r"[,;|]\s*(?=[0-9]{1,6}\s*[x×]\s)", re.IGNORECASE)
_SHAPE = re.compile(r"pcie?|sxm[0-9]?|nvl|oam")
_MEMORY = re.compile(r"[0-9]+gb")
_SILENT = re.compile(
    r"nvidia|amd|intel|corporation|inc|tesla|geforce|quadro|instinct|radeon|graphics|gpus?"
    r"|tensor|cores?|accelerators?|generation|mcm|ac|mba|mig|[0-9]+g|hbm[0-9]\w*"
)


def words(name: str) -> tuple[str, ...]:
    """The words of a device's name in lower case, without trademark signs.

    >>> words("Intel(R) Data Center GPU Max 1100")
    ('intel', 'data', 'center', 'gpu', 'max', '1100')
    """
    return tuple(_WORD.findall(_MARKS.sub(" ", name.lower())))[:MOST_WORDS_COUNT]


def key(name: str) -> str:
    """The form under which the table of names files a device: its words without the gaps.

    >>> key("NVIDIA A100-SXM4-80GB")
    'nvidiaa100sxm480gb'
    """
    return "".join(words(name))


def is_shape(word: str) -> bool:
    """Whether the word tells how the board is mounted, which changes its rated power."""
    return _SHAPE.fullmatch(word) is not None


def is_memory(word: str) -> bool:
    """Whether the word tells the memory of the board."""
    return _MEMORY.fullmatch(word) is not None


def is_silent(word: str) -> bool:
    """Whether the word says nothing that tells one board of a family from another."""
    return _SILENT.fullmatch(word) is not None


def without_count(text: str) -> str:
    """The name in "8 x NVIDIA A100-SXM4-80GB"."""
    return _COUNTED.sub("", text).strip()


def split_count(
    text: str, is_known: Callable[[str], bool] = lambda _: False
) -> tuple[tuple[str, int], ...]:
    """The names in a tracker's list of devices, each once, with how many there are of it.

    Understands commas and CodeCarbon's way of writing one group right behind the other; where the
    digits between two groups may belong to either, `is_known` tells which name exists. In a list
    that counts, a comma without a count behind it is part of a name.

    >>> split_count("2 x NVIDIA A100-SXM4-80GB, 1 x Tesla T4")
    (('NVIDIA A100-SXM4-80GB', 2), ('Tesla T4', 1))
    """
    counts: dict[str, int] = {}
    for piece in (_BETWEEN_COUNTED if _COUNTED.match(text) else _BETWEEN).split(text):
        for name, count in _groups(piece.strip(), is_known):
            counts[name] = counts.get(name, 0) + count
    return tuple(counts.items())


def _groups(piece: str, is_known: Callable[[str], bool]) -> tuple[tuple[str, int], ...]:
    """The groups of one piece, from the left: count, name, count, name …."""
    first = _COUNTED.match(piece)
    count, rest = (int(first[1]), piece[first.end() :]) if first else (1, piece)
    groups: list[tuple[str, int]] = []
    while (border := _NEXT.search(rest, 1)) is not None:
        digits = _digits_of_count(rest[: border.end(1)], len(border[1]), is_known)
        groups.append((rest[: border.end(1) - digits].strip(), count))
        count, rest = int(rest[border.end(1) - digits : border.end(1)]), rest[border.end() :]
    groups.append((rest.strip(), count))
    return tuple((name, max(count, 1)) for name, count in groups if name)


def _digits_of_count(text: str, most: int, is_known: Callable[[str], bool]) -> int:
    """How many of the digits at the end of `text` count the next group.

    So many that what stands before is a known name; else one, or all that stand apart.
    """
    for digits in range(1, most + 1):
        if text[-digits] != "0" and is_known(text[:-digits].strip()):
            return digits
    return most if text[-most - 1 : -most].isspace() else 1
