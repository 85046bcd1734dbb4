"""I see to it that what a base model emitted is never told as the model's own."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.provenance import Finding
from carbonlabel.rules.comparison import shown

_SAME_RATIO: Final = 5e-7
"""Two trainings do not emit the same to six digits."""


def double_counts(disclosure: Disclosure) -> Iterator[Finding]:
    """The model's own figure is not that of a model it was made from."""
    totals = disclosure.totals
    own = totals.electricity if totals.training is None else totals.training
    if isinstance(own, Missing) or not own.value:
        return
    for number, ancestor in enumerate(disclosure.lineage or ()):
        inherited = ancestor.emissions
        if isinstance(inherited, Estimate) and _is_same(own.value, inherited.value):
            yield Finding(
                code="lineage-double-count",
                severity="error",
                place=f"/lineage/{number}/emissions",
                message=f"{ancestor.model}, from which the model was made, declares the very "
                "figure that stands as the model's own.",
                expected="the runs of this model alone",
                found=shown(inherited.value, "gCO2e"),
                suggestion="name the logs of this model's own runs only",
            )


def circles(disclosure: Disclosure) -> Iterator[Finding]:
    """No model is made from itself, and each of the chain is made into one that is there."""
    subject = disclosure.subject.model
    chain = disclosure.lineage or ()
    models = {ancestor.model for ancestor in chain}
    for number, ancestor in enumerate(chain):
        is_own = subject is not None and _name(ancestor.model) == subject
        is_loose = ancestor.child is not None and ancestor.child not in models
        if is_own or is_loose or ancestor.child == ancestor.model:
            yield Finding(
                code="lineage-broken",
                severity="error",
                place=f"/lineage/{number}",
                message="A model stands in its own lineage."
                if not is_loose
                else "The lineage tells of a model that nothing in it was made into.",
                found=ancestor.model if not is_loose else str(ancestor.child),
                suggestion="assess again with the base model's own carbon.json",
            )


def _is_same(own_gco2e: float, inherited_gco2e: float) -> bool:
    return math.isclose(own_gco2e, inherited_gco2e, rel_tol=_SAME_RATIO)


def _name(model: str) -> str:
    return model.partition("@")[0]
