"""I turn what a model in use served into what one functional unit takes.

Of an activity that served `count` units with electricity of E kWh, `per` units take E × per ÷ count
(ISO/IEC 21031, R): a rate always stands beside its totals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from carbonlabel.assessment.ledger import Figure, Ledger
from carbonlabel.assessment.terms import basis_of, mapped, summed
from carbonlabel.assessment.totals import Account
from carbonlabel.method.basis import weakest
from carbonlabel.method.propagate import Term
from carbonlabel.method.rates import break_even_count, share_ratio
from carbonlabel.model.disclosure import Activity, WaterSide
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import TRAINING, Served
from carbonlabel.model.units import Unit
from carbonlabel.model.workload import FunctionalUnit, Workload

ENERGY: Final = "energy * per / count"
EMISSIONS: Final = "emissions * per / count"
WATER: Final = "(on_site + off_site) * per / count"
BREAK_EVEN: Final = "training * per / emissions"
_TOKENS: Final[frozenset[FunctionalUnit]] = frozenset({"token", "output token"})
_MANY: Final = 10**3
_VERY_MANY: Final = 10**6


def per(served: Served) -> int:
    """For how many units figures are given: a million tokens, a thousand of others, one median."""
    if served.statistic != "mean":
        return 1
    return _VERY_MANY if served.unit in _TOKENS else _MANY


def workload(served: Served, account: Account, ledger: Ledger) -> Workload:
    """What an activity served, with energy, emissions and water of so many units."""
    units = per(served)
    ratio = share_ratio(units, served.count)
    return Workload(
        unit=served.unit,
        count=served.count,
        per=units,
        statistic=served.statistic,
        task=served.task,
        batch=served.batch,
        energy=_rate(account.energy.values(), ratio, "kWh", ENERGY, ledger),
        emissions=_rate(account.electricity.values(), ratio, "gCO2e", EMISSIONS, ledger),
        water=_water(account.water, ratio, ledger),
    )


def with_break_even(
    activities: Sequence[Activity], accounts: Sequence[Account], ledger: Ledger
) -> tuple[Activity, ...]:
    """The activities, those in use with the units that emit as much as the training did."""
    trained = [
        figure
        for account in accounts
        if account.phase in TRAINING
        for figure in account.electricity.values()
    ]
    if not trained:
        return tuple(activities)
    return tuple(
        _compared(activity, account, trained, ledger)
        for activity, account in zip(activities, accounts, strict=True)
    )


def _rate(
    figures: Iterable[Figure], ratio: float, unit: Unit, formula: str, ledger: Ledger
) -> Estimate | Missing:
    every = tuple(figures)
    if not every:
        return Missing(missing="not-measured", reason="no energy is known")
    scaled = mapped(lambda total: total * ratio, summed(every))
    return ledger.estimate(Figure((scaled,), basis_of(every, ledger)), unit, formula)


def _water(
    sides: Mapping[WaterSide, Figure | Missing], ratio: float, ledger: Ledger
) -> Estimate | Missing | None:
    if not sides:
        return None
    known = [side for side in sides.values() if isinstance(side, Figure)]
    gaps = [side for side in sides.values() if isinstance(side, Missing)]
    return gaps[0] if gaps else _rate(known, ratio, "L", WATER, ledger)


def _compared(
    activity: Activity, account: Account, trained: Sequence[Figure], ledger: Ledger
) -> Activity:
    work, used = activity.workload, tuple(account.electricity.values())
    # Of a median there are no multiples.
    if work is None or work.statistic != "mean":
        return activity
    if not used or not ledger.spread([summed(used)]).value:
        return activity
    count = work.count
    ratio: Term = mapped(
        lambda training_gco2e, use_gco2e: break_even_count(training_gco2e, use_gco2e, count),
        summed(trained),
        summed(used),
    )
    basis = weakest(basis_of(trained, ledger), basis_of(used, ledger))
    even = ledger.estimate(Figure((ratio,), basis), "ratio", BREAK_EVEN)
    return activity.model_copy(update={"workload": work.model_copy(update={"break_even": even})})
