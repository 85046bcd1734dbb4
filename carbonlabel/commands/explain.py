"""I say how a figure came about."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from carbonlabel import registry
from carbonlabel.commands import asking, giving, taking
from carbonlabel.errors import InputError
from carbonlabel.intake import open_log

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.model.evidence import Evidence
    from carbonlabel.model.project import Project

EXAMPLES: Final = (
    "carbonlabel explain carbon.json",
    "carbonlabel explain carbon.json /totals/electricity",
    "carbonlabel explain carbon.json /totals/electricity emissions.csv",
)


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    asking.add_disclosure(parser)
    parser.add_argument(
        "pointer", metavar="POINTER", nargs="?", default="", help="JSON pointer of the figure"
    )
    parser.add_argument(
        "logs",
        metavar="LOG",
        nargs="*",
        help="logs it was made from: their lines are told; those beside DISCLOSURE are found",
    )


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    from carbonlabel.explanation import explain  # noqa: PLC0415 - only this verb needs it

    if options.disclosure.startswith("/") and not Path(options.disclosure).exists():
        options.disclosure, options.pointer = "-", options.disclosure
    if options.pointer and Path(options.pointer).is_file():
        options.pointer, options.logs = "", [options.pointer, *options.logs]
    project = _project(options)
    if project is not None:
        told = explain(project, options.pointer)
    else:
        disclosure = taking.disclosure(options)
        told = explain(disclosure, options.pointer, evidence=_evidence(disclosure, options))
    giving.write(told.encode())
    return 0


def _project(options: argparse.Namespace) -> Project | None:
    path = Path(options.disclosure)
    log = open_log(path) if path.is_file() else None
    if log is None or not registry.reader("project").recognises(log):
        return None
    from carbonlabel.record import projects  # noqa: PLC0415 - few explanations need it

    return projects.load(log)


def _evidence(disclosure: Disclosure, options: argparse.Namespace) -> Sequence[Evidence]:
    """The runs of the logs that were named, or that lie beside the disclosure unchanged."""
    from carbonlabel.verification import evidence  # noqa: PLC0415 - costs start-up time

    named = [Path(each) for each in options.logs]
    known = {log.sha256 for log in evidence.by_key(disclosure, named).values()}
    for path in named:
        if open_log(path).sha256 not in known:
            raise InputError(
                "the disclosure was not made from this file",
                where=path.name,
                hint="its SHA-256 is none of those under inputs",
            )
    folder = Path(options.disclosure).parent if options.disclosure != "-" else None
    near = evidence.nearby(disclosure, folder) if folder else ()
    return evidence.runs(disclosure, evidence.by_key(disclosure, (*named, *near)))
