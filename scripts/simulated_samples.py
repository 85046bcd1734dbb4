"""I am the disclosures that are simulated: logs of trackers, statements and published cases."""

from __future__ import annotations

import functools
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import published_cases
import yaml
from simulation import Json, Range, Result, results

import carbonlabel
from carbonlabel import Disclosure, Estimate, Evidence, Subject
from carbonlabel.factors.doubts import doubt

ROOT: Final = Path(__file__).resolve().parents[1]
SAMPLES: Final = ROOT / "tests" / "samples"
_WRITTEN: Final = ("carbon.json", "carbon-two-gpus.json", "carbon-water.json")
_LOGS: Final = {
    "codecarbon/3.3.2/append/emissions.csv": "FR",
    "codecarbon/3.3.2/pue-wue/emissions.csv": "DE",
    "carbontracker/2.4.7-two-gpus/27538.979488_2026-11-22T004209Z_carbontracker.log": "US-CA",
    "eco2ai/0.3.12-killed/emission.csv": "gcp/europe-west1",
    "perun/two-gpus/app.json": "gcp/europe-west1",
    "nvidia_smi/two-a100.csv": "gcp/us-central1",
    "dcgm/power.json": "aws/us-east-1",
    "impact-tracker/data.json": "azure/westeurope",
    "zeus/two-gpus.csv": "PL",
    "sacct/jobs.psv": "gcp/europe-west1",
    "ai-energy-score/benchmark_report.json": "gcp/europe-west1",
    "green-algorithms/local.csv": "GB",
    "green-algorithms/ai-page.csv": "gcp/europe-west1",
    "mlco2-impact/private.tex": "CN",
    "manual/parts.yaml": "gcp/europe-west1",
}
"""Logs, and places with and without a PUE and a WUE of their own."""
_PUBLISHED: Final = (
    *("llama3-8b", "deepseek-v3", "olmo2-7b", "gemini-prompt-location", "patterson-gshard"),
    *("olmo-program-total", "bloom-operational-total"),
)
_SENSORS: Final = {"counter": "tracker", "model": "model", "rated": "rated"}
_USE: Final = {
    "carbonlabel": "runs",
    "runs": [
        {"name": "made", "phase": "pretraining", "device": "H100-SXM5-80GB", "count": "64"}
        | {"hours": "240", "power": {"value": "420 W", "low": "380 W", "high": "470 W"}}
        | {"tokens": "300B", "started": "2024-03-01"},
        {"name": "used", "phase": "inference", "device": "L4", "count": "2", "hours": "720"}
        | {"power": {"value": "55 W", "low": "40 W", "high": "65 W"}, "started": "2024-06-01"}
        | {"served": {"unit": "request", "count": "180000"}},
    ],
}
_SITE: Final = {"country": "FR", "pue": "1.2", "wue": "0.3 L/kWh"}
_BOUGHT: Final = {
    **_SITE,
    "instruments": [
        {"kind": "ppa", "energy": {"value": "3000 kWh", "low": "2600 kWh", "high": "3300 kWh"}}
        | {"zone": "FR", "vintage": "2024", "intensity": "11 gCO2e/kWh"},
        {"kind": "certificate", "energy": "2000 kWh", "zone": "FR", "vintage": "2024"}
        | {"intensity": "5 gCO2e/kWh"},
    ],
    "residual": {"value": "60 gCO2e/kWh", "year": "2024", "source": "AIB"},
}


@dataclass(frozen=True, slots=True)
class Sample:
    """One disclosure."""

    name: str
    said: Json
    facility: Range | None = None
    """The range of its metered energy, where a PUE was divided out of it."""


@functools.cache
def simulated() -> Mapping[str, Sequence[Result]]:
    """The figures of every disclosure, by its name: worked out once for all who ask."""
    return {each.name: tuple(results(each.said, each.facility)) for each in samples()}


@functools.cache
def samples() -> tuple[Sample, ...]:
    """Every disclosure that is simulated: made once for all who ask."""
    return tuple(_samples())


def _samples() -> Iterator[Sample]:
    for name in _WRITTEN:
        text = (SAMPLES / "disclosures" / name).read_text("utf-8")
        yield Sample(name, json.loads(text))
    for name, place in _LOGS.items():
        evidence = carbonlabel.read(SAMPLES / name)
        yield _sample(name, carbonlabel.assess(evidence, region=place), evidence)
    yield from _bloom()
    with tempfile.TemporaryDirectory() as folder:
        yield from _published(Path(folder))
        yield from _typed(Path(folder))


def _sample(name: str, disclosure: Disclosure, evidence: Sequence[Evidence] = ()) -> Sample:
    metered = (run.computing for run in evidence if run.pue_in_energy == "yes")
    known = [each for each in metered if isinstance(each, Estimate)]
    sensor = evidence[0].sensors.get("computing", "stated") if evidence else "stated"
    return Sample(name, _json(disclosure), _range(known[0], sensor) if known else None)


def _range(energy: Estimate, sensor: str) -> Range:
    """How far a metered energy may be off, as ratios: as stated, else as of its sensor."""
    if energy.low is not None and energy.high is not None:
        return energy.low / energy.value, energy.high / energy.value
    known = doubt(_SENSORS[sensor])
    return known.low, known.high


def _bloom() -> Iterator[Sample]:
    folder = ROOT / "examples" / "bloom"
    bloom = Subject(model="bigscience/bloom", parameters=176_000_000_000)
    trained = carbonlabel.assess(
        carbonlabel.read(folder / "manual.yaml"),
        region=folder / "region.yaml",
        inventory=folder / "hardware.yaml",
        subject=bloom,
    )
    used = carbonlabel.assess(carbonlabel.read(folder / "use.yaml"), subject=bloom)
    yield _sample("examples/bloom/manual.yaml", trained)
    yield _sample("examples/bloom/use.yaml", used)


def _published(folder: Path) -> Iterator[Sample]:
    cases = {case.name: case for case in published_cases.cases()}
    for name in _PUBLISHED:
        disclosure = cases[name].disclosure(folder)
        evidence = carbonlabel.read(folder / "manual.yaml")
        yield _sample(f"published: {name}", disclosure, evidence)


def _typed(folder: Path) -> Iterator[Sample]:
    """A training and its use, with contracts and without; and with machines of its own."""
    subject = Subject(model="example/model", parameters=7_000_000_000)
    runs = carbonlabel.read(_written(folder / "runs.yaml", _USE))
    for name, site in (("training and use", _SITE), ("training and use, contracts", _BOUGHT)):
        place = _written(folder / "site.yaml", site)
        yield _sample(name, carbonlabel.assess(runs, region=place, subject=subject))
    machines = ROOT / "examples" / "hardware.yaml"
    place = _written(folder / "site.yaml", _SITE)
    own = carbonlabel.assess(runs[:1], region=place, inventory=machines, subject=subject)
    yield _sample("training on an inventory", own)


def _written(path: Path, content: Json) -> Path:
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    return path


def _json(disclosure: Disclosure) -> Json:
    found: Json = json.loads(disclosure.model_dump_json(by_alias=True, exclude_none=True))
    return found
