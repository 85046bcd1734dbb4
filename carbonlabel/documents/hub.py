"""I am the one figure that a model hub shows: the electricity of training, in grams."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import Phase
from carbonlabel.rules.waiving import waiver_of

TRAINING_TYPES: Final[Mapping[Phase, str | None]] = {
    "training": None,
    "pretraining": "pre-training",
    "midtraining": "pre-training",
    "finetuning": "fine-tuning",
    "alignment": "fine-tuning",
    "distillation": "fine-tuning",
}
"""The Hub's word for each phase that counts as training; plain `training` has none."""


Withheld = Literal["planned", "implausible"]
"""Why a figure is not for the Hub."""


def emissions(disclosure: Disclosure) -> Estimate | None:
    """The electricity of the training phases in gCO2e, location-based.

    None if nobody knows it, and where it is not for the Hub: see `withheld`.
    """
    if withheld(disclosure) is not None:
        return None
    totals = disclosure.totals
    if totals.training is not None:
        return totals.training if isinstance(totals.training, Estimate) else None
    if not isinstance(totals.electricity, Estimate) or not _only_training(disclosure):
        return None
    return totals.electricity


def withheld(disclosure: Disclosure) -> Withheld | None:
    """Why a figure that is known is not for the Hub, which shows it without a word beside it.

    A run that is still to be has emitted nothing; a figure with an error on record that nobody
    answers for was drawn by force.
    """
    if disclosure.totals.headline == "planned":
        return "planned"
    waivers = disclosure.waivers or ()
    errors = (each for each in disclosure.findings if each.severity == "error")
    return "implausible" if any(waiver_of(each, waivers) is None for each in errors) else None


def energy(disclosure: Disclosure) -> Estimate | None:
    """The energy behind it in kWh; None where other phases share the sum."""
    known = disclosure.totals.energy
    return known if isinstance(known, Estimate) and _only_training(disclosure) else None


def training_type(disclosure: Disclosure) -> str | None:
    """`pre-training` or `fine-tuning`, where all training phases are of that kind."""
    phases = (activity.phase for activity in disclosure.activities)
    kinds = {TRAINING_TYPES[phase] for phase in phases if phase in TRAINING_TYPES}
    return kinds.pop() if len(kinds) == 1 else None


def trainings(disclosure: Disclosure) -> tuple[Activity, ...]:
    """The activities that the figure is of."""
    return tuple(each for each in disclosure.activities if each.phase in TRAINING_TYPES)


def _only_training(disclosure: Disclosure) -> bool:
    return trainings(disclosure) == disclosure.activities
