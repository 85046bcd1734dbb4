"""I find the masses of CO₂ and the energies that the text of a card speaks of."""

from __future__ import annotations

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
_NUMBER: Final = r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d{1,20})?|\d{1,20}(?:\.\d{1,20})?)"
_AFTER_CO: Final = frozenset("2₂$<_")
_MASS_BEFORE: Final = re.compile(
    rf"(?<![\w.,-]){_NUMBER}\s*(?P<unit>{MASS})[\s*_]{{0,3}}(?:of\s+)?(?:{CO2})", re.IGNORECASE
)
_RATE: Final = re.compile(r"[\s*_.]{0,3}(?:/|per\b|⁄)", re.IGNORECASE)
_ENERGY_BEFORE: Final = re.compile(rf"(?<![\w.,-]){_NUMBER}\s*(?P<unit>[mkMGT]?Wh)\b")
_STATED: Final = re.compile(
    r"[\s>*+-]{0,12}(?:"
    r"(?P<carbon>(?:Total )?Carbon (?:Emitted|Emissions?)|CO2 Emissions?)|"
    r"(?P<energy>Energy Consumed))(?P<grams> \(in grams\))?"
    r"(?=\W{0,4}:)\W{1,8}(?P<value>[^\r\n]{1,80})",
    re.IGNORECASE,
)
_LEADING: Final = re.compile(
    rf"{_NUMBER}(?:[eE](?P<power>[-+]?\d{{1,3}}))?\s*(?P<unit>{MASS}|[mkMGT]?Wh)?\b", re.IGNORECASE
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

    def is_near(self, value: Decimal) -> bool:
        """Whether the value could be printed like this."""
        return abs(self.value - value) <= max(self.half, _ALLOWED * abs(self.value))

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
        """The mass that a known section states as the figure."""
        return next((each for each in self.masses if each.is_label), None)

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
        return not code and not ours


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
    label = _STATED.match(text, begin, at + 2 * _BEFORE_COUNT)
    if label and label["grams"]:
        yield from _labelled(label, "g")
        return
    for said in _MASS_BEFORE.finditer(text, max(begin, at - _BEFORE_COUNT), at + _BEFORE_COUNT):
        if said.start() < at <= said.end() and not _RATE.match(text, said.end()):
            is_label = bool(label and label["carbon"] and label.start("value") <= said.start())
            yield from _mention(said, said["unit"], said.start(), is_label=is_label)


def _energies(text: str, body: int) -> Iterator[Mention]:
    """Amounts such as "15.5 kWh"."""
    for at in _places(text, body, "Wh"):
        begin = _line(text, body, at)
        for said in _ENERGY_BEFORE.finditer(text, max(begin, at - _BEFORE_COUNT), at + 2):
            if said.end() == at + 2:
                label = _STATED.match(text, begin, at + 2)
                is_label = bool(label and label["energy"])
                yield from _mention(said, said["unit"], said.start(), is_label=is_label)


def _templated(text: str, body: int, masses: list[Mention]) -> int | None:
    """Where the Hub's template still asks for the figure; one in it without "CO2" is added."""
    free = None
    for at in _places(text, body, "arbon Emi"):
        label = _STATED.match(text, _line(text, body, at), at + 3 * _BEFORE_COUNT)
        if label is None:
            continue
        if "more information needed" in label["value"].lower():
            free = label.start("value")
        elif not any(label.start("value") <= each.at < label.end() for each in masses):
            masses += _labelled(label, None)
    return free


def _labelled(label: re.Match[str], unit: str | None) -> Iterator[Mention]:
    """The amount that stands behind a label, in its own unit or in that of the label."""
    amount = _LEADING.match(label["value"].strip(" *_"))
    if amount and (said := amount["unit"] or unit) and not said.endswith("h"):
        yield from _mention(amount, said, label.start("value"), is_label=True)


def _mention(
    said: re.Match[str], unit: str, at: int, *, is_label: bool = False
) -> Iterator[Mention]:
    number = said["number"].replace(",", "")
    last = Decimal((0, (1,), -len(number.partition(".")[2])))
    if unit.endswith("Wh"):
        value, step = energy_kwh(f"{number} {unit}"), energy_kwh(f"1 {unit}")
    else:
        value, step = in_grams(number, unit), in_grams("1", unit)
    if value is not None and step is not None:
        shown = " ".join(said.group().split()).rstrip(" -_*")
        yield Mention(value, _HALF * last * step, at, shown, is_label=is_label)


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
