"""I hold the words of the annex for the Model Documentation Form; law is cited, never repeated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LEAD: Final = (
    (
        "The energy and compute fields of the Model Documentation Form (Code of Practice for "
        "general-purpose AI models, transparency chapter, 10 July 2025). They rest on Annex XI, "
        "Section 1, point 2(d) and (e), of Regulation (EU) 2024/1689, by Article 53(1)(a) of it."
    ),
    (
        "Whether a duty applies to this model (Articles 51 to 53) is not answered here, and "
        "nothing here claims compliance. The other fields of the form are in no footprint."
    ),
)
PLANNED: Final = (
    "The training is still to be: every figure here is an estimate of what it would take."
)
TRAIL: Final = (
    (
        "The form draws no boundary of energy and asks nothing of carbon, place or water: those "
        "stand in the report. Electricity of a model in use is in no field of it."
    ),
)
DOWNSTREAM: Final = (
    "Of energy and compute the form asks nothing for downstream providers: the fields are left "
    "out. The rest of this report, and the carbon.json in it, tell more than the form asks; give "
    "the version for the public where that is too much."
)
ITEM: Final = "Field"
COLUMNS: Final[Mapping[str, str]] = {
    "aio": "To the AI Office",
    "nca": "To national competent authorities",
    "downstream": "To downstream providers",
}
OMITTED: Final = "not asked for: left out"
NOT_AVAILABLE: Final = "N/A. Lacking: {why}"
WITHHELD: Final = "N/A. Kept back by who knows it: {why}"

TIME: Final = "Training time"
FLOP: Final = "Amount of computation used for training"
FLOP_METHOD: Final = "Measurement methodology of the computation"
ENERGY: Final = "Amount of energy used for training"
ENERGY_METHOD: Final = "Measurement methodology of the energy"
USE: Final = "Benchmarked amount of computation used for inference"
USE_METHOD: Final = "Measurement methodology of the inference"
REFERENCES: Final[Mapping[str, str]] = {
    TIME: "Annex XI, 1(2)(d)",
    FLOP: "Annex XI, 1(2)(d)",
    FLOP_METHOD: "Annex XI, 1(2)(d)",
    ENERGY: "Annex XI, 1(2)(e)",
    ENERGY_METHOD: "Annex XI, 1(2)(e)",
    USE: "Code of Practice",
    USE_METHOD: "Code of Practice",
}

CLOCK: Final = "{days} days of wall clock"
DEVICES: Final = "{days} {name} days"
ACCELERATOR: Final = "accelerator"
JOINED: Final = "; "
CLOCK_NOTE: Final = "(wall clock of all runs added up, {dates})"
SPANS: Final = ("less than 1 month", "1 to 3 months", "3 to 6 months", "more than 6 months")
"""The ranges of training time, in their order."""
AT_LEAST: Final = "at least {amount}"
MEGAWATT_HOURS: Final = "{amount} MWh ({basis})"
OPERATIONS: Final = "{amount} × 10{power} FLOP"
MAGNITUDE: Final = "order of 10{power} FLOP"
HOW: Final = "{how}; tokens, parameters and time as the report states them."
MOSTLY: Final = "mostly {basis}"
MEASURED: Final = (
    "{basis}: {trackers}. Counted: {rows}. {gaps}{cooling} {doubt}{experiments}"
    "No delegated act under Article 53(5) sets a method."
)
COUNTED: Final = "{part} ({basis})"
NOT_COUNTED: Final = "Not counted: {rows}. "
BY_HAND: Final = "stated by hand"
COOLED: Final = "Cooling and overhead are in it (PUE {pue})."
INSIDE: Final = "Cooling and overhead are in it, by a ratio that is not known."
UNCOOLED: Final = "Cooling and overhead are not in it: {why}."
UNCOOLED_IN_PART: Final = "Cooling and overhead are not in all of it: {why}."
NO_PUE: Final = "no PUE is stated"
DOUBTED: Final = "The 95 % range is {low} to {high} MWh. "
EXPERIMENTS: Final = "Experiments ({amount}) stand apart and are not in it. "
BENCHMARK: Final = "{task}, {count}, on {machines}."
NO_TRAINING: Final = "no activity of this disclosure is a training"
NO_TASK: Final = "the task that was benchmarked, and the machines"
NO_FLOP: Final = "operations, or tokens with parameters"
NO_TIME: Final = "how long the runs took"
UNNAMED_TASK: Final = "task not named"
