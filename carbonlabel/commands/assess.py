"""I turn logs into a disclosure."""

from __future__ import annotations

import argparse
from typing import Final

from carbonlabel import console, desk
from carbonlabel.commands import asking, giving, taking

EXAMPLES: Final = (
    "carbonlabel assess emissions.csv --region FR > carbon.json",
    "carbonlabel assess emissions.csv --region FR | carbonlabel check",
)


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    asking.add_evidence(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="file to write; default: stdout")


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    giving.spare(options.logs, [options.output])
    disclosure = taking.assessed(options)
    if not options.quiet:
        console.tell_findings(disclosure.findings, least=("error", "warning"))
    giving.put(desk.render(disclosure, "json"), options.output)
    return 0
