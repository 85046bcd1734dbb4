"""I make footprints for comparisons: each is stated in the words of a manual.yaml or of a card."""

from __future__ import annotations

import hashlib
import io

import carbonlabel
from carbonlabel import comparison, linting
from carbonlabel.comparison import Side
from carbonlabel.intake import Log
from carbonlabel.model.disclosure import Disclosure, Subject
from carbonlabel.model.region import Place
from carbonlabel.readers.inventory import load_inventory
from carbonlabel.readers.region import load_place

BOARD = "NVIDIA H100 80GB HBM3"
CARD = """---
co2_eq_emissions:
  emissions: {grams}
  source: CodeCarbon
  training_type: {training}
  geographical_location: France
{more}---
# A model
"""


def place(  # noqa: PLR0913 - what a place has, each by name
    intensity: float | None = 50,
    *,
    pue: float | None = None,
    code: str = "FR",
    scope: str = "lifecycle",
    accounting: str = "production",
    year: int = 2025,
    site: str | None = None,
) -> Place:
    """The place of a region.yaml, its grid ÷ and × 1.25."""
    cooling = "not counted" if pue is None else f"{{value: {pue}, low: {pue}, high: {pue}}}"
    lines = [f"country: {code}", f"pue: {cooling}", *([f"site: {site}"] if site else [])]
    if intensity is not None:
        lines += [
            "intensity:",
            f"  value: {intensity} gCO2e/kWh",
            f"  low: {intensity / 1.25:.9g} gCO2e/kWh",
            f"  high: {intensity * 1.25:.9g} gCO2e/kWh",
            f"  year: {year}",
            f"  scope: {scope}",
            f"  accounting: {accounting}",
            "  source: a publisher",
        ]
    return load_place(Log("region.yaml", content="\n".join(lines).encode()))


def run(energy_kwh: float, ratio: float | None = 1.4, /, **told: object) -> str:
    """One run of a manual.yaml, its energy ÷ and × `ratio`."""
    ends = ""
    if ratio is not None:
        ends = f", low: {energy_kwh / ratio:.9g} kWh, high: {energy_kwh * ratio:.9g} kWh"
    facts = {
        "energy": f"{{value: {energy_kwh:.9g} kWh{ends}}}",
        "phase": "fine-tuning",
        "pue_in_energy": "no",
        "started": "2025-03-03",
        **told,
    }
    first, *rest = (f"{key}: {value}\n" for key, value in facts.items() if value is not None)
    return "  - " + first + "".join(f"    {line}" for line in rest)


def served(energy_kwh: float, board: str = BOARD, **told: object) -> str:
    """A run of a model in use, of a million requests unless another count is told."""
    facts = {"unit": "requests", "count": 1_000_000, "task": "text-generation", "batch": 1, **told}
    listed = ", ".join(f"{key}: {value}" for key, value in facts.items() if value is not None)
    machine = {"device": board, "count": 1, "hours": 10}
    return run(energy_kwh, 1.1, phase="inference", served=f"{{{listed}}}", **machine)


def made(
    model: str,
    *runs: float | str,
    at: Place | None = None,
    machines: str | None = None,
    **subject: object,
) -> Disclosure:
    """The disclosure of some runs."""
    every = (each if isinstance(each, str) else run(each) for each in runs)
    text = "carbonlabel: runs\nruns:\n" + "".join(every)
    inventory = (
        load_inventory(Log("hardware.yaml", content=machines.encode())) if machines else None
    )
    return carbonlabel.assess(
        carbonlabel.read(io.BytesIO(text.encode())),
        region=at or place(),
        inventory=inventory,
        subject=Subject.model_validate({"model": model, **subject}),
    )


def card(grams: float, training: str = "fine-tuning", more: str = "", name: str = "b/card") -> Side:
    """A model card without a disclosure."""
    return side_of(CARD.format(grams=grams, training=training, more=more), name)


def side_of(text: str, name: str) -> Side:
    """The side of a card with this text."""
    content = text.encode()
    declared = linting.declared(content, f"{name}/README.md")
    return comparison.declared(declared, name, hashlib.sha256(content).hexdigest())
