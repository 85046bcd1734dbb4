"""I say what the runs of each activity did: as their logs say, or a person of all together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from carbonlabel.assessment.citations import Citations
from carbonlabel.assessment.runs import Batch
from carbonlabel.errors import InputError
from carbonlabel.model.compute import FlopMethod
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import TRAINING, Evidence, Served, Work


class Done(NamedTuple):
    """What the runs of one activity did together; None where one of them does not say."""

    served: Served | None = None
    """The count is that of all runs."""
    tokens: float | None = None
    """How many tokens were trained on."""
    flop: Estimate | None = None
    """Operations, with their source."""
    flop_method: FlopMethod = "stated"
    """How `flop` was found."""
    mfu: Estimate | None = None
    """Model FLOP utilisation as a ratio."""
    device_time: Estimate | None = None
    """Accelerator time in s, where it is stated as such."""


def done(batches: Sequence[Batch], told: Work, citations: Citations) -> tuple[Done, ...]:
    """What each batch did; `told` is of the one batch that it fits.

    Raises:
        InputError: there is no batch that it fits, or several.
    """
    citations.take({}, told.sources)
    found = [_of_logs(batch, citations) for batch in batches]
    claimed = [name for name in ("tokens", "flop", "mfu") if getattr(told, name) is not None]
    if claimed:
        place = _only(batches, _is_training, f"{' and '.join(claimed)} are of a training")
        found[place] = _over(found[place], told)
    if told.served is not None:
        place = _only(batches, _is_use, "what was served is of a model in use")
        found[place] = found[place]._replace(served=told.served)
    return tuple(found)


def _over(logged: Done, told: Work) -> Done:
    """What the logs say, but for what the person says."""
    return logged._replace(
        tokens=told.tokens or logged.tokens,
        flop=told.flop or logged.flop,
        flop_method="stated" if told.flop else logged.flop_method,
        mfu=told.mfu or logged.mfu,
    )


def _is_training(batch: Batch) -> bool:
    return batch.phase in TRAINING


def _is_use(batch: Batch) -> bool:
    return batch.phase == "inference"


def _only(batches: Sequence[Batch], fits: Callable[[Batch], bool], claim: str) -> int:
    places = [place for place, batch in enumerate(batches) if fits(batch)]
    if len(places) == 1:
        return places[0]
    if not places:
        raise InputError(f"{claim}, and no run is of one", hint="name the phase with --phase")
    raise InputError(
        f"{claim}, and there are {len(places)} groups of such runs, apart in place, year or "
        "machines",
        hint="state it for each run in a manual.yaml",
    )


def _of_logs(batch: Batch, citations: Citations) -> Done:
    runs = batch.runs
    return Done(
        served=_served(runs),
        tokens=_sum([run.tokens for run in runs]),
        flop=_total(runs, [run.flop for run in runs], citations),
        flop_method=runs[0].flop_method,
        mfu=_cited(runs[0], runs[0].mfu, citations) if len(runs) == 1 else None,
        device_time=_device_time(runs, citations),
    )


def _served(runs: Sequence[Evidence]) -> Served | None:
    """Runs of one batch served the same kind of thing: their counts add up."""
    first = runs[0].served
    counts = [run.served.count for run in runs if run.served]
    return replace(first, count=sum(counts)) if first else None


def _sum(counts: Sequence[float | None]) -> float | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _device_time(runs: Sequence[Evidence], citations: Citations) -> Estimate | None:
    return _total(runs, [run.device_time for run in runs], citations)


def _total(
    runs: Sequence[Evidence], quantities: Sequence[Estimate | None], citations: Citations
) -> Estimate | None:
    """The sum over the runs, with its range where it is that of one run alone."""
    if len(runs) == 1:
        return _cited(runs[0], quantities[0], citations)
    known = [(run, each) for run, each in zip(runs, quantities, strict=True) if each is not None]
    if len(known) < len(runs):
        return None
    added = citations.total(known)
    return added if isinstance(added, Estimate) else None


def _cited(run: Evidence, quantity: Estimate | None, citations: Citations) -> Estimate | None:
    if quantity is None:
        return None
    key = citations.key_of(run, quantity.source or "log")
    return quantity.model_copy(update={"source": key})
