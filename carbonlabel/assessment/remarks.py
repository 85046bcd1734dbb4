"""I place the readers' findings in the disclosure, and add what only the whole shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from carbonlabel.assessment.runs import Batch, overlaps
from carbonlabel.model.disclosure import Activity
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import TRAINING, Evidence
from carbonlabel.model.provenance import Finding, Severity
from carbonlabel.model.region import Place

_ORDER: Final[tuple[Severity, ...]] = ("error", "warning", "note")
_FIELDS: Final = {
    "pue": "/region/pue",
    "reported": "/reported",
    "duration": "/duration",
    "run": "",
}
_ABOUT_GRID: Final = "tracker-intensity-"
_INTENSITY_TOLERANCE_RATIO: Final = 0.1


def placed(batch: Batch, activity: Activity, at: str) -> Iterator[Finding]:
    """The readers' findings of one activity, each once, with JSON pointers as places."""
    rows = {part.part: place for place, part in enumerate(activity.parts)}
    for finding in dict.fromkeys(each for run in batch.runs for each in run.findings):
        if finding.code.startswith(_ABOUT_GRID):
            ours = f"{activity.region.intensity.value:.4g} gCO2e/kWh"
            factor = "/intensity" if activity.reported.intensity else ""
            where = {"place": f"{at}/reported{factor}", "expected": ours}
        elif finding.place in rows:
            where = {"place": f"{at}/parts/{rows[finding.place]}/energy"}
        else:
            where = {"place": at + _FIELDS.get(finding.place, "")}
        yield finding.model_copy(update=where)


def remarks(batch: Batch, activity: Activity, at: str, place: Place) -> Iterator[Finding]:
    """What the assessment itself noticed about one activity; `place` is what the user said."""
    yield from _phase(batch, at)
    yield from _pue(batch, activity, at, place)
    yield from _grid(batch, activity, at)
    yield from _incomplete(activity, at)


def _phase(batch: Batch, at: str) -> Iterator[Finding]:
    """A phase that was named and is not that of the log; a kind of training is no contradiction."""
    stated = {run.phase for run in batch.runs if run.phase and run.stage in {None, "final"}}
    generic = {"training"} if batch.phase in TRAINING else set()
    for phase in sorted(stated - {batch.phase} - generic):
        yield Finding(
            code="phase-differs-from-log",
            severity="warning",
            place=f"{at}/phase",
            message="The phase that was named is not the one in the log; the named one counts.",
            expected=phase,
            found=batch.phase,
            suggestion="leave --phase out where the log says the phase of each run",
        )


def _pue(batch: Batch, activity: Activity, at: str, told: Place) -> Iterator[Finding]:
    place, pue = f"{at}/region/pue", activity.region.pue
    constant = batch.runs[0].pue
    if isinstance(constant, Estimate) and constant.basis == "assumed":
        put_in = isinstance(pue, Estimate)
        yield Finding(
            code="tracker-pue-replaced" if put_in else "tracker-pue-removed",
            severity="note",
            place=place,
            message="The tracker's constant was taken out and the site's PUE put in."
            if put_in
            else "The tracker's constant was taken out: it is no statement about the site.",
            expected=f"{pue.value:g}" if isinstance(pue, Estimate) else None,
            found=f"{constant.value:g}",
        )
    is_chosen = isinstance(told.pue, Missing)
    if isinstance(pue, Missing) and not is_chosen and _counts(activity):
        yield Finding(
            code="pue-not-stated",
            severity="warning",
            place=place,
            message="Cooling and overhead are not counted: nothing states the PUE of the site.",
            suggestion="--pue 1.0 for a machine under a desk, or the PUE of the data centre",
        )


def _counts(activity: Activity) -> bool:
    """Whether the overhead row is missing though it applies."""
    gaps = (part.emissions for part in activity.parts if part.part == "overhead")
    return any(isinstance(gap, Missing) and gap.missing == "not-stated" for gap in gaps)


def _grid(batch: Batch, activity: Activity, at: str) -> Iterator[Finding]:
    ours, theirs = activity.region.intensity, activity.reported.intensity
    if theirs is None:
        return
    apart = abs(theirs.value - ours.value) > _INTENSITY_TOLERANCE_RATIO * ours.value
    if apart and not _explained(batch):
        yield Finding(
            code="tracker-intensity-differs",
            severity="note",
            place=f"{at}/reported/intensity",
            message=f"{batch.tracker} used another grid factor.",
            expected=f"{ours.value:.4g} gCO2e/kWh",
            found=f"{theirs.value:.4g} gCO2e/kWh",
        )


def _explained(batch: Batch) -> bool:
    found = (finding.code for run in batch.runs for finding in run.findings)
    return any(code.startswith(_ABOUT_GRID) for code in found)


def _incomplete(activity: Activity, at: str) -> Iterator[Finding]:
    if not activity.complete:
        yield Finding(
            code="run-incomplete",
            severity="warning",
            place=f"{at}/complete",
            message="A run was cut short or is known in part only: its rest is not counted.",
        )


def overlapping(batches: Sequence[Batch]) -> Iterator[Finding]:
    """One finding for each place whose runs read one machine twice, in whatever activities."""
    sites: dict[object, list[tuple[Evidence, str]]] = {}
    for place, batch in enumerate(batches):
        first = batch.runs[0]
        site = sites.setdefault((first.cloud, first.country, first.subdivision), [])
        site += ((run, f"/activities/{place}") for run in batch.runs)
    for site in sites.values():
        yield from _overlap({id(run): at for run, at in site}, [run for run, _ in site])


def _overlap(at: Mapping[int, str], runs: Sequence[Evidence]) -> Iterator[Finding]:
    pairs = overlaps(runs)
    if pairs:
        first, second = pairs[0]
        places = {at[id(run)] for pair in pairs for run in pair}
        yield Finding(
            code="overlapping-runs",
            severity="error",
            place=places.pop() if len(places) == 1 else "/activities",
            message="Runs that each read the whole machine overlap in time: if they are of one "
            "machine, its energy is counted more than once.",
            expected="runs one after the other, or on machines of their own",
            found=f"{first.place} and {second.place}"
            + (f", and {len(pairs) - 1} more" if len(pairs) > 1 else ""),
            suggestion="keep one run of each machine, or let carbonlabel collect make the total",
        )


def named_twice(twins: Sequence[Evidence]) -> Iterator[Finding]:
    """One finding that lists the runs that were given more than once."""
    if twins:
        yield Finding(
            code="run-named-twice",
            severity="warning",
            place="/activities",
            message="A run was given more than once and is counted once.",
            found=", ".join(dict.fromkeys(run.place for run in twins)),
        )


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once: errors first, then warnings, then notes, else in the order they came."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda each: _ORDER.index(each.severity)))
