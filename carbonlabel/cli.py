"""I turn a command line into calls on the front desk, and outcomes into an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Final

from carbonlabel.version import __version__

_ERRORS_PAGE: Final = "docs/errors.md"
_USAGE, _OURS, _INTERRUPTED = 2, 70, 130

_INTRODUCTION: Final = """\
Turn what a training run left behind into one carbon disclosure, and its label.

  carbonlabel label emissions.csv --region FR          the label, in the terminal
  carbonlabel label emissions.csv --region FR -o out   every document, in a folder
"""
_FAREWELL: Final = """\
exit codes: 0 done; 1 a check found errors; 2 wrong usage; 3 an input or a template is wrong;
4 a factor is not known; 5 a plugin failed; 70 a fault of ours; 130 interrupted
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
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.verb is None:
        parser.print_help(sys.stderr)
        return _USAGE
    from carbonlabel import commands, console  # noqa: PLC0415 - --help loads neither
    from carbonlabel.errors import CarbonLabelError  # noqa: PLC0415 - --help does not load it

    try:
        return commands.run(options)
    except commands.UsageError as wrong:
        parser.error(str(wrong))
    except CarbonLabelError as bad:
        if options.debug:
            raise
        console.tell_error(bad, page=_ERRORS_PAGE)
        return bad.exit_status
    except BrokenPipeError:
        raise
    except Exception as fault:
        if options.debug:
            raise
        console.tell_fault(fault)
        return _OURS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="carbonlabel",
        description=_INTRODUCTION,
        epilog=_FAREWELL,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"carbonlabel {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="COMMAND", title="commands")
    _label(verbs)
    _collect(verbs)
    _assess(verbs)
    _render(verbs)
    _check(verbs)
    _embed(verbs)
    _explain(verbs)
    _list(verbs)
    _schema(verbs)
    _verb(verbs, "doctor", "say what works on this machine", "carbonlabel doctor")
    return parser


