"""I put the label into a model card, or take it out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from carbonlabel.commands import asking, giving, taking
from carbonlabel.errors import InputError

EXAMPLES: Final = (
    "carbonlabel embed README.md carbon.json --dry-run",
    "carbonlabel embed README.md carbon.json",
    "carbonlabel embed README.md --remove",
)


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("card", metavar="CARD", help="the model card, README.md")
    asking.add_disclosure(parser)
    parser.add_argument("-n", "--dry-run", action="store_true", help="show the change, make none")
    parser.add_argument("--remove", action="store_true", help="take the label out again")
    parser.add_argument("--force", action="store_true", help="replace a foreign carbon.json")


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    from carbonlabel import output  # noqa: PLC0415 - only verbs that write need it

    card = Path(options.card)
    if options.dry_run:
        _show_change(options, card)
    elif options.remove:
        before, after = output.read_card(card), output.without_label(card)
        if before != after:
            output.write(card, after)
        giving.say(
            options, f"{card.name}: {'label removed' if before != after else 'has no label'}"
        )
    elif not card.exists():
        raise InputError(
            "no such card", where=card.name, hint=f"to begin one: carbonlabel render -t card={card}"
        )
    else:
        edited = output.write_card(taking.disclosure(options), card, force=options.force)
        if edited.replaced is not None:
            giving.say(options, f"{card.name}: the figure {edited.replaced} was replaced")
        giving.say(options, f"Wrote {card.name}, carbon.json, label.png")
    return 0


def _show_change(options: argparse.Namespace, card: Path) -> None:
    from carbonlabel import output  # noqa: PLC0415 - only verbs that write need it
    from carbonlabel.cards.changes import unified  # noqa: PLC0415 - a dry run alone needs it

    before = output.read_card(card) if card.exists() else b""
    if options.remove:
        after = output.without_label(card)
    else:
        after = output.inscribed(taking.disclosure(options), before, card.name).card
    giving.write(unified(before, after, card.name))
