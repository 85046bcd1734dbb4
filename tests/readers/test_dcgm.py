from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.hardware import Device
from carbonlabel.model.provenance import Period
from carbonlabel.readers.dcgm import reader

SAMPLES = Path(__file__).parents[1] / "samples" / "dcgm"
POWER = "DCGM_FI_DEV_POWER_USAGE"
ENERGY = "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION"
TEN = 1_772_359_200  # 2026-03-01T10:00:00Z
J_PER_KWH = 3.6e6


def one(metric: str, values: list[str], **labels: str) -> dict[str, Any]:
    return {
        "metric": {"__name__": metric, "UUID": "GPU-a", "modelName": "NVIDIA H100", **labels},
        "values": [[TEN + 15 * place, value] for place, value in enumerate(values)],
    }


def answer(*result: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {
        "status": "success",
        "data": {"resultType": "matrix", "result": list(result)},
        **more,
    }


def read(document: object) -> Evidence:
    (evidence,) = reader.read(Log("answer.json", content=json.dumps(document).encode()))
    return evidence


def joules(evidence: Evidence) -> float:
    assert isinstance(evidence.accelerators, Estimate)
    return evidence.accelerators.value * J_PER_KWH


def codes(evidence: Evidence) -> list[str]:
    return [finding.code for finding in evidence.findings]


def test_power_is_integrated_over_its_times() -> None:
    (evidence,) = reader.read(open_log(SAMPLES / "power.json"))

    assert joules(evidence) == pytest.approx(24_772.5)
    assert evidence.devices == (Device(name="NVIDIA H100 80GB HBM3", kind="accelerator", count=2),)
    assert isinstance(evidence.period, Period)
    assert evidence.period.start.isoformat() == "2026-03-01T10:00:00+00:00"
    assert evidence.period.zone == "UTC"
    assert evidence.findings == ()


def test_pitfall_2_the_counter_is_in_millijoules() -> None:
    # Read as joules it would be 15 MJ; as kWh, 3.6e9 times too much.
    (evidence,) = reader.read(open_log(SAMPLES / "energy.json"))

    assert joules(evidence) == pytest.approx(15_000)


def test_pitfall_19_a_counter_that_falls_began_anew() -> None:
    # 1 000 J, then the driver is loaded again, then 500 J; last − first would be negative.
    evidence = read(answer(one(ENERGY, ["9000000", "10000000", "0", "500000"])))

    assert joules(evidence) == pytest.approx(1_500)
    assert codes(evidence) == ["samples-gap", "counter-reset"]
    assert evidence.findings[1].found == "1 reset, 15 s"
    assert not evidence.complete


def test_an_exporter_that_restarts_gives_two_series_of_one_board() -> None:
    old = one(ENERGY, ["1000000", "2000000", "2000000"], pod="old")
    new = one(ENERGY, ["2000000", "3000000"], pod="new")
    new["values"] = [[TEN + 15, "2000000"], [TEN + 30, "3000000"]]
    evidence = read(answer(old, new))

    # The board used 2 000 J; the two series summed apart would say the same twice.
    assert joules(evidence) == pytest.approx(2_000)
    assert evidence.devices[0].count == 1


def test_a_board_with_power_and_counter_is_counted_once() -> None:
    evidence = read(answer(one(POWER, ["100", "100"]), one(ENERGY, ["0", "1500000"])))

    assert joules(evidence) == pytest.approx(1_500)
    assert codes(evidence) == ["power-and-counter"]


def test_boards_of_which_one_has_no_counter_are_added_up() -> None:
    other = one(POWER, ["100", "100"], UUID="GPU-b")
    evidence = read(answer(one(ENERGY, ["0", "1500000"]), other))

    assert joules(evidence) == pytest.approx(3_000)
    assert len(evidence.hours) == 1


@pytest.mark.parametrize("word", ["NaN", "+Inf", "-Inf"])
def test_pitfall_22_nan_is_no_power(word: str) -> None:
    evidence = read(answer(one(POWER, ["100", word, "100"])))

    assert joules(evidence) == pytest.approx(3_000)
    assert codes(evidence) == ["samples-without-figure"]


def test_without_any_figure_the_energy_is_missing() -> None:
    evidence = read(answer(one(POWER, ["NaN", "NaN"])))

    assert isinstance(evidence.accelerators, Missing)
    assert isinstance(evidence.period, Missing)


def test_other_metrics_are_left_alone() -> None:
    evidence = read(answer(one("DCGM_FI_DEV_GPU_TEMP", ["60", "61"]), one(POWER, ["1", "1"])))

    assert joules(evidence) == pytest.approx(15)


def test_warnings_of_prometheus_are_told_without_their_words() -> None:
    evidence = read(answer(one(POWER, ["1", "1"]), warnings=["node01 is down"]))

    assert codes(evidence) == ["answer-partial"]
    assert "node01" not in repr(evidence)


def test_boards_without_uuid_are_told_apart_by_host_and_number() -> None:
    one_a, one_b = (one(POWER, ["100", "100"], gpu=gpu, Hostname="n") for gpu in "01")
    for each in (one_a, one_b):
        del each["metric"]["UUID"], each["metric"]["modelName"]
    evidence = read(answer(one_a, one_b))

    assert joules(evidence) == pytest.approx(3_000)
    assert codes(evidence) == ["device-not-named"]


def test_energy_is_told_by_hour() -> None:
    series = one(POWER, [])
    series["values"] = [[TEN - 5, "100"], [TEN + 5, "100"]]
    evidence = read(answer(series))

    assert [energy * J_PER_KWH for _, energy in evidence.hours] == pytest.approx([500, 500])


def test_a_counter_read_twice_a_day_tells_no_hours() -> None:
    series = one(ENERGY, [])
    series["values"] = [[TEN, "0"], [TEN + 43_200, "3600000000"]]
    evidence = read(answer(series))

    assert joules(evidence) == pytest.approx(3_600_000)
    assert evidence.hours == ()
    assert codes(evidence) == []


@pytest.mark.parametrize(
    ("document", "match"),
    [
        ([], "no object"),
        ({"status": "error", "errorType": "bad_data", "error": "x"}, "reports an error"),
        ({"status": "success", "data": {"resultType": "vector", "result": []}}, "one moment"),
        ({"status": "success", "data": {"resultType": "matrix", "result": {}}}, "no list"),
        ({"status": "success"}, "no object"),
        (answer(), "no power and no energy"),
        (answer({"metric": {}, "values": []}), "no metric name"),
        (answer({"metric": {"__name__": POWER}, "values": [[1]]}), "no pair"),
        (answer({"metric": {"__name__": POWER}, "values": [[True, "1"]]}), "no pair"),
        (answer({"metric": {"__name__": POWER}, "values": [[TEN, "many"]]}), "no number"),
        (answer({"metric": {"__name__": POWER}, "values": [[TEN, "-1"]]}), "between 0 and 1 MW"),
        (answer({"metric": {"__name__": ENERGY}, "values": [[TEN, "-1"]]}), "no counter"),
        (answer({"metric": {"__name__": POWER}, "values": [[TEN * 1000, "1"]]}), "2000 and 2100"),
    ],
)
def test_what_is_no_answer_is_refused(document: object, match: str) -> None:
    with pytest.raises(MalformedInput, match=match):
        read(document)


def test_more_boards_than_anybody_has_are_refused_with_the_file() -> None:
    boards = [one(POWER, ["1", "1"], UUID=str(place)) for place in range(4097)]

    with pytest.raises(MalformedInput, match="4096 devices") as refused:
        read(answer(*boards))
    assert refused.value.where == "answer.json"


def test_other_answers_of_prometheus_are_not_recognised() -> None:
    up = {"status": "success", "data": {"resultType": "matrix", "result": [{"metric": {}}]}}

    assert not reader.recognises(Log("up.json", content=json.dumps(up).encode()))
    assert reader.recognises(open_log(SAMPLES / "power.json"))
