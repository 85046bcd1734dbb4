"""I say what works on this machine."""

from __future__ import annotations

import argparse
from typing import Final

from carbonlabel.commands import giving

EXAMPLES: Final = ("carbonlabel doctor",)


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    from carbonlabel import doctor  # noqa: PLC0415 - only this verb needs it

    report, well = doctor.examine()
    if not (options.quiet and well):
        giving.write(report.encode())
    return 0 if well else 1
