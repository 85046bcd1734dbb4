"""I am the messages of a Carbontracker log, each with its local time and its line."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import LINE_LIMIT, Log
from carbonlabel.model.units import SCALES, seconds_from_clock

# 1.0.0 to 1.0.5 put the thread and the level before the words.
_HEAD: Final = re.compile(
    r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:,\d{1,6})? - (?:\S{1,200} - [A-Z]{4,8} - )?(.*)", re.ASCII
)
_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,4})?", re.ASCII)
_CLOCK: Final = re.compile(
    r"(?:(\d{1,6}) days?, )?(\d{1,9}):(\d{1,2}):(\d{1,2}(?:\.\d{1,9})?)", re.ASCII
)
_LARGEST: Final = 1e12


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a log, with the lines that it runs over."""

    where: str
    """`file:line` of its first line."""
    when: datetime
    """Its time stamp: the local clock of the machine, without a zone."""
    text: str
    """Its words, without the time stamp; lines are joined by LF."""
    last: bool = False
    """Whether the file ends with it: then it may be cut."""


def messages(log: Log) -> Iterator[Message]:
    """Each message of the log; lines before the first time stamp are passed over.

    Raises:
        MalformedInput: a time stamp that is no date, a message over 64 KiB, or bytes that are not
            UTF-8 text.
    """
    held: Message | None = None
    for message in _joined(log):
        if held:
            yield held
        held = message
    if held:
        yield replace(held, last=True)


def number(text: str, where: str) -> float:
    """The finite number, zero or more, that `text` spells.

    Raises:
        MalformedInput: it is no number, negative, infinite, not a number, or over 10¹².
    """
    value = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not 0 <= value <= _LARGEST:
        raise MalformedInput(
            f"{text[:40]!r} is no plausible number of zero or more",
            where=where,
            hint="Carbontracker writes a decimal point and no thousands separator",
        )
    return value


def seconds(text: str, where: str) -> float:
    """Duration in s of `H:MM:SS.ss` or `D days, H:MM:SS`, hours without limit.

    Raises:
        MalformedInput: it is neither, or negative.
    """
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise MalformedInput(
            f"{text[:40]!r} is no duration", where=where, hint="Carbontracker writes H:MM:SS.ss"
        )
    days, hours, minutes, rest = match.groups(default="0")
    return int(days) * SCALES["s"]["d"] + seconds_from_clock(int(hours), int(minutes), float(rest))


class _Draft:
    def __init__(self, where: str, when: str, words: str) -> None:
        self.where = where
        self.when = when
        self.lines = [words]
        self.room = LINE_LIMIT

    def add(self, line: str) -> None:
        self.lines.append(line)
        self.room -= len(line) + 1
        if self.room < 0:
            raise MalformedInput(
                "a message is longer than 64 KiB", where=self.where, hint="is it the right file?"
            )

    def message(self) -> Message:
        return Message(self.where, _time(self.when, self.where), "\n".join(self.lines))


def _joined(log: Log) -> Iterator[Message]:
    draft: _Draft | None = None
    for line_number, line in log.lines():
        if head := _HEAD.fullmatch(line):
            if draft:
                yield draft.message()
            draft = _Draft(f"{log.name}:{line_number}", head[1], head[2])
        elif draft:
            draft.add(line)
    if draft:
        yield draft.message()


def _time(text: str, where: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as bad:
        raise MalformedInput(f"{text!r} is no date and time", where=where) from bad
