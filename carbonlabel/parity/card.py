"""I hold a model card to the disclosure that it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from carbonlabel.documents import hub
from carbonlabel.linting import Declaration, declared
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.provenance import Finding
from carbonlabel.parity.difference import Difference
from carbonlabel.record.canonical import digest
from carbonlabel.rules import slips
from carbonlabel.rules.comparison import said, shown
from carbonlabel.rules.tolerance import half_unit

_CARD_RATIO: Final = 1e-5
"""Six significant digits stand on a card."""
_MOST_DIGITS: Final = 6
_SMALLEST_GCO2E: Final = 0.0001
_EMISSIONS: Final = "/totals/electricity"
_ENERGY: Final = "/totals/energy"
_PREFIX: Final = frozenset[slips.Kind]({"prefix"})
_REFERENCE: Final = re.compile(r"#jcs-sha256=(?P<digest>[0-9a-f]{64})")
_KEPT: Final = frozenset(
    {"card-unreadable", "yaml-broken", "front-matter-open", "label-broken", "label-stale"}
    | {"body-disagrees", "unit-slip-1000", "unit-slip-1000000"}
)
"""What the lint of a card finds that is about agreement, or keeps it from being seen."""
_EMBED: Final = "carbonlabel embed README.md carbon.json"


def differences(disclosure: Disclosure, content: bytes, name: str) -> Iterator[Difference]:
    """What the card says otherwise: figure, energy, digest, and its text against its metadata."""
    card = declared(content, name)
    yield from _emissions(disclosure, card)
    yield from _energy(disclosure, card)
    yield from _digest(disclosure, card)
    for entry in card.findings:
        if entry.code in _KEPT:
            told = Finding(
                code=entry.code,
                severity=entry.severity,
                place="",
                message=entry.message,
                expected=entry.expected,
                found=entry.found,
                suggestion=entry.suggestion,
            )
            yield Difference(told, entry.line, entry.column)


def _emissions(disclosure: Disclosure, card: Declaration) -> Iterator[Difference]:
    ours, theirs = hub.emissions(disclosure), card.figure_gco2e
    withheld = hub.withheld(disclosure)
    if withheld is not None and theirs is not None:
        yield Difference(_unfounded(float(theirs), withheld), card.line, card.column)
    if ours is None or ours.value < _SMALLEST_GCO2E:
        return
    if theirs is None:
        yield Difference(_without_figure(ours), card.line, card.column)
        return
    value = float(theirs)
    if _near(value, ours.value):
        yield from _exact(card, theirs, ours)
        return
    yield Difference(_figure_differs(value, ours), card.line, card.column)


def _without_figure(ours: Estimate) -> Finding:
    return Finding(
        code="card-without-figure",
        severity="warning",
        place=_EMISSIONS,
        message="The card has no figure that programs can read.",
        expected=shown(ours.value, "g"),
        suggestion=_EMBED,
    )


def _unfounded(value: float, withheld: hub.Withheld) -> Finding:
    return Finding(
        code="card-figure-differs",
        severity="error",
        place=_EMISSIONS,
        message=f"The card declares a figure, and that of the disclosure is {withheld}.",
        expected="no figure",
        found=shown(value, "g"),
        suggestion=_EMBED,
    )


def _figure_differs(value: float, ours: Estimate) -> Finding:
    slip = slips.named(lambda other: _near(other, ours.value, loose=True), value, kinds=_PREFIX)
    words = slip.words if slip else None
    return Finding(
        code="card-unit-slip" if slip else "card-figure-differs",
        severity="error",
        place=_EMISSIONS,
        message=said("The figure on the card is not that of the disclosure", words),
        expected=shown(ours.value, "g"),
        found=shown(value, "g"),
        suggestion=_EMBED,
    )


def _exact(card: Declaration, theirs: Decimal, ours: Estimate) -> Iterator[Difference]:
    digits = len(theirs.normalize().as_tuple().digits)
    if digits <= _MOST_DIGITS:
        return
    told = Finding(
        code="card-too-exact",
        severity="note",
        place=_EMISSIONS,
        message="The card prints more digits than anybody can know.",
        expected=f"at most {_MOST_DIGITS} digits: {shown(ours.value, 'g')}",
        found=f"{theirs:f} g",
        suggestion=_EMBED,
    )
    yield Difference(told, card.line, card.column)


def _energy(disclosure: Disclosure, card: Declaration) -> Iterator[Difference]:
    ours, theirs = hub.energy(disclosure), card.energy_kwh
    if ours is None or theirs is None or _near(float(theirs), ours.value):
        return
    slip = slips.named(
        lambda other: _near(other, ours.value, loose=True), float(theirs), kinds=_PREFIX
    )
    told = Finding(
        code="card-energy-differs",
        severity="error",
        place=_ENERGY,
        message=said(
            "The energy on the card is not that of the disclosure", slip.words if slip else None
        ),
        expected=shown(ours.value, "kWh"),
        found=shown(float(theirs), "kWh"),
        suggestion=_EMBED,
    )
    yield Difference(told, card.line, card.column)


def _digest(disclosure: Disclosure, card: Declaration) -> Iterator[Difference]:
    named = _REFERENCE.search(dict(card.others).get("disclosure", ""))
    ours = digest(disclosure)
    if named is not None and named["digest"] != ours:
        told = Finding(
            code="card-digest-differs",
            severity="error",
            place="",
            message="The card names the digest of another disclosure.",
            expected=ours,
            found=named["digest"],
            suggestion=_EMBED,
        )
        yield Difference(told, card.line, card.column)


def _near(found: float, expected: float, *, loose: bool = False) -> bool:
    """Whether the card's digits are those of the figure; loosely, within half a percent."""
    ratio = 0.005 if loose else _CARD_RATIO
    return abs(found - expected) <= max(ratio * expected, half_unit(found))
