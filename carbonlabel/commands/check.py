"""I look for figures that do not follow or cannot be."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from carbonlabel.commands import asking, giving, taking

if TYPE_CHECKING:
    from carbonlabel.model.provenance import Finding

EXAMPLES: Final = (
    "carbonlabel check carbon.json",
    "carbonlabel check carbon.json --json",
)


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    asking.add_disclosure(parser)
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    from carbonlabel.checks import check  # noqa: PLC0415 - only this verb and label need it

    findings = check(taking.disclosure(options))
    if options.json:
        found = [finding.model_dump(exclude_none=True) for finding in findings]
        giving.write(giving.as_json(found))
    else:
        _print_findings(findings, quiet=options.quiet)
    return 1 if any(finding.severity == "error" for finding in findings) else 0


def _print_findings(findings: Sequence[Finding], *, quiet: bool) -> None:
    shown = [each for each in findings if each.severity == "error" or not quiet]
    lines = [line for each in shown for line in _finding_lines(each)]
    errors = sum(each.severity == "error" for each in findings)
    if not quiet:
        others = len(findings) - errors
        lines.append(f"{_count(errors, 'error')}, {_count(others, 'other finding')}")
    giving.write("".join(f"{line}\n" for line in lines).encode())


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _finding_lines(finding: Finding) -> Iterable[str]:
    yield f"{finding.severity}[{finding.code}] {finding.place}"
    yield f"  {finding.message}"
    if finding.found is not None:
        yield f"  found {finding.found}, expected {finding.expected}"
    if finding.suggestion:
        yield f"  {finding.suggestion}"
