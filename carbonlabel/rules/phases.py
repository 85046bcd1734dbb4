"""I ask which phases of a model's life a total is of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.phases import TRAINING, Phase
from carbonlabel.model.provenance import Finding
from carbonlabel.rules.rows import known, rows

_LIFE: Final[tuple[tuple[str, frozenset[Phase]], ...]] = (
    ("data preparation", frozenset({"data_collection", "data_preparation", "synthetic_data"})),
    ("experiments", frozenset({"experimentation"})),
    ("evaluation", frozenset({"evaluation"})),
    ("use", frozenset({"deployment", "inference"})),
)
_WORDS: Final = {
    "data preparation": ("data",),
    "experiments": ("experiment", "failed", "development"),
    "evaluation": ("evaluation",),
    "use": ("inference", "deployment", "use of the model"),
}


def split(disclosure: Disclosure) -> Iterator[Finding]:
    """Training has a figure of its own where other phases stand beside it."""
    electric = [row for row in rows(disclosure) if row.is_electricity]
    trained = [row for row in electric if row.activity.phase in TRAINING]
    is_mixed = any(row.activity.phase not in TRAINING for row in electric)
    if is_mixed and known(row.part.emissions for row in trained) and not disclosure.totals.training:
        yield Finding(
            code="training-not-split",
            severity="error",
            place="/totals",
            message="The total holds training and other phases, and training has no figure.",
            expected="totals.training",
            suggestion="assess again: a total of training and use is not that of training",
        )


def named(disclosure: Disclosure) -> Iterator[Finding]:
    """Each phase of the model's life is in the total or under Left out."""
    told = "; ".join(each.what for each in disclosure.left_out).casefold()
    phases = {activity.phase for activity in disclosure.activities}
    silent = [
        name
        for name, members in _LIFE
        if not phases & members and not any(word in told for word in _WORDS[name])
    ]
    if silent:
        yield Finding(
            code="phases-not-declared",
            severity="note",
            place="/left_out",
            message="Nothing is said of other phases of the model's life.",
            expected="each phase in the total or under Left out",
            found=f"nothing on {', '.join(silent)}",
            suggestion="assess their logs too, or say in the card that they are not counted",
        )
