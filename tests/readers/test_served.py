"""Logs that know how many units they are of say so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from carbonlabel.desk import read
from carbonlabel.intake import Log
from carbonlabel.model.evidence import Served
from carbonlabel.readers.boamps import reader as boamps
from carbonlabel.readers.optimum_benchmark import reader as optimum

SAMPLES = Path(__file__).parents[1] / "samples"


def served(name: str) -> list[Served | None]:
    return [run.served for run in read(SAMPLES / name)]


def test_ai_energy_score_counts_the_prompts_that_were_answered() -> None:
    assert served("ai-energy-score/master_results.csv") == [
        Served(unit="request", count=10, task="text_gen"),
        Served(unit="request", count=9, task="text_gen"),
    ]
    assert served("ai-energy-score/benchmark_report.json") == [Served(unit="request", count=1000)]


def test_a_summary_without_a_count_has_none() -> None:
    assert served("ai-energy-score/GPU_ENERGY_SUMMARY.json") == [None]


def test_ecologits_models_one_request_at_a_time() -> None:
    one = Served(unit="request", count=1)
    assert served("ecologits/requests.jsonl") == [one, one, None]
    assert served("ecologits/unknown-model.json") == [None]


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("inference", Served(unit="request", count=5000, task="chatbot")),
        ("training", None),
    ],
)
def test_boamps_counts_the_requests_of_a_model_in_use(stage: str, expected: Served | None) -> None:
    report = {
        "header": {"reportId": "x"},
        "task": {"taskStage": stage, "taskFamily": "chatbot", "nbRequest": 5000},
        "measures": [{"measurementMethod": "codecarbon", "powerConsumption": 1.5}],
    }
    (run,) = boamps.read(Log("boamps.json", content=json.dumps(report).encode()))

    assert run.served == expected


ENERGY = {"unit": "kWh", "cpu": 0.1, "ram": 0.1, "gpu": 0.8, "total": 1.0}


def benchmark(scenario: dict[str, object], *targets: str) -> Served | None:
    report = {
        "config": {"scenario": scenario, "backend": {"task": "text-generation"}},
        "report": {name: {"memory": None, "energy": ENERGY} for name in targets},
    }
    (run,) = optimum.read(Log("benchmark.json", content=json.dumps(report).encode()))
    return run.served


def test_a_call_of_optimum_benchmark_is_of_its_batch() -> None:
    assert benchmark({"input_shapes": {"batch_size": 4}}, "forward") == Served(
        unit="sample", count=4, task="text-generation", batch=4
    )
    assert benchmark({}, "forward") is None


def test_a_data_set_of_optimum_benchmark_is_of_its_samples() -> None:
    assert benchmark({"num_samples": 1000}, "load_dataset", "forward") == Served(
        unit="sample", count=1000, task="text-generation"
    )
    assert benchmark({}, "load_dataset", "forward") is None


def test_a_trainer_counts_its_operations_over_all_launches() -> None:
    (run,) = read(SAMPLES / "trainer-state" / "finished" / "trainer_state.json")
    told = json.loads((SAMPLES / "trainer-state/finished/trainer_state.json").read_text("utf-8"))

    assert run.flop is not None
    assert run.flop.value == told["total_flos"]
    assert run.flop_method == "counted"
