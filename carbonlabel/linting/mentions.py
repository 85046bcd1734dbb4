"""I find the masses of CO₂ and the energies that the text of a card speaks of."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from carbonlabel.cards.body import BEGIN, END
from carbonlabel.cards.fences import Fences
from carbonlabel.cards.text import NEWLINE
from carbonlabel.linting.figures import CO2, MASS, energy_kwh, in_grams

_MOST: Final = 200
"""So many mentions of a unit are looked at: a longer text is a paper, not a card."""
_BEFORE_COUNT: Final = 48
_ALLOWED: Final = Decimal("0.005")
_COARSE: Final = Decimal("0.1")
_HALF: Final = Decimal("0.5")
_NUMBER: Final = (
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d{1,20})?(?![,\d])|\d{1,20},\d{1,2}(?![,\d])"
    r"|\d{1,20}(?:\.\d{1,20})?(?![.,]?\d))(?:[eE](?P<power>[-+]?\d{1,2}))?"
)
_DECIMAL_COMMA: Final = re.compile(r"\d+,\d{1,2}")
_GROUP_COUNT: Final = 3
"""So many digits stand between the commas of a number."""
_EITHER: Final = re.compile(r"[1-9]\d{0,2},\d{3}")
# A number behind another one is the end of it, a range, or a doubt.
_FREE: Final = r"(?<![\w.,\-–±])"
_SPACES: Final = frozenset(" \u00a0\u202f")
_AFTER_CO: Final = frozenset("2₂$<_")
_MASS_BEFORE: Final = re.compile(
    rf"{_FREE}{_NUMBER}[\s*_]{{0,4}}(?P<unit>{MASS})[\s*_]{{0,3}}(?:(?:of|de)\s+)?(?:{CO2})",
    re.IGNORECASE,
)
_RATE: Final = re.compile(
    rf"[\s*_]{{0,3}}(?:(?:of|de)\s+)?(?:{CO2})?[\s*_.]{{0,3}}(?:/|per\b|⁄)", re.IGNORECASE
)
_ENERGY_BEFORE: Final = re.compile(rf"{_FREE}{_NUMBER}[\s*_]{{0,4}}(?P<unit>[mkMGT]?Wh)\b")
_STATED: Final = re.compile(
    r"[\s>*+-]{0,12}(?P<row>\|[ \t*_]{0,6})?(?:"
    rf"(?P<carbon>(?:Total )?Carbon (?:Emitted|Emissions?)|(?:{CO2}) Emissions?)|"
    r"(?P<energy>Energy Consumed))(?P<inside>[*_]{0,3} ?[(\[][^()\[\]\r\n]{1,100}[)\]])?"
    r"(?:(?=[ \t*_]{0,4}:)[ \t*_]{0,4}:[ \t*_]{0,6}|[ \t*_]{0,4}(?(row)\|[ \t]{0,40}|(?!)))"
    r"(?P<value>[^\r\n]{1,80})",
    re.IGNORECASE,
)
_LEADING: Final = re.compile(
    rf"(?:[~≈]|about\b|around\b|approx(?:\.|imately)?|ca\.|est(?:\.|imated)?)?\s*"
    rf"{_NUMBER}(?!\s*[-–±]\s*\d|\s\d)[\s*_]{{0,4}}(?P<unit>{MASS}|[mkMGT]?Wh)?(?=$|\W)",
    re.IGNORECASE,
)
_LABELS: Final = ("arbon Emi", "arbon emi")
_UNIT_INSIDE: Final = re.compile(
    rf"(?:in\s+)?(?P<unit>{MASS})\s*(?:of\s+)?(?:{CO2})?", re.IGNORECASE
)
# Before a number these make it a bound; a number before it makes it a part of something else.
_BOUND: Final = re.compile(
    r"[<>≤≥±\d]|\b(?:less|more|fewer|under|below|above|over|up to|at most|at least)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An amount that stands in the text, in a base unit, with the doubt of its last digit."""

    value: Decimal
    """In gCO2e or kWh."""
    half: Decimal
    """Half a unit of the last digit that is printed."""
    at: int
    """Where it begins in the card."""
    shown: str
    """As it is printed."""
    is_label: bool = False
    """Whether it is what a known section prints as the figure of this very training."""
    one: Decimal = Decimal(1)
    """What one of the unit comes to in which it is printed."""
    other: Decimal | None = None
    """What it comes to where its only comma stands before decimals, as in much of Europe."""

    def is_near(self, value: Decimal) -> bool:
        """Whether the value could be printed like this."""
        if self.is_none:
            return False
        if self.other is not None and abs(self.other - value) <= _ALLOWED * self.other:
            return True
        return abs(self.value - value) <= max(self.half, _ALLOWED * abs(self.value))

    @property
    def is_none(self) -> bool:
        """Whether a bare zero is printed: a claim, as of offsets, and no rounded figure."""
        return self.value == 0 and self.half >= _HALF * self.one

    @property
    def is_sharp(self) -> bool:
        """Whether enough digits are printed to tell it from chance."""
        return self.value > 0 and self.half <= _COARSE * self.value


