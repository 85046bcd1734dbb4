"""I read, assess and draw in one go."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from carbonlabel import console, desk
from carbonlabel.commands import asking, giving, lettering, taking
from carbonlabel.commands.today import day
from carbonlabel.errors import InvalidDocument
from carbonlabel.plugins import Options

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.model.provenance import Finding
    from carbonlabel.model.waiver import Waiver

EXAMPLES: Final = (
    "carbonlabel label emissions.csv --region FR --model acme/tiny-bert -o out",
    "carbonlabel label run1.csv run2.csv --hardware hw.yaml -t markdown=LABEL.md -t pdf=r.pdf",
)


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    asking.add_evidence(parser)
    asking.add_documents(parser)
    parser.add_argument(
        "--force", action="store_true", help="draw an implausible figure, and say so on the label"
    )


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    wanted = giving.wanted(options)
    giving.spare(options.logs, [file for _, file in wanted])
    return show(taking.assessed(options), wanted, options)


def show(
    disclosure: Disclosure, wanted: Sequence[giving.Wanted], options: argparse.Namespace
) -> int:
    """Draw what is wanted of a plausible disclosure, and the label in the terminal."""
    disclosure = _plausible(disclosure, force=options.force)
    if not options.quiet:
        alone = _unanswered(disclosure.findings, disclosure.waivers)
        console.tell_findings(alone, least=("error", "warning"))
    to_stdout = any(file is None for _, file in wanted)
    is_shown = not options.quiet and not to_stdout
    giving.draw(disclosure, wanted, options, is_shown=is_shown)
    if is_shown:
        looks = Options(language=options.language, columns=lettering.columns())
        giving.write(lettering.shown(desk.render(disclosure, "terminal", options=looks)))
    return 0


def _plausible(disclosure: Disclosure, *, force: bool) -> Disclosure:
    """The disclosure, unless a figure in it cannot be.

    What is wrong and stands by force or by a waiver is kept in it, and shows on the label.
    """
    from carbonlabel.checks import findings  # noqa: PLC0415 - only label and check need it

    told = {(each.code, each.place) for each in disclosure.findings}
    wrong = tuple(
        each
        for each in findings(disclosure)
        if each.severity == "error" and (each.code, each.place) not in told
    )
    alone = wrong if force else _unanswered(wrong, disclosure.waivers)
    if alone and not force:
        raise InvalidDocument(
            "the figures are implausible, so no label was drawn",
            hint="correct the input, or draw it all the same with --force",
            problems=tuple(_in_a_line(each) for each in alone),
        )
    return disclosure.model_copy(update={"findings": (*wrong, *disclosure.findings)})


def _unanswered(wrong: Sequence[Finding], waivers: Sequence[Waiver] | None) -> tuple[Finding, ...]:
    """The findings that nobody answers for today."""
    if not waivers:
        return tuple(wrong)
    from carbonlabel.rules.waiving import waiver_of  # noqa: PLC0415 - few labels have waivers

    on = day(None)
    return tuple(each for each in wrong if waiver_of(each, waivers, on) is None)


def _in_a_line(finding: Finding) -> str:
    found = f" Found {finding.found}, expected {finding.expected}." if finding.found else ""
    return f"{finding.code} {finding.place}: {finding.message}{found}"
