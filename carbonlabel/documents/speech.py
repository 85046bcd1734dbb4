"""I say the label aloud: in one short line, and whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from carbonlabel.documents.anatomy import Context, Quality, Row
from carbonlabel.documents.language import marked, say
from carbonlabel.documents.numbers import Figure, plainly_spaced
from carbonlabel.documents.wording import BASES, HEADLINES, shortened

LONGEST_ALT: Final = 150
_OF_MODEL: Final = marked("Carbon Facts for {model}: {amount}.")
FAILS: Final = marked("fails plausibility check")
_SHORTEST_MODEL: Final = 16
_LONGEST_VERIFIER: Final = 24


class Speech(NamedTuple):
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
    warnings: Sequence[str] = ()


def alt(speech: Speech) -> str:
    """One line of at most 150 characters in plain spaces and `CO2e`."""
    word = f"{say('; ')}{speech.quality.word}"
    fault = f"{say('; ')}{say(FAILS)}" if speech.warnings else ""
    for ending in ("",) if speech.amount is None else (f"{_likely(speech)}{word}", word, ""):
        amount = f"{_amount(speech)} {speech.scope}{ending}{fault}{say('; ')}{_declared(speech)}"
        room = LONGEST_ALT - len(say(_OF_MODEL, model="", amount=amount))
        if room >= min(len(speech.model), _SHORTEST_MODEL):
            return _ascii(say(_OF_MODEL, model=shortened(speech.model, room), amount=amount))
    alone = say("Carbon Facts: {amount}.", amount=f"{_amount(speech)} {speech.scope}")
    return shortened(_ascii(alone), LONGEST_ALT)


def description(speech: Speech) -> str:
    """The whole label in sentences."""
    amount = f"{_amount(speech)} {speech.scope}{_likely(speech)}"
    told = (
        say(_OF_MODEL, model=speech.model, amount=amount).removesuffix("."),
        *(each.removesuffix(".") for each in speech.warnings),
        *(_row(row, speech.amount) for row in speech.rows),
        say("Left out: {items}", items=speech.left_out),
        *(_context(each) for each in speech.contexts),
        say("Data quality: {quality}", quality=_quality(speech.quality)),
        speech.declared.removesuffix("."),
    )
    return _ascii("".join(f"{each}. " for each in told).strip())


def _declared(speech: Speech) -> str:
    if not speech.verifier:
        return say("self-declared")
    return say("verified by {verifier}", verifier=shortened(speech.verifier, _LONGEST_VERIFIER))


def _amount(speech: Speech) -> str:
    if speech.amount is None:
        return BASES["not reported"]
    word = "" if speech.headline == HEADLINES["total"] else f"{speech.headline.lower()} "
    return f"{word}{_aloud(speech.amount.text)}"


def _likely(speech: Speech) -> str:
    if speech.amount is None or speech.amount.ends is None:
        return ""
    low, high = speech.amount.ends
    mass = speech.amount.unit.partition(" ")[0]
    return say(", likely {low} to {high}", low=_aloud(low), high=f"{high} {mass}")


def _row(row: Row, amount: Figure | None) -> str:
    if row.value is None or amount is None:
        gap = BASES["not reported"] + (f", {row.reason}" if row.reason else "")
        return f"{row.name}{say(': ')}{gap}"
    low, _, high = row.range.partition("–")
    span = say(", likely {low} to {high}", low=low, high=high) if row.range else ""
    value = f"{_aloud(row.value)} {amount.unit}{span}, {BASES[row.basis]}"
    return f"{row.name}{say(': ')}{value}"


def _context(context: Context) -> str:
    note = f", {context.note}" if context.note else ""
    if context.value is None:
        return f"{context.name}{say(': ')}{BASES['not reported']}"
    value = f"{_aloud(context.value)} {context.unit}".strip()
    return f"{context.name}{note}{say(': ')}{value}, {BASES[context.basis]}"


def _quality(quality: Quality) -> str:
    shares = ", ".join(f"{percent} % {BASES[basis]}" for basis, percent in quality.shares)
    return f"{quality.word} ({shares})" if shares else quality.word


def _aloud(number: str) -> str:
    return number.replace("<", say("less than"))


def _ascii(text: str) -> str:
    return plainly_spaced(text).replace("CO₂e", "CO2e")
