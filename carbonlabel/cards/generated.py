"""I know the sections on emissions that training libraries write, and can take them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from carbonlabel.cards.anatomy import Anatomy, anatomy
from carbonlabel.cards.edits import Edit, applied
from carbonlabel.cards.fences import Fences
from carbonlabel.cards.text import NEWLINE

_TITLE: Final = "Environmental Impact"
_HEADING: Final = re.compile(rf"(?:## {_TITLE}(?: \[optional\])?|### {_TITLE})[ \t]*")
_WRITERS: Final = {
    "Carbon emissions were measured using [CodeCarbon](https://github.com/mlco2/codecarbon).": (
        "sentence-transformers, SetFit or a relative of theirs wrote"
    ),
    "Carbon emissions can be estimated using the [Machine Learning Impact calculator]"
    "(https://mlco2.github.io/impact#compute) presented in"
    " [Lacoste et al. (2019)](https://arxiv.org/abs/1910.09700).": (
        "the card template of transformers and the Hub's client left"
    ),
}
"""The sentence below the heading, and whose it is. TRL and transformers' Trainer write none."""
_REMARK: Final = (
    "<!-- Total emissions (in grams of CO2eq) and additional considerations, such as electricity"
    " usage, go here. Edit the suggested text below accordingly -->"
)
_ITEM: Final = re.compile(
    r"- \*\*(?:(?:Energy Consumed|Carbon Emitted|Hours Used)\*\*:"
    r"|(?:Hardware Type|Hours used|Cloud Provider|Compute Region|Carbon Emitted):\*\*)"
    r"(?!.*<!--).*"
)
_ANY_HEADING: Final = re.compile(r" {0,3}(?:#{1,6}(?:[ \t].*)?|<!-- carbonlabel:.*)")


@dataclass(frozen=True, slots=True)
class Section:
    """A generated section: `[start, end)` of the card's text, from its heading to the next one."""

    start: int
    end: int
    writer: str
    is_untouched: bool
    """Whether every line in it is one of the template's; else somebody has written there."""


def generated(card: Anatomy) -> tuple[Section, ...]:
    """The sections of a card that are known by their very heading and sentence, in order."""
    if _TITLE not in card.text.text:
        return ()
    text = card.text.text
    return tuple(
        found
        for (start, line), (end, _) in pairwise([*_headings(card), (len(text), "")])
        if _HEADING.fullmatch(line) and (found := _section(text, start, end))
    )


def remarks(card: bytes, name: str) -> tuple[str, ...]:
    """A line for each generated section: where it is, whose it is, and what can be done.

    CardRefused as for `splice`.
    """
    cut_open = anatomy(card, name)
    return tuple(
        f"{cut_open.text.place(each.start)}: {each.writer} a section on emissions here; "
        + (
            "--replace-generated takes it out"
            if each.is_untouched
            else "somebody has edited it, so it stays: see that it says what the label says"
        )
        for each in generated(cut_open)
    )


def without_generated(card: bytes, name: str = "README.md") -> bytes:
    """The card without its generated sections; one that somebody has edited stays.

    CardRefused as for `splice`, and where the rest would then be read in another way.
    """
    before = anatomy(card, name)
    cuts = [Edit(each.start, each.end) for each in generated(before) if each.is_untouched]
    if not cuts:
        return card
    after = anatomy(applied(before, cuts), name)
    if _rest(after) != _rest(before):
        raise before.text.refusal(
            "without this section the card would be read in another way",
            cuts[0].start,
            hint="take it out by hand",
        )
    return after.card


def _rest(card: Anatomy) -> tuple[str, str, int]:
    """What must be as it was: the front matter, our block, and whether code stays open."""
    text, front, block = card.text.text, card.front, card.body.block
    metadata = text[: front.body] if front else ""
    label = text[block.start : block.end] if block else ""
    return metadata, label, int(card.body.open_code is not None)


def _section(text: str, start: int, end: int) -> Section | None:
    lines = [line.rstrip(" \t") for line in NEWLINE.split(text[start:end])[1:]]
    sentence = next((line for line in lines if line in _WRITERS), None)
    if sentence is None:
        return None
    known = ("", _REMARK, sentence)
    is_untouched = all(line in known or _ITEM.fullmatch(line) for line in lines)
    return Section(start, end, _WRITERS[sentence], is_untouched)


def _headings(card: Anatomy) -> Iterator[tuple[int, str]]:
    """Where each heading begins that a reader sees, and its line; our markers end a section too."""
    fences, is_hidden, block = Fences(), False, card.body.block
    for start, line in _lines(card):
        is_ours = block is not None and block.start < start < block.end
        is_code = fences.covers(line)
        if not (is_code or is_hidden or is_ours) and _ANY_HEADING.fullmatch(line):
            yield start, line
        if not is_code and ("<!--" in line or "-->" in line):
            is_hidden = line.rfind("<!--") > line.rfind("-->")


def _lines(card: Anatomy) -> Iterator[tuple[int, str]]:
    text, at = card.text.text, card.front.body if card.front else card.text.first
    for found in NEWLINE.finditer(text, at):
        yield at, text[at : found.start()]
        at = found.end()
    yield at, text[at:]
