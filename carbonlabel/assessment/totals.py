"""I add up the rows of all activities, and say how sure the sum is and why it is not surer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from carbonlabel.assessment.ledger import Figure, Ledger, derived, pointer_of
from carbonlabel.method.basis import shares_ratio, sum_basis
from carbonlabel.method.propagate import Spread, Term
from carbonlabel.model.disclosure import Activity, Doubt, Headline, PartName, Totals, WaterSide
from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.model.evidence import TRAINING, Phase
from carbonlabel.model.units import Unit

_THOUSANDTHS: Final = 3
_STANDARD: Final = frozenset({"accelerators", "host", "computing", "overhead", "manufacture"})


@dataclass(frozen=True, slots=True)
class Account:
    """The figures of one activity, kept apart by what they count."""

    phase: Phase
    energy: Mapping[PartName, Figure]
    electricity: Mapping[PartName, Figure]
    manufacture: Figure | Missing
    water: Mapping[WaterSide, Figure | Missing] = field(default_factory=dict)
    minerals: Figure | None = None


def totals(accounts: Sequence[Account], activities: Sequence[Activity], ledger: Ledger) -> Totals:
    """The sums over all activities, with the headline's word."""
    electricity = [figure for account in accounts for figure in account.electricity.values()]
    making = [each.manufacture for each in accounts if isinstance(each.manufacture, Figure)]
    emissions = _added([*electricity, *making], "gCO2e", ledger)
    no_power = Missing(missing="not-measured", reason=_why(activities, _STANDARD - {"manufacture"}))
    no_making = Missing(missing="not-stated", reason=_why(activities, {"manufacture"}))
    energy = [figure for account in accounts for figure in account.energy.values()]
    return Totals(
        headline=_headline(activities, known=emissions is not None),
        emissions=emissions or no_power,
        electricity=_added(electricity, "gCO2e", ledger) or no_power,
        training=_training(accounts, ledger),
        rows=_rows(accounts, ledger) or None,
        manufacture=_added(making, "gCO2e", ledger) or no_making,
        energy=_added(energy, "kWh", ledger) or no_power,
        water=_water(accounts, ledger) or None,
        minerals=_added([each.minerals for each in accounts if each.minerals], "kgSbeq", ledger),
        shares=_shares([*electricity, *making], ledger),
        doubt=_doubt([*electricity, *making], ledger),
    )


def _terms(figures: Iterable[Figure]) -> list[Term]:
    return [term for figure in figures for term in figure.terms]


def _amounts(figures: Iterable[Figure], ledger: Ledger) -> list[tuple[Basis, float]]:
    return [(figure.basis, ledger.spread(figure.terms).value) for figure in figures]


def _added(figures: Sequence[Figure], unit: Unit, ledger: Ledger) -> Estimate | None:
    if not figures:
        return None
    return derived(
        ledger.spread(_terms(figures)), unit, sum_basis(_amounts(figures, ledger)), "sum"
    )


def _rows(accounts: Sequence[Account], ledger: Ledger) -> dict[PartName, Estimate]:
    """Each part that several activities have: only together is its interval known."""
    found: dict[PartName, list[Figure]] = {}
    for account in accounts:
        for part, figure in account.electricity.items():
            found.setdefault(part, []).append(figure)
    sums = {part: _added(each, "gCO2e", ledger) for part, each in found.items() if len(each) > 1}
    return {part: each for part, each in sums.items() if each is not None}


def _water(accounts: Sequence[Account], ledger: Ledger) -> dict[WaterSide, Estimate | Missing]:
    """Each side over the activities that know it; missing, with all reasons, where none does."""
    found: dict[WaterSide, list[Figure | Missing]] = {}
    for account in accounts:
        for side, litres in account.water.items():
            found.setdefault(side, []).append(litres)
    return {side: _known(litres, "L", ledger) for side, litres in found.items()}


def _known(figures: Sequence[Figure | Missing], unit: Unit, ledger: Ledger) -> Estimate | Missing:
    summed = _added([each for each in figures if isinstance(each, Figure)], unit, ledger)
    gaps = [each for each in figures if isinstance(each, Missing)]
    reasons = "; ".join(dict.fromkeys(gap.reason for gap in gaps))
    return summed or Missing(missing=gaps[0].missing, reason=reasons)


def _training(accounts: Sequence[Account], ledger: Ledger) -> Estimate | None:
    training = [account for account in accounts if account.phase in TRAINING]
    if len(training) in {0, len(accounts)}:
        return None
    figures = [figure for account in training for figure in account.electricity.values()]
    return _added(figures, "gCO2e", ledger)


def _headline(activities: Sequence[Activity], *, known: bool) -> Headline:
    if not known:
        return "not reported"
    return "at least" if next(_gaps(activities, _STANDARD), None) else "total"


def _gaps(activities: Sequence[Activity], rows: Iterable[str]) -> Iterator[Missing]:
    return (
        part.emissions
        for activity in activities
        for part in activity.parts
        if part.part in rows
        and isinstance(part.emissions, Missing)
        and part.emissions.missing != "not-applicable"
    )


def _why(activities: Sequence[Activity], rows: Iterable[str]) -> str:
    reasons = dict.fromkeys(gap.reason for gap in _gaps(activities, rows))
    return "; ".join(reasons) or "nothing was declared"


def _shares(figures: Sequence[Figure], ledger: Ledger) -> dict[Basis, float]:
    """Shares of the emissions by basis in thousandths; what rounding leaves goes to the largest."""
    if not figures:
        return {}
    exact = shares_ratio(_amounts(figures, ledger))
    rounded = {basis: round(share, _THOUSANDTHS) for basis, share in exact.items()}
    largest = max(exact, key=exact.__getitem__)
    rest = 1 - sum(share for basis, share in rounded.items() if basis != largest)
    return {**rounded, largest: round(rest, _THOUSANDTHS)} if any(exact.values()) else rounded


def _doubt(figures: Sequence[Figure], ledger: Ledger) -> tuple[Doubt, ...]:
    spread: Spread = ledger.spread(_terms(figures))
    return tuple(
        Doubt(
            of=pointer_of(each.name),
            low=round(each.low, _THOUSANDTHS),
            high=round(each.high, _THOUSANDTHS),
            share=round(each.share, _THOUSANDTHS),
        )
        for each in spread.deviations
    )
