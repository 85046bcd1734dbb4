"""I hold our own label in a card against its front matter and the disclosure beside it."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from carbonlabel.cards.body import BEGIN, body
from carbonlabel.cards.text import CardText
from carbonlabel.errors import CardRefused
from carbonlabel.linting.card import Beside, Card
from carbonlabel.linting.figures import in_grams, spelt
from carbonlabel.linting.keys import Keys
from carbonlabel.linting.mentions import Mention

_HINT: Final = "carbonlabel embed README.md carbon.json writes both anew"
_REFERENCE: Final = re.compile(r"(?P<file>[\w.-]{1,80})#jcs-sha256=(?P<digest>[0-9a-f]{64})")
_PRINTED: Final = re.compile(r"digest `(?P<digest>[0-9a-f]{8,64})`")
_ELECTRICITY: Final = re.compile(
    r"^\|\s*\**Electricity\**\s*\|\s*(?P<number>[\d\s\u202f\u00a0\u2009,.]{1,20}?)\s*"
    r"(?P<unit>mg|g|kg|t)[\s\u202f\u00a0]CO",
    re.MULTILINE,
)
_HALF: Final = Decimal("0.5")
_ALLOWED: Final = 1e-5


def label(card: Card, keys: Keys, grams: Decimal | None, beside: Beside) -> None:
    """Find a label that is broken, or of another disclosure than the rest of the card."""
    digest = _declared(keys)
    if "carbonlabel:" in card.text:
        _block(card, digest[1] if digest else None, grams)
    if digest and not any(each.code == "label-stale" for each in card.found):
        _beside(card, keys, grams, digest, beside)


def _declared(keys: Keys) -> tuple[str, str] | None:
    """The file and the digest that the front matter names."""
    said = keys.get("disclosure")
    found = _REFERENCE.search(said.value.text) if said else None
    return (found["file"], found["digest"]) if found else None


def _block(card: Card, digest: str | None, grams: Decimal | None) -> None:
    try:
        block = body(CardText(card.name, card.text), card.body).block
    except CardRefused as bad:
        at = card.text.find(BEGIN, card.body)
        card.tell(
            "label-broken",
            max(at, card.body),
            f"The label cannot be told from the text: {bad.message}.",
            suggestion=bad.hint,
        )
        return
    if block is None:
        return
    inside = card.text[block.inner : block.inner_end]
    printed = _PRINTED.search(inside)
    if printed and digest and not digest.startswith(printed["digest"]):
        card.tell(
            "label-stale",
            block.inner + printed.start("digest"),
            "The label in the text is of another disclosure than the front matter.",
            expected=digest[: len(printed["digest"])],
            found=printed["digest"],
            suggestion=_HINT,
        )
    elif digest and grams is not None:
        _electricity(card, grams, inside, block.inner)


def _electricity(card: Card, grams: Decimal, inside: str, base: int) -> None:
    shown = _ELECTRICITY.search(inside)
    mention = _amount(shown) if shown else None
    if shown and mention and not mention.is_near(grams):
        card.tell(
            "label-stale",
            base + shown.start("number"),
            "The label in the text shows another figure than the front matter.",
            expected=f"{spelt(grams)} g",
            found=mention.shown,
            suggestion=_HINT,
        )


def _amount(shown: re.Match[str]) -> Mention | None:
    number = "".join(each for each in shown["number"] if each in "0123456789.")
    # The label rounds to a few digits: the zeros at the end of a whole number stand for none.
    zeros_count = 0 if "." in number else len(number) - len(number.rstrip("0"))
    try:
        step = Decimal((0, (1,), zeros_count - len(number.partition(".")[2])))
        value, half = in_grams(number, shown["unit"]), in_grams(f"{step:f}", shown["unit"])
    except InvalidOperation:
        return None
    if value is None or half is None:
        return None
    return Mention(value, _HALF * half, shown.start(), f"{number} {shown['unit']}")


def _beside(
    card: Card, keys: Keys, grams: Decimal | None, digest: tuple[str, str], beside: Beside
) -> None:
    """Hold the front matter against the disclosure that it names, if that lies beside it."""
    kept, file = beside(digest[0]), digest[0]
    if kept is None:
        return
    spot = keys["disclosure"].value
    if kept.digest is None:
        card.tell(
            "label-stale",
            spot,
            f"{file} beside the card is no disclosure that can be read.",
            suggestion=_HINT,
        )
    elif kept.digest != digest[1]:
        card.tell(
            "label-stale",
            spot,
            f"{file} beside the card is another disclosure than the one that is named here.",
            expected=kept.digest,
            found=digest[1],
            suggestion=_HINT,
        )
    elif _differ(kept.emissions_gco2e, grams):
        card.tell(
            "label-stale",
            keys["emissions"].value,
            f"The figure is not the one of {file}.",
            expected=f"{kept.emissions_gco2e:.6g} g",
            found=f"{keys['emissions'].value.text} g",
            suggestion=_HINT,
        )


def _differ(kept_gco2e: float | None, grams: Decimal | None) -> bool:
    """Whether two figures differ by more than the six digits of a card allow."""
    if kept_gco2e is None or grams is None:
        return False
    return abs(kept_gco2e - float(grams)) > _ALLOWED * kept_gco2e
