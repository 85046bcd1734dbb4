"""I am many runs made one: each with its origin, whether it is counted, and why."""

from datetime import datetime
from typing import Annotated, Final, Literal

from pydantic import Field

from carbonlabel.model.disclosure import LeftOut, Reported
from carbonlabel.model.estimate import (
    Energy,
    Flop,
    MaybeEnergy,
    MaybeRatio,
    MaybeTime,
    MaybeWaterUse,
    Missing,
    Model,
    Ratio,
    Time,
)
from carbonlabel.model.evidence import Phase, PueState, Sensor, Stage
from carbonlabel.model.hardware import Device
from carbonlabel.model.provenance import Finding, Input, Period
from carbonlabel.model.workload import FunctionalUnit, Statistic

PROJECT_SCHEMA: Final = "https://w3id.org/carbonlabel/project/1-0-0"
Row = Literal["accelerators", "host", "computing", "idle", "shared"]
ROWS: Final[tuple[Row, ...]] = ("accelerators", "host", "computing")
BESIDE: Final[tuple[Row, ...]] = ("idle", "shared")
"""Rows that are there only where somebody declared them."""
Rule = Literal["same-run", "overlap", "not-measured"]
Overlap = Literal["max", "first", "sum"]


class Energies(Model):
    """IT energy of one run by row."""

    accelerators: MaybeEnergy
    """The accelerator boards, in kWh."""
    host: MaybeEnergy
    """CPU and memory, in kWh."""
    computing: MaybeEnergy
    """All of it, where the log does not split it, in kWh."""
    idle: Energy | None = None
    """Machines that were held and did not work, in kWh; absent where nobody declared them."""
    shared: Energy | None = None
    """The share of network, storage and other nodes, in kWh; absent where nobody declared it."""


class Counted(Model):
    """What a run of a model in use served."""

    unit: FunctionalUnit
    """What is counted."""
    count: Annotated[float, Field(gt=0)]
    """How many of them."""
    statistic: Statistic
    """What the energy ÷ count is of the single units."""
    task: str | None = None
    """Such as `text-generation`."""
    batch: Annotated[int, Field(ge=1)] | None = None
    """How many were worked on together."""


class Did(Model):
    """What a run did with its energy, as far as its log says."""

    served: Counted | None = None
    """What it served; absent where it made a model, or nobody counted."""
    tokens: Annotated[float, Field(gt=0)] | None = None
    """How many tokens it trained on."""
    flop: Flop | None = None
    """Floating-point operations."""
    flop_method: Literal["counted", "stated"] | None = None
    """Whether a program counted `flop`, or somebody says so."""
    mfu: Ratio | None = None
    """Model FLOP utilisation."""
    device_time: Time | None = None
    """Accelerator time in s, where it is stated as such."""


class ProjectRun(Model):
    """One run as its log tells it, and what became of it."""

    stage: Stage
    """What the run was for."""
    counted: bool
    """Whether its energy is in the totals."""
    reason: str | None = None
    """Why it is not counted, or where its figures are from when no log holds them."""
    decision: Annotated[int, Field(ge=0)] | None = None
    """Position in `decisions` of the one that decided it."""
    file: str
    """The file that the figures stand in, below the folder that was collected."""
    line: Annotated[int, Field(ge=1)] | None = None
    """The line of the file, from 1."""
    inputs: Annotated[tuple[str, ...], Field(min_length=1)]
    """Keys in `inputs` of the files it was read from."""
    format: str
    """The format that recognised the file."""
    tracker: str
    """The tool that wrote the log."""
    version: str | None = None
    """The version of that tool."""
    run: str | None = None
    """The tracker's id of the run; absent where the log has none."""
    name: str | None = None
    """What the user called the project or the run in the tracker."""
    phase: Phase | None = None
    """The phase of the model's life, where the log says it."""
    complete: bool
    """False for a run that was killed, is partial, or was measured on some of its machines only."""
    covers: Literal["machine", "process", "device"]
    """Whose energy the tracker read."""
    period: Period | Missing
    """When."""
    duration: MaybeTime
    """Wall time in s."""
    energy: Energies
    """IT energy by row, in kWh."""
    sensors: dict[Row, Sensor]
    """How the energy of each known row came about."""
    pue_in_energy: PueState
    """Whether the figures of the log hold cooling and overhead."""
    pue: MaybeRatio
    """What was inside, or what the log states about the site."""
    wue: MaybeWaterUse
    """On-site water in L/kWh, where the log states it."""
    reported: Reported
    """Exactly what stands in the log."""
    country: str | None = None
    """Country code as logged."""
    subdivision: str | None = None
    """State or province as logged."""
    cloud: str | None = None
    """Cloud region as logged."""
    devices: tuple[Device, ...] | None = None
    """The machines as logged; absent where the log names none."""
    hours: tuple[tuple[datetime, float], ...] | None = None
    """IT energy in kWh by hour, each hour by its begin; absent where the log is no series."""
    did: Did | None = None
    """What it did with its energy; absent where the log does not say."""
    findings: tuple[Finding, ...] | None = None
    """What was noticed about the run; absent where nothing was."""


