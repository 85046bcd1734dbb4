"""I write a run and its fate as the project keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from carbonlabel.collection.fates import Fates
from carbonlabel.collection.sightings import Sighting
from carbonlabel.model.disclosure import Reported
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence, Sensor, Stage
from carbonlabel.model.project import Counted, Did, Energies, ProjectRun, Row
from carbonlabel.model.provenance import Finding

_Quantity = TypeVar("_Quantity", Estimate, Estimate | Missing)


@dataclass(frozen=True, slots=True)
class Recorder:
    """Knows the keys of the files and what was decided."""

    keys: Mapping[str, str]
    """The key in `inputs` of each file."""
    fates: Fates

    def record(
        self,
        place: int,
        sighting: Sighting,
        stage: Stage,
        noticed: Iterable[Finding],
        *,
        whole: bool,
    ) -> ProjectRun:
        """The run as it stands at `/runs/{place}`; `whole` says that all of it was measured."""
        run, fate = sighting.run, self.fates.of(place)
        keys = tuple(self.keys[name] for name in sighting.inputs)
        return ProjectRun(
            stage=stage,
            counted=not self.fates.is_left(place),
            reason=fate.reason if fate else None,
            decision=fate.decision if fate else None,
            file=sighting.file,
            line=sighting.line,
            inputs=keys,
            format=run.inputs[0].format,
            tracker=run.tracker,
            version=run.version,
            run=run.run if run.run != run.place else None,
            name=run.name,
            phase=run.phase,
            complete=run.complete and whole,
            covers=run.covers,
            period=run.period,
            duration=_cited(run.duration, keys),
            energy=Energies(
                accelerators=_cited(run.accelerators, keys),
                host=_cited(run.host, keys),
                computing=_cited(run.computing, keys),
                idle=None if run.idle is None else _cited(run.idle, keys),
                shared=None if run.shared is None else _cited(run.shared, keys),
            ),
            sensors=cast("dict[Row, Sensor]", dict(run.sensors)),
            pue_in_energy=run.pue_in_energy,
            pue=_cited(run.pue, keys),
            wue=_cited(run.wue, keys),
            reported=_reported(sighting, keys),
            country=run.country,
            subdivision=run.subdivision,
            cloud=run.cloud,
            devices=run.devices or None,
            hours=run.hours or None,
            did=_did(run, keys),
            findings=tuple(_placed(each, place) for each in (*noticed, *run.findings)) or None,
        )


def _reported(sighting: Sighting, keys: tuple[str, ...]) -> Reported:
    run = sighting.run
    intensity = run.reported_intensity
    return Reported(
        energy=_cited(run.reported_energy, keys),
        emissions=_cited(run.reported_emissions, keys),
        intensity=None if intensity is None else _cited(intensity, keys),
    )


def _did(run: Evidence, keys: tuple[str, ...]) -> Did | None:
    told = run.served
    served = None
    if told is not None:
        served = Counted(
            unit=told.unit,
            count=told.count,
            statistic=told.statistic,
            task=told.task,
            batch=told.batch,
        )
    did = Did(
        served=served,
        tokens=run.tokens,
        flop=None if run.flop is None else _cited(run.flop, keys),
        flop_method=run.flop_method if run.flop else None,
        mfu=None if run.mfu is None else _cited(run.mfu, keys),
        device_time=None if run.device_time is None else _cited(run.device_time, keys),
    )
    return did if did != Did() else None


def _cited(quantity: _Quantity, keys: tuple[str, ...]) -> _Quantity:
    """The quantity with the project's key of its file, in place of the reader's."""
    if isinstance(quantity, Missing) or quantity.source is None:
        return quantity
    number = quantity.source.rpartition("-")[2]
    position = int(number) - 1 if number.isdigit() else 0
    return quantity.model_copy(update={"source": keys[position]})


def _placed(finding: Finding, place: int) -> Finding:
    field = "" if finding.place == "run" else f"/{finding.place}"
    return finding.model_copy(update={"place": f"/runs/{place}{field}"})
