"""I compare the machines that left a log with those there were, and say what is not measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from carbonlabel.collection.choices import Choices
from carbonlabel.collection.counting import Crew
from carbonlabel.collection.fates import Fates
from carbonlabel.collection.sightings import Sighting
from carbonlabel.method.digits import nine
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence, Stage
from carbonlabel.model.project import BESIDE, ROWS, Row
from carbonlabel.model.provenance import Finding

CODES: Final = ("machines-not-measured", "machines-scaled-up", "overlap-counted-in-part")
"""What is noticed here, and nowhere else."""
MEAN: Final = "mean of the machines that left a log"
_WHOLE_RATIO: Final = 0.95
_NO_LOG: Final = Missing(missing="not-measured", reason="this machine left no log")


@dataclass(slots=True)
class Fleet:
    """What is known of the machines that no counted log is of."""

    findings: dict[int, Finding] = field(default_factory=dict)
    """By the place of the first run that each is about."""
    in_part: set[int] = field(default_factory=set)
    """Places of runs of which a part is not measured."""
    made: list[tuple[Sighting, Stage]] = field(default_factory=list)
    """Machines without a log, at the mean of those with one; they stand after all other runs."""


def complete(
    crews: Iterable[Crew], sightings: Sequence[Sighting], fates: Fates, choices: Choices
) -> Fleet:
    """Say how much of each run was measured; with `scale_up`, put in what was not."""
    fleet = Fleet()
    for crew in crews:
        if crew.covered_ratio < _WHOLE_RATIO:
            _note(fleet, crew, _uncovered(crew))
        if len(crew.lanes) < crew.expected and not _is_of_all(crew, sightings):
            if choices.scale_up:
                _scale_up(fleet, crew, sightings, fates)
            else:
                _note(fleet, crew, _unmeasured(crew))
    return fleet


def _is_of_all(crew: Crew, sightings: Sequence[Sighting]) -> bool:
    """Whether a log tells of all machines of the run, as a scheduler or a person does."""
    return any(sightings[place].is_whole or sightings[place].is_typed for place in _places(crew))


def _places(crew: Crew) -> Iterator[int]:
    return (place for lane in crew.lanes for place in lane)


def _note(fleet: Fleet, crew: Crew, finding: Finding) -> None:
    fleet.findings.setdefault(min(_places(crew)), finding)
    fleet.in_part.update(_places(crew))


def _unmeasured(crew: Crew) -> Finding:
    what = _what(crew)
    return Finding(
        code="machines-not-measured",
        severity="warning",
        place="run",
        message=f"Not all {what} of a run left a log: the energy of the others is not counted.",
        expected=f"{crew.expected} {what}",
        found=f"{len(crew.lanes)}, {len(crew.lanes) / crew.expected:.0%}",
        suggestion="collect their logs too, or count them at the mean of the others: --scale-up",
    )


def _uncovered(crew: Crew) -> Finding:
    return Finding(
        code="overlap-counted-in-part",
        severity="warning",
        place="run",
        message="Runs overlap in part on one machine: a time that only the runs left out hold is "
        "not counted.",
        expected="runs that overlap from begin to end, or not at all",
        found=f"{crew.covered_ratio:.0%} of the time",
        suggestion="--nodes if the machines were several; --overlap sum counts every reading",
    )


def _scale_up(fleet: Fleet, crew: Crew, sightings: Sequence[Sighting], fates: Fates) -> None:
    missing = crew.expected - len(crew.lanes)
    begin = len(sightings) + len(fleet.made)
    made = _mean(crew, sightings)
    fleet.made += [(made, crew.stage)] * missing
    what, measured = _what(crew), len(crew.lanes)
    message = (
        f"{missing} of {crew.expected} {what} left no log and are counted at the mean of the "
        f"{measured} that did."
    )
    places = range(begin, begin + missing)
    counted = list(_places(crew))
    fates.decide("not-measured", message, kept=(*counted, *places), left=(), reason="")
    for place in places:
        fates.explain(place, f"left no log: the mean of the {measured} {what} that did")
    fleet.findings[min(counted)] = Finding(
        code="machines-scaled-up",
        severity="warning",
        place="run",
        message="Machines of a run that left no log are counted at the mean of those that did.",
        expected=f"{crew.expected} {what}",
        found=f"{measured}, {measured / crew.expected:.0%}",
    )


def _what(crew: Crew) -> str:
    return "machines" if crew.is_machine else "ranks"


def _mean(crew: Crew, sightings: Sequence[Sighting]) -> Sighting:
    first = sightings[min(_places(crew))]
    lanes = [[sightings[place].run for place in lane] for lane in crew.lanes]
    rows = {row: _mean_of(lanes, _row(row)) for row in (*ROWS, *BESIDE)}
    run = replace(
        first.run,
        run=first.run.place,
        accelerators=rows["accelerators"],
        host=rows["host"],
        computing=rows["computing"],
        idle=_known(rows["idle"]),
        shared=_known(rows["shared"]),
        sensors={row: "model" for row, each in rows.items() if isinstance(each, Estimate)},
        duration=_mean_of(lanes, lambda run: run.duration),
        reported_energy=_NO_LOG,
        reported_emissions=_NO_LOG,
        reported_intensity=None,
        hours=(),
        findings=(),
    )
    return Sighting(run, first.file, first.line, first.inputs)


def _row(row: Row) -> Callable[[Evidence], Estimate | Missing]:
    def of(run: Evidence) -> Estimate | Missing:
        found: Estimate | Missing | None = getattr(run, row)
        return _NO_LOG if found is None else found

    return of


def _known(quantity: Estimate | Missing) -> Estimate | None:
    return quantity if isinstance(quantity, Estimate) else None


def _mean_of(
    lanes: Sequence[Sequence[Evidence]], of: Callable[[Evidence], Estimate | Missing]
) -> Estimate | Missing:
    """The mean over machines of what the runs of each add up to; missing as soon as one is."""
    known = list(_estimates(of(run) for lane in lanes for run in lane))
    gaps = (of(run) for lane in lanes for run in lane)
    gap = next((each for each in gaps if isinstance(each, Missing)), None)
    if gap is not None:
        return gap
    mean = sum(each.value for each in known) / len(lanes)
    return Estimate(value=nine(mean), unit=known[0].unit, basis="estimated", formula=MEAN)


def _estimates(quantities: Iterable[Estimate | Missing]) -> Iterator[Estimate]:
    return (each for each in quantities if isinstance(each, Estimate))
