"""I am what one tracker, meter or person said about one run, in our units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.hardware import Device
from carbonlabel.model.phases import TRAINING, Phase, PueState, Stage
from carbonlabel.model.provenance import Finding, Input, Period, Source
from carbonlabel.model.workload import FunctionalUnit, Statistic

__all__ = (
    "PROJECT_FORMAT",
    "TRAINING",
    "Evidence",
    "Phase",
    "PueState",
    "Sensor",
    "Served",
    "Stage",
    "Work",
)

PROJECT_FORMAT: Final = "project"
"""The format of many runs that `carbonlabel collect` made one total of."""
Sensor = Literal["counter", "model", "rated", "stated"]
"""How an energy came about: a counter or sampled meter, a model of the component, rated power ×
hours, or a typed figure. It picks the default interval where none is stated, and says what is in
error together: everything that one tracker's counters read shares one scale error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What a run of a model in use served."""

    unit: FunctionalUnit
    """What is counted."""
    count: float
    """How many of them."""
    statistic: Statistic = "mean"
    """What the energy ÷ count is of the single units."""
    task: str | None = None
    """Such as `text-generation`."""
    batch: int | None = None
    """How many were worked on together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a person says that all runs together did, beside what their logs say."""

    tokens: float | None = None
    """How many tokens were trained on."""
    flop: Estimate | None = None
    """Floating-point operations of the training."""
    mfu: Estimate | None = None
    """Model FLOP utilisation of the training, as a ratio."""
    served: Served | None = None
    """What the model in use served."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    """What the figures cite, by key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One run as its log tells it. Host, user, path, coordinates and command line never enter.

    Energies are IT energies in kWh: a PUE whose factor is known is taken out at the reader's door.
    Estimates cite the reader's own keys of `inputs`: "log" for the first file, "log-2" for the
    second. Findings name their place by the field they are about ("host", "accelerators",
    "computing", "duration", "pue", "reported", "run"); the assessment turns it into a pointer.
    """

    run: str
    """The tracker's run id, or `<file>:<line>` where the log has none."""
    place: str
    """The line the figures stand on: `emissions.csv:3`."""
    tracker: str
    """`CodeCarbon`."""
    version: str | None = None
    """Version of the tracker, where the log says it."""
    inputs: tuple[Input, ...]
    """The files this run was read from, the first being the one that was named; none where a
    person stated it without a file."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    """What the estimates cite beside files, by key."""
    name: str | None = None
    """What the user called the project or the run in the tracker; told apart from no other by it.
    One line, and it never enters a disclosure."""
    phase: Phase | None = None
    """The phase of the model's life, where the log says it."""
    stage: Stage | None = None
    """What the run was for, where a project or the log itself says it; a phase that the user names
    is that of the stage `final`."""
    period: Period | Missing
    """When; the start is end − duration where only the end is logged."""
    duration: Estimate | Missing
    """Wall time in s."""
    accelerators: Estimate | Missing
    """IT energy of the accelerator boards, in kWh."""
    host: Estimate | Missing
    """IT energy of CPU and memory, in kWh."""
    computing: Estimate | Missing
    """Energy in kWh where the log does not split it, or holds a PUE that is not known."""
    idle: Estimate | None = None
    """IT energy in kWh of machines that were held for the run and did not work; None where nobody
    told."""
    shared: Estimate | None = None
    """IT energy in kWh of the run's share of network, storage and management nodes; None where
    nobody told."""
    sensors: Mapping[str, Sensor] = field(default_factory=dict)
    """For each of accelerators, host, computing that holds a figure: how it came about."""
    pue_in_energy: PueState
    """Whether the figure in the file holds cooling and overhead."""
    pue: Estimate | Missing
    """What was inside or what the log states about the site; basis `assumed` is the tracker's own
    constant and no statement about the site."""
    wue: Estimate | Missing
    """On-site water in L/kWh, where the user set it in the tracker."""
    reported_energy: Estimate | Missing
    """Exactly what stands in the file, in kWh."""
    reported_emissions: Estimate | Missing
    """Exactly what stands in the file, in gCO2e."""
    reported_intensity: Estimate | None = None
    """The grid factor the file states, in gCO2e/kWh; None where it states none."""
    reported_water: Estimate | None = None
    """The water that was published with it, in L; None where none was."""
    country: str | None = None
    """ISO 3166-1 alpha-2 or alpha-3 code as logged."""
    subdivision: str | None = None
    """State or province as logged, by name."""
    cloud: str | None = None
    """`gcp/europe-west1`."""
    hours: tuple[tuple[datetime, float], ...] = ()
    """IT energy in kWh by hour of the clock, for logs that are series; else empty. Each hour by its
    begin, in the zone of the period."""
    devices: tuple[Device, ...] = ()
    """Names as logged, with counts."""
    served: Served | None = None
    """What a model in use did with the energy; None where it is not in use or nobody counted."""
    tokens: float | None = None
    """How many tokens were trained on."""
    flop: Estimate | None = None
    """Floating-point operations, as the log or the user states them."""
    flop_method: Literal["counted", "stated"] = "stated"
    """Whether a program counted `flop`, or somebody says so."""
    mfu: Estimate | None = None
    """Model FLOP utilisation as a ratio, where somebody states it."""
    device_time: Estimate | None = None
    """Σ over the accelerators of the time each was in use, in s, where it is stated as such."""
    covers: Literal["machine", "process", "device"]
    """Whose energy the tracker read."""
    complete: bool
    """False for a run that was killed, is partial, or is known by a prediction only."""
    blind_spots: tuple[tuple[str, str], ...] = ()
    """What this tracker never sees, each as what and why."""
    findings: tuple[Finding, ...] = ()
    """What the reader noticed."""

    @property
    def identity(self) -> tuple[str, ...]:
        """What makes two pieces of evidence the same run, whichever way they were given."""
        own_id = self.run != self.place
        files = () if own_id else tuple(file.sha256 for file in self.inputs[:1])
        return self.tracker, self.run, *files
