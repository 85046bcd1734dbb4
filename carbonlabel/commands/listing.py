"""I say what is known here."""

from __future__ import annotations

import argparse
from typing import Final

from carbonlabel.commands import giving
from carbonlabel.errors import InputError

EXAMPLES: Final = (
    "carbonlabel list formats",
    "carbonlabel list regions france",
    "carbonlabel list devices a100",
)


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("what", choices=["formats", "documents", "regions", "devices"])
    parser.add_argument("search", metavar="WORD", nargs="?", default="", help="only what holds it")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    from carbonlabel import catalogue  # noqa: PLC0415 - only this verb needs it

    rows = catalogue.rows(options.what, options.search)
    if not rows:
        raise InputError(f"no {options.what} hold {options.search!r}")
    giving.write(giving.as_json(rows) if options.json else catalogue.table(rows))
    return 0
