"""I ask whether figures claim no more than is known of them."""

from __future__ import annotations

from collections.abc import Iterator

from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.provenance import Finding
from carbonlabel.rules.rows import rows


def metered(disclosure: Disclosure) -> Iterator[Finding]:
    """What is called measured stands in a log that was read, with its SHA-256."""
    for row in rows(disclosure):
        energy = row.part.energy
        if not isinstance(energy, Estimate) or energy.basis != "measured":
            continue
        if energy.source is not None and energy.source not in disclosure.inputs:
            yield Finding(
                code="measured-without-log",
                severity="error",
                place=f"{row.place}/energy",
                message="The energy is called measured, and no log that was read holds it.",
                expected="a key of inputs, whose file has a SHA-256",
                found=energy.source,
                suggestion="call it estimated, or assess the log of the meter",
            )


def done(disclosure: Disclosure) -> Iterator[Finding]:
    """The runs have taken place: a plan says what would be."""
    if disclosure.totals.headline == "planned":
        yield Finding(
            code="run-planned",
            severity="warning",
            place="/totals/headline",
            message="The figures are of a run that is still to be.",
            suggestion="assess its log when it is done; until then quote it as a plan",
        )


def ranged(disclosure: Disclosure) -> Iterator[Finding]:
    """The total has a 95 % interval."""
    total = disclosure.totals.emissions
    if isinstance(total, Estimate) and total.low is None:
        yield Finding(
            code="range-not-declared",
            severity="warning",
            place="/totals/emissions",
            message="The total has no range: how sure it is cannot be told.",
            expected="low and high",
            suggestion="state low and high with the figures that a person typed",
        )
