"""The experiment-impact-tracker's samples: the share of a process, in watts, a line each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from carbonlabel.errors import InputError
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Period
from carbonlabel.readers.impact_tracker import reader

SAMPLES = Path(__file__).parents[1] / "samples"
DATA = (SAMPLES / "impact-tracker/data.json").read_text("utf-8").splitlines()
BAD = {
    "word-for-power.json": "no figure",
    "negative-power.json": "cannot be",
    "nan-power.json": "NaN",
    "megawatts.json": "1 MW",
    "milliseconds.json": "2000 and 2100",
    "no-timestamp.json": "no figure",
    "broken-in-the-middle.json": "no JSON",
    "list-in-a-line.json": "no sample",
    "info.pkl": "never loaded",
    "archive.zip": "archive",
}


def read(*lines: str) -> Evidence:
    text = "".join(f"{line}\n" for line in lines)
    (run,) = reader.read(Log("data.json", content=text.encode()))
    return run


def without(*keys: str) -> list[str]:
    samples = [json.loads(line) for line in DATA]
    return [
        json.dumps({key: told for key, told in sample.items() if key not in keys})
        for sample in samples
    ]


def value(quantity: Estimate | Missing | None) -> float:
    assert isinstance(quantity, Estimate)
    return quantity.value


def codes(run: Evidence) -> dict[str, str]:
    return {finding.code: finding.severity for finding in run.findings}


def test_powers_are_integrated_over_time() -> None:
    run = read(*DATA)

    # GPUs 250 W × 15 s; CPU (100 + 120 + 140) W × 5 s.
    assert value(run.accelerators) == pytest.approx(3750 / 3.6e6)
    assert value(run.host) == pytest.approx(1800 / 3.6e6)
    assert value(run.duration) == 15
    assert run.sensors == {"accelerators": "counter", "host": "counter"}
    assert run.covers == "process"
    assert codes(run) == {"share-of-process": "note", "info-not-read": "note"}


def test_row_5_a_missing_key_is_a_missing_sensor_and_no_zero() -> None:
    (run,) = reader.read(open_log(SAMPLES / "impact-tracker/no-sensor.json"))

    assert isinstance(run.host, Missing)
    assert run.host.missing == "not-measured"
    assert isinstance(run.accelerators, Missing)
    assert run.accelerators.missing == "not-applicable"
    assert codes(run)["no-energy-sensor"] == "warning"
    assert value(run.duration) == 10


def test_row_7_the_samples_hold_no_pue_though_the_tool_reports_one() -> None:
    run = read(*DATA)

    assert run.pue_in_energy == "no"
    assert isinstance(run.pue, Missing)


def test_row_18_packages_and_process_are_not_added_up() -> None:
    run = read(*without("rapl_estimated_attributable_power_draw"))

    # The machine's packages drew twice the share of the process.
    assert value(run.host) == pytest.approx(3600 / 3.6e6)
    assert value(run.accelerators) == pytest.approx(3750 / 3.6e6)


def test_powers_of_the_machine_alone_are_of_the_machine() -> None:
    run = read(
        *without(
            "rapl_estimated_attributable_power_draw", "nvidia_estimated_attributable_power_draw"
        )
    )

    assert run.covers == "machine"
    assert "share-of-process" not in codes(run)


def test_row_23_unix_seconds_are_utc() -> None:
    run = read(*DATA)

    assert isinstance(run.period, Period)
    assert run.period.start.isoformat() == "2020-09-13T12:26:40.250000+00:00"
    assert run.period.zone == "UTC"


def test_row_25_half_a_last_line_is_left_out_and_makes_the_run_incomplete() -> None:
    run = read(*DATA, DATA[0][:90])

    assert value(run.host) == pytest.approx(1800 / 3.6e6)
    assert codes(run)["cut-line"] == "warning"
    assert not run.complete


def test_below_the_line_the_pickle_is_never_loaded() -> None:
    log = open_log(SAMPLES / "bad" / "impact-tracker-info.pkl")

    assert reader.recognises(log)
    with pytest.raises(InputError, match="never loaded"):
        reader.read(log)


def test_intensities_that_are_words_are_passed_over() -> None:
    assert value(read(*DATA).reported_intensity) == pytest.approx((50 + 70 + 60) / 3)
    assert read(*without("realtime_carbon_intensity")).reported_intensity is None


def test_a_sample_without_a_power_is_bridged() -> None:
    lines = [*DATA[:1], DATA[1].replace("250.0", "null"), *DATA[2:]]

    assert value(read(*lines).accelerators) == pytest.approx(3750 / 3.6e6)


def test_one_sample_spans_no_time_and_is_no_zero() -> None:
    run = read(DATA[0])

    assert isinstance(run.host, Missing)
    assert isinstance(run.duration, Missing)


def test_no_process_enters_the_evidence() -> None:
    assert "4711" not in repr(read(*DATA))


@pytest.mark.parametrize("fault", BAD)
def test_a_faulty_file_is_refused_with_its_place_and_reason(fault: str) -> None:
    log = open_log(SAMPLES / "bad" / f"impact-tracker-{fault}")

    with pytest.raises(InputError) as caught:
        reader.read(log)

    assert reader.recognises(log) or fault == "broken-in-the-middle.json"
    assert BAD[fault] in caught.value.message
    assert (caught.value.where or "").startswith(log.name)
    assert caught.value.hint


def test_every_faulty_file_is_tried() -> None:
    assert {f"impact-tracker-{fault}" for fault in BAD} == {
        path.name for path in (SAMPLES / "bad").glob("impact-tracker-*")
    }


def test_a_file_of_blanks_holds_no_sample() -> None:
    with pytest.raises(InputError, match="no sample"):
        reader.read(Log("data.json", content=b" \n"))


@pytest.mark.parametrize("content", [b"", b"{}", b'{"timestamp": 1}', b"\x80\x04 x", b"PK\x03\x04"])
def test_other_files_are_not_recognised(content: bytes) -> None:
    assert not reader.recognises(Log("data.json", content=content))
