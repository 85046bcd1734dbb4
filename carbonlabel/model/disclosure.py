"""I am the statement: what was emitted, by what, how we know, and what is missing and why."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from carbonlabel.model.compute import Compute
from carbonlabel.model.estimate import (
    Basis,
    Carbon,
    Intensity,
    MaybeCarbon,
    MaybeEnergy,
    MaybeMinerals,
    MaybeTime,
    MaybeWater,
    Missing,
    Model,
    Water,
)
from carbonlabel.model.hardware import Device
from carbonlabel.model.lineage import Ancestor, Relation
from carbonlabel.model.market import Instrument
from carbonlabel.model.phases import Phase, PueState, Stage
from carbonlabel.model.profile import Profile
from carbonlabel.model.provenance import Finding, Input, Period, Source, Verified
from carbonlabel.model.region import Region
from carbonlabel.model.waiver import Waiver
from carbonlabel.model.workload import Workload

SCHEMA = "https://w3id.org/carbonlabel/disclosure/1-0-0"
PartName = Literal["accelerators", "host", "computing", "idle", "shared", "overhead", "manufacture"]
WaterSide = Literal["on_site", "off_site"]
Headline = Literal["total", "at least", "planned", "not reported"]
Withheld = Literal["file-names", "sites", "contracts"]
"""What a version for the public may leave out."""


class Subject(Model):
    """The model that a disclosure is about."""

    model: str | None = None
    """`organisation/name`; absent when nobody named it."""
    revision: str | None = None
    """Commit or version of the model."""
    parameters: Annotated[int, Field(ge=1)] | None = None
    """How many parameters it has."""
    active_parameters: Annotated[int, Field(ge=1)] | None = None
    """How many of them work on one token, where that is not all."""
    base_models: tuple[str, ...] | None = None
    """What it was made from, as `organisation/name@revision`; their footprint is never added."""
    relation: Relation | None = None
    """How it was made from them."""


class Part(Model):
    """One row of a footprint."""

    part: PartName
    """Which row."""
    energy: MaybeEnergy | None = None
    """Electricity of the row in kWh; absent for manufacture and where nothing applies."""
    emissions: MaybeCarbon
    """Emissions of the row in gCO2e."""
    minerals: MaybeMinerals | None = None
    """Abiotic resource depletion (ADPe) of the row in kgSbeq; only of manufacture."""


class Reported(Model):
    """What the tracker itself said, for comparison only."""

    energy: MaybeEnergy
    """As it stands in the log, in kWh."""
    emissions: MaybeCarbon
    """As it stands in the log, in gCO2e."""
    intensity: Intensity | None = None
    """The tracker's grid factor, stated or implied, in gCO2e/kWh."""
    water: Water | None = None
    """The water that was published beside it, in L."""


class Activity(Model):
    """Phase × group of runs × site × period: the unit of account."""

    phase: Phase
    """The phase of the model's life; `training` when nobody told."""
    runs: Annotated[int, Field(ge=1)]
    """How many executions are added up here."""
    complete: bool
    """False if any of them was killed, is partial or is known by a prediction only."""
    period: Period | Missing
    """From the begin of the first to the end of the last run."""
    duration: MaybeTime
    """Wall time of all runs, in s."""
    hardware: tuple[Device, ...]
    """The machines."""
    region: Region
    """The place with its factors."""
    pue_in_energy: PueState
    """Whether the log's figures hold cooling and overhead; the parts hold them exactly once."""
    parts: tuple[Part, ...]
    """The rows."""
    reported: Reported
    """What the tracker said."""
    market: MaybeCarbon | None = None
    """Electricity by its contracts, market-based, in gCO2e; never in a headline."""
    instruments: tuple[Instrument, ...] | None = None
    """The contracts behind `market`."""
    water: dict[WaterSide, MaybeWater] | None = None
    """Water consumed on site (WUE × IT energy) and off site (EWIF × facility energy), in L."""
    compute: Compute | None = None
    """Device-hours and operations."""
    workload: Workload | None = None
    """What a model in use served, by functional unit."""
    profile: Profile | None = None
    """IT energy and grid intensity over time; absent where the logs are no series."""
    stages: dict[Stage, Annotated[float, Field(ge=0, le=1)]] | None = None
    """What the runs were for, each with its part of the IT energy, 0 to 1; absent where no log
    says it."""
    stage_runs: dict[Stage, Annotated[int, Field(ge=1)]] | None = None
    """How many runs were for it, where `stages` stands."""


