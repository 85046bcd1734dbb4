"""I print a JSON Schema."""

from __future__ import annotations

import argparse
from typing import Final

from carbonlabel.commands import giving

EXAMPLES: Final = ("carbonlabel schema disclosure",)


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("name", metavar="NAME", nargs="?", default="disclosure")


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    from carbonlabel.record import schema  # noqa: PLC0415 - only this verb needs it

    giving.write(schema.frozen(options.name).encode())
    return 0
