"""I say which facts a disclosure holds, each as a question with yes or no for an answer."""

from __future__ import annotations

from collections.abc import Iterable

from carbonlabel.model.disclosure import Activity, Disclosure, PartName
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import TRAINING, Phase
from carbonlabel.model.provenance import Period
from carbonlabel.model.workload import Workload

IN_USE: frozenset[Phase] = frozenset({"inference", "deployment"})
"""The phases in which a model works for others."""


def electricity(disclosure: Disclosure) -> bool:
    """Whether electricity has a location-based figure."""
    return isinstance(disclosure.totals.electricity, Estimate)


def training_emissions(disclosure: Disclosure) -> bool:
    """Whether the electricity of training has a figure of its own."""
    totals = disclosure.totals
    if totals.training is not None:
        return isinstance(totals.training, Estimate)
    return electricity(disclosure) and all(each.phase in TRAINING for each in _of(disclosure))


def total_energy(disclosure: Disclosure) -> bool:
    """Whether the energy behind electricity is known."""
    return isinstance(disclosure.totals.energy, Estimate)


def training_energy(disclosure: Disclosure) -> bool:
    """Whether energy of training is known in kWh."""
    return any(_has_energy(each) for each in _of(disclosure) if each.phase in TRAINING)


def training_energy_or_reason(disclosure: Disclosure) -> bool:
    """Whether energy of training is known, or somebody is said to keep it back."""
    return training_energy(disclosure) or any(
        getattr(part.energy, "missing", None) in {"withheld", "confidential"}
        for each in _of(disclosure)
        for part in each.parts
    )


def use_energy(disclosure: Disclosure) -> bool:
    """Whether energy of a model in use is known in kWh."""
    return any(_has_energy(each) for each in _of(disclosure) if each.phase in IN_USE)


def phase_named(disclosure: Disclosure) -> bool:
    """Whether each activity says which training it is, and not just training."""
    return all(each.phase != "training" for each in _of(disclosure))


def phases_split(disclosure: Disclosure) -> bool:
    """Whether an activity is of experiments, failed and earlier runs."""
    return any(each.phase == "experimentation" for each in _of(disclosure))


def failed_told(disclosure: Disclosure) -> bool:
    """Whether failed and earlier runs are counted or said to be left out."""
    told = "; ".join(each.what for each in disclosure.left_out)
    return phases_split(disclosure) or "failed" in told


def place(disclosure: Disclosure) -> bool:
    """Whether each activity says where it took place."""
    return all(each.region.country is not None for each in _of(disclosure))


def period(disclosure: Disclosure) -> bool:
    """Whether each activity says when it took place."""
    return all(isinstance(each.period, Period) for each in _of(disclosure))


def duration(disclosure: Disclosure) -> bool:
    """Whether each activity says how long it took."""
    return all(isinstance(each.duration, Estimate) for each in _of(disclosure))


def hardware(disclosure: Disclosure) -> bool:
    """Whether each activity names its machines, with their count."""
    return all(each.hardware for each in _of(disclosure))


def making(disclosure: Disclosure) -> bool:
    """Whether the making of the machines is known, with its lifetime."""
    return isinstance(disclosure.totals.manufacture, Estimate)


def pue(disclosure: Disclosure) -> bool:
    """Whether each activity states the PUE of its site."""
    return all(isinstance(each.region.pue, Estimate) for each in _of(disclosure))


def method_told(disclosure: Disclosure) -> bool:
    """Whether files were read, from which the method follows."""
    return bool(disclosure.inputs)


def ranged(disclosure: Disclosure) -> bool:
    """Whether the total has an interval."""
    total = disclosure.totals.emissions
    return isinstance(total, Estimate) and total.low is not None


def split(disclosure: Disclosure) -> bool:
    """Whether accelerators and host have an energy of their own."""
    return _row_known(disclosure, ("accelerators",)) and _row_known(disclosure, ("host",))


def overhead(disclosure: Disclosure) -> bool:
    """Whether cooling and overhead are counted."""
    return _row_known(disclosure, ("overhead",))


def idle(disclosure: Disclosure) -> bool:
    """Whether idle machines are counted."""
    return _row_known(disclosure, ("idle",))


