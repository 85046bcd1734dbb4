"""I hold every word of the report that is not a figure or somebody's name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from carbonlabel.documents.language import Texts, Words, marked
from carbonlabel.model.disclosure import PartName, Withheld
from carbonlabel.model.evidence import Stage

DASH: Final = "–"
COMPUTED: Final = marked("worked out")
NOT_STATED: Final = marked("not stated")
MORE: Final = marked("{count} more stand in carbon.json.")
SEVERAL: Final = marked("{name}, {activity}")

TITLE: Final = marked("Carbon report")
AUDIENCES: Final[Mapping[str, str]] = Words(
    {
        "lab": "Report",
        "public": "Report for the public",
        "regulator": "Report for a regulator",
    }
)
RECIPIENTS: Final[Mapping[str, str]] = Words(
    {
        "aio": "AI Office",
        "nca": "national competent authority",
        "downstream": "downstream provider",
    }
)
COVER: Final[Mapping[str, str]] = Words(
    {
        "kind": "Kind",
        "model": "Model",
        "revision": "Revision",
        "size": "Size",
        "issued": "Last run ended",
        "planned end": "Last run would end",
        "generator": "Made with",
    }
)

SUMMARY: Final[Mapping[str, str]] = Words(
    {
        "total": "{runs} of {model} emitted {amount}{range}.",
        "at least": "{runs} of {model} emitted at least {amount}{range}.",
        "planned": "{runs} of {model} would emit {amount}{range}.",
        "not reported": "What {runs} of {model} emitted is not reported.",
        "unnamed": "a model that is not named",
        "range": ", likely {low} to {high}",
        "work": "The work{took}{on}{where}{when}.",
        "took": " took {time}",
        "done": " was done",
        "work planned": "The work is planned{took}{on}{where}{when}.",
        "for": " for {time}",
        "on": " on {machines}",
        "where": " in {place}",
        "nowhere": " in a place that is not known",
        "when": ", {dates}",
        "day": ", {day}",
        "rows": "Electricity is {electricity} of it ({energy} at {intensity}), making the hardware "
        "{manufacture}.",
        "unmade": "Electricity is all of it ({energy} at {intensity}); what making the hardware "
        "emitted is not reported.",
        "quality": "The amount is {word}{shares}{doubt}.",
        "shares": " ({shares})",
        "doubt": "; its largest source of doubt: {cause}",
        "left out": "Not in it: {items}.",
    }
)

TITLES: Final[Mapping[str, str]] = Words(
    {
        "withheld": "Withheld from this version",
        "counted": "What was counted",
        "left-out": "Not counted, and why",
        "energy": "Energy by component",
        "time": "Energy and grid over time",
        "stages": "Final, development and failed runs",
        "doubt": "Where the doubt comes from",
        "hardware": "Hardware",
        "place": "Place and electricity",
        "contracts": "Market-based electricity, beside the location-based",
        "manufacture": "Making the hardware",
        "water": "Water",
        "minerals": "Minerals",
        "use": "Use",
        "compute": "Compute",
        "lineage": "Made from other models",
        "scores": "Software carbon intensity",
        "method": "Method",
        "formulas": "Method in numbers",
        "findings": "Findings",
        "waivers": "Findings that somebody answers for",
        "inputs": "Files read",
        "sources": "Sources",
        "completeness": "What forms ask, and what is answered",
        "form": "Annex: energy and compute for the GPAI Model Documentation Form",
        "glossary": "Glossary",
        "verification": "How to verify",
        "signature": "Signature",
    }
)

QUANTITY_HEAD: Final = Texts("Quantity", "Value", "95 % range", "Basis", "From")

COUNTED: Final[Mapping[str, str]] = Words(
    {
        "runs": "Runs",
        "when": "When",
        "where": "Where",
        "time": "Time",
        "energy": "Energy",
        "electricity": "Electricity",
        "cut": "{runs}, not all of them whole",
        "lead": "Each line is an activity: a phase of the model's life, its runs, a place, a "
        "period.",
    }
)
LEFT_OUT_HEAD: Final = Texts("What", "Why")

ENERGY: Final[Mapping[str, str]] = Words(
    {
        "chart": "Energy by component",
        "caption": "Energy by component. The line through the end of a bar is its 95 % range.",
        "caption without": "Energy by component.",
        "component": "Component",
        "energy": "Energy",
        "energy range": "95 % range",
        "energy basis": "Basis",
        "emissions": "Emissions",
        "emissions range": "95 % range",
        "basis": "Basis",
    }
)
COMPONENTS: Final[Mapping[PartName, str]] = Words(
    {
        "accelerators": "Accelerators",
        "host": "CPU and memory",
        "computing": "Computing",
        "idle": "Idle time",
        "shared": "Network, storage",
        "overhead": "Cooling, overhead",
        "manufacture": "Hardware",
    }
)

TIME: Final[Mapping[str, str]] = Words(
    {
        "chart": "Energy over time{activity}",
        "activity": " of {name}",
        "hour": "IT energy by the hour, {unit}",
        "day": "IT energy by the day, {unit}",
        "intensity": "Grid intensity, {unit}",
        "caption": "{chart}, {first} to {last} ({zone}); {intensity}.",
        "with": "grid intensity from the hourly figures of the zone",
        "without": "one grid factor was used for all of it",
        "described": "IT energy from {first} to {last}: {total} in all, at most {most} in "
        "one {step}, "
        "at {when}.{grid}",
        "grid": " Grid intensity between {low} and {high}.",
        "from": "Start",
        "energy": "IT energy",
        "mean": "Grid intensity",
        "rest": "{count} more lines stand in carbon.json.",
        "table": "The figures of the chart",
    }
)

STEPS: Final[Mapping[str, str]] = Words({"hour": "hour", "day": "day"})

STAGES: Final[Mapping[str, str]] = Words(
    {
        "chart": "Electricity by what the runs were for",
        "caption": "Electricity by what the runs were for.",
        "for": "Runs for",
        "runs": "Runs",
        "energy": "IT energy",
        "emissions": "Electricity",
        "share": "Share",
        "lead": "Development is every run on the way to the model: sweeps, ablations, "
        "debugging. Its "
        "part of an activity's electricity is its part of the energy.",
    }
)
STAGE_NAMES: Final[Mapping[Stage, str]] = Words(
    {
        "final": "Final",
        "ablation": "Development: ablations",
        "sweep": "Development: sweeps",
        "debug": "Development: debugging",
        "failed": "Failed",
    }
)

DOUBT: Final[Mapping[str, str]] = Words(
    {
        "chart": "Share of the doubt",
        "caption": "Share of the squared width of the range, on a scale of logarithms.",
        "of": "Source of doubt",
        "share": "Share",
        "effect": "Moves the amount to",
        "percents": "{low} to {high} of its value",
    }
)

HARDWARE: Final[Mapping[str, str]] = Words(
    {
        "machine": "Machine",
        "kind": "Kind",
        "count": "Count",
        "share": "Part used",
        "making": "Making of one",
        "range": "95 % range",
        "method": "Method",
        "life": "Life",
        "minerals": "Minerals in one",
        "from": "From",
        "accelerator": "accelerator",
        "host": "host",
    }
)

PLACE: Final[Mapping[str, str]] = Words(
    {
        "intensity": "Grid intensity, location-based",
        "pue": "PUE",
        "wue": "Water on site, WUE",
        "ewif": "Water of the electricity, EWIF",
        "residual": "Residual mix, market-based",
        "electricity": "Electricity, location-based",
        "table": "{place}: {zone}",
        "table of": "{place}, {activities}: {zone}",
        "zone": "zone {zone}, {scope}, {accounting}",
        "no zone": "zone not stated, {scope}, {accounting}",
        "world": "world mean, as no place is known",
        "tracker": "The tracker's own grid factor",
        "tracker energy": "The tracker's own energy",
        "tracker emissions": "The tracker's own emissions",
        "reported": "What the tracker itself said, for comparison",
    }
)
CONTRACTS: Final[Mapping[str, str]] = Words(
    {
        "lead": "Contracts change nothing at the sockets: the location-based figure is the "
        "one that "
        "counts here, and no other figure holds the market-based one.",
        "location": "Electricity, location-based",
        "market": "Electricity, market-based",
        "kind": "Contract",
        "covers": "Covers",
        "zone": "Market and year",
        "intensity": "Claims",
        "emissions": "Emissions",
        "reference": "Reference",
        "table": "Contracts",
        "both": "Both methods",
        "ppa": "power purchase agreement",
        "certificate": "certificates",
        "supplier": "supplier's mix",
        "tariff": "green tariff",
    }
)
WATER: Final[Mapping[str, str]] = Words(
    {
        "on_site": "Water on site: cooling",
        "off_site": "Water off site: power plants",
        "published": "Water, as published beside it",
    }
)
MINERALS: Final = marked("Abiotic resources (ADPe) in the hardware")

USE: Final[Mapping[str, str]] = Words(
    {
        "energy": "Energy {per}",
        "emissions": "Electricity {per}",
        "water": "Water {per}",
        "served": "Served: {count}{task}{batch}.",
        "task": ", {task}",
        "batch": ", in batches of {batch}",
    }
)
COMPUTE: Final[Mapping[str, str]] = Words(
    {
        "device": "Accelerator time",
        "flop": "Operations",
        "flop how": "Operations: {how}",
        "tokens": "Tokens trained on: {tokens}.",
        "peak": "Peak of one accelerator, dense 16-bit",
        "mfu": "Model FLOP utilisation",
        "duration": "Wall time",
    }
)
LINEAGE: Final[Mapping[str, str]] = Words(
    {
        "lead": "What other models declare for themselves stands here and is never added.",
        "model": "Model",
        "how": "How",
        "electricity": "Electricity of its training",
        "digest": "Its disclosure",
        "of": "{how} of {child}",
    }
)
RELATIONS: Final[Mapping[str, str]] = Words(
    {
        "finetune": "fine-tuned",
        "adapter": "adapter",
        "merge": "merged",
        "quantized": "quantised",
        "distilled": "distilled",
    }
)
SCORES: Final[Mapping[str, str]] = Words(
    {
        "lead": "Electricity, location-based, and the making of the machines together, for each "
        "functional unit (ISO/IEC 21031, SCI for AI).",
        "per": "Per {unit}",
    }
)

METHOD_HEAD: Final = Texts("Quantity", "How it came about")
FORMULAS: Final[Mapping[str, str]] = Words(
    {
        "lead": "Every computed figure with its formula, first in names, then in numbers. A name "
        "stands for the figure beside it in carbon.json; carbonlabel explain follows each to its "
        "origin.",
        "figure": "Figure in carbon.json",
        "formula": "Formula",
        "worked": "In numbers",
        "rest": "{count} more: carbonlabel explain carbon.json",
    }
)

FINDING_HEAD: Final = Texts("Severity", "What was noticed")
NO_FINDINGS: Final = marked("Nothing was noticed.")
WAIVER_HEAD: Final = Texts("Finding", "Who answers", "Until", "Why")
INPUT_HEAD: Final = Texts("File", "SHA-256")
SOURCE_HEAD: Final = Texts("Work", "Where")

WITHHELD_LEAD: Final = marked(
    "This version was made for the public, and so was the carbon.json that belongs to it: it has "
    "a digest of its own, and no figure was changed. What is taken out wherever there is any:"
)
WITHHELD: Final[Mapping[Withheld, Texts]] = {
    "file-names": Texts(
        "Names of files",
        (
            "They are numbered. Their SHA-256 stays, so that who has a file can tell that it is "
            "the one."
        ),
    ),
    "sites": Texts("Names of sites", "The country, the grid zone and every factor stay."),
    "contracts": Texts("References of contracts", "They are numbered; energies and claims stay."),
}
WITHHELD_HEAD: Final = Texts("What", "How")
NEVER_HELD: Final = marked(
    "No disclosure ever holds names of hosts or users, paths, identifiers of a tracker's runs or "
    "coordinates."
)
