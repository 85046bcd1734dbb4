"""I say what the model was made from, and what its base models declare: beside, never added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from carbonlabel.documents import wording
from carbonlabel.documents.anatomy import Context, Method
from carbonlabel.documents.language import Words, marked, say
from carbonlabel.documents.numbers import figure
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.lineage import Ancestor, Relation

NAME: Final = marked("Base model")
_HEADING: Final = marked("Made from")
_MOST: Final = 3
_LONGEST: Final = 44
_SHA256_SHOWN: Final = 12
_MADE: Final[Mapping[Relation, str]] = Words(
    {
        "finetune": "fine-tuned",
        "adapter": "an adapter of it",
        "merge": "merged",
        "quantized": "quantised",
        "distilled": "distilled",
    }
)


def contexts(disclosure: Disclosure) -> Iterator[Context]:
    """A line for each direct base, with what it declares; of more than three, how many more."""
    direct = [each for each in disclosure.lineage or () if each.child is None]
    for place, each in enumerate(direct[:_MOST], start=1):
        rest = len(direct) - _MOST
        yield _context(each, rest if place == _MOST else 0)


def methods(disclosure: Disclosure) -> Iterator[Method]:
    """The whole chain, each model with its own figure; nothing where no base is named."""
    chain = disclosure.lineage or ()
    if chain:
        told = say("; ").join(map(_told, chain))
        never = say("Own and inherited footprint are never added.")
        yield Method(heading=say(_HEADING), text=f"{told}. {never}")
    elif disclosure.subject.base_models:
        bases = wording.listed(wording.named(each) for each in disclosure.subject.base_models)
        text = say("{models}; their footprint is not part of this.", models=bases)
        yield Method(heading=say(_HEADING), text=text)


def _context(ancestor: Ancestor, rest: int) -> Context:
    note = say("{model}, not added", model=wording.named(ancestor.model, _LONGEST))
    if rest > 0:
        note = say("{note}, and {count} more", note=note, count=rest)
    if not isinstance(ancestor.emissions, Estimate):
        return Context(name=say(NAME), note=note)
    told = figure(ancestor.emissions)
    return Context(
        name=say(NAME),
        note=note,
        value=told.value,
        unit=told.unit,
        range=told.range,
        basis=ancestor.emissions.basis,
    )


def _told(ancestor: Ancestor) -> str:
    name = wording.named(ancestor.model)
    if ancestor.child:
        name = say("{child} made from {model}", child=wording.named(ancestor.child), model=name)
    made = f" ({_MADE[ancestor.relation]})" if ancestor.relation else ""
    return f"{name}{made}, {_amount(ancestor)}{_proof(ancestor)}"


def _amount(ancestor: Ancestor) -> str:
    if not isinstance(ancestor.emissions, Estimate):
        reason = wording.sentence(ancestor.emissions.reason)
        return say("not reported, {reason}", reason=reason)
    told = figure(ancestor.emissions)
    span = f" ({told.range})" if told.range else ""
    return say("electricity of its training {amount}", amount=f"{told.text}{span}")


def _proof(ancestor: Ancestor) -> str:
    if not ancestor.digest:
        return ""
    return say(", disclosure sha256 {digest}", digest=ancestor.digest[:_SHA256_SHOWN])
