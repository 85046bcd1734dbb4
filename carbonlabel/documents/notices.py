"""I tell what was noticed about a disclosure, and who answers for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from carbonlabel.documents import wording
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.provenance import Finding
from carbonlabel.model.waiver import Waiver
from carbonlabel.rules.waiving import waiver_of


def findings(disclosure: Disclosure) -> tuple[str, ...]:
    """Each finding as a sentence that begins with its severity, and who lets it stand."""
    waivers = disclosure.waivers or ()
    told = (
        f"{each.severity.capitalize()}: {' '.join((*_told(each), *_answer(each, waivers)))}"
        for each in disclosure.findings
    )
    return tuple(dict.fromkeys(told))


def warnings(disclosure: Disclosure) -> tuple[str, ...]:
    """What must stand on the label: every finding that is an error and that nobody answers for."""
    return tuple(
        f"Fails plausibility check: {wording.sentence(each.message)}"
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
        f"{wording.counted(count, 'finding')} waived by {wording.named(author)} "
        f"until {expires.isoformat()}."
        for (author, expires), count in counted.items()
    )


def _told(finding: Finding) -> Iterator[str]:
    yield wording.sentence(finding.message)
    if finding.expected and finding.found:
        found = wording.sentence(finding.found)
        yield f"Expected {wording.sentence(finding.expected)}, found {found}."
    if finding.suggestion:
        yield f"To do: {wording.sentence(finding.suggestion)}."


def _answer(finding: Finding, waivers: Sequence[Waiver]) -> Iterator[str]:
    waiver = waiver_of(finding, waivers)
    if waiver is not None:
        who, why = wording.named(waiver.author), wording.sentence(waiver.reason)
        yield f"Waived by {who} until {waiver.expires.isoformat()}: {why.rstrip('.')}."
