"""I say what published cases need beside their own figures, and who says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

_BLOOM_LIFE: Final = {"lifetime": "6 years", "utilisation": "0.85"}
_GPU_OF_BLOOM: Final = {"name": "A100-SXM4-80GB", "count": "384", "making": "150 kgCO2e"}
_HOST_OF_BLOOM: Final = {
    "name": "HPE Apollo 6500 Gen10 Plus",
    "kind": "host",
    "count": "48",
    "making": "2500 kgCO2e",
}
Text = Mapping[str, Any]
"""What becomes a YAML file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """What a case needs beside its columns, as its source, another source or our tables say it."""

    whom: str = "all as published"
    """Who gives the inputs, in words."""
    pue: str | None = None
    power: str | None = None
    intensity: str | None = None
    country: str | None = None
    """With it our table gives the grid figure."""
    year: int | None = None
    hours: str | None = None
    """Device-hours."""
    count: int | None = None
    region: Text | None = None
    """Further lines of region.yaml."""
    machines: Sequence[Text] = ()
    life: Text | None = None
    served: Text | None = None
    runs: Sequence[Text] = ()
    """The runs themselves, where one row of the table is of several."""


_LLAMA_1: Final = "hours and power as published; PUE and grid as in the paper of LLaMA 1"
_META: Final = "hours and power as published; PUE: Meta's fleet, 2023; grid: our table"
BY_INPUTS: Final[dict[str, More]] = {
    "not computable": More(whom="none published"),
    "PUE 1.1 and 385 g/kWh taken from the LLaMA 1 paper (not in the card)": More(
        whom=_LLAMA_1, pue="1.1", intensity="385"
    ),
    "PUE 1.1, 385 g/kWh": More(whom=_LLAMA_1, pue="1.1", intensity="385"),
    "PUE 1.1, 385 g/kWh as LLaMA": More(whom=_LLAMA_1, pue="1.1", intensity="385"),
    "PUE 1.08 (Meta fleet 2023), US grid 2023 Ember 392.89 g/kWh": More(
        whom=_META, pue="1.08", country="US", year=2023
    ),
    "PUE 1.08 (Meta fleet 2023), US grid 2024 Ember 383.78 g/kWh": More(
        whom=_META, pue="1.08", country="US", year=2024
    ),
    "as Llama 3.1": More(whom=_META, pue="1.08", country="US", year=2023),
    "400 W, PUE 1.1, 385 g/kWh": More(
        whom="hours as published; power: our table; PUE and grid as in the paper of LLaMA 1",
        pue="1.1",
        intensity="385",
    ),
    "400 W, PUE 1, US 2022 grid; energy reproduces exactly": More(
        whom="hours as published; power and grid: our tables; no PUE",
        pue="1.0",
        country="US",
        year=2022,
    ),
    "250 W TDP, PUE 1, implied 300 g/kWh for AWS US-east": More(
        whom="hours as published; power: our table; no PUE; grid: worked back from the figure",
        pue="1.0",
        intensity="300",
    ),
    "400 W, PUE 1; 288 g/kWh as published": More(
        whom="hours and grid as published; power: our table; no PUE", pue="1.0"
    ),
    "chip power and grid of the ML CO2 Impact calculator, PUE 1": More(
        whom="hours as published; power and grid: of the calculator that it names; no PUE"
    ),
    "implied 250 W x 570 g/kWh (or 300 W x 475)": More(
        whom="hours as published; power: our table; no PUE; grid: worked back from the figure",
        pue="1.0",
        intensity="475",
    ),
    "400 W (upper), PUE 1, Germany 2022 Ember": More(
        whom="hours as published; power and grid: our tables; no PUE",
        pue="1.0",
        country="DE",
        year=2022,
    ),
    "700 W TDP, PUE 1.2, 332 g/kWh: an upper bound, real mean power was lower": More(
        whom="hours as published; rated power: our table; PUE and grid as of its other rows",
        pue="1.2",
        intensity="332",
    ),
    "700 W, PUE 1.2 and China 2024 are our assumptions": More(
        whom="hours as published; power and grid: our tables; PUE: assumed",
        pue="1.2",
        country="CN",
        year=2024,
    ),
}
BY_CASE: Final[dict[str, More]] = {
    "bloom-dynamic": More(count=384, machines=(_GPU_OF_BLOOM, _HOST_OF_BLOOM), life=_BLOOM_LIFE),
    "bloom-operational-total": More(
        machines=(_GPU_OF_BLOOM, _HOST_OF_BLOOM),
        hours="1082990",
        count=384,
        life=_BLOOM_LIFE,
    ),
    "bloom-embodied-gpu": More(
        count=384, machines=(_GPU_OF_BLOOM,), life=_BLOOM_LIFE, intensity="57"
    ),
    "bloom-inference": More(served={"unit": "request", "count": "230768"}),
    "olmo2-7b": More(region={"wue": "0 L/kWh", "ewif": "1.29 L/kWh"}),
    "olmo2-13b": More(region={"wue": "0 L/kWh", "ewif": "3.10 L/kWh"}),
    "olmo2-7b-inference": More(served={"unit": "prompt", "count": "2400"}),
    "llama2-13b-inference": More(served={"unit": "prompt", "count": "2400"}),
    "gemini-prompt-location": More(
        pue="1.09",
        region={"wue": "1.15 L/kWh"},
        served={"unit": "prompt", "count": "1", "statistic": "median"},
        whom="all as published; PUE of its fleet, 2024",
    ),
    "patterson-gshard": More(
        country="US",
        region={
            "instruments": [
                {
                    "kind": "supplier",
                    "energy": "24100 MWh",
                    "zone": "US",
                    "vintage": "2021",
                    "intensity": "177 gCO2e/kWh",
                }
            ]
        },
    ),
    "patterson-switch": More(
        country="US",
        region={
            "instruments": [
                {
                    "kind": "supplier",
                    "energy": "179000 MWh",
                    "zone": "US",
                    "vintage": "2021",
                    "intensity": "330 gCO2e/kWh",
                }
            ]
        },
    ),
    "olmo-program-total": More(
        whom="operational and embodied parts as published, energies worked back at 332 g/kWh",
        intensity="332",
        runs=(
            {"name": "development", "phase": "experimentation", "hours": "17520"}
            | {"energy": f"{159e6 / 332:.9g} kWh", "device": "H100-SXM5-80GB"},
            {"name": "training", "phase": "pretraining", "hours": "17520"}
            | {"energy": f"{312e6 / 332:.9g} kWh", "device": "H100-SXM5-80GB"},
        ),
        machines=({"name": "all machines", "kind": "host", "count": "1", "making": "22 tCO2e"},),
        life={"lifetime": "4 years"},
    ),
    **{
        f"php-{task}": More(served={"unit": "inference", "count": "1000"})
        for task in (
            *("text-classification", "text-generation", "image-generation"),
            *("extractive-qa", "image-classification", "summarization"),
        )
    },
}
