"""What the reader takes out of the lines that CodeCarbon's logger output wrote."""

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
from carbonlabel.readers.codecarbon import reader as table_reader
from carbonlabel.readers.codecarbon.logger import reader

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "samples" / "codecarbon-json"
SHARED = ROOT / ".." / "shared" / "samples" / "codecarbon-3.3.2" / "logger"
ONE = (SAMPLES / "emissions_logger.jsonl").read_bytes()
FIRST: dict[str, Any] = json.loads(ONE.splitlines()[0])


def value(quantity: Estimate | Missing) -> float:
    assert isinstance(quantity, Estimate)
    return quantity.value


def lines(*objects: dict[str, Any], name: str = "log.jsonl") -> Log:
    return Log(name, content="\n".join(map(json.dumps, objects)).encode())


def codes(run: Evidence) -> list[str]:
    return [finding.code for finding in run.findings]


@pytest.mark.skipif(not SHARED.exists(), reason="the groundwork is not here")
def test_the_sample_of_the_groundwork_gives_what_its_answer_says() -> None:
    told = json.loads(SHARED.joinpath("expected.json").read_text("utf-8"))
    (run,) = reader.read(open_log(SHARED / "emissions_logger.jsonl"))

    (expected,) = told["per_run"]
    assert run.run == expected["run_id"]
    assert value(run.reported_energy) == expected["energy_kwh"]
    assert value(run.duration) == expected["duration_s"]
    assert value(run.reported_emissions) == pytest.approx(1000 * expected["emissions_kg"])


def test_row_4_and_17_lines_are_snapshots_and_the_last_one_is_the_run() -> None:
    (run,) = reader.read(open_log(SAMPLES / "emissions_logger.jsonl"))

    summed_kwh = sum(json.loads(line)["energy_consumed"] for line in ONE.splitlines())
    assert summed_kwh == pytest.approx(1.1316e-4, rel=1e-4)
    assert value(run.reported_energy) == 3.876107972869945e-05
    assert run.place == "emissions_logger.jsonl:4"


def test_two_runs_of_one_file_are_two_and_the_pue_of_the_second_is_taken_out() -> None:
    first, second = reader.read(open_log(SAMPLES / "two-runs.jsonl"))

    assert (first.pue_in_energy, second.pue_in_energy) == ("no", "yes")
    assert value(second.pue) == 1.5
    assert value(second.host) == pytest.approx(4.6122529243444354e-05 / 1.5, rel=1e-12)
    assert first.inputs == second.inputs
    assert first.inputs[0].runs == 2
    assert (first.inputs[0].format, first.inputs[0].version) == ("codecarbon-logger", "3.3.2")


def test_a_prefix_of_the_formatter_and_foreign_lines_are_passed_over() -> None:
    log = open_log(SAMPLES / "formatted.log")

    assert reader.recognises(log)
    assert [value(run.duration) for run in reader.read(log)] == [
        4.009376011999848,
        4.004042983000545,
    ]


def test_a_run_is_the_same_run_as_in_its_table() -> None:
    from_lines = reader.read(lines(FIRST))[0]
    names = ",".join(FIRST)
    row = ",".join("" if each is None else str(each) for each in FIRST.values())
    from_table = table_reader.read(Log("emissions.csv", content=f"{names}\n{row}\n".encode()))[0]

    assert from_lines.identity == from_table.identity
    assert from_lines.reported_energy == from_table.reported_energy
    assert from_lines.host == from_table.host
    assert (from_lines.country, from_lines.devices) == (from_table.country, from_table.devices)


def test_the_payload_of_google_cloud_logging_is_read() -> None:
    (run,) = reader.read(lines({"jsonPayload": FIRST, "severity": "INFO"}))

    assert value(run.reported_energy) == FIRST["energy_consumed"]


def test_keys_may_stand_in_any_order_and_change_between_lines() -> None:
    later = {**dict(reversed(FIRST.items())), "duration": 9.0, "energy_consumed": 2e-5}
    (run,) = reader.read(lines(FIRST, {**later, "cpu_energy": 1e-5, "ram_energy": 1e-5}))

    assert (value(run.duration), value(run.reported_energy)) == (9.0, 2e-5)


