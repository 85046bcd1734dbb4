"""I tell what was noticed about a disclosure, and who answers for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from carbonlabel.documents import wording
from carbonlabel.documents.language import Words, say, several
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.provenance import Finding, Severity
from carbonlabel.model.waiver import Waiver
from carbonlabel.rules.waiving import waiver_of

SEVERITIES: Final[Mapping[Severity, str]] = Words(
    {"error": "Error", "warning": "Warning", "note": "Note"}
)


def findings(disclosure: Disclosure) -> tuple[str, ...]:
    """Each finding as a sentence that begins with its severity, and who lets it stand."""
    waivers = disclosure.waivers or ()
    told = (
        f"{SEVERITIES[each.severity]}{say(': ')}{' '.join((*_told(each), *_answer(each, waivers)))}"
        for each in disclosure.findings
    )
    return tuple(dict.fromkeys(told))


def warnings(disclosure: Disclosure) -> tuple[str, ...]:
    """What must stand on the label: every finding that is an error and that nobody answers for."""
    return tuple(
        say("Fails plausibility check: {message}", message=wording.sentence(each.message))
        for each in dict.fromkeys(disclosure.findings)
        if each.severity == "error" and waiver_of(each, disclosure.waivers or ()) is None
    )


def waived(disclosure: Disclosure) -> tuple[str, ...]:
    """How many findings each person lets stand, and until when."""
    answers = (
        waiver_of(each, disclosure.waivers or ()) for each in dict.fromkeys(disclosure.findings)
    )
    counted = Counter((each.author, each.expires) for each in answers if each is not None)
    return tuple(
        several(
            count,
            "{count} finding waived by {author} until {date}.",
            "{count} findings waived by {author} until {date}.",
            author=wording.named(author),
            date=expires.isoformat(),
        )
        for (author, expires), count in counted.items()
    )


def _told(finding: Finding) -> Iterator[str]:
    yield wording.sentence(finding.message)
    if finding.expected and finding.found:
        yield say(
            "Expected {expected}, found {found}.",
            expected=wording.sentence(finding.expected),
            found=wording.sentence(finding.found),
        )
    if finding.suggestion:
        yield say("To do: {suggestion}.", suggestion=wording.sentence(finding.suggestion))


def _answer(finding: Finding, waivers: Sequence[Waiver]) -> Iterator[str]:
    waiver = waiver_of(finding, waivers)
    if waiver is not None:
        yield say(
            "Waived by {author} until {date}: {reason}.",
            author=wording.named(waiver.author),
            date=waiver.expires.isoformat(),
            reason=wording.quoted(waiver.reason).rstrip("."),
        )
