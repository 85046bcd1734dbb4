"""I find our block in the body of a card: what stands between its two marker lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from carbonlabel.cards.fences import Fences
from carbonlabel.cards.text import CardText
from carbonlabel.errors import CardRefused

BEGIN: Final = "<!-- carbonlabel:begin -->"
END: Final = "<!-- carbonlabel:end -->"

_MARKER = re.compile(r" {0,3}<!-- carbonlabel:(begin|end) -->[ \t]*")
_LIKE_A_MARKER = re.compile(r"<!--(?=\s*carbonlabel:)")
_WORTH_A_WALK = re.compile(r"<!-- carbonlabel:|```|~~~")
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n)|([^\r\n]+)")
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Block:
    """Our block: `[start, end)` with both marker lines, `[inner, inner_end)` between them."""

    start: int
    inner: int
    inner_end: int
    end: int


@dataclass(frozen=True, slots=True)
class Body:
    """What stands in a body: our block if there is one, and where code begins that never ends."""

    block: Block | None
    open_code: int | None


@dataclass(frozen=True, slots=True)
class _Marker:
    kind: str
    start: int
    end: int


def body(card: CardText, at: int) -> Body:
    """Find our block in the text from `at` on; CardRefused unless it is whole and the only one."""
    fences, code, markers = Fences(), at, []
    for line, start, end in _lines(card.text, at):
        outside = fences.fence is None
        if not fences.covers(line) and (found := _MARKER.fullmatch(line)):
            markers.append(_Marker(found.group(1), start, end))
        code = start if outside else code
    return Body(_block(card, markers), code if fences.closing() else None)


def has_marker(text: str, at: int) -> bool:
    """Whether one of our marker lines stands outside code from `at` on, whole pair or not."""
    fences = Fences()
    lines = (line for line, _, _ in _lines(text, at) if not fences.covers(line))
    return any(_MARKER.fullmatch(line) for line in lines)


def harmless(section: str) -> str:
    """Return the section as it may stand between the markers: no marker inside, no open code."""
    plain = _UNWRITABLE.sub("\ufffd", section.replace("\r\n", "\n").replace("\r", "\n"))
    lines = _LIKE_A_MARKER.sub("&lt;!--", plain).strip("\n").split("\n")
    fences = Fences()
    for line in lines:
        fences.covers(line)
    return "\n".join([*lines, *filter(None, [fences.closing()])])


def _lines(text: str, at: int) -> Iterator[tuple[str, int, int]]:
    """Every line without its line break, where it starts, and where the next one does."""
    if not _WORTH_A_WALK.search(text, at):
        return
    for found in _LINE.finditer(text, at):
        yield found.group(1) or found.group(2) or "", found.start(), found.end()


def _block(card: CardText, markers: list[_Marker]) -> Block | None:
    match markers:
        case []:
            return None
        case [_Marker(kind="begin") as begin, _Marker(kind="end") as end]:
            return Block(begin.start, begin.end, end.start, end.end)
    raise _broken(card, markers)


def _broken(card: CardText, markers: list[_Marker]) -> CardRefused:
    """The first marker that is out of turn, in words."""
    match markers:
        case [_Marker(kind="end") as odd, *_]:
            message = f"{END} stands here without a {BEGIN} before it"
        case [odd]:
            message = f"{BEGIN} has no {END} after it"
        case [_, _Marker(kind="begin") as odd, *_]:
            message = f"a second {BEGIN} stands before the {END} of the first"
        case _:
            odd, message = markers[2], "the card has more than one label block"
    return card.refusal(message, odd.start, hint="repair or remove the marker lines by hand")
