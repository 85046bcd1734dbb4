"""I am a number that admits its doubt, and the value that says there is none."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

from carbonlabel.model.units import Unit

Basis = Literal["measured", "estimated", "assumed"]
MissingKind = Literal[
    "not-measured", "not-stated", "not-applicable", "not-assessed", "withheld", "confidential"
]


class Model(BaseModel):
    """A frozen noun that refuses unknown keys, loose types, NaN and infinity."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Missing(Model):
    """Nobody declared it: never zero, never null, always a reason."""

    missing: MissingKind
    """Why it is missing, as a word."""
    reason: str
    """Why it is missing, as a sentence."""


class Estimate(Model):
    """A quantity with its 95 % interval, its basis, and where it came from.

    Exactly one of `source` (it was given) and `formula` (it was computed).
    """

    value: float
    """The figure, in `unit`; never negative."""
    low: float | None = None
    """Lower end of the 95 % interval, in `unit`; absent with `high` when no range was declared."""
    high: float | None = None
    """Upper end of the 95 % interval, in `unit`."""
    unit: Unit
    """The unit of value, low and high; the field in which the quantity stands fixes it."""
    basis: Basis
    """How it was obtained: read from a meter, worked out from activity data, or a default."""
    year: int | None = None
    """The year that the figure describes."""
    source: str | None = None
    """Key in `inputs` or `sources` of what gave the figure."""
    formula: str | None = None
    """How the figure was computed, in the names of the fields beside it."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for broken, why in (
            (
                (self.source is None) == (self.formula is None),
                "has a source or a formula, not both",
            ),
            ((self.low is None) != (self.high is None), "has low and high, or neither"),
            (self.value < 0, "is never negative"),
        ):
            if broken:
                raise ValueError(f"a quantity {why}")
        if self.low is not None and self.high is not None:
            _encloses(self.low, self.value, self.high)
        return self


def _encloses(low: float, value: float, high: float) -> None:
    if not 0 <= low <= value <= high:
        raise ValueError("an interval contains its value and is never negative")


def _measured_in(unit: Unit) -> AfterValidator:
    # One class of quantity and one check per place: a subclass per unit costs start-up time.
    def check(quantity: Estimate) -> Estimate:
        if quantity.unit != unit:
            raise ValueError(f"this quantity is in {unit}, not in {quantity.unit}")
        return quantity

    return AfterValidator(check)


Energy = Annotated[Estimate, _measured_in("kWh")]
Carbon = Annotated[Estimate, _measured_in("gCO2e")]
Intensity = Annotated[Estimate, _measured_in("gCO2e/kWh")]
Ratio = Annotated[Estimate, _measured_in("ratio")]
WaterUse = Annotated[Estimate, _measured_in("L/kWh")]
Time = Annotated[Estimate, _measured_in("s")]
Flop = Annotated[Estimate, _measured_in("FLOP")]
FlopRate = Annotated[Estimate, _measured_in("FLOP/s")]
Water = Annotated[Estimate, _measured_in("L")]
Minerals = Annotated[Estimate, _measured_in("kgSbeq")]
MaybeEnergy = Energy | Missing
MaybeCarbon = Carbon | Missing
MaybeRatio = Ratio | Missing
MaybeWaterUse = WaterUse | Missing
MaybeTime = Time | Missing
MaybeFlop = Flop | Missing
MaybeFlopRate = FlopRate | Missing
MaybeWater = Water | Missing
MaybeMinerals = Minerals | Missing
