"""I set our figures beside the tracker's own, and repeat what was noticed when they were made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.provenance import Finding
from carbonlabel.rules.comparison import shown
from carbonlabel.rules.reported import is_statement
from carbonlabel.rules.rows import activities, known, rows_of

FAR_RATIO: Final = 2.0


def tracker(disclosure: Disclosure) -> Iterator[Finding]:
    """Our electricity is within a factor of two of the tracker's own emissions."""
    for at, activity in activities(disclosure):
        theirs = activity.reported.emissions
        emitted = known(row.part.emissions for row in rows_of(at, activity) if row.is_electricity)
        ours_gco2e = sum(each.value for each in emitted)
        if not isinstance(theirs, Estimate) or not theirs.value or not ours_gco2e:
            continue
        if is_statement(disclosure, theirs):
            continue  # what a person published is held to its own figures
        ratio = theirs.value / ours_gco2e
        if not 1 / FAR_RATIO <= ratio <= FAR_RATIO:
            yield Finding(
                code="tracker-emissions-differ",
                severity="note",
                place=f"{at}/reported/emissions",
                message=f"The tracker's own emissions are {ratio:.2g} times those worked out here.",
                expected=f"{shown(ours_gco2e, 'gCO2e')} within a factor of {FAR_RATIO:g}",
                found=shown(theirs.value, "gCO2e"),
                suggestion="compare the grid factors and what either figure counts",
            )


def stored(disclosure: Disclosure) -> Iterator[Finding]:
    """Errors that the readers or the assessment noticed stay errors, such as overlapping runs."""
    return (each for each in disclosure.findings if each.severity == "error")
