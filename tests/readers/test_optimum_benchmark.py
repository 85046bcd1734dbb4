"""Reports of optimum-benchmark: which targets count, as a call, as a data set or as a training."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from carbonlabel import assess
from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.readers.optimum_benchmark import reader

SAMPLES = Path(__file__).parents[1] / "samples" / "optimum-benchmark"


def sample(name: str) -> Evidence:
    (run,) = reader.read(open_log(SAMPLES / name))
    return run


def run_of(found: object) -> Evidence:
    (run,) = reader.read(Log("benchmark_report.json", content=json.dumps(found).encode()))
    return run


def target(cpu: float, ram: float, gpu: float, **more: object) -> dict[str, object]:
    total = more.pop("total", cpu + ram + gpu)
    parts = {"unit": "kWh", "cpu": cpu, "ram": ram, "gpu": gpu, "total": total}
    return {"memory": None, "latency": None, "energy": parts} | more


def latency(seconds: float, count: int = 1) -> dict[str, object]:
    return {"unit": "s", "count": count, "total": seconds * count, "mean": seconds}


def value(quantity: Estimate | Missing) -> float:
    assert isinstance(quantity, Estimate)
    return quantity.value


def notes(run: Evidence) -> dict[str, str | None]:
    return {finding.code: finding.found for finding in run.findings}


ENERGY_STAR = {
    "load_dataset": target(1e-6, 1e-6, 0.0),
    "preprocess_dataset": target(2e-6, 1e-6, 0.0),
    "load_model": target(1e-4, 1e-4, 1e-3, latency=latency(9)),
    "prefill": target(0.001, 0.002, 0.010, latency=latency(30)),
    "decode": target(
        0.004,
        0.003,
        0.040,
        latency=latency(120),
        efficiency={"unit": "tokens/kWh", "value": 191489.4},
    ),
}


def test_inference_is_one_call_and_says_so() -> None:
    run = sample("forward.json")

    # cpu 2.1355724722222173e-08 + ram 5.338492006766976e-08
    assert value(run.host) == pytest.approx(7.474064478989193e-08, rel=1e-12)
    assert value(run.duration) == 0.007930855698414572  # the mean of 378, not their sum
    assert run.phase == "inference"
    assert notes(run)["inference-per-unit"] == "0.07474 mWh for forward; 2.676e+07 samples/kWh"


def test_a_call_knows_the_size_of_its_batch_where_the_configuration_is_there() -> None:
    config = {"scenario": {"input_shapes": {"batch_size": 4}}}
    run = run_of({"config": config, "report": {"forward": target(1e-6, 0, 1e-6)}})

    assert notes(run)["inference-per-unit"] == "2 mWh for forward of 4 samples"


def test_a_generation_is_not_added_to_its_own_prefill_and_decode() -> None:
    run = sample("generate.json")

    assert value(run.reported_energy) == 4.10226997185191e-06
    assert str(notes(run)["targets-not-counted"]).endswith("prefill 0.2066 mWh, decode 3.896 mWh")


def test_training_is_the_overall_loop() -> None:
    run = sample("training.json")

    assert value(run.reported_energy) == 9.750533643777645e-05
    assert value(run.duration) == 12.134637355999075
    assert (run.phase, notes(run)) == ("training", {})


def test_no_gpu_and_a_modelled_host_are_told_apart() -> None:
    run = sample("training.json")

    assert isinstance(run.accelerators, Missing)
    assert run.accelerators.missing == "not-applicable"
    assert isinstance(run.host, Estimate)
    assert (run.host.basis, dict(run.sensors)) == ("estimated", {"host": "model"})


def test_the_configuration_gives_version_and_machine_and_no_more() -> None:
    run = sample("training-with-configuration.json")

    assert run.version == run.inputs[0].version == "0.6.0"
    assert [(each.name, each.kind) for each in run.devices] == [("AMD EPYC", "host")]
    assert "Linux" not in repr(run)
    assert run.host == sample("training.json").host


def test_the_flat_table_holds_the_same_figures() -> None:
    flat, nested = sample("forward.csv"), sample("forward.json")

    assert (flat.place, nested.place) == ("forward.csv:2", "forward.json:1")
    for name in ("accelerators", "host", "computing", "duration", "reported_energy", "phase"):
        assert getattr(flat, name) == getattr(nested, name)


def test_below_the_line_energy_star_is_the_whole_data_set_and_not_a_call() -> None:
    run = run_of(ENERGY_STAR)

    assert value(run.accelerators) == pytest.approx(0.050)
    assert value(run.host) == pytest.approx(0.010)
    assert value(run.duration) == 150
    assert dict(run.sensors) == {"accelerators": "counter", "host": "model"}
    assert notes(run)["inference-per-unit"] == "60 Wh for prefill + decode; 1.915e+05 tokens/kWh"
    assert "load_model 1.2 Wh" in str(notes(run)["targets-not-counted"])


def test_below_the_line_a_negative_decode_still_sums_to_the_generation() -> None:
    short = ENERGY_STAR | {"decode": target(-0.0004, -0.001, -0.001)}
    run = run_of(short)

    # Decode was worked out as generation less prefill.
    assert value(run.accelerators) == pytest.approx(0.009)
    assert value(run.reported_energy) == pytest.approx(0.0106)
    assert "decode-negative" in notes(run)
    assert isinstance(run.duration, Missing)


def test_a_difference_that_comes_to_zero_leaves_no_noise() -> None:
    run = run_of({"prefill": target(0.3, 0, 1.0), "decode": target(-0.3 - 4e-17, 0, 1.0)})

    assert isinstance(run.host, Missing)
    assert value(run.accelerators) == 2.0


def test_parts_that_do_not_add_up_are_kept_whole() -> None:
    run = run_of({"forward": target(1e-3, 1e-3, 1e-3, total=5e-3)})

    assert value(run.computing) == 5e-3
    assert dict(run.sensors) == {"computing": "model"}
    assert "energy-not-split" in notes(run)


def test_zero_energy_is_not_measured() -> None:
    run = run_of({"forward": target(0, 0, 0)})

    assert isinstance(run.host, Missing)
    assert isinstance(run.reported_energy, Missing)
    assert set(notes(run)) == {"zero-energy"}


def test_gpus_are_counted_as_chosen_and_missed_where_they_read_nothing() -> None:
    config = {
        "backend": {"device": "cuda", "device_ids": "0,1"},
        "environment": {"gpu": ["NVIDIA A100-SXM4-80GB"] * 8, "cpu": " AMD EPYC 7742"},
    }
    run = run_of({"config": config, "report": {"call": target(1e-3, 1e-3, 0)}})

    assert [(each.name, each.count) for each in run.devices] == [
        ("NVIDIA A100-SXM4-80GB", 2),
        ("AMD EPYC 7742", 1),
    ]
    assert isinstance(run.accelerators, Missing)
    assert run.accelerators.missing == "not-measured"


def test_a_single_gpu_by_name_is_one() -> None:
    config = {"backend": {"device": "cuda"}, "environment": {"gpu": "NVIDIA T4"}}
    run = run_of({"config": config, "report": {"call": target(1e-3, 1e-3, 2e-3)}})

    assert [(each.name, each.count) for each in run.devices] == [("NVIDIA T4", 1)]


@pytest.mark.parametrize(
    "found",
    [
        {},
        {"report": 3, "config": {}},
        {"forward": {"energy": {"unit": "kWh", "cpu": None}}},
        {"overall": 3, "train": target(1, 1, 1)},
    ],
)
def test_what_holds_no_energy_is_refused(found: object) -> None:
    with pytest.raises(MalformedInput):
        run_of(found)


def test_a_table_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(MalformedInput):
        reader.read(Log("report.csv", content=b"forward.energy,forward.energy.total\n1,2\n"))


def test_a_report_can_be_assessed() -> None:
    totals = assess([run_of(ENERGY_STAR)]).totals

    assert isinstance(totals.energy, Estimate)
    assert totals.energy.value == pytest.approx(0.060)
