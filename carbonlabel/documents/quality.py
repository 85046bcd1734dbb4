"""I say how much of the total was measured, estimated and assumed, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from carbonlabel.documents.anatomy import Quality
from carbonlabel.documents.language import marked, say
from carbonlabel.documents.numbers import decimal, percentages, total
from carbonlabel.documents.sums import Line
from carbonlabel.documents.wording import BASES
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Basis, Estimate

_BASES: Final[tuple[Basis, ...]] = ("measured", "estimated", "assumed")
_SHARES: Final = marked("Share of the total, by how each row was obtained.")
_ALL: Final = 100


def quality(disclosure: Disclosure, parts: Sequence[Line]) -> Quality:
    """The word, the three percentages and the reason."""
    shares = disclosure.totals.shares
    percents = percentages([shares.get(basis, 0.0) for basis in _BASES])
    if not percents:
        nothing = say("No amount is reported.")
        return Quality(word=BASES["not reported"], shares=(), reason=(nothing,))
    paired = tuple(zip(_BASES, percents, strict=True))
    return Quality(
        word=_word(shares, paired),
        shares=paired,
        reason=(say(_SHARES), *_reasons(disclosure, parts)),
    )


def _word(shares: Mapping[Basis, float], percents: Sequence[tuple[Basis, int]]) -> str:
    alone = [basis for basis, percent in percents if percent == _ALL]
    if alone:
        return BASES[alone[0]]
    exact = {basis: decimal(shares.get(basis, 0.0)) for basis in _BASES}
    half = total(list(exact.values())) / 2
    if exact["measured"] >= half:
        return say("mostly measured")
    known = exact["measured"] + exact["estimated"]
    return say("mostly estimated") if known >= half else say("mostly assumed")


def _reasons(disclosure: Disclosure, parts: Sequence[Line]) -> Iterator[str]:
    bases = set(_energy_bases(disclosure))
    grids = {activity.region.intensity.basis for activity in disclosure.activities}
    if bases == {"measured"}:
        yield _measured_energy(grids)
    elif "measured" in bases:
        part = say("Energy was measured in part, the rest comes from a model or a default.")
        yield part + _default_grid(grids)
    elif bases:
        yield say("Energy is not a meter reading.") + _default_grid(grids)
    made = [line for line in parts if line.part == "manufacture" and line.basis == "assumed"]
    if made:
        yield say("Hardware manufacture rests on published averages.")


def _measured_energy(grids: set[Basis]) -> str:
    if "assumed" in grids:
        return say("Energy was measured, but the grid factor is a default.")
    if "estimated" in grids:
        return say("Energy was measured; the grid factor is an average of the year.")
    return say("Energy and grid factor were measured.")


def _default_grid(grids: set[Basis]) -> str:
    return f" {say('The grid factor is a default.')}" if "assumed" in grids else ""


def _energy_bases(disclosure: Disclosure) -> Iterator[Basis]:
    for activity in disclosure.activities:
        for row in activity.parts:
            if isinstance(row.energy, Estimate) and row.part != "overhead":
                yield row.energy.basis
