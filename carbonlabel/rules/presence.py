"""I ask for what a reader of the disclosure needs besides its figures."""

from __future__ import annotations

from collections.abc import Iterator

from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Missing
from carbonlabel.model.provenance import Finding
from carbonlabel.rules.rows import activities


def model(disclosure: Disclosure) -> Iterator[Finding]:
    """The model is named."""
    if disclosure.subject.model is None:
        yield _absent("model-not-named", "/subject", "which model it is", "--model ORG/NAME")


def machines(disclosure: Disclosure) -> Iterator[Finding]:
    """The machines are named."""
    for at, activity in activities(disclosure):
        if not activity.hardware:
            yield _absent(
                "hardware-not-named",
                f"{at}/hardware",
                "on which machines the runs were",
                "--hardware FILE",
            )


def times(disclosure: Disclosure) -> Iterator[Finding]:
    """When the runs took place is stated, and for how long."""
    for at, activity in activities(disclosure):
        if isinstance(activity.period, Missing):
            yield _absent(
                "period-not-stated", f"{at}/period", "when the runs were", "started and ended"
            )
        if isinstance(activity.duration, Missing):
            yield _absent(
                "duration-not-stated", f"{at}/duration", "how long the runs took", "hours"
            )


def _absent(code: str, place: str, what: str, key: str) -> Finding:
    return Finding(
        code=code,
        severity="note",
        place=place,
        message=f"Nothing says {what}.",
        suggestion=f"state it: {key}",
    )
