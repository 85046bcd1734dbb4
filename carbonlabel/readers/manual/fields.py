"""I am the fields of manual.yaml: what a person may say of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from carbonlabel.intake import Log
from carbonlabel.parsing import yamlfile
from carbonlabel.parsing.fields import (
    Amount,
    Choice,
    Count,
    Field,
    Figure,
    Many,
    Moment,
    Record,
    Schema,
    Words,
    published,
)
from carbonlabel.parsing.phases import PHASES
from carbonlabel.parsing.quantities import Quantity
from carbonlabel.parsing.yamlfile import Entry, Node
from carbonlabel.readers.manual import work

NAME: Final = Field("name", Words(), "Name of the run, once in the file.")
ENERGY: Final = Field("energy", Amount("kWh"), "Electricity of the run: 18 kWh, or a mapping.")
HOURS: Final = Field(
    "hours", Amount("s", bare="h"), "Wall clock of the run: 10 for 10 h, or 30 min."
)
DEVICE_HOURS: Final = Field(
    "device_hours", Amount("s", bare="h"), "Hours times devices, instead of hours: 40 for 40 h."
)
COUNT: Final = Field("count", Count(), "How many devices ran; 1 where it is not said.")
POWER: Final = Field("power", Amount("W"), "Mean draw of one device: 300 W, or a mapping.")
DEVICE: Final = Field(
    "device", Words(), "Name of the device; without energy and power, its rated power counts."
)
PUE_IN_ENERGY: Final = Field(
    "pue_in_energy",
    Choice({"yes": "yes", "no": "no", "unknown": "unknown", "true": "yes", "false": "no"}),
    "Whether the energy or power holds cooling and overhead; not said: unknown for an energy, "
    "no for hours × power.",
)
COVERS: Final = Field(
    "covers",
    Many(Choice({"accelerators": "accelerators", "host": "host"})),
    "What the figure is of; not said: one figure, not split.",
)
METER: Final = Field("meter", Words(), "The meter that was read: it makes the figure measured.")
AMOUNT: Final = Amount("kWh")
VALUE: Final = Field("value", Figure("kWh"), "The energy, where power does not say it.")
_INSTEAD: Final = Record((VALUE, *AMOUNT.fields()[1:], METER, HOURS, DEVICE_HOURS, COUNT, POWER))
Stated = Quantity | Entry
"""What stands behind `idle` or `shared`: a plain energy, or a mapping."""


@dataclass(frozen=True, slots=True)
class _Beside:
    """An energy of its own: a text, or a mapping with a value or with power × hours."""

    def read(self, node: Node) -> Stated:
        """The energy, or the mapping with known keys."""
        return _INSTEAD.read(node) if isinstance(node, Entry) else AMOUNT.read(node)

    def schema(self) -> Schema:
        """A string or a mapping."""
        return {"anyOf": [AMOUNT.text_schema(), _INSTEAD.schema()]}


IDLE: Final = Field(
    "idle",
    _Beside(),
    "IT energy of machines that were held for the run and did not work: 64 kWh, or a mapping.",
)
SHARED: Final = Field(
    "shared",
    _Beside(),
    "The run's share of network, storage and management nodes, IT energy: 27 kWh, or a mapping.",
)
STARTED: Final = Field(
    "started", Moment(), "Begin of the run: 2026-11-03T09:00:00+01:00, or 2026-11-03."
)
ENDED: Final = Field("ended", Moment(), "End of the run, written like started.")
PHASE: Final = Field("phase", Choice(PHASES), "The phase of the model's life.")
COUNTRY: Final = Field("country", Words(), "ISO 3166-1 (FR) or 3166-2 (US-CA) code.")
PROVIDER: Final = Field(
    "provider",
    Words(r"^\s*[A-Za-z]+/[A-Za-z0-9-]+\s*$", "like gcp/europe-west1"),
    "A cloud region such as gcp/europe-west1, instead of country.",
)
REPORTED_ENERGY: Final = Field(
    "energy", Amount("kWh", implied_range=False), "The published electricity: 18 kWh."
)
REPORTED_EMISSIONS: Final = Field(
    "emissions", Amount("gCO2e", implied_range=False), "The published emissions: 8.1 kg."
)
REPORTED_INTENSITY: Final = Field(
    "intensity", Amount("gCO2e/kWh", implied_range=False), "The published grid factor: 450 g/kWh."
)
REPORTED_WATER: Final = Field(
    "water", Amount("L", implied_range=False), "The published water, on site and off: 892 m3."
)
_REPORT: Final = Record((REPORTED_ENERGY, REPORTED_EMISSIONS, REPORTED_INTENSITY, REPORTED_WATER))
REPORTED: Final = Field("reported", _REPORT, "What was published, for the cross-check only.")
RUN: Final = Record(
    (
        NAME,
        ENERGY,
        HOURS,
        DEVICE_HOURS,
        COUNT,
        POWER,
        DEVICE,
        PUE_IN_ENERGY,
        COVERS,
        METER,
        IDLE,
        SHARED,
        STARTED,
        ENDED,
        PHASE,
        COUNTRY,
        PROVIDER,
        *work.FIELDS,
        REPORTED,
    )
)
MARK: Final = Field("carbonlabel", Choice({"runs": "runs"}), "Marks the file.", is_required=True)
RUNS: Final = Field("runs", Many(RUN), "The runs.", is_required=True)
FILE: Final = Record((MARK, RUNS))


def read(log: Log) -> Entry:
    """The content of manual.yaml, marked as what it is.

    Raises:
        MalformedInput: it is no YAML or JSON, or has not these fields.
    """
    top = FILE.read(yamlfile.load(log))
    MARK.need(top)
    return top


def schema() -> Schema:
    """The JSON Schema of manual.yaml."""
    return published(FILE, "runs", "Runs without a tracker")