class Doubt(Model):
    """How much one source quantity contributes to the interval of the total."""

    of: str
    """JSON pointer to the quantity."""
    low: float
    """The total ÷ its value when this quantity is at the end that lowers the total."""
    high: float
    """The total ÷ its value when this quantity is at the end that raises the total."""
    share: float
    """Its share of the squared logarithmic width, 0 to 1."""


class Totals(Model):
    """The sums over all activities: computed, never typed."""

    headline: Headline
    """`at least` when a row is missing, `not reported` when nothing is known."""
    emissions: MaybeCarbon
    """All declared parts, in gCO2e."""
    electricity: MaybeCarbon
    """The electricity parts, location-based, in gCO2e."""
    training: MaybeCarbon | None = None
    """Electricity of the training phases, in gCO2e; only where other phases stand beside them."""
    rows: dict[PartName, Carbon] | None = None
    """Each electricity part that several activities have: its sum over them, in gCO2e."""
    manufacture: MaybeCarbon
    """Share of making the hardware, in gCO2e."""
    energy: MaybeEnergy
    """Energy behind electricity, in kWh."""
    market: MaybeCarbon | None = None
    """Electricity by its contracts, market-based, in gCO2e; only where a contract is declared."""
    water: dict[WaterSide, MaybeWater] | None = None
    """Water on site and off site, in L."""
    minerals: MaybeMinerals | None = None
    """ADPe of making the hardware, in kgSbeq."""
    sci: dict[str, MaybeCarbon] | None = None
    """Software carbon intensity (ISO/IEC 21031), (O + M) per R in gCO2e, by the name of R:
    `billion parameters`, `million training tokens`, `EFLOP`, `1000 requests`."""
    shares: dict[Basis, float]
    """Share of the emissions by basis, 0 to 1; empty when nothing is known."""
    doubt: tuple[Doubt, ...]
    """Where the interval comes from, largest first."""


class LeftOut(Model):
    """Something that is not in the total."""

    what: str
    """Its name, as the label prints it."""
    why: str
    """Why it is not counted."""
    adds: Carbon | None = None
    """What it would add, in gCO2e, where that can be worked out."""


class Disclosure(Model):
    """The one statement from which every document is drawn."""

    schema_: Annotated[
        Literal["https://w3id.org/carbonlabel/disclosure/1-0-0"], Field(alias="$schema")
    ]
    """The version of this format."""
    subject: Subject
    """What it is about."""
    issued: date | None = None
    """Day on which the last run ended; absent when no run says when it was."""
    totals: Totals
    """The sums."""
    activities: Annotated[tuple[Activity, ...], Field(min_length=1)]
    """What was done, where, on what."""
    left_out: tuple[LeftOut, ...]
    """What the totals do not hold."""
    lineage: tuple[Ancestor, ...] | None = None
    """The models it was made from, with what they declare; never added to the totals."""
    findings: tuple[Finding, ...]
    """What was noticed by the readers and the assessment."""
    waivers: tuple[Waiver, ...] | None = None
    """Findings that somebody answers for."""
    verified: Verified | None = None
    """Who says to have verified it; absent where nobody outside did."""
    withheld: Annotated[tuple[Withheld, ...], Field(min_length=1)] | None = None
    """What was taken out of this version; absent where nothing was."""
    inputs: dict[str, Input]
    """The files read, by the key that `source` cites."""
    sources: dict[str, Source]
    """The works cited, by the key that `source` cites."""
    generator: Annotated[dict[Literal["name", "version"], str], Field(min_length=2)]
    """The program that made this disclosure."""