_Verbs = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def _verb(
    verbs: _Verbs[argparse.ArgumentParser], name: str, about: str, *examples: str
) -> argparse.ArgumentParser:
    shown = "\n".join(f"  {example}" for example in examples)
    parser = verbs.add_parser(
        name,
        help=about,
        description=f"{about[0].upper()}{about[1:]}.\n\nexamples:\n{shown}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="print errors only")
    parser.add_argument("--debug", action="store_true", help="print a traceback on errors")
    return parser


def _label(verbs: _Verbs[argparse.ArgumentParser]) -> None:
    parser = _verb(
        verbs,
        "label",
        "read, assess and draw in one go",
        "carbonlabel label emissions.csv --region FR --model acme/tiny-bert -o out",
        "carbonlabel label run1.csv run2.csv --hardware hw.yaml -t markdown=LABEL.md -t pdf=r.pdf",
    )
    _add_evidence(parser)
    _add_documents(parser)
    parser.add_argument(
        "--force", action="store_true", help="draw an implausible figure, and say so on the label"
    )


def _collect(verbs: _Verbs[argparse.ArgumentParser]) -> None:
    parser = _verb(
        verbs,
        "collect",
        "make one honest total of many logs",
        "carbonlabel collect runs -o project.json",
        "carbonlabel collect runs --stage 'path ~ sweeps/** = sweep' --nodes final=16",
        "carbonlabel label project.json --region FR",
    )
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


def _assess(verbs: _Verbs[argparse.ArgumentParser]) -> None:
    parser = _verb(
        verbs,
        "assess",
        "turn logs into a disclosure (JSON)",
        "carbonlabel assess emissions.csv --region FR > carbon.json",
        "carbonlabel assess emissions.csv --region FR | carbonlabel check",
    )
    _add_evidence(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="file to write; default: stdout")


def _render(verbs: _Verbs[argparse.ArgumentParser]) -> None:
    parser = _verb(
        verbs,
        "render",
        "turn a disclosure into documents",
        "carbonlabel render carbon.json -t pdf=report.pdf -t svg=label.svg",
        "carbonlabel assess emissions.csv --region FR | carbonlabel render -t markdown",
    )
    _add_disclosure(parser)
    _add_documents(parser)


def _check(verbs: _Verbs[argparse.ArgumentParser]) -> None:
    parser = _verb(
        verbs,
        "check",
        "look for figures that do not follow or cannot be",
        "carbonlabel check carbon.json",
        "carbonlabel check carbon.json --json",
    )
    _add_disclosure(parser)
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def _embed(verbs: _Verbs[argparse.ArgumentParser]) -> None:
    parser = _verb(
        verbs,
        "embed",
        "put the label into a model card, touching nothing else",
        "carbonlabel embed README.md carbon.json --dry-run",
        "carbonlabel embed README.md carbon.json",
        "carbonlabel embed README.md --remove",
    )
    parser.add_argument("card", metavar="CARD", help="the model card, README.md")
    _add_disclosure(parser)
    parser.add_argument("-n", "--dry-run", action="store_true", help="show the change, make none")
    parser.add_argument("--remove", action="store_true", help="take the label out again")
    parser.add_argument("--force", action="store_true", help="replace a foreign carbon.json")


def _explain(verbs: _Verbs[argparse.ArgumentParser]) -> None:
    parser = _verb(
        verbs,
        "explain",
        "say how a figure came about",
        "carbonlabel explain carbon.json",
        "carbonlabel explain carbon.json /totals/electricity",
    )
    _add_disclosure(parser)
    parser.add_argument(
        "pointer", metavar="POINTER", nargs="?", default="", help="JSON pointer of the figure"
    )


def _list(verbs: _Verbs[argparse.ArgumentParser]) -> None:
    parser = _verb(
        verbs,
        "list",
        "say what is known here",
        "carbonlabel list formats",
        "carbonlabel list regions france",
        "carbonlabel list devices a100",
    )
    parser.add_argument("what", choices=["formats", "documents", "regions", "devices"])
    parser.add_argument("search", metavar="WORD", nargs="?", default="", help="only what holds it")
    parser.add_argument("--json", action="store_true", help="print JSON")


def _schema(verbs: _Verbs[argparse.ArgumentParser]) -> None:
    parser = _verb(verbs, "schema", "print a JSON Schema", "carbonlabel schema disclosure")
    parser.add_argument("name", metavar="NAME", nargs="?", default="disclosure")


def _add_evidence(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("logs", metavar="LOG", nargs="+", help="a tracker's log; - for stdin")
    parser.add_argument("--from", dest="format", metavar="FORMAT", help="do not guess the format")
    parser.add_argument("--hardware", metavar="FILE", help="the machines, hardware.yaml")
    parser.add_argument(
        "--region", metavar="CODE|FILE", help="FR, US-CA, gcp/europe-west1, or region.yaml"
    )
    parser.add_argument(
        "--grid", metavar="FILE", help="hourly intensities, instead of the annual average"
    )
    parser.add_argument("--zone", help="of a log with local times: Europe/Paris, +01:00 or UTC-5")
    parser.add_argument("--pue", metavar="RATIO", help="PUE of the site, such as 1.2")
    parser.add_argument("--model", metavar="ORG/NAME", help="the model that was made")
    parser.add_argument("--parameters", metavar="N", help="its size, such as 67M")
    parser.add_argument("--phase", metavar="PHASE", help="pre-training, fine-tuning, evaluation …")


def _add_disclosure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "disclosure", metavar="DISCLOSURE", nargs="?", default="-", help="carbon.json; - for stdin"
    )


def _add_documents(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="DIR", help="write every document into DIR")
    parser.add_argument(
        "-t",
        "--to",
        metavar="FORMAT[=FILE]",
        action="append",
        default=[],
        help="draw one document (repeatable); see: carbonlabel list documents",
    )
