"""I turn a command line into calls on the front desk, and outcomes into an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from carbonlabel import commands
from carbonlabel.commands.line import Line
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
    _open_ends()
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away; nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _open_ends() -> None:
    """Whoever starts us may have closed both ends: then nothing comes in, and nothing goes out."""
    if sys.stdin is not None and sys.stdout is not None:
        return
    from pathlib import Path  # noqa: PLC0415 - --help does not load it

    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - until the end
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - until the end


def _run(arguments: Sequence[str]) -> int:
    parser, verbs = _parser(arguments)
    options, rest = parser.parse_known_args(arguments)
    line = verbs.get(options.verb, parser)
    if rest:
        line.refuse(rest)
    if options.verb is None:
        parser.print_help(sys.stderr)
        return _USAGE
    from carbonlabel.outermost import contained  # noqa: PLC0415 - --help does not load it

    status = _OURS
    failures: list[Exception] = []
    with contained(failures.append):
        status = commands.command(options.verb).run(options)
    return _told(failures[0], line, options) if failures else status


def _told(fault: Exception, line: Line, options: argparse.Namespace) -> int:
    """Say what went wrong in a line or two; returns the exit code."""
    from carbonlabel import console  # noqa: PLC0415 - only a failure says something
    from carbonlabel.commands.asking import UsageError  # noqa: PLC0415 - as above
    from carbonlabel.errors import CarbonLabelError  # noqa: PLC0415 - as above

    if isinstance(fault, UsageError):
        line.error(str(fault))
    if options.debug or isinstance(fault, BrokenPipeError):
        raise fault
    if isinstance(fault, CarbonLabelError):
        console.tell_error(fault, page=_ERRORS_PAGE)
        return fault.exit_status
    console.tell_fault(fault)
    return _OURS


def _parser(arguments: Sequence[str]) -> tuple[Line, Mapping[str, Line]]:
    parser = Line(prog="carbonlabel", description=_INTRODUCTION, epilog=_FAREWELL)
    parser.add_argument("--version", action="version", version=f"carbonlabel {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="COMMAND", title="commands")
    called = next((word for word in arguments if not word.startswith("-")), None)
    for name, about in _reachable(arguments):
        verb = verbs.add_parser(name, help=about)
        if name == called:
            _declare(verb, name, about)
    return parser, verbs.choices


def _reachable(arguments: Sequence[str]) -> Iterable[tuple[str, str]]:
    """The commands that a command line can come to: where it begins with one, that one alone."""
    first = arguments[0] if arguments else ""
    if first in commands.COMMANDS:
        return ((first, commands.COMMANDS[first]),)
    return commands.COMMANDS.items()


def _declare(parser: Line, name: str, about: str) -> None:
    command = commands.command(name)
    examples = "\n".join(f"  {example}" for example in command.EXAMPLES)
    parser.description = f"{about[0].upper()}{about[1:]}.\n\nexamples:\n{examples}"
    parser.add_argument("-q", "--quiet", action="store_true", help="print errors only")
    parser.add_argument("--debug", action="store_true", help="print a traceback on errors")
    command.declare(parser)
