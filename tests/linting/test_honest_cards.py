"""Cards that state their figure in good faith, in the words of the tools, get no error."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from carbonlabel import output
from carbonlabel.linting import declared
from carbonlabel.record import keeping

SAMPLES: Final = Path(__file__).parents[1] / "samples"
SHARED: Final = Path(__file__).parents[2] / ".." / "shared" / "cards"
CARDS: Final = sorted(path for path in (SAMPLES / "cards").glob("*.md") if path.name != "README.md")
REALLY_BROKEN: Final = {
    "06-cr-only.md": ["card-unreadable"],
    "11-list-front-matter.md": ["yaml-broken"],
    "12-scalar-front-matter.md": ["yaml-broken"],
    "13-broken-yaml.md": ["yaml-broken"],
    "14-duplicate-keys.md": ["key-twice"],
    "33-not-utf8.md": ["card-unreadable"],
}
"""What the Hub cannot read either, or sees no metadata in."""

AUTOTRAIN_2022: Final = """---
tags: autotrain
language: en
datasets:
- someone/autotrain-data-x
co2_eq_emissions: 0.012147398577917884
---

# Model Trained Using AutoTrain

- Problem type: Binary Classification
- Model ID: 17
- CO2 Emissions (in grams): 0.012147398577917884
"""
AUTOTRAIN_2023: Final = """---
tags:
- autotrain
co2_eq_emissions:
  emissions: 25.447577064303335
---

# Model Trained Using AutoTrain

- CO2 Emissions (in grams): 25.4476
"""
MLCO2: Final = """---
co2_eq_emissions:
  emissions: 28530
  source: "ML CO2 Impact calculator"
  training_type: pre-training
  geographical_location: "Iowa, USA"
  hardware_used: 1 x TPU v3 for 180 hours
---

Experiments were conducted using Google Cloud Platform in region us-central1, which has a carbon
efficiency of 0.56 kgCO$_2$eq/kWh. A cumulative of 180 hours of computation was performed on
hardware of type TPUv3 Chip (TDP of 283W).
Total emissions are estimated to be 28.53 kgCO$_2$eq of which 100 percent were directly offset.
"""
SETFIT: Final = """---
library_name: setfit
base_model: sentence-transformers/paraphrase-mpnet-base-v2
co2_eq_emissions:
  emissions: 1.8907563054009
  source: codecarbon
  training_type: fine-tuning
  on_cloud: false
  cpu_model: 13th Gen Intel(R) Core(TM) i7-13700K
  ram_total_size: 31.777088165283203
  hours_used: 0.029
  hardware_used: 1 x NVIDIA GeForce RTX 3090
---

### Training Hardware
- **On Cloud**: No
- **GPU Model**: 1 x NVIDIA GeForce RTX 3090
"""
ADAPTER: Final = """---
base_model: meta-llama/Llama-2-7b
base_model_relation: adapter
co2_eq_emissions:
  emissions: 120
  source: CodeCarbon
  training_type: fine-tuning
  geographical_location: France
  hardware_used: 1 x NVIDIA A100 80GB
  energy_consumed: 2.1
---

Pretraining the base model emitted 539 tCO2eq, using 3311616 GPU hours and 12000 MWh.
"""
HYDRO: Final = """---
co2_eq_emissions:
  emissions: 26
  source: CodeCarbon
  training_type: fine-tuning
  geographical_location: Norway
  energy_consumed: 1.0
---
"""
SMALL_ROUNDED: Final = """---
co2_eq_emissions:
  emissions: 0.0207
  energy_consumed: 0.0000533
  source: codecarbon
  training_type: fine-tuning
  hardware_used: 4 x NVIDIA H100 80GB HBM3
---

### Environmental Impact
- **Energy Consumed**: 0.000 kWh
- **Carbon Emitted**: 0.000 kg of CO2
"""
HONEST: Final = {
    "AutoTrain, 2022": (AUTOTRAIN_2022, ["bare-number", "no-source"]),
    "AutoTrain, 2023": (AUTOTRAIN_2023, ["no-source"]),
    "ML CO2 Impact": (MLCO2, []),
    "SetFit": (SETFIT, []),
    "an adapter that quotes its base": (ADAPTER, []),
    "a clean grid": (HYDRO, []),
    "a second of four boards, rounded to nothing": (SMALL_ROUNDED, []),
}


@pytest.mark.parametrize("path", CARDS, ids=lambda path: path.name)
def test_awkward_cards_get_an_error_only_where_they_cannot_be_read(path: Path) -> None:
    found = declared(path.read_bytes(), path.name)

    errors = [entry.code for entry in found.findings if entry.severity == "error"]
    assert errors == REALLY_BROKEN.get(path.name, [])


@pytest.mark.parametrize(("card", "codes"), HONEST.values(), ids=HONEST)
def test_a_card_in_good_faith_keeps_its_figure(card: str, codes: list[str]) -> None:
    found = declared(card.encode(), "README.md")

    assert [entry.code for entry in found.findings] == codes
    assert found.emissions_gco2e is not None
    assert found.suggested_gco2e is None


@pytest.mark.parametrize("path", sorted((SAMPLES / "model-card").glob("[sw]*.md")))
def test_samples_of_cards_break_no_rule(path: Path) -> None:
    assert declared(path.read_bytes(), path.name).findings == ()


@pytest.mark.parametrize("path", sorted((SAMPLES / "disclosures").glob("*.json")))
def test_what_we_write_ourselves_breaks_no_rule(path: Path) -> None:
    disclosure = keeping.load(path.read_bytes(), path.name)
    card = output.inscribed(disclosure, b"---\nlicense: mit\n---\n\n# Model\n", "README.md").card

    found = declared(card, "README.md")
    assert [entry for entry in found.findings if entry.severity != "note"] == []