def model(disclosure: Disclosure) -> bool:
    """Whether the model is named."""
    return disclosure.subject.model is not None


def parameters(disclosure: Disclosure) -> bool:
    """Whether the size of the model is known."""
    return disclosure.subject.parameters is not None


def base_models(disclosure: Disclosure) -> bool:
    """Whether it is said which models it was made from."""
    return bool(disclosure.subject.base_models)


def relation(disclosure: Disclosure) -> bool:
    """Whether it is said how it was made from them."""
    return disclosure.subject.relation is not None


def ancestors(disclosure: Disclosure) -> bool:
    """Whether what its base models declare stands beside it."""
    return bool(disclosure.lineage)


def flop(disclosure: Disclosure) -> bool:
    """Whether the operations of training are known."""
    trained = (each for each in _of(disclosure) if each.phase not in IN_USE)
    return any(isinstance(each.compute.flop, Estimate) for each in trained if each.compute)


def served_flop(disclosure: Disclosure) -> bool:
    """Whether the operations of the model in use are known."""
    used = (each for each in _of(disclosure) if each.phase in IN_USE)
    return any(isinstance(each.compute.flop, Estimate) for each in used if each.compute)


def flop_method(disclosure: Disclosure) -> bool:
    """Whether it is said how the operations were found."""
    return any(each.compute.method is not None for each in _of(disclosure) if each.compute)


def device_time(disclosure: Disclosure) -> bool:
    """Whether the device-hours are known."""
    return any(
        isinstance(each.compute.device_time, Estimate) for each in _of(disclosure) if each.compute
    )


def tokens(disclosure: Disclosure) -> bool:
    """Whether it is known on how many tokens it was trained."""
    return any(each.compute.tokens is not None for each in _of(disclosure) if each.compute)


def served(disclosure: Disclosure) -> bool:
    """Whether it is said what a model in use served, by unit and count."""
    return bool(_workloads(disclosure))


def served_task(disclosure: Disclosure) -> bool:
    """Whether it is said what the model in use was asked."""
    return any(each.task is not None for each in _workloads(disclosure))


def served_emissions(disclosure: Disclosure) -> bool:
    """Whether a functional unit has emissions."""
    return any(isinstance(each.emissions, Estimate) for each in _workloads(disclosure))


def served_water(disclosure: Disclosure) -> bool:
    """Whether a functional unit has water."""
    return any(isinstance(each.water, Estimate) for each in _workloads(disclosure))


def served_median(disclosure: Disclosure) -> bool:
    """Whether the unit is a median one, as one request is told."""
    return any(each.statistic == "median" for each in _workloads(disclosure))


def rate(disclosure: Disclosure) -> bool:
    """Whether there is a score per functional unit."""
    scores = (disclosure.totals.sci or {}).values()
    return any(isinstance(score, Estimate) for score in scores)


def market(disclosure: Disclosure) -> bool:
    """Whether electricity has a market-based figure too."""
    return isinstance(disclosure.totals.market, Estimate)


def instruments(disclosure: Disclosure) -> bool:
    """Whether the contracts behind it are listed."""
    return any(each.instruments for each in _of(disclosure))


def water(disclosure: Disclosure) -> bool:
    """Whether water is known, on site or off site."""
    return any(isinstance(each, Estimate) for each in (disclosure.totals.water or {}).values())


def minerals(disclosure: Disclosure) -> bool:
    """Whether minerals and metals (ADPe) are known."""
    return isinstance(disclosure.totals.minerals, Estimate)


def boundary(disclosure: Disclosure) -> bool:
    """Whether it is said what the total does not hold."""
    return bool(disclosure.left_out)


def _of(disclosure: Disclosure) -> tuple[Activity, ...]:
    return disclosure.activities


def _workloads(disclosure: Disclosure) -> tuple[Workload, ...]:
    return tuple(each.workload for each in _of(disclosure) if each.workload is not None)


def _has_energy(activity: Activity) -> bool:
    return any(isinstance(part.energy, Estimate) for part in activity.parts)


def _row_known(disclosure: Disclosure, names: Iterable[PartName]) -> bool:
    return any(
        part.part in names and isinstance(part.energy, Estimate)
        for each in _of(disclosure)
        for part in each.parts
    )
