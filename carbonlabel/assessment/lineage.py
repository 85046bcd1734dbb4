"""I list the models that the subject was made from, with what they declare; I add nothing up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from carbonlabel.assessment.citations import Citations
from carbonlabel.errors import InputError
from carbonlabel.model.disclosure import Disclosure, Subject
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import TRAINING
from carbonlabel.model.lineage import Ancestor, Relation
from carbonlabel.model.provenance import Finding

if TYPE_CHECKING:
    from carbonlabel.model.base import Base

KEY: Final = "base"
"""The key of `inputs` under which the first base's disclosure is cited; then base-2 and so on."""
_NAMED_ONLY: Final = Missing(
    missing="not-stated", reason="no disclosure of the base model was given"
)


def named(subject: Subject, bases: Sequence[Base], relation: Relation | None) -> Subject:
    """The subject with its base models and how it was made from them.

    Raises:
        InputError: a base is the subject itself, its file says another relation, or there is none
            to have a relation to.
    """
    if not bases and relation:
        raise InputError("a relation is to a base model, and none is named", hint="--base-model")
    if not bases:
        return subject
    if subject.model in {base.model for base in bases}:
        raise InputError(
            f"{subject.model} is named as its own base model",
            hint="--model is what was made, --base-model what it was made from",
        )
    read = {base.relation for base in bases if base.relation}
    if len(read | ({relation} if relation else set())) > 1:
        raise InputError(
            f"the relation is {relation or ' and '.join(sorted(read))}, and a base model's file "
            f"says {', '.join(sorted(read))}",
            hint="leave --relation out, or name the file of another model",
        )
    return subject.model_copy(
        update={
            "base_models": tuple(dict.fromkeys(base.model for base in bases)),
            "relation": relation or next(iter(read), None) or subject.relation,
        }
    )


def lineage(
    bases: Sequence[Base], relation: Relation | None, citations: Citations
) -> tuple[Ancestor, ...]:
    """Each base with the chain that it declares itself."""
    found: list[Ancestor] = []
    for base in bases:
        key = _cite(base, citations)
        found.append(
            Ancestor(
                model=base.model,
                relation=base.relation or relation,
                emissions=_inherited(_declared(base), key),
                digest=base.digest,
            )
        )
        found += _above(base, key)
    return tuple(dict.fromkeys(found))


def double_counts(bases: Sequence[Base], citations: Citations) -> Iterator[Finding]:
    """Each log that a base's disclosure rests on as well: its energy is not the subject's own."""
    for base in bases:
        theirs = base.disclosure.inputs.values() if base.disclosure else ()
        counted = {file.sha256 for file in theirs}
        for key, own in citations.inputs.items():
            if own.sha256 in counted:
                yield Finding(
                    code="lineage-double-count",
                    severity="error",
                    place=f"/inputs/{key}",
                    message=f"This log is counted by the base model {base.model} already: its "
                    "energy is not that of making this model from it.",
                    found=own.file,
                    suggestion="name the logs of this model's own runs only",
                )


def _declared(base: Base) -> Estimate | Missing:
    return base.emissions if base.emissions is not None else training(base.disclosure)


def training(disclosure: Disclosure | None) -> Estimate | Missing:
    """The electricity of a disclosure's training, location-based, in gCO2e."""
    if disclosure is None:
        return _NAMED_ONLY
    totals = disclosure.totals
    if totals.headline == "planned":
        return Missing(missing="not-stated", reason="its disclosure is of a run that is planned")
    if totals.training is not None:
        return totals.training
    if all(activity.phase in TRAINING for activity in disclosure.activities):
        return totals.electricity
    return Missing(missing="not-stated", reason="its disclosure is not of a training")


def _cite(base: Base, citations: Citations) -> str:
    if base.input is None:
        return ""
    number = sum(key.partition("-")[0] == KEY for key in citations.inputs)
    key = f"{KEY}-{number + 1}" if number else KEY
    citations.take({key: base.input}, {})
    return key


def _inherited(quantity: Estimate | Missing, key: str) -> Estimate | Missing:
    """The figure as the base's file gives it."""
    if isinstance(quantity, Missing):
        return quantity
    return quantity.model_copy(update={"source": key, "formula": None})


def _above(base: Base, key: str) -> Iterable[Ancestor]:
    chain = base.disclosure.lineage or () if base.disclosure else ()
    for ancestor in chain:
        yield ancestor.model_copy(
            update={
                "child": ancestor.child or base.model,
                "emissions": _inherited(ancestor.emissions, key),
            }
        )
