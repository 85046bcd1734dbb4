"""I hold the front matter against the text below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carbonlabel.cards.metadata import KEY
from carbonlabel.linting.evidence import disagreements
from carbonlabel.linting.figures import spelt

if TYPE_CHECKING:
    from carbonlabel.linting.card import Card
    from carbonlabel.linting.evidence import Facts
    from carbonlabel.linting.mentions import Mention, Mentions


def against(facts: Facts) -> None:
    """Find figures of known sections that differ from the front matter's."""
    for mention in disagreements(facts):
        declared = facts.energy_kwh if mention.shown.endswith("Wh") else facts.grams
        unit = "kWh" if mention.shown.endswith("Wh") else "g"
        facts.card.tell(
            "body-disagrees",
            mention.at,
            "The text states another figure than the front matter.",
            expected=f"{spelt(declared)} {unit}" if declared is not None else None,
            found=mention.shown,
            suggestion="correct the one that is wrong",
        )
    free = facts.mentions.placeholder
    if free is not None and facts.mentions.is_shown(free):
        facts.card.tell(
            "body-placeholder",
            free,
            "The text asks for the figure that the front matter has.",
            expected=f"{spelt(facts.grams)} g",
        )


def alone(card: Card, mentions: Mentions) -> None:
    """Find a figure that stands in a known section and not in the front matter."""
    several = tuple(each for each in mentions.stated_masses if mentions.is_shown(each.at))
    stated = mentions.stated
    if stated is None and len(several) > 1:
        _several(card, several)
        return
    only = stated or mentions.stated_energy
    if only and only.value and mentions.is_shown(only.at):
        card.tell(
            "only-in-prose",
            only.at,
            f"The text states a figure that programs look for in {KEY}.",
            found=only.shown,
            suggestion=f"add {KEY}: {{emissions: {spelt(stated.value)}, source: …}}"
            if stated
            else f"add {KEY}, with the emissions in grams",
        )


def _several(card: Card, stated: tuple[Mention, ...]) -> None:
    card.tell(
        "only-in-prose",
        stated[0].at,
        f"The text states several figures, and programs look for one in {KEY}.",
        found="; ".join(each.shown for each in stated),
        suggestion=f"add {KEY}, with what making this very model emitted, in grams",
    )
