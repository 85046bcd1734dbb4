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
DOUBTED: Final = frozenset(
    {"meter-shared", "node-shared", "several-models", "gpu-count-differs"}
    | {"region-differs-from-log", "phase-differs-from-log", "cloud-region-unknown"}
    | {"year-not-known", "timestamp-unreadable", "series-elsewhere", "series-gaps"}
    | {"contract-not-counted", "contract-place-unknown", "contract-year-unknown"}
    | {"residual-not-stated", "host-not-stated", "tracker-pue-unknown"}
    | {"statement-contradicts-itself", "load-sampled-between-epochs", "counter-reset"}
    | {"counter-perhaps-wrapped", "no-power-metric", "history-subsampled", "answer-partial"}
)
"""What readers and the assessment warn of that a disclosure does not show: energy that may count
twice, a place, a year or a contract that does not fit, a part that nobody saw."""


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
    """What was seen in the logs alone and makes a figure doubtful stays; errors stay errors."""
    return (
        each
        for each in disclosure.findings
        if each.severity == "error" or (each.severity == "warning" and each.code in DOUBTED)
    )
