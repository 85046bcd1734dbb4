"""I put the label into a model card, or take it out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from carbonlabel.commands import asking, giving, taking
from carbonlabel.commands.asking import UsageError
from carbonlabel.errors import InputError

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure

EXAMPLES: Final = (
    "carbonlabel embed README.md carbon.json --dry-run",
    "carbonlabel embed README.md carbon.json",
    "carbonlabel embed README.md --remove",
)


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("card", metavar="CARD", help="the model card, README.md")
    asking.add_disclosure(parser)
    parser.add_argument(
        "-n", "--dry-run", "--diff", action="store_true", help="show the change, make none"
    )
    parser.add_argument("--remove", action="store_true", help="take the label out again")
    parser.add_argument(
        "--force", action="store_true", help="replace a foreign carbon.json; let errors found pass"
    )
    parser.add_argument(
        "--replace-generated",
        action="store_true",
        help="take out the section on emissions that a training library wrote",
    )


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    from carbonlabel import output  # noqa: PLC0415 - only verbs that write need it

    card = Path(options.card)
    _refuse_address(options.card)
    if options.remove and options.replace_generated:
        raise UsageError("--replace-generated goes with a label that is put in, not with --remove")
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
        _write(options, card)
    return 0


def _refuse_address(card: str) -> None:
    from carbonlabel.hub import is_address  # noqa: PLC0415 - only verbs that take cards need it

    if is_address(card):
        repo = card.partition(":")[2]
        raise InputError(
            "is on the Hub, and embed edits files",
            where=card,
            hint=f"carbonlabel push {repo} carbon.json opens a pull request",
        )


def _write(options: argparse.Namespace, card: Path) -> None:
    from carbonlabel import output  # noqa: PLC0415 - only verbs that write need it
    from carbonlabel.cards.changes import unified  # noqa: PLC0415 - as above
    from carbonlabel.cards.generated import without_generated  # noqa: PLC0415 - as above

    before, tidy = output.read_card(card), options.replace_generated
    edited = output.write_card(
        _disclosure(options), card, force=options.force, replace_generated=tidy
    )
    if edited.replaced is not None:
        giving.say(options, f"{card.name}: the figure {edited.replaced} was replaced")
    if tidy and (cut := unified(before, without_generated(before, card.name), card.name)):
        for line in cut.decode().rstrip("\n").split("\n"):
            giving.say(options, line)
    giving.say(options, f"Wrote {card.name}, carbon.json, label.png")
    _point(options, edited.card, card.name)


def _disclosure(options: argparse.Namespace) -> Disclosure:
    """The disclosure that is given, unless an error is found in it; `--force` puts it in so."""
    from carbonlabel.hub.contents import sound  # noqa: PLC0415 - only a label that goes in

    return sound(taking.disclosure(options), force=options.force)


def _point(options: argparse.Namespace, card: bytes, name: str) -> None:
    """Say where a training library's section stands beside the label."""
    from carbonlabel.cards.generated import remarks  # noqa: PLC0415 - only verbs that write need it

    for line in remarks(card, name):
        giving.say(options, line)


def _show_change(options: argparse.Namespace, card: Path) -> None:
    from carbonlabel import output  # noqa: PLC0415 - only verbs that write need it
    from carbonlabel.cards.changes import unified  # noqa: PLC0415 - a dry run alone needs it

    before = output.read_card(card) if card.exists() else b""
    if options.remove:
        after = output.without_label(card)
    else:
        tidy = options.replace_generated
        after = output.inscribed(
            _disclosure(options), before, card.name, replace_generated=tidy
        ).card
        _point(options, after, card.name)
    giving.write(unified(before, after, card.name))
