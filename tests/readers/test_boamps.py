"""What the reader takes out of BoAmps reports, of CodeCarbon's and of other hands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.errors import InputError, MalformedInput
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Period
from carbonlabel.readers.boamps import reader
from carbonlabel.readers.codecarbon import reader as table_reader

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "samples" / "boamps"
SHARED = ROOT / ".." / "shared" / "samples" / "codecarbon-3.3.2" / "boamps"
(WRITTEN,) = SAMPLES.glob("written/*.json")
(TASK,) = SAMPLES.glob("task/*.json")
REPORT: dict[str, Any] = json.loads(TASK.read_text("utf-8"))
MEASURE: dict[str, Any] = REPORT["measures"][0]
TIMES = {"measurementDateTime": "2026-03-01 10:00:00", "measurementDuration": 3600}


def of(report: object, name: str = "report.json") -> Evidence:
    (run,) = reader.read(Log(name, content=json.dumps(report).encode()))
    return run


def measured(**change: Any) -> Evidence:  # noqa: ANN401 - any JSON value
    return of(REPORT | {"measures": [MEASURE | change]})


def with_components(*components: dict[str, Any], **change: Any) -> Evidence:  # noqa: ANN401 - JSON
    told = {"infraType": "onPremise", "components": list(components)}
    return of(REPORT | {"infrastructure": told, "measures": [MEASURE | change]})


def value(quantity: Estimate | Missing) -> float:
    assert isinstance(quantity, Estimate)
    return quantity.value


def found(run: Evidence) -> dict[str, str | None]:
    return {finding.code: finding.found for finding in run.findings}


@pytest.mark.skipif(not SHARED.exists(), reason="the groundwork is not here")
def test_the_sample_of_the_groundwork_gives_what_its_answer_says() -> None:
    told = json.loads(SHARED.joinpath("expected.json").read_text("utf-8"))["per_run"][0]
    (run,) = reader.read(open_log(next(SHARED.glob("boamps*.json"))))

    assert run.run == told["run_id"]
    assert value(run.reported_energy) == told["energy_kwh"]
    assert value(run.duration) == told["duration_s"]
    assert run.version == told["tracker_version"]
    assert isinstance(run.period, Period)
    assert run.period.end.isoformat() == told["timestamp_end_local"]
    assert run.country == "FR"
    assert [device.name for device in run.devices] == [told["cpu_model"]]


@pytest.mark.parametrize("path", [WRITTEN, TASK], ids=["written", "task"])
def test_row_17_a_report_and_the_table_beside_it_are_one_run(path: Path) -> None:
    log = open_log(path)
    (from_report,) = reader.read(log)
    (from_table,) = table_reader.read(open_log(path.with_name("emissions.csv")))

    assert reader.recognises(log)
    assert from_report.identity == from_table.identity
    assert value(from_report.reported_energy) == value(from_table.reported_energy)
    assert from_report.duration == from_table.duration
    assert from_report.period == from_table.period


def test_row_2_power_consumption_is_an_energy_in_kwh() -> None:
    (run,) = reader.read(open_log(TASK))

    assert value(run.computing) == 3.462103225478363e-05
    assert run.sensors == {"computing": "model"}


def test_row_7_a_pue_of_1_5_may_be_inside_and_the_report_does_not_say() -> None:
    (run,) = reader.read(open_log(TASK))

    assert (run.pue_in_energy, run.pue) == (
        "unknown",
        Missing(missing="not-stated", reason="BoAmps has no field for a PUE"),
    )
    assert isinstance(run.accelerators, Missing)
    assert isinstance(run.host, Missing)
    assert "pue-not-told" in found(run)


def test_the_id_of_codecarbons_file_name_goes_before_a_publishers_own() -> None:
    own = REPORT | {"header": REPORT["header"] | {"reportId": "report 7"}}

    assert of(own, TASK.name).run == "995c635a-3363-4a09-8a54-52d93c2081a8"
    assert of(own).run == "report 7"


def test_a_report_without_an_id_is_known_by_its_place() -> None:
    run = of({"measures": [MEASURE]})

    assert run.run == run.place == "report.json:1"


def test_row_17_measures_of_one_task_are_not_added_up() -> None:
    other = MEASURE | {"measurementMethod": "carbontracker", "powerConsumption": 0.3}
    run = of(REPORT | {"measures": [MEASURE | {"powerConsumption": 0.2}, other]})

    assert value(run.computing) == 0.3
    assert run.tracker == "carbontracker"
    assert found(run)["several-measures"] == "carbontracker 0.3 kWh"


def test_a_time_is_the_begin_unless_the_report_would_be_older_than_its_end() -> None:
    header = {"header": {"reportDatetime": "2026-03-01 12:00:00"}}
    begun = of(header | {"measures": [MEASURE | TIMES]})
    header = {"header": {"reportDatetime": "2026-03-01 10:00:00"}}
    ended = of(header | {"measures": [MEASURE | TIMES]})

    assert isinstance(begun.period, Period)
    assert isinstance(ended.period, Period)
    assert (begun.period.start.hour, begun.period.end.hour) == (10, 11)
    assert (ended.period.start.hour, ended.period.end.hour) == (9, 10)
    assert begun.period.zone == "local, not stated"


def test_without_a_time_of_its_own_a_measure_ended_when_the_report_was_written() -> None:
    run = measured(measurementDateTime=None, measurementDuration=60)

    assert isinstance(run.period, Period)
    assert run.period.end.isoformat() == "2026-11-22T03:28:51"
    assert run.period.start.isoformat() == "2026-11-22T03:27:51"


def test_times_with_an_offset_keep_it() -> None:
    aware = measured(measurementDateTime="2026-01-01T10:00:00+02:00")
    utc = measured(measurementDateTime="2026-01-01T10:00:00Z")

    assert isinstance(aware.period, Period)
    assert isinstance(utc.period, Period)
    assert (aware.period.zone, utc.period.zone) == ("+02:00", "UTC")


def test_without_any_time_the_period_and_the_duration_are_missing() -> None:
    run = of({"measures": [{"measurementMethod": "x", "powerConsumption": 1}]})

    assert isinstance(run.period, Missing)
    assert isinstance(run.duration, Missing)


@pytest.mark.parametrize(
    ("stage", "phase"),
    [
        ("training", "training"),
        ("finetuning", "finetuning"),
        ("retraining", "midtraining"),
        ("dataCreation", "data_collection"),
        ("preprocessing", "data_preparation"),
        ("inference", "inference"),
        ("Pre-Training", "pretraining"),
        ("training + inference", None),
        ("magic", None),
        (None, None),
    ],
)
def test_the_stage_of_the_task_is_the_phase(stage: str | None, phase: str | None) -> None:
    run = of(REPORT | {"task": {"taskStage": stage}})

    assert run.phase == phase
    assert ("stage-unknown" in found(run)) == (stage is not None and phase is None)


def test_a_country_is_known_by_its_english_name_in_any_case() -> None:
    assert of(REPORT | {"environment": {"country": "france"}}).country == "FR"
    assert of(REPORT | {"environment": {"country": "FRA"}}).country == "FR"
    unknown = of(REPORT | {"environment": {"country": "Atlantis"}})
    assert unknown.country is None
    assert found(unknown)["country-unknown"] == "Atlantis"
    assert "country-unknown" not in found(of(REPORT | {"environment": None}))


def test_a_grid_factor_is_a_cross_check() -> None:
    told = {"country": "France", "powerSourceCarbonIntensity": 56}
    run = of(REPORT | {"environment": told})

    assert run.reported_intensity is not None
    assert (run.reported_intensity.value, run.reported_intensity.unit) == (56, "gCO2e/kWh")


def test_components_become_devices() -> None:
    run = with_components(
        {"componentName": "2 x Tesla V100S-PCIE-32GB", "componentType": "gpu", "nbComponent": 2},
        {"componentName": "NVIDIA A100", "componentType": "gpu", "nbComponent": 0, "share": 0.5},
        {"componentName": "4 x NVIDIA L4", "componentType": "gpu"},
        {"componentName": "Xeon Gold 6226R", "componentType": "cpu", "nbComponent": 30},
        {"componentType": "ram", "nbComponent": 1},
    )

    assert [(each.name, each.kind, each.count, each.share) for each in run.devices] == [
        ("Tesla V100S-PCIE-32GB", "accelerator", 2, None),
        ("NVIDIA A100", "accelerator", 1, 0.5),
        ("NVIDIA L4", "accelerator", 4, None),
        ("Xeon Gold 6226R", "host", 1, None),  # CodeCarbon writes cores
    ]


def test_other_tools_count_processors() -> None:
    cpu = {"componentName": "EPYC 9654", "componentType": "cpu", "nbComponent": 2}

    assert with_components(cpu, measurementMethod="PDU").devices[0].count == 2


def test_a_meter_measures_and_a_tracker_estimates() -> None:
    metered = measured(measurementMethod="Wattmeter on the PDU")

    assert metered.sensors == {"computing": "counter"}
    assert isinstance(metered.computing, Estimate)
    assert metered.computing.basis == "measured"
    assert metered.tracker == "Wattmeter on the PDU"


def test_row_5_zero_is_not_measured() -> None:
    run = measured(powerConsumption=0)

    assert isinstance(run.computing, Missing)
    assert isinstance(run.reported_energy, Missing)
    assert found(run)["zero-energy"] == "0 kWh"
    assert run.sensors == {}


def test_units_of_the_drafts_are_converted() -> None:
    assert value(measured(unit="MJoule", powerConsumption=3.6).computing) == pytest.approx(1.0)
    assert value(measured(unit="Wh", powerConsumption=500).computing) == 0.5
    with pytest.raises(MalformedInput, match="'petaFLOPS' is no unit of energy"):
        measured(unit="petaFLOPS")


def test_a_draft_and_a_judgement_of_quality_are_said() -> None:
    run = of(REPORT | {"quality": "High", "header": {"reportStatus": "draft"}})

    assert {"report-draft", "quality-stated"} <= {*found(run)}
    assert found(run)["quality-stated"] == "high (± 10 %)"
    assert isinstance(run.computing, Estimate)
    assert run.computing.low is None


def test_no_kernel_coordinate_or_publisher_enters() -> None:
    secret = REPORT | {
        "environment": {"country": "Norway", "latitude": 12.345, "longitude": 54.321},
        "header": {"publisher": {"name": "Somebody", "division": "Secret"}},
        "system": {"os": "Linux-secret"},
    }
    told = repr(of(secret))

    assert not [word for word in ("12.345", "54.321", "Somebody", "ecret") if word in told]


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ({}, "no measure"),
        ([], "no object"),
        ({"measures": []}, "no measure"),
        ({"measures": {}}, "no list"),
        ({"measures": [{"measurementMethod": "x"}]}, "powerConsumption is missing"),
        ({"measures": [MEASURE | {"powerConsumption": "1"}]}, "'1' is not a number"),
        ({"measures": [MEASURE | {"powerConsumption": -1}]}, "cannot be"),
        ({"measures": [MEASURE | {"powerConsumption": 10**39}]}, "cannot be"),
        ({"measures": [MEASURE | {"measurementDuration": 10**14}]}, "out of the calendar"),
        ({"measures": [MEASURE], "header": "final"}, "no object"),
    ],
)
def test_a_wrong_report_is_refused_with_place_and_hint(report: object, words: str) -> None:
    with pytest.raises(MalformedInput, match=words) as refused:
        of(report)
    assert (refused.value.where or "").startswith("report.json")
    assert refused.value.hint


@pytest.mark.parametrize("literal", ["NaN", "Infinity", "1e999", "9" * 60])
def test_no_number_is_refused(literal: str) -> None:
    text = TASK.read_text("utf-8").replace("3.462103225478363e-05", literal)
    with pytest.raises(MalformedInput):
        reader.read(Log("report.json", content=text.encode()))


def test_other_json_is_not_recognised() -> None:
    for content in (b"", b"[]", b'{"header": {"a": 1}}', b'{"task": {}}', b'"powerConsumption": 1'):
        assert not reader.recognises(Log("x.json", content=content))


def test_keys_that_stand_twice_and_deep_nesting_are_refused() -> None:
    for content in (b'{"measures": [], "measures": []}', b'{"a":' * 100_000):
        with pytest.raises(MalformedInput):
            reader.read(Log("report.json", content=content))


def test_a_file_cut_anywhere_is_refused() -> None:
    content = TASK.read_bytes()
    for end in range(len(content)):
        with pytest.raises(InputError):
            reader.read(Log("report.json", content=content[:end]))


def test_a_byte_order_mark_other_line_ends_and_another_order_change_nothing() -> None:
    content = TASK.read_bytes()
    backwards = json.dumps(dict(reversed(REPORT.items()))).encode()
    for changed in (b"\xef\xbb\xbf" + content, content.replace(b"\n", b"\r\n"), backwards):
        (run,) = reader.read(Log("report.json", content=changed))
        assert value(run.computing) == 3.462103225478363e-05
    with pytest.raises(MalformedInput, match="UTF-8"):
        reader.read(Log("report.json", content=content.replace(b"Norway", b"\xff")))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_value_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
    odd = data.draw(scalars | st.lists(scalars, max_size=2) | st.dictionaries(st.text(), scalars))
    part = data.draw(st.sampled_from(["header", "task", "environment", "measures", "quality"]))
    report = json.loads(json.dumps(REPORT))
    inner = report[part][0] if part == "measures" else report[part]
    if isinstance(inner, dict):
        inner[data.draw(st.sampled_from(list(inner)))] = odd
    else:
        report[part] = odd
    try:
        run = of(report)
    except InputError:
        return
    assert run.tracker