@dataclass(frozen=True, slots=True)
class Mentions:
    """What the text speaks of; ask `is_shown` before something is said of one of them."""

    text: str = ""
    body: int = 0
    masses: tuple[Mention, ...] = ()
    energies: tuple[Mention, ...] = ()
    placeholder: int | None = None
    """Where a known section has a placeholder instead of the figure."""

    @property
    def energy(self) -> Mention | None:
        """The energy of the training: the one that a section states, or the only one there is."""
        if not self.energies:
            return None
        stated = [each for each in self.energies if each.is_label]
        alone = len({each.value for each in self.energies}) == 1
        found = stated or (self.energies if alone else ())
        return next((each for each in found if self.is_shown(each.at)), None)

    @property
    def stated(self) -> Mention | None:
        """The mass that a known section states as the figure; None where several differ."""
        found = self.stated_masses
        return found[0] if found and all(each.is_near(found[0].value) for each in found) else None

    @property
    def stated_masses(self) -> tuple[Mention, ...]:
        """Every mass that known sections state, without bare zeros."""
        return tuple(each for each in self.masses if each.is_label and not each.is_none)

    @property
    def stated_energy(self) -> Mention | None:
        """The energy that a known section states as the training's."""
        return next((each for each in self.energies if each.is_label), None)

    def is_shown(self, at: int) -> bool:
        """Whether a place is text for readers: no code, and not inside our own label."""
        fences, ours, begin = Fences(), False, self.body
        while begin <= at:
            found = NEWLINE.search(self.text, begin)
            line = self.text[begin : found.start() if found else len(self.text)]
            code = fences.covers(line)
            ours = not code and line.strip() != END and (ours or line.strip() == BEGIN)
            begin = found.end() if found else len(self.text) + 1
        return not code and not ours and not self._is_comment(at)

    def _is_comment(self, at: int) -> bool:
        """Whether a place stands in an HTML comment, as what a template suggests does."""
        opened = self.text.rfind("<!--", self.body, at)
        return opened >= 0 and self.text.find("-->", opened, at) < 0


NOTHING: Final = Mentions()


def mentions(text: str, body: int) -> Mentions:
    """What the text from `body` on speaks of; quick where it speaks of neither."""
    masses = [*_masses(text, body)]
    energies = [*_energies(text, body)]
    free = _templated(text, body, masses)
    if free is None and not masses and not energies:
        return NOTHING
    return Mentions(text, body, tuple(masses), tuple(energies), free)


def _masses(text: str, body: int) -> Iterator[Mention]:
    """Amounts such as "5.6 kg of CO2eq", and not "0.56 kgCO2/kWh"."""
    for at in _places(text, body, "CO"):
        if text[at + 2 : at + 3] in _AFTER_CO:
            yield from _mass_at(text, body, at)
    for at in _places(text, body, "co2"):
        yield from _mass_at(text, body, at)


def _mass_at(text: str, body: int, at: int) -> Iterator[Mention]:
    begin = _line(text, body, at)
    label = _label(text, begin)
    if label and label["carbon"] and begin <= at < label.start("value"):
        yield from _labelled(label, _unit_of(label))
        return
    for said in _MASS_BEFORE.finditer(text, max(begin, at - _BEFORE_COUNT), at + _BEFORE_COUNT):
        if not said.start() < at <= said.end() or _is_tail(text, said.start()):
            continue
        if not _RATE.match(text, said.end()):
            yield from _mention(said, said["unit"], said.start(), is_label=_is_of(label, said))


def _is_tail(text: str, at: int) -> bool:
    """Whether a number is the end of one that spaces divide, as in `1 234`."""
    return at > 1 and text[at - 1] in _SPACES and text[at - 2].isdigit()


