"""I turn a command line into calls on the front desk, and outcomes into an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Final

from carbonlabel import commands
from carbonlabel.version import __version__

_ERRORS_PAGE: Final = "docs/errors.md"
_USAGE, _OURS, _INTERRUPTED = 2, 70, 130

_INTRODUCTION: Final = """\
Turn what a training run left behind into one carbon disclosure, and its label.

  carbonlabel label emissions.csv --region FR          the label, in the terminal
  carbonlabel label emissions.csv --region FR -o out   every document, in a folder
"""
_FAREWELL: Final = """\
exit codes: 0 done; 1 a check found errors, or nothing compares; 2 wrong usage; 3 an input or a
template is wrong; 4 a factor is not known; 5 a plugin failed; 6 the Hub says no; 7 the Hub cannot
be reached; 70 a fault of ours; 130 interrupted
"""


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away; nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(arguments: Sequence[str]) -> int:
    parser = _parser(arguments)
    options = parser.parse_args(arguments)
    if options.verb is None:
        parser.print_help(sys.stderr)
        return _USAGE
    from carbonlabel.outermost import contained  # noqa: PLC0415 - --help does not load it

    status = _OURS
    failures: list[Exception] = []
    with contained(failures.append):
        status = commands.command(options.verb).run(options)
    return _told(failures[0], parser, options) if failures else status


def _told(fault: Exception, parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    """Say what went wrong in a line or two; returns the exit code."""
    from carbonlabel import console  # noqa: PLC0415 - only a failure says something
    from carbonlabel.commands.asking import UsageError  # noqa: PLC0415 - as above
    from carbonlabel.errors import CarbonLabelError  # noqa: PLC0415 - as above

    if isinstance(fault, UsageError):
        parser.error(str(fault))
    if options.debug or isinstance(fault, BrokenPipeError):
        raise fault
    if isinstance(fault, CarbonLabelError):
        console.tell_error(fault, page=_ERRORS_PAGE)
        return fault.exit_status
    console.tell_fault(fault)
    return _OURS


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="carbonlabel",
        description=_INTRODUCTION,
        epilog=_FAREWELL,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"carbonlabel {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="COMMAND", title="commands")
    called = next((word for word in arguments if not word.startswith("-")), None)
    for name, about in _reachable(arguments):
        verb = verbs.add_parser(
            name,
            help=about,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        if name == called:
            _declare(verb, name, about)
    return parser


def _reachable(arguments: Sequence[str]) -> Iterable[tuple[str, str]]:
    """The commands that a command line can come to: where it begins with one, that one alone."""
    first = arguments[0] if arguments else ""
    if first in commands.COMMANDS:
        return ((first, commands.COMMANDS[first]),)
    return commands.COMMANDS.items()


def _declare(parser: argparse.ArgumentParser, name: str, about: str) -> None:
    command = commands.command(name)
    examples = "\n".join(f"  {example}" for example in command.EXAMPLES)
    parser.description = f"{about[0].upper()}{about[1:]}.\n\nexamples:\n{examples}"
    parser.add_argument("-q", "--quiet", action="store_true", help="print errors only")
    parser.add_argument("--debug", action="store_true", help="print a traceback on errors")
    command.declare(parser)
