"""I set the label in the characters of a terminal: 58 columns or fewer, no colour."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from carbonlabel.documents import ancestry, making, market, use, water, wording
from carbonlabel.documents.anatomy import Context, Face, Row
from carbonlabel.documents.context import ENERGY, GRID, PUE
from carbonlabel.documents.direction import ISOLATES, balanced
from carbonlabel.documents.face import face
from carbonlabel.documents.language import say, speaking, translated
from carbonlabel.documents.monospace import columns, words
from carbonlabel.documents.numbers import NO_BREAK_SPACE, plainly_spaced
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options

WIDTH: Final = 58
"""Columns of the label, where its reader has so many."""
NARROWEST: Final = 40
_INDENT: Final = 2
_NAME: Final = 23
_VALUE: Final = 8
_RANGE: Final = 9
_BESIDE: Final = 33
_HEAVY, _LIGHT = "━", "─"
_MARKS: Final = {"measured": "●", "estimated": "◐", "assumed": "○", "not reported": "–"}
_TEXT: Final = 12
_NARROW_MARK: Final = 9
"""Columns after an amount of a narrow label: the mark, or the unit of the headline."""
_HIDDEN: Final = frozenset({"Cc", "Cs", "Co", "Cf", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Terminal:
    """The label as plain text."""

    format: str = "terminal"
    file_name: str = "label.txt"
    about: str = "the label as plain text of 58 columns"
    heeds: tuple[str, ...] = ("language", "columns")

    @translated
    def render(self, disclosure: Disclosure, options: Options) -> bytes:
        """The text as UTF-8, in the language of the options and no wider than their columns."""
        panel = _Panel(min(max(options.columns, NARROWEST), WIDTH))
        lines = (_shown(line).rstrip() for line in panel.lines(face(disclosure)))
        return "".join(f"{line}\n" for line in lines).encode()


renderer = Terminal()


@dataclass(frozen=True, slots=True)
class _Panel:
    """The label at a width."""

    width: int

    @property
    def is_narrow(self) -> bool:
        """Whether a row needs two lines."""
        return self.width < WIDTH

    def lines(self, finished: Face) -> Iterator[str]:
        """Every line from the title to the quality."""
        yield _HEAVY * self.width
        yield from self._wrapped("", finished.title)
        size = finished.size.replace(" ", NO_BREAK_SPACE)
        yield from self._wrapped("", " · ".join(filter(None, (finished.model, size))))
        for line in finished.serving:
            yield from self._wrapped("", line)
        yield _HEAVY * self.width
        yield from self._headline(finished)
        for warning in finished.warnings:
            yield from self._wrapped("", warning)
        yield _LIGHT * self.width
        for row in finished.rows:
            yield from self._row(row)
        yield _LIGHT * self.width
        yield from self._wrapped(say("Left out"), ", ".join(finished.left_out))
        yield from self._contexts({each.name: each for each in finished.contexts})
        yield from self._told(finished.contexts)
        yield from self._wrapped(say("Quality"), self._quality(finished))
        if finished.declared != wording.declared(None):
            yield from self._wrapped("", finished.declared)
        yield _HEAVY * self.width

    def _headline(self, finished: Face) -> Iterator[str]:
        if finished.value is None:
            yield from self._columns(finished.headline, "–", "", "")
        else:
            span = finished.range_short or say("no range")
            yield from self._columns(finished.headline, finished.value, span, finished.unit)

    def _row(self, row: Row) -> Iterator[str]:
        name = f"  {_lowered(row.name)}" if row.level == "child" else row.name
        mark = _MARKS[row.basis]
        basis = mark if self.is_narrow else f"{mark} {wording.BASES[row.basis]}"
        yield from self._columns(name, row.value or "–", row.range, basis)

    def _columns(self, name: str, value: str, span: str, mark: str) -> Iterator[str]:
        line = _on_one_line(name, value, span, mark)
        if self.is_narrow or columns(line) > self.width:
            yield from self._on_several(name, value, span, mark)
        else:
            yield line

    def _on_several(self, name: str, value: str, span: str, mark: str) -> Iterator[str]:
        """Name and amount, if they fit on a line, and the range below the amount."""
        lead = f"{' ' * _INDENT}{name}"
        right = self.width - max(_NARROW_MARK, len(mark) + 1)
        if len(lead) + 1 + len(value) > right:
            yield lead
            lead = ""
        yield f"{lead}{value.rjust(right - len(lead))} {mark}"
        if span:
            yield span.rjust(right)

    def _contexts(self, contexts: Mapping[str, Context]) -> Iterator[str]:
        electric, network = say(ENERGY), say(GRID)
        energy, grid = _quantity(contexts[electric]), _quantity(contexts[network], span=False)
        beside = f"{' ' * _INDENT}{electric:<10}{energy}"
        line = f"{beside:<{_BESIDE}}{network}  {grid}"
        if len(beside) < _BESIDE and columns(line) <= self.width:
            yield line
        else:
            yield from self._wrapped(electric, energy)
            yield from self._wrapped(network, grid)
        if (contracts := contexts.get(say(market.NAME))) is not None:
            amount = say("{amount}, market-based", amount=_quantity(contracts))
            yield from self._wrapped(say("Contracts"), amount)
        if (pue := contexts.get(say(PUE))) is not None:
            yield from self._wrapped(say(PUE), _quantity(pue))
        yield from self._water(contexts)
        if (minerals := contexts.get(say(making.MINERALS))) is not None:
            yield from self._wrapped(say("Minerals"), _quantity(minerals))

    def _water(self, contexts: Mapping[str, Context]) -> Iterator[str]:
        sides = [(say(name), contexts.get(water.side_name(name))) for _, name, _ in water.SIDES]
        told = [f"{name} {_quantity(each)}" for name, each in sides if each is not None]
        if told:
            # A side stays with its amount: a line ends between the two.
            held = ", ".join(each.replace(" ", NO_BREAK_SPACE) for each in told)
            yield from self._wrapped(say(water.NAME), held)

    def _told(self, contexts: Sequence[Context]) -> Iterator[str]:
        """Uses and base models: there may be several of each."""
        for each in contexts:
            if each.name == say(use.NAME) and each.value is not None:
                yield from self._wrapped(say(use.NAME), f"{_quantity(each)} {each.note}")
            elif each.name == say(ancestry.NAME):
                told = f"{each.note}{say(': ')}{_quantity(each)}"
                yield from self._wrapped(say("Base"), told)

    def _quality(self, finished: Face) -> str:
        shares = finished.quality.shares
        if not shares:
            return finished.quality.word
        told = [
            f"{_MARKS[basis]}{NO_BREAK_SPACE}{percent}{NO_BREAK_SPACE}%"
            for basis, percent in shares
        ]
        if self.is_narrow:
            # The rows have the marks alone: here each has its word.
            bases = [wording.BASES[basis] for basis, _ in shares]
            told = [f"{each} {basis}" for each, basis in zip(told, bases, strict=True)]
        return f"{finished.quality.word}{say(': ')}{', '.join(told)}"

    def _wrapped(self, label: str, text: str) -> Iterator[str]:
        """Lines of a text beside its label, no line wider than it may be; long words are cut."""
        start = f"{' ' * _INDENT}{label}"
        lead = f"{start} ".ljust(_TEXT) if label else start
        room = self.width - len(lead)
        line = ""
        for word in words(_joined(text), room):
            longer = f"{line} {word}" if line else word
            if columns(longer) <= room:
                line = longer
            else:
                yield f"{lead}{line}"
                lead, line = " " * len(lead), word
        yield f"{lead}{line}"


def _on_one_line(name: str, value: str, span: str, mark: str) -> str:
    amount = f" {value}" if len(value) >= _VALUE else value.rjust(_VALUE)
    if len(name) > _NAME:
        # A long name takes the room before its amount.
        amount = f" {value}".rjust(_NAME + _VALUE - len(name))
    between = f" {span}" if len(span) >= _RANGE else span.rjust(_RANGE)
    return f"{' ' * _INDENT}{name:<{_NAME}}{amount}{between}  {mark}"


def _lowered(name: str) -> str:
    """The name of a part inside a line: German nouns and abbreviations keep their capital."""
    if speaking() == "de" or name[:2].isupper():
        return name
    return f"{name[:1].lower()}{name[1:]}"


def _quantity(context: Context, *, span: bool = True) -> str:
    if context.value is None:
        return wording.BASES["not reported"]
    text = f"{context.value} {context.unit}".rstrip()
    return f"{text} ({context.range})" if span and context.range else text


def _joined(text: str) -> str:
    """The text with its signs held to what they belong to, so that no line begins with one."""
    held = text.replace(" · ", f"{NO_BREAK_SPACE}· ")
    return held.replace(" × ", f"{NO_BREAK_SPACE}×{NO_BREAK_SPACE}")


def _shown(line: str) -> str:
    """The line with ordinary spaces and without anything that a terminal would obey."""
    return "".join(
        "\ufffd" if unicodedata.category(each) in _HIDDEN and each not in ISOLATES else each
        for each in balanced(plainly_spaced(line))
    )
