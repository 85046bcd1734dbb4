"""I hold the front matter against the text below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carbonlabel.cards.metadata import KEY
from carbonlabel.linting.evidence import disagreements
from carbonlabel.linting.figures import spelt

if TYPE_CHECKING:
    from carbonlabel.linting.card import Card
    from carbonlabel.linting.evidence import Facts
    from carbonlabel.linting.mentions import Mentions


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
    stated = mentions.stated
    only = stated or mentions.stated_energy
    if only and mentions.is_shown(only.at):
        card.tell(
            "only-in-prose",
            only.at,
            f"The text states a figure that programs look for in {KEY}.",
            found=only.shown,
            suggestion=f"add {KEY}: {{emissions: {spelt(stated.value)}, source: …}}"
            if stated
            else f"add {KEY}, with the emissions in grams",
        )
