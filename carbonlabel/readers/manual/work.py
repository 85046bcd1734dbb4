"""I read what a typed run did: tokens it trained on, operations, or what a model in use served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

from carbonlabel.errors import MalformedInput
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import TRAINING, Phase, Served
from carbonlabel.model.workload import FunctionalUnit, Statistic
from carbonlabel.parsing import serving
from carbonlabel.parsing.fields import Amount, Choice, Count, Field, Record, Words
from carbonlabel.parsing.quantities import Quantity
from carbonlabel.parsing.sizes import Size
from carbonlabel.parsing.yamlfile import Entry

UNIT: Final = Field(
    "unit", Choice(serving.UNITS), "What is counted: request, token, image …", is_required=True
)
SERVED_COUNT: Final = Field(
    "count", Size(), "How many of them the energy served: 230768, or 4M.", is_required=True
)
STATISTIC: Final = Field(
    "statistic",
    Choice(serving.STATISTICS),
    "mean, where the energy is that of all; median or p90, where it is that of one.",
)
TASK: Final = Field("task", Words(), "What was asked of the model, such as text-generation.")
BATCH: Final = Field("batch", Count(), "How many were worked on together.")
SERVED: Final = Field(
    "served",
    Record((UNIT, SERVED_COUNT, STATISTIC, TASK, BATCH)),
    "What the energy of a model in use served; the phase is then inference.",
)
TOKENS: Final = Field("tokens", Size(), "How many tokens were trained on: 4T.")
FLOP: Final = Field(
    "flop", Amount("FLOP", bare="FLOP"), "Floating-point operations of the training: 3.8e25."
)
MFU: Final = Field(
    "mfu", Amount("ratio"), "Model FLOP utilisation of the accelerators: 40 %, or 0.4."
)
FIELDS: Final = (SERVED, TOKENS, FLOP, MFU)
"""What a run may say of its work."""


@dataclass(frozen=True, slots=True)
class Worked:
    """What a run did, as its evidence holds it."""

    served: Served | None
    tokens: float | None
    flop: Estimate | None
    mfu: Estimate | None

    def phase(self, stated: Phase | None) -> Phase | None:
        """The phase that is stated; of a model that served, inference."""
        return stated or ("inference" if self.served else None)


def worked(entry: Entry, phase: Phase | None) -> Worked:
    """What the entry says of its run's work.

    Raises:
        MalformedInput: a training served, a median is of several, or the machines did more than
            they can.
    """
    record = SERVED.of(entry)
    if record is not None and phase in TRAINING:
        raise MalformedInput(
            "a training serves nobody",
            where=SERVED.place(entry),
            hint="state the use of the model as a run of its own, phase: inference",
        )
    return Worked(
        _served(record) if record else None,
        TOKENS.of(entry),
        _estimate(FLOP.of(entry)),
        _mfu(entry),
    )


def _served(record: Entry) -> Served:
    told = Served(
        unit=cast("FunctionalUnit", UNIT.need(record)),
        count=SERVED_COUNT.need(record),
        statistic=cast("Statistic", STATISTIC.of(record) or "mean"),
        task=TASK.of(record),
        batch=BATCH.of(record),
    )
    serving.check(told, where=record.where)
    return told


def _mfu(entry: Entry) -> Estimate | None:
    stated = MFU.of(entry)
    if stated and not 0 < stated.value <= 1:
        raise MalformedInput(
            f"{stated.value:g} is no utilisation",
            where=MFU.place(entry),
            hint="the operations done ÷ those possible, above 0 and at most 1",
        )
    return _estimate(stated)


def _estimate(stated: Quantity | None) -> Estimate | None:
    return stated.estimate("estimated", "log") if stated else None
