"""I am what a model in use did: how many units of which work, and what one unit takes."""

from typing import Annotated, Literal

from pydantic import Field

from carbonlabel.model.estimate import (
    MaybeCarbon,
    MaybeEnergy,
    MaybeRatio,
    MaybeWater,
    Model,
)

FunctionalUnit = Literal[
    "request",
    "token",
    "output token",
    "image",
    "second of audio",
    "second of video",
    "page",
    "sample",
]
Statistic = Literal["mean", "median", "p90"]


def plural(unit: FunctionalUnit) -> str:
    """Several of a unit, in words.

    >>> plural("second of audio"), plural("output token")
    ('seconds of audio', 'output tokens')
    """
    first, of, rest = unit.partition(" of ")
    return f"{first}s{of}{rest}"


class Workload(Model):
    """What an activity served, and what one functional unit takes: a rate always has its totals."""

    unit: FunctionalUnit
    """What is counted."""
    count: Annotated[float, Field(gt=0)]
    """How many units the energy of the activity served."""
    per: Annotated[int, Field(ge=1)]
    """The figures below are for so many units: 1 000 000 tokens, 1 000 of the others; 1 where the
    energy is a median or another quantile, of which there are no multiples."""
    statistic: Statistic
    """What the energy is of the single units: a mean follows from the totals, others are stated."""
    task: str | None = None
    """What was asked of the model, such as `text-generation`."""
    batch: Annotated[int, Field(ge=1)] | None = None
    """How many units were worked on together."""
    energy: MaybeEnergy
    """Electricity of `per` units, in kWh."""
    emissions: MaybeCarbon
    """Electricity of `per` units, location-based, in gCO2e."""
    water: MaybeWater | None = None
    """On site and off site together, for `per` units, in L."""
    break_even: MaybeRatio | None = None
    """How many units emit as much as the training did; only where both are in the disclosure."""
