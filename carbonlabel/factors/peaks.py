"""I am how fast the accelerators we know can multiply matrices at most."""

from __future__ import annotations

from typing import NamedTuple

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import devices, rows


class Peak(NamedTuple):
    """The dense 16-bit peak of one accelerator, from the least to the most its name may mean."""

    flop_per_s: float
    low_flop_per_s: float
    high_flop_per_s: float
    source: str


def find(name: str) -> Peak:
    """The peak of the accelerator that a driver or a tracker prints as `name`.

    Only dense figures of matrix units in bf16 or fp16 are shipped: no sparsity, no 8 bits, and
    none of vector units, which are several times lower.

    Raises:
        MissingFactor: no accelerator has such a name, or its peak is not known.
    """
    match = devices.find(name)
    row = rows.only("peaks.csv", match.row.id)
    if row is None:
        raise MissingFactor(f"no dense 16-bit peak of {match.row.name} is known")
    others = [each for each in (rows.only("peaks.csv", id_) for id_ in match.ambiguous) if each]
    reached = [float(each["peak_flop_per_s"]) for each in (row, *others)]
    return Peak(reached[0], min(reached), max(reached), row["source"])