def test_no_emissions_are_missing_and_not_zero() -> None:
    (run,) = reader.read(lines({**FIRST, "emissions": float("nan")}))

    assert isinstance(run.reported_emissions, Missing)


def test_tasks_are_parts_of_their_run_and_are_passed_over() -> None:
    (run,) = reader.read(lines(FIRST, {"task_name": "load", **FIRST, "run_id": "other"}))

    assert run.run == FIRST["run_id"]


def test_a_file_that_breaks_off_keeps_its_older_lines_and_says_so() -> None:
    (run,) = reader.read(Log("log.jsonl", content=ONE[:-500]))

    assert "cut-line" in codes(run)
    assert "run-cut" in codes(run)
    assert not run.complete


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"energy_consumed": float("nan")}, "NaN"),
        ({"energy_consumed": -1.0}, "not a finite amount"),
        ({"energy_consumed": "much"}, "'much' is not a number"),
        ({"energy_consumed": None}, "empty"),
        ({"energy_consumed": [1]}, "empty"),
        ({"duration": 1e300}, "not a finite amount"),
        ({"pue": 0.5}, "below 1"),
    ],
)
def test_a_wrong_figure_is_refused_with_its_place(change: dict[str, Any], words: str) -> None:
    with pytest.raises(MalformedInput, match=words) as refused:
        reader.read(lines(FIRST | change))

    assert (refused.value.where or "").startswith("log.jsonl:1")
    assert refused.value.hint


def test_a_snapshot_without_a_duration_is_refused() -> None:
    with pytest.raises(MalformedInput, match="no key duration"):
        reader.read(lines({name: each for name, each in FIRST.items() if name != "duration"}))


def test_energy_that_falls_is_refused() -> None:
    with pytest.raises(MalformedInput, match="falls while its duration grows"):
        reader.read(lines(FIRST, {**FIRST, "duration": 9.0, "energy_consumed": 1e-9}))


@pytest.mark.parametrize("content", [b"", b"\n\n", b'{"a": 1}\n', b"energy_consumed\n"])
def test_a_file_without_snapshots_is_refused(content: bytes) -> None:
    with pytest.raises(MalformedInput, match="no line holds a snapshot"):
        reader.read(Log("log.jsonl", content=content))


def test_broken_json_in_the_middle_is_refused() -> None:
    broken = ONE.replace(b'"duration": 1.38', b'"duration": x1.38')

    with pytest.raises(MalformedInput, match="no JSON"):
        reader.read(Log("log.jsonl", content=broken))


def test_only_such_lines_are_recognised() -> None:
    pretty = json.dumps(FIRST, indent=2).encode()

    assert not reader.recognises(Log("emissions.json", content=pretty))
    assert not reader.recognises(Log("x", content=b'{"energy_consumed": 1}'))
    assert not reader.recognises(open_log(SAMPLES / "posts.jsonl"))
    assert not table_reader.recognises(lines(FIRST))


def test_no_place_name_path_or_coordinate_enters() -> None:
    secret = FIRST | {"longitude": 12.345678, "latitude": 54.321987, "os": "Linux-secret-kernel"}
    told = repr(reader.read(lines(secret)))

    assert not [word for word in ("12.345", "54.321", "secret") if word in told]


@pytest.mark.parametrize("changed", [b"\xef\xbb\xbf" + ONE, ONE.replace(b"\n", b"\r\n")])
def test_a_byte_order_mark_and_other_line_ends_change_nothing(changed: bytes) -> None:
    (run,) = reader.read(Log("log.jsonl", content=changed))

    assert value(run.reported_energy) == 3.876107972869945e-05


@pytest.mark.parametrize("end", range(0, 2400, 7))
def test_a_file_cut_anywhere_is_read_or_refused(end: int) -> None:
    try:
        runs = reader.read(Log("log.jsonl", content=ONE[:end]))
    except InputError:
        return
    assert value(runs[0].duration) > 0


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_value_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(list(FIRST)))
    scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    odd = data.draw(scalars | st.lists(scalars, max_size=2))
    try:
        (run,) = reader.read(lines(FIRST | {key: odd}))
    except InputError:
        return
    assert isinstance(run.duration, Estimate)
