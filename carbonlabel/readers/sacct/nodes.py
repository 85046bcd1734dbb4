"""I tell which jobs of a file ran on one node at the same time; no node's name leaves me."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice, pairwise
from typing import Final

_MOST_COUNT: Final = 100_000
_MOST_STAYS_COUNT: Final = 2_000_000
_GROUP: Final = re.compile(r"(?:[^,\[\]]|\[[^\[\]]*\])+")
_BRACKETS: Final = re.compile(r"([^\[\]]*)\[([^\[\]]*)\](.*)")
_RANGE: Final = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)

Stay = tuple[datetime, datetime]


def shared(stays: Mapping[str, tuple[str, Stay]]) -> frozenset[str]:
    """Those jobs that another job overlaps in time on a node, of node lists and times by job."""
    by_node: defaultdict[str, list[tuple[Stay, str]]] = defaultdict(list)
    named = ((node, stay, job) for job, (told, stay) in stays.items() for node in names(told))
    for node, stay, job in islice(named, _MOST_STAYS_COUNT):
        by_node[node].append((stay, job))
    return frozenset(job for node in by_node.values() for job in _overlapping(node))


def names(node_list: str) -> Iterator[str]:
    """Each node of a list as Slurm writes it.

    >>> list(names("gpu[01-03,7],login1"))
    ['gpu01', 'gpu02', 'gpu03', 'gpu7', 'login1']
    """
    told_count = 0
    for group in _GROUP.findall(node_list):
        for name in _expanded(group.strip()):
            if told_count == _MOST_COUNT:
                return
            told_count += 1
            yield name


def _expanded(group: str) -> Iterator[str]:
    match = _BRACKETS.fullmatch(group)
    if match is None:
        yield group
        return
    before, choices, after = match.groups()
    for choice in choices.split(","):
        for number in _numbers(choice):
            yield from (f"{before}{number}{rest}" for rest in _expanded(after))


def _numbers(choice: str) -> Iterator[str]:
    match = _RANGE.fullmatch(choice.strip())
    if match is None:
        yield choice.strip()
        return
    first, last = int(match[1]), int(match[2])
    for number in range(first, min(last, first + _MOST_COUNT) + 1):
        yield f"{number:0{len(match[1])}}"


def _overlapping(node: Sequence[tuple[Stay, str]]) -> Iterator[str]:
    timed = sorted(node, key=lambda each: each[0])
    longest = timed[0]
    for _, after in pairwise(timed):
        if after[0][0] < longest[0][1]:
            yield longest[1]
            yield after[1]
        longest = max(longest, after, key=lambda each: each[0][1])
