"""I measure what linting 10 000 model cards costs beside parsing their front matter alone."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from pair import Goal, report

CARDS = 10_000
# Finds the front matter as the Hub's client does, and makes of it what PyYAML's C loader makes.
_REFERENCE = r"""
import re, sys, yaml
from pathlib import Path
block = re.compile(r"^(\s*---[\r\n]+)([\S\s]*?)([\r\n]+---(\r\n|\n|$))")
for card in sorted(Path(sys.argv[1]).rglob("README.md")):
    found = block.search(card.read_bytes().decode())
    if found:
        yaml.load(found[2], Loader=yaml.CSafeLoader)
"""
_USUAL = """language:
- en
license: apache-2.0
tags:
- text-classification
- model-{0}
datasets:
- someone/data-{0}
metrics:
- accuracy
- f1
pipeline_tag: text-classification
base_model: someone/base-{0}
"""
_TRACKED = """library_name: sentence-transformers
widget:
- source_sentence: A man is jumping into his bed, number {0}.
  sentences:
  - A young man is looking at a newspaper while two women walk past him.
  - The man is in the bed.
co2_eq_emissions:
  emissions: {1}
  energy_consumed: {2}
  source: codecarbon
  training_type: fine-tuning
  on_cloud: false
  cpu_model: 13th Gen Intel(R) Core(TM) i7-13700K
  ram_total_size: 31.777088165283203
  hours_used: 3.163
  hardware_used: 1 x NVIDIA GeForce RTX 3090
"""
_SECTION = """
### Environmental Impact
- **Energy Consumed**: {2:.3f} kWh
- **Carbon Emitted**: {3:.3f} kg of CO2
- **Hours Used**: 3.163 hours
"""
_AUTOTRAIN = "co2_eq_emissions: {1}\n"
_WRITTEN = """co2_eq_emissions:
  emissions: {1}
  source: CodeCarbon
  training_type: fine-tuning
  geographical_location: "Quebec, Canada"
  hardware_used: 2 x NVIDIA A100-SXM4-40GB
"""
_CODE = "\n```python\nfrom library import Model\n\nmodel = Model('someone/model')\n```\n"
_TEXT = "The model was trained on texts of many kinds, and its use is described here – at length.\n"
KINDS = (
    (_USUAL, ""),
    (_USUAL + _TRACKED, _SECTION),
    (_USUAL + _AUTOTRAIN, "\n- CO2 Emissions (in grams): {1}\n"),
    (_USUAL + _WRITTEN, ""),
)


def cards(folder: Path) -> None:
    """Write cards of four kinds: without the key, by two libraries, and by hand."""
    for number in range(CARDS):
        front, section = KINDS[number % len(KINDS)]
        grams = 190 + number / 997
        told = (number, grams, grams / 388.7, grams / 1000)
        text = f"---\n{front.format(*told)}---\n\n# Model {number}\n{section.format(*told)}"
        room = folder / f"org{number % 100}" / f"model-{number}"
        room.mkdir(parents=True)
        (room / "README.md").write_text(text + (_CODE + 20 * _TEXT) * (1 + number % 5), "utf-8")


def main() -> None:
    """Write the cards, then time the lint of all of them against parsing all of them."""
    with tempfile.TemporaryDirectory() as folder:
        cards(Path(folder))
        lint = (sys.executable, "-m", "carbonlabel", "lint", folder, "-q")
        parse = (sys.executable, "-c", _REFERENCE, folder)
        goals = (Goal(f"lint {CARDS} cards", lint, parse, 1.5),)
        report(goals, rounds=int(sys.argv[1]) if len(sys.argv) > 1 else 5)


if __name__ == "__main__":
    main()