def _label(text: str, begin: int) -> re.Match[str] | None:
    """The label that a line begins with; in a table only where one value stands beside it."""
    label = _STATED.match(text, begin)
    return None if label and label["row"] and label["value"].rstrip().count("|") != 1 else label


def _unit_of(label: re.Match[str]) -> str | None:
    """The unit that stands in the brackets of a label, if nothing else does."""
    inside = label["inside"]
    found = _UNIT_INSIDE.fullmatch(inside.strip("*_ ()[]")) if inside else None
    return found["unit"] if found else None


def _is_of(label: re.Match[str] | None, said: re.Match[str]) -> bool:
    """Whether an amount is the one that the label announces, and neither a bound nor a part."""
    if label is None or not label["carbon"] or said.start() < label.start("value"):
        return False
    return not _BOUND.search(said.string, label.start("value"), said.start())


def _energies(text: str, body: int) -> Iterator[Mention]:
    """Amounts such as "15.5 kWh"."""
    for at in _places(text, body, "Wh"):
        begin = _line(text, body, at)
        for said in _ENERGY_BEFORE.finditer(text, max(begin, at - _BEFORE_COUNT), at + 2):
            if said.end() == at + 2 and not _is_tail(text, said.start()):
                label = _label(text, begin)
                is_label = bool(label and label["energy"] and label.start("value") <= said.start())
                yield from _mention(said, said["unit"], said.start(), is_label=is_label)


def _templated(text: str, body: int, masses: list[Mention]) -> int | None:
    """Where the Hub's template still asks for the figure; one in it without "CO2" is added."""
    free = None
    for at in (each for mark in _LABELS for each in _places(text, body, mark)):
        if any(
            each.is_label and at < each.at and "\n" not in text[at : each.at] for each in masses
        ):
            continue
        label = _label(text, _line(text, body, at))
        if label is None or at > label.start("value"):
            continue
        if "more information needed" in label["value"].lower():
            free = label.start("value")
        elif not any(label.start("value") <= each.at < label.end() for each in masses):
            masses += _labelled(label, _unit_of(label))
    return free


def _labelled(label: re.Match[str], unit: str | None) -> Iterator[Mention]:
    """The amount that stands behind a label, in its own unit or in that of the label."""
    amount = _LEADING.match(label["value"].strip(" *_|"))
    if amount is None or _RATE.match(amount.string, amount.end()):
        return
    if (said := amount["unit"] or unit) and not said.endswith("h"):
        yield from _mention(amount, said, label.start("value"), is_label=True)


def _mention(
    said: re.Match[str], unit: str, at: int, *, is_label: bool = False
) -> Iterator[Mention]:
    number, power = _plain(said["number"]), int(said["power"] or 0)
    step = Decimal((0, (1,), power - len(number.partition(".")[2])))
    if power:
        number = f"{Decimal(number).scaleb(power):f}"
    value, one = _in_base(number, unit), _one(unit)
    if value is not None and one is not None:
        shown = " ".join(said.group().replace("*", "").split()).rstrip(" -_.")
        shown = shown if said["unit"] else f"{shown} {unit}"
        either = "," in said["number"] and _EITHER.fullmatch(said["number"])
        other = value.scaleb(-_GROUP_COUNT) if either else None
        half = _HALF * step * one
        yield Mention(value, half, at, shown, is_label=is_label, one=one, other=other)


def _in_base(number: str, unit: str) -> Decimal | None:
    return energy_kwh(f"{number} {unit}") if unit.endswith("Wh") else in_grams(number, unit)


@functools.cache
def _one(unit: str) -> Decimal | None:
    return _in_base("1", unit)


def _plain(number: str) -> str:
    """The number without commas between thousands, and with a point for a decimal comma."""
    if "," not in number:
        return number
    return number.replace(",", "." if _DECIMAL_COMMA.fullmatch(number) else "")


def _line(text: str, body: int, at: int) -> int:
    """Where the line of a place begins."""
    return max(text.rfind("\n", body, at), text.rfind("\r", max(body, at - 400), at), body - 1) + 1


def _places(text: str, body: int, mark: str) -> Iterator[int]:
    """Where the mark stands, up to so many times."""
    at = text.find(mark, body)
    for _ in range(_MOST):
        if at < 0:
            return
        yield at
        at = text.find(mark, at + 1)
