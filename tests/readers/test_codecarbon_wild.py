"""What CodeCarbon files that people published have in common, in rows of the same shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.readers.codecarbon import reader

SAMPLES = Path(__file__).parents[1] / "samples" / "codecarbon"
HEAD, ROW, *_ = (SAMPLES / "3.3.2/append/emissions.csv").read_text("utf-8").splitlines()
# One hour of a CPU at 20 W and memory at 10 W: 0.03 kWh, CodeCarbon's sum.
HOUR = {
    "duration": "3600",
    "cpu_power": "20",
    "gpu_power": "0",
    "ram_power": "10",
    "cpu_energy": "0.02",
    "gpu_energy": "0",
    "ram_energy": "0.01",
    "energy_consumed": "0.03",
    "gpu_count": "1",
    "gpu_model": "1 x NVIDIA GeForce GTX 1650",
    "tracking_mode": "machine",
    "pue": "1.0",
}


def read(*rows: dict[str, str]) -> tuple[Evidence, ...]:
    names = HEAD.split(",")
    plain = dict(zip(names, ROW.split(","), strict=True)) | HOUR
    lines = [
        ",".join((plain | {"run_id": f"r{i}"} | row)[name] for name in names)
        for i, row in enumerate(rows)
    ]
    return tuple(reader.read(Log("emissions.csv", content="\n".join((HEAD, *lines)).encode())))


def one(**changes: str) -> Evidence:
    (run,) = read(changes)
    return run


def said(run: Evidence, code: str) -> list[tuple[str, str | None]]:
    return [(each.severity, each.found) for each in run.findings if each.code == code]


def kwh(quantity: Estimate | Missing) -> float:
    assert isinstance(quantity, Estimate)
    return quantity.value


def test_negative_gpu_energy_leaves_the_gpus_unknown_and_the_host_whole() -> None:
    run = one(gpu_energy="-0.005", energy_consumed="0.025")

    assert isinstance(run.accelerators, Missing)
    assert (run.accelerators.missing, "negative" in run.accelerators.reason) == (
        "not-measured",
        True,
    )
    assert kwh(run.host) == pytest.approx(0.03)
    assert kwh(run.reported_energy) == 0.025
    assert said(run, "gpu-energy-negative") == [("warning", None)]
    assert not said(run, "energy-not-split")


def test_one_negative_gpu_energy_does_not_cost_the_other_runs() -> None:
    sound, odd = read({"gpu_energy": "0.01", "energy_consumed": "0.04"}, {"gpu_energy": "-1e-06"})

    assert kwh(sound.accelerators) == 0.01
    assert isinstance(odd.accelerators, Missing)


def test_energy_that_is_taken_whole_gets_back_what_a_negative_gpu_took_off() -> None:
    run = one(gpu_energy="-0.005", energy_consumed="0.015")

    assert kwh(run.computing) == pytest.approx(0.02)


@pytest.mark.parametrize("text", ["-nan", "-inf", "--1", "-"])
def test_only_a_number_is_a_negative_gpu_energy(text: str) -> None:
    with pytest.raises(MalformedInput) as caught:
        one(gpu_energy=text)
    assert caught.value.where == "emissions.csv:2 gpu_energy"


@pytest.mark.parametrize(
    ("ram_kwh", "found"),
    [
        ("0.01", None),
        ("0.0081", None),
        ("0.0119", None),
        ("0.0079", "less than 80 %"),
        ("0.0046", "less than 50 %"),
        ("0.0005", "less than 10 %"),
        ("0.000001", "less than 1 %"),
        ("0.0121", "more than 120 %"),
    ],
)
def test_energy_of_another_time_than_the_run_took_is_found(ram_kwh: str, found: str | None) -> None:
    run = one(ram_energy=ram_kwh, energy_consumed=f"{0.02 + float(ram_kwh)}")

    assert said(run, "counted-time-differs") == ([("warning", found)] if found else [])


@pytest.mark.parametrize(
    "changes",
    [
        {"tracking_mode": "process"},
        {"ram_power": "0"},
        {"ram_power": ""},
        {"duration": "0.9"},
    ],
)
def test_time_is_not_held_against_what_has_no_steady_power(changes: dict[str, str]) -> None:
    run = one(**({"ram_energy": "0.0001", "energy_consumed": "0.0201"} | changes))

    assert not said(run, "counted-time-differs")


@pytest.mark.parametrize(("version", "ram_w"), [("3.2.0", "10"), ("3.3.1", "15")])
def test_a_pue_in_the_energy_is_no_time(version: str, ram_w: str) -> None:
    run = one(
        codecarbon_version=version,
        ram_power=ram_w,
        pue="1.5",
        cpu_energy="0.03",
        ram_energy="0.015",
        energy_consumed="0.045",
    )

    assert not said(run, "counted-time-differs")


def test_more_than_a_machine_can_draw_is_an_error() -> None:
    # 60 kW for an hour is 60 kWh.
    most = one(cpu_energy="59.99", energy_consumed="60")
    more = one(cpu_energy="60.01", energy_consumed="60.02")

    assert not said(most, "energy-implausible")
    assert said(more, "energy-implausible") == [("error", None)]


def test_pieces_of_rows_are_left_out_and_named() -> None:
    # Several jobs wrote to one file, and pandas saved it again: tails and heads of rows, padded.
    names = HEAD.split(",")
    row = dict(zip(names, ROW.split(","), strict=True)) | HOUR
    whole = ",".join(row.values())
    tail = "hine,N" + "," * (len(names) - 2)
    head = ",".join([*list(row.values())[:8], *[""] * (len(names) - 8)])
    text = f"{HEAD}\n{tail}\n{whole}\n{head}\n"
    (run,) = reader.read(Log("emissions.csv", content=text.encode()))

    assert kwh(run.reported_energy) == 0.03
    assert said(run, "lines-skipped") == [("warning", "line 2, 4")]


def test_a_row_without_energy_that_goes_on_behind_it_is_refused() -> None:
    with pytest.raises(MalformedInput) as caught:
        one(energy_consumed="")
    assert caught.value.where == "emissions.csv:2 energy_consumed"


def test_the_time_of_a_last_task_is_not_held_against_the_energy_of_all() -> None:
    (run,) = reader.read(open_log(SAMPLES / "3.3.2" / "tasks" / "emissions.csv"))

    assert not said(run, "counted-time-differs")


def test_a_real_run_that_was_counted_for_two_thirds_of_its_time_is_found() -> None:
    # 20 W for 4.03 s at a PUE of 1.5 are 3.36e-05 kWh; the row has 2.03e-05: 60 %.
    (run,) = reader.read(open_log(SAMPLES / "3.0.8" / "pue-wue" / "emissions.csv"))

    assert said(run, "counted-time-differs") == [("warning", "less than 80 %")]
