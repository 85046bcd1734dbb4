"""I look at how the figure itself is spelt."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from carbonlabel.cards.metadata import KEY
from carbonlabel.linting.card import Card, Scalar
from carbonlabel.linting.figures import Figure, figure, spelt
from carbonlabel.linting.keys import Keys, Texts, is_run
from carbonlabel.linting.nodes import OTHER
from carbonlabel.linting.words import is_placeholder

_LEAST: Final = Decimal("0.0001")


def figure_of(card: Card, keys: Keys, texts: Texts) -> tuple[Scalar | None, Figure]:
    """The scalar that holds the figure, and what it says; what is odd about it is found."""
    spot = _spot(card, keys)
    if spot is None:
        _without(card)
        return None, Figure()
    said = figure(spot.text, spot.kind)
    if card.shape == "scalar" and said.grams is not None:
        _bare(card, spot)
    if card.shape == "list":
        _listed(card)
    if said.rules:
        for rule in said.rules:
            _TOLD[rule](card, spot, said)
    if said.grams is not None and said.grams < _LEAST:
        _small(card, spot, said, ran=is_run(keys, texts))
    return spot, said


def _spot(card: Card, keys: Keys) -> Scalar | None:
    if card.shape == "scalar":
        return card.emissions
    pair = keys.get("emissions")
    return pair.value if pair else None


def _without(card: Card) -> None:
    if card.key is None or not card.shape:
        return
    card.tell(
        "emissions-missing",
        card.key,
        f"{KEY} has no emissions in it: one such card breaks a listing of models by emissions.",
        suggestion="add the figure in grams, or take the key out",
    )


def _bare(card: Card, spot: Scalar) -> None:
    card.tell(
        "bare-number",
        spot,
        "The figure stands alone: some readers, such as carbon.txt, pass over this form.",
        expected=f"{KEY}: {{emissions: …, source: …}}",
        found=spot.text,
    )


def _listed(card: Card) -> None:
    if card.key:
        card.tell(
            "list-of-keys",
            card.key,
            f"{KEY} is a list of keys, where programs look for a mapping.",
            suggestion="take the hyphens away",
        )


def _missing(card: Card, spot: Scalar, _said: Figure) -> None:
    card.tell(
        "emissions-missing",
        card.key or spot,
        "The key is there and its value is not.",
        suggestion="add the figure in grams, or take the key out",
    )


def _placeholder(card: Card, spot: Scalar, _said: Figure) -> None:
    card.tell(
        "placeholder",
        spot,
        "A placeholder stands where the figure should.",
        expected="a number of grams",
        found=spot.text,
        suggestion=f"take {KEY} out until the figure is known",
    )


def _string(card: Card, spot: Scalar, said: Figure) -> None:
    if spot.kind == OTHER:
        _no_scalar(card, spot)
        return
    read = said.grams is not None
    fix = spelt(said.grams) if said.grams is not None else None
    card.tell(
        "value-is-string",
        spot,
        "The figure is a text: programs take its first digits, or drop the card."
        if read
        else "The figure is a text from which no figure can be read for certain.",
        is_milder=read,
        expected=f"the number {fix}" if fix else "a number of grams",
        found=spot.text,
        suggestion=f"write {fix}" if fix else "write the grams as a plain number",
        fix=fix,
    )


def _no_scalar(card: Card, spot: Scalar) -> None:
    written = " ".join(card.text[spot.start : spot.end].split())
    is_free = is_placeholder(written)
    card.tell(
        "placeholder" if is_free else "value-is-string",
        spot,
        "A placeholder stands where the figure should."
        if is_free
        else "The figure is a list or a mapping, from which no program takes a number.",
        expected="a number of grams",
        found=written,
        suggestion=f"take {KEY} out until the figure is known"
        if is_free
        else "write the grams as a plain number",
    )


def _exponent(card: Card, spot: Scalar, said: Figure) -> None:
    fix = spelt(said.grams) if said.grams is not None else None
    small = said.grams is not None and 0 < abs(said.grams) < _LEAST
    also = "; below 0.0001 better leave the key out and say so in the text" if small else ""
    card.tell(
        "exponent",
        spot,
        f"The Hub's client reads {spot.text.strip()[:40]} as the digits before its exponent.",
        expected=fix,
        found=spot.text,
        suggestion=f"write {fix}{also}" if fix else None,
        fix=fix,
    )


def _misread(card: Card, spot: Scalar, said: Figure) -> None:
    fix = spelt(said.grams) if said.grams is not None else None
    card.tell(
        "number-misread",
        spot,
        "Programs read this number differently."
        if fix
        else "This is no finite decimal number to every program.",
        is_milder=fix is not None,
        expected=fix or "a plain decimal number of grams",
        found=spot.text,
        suggestion=f"write {fix}" if fix else "write the grams as a plain number",
        fix=fix,
    )


def _small(card: Card, spot: Scalar, said: Figure, *, ran: bool) -> None:
    """Find what is below zero, zero, or too small to be read."""
    grams = said.grams or 0
    if grams < 0:
        card.tell(
            "negative",
            spot,
            "Emissions cannot be below zero, and the Hub's client drops the sign.",
            expected="0 g or more",
            found=spot.text,
            suggestion="state what the run emitted; offsets are never subtracted",
        )
    elif grams == 0:
        _zero(card, spot, ran=ran)
    elif not said.rules:
        card.tell(
            "tiny-figure",
            spot,
            "The Hub's client prints so small a number with an exponent and reads its first "
            "digits.",
            found=spot.text,
            suggestion="leave the key out and state the figure in the text",
        )


def _zero(card: Card, spot: Scalar, *, ran: bool) -> None:
    card.tell(
        "zero-with-runtime" if ran else "zero-emissions",
        spot,
        "The card tells of a run, and no run takes place on no electricity."
        if ran
        else "A zero is a claim; where the figure is not known, no key stands.",
        expected="more than 0 g",
        found=spot.text,
        suggestion="estimate it from hardware and hours, or take the key out",
    )


_TOLD: Final = {
    "emissions-missing": _missing,
    "placeholder": _placeholder,
    "value-is-string": _string,
    "exponent": _exponent,
    "number-misread": _misread,
}
