"""I know a sentence of ours again when its words in braces are filled, and say it translated.

What may stand for a word in braces is told by its name, digits at its end aside: digits for
`number`, several for `lines`; digits with a unit for `amount`, `count`, `high`, `low` and `year`;
one word for `code` and `date`, one with a dot, a slash or a colon for `file`, with a hyphen for
`rule`; names with a capital for `names`; a country or a state for `place` and `region`; what has a
translation itself for `clause`; anything but a semicolon for all others.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["figure", "name", "place", "clause", "any"]

_WORD: Final = re.compile(r"\{(\w+)\}")
_DIGITS: Final = "0123456789"
_POINT: Final = "."
_NUMBER: Final = r"[<≥~−-]?\d[\d.]*(?:[eE][+-]?\d+)?"
_AMOUNT: Final = rf"{_NUMBER}(?: ?%| [^\s,;:().×÷=+]+)?"
_FIGURE: Final = re.compile(_AMOUNT)
_UNIT: Final = re.compile(r"[a-z]{4,}")
"""What is a word and no symbol: `runs`, where `kWh` is one."""
_SIGNS: Final = re.compile(r"( [=+×÷−±] |, | \(|\((?=\d)|\)(?= [=+×÷−±] |$))")
"""What stands between the figures of a calculation, and between the items of a list."""
_JOINT: Final = "; "
_NO_BREAK: Final = "\u00a0"
_LONGEST: Final = 2000
_DEEPEST: Final = 4
"""Sentences of ours are shorter, and stand in fewer others."""
_ANY: Final = r"(?:(?!; ).)+?"
_LOOKS: Final[Mapping[str, tuple[Kind, str]]] = {
    "number": ("figure", _NUMBER),
    **dict.fromkeys(("amount", "count", "high", "low", "year"), ("figure", _AMOUNT)),
    "lines": ("name", r"\d+(?:, \d+)*"),
    "code": ("name", r"\S+"),
    "date": ("name", r"\d\S+"),
    "file": ("name", r"\S*[./:]\S*"),
    "rule": ("name", r"[a-z\d]+(?:-[a-z\d]+)+"),
    "names": ("name", r"[A-Z\d][^,;]*(?:, [A-Z\d][^,;]*)*"),
    **dict.fromkeys(("place", "region"), ("place", _ANY)),
    "clause": ("clause", r".+?"),
}
"""How a filled word is told in the other language, and what it looks like, by its name."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A sentence with words in braces, and what it becomes."""

    english: str
    shown: str

    @property
    def head(self) -> str:
        """What it begins with."""
        return self.english.partition("{")[0]

    @property
    def tail(self) -> str:
        """What it ends with."""
        return self.english.rpartition("}")[2]


class Sentences:
    """The sentences of one language, by their English."""

    def __init__(
        self,
        texts: Mapping[str, str],
        words: Mapping[str, str],
        sign: str,
        place: Callable[[str], str] = str,
    ) -> None:
        """Hold sentences, the documents' own words beside them, and what decimals stand behind.

        `place` says in the reader's language what is called by its English name.
        """
        self._texts, self._words, self._sign, self._place = texts, words, sign, place
        self._by_word: dict[str, list[tuple[str, str, Shape]]] = {}
        shapes = (Shape(english, shown) for english, shown in texts.items() if "{" in english)
        for each in sorted(shapes, key=_vagueness):
            first, space, _ = each.head.partition(" ")
            of = self._by_word.setdefault(first if space else "", [])
            of.append((each.head, each.tail, each))

    def known(self, sentence: str, deep: int = 0) -> str | None:
        """The sentence in this language; None where it, or a clause of it, has no translation.

        `deep` says in how many others it stands.
        """
        if deep > _DEEPEST or len(sentence) > _LONGEST:
            return None
        told = self._whole(sentence, deep) or self._joined(sentence, deep)
        if told is None and sentence.endswith(_POINT):
            stem = sentence.removesuffix(_POINT)
            told = self._whole(stem, deep) or self._joined(stem, deep)
            return told and f"{told}{_POINT}"
        return told

    def exact(self, text: str) -> str | None:
        """A text as it stands in the catalogue; None where it does not."""
        return self._texts.get(text) or self._words.get(text)

    def figure(self, text: str) -> str | None:
        """A figure as this language writes it, with its unit; None where that is a strange word."""
        digits, space, unit = text.partition(" ")
        told = self.exact(unit)
        if told is None and _UNIT.fullmatch(unit):
            return None
        return f"{digits.replace(_POINT, self._sign)}{space and _NO_BREAK}{told or unit}"

    def _whole(self, sentence: str, deep: int) -> str | None:
        told = self.exact(sentence)
        if told is None and _FIGURE.fullmatch(sentence):
            told = self.figure(sentence)
        if told is not None:
            return told
        for head, tail, shape in self._likely(sentence):
            if sentence.endswith(tail) and sentence.startswith(head):
                filled = self._filled(shape, sentence, deep)
                if filled is not None:
                    return filled
        return None

    def _likely(self, sentence: str) -> Iterator[tuple[str, str, Shape]]:
        yield from self._by_word.get(sentence.partition(" ")[0], ())
        yield from self._by_word.get("", ())

    def _filled(self, shape: Shape, sentence: str, deep: int) -> str | None:
        found = _pattern(shape.english).fullmatch(sentence)
        if found is None:
            return None
        words = {name: self._word(name, of, deep + 1) for name, of in found.groupdict().items()}
        if None in words.values():
            return None
        return shape.shown.format(**words)

    def _word(self, name: str, text: str, deep: int) -> str | None:
        match _look(name)[0]:
            case "figure":
                return self.figure(text)
            case "name":
                return text
            case "place":
                return self._place(text)
            case "clause":
                return self.known(text.strip(), deep)
            case _:
                return self.known(text, deep) or text

    def _joined(self, sentence: str, deep: int) -> str | None:
        """Sentences joined by semicolons; figures joined by signs."""
        if _JOINT in sentence:
            return self._told(_JOINT, sentence.split(_JOINT), deep)
        pieces = _SIGNS.split(sentence)
        if len(pieces) == 1:
            return None
        told = [
            each if at % 2 or not each else self._whole(each, deep)
            for at, each in enumerate(pieces)
        ]
        return None if None in told else "".join(each or "" for each in told)

    def _told(self, joint: str, pieces: Sequence[str], deep: int) -> str | None:
        """The pieces, of which several may be one sentence with a joint in it."""
        told, open_pieces = [], ""
        for each in pieces:
            open_pieces = f"{open_pieces}{joint}{each}" if open_pieces else each
            found = self._whole(open_pieces, deep)
            if found is None and joint not in open_pieces:
                found = self._joined(open_pieces, deep)
            if found is not None:
                told.append(found)
                open_pieces = ""
        return None if open_pieces else self._words.get(joint, joint).join(told)


def _vagueness(shape: Shape) -> int:
    """The less of a sentence is fixed, the later it is tried."""
    return -len(_WORD.sub("", shape.english))


def _look(name: str) -> tuple[Kind, str]:
    return _LOOKS.get(name.rstrip(_DIGITS), ("any", _ANY))


@functools.cache
def _pattern(english: str) -> re.Pattern[str]:
    """What a sentence with words in braces looks like when they are filled."""
    parts = _WORD.split(english)
    looks = (
        f"(?P<{each}>{_look(each)[1]})" if at % 2 else re.escape(each)
        for at, each in enumerate(parts)
    )
    return re.compile("".join(looks), re.DOTALL)
