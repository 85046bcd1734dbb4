"""I say the label aloud: in one short line, and whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from carbonlabel.documents.anatomy import Context, Quality, Row
from carbonlabel.documents.numbers import NARROW_SPACE, NO_BREAK_SPACE, Figure
from carbonlabel.documents.wording import NOT_REPORTED, shortened

LONGEST_ALT: Final = 150
_SHORTEST_MODEL: Final = 16
_LONGEST_VERIFIER: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What is said of a label."""

    model: str
    headline: str
    amount: Figure | None
    scope: str
    quality: Quality
    rows: Sequence[Row] = ()
    left_out: str = ""
    contexts: Sequence[Context] = ()
    declared: str = ""
    verifier: str = ""


def alt(speech: Speech) -> str:
    """One line of at most 150 characters in plain spaces and `CO2e`."""
    word = f"; {speech.quality.word}"
    for ending in ("",) if speech.amount is None else (f"{_likely(speech)}{word}", word, ""):
        said = f": {_amount(speech)} {speech.scope}{ending}; {_declared(speech)}."
        room = LONGEST_ALT - len(said) - len("Carbon Facts for ")
        if room >= min(len(speech.model), _SHORTEST_MODEL):
            return _ascii(f"Carbon Facts for {shortened(speech.model, room)}{said}")
    return shortened(_ascii(f"Carbon Facts: {_amount(speech)} {speech.scope}."), LONGEST_ALT)


def description(speech: Speech) -> str:
    """The whole label in sentences."""
    told = (
        f"Carbon Facts for {speech.model}: {_amount(speech)} {speech.scope}{_likely(speech)}",
        *(_row(row, speech.amount) for row in speech.rows),
        f"Left out: {speech.left_out}",
        *(_context(each) for each in speech.contexts),
        f"Data quality: {_quality(speech.quality)}",
        speech.declared.removesuffix("."),
    )
    return _ascii("".join(f"{each}. " for each in told).strip())


def _declared(speech: Speech) -> str:
    if not speech.verifier:
        return "self-declared"
    return f"verified by {shortened(speech.verifier, _LONGEST_VERIFIER)}"


def _amount(speech: Speech) -> str:
    if speech.amount is None:
        return NOT_REPORTED
    word = "" if speech.headline == "Total" else f"{speech.headline.lower()} "
    return f"{word}{_aloud(speech.amount.text)}"


def _likely(speech: Speech) -> str:
    if speech.amount is None or speech.amount.ends is None:
        return ""
    low, high = speech.amount.ends
    mass = speech.amount.unit.partition(" ")[0]
    return f", likely {_aloud(low)} to {high} {mass}"


def _row(row: Row, amount: Figure | None) -> str:
    if row.value is None or amount is None:
        return f"{row.name}: {NOT_REPORTED}" + (f", {row.reason}" if row.reason else "")
    span = f", likely {row.range.replace('–', ' to ')}" if row.range else ""
    return f"{row.name}: {_aloud(row.value)} {amount.unit}{span}, {row.basis}"


def _context(context: Context) -> str:
    note = f", {context.note}" if context.note else ""
    if context.value is None:
        return f"{context.name}: {NOT_REPORTED}"
    value = f"{_aloud(context.value)} {context.unit}".strip()
    return f"{context.name}{note}: {value}, {context.basis}"


def _quality(quality: Quality) -> str:
    shares = ", ".join(f"{percent} % {basis}" for basis, percent in quality.shares)
    return f"{quality.word} ({shares})" if shares else quality.word


def _aloud(number: str) -> str:
    return number.replace("<", "less than")


def _ascii(text: str) -> str:
    spaced = text.replace(NO_BREAK_SPACE, " ").replace(NARROW_SPACE, " ")
    return spaced.replace("CO₂e", "CO2e")
