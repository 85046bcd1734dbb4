"""I say whether a disclosure follows from what it rests on."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from carbonlabel.commands import giving
from carbonlabel.commands.asking import UsageError

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure, Subject
    from carbonlabel.model.evidence import Work
    from carbonlabel.model.region import Place
    from carbonlabel.verification import Told

EXAMPLES: Final = (
    "carbonlabel verify out/carbon.json emissions.csv region.yaml hardware.yaml",
    "carbonlabel verify report.pdf",
    "carbonlabel verify carbon.json --digest 3c9d20ab41ff",
)
_AGAIN: Final = "as it was typed"
_WORK: Final = ("tokens", "flop", "mfu", "served")


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "file",
        metavar="FILE",
        help="carbon.json, report.pdf, or a document beside its carbon.json; - for stdin",
    )
    parser.add_argument(
        "files", metavar="EVIDENCE", nargs="*", help="logs, region.yaml, hardware.yaml, grid series"
    )
    parser.add_argument("--digest", metavar="HEX", help="as a document prints it, or its beginning")
    parser.add_argument(
        "--alone", action="store_true", help="leave the documents and logs beside FILE out"
    )
    parser.add_argument("--json", action="store_true", help="print what was checked as JSON")
    typed = parser.add_argument_group("what was typed when the disclosure was made")
    typed.add_argument("--region", metavar="CODE", help=_AGAIN)
    typed.add_argument("--pue", metavar="RATIO", help=_AGAIN)
    typed.add_argument("--zone", help=_AGAIN)
    typed.add_argument("--model", metavar="ORG/NAME", help=_AGAIN)
    typed.add_argument("--parameters", metavar="N", help=_AGAIN)
    typed.add_argument("--active-parameters", metavar="N", help=_AGAIN)
    typed.add_argument("--phase", metavar="PHASE", help=_AGAIN)
    for name in _WORK:
        typed.add_argument(f"--{name}", metavar="N", help=_AGAIN)


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    from carbonlabel.verification import verify  # noqa: PLC0415 - only this verb needs it
    from carbonlabel.verification.wording import document, lines  # noqa: PLC0415 - as above

    found = verify(
        _taken(options.file),
        options.files,
        digest=options.digest,
        told=_told(options),
        alone=options.alone,
    )
    if options.json:
        giving.write(giving.as_json(document(found)))
    else:
        told = lines(found, quiet=options.quiet)
        giving.write("".join(f"{line}\n" for line in told).encode())
    return 0 if found.holds else 1


def _taken(name: str) -> Disclosure | str:
    if name != "-":
        return name
    if sys.stdin.isatty():
        raise UsageError("verify needs a FILE, or a disclosure on stdin")
    from carbonlabel.record import keeping  # noqa: PLC0415 - few are verified from a pipe

    return keeping.load(sys.stdin.buffer.read(), "<stdin>")


def _told(options: argparse.Namespace) -> Told:
    from carbonlabel.verification import Told  # noqa: PLC0415 - as above

    return Told(
        region=_place(options),
        zone=options.zone,
        subject=_subject(options),
        phase=options.phase,
        work=_work(options),
    )


def _work(options: argparse.Namespace) -> Work | None:
    told = {name: getattr(options, name) for name in _WORK}
    if not any(told.values()):
        return None
    from carbonlabel.parsing.doing import work  # noqa: PLC0415 - few runs say it

    return work(**told)


def _subject(options: argparse.Namespace) -> Subject | None:
    counts = (options.parameters, options.active_parameters)
    if options.model is None and not any(counts):
        return None
    from carbonlabel import desk  # noqa: PLC0415 - as above
    from carbonlabel.model.disclosure import Subject  # noqa: PLC0415 - as above

    parameters, active = (desk.parameter_count(each) if each else None for each in counts)
    return Subject(model=options.model, parameters=parameters, active_parameters=active)


def _place(options: argparse.Namespace) -> Place | str | None:
    region: str | None = options.region
    if options.pue is None:
        return region
    from carbonlabel import desk  # noqa: PLC0415 - as above
    from carbonlabel.model.region import Place  # noqa: PLC0415 - as above
    from carbonlabel.readers.region import with_pue  # noqa: PLC0415 - only this flag needs it

    place = desk.region(region) if region else Place()
    return with_pue(place, options.pue, where="--pue")
