"""I finish the rows and words of a label: the only place that rounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.documents import axis, citing, leavings, notices, serving, story, wording
from carbonlabel.documents.anatomy import Axis, Context, Face, Method, Quality, Row
from carbonlabel.documents.column import TOTAL, Column, column
from carbonlabel.documents.context import contexts
from carbonlabel.documents.language import marked, say
from carbonlabel.documents.numbers import Figure, between, joined
from carbonlabel.documents.quality import quality
from carbonlabel.documents.rows import rows
from carbonlabel.documents.speech import Speech, alt, description
from carbonlabel.documents.sums import NOT_REPORTED, amounts, lines
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.record.canonical import digest

__all__ = ["Axis", "Context", "Face", "Method", "Quality", "Row", "face"]

TITLE: Final = marked("Carbon Facts")


def face(disclosure: Disclosure) -> Face:
    """The finished label of a disclosure: every figure rounded, every word in its place.

    Raises:
        InvalidDocument: the disclosure has no canonical JSON, so no digest.
    """
    parts = lines(disclosure.activities)
    amount = column(amounts(disclosure, parts))
    whole = amount.readings.get(TOTAL)
    total = amount.figure(TOTAL)
    emissions = disclosure.totals.emissions
    hexadecimal = digest(disclosure)
    speech = Speech(
        model=wording.model_name(disclosure),
        headline=wording.HEADLINES[disclosure.totals.headline],
        amount=total,
        scope=serving.scope(disclosure.activities),
        quality=quality(disclosure, parts),
        rows=rows(disclosure, parts, amount, axis.end(whole) if whole else None),
        left_out=leavings.sentence(disclosure.left_out, amount),
        contexts=contexts(disclosure, parts),
        declared=wording.declared(disclosure.verified),
        verifier=wording.named(disclosure.verified.by) if disclosure.verified else "",
        warnings=notices.warnings(disclosure),
    )
    return Face(
        title=say(TITLE),
        model=speech.model,
        size=wording.size(disclosure.subject.parameters),
        serving=serving.serving(disclosure.activities),
        runs=wording.runs(disclosure.activities),
        per=serving.per(disclosure.activities),
        headline=speech.headline,
        value=total.value if total else None,
        unit=amount.unit,
        range=_range(total),
        range_short=total.range if total else "",
        basis=emissions.basis if isinstance(emissions, Estimate) else NOT_REPORTED,
        axis=axis.axis(whole) if whole else None,
        rows=tuple(speech.rows),
        left_out=leavings.items(disclosure.left_out, amount),
        left_out_sentence=speech.left_out,
        contexts=tuple(speech.contexts),
        quality=speech.quality,
        declared=speech.declared,
        footnotes=tuple(_footnotes(disclosure, amount, hexadecimal)),
        warnings=tuple(speech.warnings),
        alt=alt(speech),
        description=description(speech),
        method=story.method(disclosure, parts, amount),
        findings=notices.findings(disclosure),
        digest=hexadecimal,
        generator=_generator(disclosure),
        issued=disclosure.issued.isoformat() if disclosure.issued else "",
    )


def _range(total: Figure | None) -> str:
    if total is None:
        return ""
    if total.ends is None:
        return say("range not declared")
    low, high = total.ends
    return f"{between(low, joined(high, total.unit))} ({joined('95', '%')})"


def _footnotes(disclosure: Disclosure, amount: Column, hexadecimal: str) -> Iterator[str]:
    yield say("No offsets or market-based claims are deducted.")
    yield wording.declared(disclosure.verified)
    yield from notices.waived(disclosure)
    origin = citing.origin(disclosure)
    if origin:
        yield say("Source: {origin}.", origin=origin)
    if amount.summed:
        yield say("Sums are those of the rounded rows.")
    yield say(
        "{generator} · disclosure sha256 {digest}",
        generator=_generator(disclosure),
        digest=wording.fingerprint(hexadecimal),
    )


def _generator(disclosure: Disclosure) -> str:
    made = disclosure.generator
    return wording.named(f"{made['name']} {made['version']}")
