"""I am the work of the machines in operations, and how well they were used."""

from typing import Annotated, Literal

from pydantic import Field

from carbonlabel.model.estimate import (
    Flop,
    MaybeFlop,
    MaybeFlopRate,
    MaybeRatio,
    MaybeTime,
    Model,
)

FlopMethod = Literal["6ND", "hardware", "counted", "stated"]


class Compute(Model):
    """Device-hours, operations and model FLOP utilisation of one activity."""

    device_time: MaybeTime
    """Σ over the accelerators of the time each was in use, in s."""
    tokens: Annotated[float, Field(gt=0)] | None = None
    """How many tokens were trained on."""
    flop: MaybeFlop
    """Floating-point operations of the work."""
    method: FlopMethod | None = None
    """How `flop` was found: 6 × parameters × tokens, peak × utilisation × time, a counter, or a
    statement."""
    flop_per_parameter: Flop | None = None
    """Operations for each parameter and token: 2 forward and 4 backward, and how far it may be
    off; only where `flop` follows from it."""
    peak: MaybeFlopRate | None = None
    """Dense 16-bit peak of one accelerator, as its maker states it, in FLOP/s."""
    mfu: MaybeRatio | None = None
    """Model FLOP utilisation: flop ÷ (device time × peak); given where `flop` follows from it."""
