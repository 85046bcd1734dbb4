"""I turn the counted runs of a project back into evidence, each traced to its entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from carbonlabel.errors import InvalidDocument
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence, Served
from carbonlabel.model.project import Counted, Did, Project, ProjectRun
from carbonlabel.model.provenance import Finding, Input
from carbonlabel.record import projects

_Quantity = TypeVar("_Quantity", Estimate, Estimate | Missing)
_KEY = "log"


def evidence(log: Log, form: str) -> Sequence[Evidence]:
    """The counted runs of a project, which is cited as of the format `form`.

    Raises:
        InputError: as `carbonlabel.record.projects.load`; or it counts no run.
    """
    project = projects.load(log)
    counted = [(place, run) for place, run in enumerate(project.runs) if run.counted]
    if not counted:
        raise InvalidDocument("no run of the project is counted", where=log.name)
    source = _input(log, form, [run for _, run in counted])
    shared = _Shared(source, tuple((each.what, each.why) for each in project.left_out))
    known = [shared.evidence(place, run) for place, run in counted]
    first, *others = _with_ids(known)
    return (replace(first, findings=(*_noticed(project), *first.findings)), *others)


def _with_ids(known: Sequence[Evidence]) -> Iterator[Evidence]:
    """Each with an identity of its own: a job that was started again has its id twice."""
    seen: set[tuple[str, ...]] = set()
    for run in known:
        yield replace(run, run=run.place) if run.identity in seen else run
        seen.add(run.identity)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the runs of a project have in common."""

    source: Input
    blind_spots: tuple[tuple[str, str], ...]

    def evidence(self, number: int, run: ProjectRun) -> Evidence:
        place = f"{self.source.file}#/runs/{number}"
        intensity, did = run.reported.intensity, run.did or Did()
        return Evidence(
            run=run.run or place,
            place=place,
            tracker=run.tracker,
            version=run.version,
            inputs=(self.source,),
            name=run.name,
            phase=run.phase if run.stage == "final" else "experimentation",
            stage=run.stage,
            period=run.period,
            duration=_cited(run.duration),
            accelerators=_cited(run.energy.accelerators),
            host=_cited(run.energy.host),
            computing=_cited(run.energy.computing),
            idle=None if run.energy.idle is None else _cited(run.energy.idle),
            shared=None if run.energy.shared is None else _cited(run.energy.shared),
            sensors=dict(run.sensors.items()),
            pue_in_energy=run.pue_in_energy,
            pue=_cited(run.pue),
            wue=_cited(run.wue),
            reported_energy=_cited(run.reported.energy),
            reported_emissions=_cited(run.reported.emissions),
            reported_intensity=None if intensity is None else _cited(intensity),
            country=run.country,
            subdivision=run.subdivision,
            cloud=run.cloud,
            hours=run.hours or (),
            devices=run.devices or (),
            served=_served(did.served),
            tokens=did.tokens,
            flop=None if did.flop is None else _cited(did.flop),
            flop_method=did.flop_method or "stated",
            mfu=None if did.mfu is None else _cited(did.mfu),
            device_time=None if did.device_time is None else _cited(did.device_time),
            covers=run.covers,
            complete=run.complete,
            blind_spots=self.blind_spots,
            findings=_findings(run),
        )


def _input(log: Log, form: str, counted: Sequence[ProjectRun]) -> Input:
    trackers = sorted({run.tracker for run in counted})
    versions = {run.version for run in counted}
    return Input(
        file=log.name,
        sha256=log.sha256,
        format=form,
        tracker=" and ".join(trackers),
        version=versions.pop() if len(trackers) == len(versions) == 1 else None,
        runs=len(counted),
    )


def _served(counted: Counted | None) -> Served | None:
    if counted is None:
        return None
    return Served(
        unit=counted.unit,
        count=counted.count,
        statistic=counted.statistic,
        task=counted.task,
        batch=counted.batch,
    )


def _cited(quantity: _Quantity) -> _Quantity:
    """The figure as one of the project, which leads on to its log."""
    if isinstance(quantity, Missing):
        return quantity
    return quantity.model_copy(update={"source": _KEY, "formula": None})


def _findings(run: ProjectRun) -> tuple[Finding, ...]:
    # A finding of a reader is placed by the field that it is about.
    return tuple(_by_field(each) for each in run.findings or ())


def _by_field(finding: Finding) -> Finding:
    steps = finding.place.split("/")[3:]
    return finding.model_copy(update={"place": steps[-1] if steps else "run"})


def _noticed(project: Project) -> Iterator[Finding]:
    """What the label should say of the collection as a whole."""
    left = sum(not run.counted for run in project.runs)
    if left:
        yield Finding(
            code="runs-counted-once",
            severity="note",
            place="run",
            message="Some logs hold energy that another log holds too: it is counted once, and the "
            "project says which and why.",
            found=f"{left} of {len(project.runs)} runs left out",
        )
    if project.unread:
        yield Finding(
            code="logs-unread",
            severity="warning",
            place="run",
            message="Logs in the folder could not be read: their runs are not counted.",
            found=f"{len(project.unread)} files",
            suggestion="the project lists them under unread; mend them and collect again",
        )
