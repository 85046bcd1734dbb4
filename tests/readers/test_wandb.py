from __future__ import annotations

import json
from pathlib import Path

import pytest

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Period
from carbonlabel.readers.wandb import reader

SAMPLES = Path(__file__).parents[1] / "samples" / "wandb"
TEN = 1_772_359_200  # 2026-03-01T10:00:00Z
J_PER_KWH = 3.6e6


def read(text: str, name: str = "events.csv") -> tuple[Evidence, ...]:
    log = Log(name, content=text.encode())
    assert reader.recognises(log)
    return reader.read(log)


def joules(energy: Estimate | Missing) -> float:
    assert isinstance(energy, Estimate)
    return energy.value * J_PER_KWH


def codes(evidence: Evidence) -> list[str]:
    return [finding.code for finding in evidence.findings]


def table(*rows: str, header: str = "_timestamp,system.gpu.0.powerWatts") -> str:
    return "\n".join((header, *rows)) + "\n"


@pytest.mark.parametrize(
    ("name", "expected_j"),
    [("events.csv", 12_750), ("events.jsonl", 11_250), ("events.json", 10_500)],
)
def test_power_is_integrated_over_its_times(name: str, expected_j: float) -> None:
    (evidence,) = reader.read(open_log(SAMPLES / name))

    assert joules(evidence.accelerators) == pytest.approx(expected_j)
    assert isinstance(evidence.period, Period)
    assert evidence.period.start.isoformat() == "2026-03-01T10:00:10.500000+00:00"
    assert evidence.period.zone == "UTC"
    assert isinstance(evidence.host, Missing)
    assert evidence.covers == "device"


def test_pitfall_17_the_process_keys_are_the_same_boards_again() -> None:
    header = "_timestamp,system.gpu.0.powerWatts,system.gpu.process.0.powerWatts"
    (evidence,) = read(table(f"{TEN},100,100", f"{TEN + 10},100,100", header=header))

    assert joules(evidence.accelerators) == pytest.approx(1_000)


def test_pitfall_22_a_cell_without_a_figure_is_no_zero() -> None:
    rows = [f"{TEN},100", f"{TEN + 10},", f"{TEN + 20},NaN", f"{TEN + 30},100"]
    (evidence,) = read(table(*rows))

    assert joules(evidence.accelerators) == pytest.approx(3_000)


def test_samples_are_weighted_by_time_and_not_by_count() -> None:
    # A mean of the rows would say 200 W; for 20 of 30 s it was 100 W.
    (evidence,) = read(table(f"{TEN},100", f"{TEN + 20},100", f"{TEN + 20},400", f"{TEN + 30},400"))

    assert joules(evidence.accelerators) == pytest.approx(2_000 + 4_000)


def test_a_chart_holds_a_run_in_each_column_and_bins_are_left_alone() -> None:
    one, other = reader.read(open_log(SAMPLES / "chart.csv"))

    assert (one.run, other.run) == ("calm-sun-3", "swift-moon-4")
    assert joules(one.accelerators) == pytest.approx(2_000)
    assert joules(other.accelerators) == pytest.approx(500)
    assert one.inputs[0].runs == 2
    assert isinstance(one.period, Missing)
    assert one.hours == ()
    assert isinstance(one.duration, Estimate)
    assert one.duration.value == 20


def test_seconds_of_the_run_give_a_duration_and_no_period() -> None:
    (evidence,) = read(table("0,100", "10,100", header="_runtime,system.gpu.0.powerWatts"))

    assert joules(evidence.accelerators) == pytest.approx(1_000)
    assert isinstance(evidence.period, Missing)


def test_boards_of_several_nodes_have_labels_of_their_own() -> None:
    key = "system.gpu.0.powerWatts/l:"
    header = f"_timestamp,{key}a,{key}b"
    (evidence,) = read(table(f"{TEN},100,300", f"{TEN + 10},100,300", header=header))

    assert joules(evidence.accelerators) == pytest.approx(4_000)
    assert codes(evidence) == ["device-not-named"]
    assert evidence.findings[0].found == "2 GPUs"


