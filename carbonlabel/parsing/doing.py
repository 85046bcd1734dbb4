"""I read what a person says on the command line of the work of all runs together."""

from __future__ import annotations

from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import Work
from carbonlabel.model.provenance import Source
from carbonlabel.model.units import Unit
from carbonlabel.parsing import serving
from carbonlabel.parsing.quantities import quantity
from carbonlabel.parsing.sizes import size

TYPED: Final = "typed"
"""The key of `sources` for what was typed on the command line."""
_BY_FLAG: Final = "stated on the command line"


def work(
    *,
    tokens: str | None = None,
    flop: str | None = None,
    mfu: str | None = None,
    served: str | None = None,
) -> Work:
    """The work that these texts say: `4T`, `3.8e25`, `40 %`, `230768 requests`.

    Raises:
        MalformedInput: a text says no such thing.

    >>> work(tokens="4T").tokens
    4000000000000.0
    """
    operations = _stated(flop, "FLOP", "--flop", bare="FLOP")
    utilisation = _stated(mfu, "ratio", "--mfu")
    if utilisation and not 0 < utilisation.value <= 1:
        raise MalformedInput(
            f"{utilisation.value:g} is no utilisation",
            where="--mfu",
            hint="the operations done ÷ those possible, above 0 and at most 1",
        )
    cites = operations or utilisation
    return Work(
        tokens=size(tokens, where="--tokens") if tokens else None,
        flop=operations,
        mfu=utilisation,
        served=serving.served(served, where="--served") if served else None,
        sources={TYPED: Source(title=_BY_FLAG)} if cites else {},
    )


def _stated(text: str | None, unit: Unit, where: str, bare: str | None = None) -> Estimate | None:
    if text is None:
        return None
    return quantity(text, unit, where=where, bare=bare).estimate("estimated", TYPED)
