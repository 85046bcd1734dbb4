"""I look for figures that do not follow or cannot be."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from carbonlabel import desk
from carbonlabel.commands import asking, gate, giving, taking
from carbonlabel.commands.today import day
from carbonlabel.intake import content_of

if TYPE_CHECKING:
    from datetime import date

    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.model.provenance import Finding, Severity
    from carbonlabel.model.waiver import Waiver
    from carbonlabel.reporting import Entry

EXAMPLES: Final = (
    "carbonlabel check carbon.json",
    "carbonlabel check carbon.json --card README.md --card report.pdf",
    "carbonlabel check carbon.json --profile regulator --waivers waivers.yaml",
    "carbonlabel check carbon.json --standards",
    "carbonlabel check carbon.json --budget '18 kWh' --baseline main.json --fail-on 15%",
)
_ORDER: Final[tuple[Severity, ...]] = ("error", "warning", "note")


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    asking.add_disclosure(parser)
    gate.declare(parser)
    parser.add_argument(
        "--profile",
        choices=["draft", "publish", "regulator"],
        default="publish",
        help="what the disclosure is for; default: %(default)s",
    )
    parser.add_argument(
        "--card",
        metavar="FILE",
        action="append",
        default=[],
        help="a model card or report.pdf that must say the same (repeatable)",
    )
    parser.add_argument(
        "--waivers", metavar="FILE", help="findings that somebody answers for, waivers.yaml"
    )
    parser.add_argument("--on", metavar="DATE", help="the day of the check; default: today")
    parser.add_argument(
        "--standards",
        action="store_true",
        help="say instead what of the forms of known standards the disclosure answers",
    )
    parser.add_argument(
        "--standard",
        metavar="NAME",
        action="append",
        default=[],
        help="the same for one of them, such as gpai (repeatable)",
    )
    asking.add_findings(parser)
    parser.add_argument(
        "--json",
        dest="format",
        action="store_const",
        const="json",
        help="the same as --format json",
    )


def run(options: argparse.Namespace) -> int:
    """Carry the command out; returns the exit code."""
    disclosure = taking.disclosure(options)
    if options.standards or options.standard:
        from carbonlabel.commands import standards  # noqa: PLC0415 - only these flags need it

        return standards.tell(disclosure, options)
    entries = _entries(disclosure, options)
    giving.put(_written(entries, options), options.output)
    return _status(entries, options)


def _entries(disclosure: Disclosure, options: argparse.Namespace) -> tuple[Entry, ...]:
    """What was found, as the profile weighs it, with what somebody answers for as notes."""
    from carbonlabel.rules import profiles, waiving  # noqa: PLC0415 - only verbs that check need it

    on, weights = day(options.on), profiles.weights(options.profile)
    given = desk.waivers(options.waivers) if options.waivers else ()
    waivers = (*(disclosure.waivers or ()), *given)
    found = [*_found(disclosure, on, options)]
    remarks = waiving.remarks(waivers, [each for each, _ in found], on)
    found += [(each, _entry(each, options.waivers or _name(options))) for each in remarks]
    weighed = []
    for finding, entry in found:
        severity = weights.get(finding.code, finding.severity)
        if severity is not None:
            waiver = waiving.waiver_of(finding, waivers, on)
            weighed.append(_answered(replace(entry, severity=severity), waiver))
    return tuple(sorted(weighed, key=lambda each: _ORDER.index(each.severity)))


def _found(
    disclosure: Disclosure, on: date, options: argparse.Namespace
) -> Iterator[tuple[Finding, Entry]]:
    from carbonlabel import checks  # noqa: PLC0415 - only verbs that check need it

    for finding in checks.findings(disclosure, on):
        yield finding, _entry(finding, _name(options))
    for finding in gate.findings(disclosure, options):
        yield finding, _entry(finding, _name(options))
    for card in options.card:
        from carbonlabel.parity import compared  # noqa: PLC0415 - only this flag needs it

        for finding, line, column in compared(disclosure, content_of(Path(card)), card):
            yield finding, replace(_entry(finding, card), line=line, column=column)


def _name(options: argparse.Namespace) -> str:
    return "<stdin>" if options.disclosure == "-" else str(options.disclosure)


def _entry(finding: Finding, file: str) -> Entry:
    from carbonlabel.reporting import entry_of  # noqa: PLC0415 - only verbs that check need it
    from carbonlabel.rules.register import clauses_of  # noqa: PLC0415 - as above

    return replace(entry_of(finding, file=file), clauses=clauses_of(finding.code) or None)


def _answered(entry: Entry, waiver: Waiver | None) -> Entry:
    if waiver is None:
        return entry
    told = f"by {waiver.author} until {waiver.expires.isoformat()}: {waiver.reason}"
    return replace(entry, severity="note", waived=told, suggestion=f"waived {told}")


def _written(entries: Sequence[Entry], options: argparse.Namespace) -> bytes:
    from carbonlabel import checks, reporting  # noqa: PLC0415 - only verbs that check need them
    from carbonlabel.reporting.grouped import grouped  # noqa: PLC0415 - as above

    shown = [each for each in entries if each.severity == "error" or not options.quiet]
    if options.format != "human":
        return reporting.report(shown, form=options.format, rules=checks.notes(options.profile))
    text = grouped(shown if options.profile == "regulator" else [*map(_briefly, shown)])
    if not options.quiet:
        text += f"{chr(10) if text else ''}{_summary(entries, options)}\n"
    return text.encode("utf-8", "backslashreplace")


def _briefly(entry: Entry) -> Entry:
    """The entry without its clauses, which are many and which few ask for."""
    return replace(entry, clauses=None)


def _summary(entries: Sequence[Entry], options: argparse.Namespace) -> str:
    from carbonlabel.reporting import summary  # noqa: PLC0415 - only verbs that check need it

    waived_count = sum(each.waived is not None for each in entries)
    waived = f", {waived_count} waived" if waived_count else ""
    counted = summary([each for each in entries if each.waived is None])
    return f"{counted}{waived} ({options.profile} profile)"


def _status(entries: Sequence[Entry], options: argparse.Namespace) -> int:
    failing = {"error", "warning"} if options.strict else {"error"}
    return int(any(each.severity in failing for each in entries))
