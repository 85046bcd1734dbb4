"""I tell the findings that somebody answers for from those that nobody does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from carbonlabel.model.provenance import Finding
from carbonlabel.model.waiver import Waiver


def waiver_of(finding: Finding, waivers: Sequence[Waiver], on: date | None = None) -> Waiver | None:
    """The first waiver that covers a finding and has not expired by a day; None where none does."""
    living = (each for each in waivers if on is None or each.expires >= on)
    return next((each for each in living if covers(each, finding)), None)


def covers(waiver: Waiver, finding: Finding) -> bool:
    """Whether a waiver is of this finding: its code, and its place where one is named."""
    return waiver.code == finding.code and waiver.place in {None, finding.place}


def remarks(waivers: Sequence[Waiver], found: Iterable[Finding], on: date) -> Iterator[Finding]:
    """What is wrong with the waivers themselves: expired by a day, or of nothing that was found."""
    seen = tuple(found)
    for waiver in waivers:
        if not any(covers(waiver, each) for each in seen):
            yield Finding(
                code="waiver-unused",
                severity="note",
                place="",
                message=f"A waiver of {waiver.author}'s covers nothing that was found.",
                found=f"{waiver.code}{f' at {waiver.place}' if waiver.place else ''}",
                suggestion="take it out of the file",
            )
        elif waiver.expires < on:
            yield Finding(
                code="waiver-expired",
                severity="warning",
                place="",
                message=f"A waiver of {waiver.author}'s has expired and counts no more.",
                expected=f"a last day from {on.isoformat()} on",
                found=f"{waiver.code} until {waiver.expires.isoformat()}",
                suggestion="mend what it was for, or let somebody answer for it anew",
            )