class Decision(Model):
    """What was done where the same energy may stand in several logs, or in none."""

    rule: Rule
    """What was noticed: one run in several files, runs that overlap on one machine, or machines
    that left no log."""
    message: str
    """What was decided and why, as a sentence."""
    kept: tuple[Annotated[int, Field(ge=0)], ...]
    """Positions in `runs` of those that are counted."""
    left: tuple[Annotated[int, Field(ge=0)], ...]
    """Positions in `runs` of those that are not."""


class StageTotal(Model):
    """The sum over the runs of one stage: energy only, before cooling and without a grid."""

    stage: Stage
    """Which stage."""
    runs: Annotated[int, Field(ge=0)]
    """How many runs were found."""
    counted: Annotated[int, Field(ge=0)]
    """How many of them are counted."""
    unknown: Annotated[int, Field(ge=0)]
    """How many counted runs have no energy in some row: the sum is at least that."""
    energy: MaybeEnergy
    """IT energy of the counted runs, in kWh."""


class Unread(Model):
    """A file that is a tracker's log, and cannot be read."""

    file: str
    """The file, below the folder that was collected."""
    code: str
    """Code of the error, as `docs/errors.md` lists it."""
    message: str
    """What is wrong with it."""


class Told(Model):
    """What the user said that the logs do not."""

    overlap: Overlap | Literal["ask"]
    """What is counted of runs that overlap on one machine."""
    nodes: dict[Stage, Annotated[int, Field(ge=1)]] | None = None
    """How many machines ran at the same time, by stage."""
    ranks: Annotated[int, Field(ge=1)] | None = None
    """How many trackers ran at the same time on all machines together."""
    scale_up: bool
    """Whether machines that left no log are counted at the mean of those that did."""
    stages: tuple[str, ...] | None = None
    """The rules that sort runs into stages, in their order."""


class Project(Model):
    """Every run of a project, each counted once or left for a reason."""

    schema_: Annotated[
        Literal["https://w3id.org/carbonlabel/project/1-0-0"], Field(alias="$schema")
    ]
    """The version of this format."""
    totals: tuple[StageTotal, ...]
    """The sums by stage, for stages that have runs."""
    decisions: tuple[Decision, ...]
    """Where runs were told apart, and why."""
    runs: Annotated[tuple[ProjectRun, ...], Field(min_length=1)]
    """Every run that was found, by file and line."""
    left_out: tuple[LeftOut, ...]
    """What the trackers of the counted runs never see."""
    unread: tuple[Unread, ...]
    """Logs that could not be read."""
    unrecognised: Annotated[int, Field(ge=0)]
    """How many files in the folders are no log that any reader knows."""
    told: Told
    """What the user said."""
    inputs: dict[str, Input]
    """The files read, by key; each by its name below the folder that was collected."""
    generator: Annotated[dict[Literal["name", "version"], str], Field(min_length=2)]
    """The program that made this file."""
