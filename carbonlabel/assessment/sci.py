"""I am the software carbon intensity of a disclosure: (O + M) per R, where all three are known.

ISO/IEC 21031 and SCI for AI: of the provider's activities per parameter, training token and
operation, of those in use per functional unit. Location-based only, and never a typed rate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from carbonlabel.assessment.ledger import Figure, Ledger
from carbonlabel.assessment.terms import basis_of, mapped, summed
from carbonlabel.assessment.totals import Account
from carbonlabel.method.basis import weakest
from carbonlabel.method.propagate import Term
from carbonlabel.method.sci import score_gco2e
from carbonlabel.model.disclosure import Activity, Subject
from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.model.evidence import TRAINING
from carbonlabel.model.workload import plural
from carbonlabel.rules.sci import ACTIVE, FLOP, PARAMETERS, SCALES_OF_R, TOKENS, gap, name_in_use

FORMULAS: Final = {
    PARAMETERS: "(operational + embodied) * 1000000000 / parameters",
    ACTIVE: "(operational + embodied) * 1000000000 / active_parameters",
    TOKENS: "(operational + embodied) * 1000000 / tokens",
    FLOP: "(operational + embodied) * 1000000000000000000 / flop",
}
OF_USE: Final = "(operational + embodied) * per / count"
Score = Estimate | Missing


class Stood(NamedTuple):
    """One activity with its figures."""

    activity: Activity
    account: Account
    flop: Figure | None


def scores(subject: Subject, stood: Sequence[Stood], ledger: Ledger) -> dict[str, Score] | None:
    """Each score that has an R, in gCO2e, or why it cannot be said; None where there is no R."""
    provided = [each for each in stood if each.activity.phase != "inference"]
    found = {
        **dict(_of_provider(subject, provided, ledger)),
        **dict(_of_use(stood, ledger)),
    }
    return found or None


def _of_provider(
    subject: Subject, stood: Sequence[Stood], ledger: Ledger
) -> Iterator[tuple[str, Score]]:
    if not stood:
        return
    counted = (
        (PARAMETERS, subject.parameters),
        (ACTIVE, subject.active_parameters),
        (TOKENS, _tokens(stood)),
    )
    for name, count in counted:
        match count:
            case Missing():
                yield name, count
            case int() | float():
                units = _Units(_exactly(count / SCALES_OF_R[name]), "measured", FORMULAS[name])
                yield name, _score(stood, units, ledger)
    yield from _of_operations(stood, ledger)


def _of_operations(stood: Sequence[Stood], ledger: Ledger) -> Iterator[tuple[str, Score]]:
    trained = [each for each in stood if each.activity.phase in TRAINING]
    known = [each.flop for each in trained if each.flop]
    if known and len(known) < len(trained):
        yield FLOP, _not_all("operations")
    elif known:
        per_exa = mapped(lambda work_flop: work_flop / SCALES_OF_R[FLOP], summed(known))
        units = _Units(per_exa, basis_of(known, ledger), FORMULAS[FLOP])
        yield FLOP, _score(stood, units, ledger)


def _of_use(stood: Sequence[Stood], ledger: Ledger) -> Iterator[tuple[str, Score]]:
    groups: dict[str, list[Stood]] = {}
    for each in stood:
        work = each.activity.workload
        # A median has no total to divide.
        if work is not None and work.statistic == "mean":
            groups.setdefault(name_in_use(plural(work.unit), work.per), []).append(each)
    for name, group in groups.items():
        works = [each.activity.workload for each in group]
        served = sum(work.count / work.per for work in works if work)
        yield name, _score(group, _Units(_exactly(served), "measured", OF_USE), ledger)


def _tokens(stood: Sequence[Stood]) -> float | Missing | None:
    computes = [each.activity.compute for each in stood if each.activity.phase in TRAINING]
    known = [each.tokens for each in computes if each and each.tokens]
    if known and len(known) < len(computes):
        return _not_all("training tokens")
    return sum(known) if known else None


def _not_all(what: str) -> Missing:
    return Missing(
        missing="not-stated", reason=f"not every training of the disclosure states its {what} (R)"
    )


def _exactly(count: float) -> Term:
    return Term(lambda: count, ())


@dataclass(frozen=True, slots=True)
class _Units:
    """R: how many functional units there are, how sure that is, and how it enters."""

    count: Term
    basis: Basis
    formula: str


def _score(stood: Sequence[Stood], units: _Units, ledger: Ledger) -> Score:
    reason = gap(each.activity for each in stood)
    if reason:
        return Missing(missing="not-assessed", reason=reason)
    powered = [each for one in stood for each in one.account.electricity.values()]
    made = [one.account.manufacture for one in stood if isinstance(one.account.manufacture, Figure)]
    rate: Callable[[float, float, float], float] = score_gco2e
    term = mapped(rate, summed(powered), summed(made), units.count)
    strength = weakest(basis_of([*powered, *made], ledger), units.basis)
    return ledger.estimate(Figure((term,), strength), "gCO2e", units.formula)
