"""I list the fields of each standard that a disclosure can fill, and what would fill them.

A field that blocks is one without which the standard's form cannot be filled at all. Fields that
no footprint can answer, such as a licence or an address, are not listed: they are the form's own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from carbonlabel.completeness import facts
from carbonlabel.model.disclosure import Disclosure


class Field(NamedTuple):
    """One field of a standard."""

    name: str
    """What it asks for."""
    holds: Callable[[Disclosure], bool]
    """Whether a disclosure answers it."""
    filler: str
    """The flag or the key of a file that would."""
    blocks: bool = False
    """Whether the form cannot be filled without it."""


class Standard(NamedTuple):
    """A form that asks for a footprint."""

    key: str
    """Its short name, as `--standards` takes it."""
    title: str
    """What people call it."""
    fields: tuple[Field, ...]
    """What it asks for, in its order."""


_LOG: Final = "a log with energy, or energy in manual.yaml"
_SERVED: Final = "--served, or served in manual.yaml"
_REGION: Final = "--region"
_HARDWARE: Final = "--hardware"
_PHASE: Final = "--phase"
_MODEL: Final = "--model"
_WATER: Final = "--region with a place, or wue and ewif in region.yaml"
_TIMES: Final = "started and ended in manual.yaml"
_HOURS: Final = "hours in manual.yaml"

STANDARDS: Final[tuple[Standard, ...]] = (
    Standard(
        "hub",
        "Hugging Face co2_eq_emissions",
        (
            Field("training emissions", facts.training_emissions, _LOG, blocks=True),
            Field("source", facts.method_told, _LOG),
            Field("training type", facts.phase_named, _PHASE),
            Field("location", facts.place, _REGION),
            Field("hardware with count", facts.hardware, _HARDWARE),
        ),
    ),
    Standard(
        "hub-lineage",
        "Hugging Face lineage",
        (
            Field("base model", facts.base_models, "--base-model"),
            Field("relation", facts.relation, "--relation"),
            Field("what the base model declares", facts.ancestors, "--base-model with its card"),
        ),
    ),
    Standard(
        "boamps",
        "BoAmps 1.1.0",
        (
            Field("task stage", facts.phase_named, _PHASE, blocks=True),
            Field("measurement method", facts.method_told, _LOG, blocks=True),
            Field("energy in kWh", facts.total_energy, _LOG, blocks=True),
            Field("components with count", facts.hardware, _HARDWARE, blocks=True),
            Field("country", facts.place, _REGION),
            Field("begin", facts.period, _TIMES),
            Field("duration", facts.duration, _HOURS),
            Field("quality", facts.ranged, "low and high in manual.yaml"),
        ),
    ),
    Standard(
        "cyclonedx",
        "CycloneDX 1.6 ML-BOM",
        (
            Field("activity", facts.phase_named, _PHASE, blocks=True),
            Field("energy in kWh", facts.total_energy, _LOG, blocks=True),
            Field("emissions in t", facts.electricity, _REGION),
            Field("place", facts.place, _REGION),
            Field("model and version", facts.model, _MODEL),
            Field("ancestors", facts.base_models, "--base-model"),
        ),
    ),
    Standard(
        "spdx",
        "SPDX 3.0.1 AI profile",
        (
            Field("energy in kWh by phase", facts.total_energy, _LOG, blocks=True),
            Field("training or fine-tuning", facts.phase_named, _PHASE, blocks=True),
            Field("model", facts.model, _MODEL, blocks=True),
            Field("energy of inference", facts.use_energy, "a log of the model in use"),
            Field("descendant of", facts.base_models, "--base-model"),
        ),
    ),
    Standard(
        "sci",
        "ISO/IEC 21031 (SCI)",
        (
            Field("R, unit and count", facts.rate, f"{_SERVED}, or --tokens", blocks=True),
            Field("boundary", facts.boundary, "assess anew", blocks=True),
            Field("E", facts.total_energy, _LOG, blocks=True),
            Field("I with its place", facts.place, _REGION, blocks=True),
            Field("M", facts.making, _HARDWARE, blocks=True),
            Field("PUE", facts.pue, "--pue"),
            Field("water", facts.water, _WATER),
        ),
    ),
    Standard(
        "sci-ai",
        "SCI for AI, provider",
        (
            Field("R: FLOP", facts.flop, "--flop"),
            Field("R: training tokens", facts.tokens, "--tokens"),
            Field("R: parameters", facts.parameters, "--parameters"),
            Field("score", facts.rate, "--flop, --tokens or --parameters", blocks=True),
            Field("all runs", facts.failed_told, "carbonlabel collect", blocks=True),
            Field("M", facts.making, _HARDWARE, blocks=True),
        ),
    ),
    Standard(
        "gpai",
        "GPAI Model Documentation Form (energy, compute)",
        (
            Field(
                "training energy, or who keeps it back",
                facts.training_energy_or_reason,
                _LOG,
                blocks=True,
            ),
            Field("method of energy", facts.method_told, _LOG, blocks=True),
            Field("training FLOP", facts.flop, "--flop, or --tokens with --parameters"),
            Field("method of FLOP", facts.flop_method, "--flop, or --tokens with --parameters"),
            Field("wall clock", facts.duration, _HOURS),
            Field("device-days", facts.device_time, "hours and count, or device_hours"),
            Field("hardware", facts.hardware, _HARDWARE),
            Field("period of training", facts.period, _TIMES),
            Field("inference FLOP", facts.served_flop, "flop of a run in use, in manual.yaml"),
            Field("inference: task and hardware", facts.served_task, _SERVED),
        ),
    ),
    Standard(
        "ghg",
        "ESRS E1 / SB 253 supporting schedule",
        (
            Field("reporting year", facts.period, _TIMES, blocks=True),
            Field("location-based t", facts.electricity, _LOG, blocks=True),
            Field("market-based t", facts.market, "instruments in region.yaml", blocks=True),
            Field("contracts", facts.instruments, "instruments in region.yaml"),
            Field("energy in MWh", facts.total_energy, _LOG, blocks=True),
            Field("place", facts.place, _REGION),
            Field("hardware (scope 3)", facts.making, _HARDWARE),
        ),
    ),
    Standard(
        "lca",
        "Mistral / ADEME life-cycle analysis",
        (
            Field("emissions with hardware", facts.making, _HARDWARE, blocks=True),
            Field("water", facts.water, _WATER, blocks=True),
            Field("minerals (ADPe)", facts.minerals, _HARDWARE, blocks=True),
            Field("phases apart", facts.phase_named, _PHASE),
            Field("use", facts.use_energy, "a log of the model in use"),
            Field("per functional unit", facts.served_emissions, _SERVED),
        ),
    ),
    Standard(
        "per-prompt",
        "Per prompt (as Gemini)",
        (
            Field("unit and count", facts.served, _SERVED, blocks=True),
            Field("median", facts.served_median, "statistic: median"),
            Field("accelerators and host apart", facts.split, "a tracker that splits them"),
            Field("idle machines", facts.idle, "idle in manual.yaml"),
            Field("overhead", facts.overhead, "--pue"),
            Field("emissions of a unit", facts.served_emissions, _SERVED, blocks=True),
            Field("water of a unit", facts.served_water, _WATER),
            Field("period", facts.period, _TIMES),
        ),
    ),
    Standard(
        "climate-card",
        "Climate performance model card",
        (
            Field("public model", facts.model, _MODEL),
            Field("time of the final model", facts.duration, _HOURS),
            Field("time of all experiments", facts.phases_split, "carbonlabel collect"),
            Field("energy", facts.total_energy, _LOG),
            Field("location", facts.place, _REGION),
            Field("emissions of the final model", facts.training_emissions, _LOG),
            Field("emissions of all experiments", facts.phases_split, "carbonlabel collect"),
            Field("emissions of a sample", facts.served_emissions, _SERVED),
        ),
    ),
    Standard(
        "sentence",
        "LaTeX / sentence of a paper",
        (
            Field("hours", facts.duration, _HOURS, blocks=True),
            Field("hardware", facts.hardware, _HARDWARE, blocks=True),
            Field("emissions", facts.electricity, _LOG, blocks=True),
            Field("region", facts.place, _REGION),
            Field("failed and earlier runs", facts.failed_told, "carbonlabel collect"),
            Field("parameters", facts.parameters, "--parameters"),
        ),
    ),
)
"""Every form that is known, with what it asks of a footprint."""
