"""I say how a figure came about."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from carbonlabel import registry
from carbonlabel.commands import asking, giving, taking
from carbonlabel.intake import open_log

if TYPE_CHECKING:
    from carbonlabel.model.project import Project

EXAMPLES: Final = (
    "carbonlabel explain carbon.json",
    "carbonlabel explain carbon.json /totals/electricity",
)


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    asking.add_disclosure(parser)
    parser.add_argument(
        "pointer", metavar="POINTER", nargs="?", default="", help="JSON pointer of the figure"
    )


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    from carbonlabel.explanation import explain  # noqa: PLC0415 - only this verb needs it

    if options.disclosure.startswith("/") and not Path(options.disclosure).exists():
        options.disclosure, options.pointer = "-", options.disclosure
    giving.write(explain(_project(options) or taking.disclosure(options), options.pointer).encode())
    return 0


def _project(options: argparse.Namespace) -> Project | None:
    path = Path(options.disclosure)
    log = open_log(path) if path.is_file() else None
    if log is None or not registry.reader("project").recognises(log):
        return None
    from carbonlabel.record import projects  # noqa: PLC0415 - few explanations need it

    return projects.load(log)
