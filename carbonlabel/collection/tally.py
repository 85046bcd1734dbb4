"""I add up the energy of each stage, and list what its trackers never see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from carbonlabel.collection.sightings import Sighting
from carbonlabel.collection.stages import STAGES
from carbonlabel.method.basis import sum_basis
from carbonlabel.method.digits import nine
from carbonlabel.model.disclosure import LeftOut
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Stage
from carbonlabel.model.project import BESIDE, ROWS, ProjectRun, StageTotal

_EARLIER = "failed and earlier runs"
_UNKNOWN = Missing(missing="not-measured", reason="no counted run holds an energy")


def totals(runs: Sequence[ProjectRun]) -> tuple[StageTotal, ...]:
    """One sum for each stage that has runs, in the order of the stages."""
    found = {stage: [run for run in runs if run.stage == stage] for stage in STAGES}
    return tuple(_total(stage, of_stage) for stage, of_stage in found.items() if of_stage)


def left_out(sightings: Iterable[Sighting]) -> tuple[LeftOut, ...]:
    """What the trackers of these runs never see, each with every reason."""
    found: dict[str, dict[str, None]] = {}
    for each in sightings:
        for what, why in each.run.blind_spots:
            if what != _EARLIER:
                found.setdefault(what, {})[why] = None
    listed = (LeftOut(what=what, why="; ".join(sorted(whys))) for what, whys in found.items())
    unlogged = LeftOut(what=f"{_EARLIER} without a log", why="only logs were collected")
    return (*sorted(listed, key=lambda each: each.what), unlogged)


def _total(stage: Stage, runs: Sequence[ProjectRun]) -> StageTotal:
    counted = [run for run in runs if run.counted]
    known = [each for run in counted for each in _energies(run)]
    return StageTotal(
        stage=stage,
        runs=len(runs),
        counted=len(counted),
        unknown=sum(map(_has_gap, counted)),
        energy=_sum(known) if known else _UNKNOWN,
    )


def _energies(run: ProjectRun) -> Iterator[Estimate]:
    quantities = (getattr(run.energy, row) for row in (*ROWS, *BESIDE))
    return (each for each in quantities if isinstance(each, Estimate))


def _has_gap(run: ProjectRun) -> bool:
    """Whether a row that applies has no figure."""
    quantities = [getattr(run.energy, row) for row in ROWS]
    gaps = (each for each in quantities if isinstance(each, Missing))
    return any(gap.missing != "not-applicable" for gap in gaps)


def _sum(known: Sequence[Estimate]) -> Estimate:
    return Estimate(
        value=nine(sum(each.value for each in known)),
        unit="kWh",
        basis=sum_basis((each.basis, each.value) for each in known),
        formula="sum over the rows of the counted runs",
    )
