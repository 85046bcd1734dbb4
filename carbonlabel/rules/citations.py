"""I see to it that whatever is cited or pointed at is there."""

from __future__ import annotations

from collections.abc import Iterator

from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.provenance import Finding
from carbonlabel.record.pointers import find, pointer, quantities


def sources(disclosure: Disclosure) -> Iterator[Finding]:
    """Every figure that was given cites an input or a source that is listed."""
    listed = disclosure.inputs.keys() | disclosure.sources.keys()
    for place, quantity in quantities(disclosure):
        if isinstance(quantity, Estimate) and quantity.source not in {None, *listed}:
            yield Finding(
                code="source-not-listed",
                severity="error",
                place=f"{place}/source",
                message="The figure cites a source that is neither among inputs nor sources.",
                expected=", ".join(sorted(listed)) or "a key of inputs or sources",
                found=quantity.source,
                suggestion="list the work under sources, or the file under inputs",
            )


def places(disclosure: Disclosure) -> Iterator[Finding]:
    """Every pointer of the doubt and of the findings leads somewhere."""
    doubts, findings = disclosure.totals.doubt, disclosure.findings
    pointed = [
        *((pointer("totals", "doubt", n, "of"), each.of) for n, each in enumerate(doubts)),
        *((pointer("findings", n, "place"), each.place) for n, each in enumerate(findings)),
    ]
    for at, target in pointed:
        if find(disclosure, target) is None:
            yield Finding(
                code="pointer-dangles",
                severity="error",
                place=at,
                message="The pointer leads nowhere in this disclosure.",
                found=target,
            )
