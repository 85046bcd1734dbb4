"""What the reader takes out of genuine files of every version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.readers.codecarbon import reader

ROOT = Path(__file__).parents[2]
CARRIED = ROOT / "tests" / "samples" / "codecarbon"
SHARED = ROOT / ".." / "shared" / "samples"


def cases(*folders: Path) -> list[Path]:
    answers = sorted(answer for folder in folders for answer in folder.glob("*/expected.json"))
    csv = [answer.parent for answer in answers if list(answer.parent.glob("*.csv"))]
    return [folder for folder in csv if folder.joinpath("emissions.csv").exists()]


def name_of(folder: Path) -> str:
    return "/".join(folder.parts[-2:])


def half_a_unit(printed: float) -> float:
    exponent = Decimal(repr(printed)).as_tuple().exponent
    assert isinstance(exponent, int)
    return 0.5 * 10.0**exponent


def assert_equal(quantity: Estimate | Missing, expected: float | None, per: float = 1) -> None:
    """The quantity is the expected figure times `per`, to half a unit of its last digit."""
    if expected is None:
        assert isinstance(quantity, Missing)
    else:
        assert isinstance(quantity, Estimate)
        slack = half_a_unit(expected) * per + 2e-16 * abs(quantity.value)
        assert abs(quantity.value - expected * per) <= slack


def read_all(folder: Path, files: list[str]) -> Iterator[Evidence]:
    for file in files:
        if file.startswith("emissions.csv"):
            yield from reader.read(open_log(folder / file))


def assert_as_expected(folder: Path) -> None:
    expected = json.loads(folder.joinpath("expected.json").read_text("utf-8"))
    runs = list(read_all(folder, expected["files"]))
    assert len(runs) == expected["runs"]
    for run, told in zip(runs, expected["per_run"], strict=True):
        assert_run(run, told)
        assert run.complete is expected["complete"]
    energies = [run.reported_energy for run in runs]
    known = [each.value for each in energies if isinstance(each, Estimate)]
    assert sum(known) == pytest.approx(expected["total"]["energy_kwh"] or 0, rel=1e-15)
    repaired = [f for run in runs for f in run.findings if f.code == "row-realigned"]
    assert len(repaired) == expected["shifted_rows"]


def assert_run(run: Evidence, told: dict[str, Any]) -> None:
    assert run.place.startswith(told["file"] + ":")
    assert run.run == (told["run_id"] or run.place)
    assert_equal(run.duration, told.get("duration_s_from_tasks", told["duration_s"]))
    assert_equal(run.reported_energy, told["energy_kwh"])
    assert_equal(run.reported_emissions, told["emissions_kg"], per=1000)
    assert run.version == told["tracker_version"]
    assert not isinstance(run.period, Missing)
    assert run.period.end.isoformat() == told["timestamp_end_local"]
    assert run.period.zone == "local, not stated"
    assert (run.country, run.subdivision) == (told["country_iso3"], told["region"])
    cloud = f"{told['cloud_provider']}/{told['cloud_region']}" if told["on_cloud"] else None
    assert run.cloud == cloud
    assert [device.name for device in run.devices] == [name for name in [told["cpu_model"]] if name]
    assert run.covers == (told["tracking_mode"] or "machine")
    assert_site(run, told)
    assert_parts(run, told)


def assert_site(run: Evidence, told: dict[str, Any]) -> None:
    if told["pue_applied"] in (None, 1.0):
        assert run.pue_in_energy == "no"
        assert isinstance(run.pue, Missing)
    else:
        assert run.pue_in_energy == "yes"
        assert_equal(run.pue, told["pue_applied"])
    if told["water_l"]:
        assert isinstance(run.wue, Estimate)
        assert run.wue.value * told["energy_kwh"] == pytest.approx(told["water_l"], rel=1e-12)
    else:
        assert isinstance(run.wue, Missing)


def assert_parts(run: Evidence, told: dict[str, Any]) -> None:
    parts = told["energy_components_kwh"]
    if parts:
        assert isinstance(run.accelerators, Missing)
        assert run.accelerators.missing == "not-applicable"
        assert isinstance(run.host, Estimate)
        host_kwh = run.host.value * (told["pue_applied"] or 1)
        assert host_kwh == pytest.approx(parts["cpu"] + parts["ram"], rel=1e-15)
        assert run.sensors == {"host": "model"}
    else:
        assert_equal(run.computing, told["energy_kwh"])
        assert run.sensors == ({"computing": "model"} if told["energy_kwh"] else {})


@pytest.mark.parametrize("folder", cases(*CARRIED.glob("*")), ids=name_of)
def test_a_genuine_file_gives_what_its_answer_says(folder: Path) -> None:
    assert_as_expected(folder)


@pytest.mark.parametrize("folder", cases(*SHARED.glob("codecarbon-*")), ids=name_of)
def test_a_file_of_the_groundwork_gives_what_its_answer_says(folder: Path) -> None:
    assert_as_expected(folder)


def test_the_input_is_cited_by_name_digest_version_and_runs() -> None:
    run, _ = reader.read(open_log(CARRIED / "3.3.2" / "append" / "emissions.csv"))

    (file,) = run.inputs
    assert (file.file, file.format, file.tracker) == (
        "emissions.csv",
        "codecarbon-csv",
        "CodeCarbon",
    )
    assert (file.version, file.runs) == ("3.3.2", 2)
    assert file.sha256 == "85c53aa91c34b4664438baa239310da68229c967a4c6987db5a95618af08ec65"


def test_the_start_is_the_time_stamp_less_the_duration_in_whole_seconds() -> None:
    run, _ = reader.read(open_log(CARRIED / "3.3.2" / "append" / "emissions.csv"))

    assert not isinstance(run.period, Missing)
    assert run.period.start.isoformat() == "2026-11-22T00:36:37"  # 00:36:41 − 3.03 s


def test_what_the_log_leaves_open_is_said_in_sentences() -> None:
    run, _ = reader.read(open_log(CARRIED / "3.3.2" / "append" / "emissions.csv"))

    assert run.accelerators == Missing(missing="not-applicable", reason="gpu_count is 0")
    assert run.pue == Missing(
        missing="not-stated",
        reason="the PUE of the site is not stated (1.0 is CodeCarbon's default, not a statement)",
    )
    assert run.wue == Missing(missing="not-stated", reason="wue 0.0 in the log means not asked")
    assert [what for what, _ in run.blind_spots] == [
        "idle time of the machine",
        "failed and earlier runs",
        "storage and network",
    ]


@pytest.mark.parametrize("path", sorted(CARRIED.rglob("emissions*.*")), ids=lambda path: path.name)
def test_every_sample_is_recognised_whatever_its_name(path: Path) -> None:
    assert reader.recognises(Log("renamed.txt", content=path.read_bytes()))


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\n\n",
        b"\xff\xfe\x00",
        b"# Carbontracker\n",
        b"id,project_name,epoch,start_time,duration(s),power_consumption(kWh),CO2_emissions(kg)\n",
        b"runId,timestamp,emissions,energy_consumed,duration,os,python_version,region,provider\n",
        b'{"emissions": 1, "energy_consumed": 2, "country_iso_code": "FRA"}\n',
    ],
)
def test_other_files_are_left_to_other_readers(head: bytes) -> None:
    assert not reader.recognises(Log("emissions.csv", content=head))


def test_a_byte_order_mark_and_crlf_change_nothing() -> None:
    path = CARRIED / "3.3.2" / "flush-append" / "emissions.csv"
    saved = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\r", b"").replace(b"\n", b"\r\n")
    log = Log("emissions.csv", content=saved)

    assert reader.recognises(log)
    (run,) = reader.read(log)
    assert run.run == "7055e7c0-4ecb-405e-ba47-bb2c9b1d40c3"
    assert isinstance(run.duration, Estimate)
    assert run.duration.value == 5.524423941999885