def test_the_power_of_a_processor_is_the_host() -> None:
    header = "_timestamp,system.cpu.powerWatts,system.gpu.0.powerWatts,system.powerWatts"
    (evidence,) = read(table(f"{TEN},20,100,500", f"{TEN + 10},20,100,500", header=header))

    assert joules(evidence.host) == pytest.approx(200)
    assert joules(evidence.accelerators) == pytest.approx(1_000)
    assert evidence.sensors == {"accelerators": "counter", "host": "counter"}
    assert sum(energy for _, energy in evidence.hours) * J_PER_KWH == pytest.approx(1_200)


def test_pitfall_5_an_export_without_power_is_missing_and_not_zero() -> None:
    (evidence,) = read(table(f"{TEN},50", header="_timestamp,system.gpu.0.powerPercent"))

    assert isinstance(evidence.accelerators, Missing)
    assert codes(evidence) == ["no-power-metric"]


def test_five_hundred_rows_are_said_to_be_a_sample() -> None:
    (evidence,) = read(table(*(f"{TEN + 15 * row},100" for row in range(500))))

    assert "history-subsampled" in codes(evidence)


def test_lines_may_hold_different_keys() -> None:
    lines = [
        {"_timestamp": TEN, "system.gpu.0.powerWatts": 100},
        {"_timestamp": TEN + 5, "system.cpu": 3},
        {"_timestamp": TEN + 10, "system.gpu.0.powerWatts": 100.0},
        {"_timestamp": None, "system.gpu.0.powerWatts": 100.0},
    ]
    (evidence,) = read("\n\n".join(map(json.dumps, lines)), "wandb-events.jsonl")

    assert joules(evidence.accelerators) == pytest.approx(1_000)


@pytest.mark.parametrize(
    ("text", "match"),
    [
        (table(), "no rows"),
        (table("12:00,100"), "no number"),
        (table(f"{TEN}000,100"), "2000 and 2100"),
        (table(f"{TEN},-1"), "between 0 and 1 MW"),
        (table(f"{TEN},much"), "no number"),
        (table(f"{TEN}"), "not as many cells"),
        (table(f"{TEN},1,1", header="_timestamp,system.gpu.0.powerWatts,_timestamp"), "same name"),
        (table("0,1", header="Step,system.gpu.0.powerWatts"), "has no time"),
        (table("-5,1", header="_runtime,system.gpu.0.powerWatts"), "no duration"),
        ('{"_timestamp": 1, "system.gpu.0.powerWatts": true', "no JSON"),
        (f'{{"_timestamp": {TEN}, "system.gpu.0.powerWatts": true}}', "no number"),
        ('[1, {"_timestamp": 1, "system.gpu.0.powerWatts": 1}]', "no row"),
        (table(f'{TEN},"1'), "no number|no CSV"),
    ],
)
def test_what_is_no_export_is_refused(text: str, match: str) -> None:
    with pytest.raises(MalformedInput, match=match):
        read(text)


def test_a_binary_run_file_is_refused_with_what_to_do() -> None:
    log = Log("run-abc.wandb", content=b":W&B\xe1\xbe\x00\xff")
    assert reader.recognises(log)

    with pytest.raises(MalformedInput, match="binary") as refused:
        reader.read(log)
    assert "history(stream='events'" in (refused.value.hint or "")


def test_more_metrics_of_power_than_anybody_has_are_refused() -> None:
    lines = (
        json.dumps({"_timestamp": TEN, f"system.gpu.0.powerWatts/l:{place}": 1})
        for place in range(5000)
    )
    with pytest.raises(MalformedInput, match="4096 metrics"):
        read("\n".join(lines))


def test_other_tables_are_not_recognised() -> None:
    assert not reader.recognises(Log("a.csv", content=b"timestamp,energy_consumed\n"))


def test_the_name_of_a_run_cannot_command_the_terminal() -> None:
    text = (SAMPLES / "chart.csv").read_bytes().replace(b"-sun-3", b"-\x1b[2Jsun-3")

    runs = reader.read(Log("chart.csv", content=text))

    assert all(run.run.isprintable() for run in runs)
