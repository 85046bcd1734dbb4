"""I say what the model was made from, and what its base models declare: beside, never added."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.documents import wording
from carbonlabel.documents.anatomy import Context, Method
from carbonlabel.documents.numbers import figure
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.lineage import Ancestor, Relation

_NAME: Final = "Base model"
_HEADING: Final = "Made from"
_MOST: Final = 3
_LONGEST: Final = 44
_SHA256_SHOWN: Final = 12
_MADE: Final[dict[Relation, str]] = {
    "finetune": "fine-tuned",
    "adapter": "an adapter of it",
    "merge": "merged",
    "quantized": "quantised",
    "distilled": "distilled",
}


def contexts(disclosure: Disclosure) -> Iterator[Context]:
    """A line for each direct base, with what it declares; of more than three, how many more."""
    direct = [each for each in disclosure.lineage or () if each.child is None]
    for place, each in enumerate(direct[:_MOST], start=1):
        rest = len(direct) - _MOST
        more = f", and {rest} more" if place == _MOST and rest > 0 else ""
        yield _context(each, more)


def methods(disclosure: Disclosure) -> Iterator[Method]:
    """The whole chain, each model with its own figure; nothing where no base is named."""
    chain = disclosure.lineage or ()
    if chain:
        told = "; ".join(map(_told, chain))
        text = f"{told}. Own and inherited footprint are never added."
        yield Method(heading=_HEADING, text=text)
    elif disclosure.subject.base_models:
        bases = wording.listed(wording.named(each) for each in disclosure.subject.base_models)
        yield Method(heading=_HEADING, text=f"{bases}; their footprint is not part of this.")


def _context(ancestor: Ancestor, more: str) -> Context:
    note = f"{wording.named(ancestor.model, _LONGEST)}, not added{more}"
    if not isinstance(ancestor.emissions, Estimate):
        return Context(name=_NAME, note=note)
    told = figure(ancestor.emissions)
    return Context(
        name=_NAME,
        note=note,
        value=told.value,
        unit=told.unit,
        range=told.range,
        basis=ancestor.emissions.basis,
    )


def _told(ancestor: Ancestor) -> str:
    name = wording.named(ancestor.model)
    child = f"{wording.named(ancestor.child)} made from " if ancestor.child else ""
    made = f" ({_MADE[ancestor.relation]})" if ancestor.relation else ""
    return f"{child}{name}{made}, {_amount(ancestor)}{_proof(ancestor)}"


def _amount(ancestor: Ancestor) -> str:
    if not isinstance(ancestor.emissions, Estimate):
        return f"not reported, {wording.sentence(ancestor.emissions.reason)}"
    told = figure(ancestor.emissions)
    span = f" ({told.range})" if told.range else ""
    return f"electricity of its training {told.text}{span}"


def _proof(ancestor: Ancestor) -> str:
    return f", disclosure sha256 {ancestor.digest[:_SHA256_SHOWN]}" if ancestor.digest else ""
