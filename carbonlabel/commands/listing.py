"""I say what is known here."""

from __future__ import annotations

import argparse
from typing import Final

from carbonlabel.commands import giving
from carbonlabel.errors import InputError

EXAMPLES: Final = (
    "carbonlabel list formats",
    "carbonlabel list regions france",
    "carbonlabel list regions google virginia",
    "carbonlabel list devices a100 80gb",
    "carbonlabel list devices epyc 7763 --json",
)


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    kinds = ["formats", "documents", "regions", "devices"]
    parser.add_argument("what", metavar=f"{{{','.join(kinds)}}}", choices=kinds)
    parser.add_argument(
        "words", metavar="WORD", nargs="*", default=[], help="only what every word fits"
    )
    parser.add_argument("--json", action="store_true", help="print all facts as JSON")


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    from carbonlabel import catalogue  # noqa: PLC0415 - only this verb needs it

    found = catalogue.facts(options.what, options.words)
    if not found:
        raise _nothing(options.what, options.words, catalogue.near(options.what, options.words))
    giving.write(giving.as_json(found) if options.json else catalogue.table(options.what, found))
    return 0


def _nothing(what: str, words: list[str], meant: tuple[str, ...]) -> InputError:
    """Nothing fits: what may be meant, or how to see all."""
    hint = (
        f"did you mean {' or '.join(meant)}?" if meant else f"`carbonlabel list {what}` shows all"
    )
    return InputError(f"no {what} fit {' '.join(words)[:80]!r}", hint=hint)
