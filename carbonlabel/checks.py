"""I check a disclosure against its own arithmetic and against what is possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.provenance import Finding, Severity
from carbonlabel.rules import (
    bands,
    citations,
    completeness,
    crosscheck,
    dates,
    power,
    products,
    sums,
    water,
)

Rule = Callable[[Disclosure], Iterator[Finding]]

RULES: Final[tuple[Rule, ...]] = (
    sums.sums,
    sums.shares,
    sums.doubt,
    products.emissions,
    products.cooling,
    products.manufacture,
    water.water,
    bands.bands,
    power.idle_machines,
    power.rated_power,
    dates.periods,
    dates.years,
    completeness.headline,
    completeness.parts,
    completeness.outside,
    completeness.pue,
    completeness.placeholders,
    citations.sources,
    citations.places,
    crosscheck.tracker,
    crosscheck.stored,
)
"""Every rule; the first sentence of its docstring is what it demands."""
_ORDER: Final[tuple[Severity, ...]] = ("error", "warning", "note")


def check(disclosure: Disclosure) -> tuple[Finding, ...]:
    """What breaks a rule, errors first; the disclosure is recomputed and stays as it is."""
    found = dict.fromkeys(each for rule in RULES for each in rule(disclosure))
    return tuple(sorted(found, key=lambda each: _ORDER.index(each.severity)))
