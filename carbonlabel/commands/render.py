"""I turn a disclosure into documents."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from carbonlabel.commands import asking, giving, taking

EXAMPLES: Final = (
    "carbonlabel render carbon.json -t pdf=report.pdf -t svg=label.svg",
    "carbonlabel assess emissions.csv --region FR | carbonlabel render -t markdown",
)


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    asking.add_disclosure(parser)
    asking.add_documents(parser)


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    wanted = giving.wanted(options)
    if not wanted and options.output is None:
        raise asking.UsageError("render needs -t FORMAT[=FILE] or -o DIR")
    giving.spare([options.disclosure], [file for _, file in wanted])
    if options.profile == "public" and options.output is not None:
        giving.spare([options.disclosure], [Path(options.output) / "carbon.json"])
    giving.draw(taking.disclosure(options), wanted, options)
    return 0
