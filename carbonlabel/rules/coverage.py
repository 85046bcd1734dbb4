"""I ask how much of the runs was measured at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.provenance import Finding
from carbonlabel.rules.rows import activities

NOTICED: Final = frozenset(
    {
        "component-not-read",
        "epochs-partly-covered",
        "job-row-missing",
        "last-launch-only",
        "logs-unread",
        "machines-not-measured",
        "machines-scaled-up",
        "one-node-only",
        "overlap-counted-in-part",
        "posts-missing",
        "predicted-only",
        "request-not-modelled",
        "rounds-not-stated",
        "run-cut",
        "samples-gap",
        "training-resumed",
        "training-unfinished",
        "windows-gap",
    }
)
"""What readers and `collect` notice of ranks, machines and times that nobody measured."""


def complete(disclosure: Disclosure) -> Iterator[Finding]:
    """Every run is known from its begin to its end."""
    for at, activity in activities(disclosure):
        if not activity.complete:
            yield Finding(
                code="run-incomplete",
                severity="warning",
                place=f"{at}/complete",
                message="A run was cut short or is known in part only: its rest is not counted.",
            )


def noticed(disclosure: Disclosure) -> Iterator[Finding]:
    """All ranks, machines and hours left a reading; what did not is said, and how it counts."""
    return (
        each for each in disclosure.findings if each.code in NOTICED and each.severity == "warning"
    )
