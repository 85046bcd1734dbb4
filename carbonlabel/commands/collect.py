"""I make one honest total of many logs."""

from __future__ import annotations

import argparse
from typing import Final

from carbonlabel.commands import giving

EXAMPLES: Final = (
    "carbonlabel collect runs -o project.json",
    "carbonlabel collect runs --stage 'path ~ sweeps/** = sweep' --nodes final=16",
    "carbonlabel label project.json --region FR",
)


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("paths", metavar="PATH", nargs="+", help="logs, and folders of logs")
    parser.add_argument("-o", "--output", metavar="FILE", help="file to write; default: stdout")
    parser.add_argument(
        "--overlap",
        choices=["ask", "max", "first", "sum"],
        help="what counts of runs that overlap on one machine; default: ask, or max in a script",
    )
    parser.add_argument(
        "--stage",
        metavar="RULE",
        action="append",
        default=[],
        help="'name ~ sweep-* = sweep' (repeatable); name, path, tracker or state = "
        "final, ablation, sweep, debug or failed",
    )
    parser.add_argument("--stages", metavar="FILE", help="the same rules in a stages.yaml")
    parser.add_argument(
        "--nodes",
        metavar="[STAGE=]N",
        action="append",
        default=[],
        help="how many machines a run had (repeatable)",
    )
    parser.add_argument("--ranks", metavar="N", help="how many trackers a run had in all")
    parser.add_argument(
        "--scale-up",
        action="store_true",
        help="count machines without a log at the mean of the others, as an estimate",
    )


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    from carbonlabel import gathering  # noqa: PLC0415 - only this verb needs it

    giving.spare(options.paths, [options.output])
    giving.put(gathering.collect(options), options.output)
    return 0
