"""The mistakes that a naive reading of CodeCarbon makes, each with the figure that shows it."""

from __future__ import annotations

import csv
from dataclasses import asdict
from pathlib import Path

import pytest

from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.readers.codecarbon import reader

SAMPLES = Path(__file__).parents[1] / "samples" / "codecarbon"
HEAD, ROW, _ = (SAMPLES / "3.3.2/append/emissions.csv").read_text("utf-8").splitlines()


def runs(folder: str, file: str = "emissions.csv") -> list[Evidence]:
    return list(reader.read(open_log(SAMPLES / folder / file)))


def naive(folder: str) -> list[dict[str, str]]:
    """What `csv.DictReader` makes of the file."""
    with (SAMPLES / folder / "emissions.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def changed(folder: str = "3.3.2/append", **changes: str) -> Evidence:
    """The first run of a sample with some fields changed."""
    head, row, *_ = (SAMPLES / folder / "emissions.csv").read_text("utf-8").splitlines()
    named = dict(zip(head.split(","), row.split(","), strict=True)) | changes
    lines = f"{head}\n{','.join(named.values())}\n"
    return reader.read(Log("emissions.csv", content=lines.encode()))[0]


def value(quantity: Estimate | Missing) -> float:
    assert isinstance(quantity, Estimate)
    return quantity.value


def messages(run: Evidence) -> dict[str, str]:
    return {finding.code: finding.message for finding in run.findings}


def test_row_1_emissions_are_kilograms() -> None:
    (run,) = runs("3.3.2/cloud")

    assert float(naive("3.3.2/cloud")[0]["emissions"]) == 1.9083664948126693e-06
    assert value(run.reported_emissions) == pytest.approx(1.9083664948126693e-03, rel=1e-15)


def test_row_3_flushed_rows_are_snapshots_and_not_added_up() -> None:
    (run,) = runs("3.3.2/flush-append")

    summed = sum(float(row["energy_consumed"]) for row in naive("3.3.2/flush-append"))
    assert summed == pytest.approx(8.880222821835499e-05)
    assert value(run.reported_energy) == 4.2518004590014656e-05


def test_row_4_tasks_are_added_up_and_the_last_one_is_not_the_run() -> None:
    file = "emissions_base_5e057120-126d-4cf4-b610-48b06ccb99c4.csv"
    (run,) = runs("3.3.2/tasks", file)

    last_kwh = 2.3338064018889534e-05
    assert value(run.reported_energy) == pytest.approx(last_kwh + 1.556907513999982e-05)


def test_row_5_zero_energy_is_not_a_measured_zero() -> None:
    (run,) = runs("1.0.0/append")

    assert float(naive("1.0.0/append")[0]["energy_consumed"]) == 0
    for quantity in (run.computing, run.reported_energy, run.reported_emissions):
        assert isinstance(quantity, Missing)
        assert quantity.missing == "not-measured"
    assert "zero-energy" in messages(run)


def test_row_5_zero_energy_in_all_parts_is_not_measured_either() -> None:
    zeros = dict.fromkeys(("cpu_energy", "ram_energy", "energy_consumed", "emissions"), "0.0")

    run = changed(**zeros)

    assert isinstance(run.host, Missing)
    assert (run.host.missing, run.findings[0].code) == ("not-measured", "zero-energy")
    assert run.sensors == {}


def test_row_5_a_cpu_of_zero_was_not_tracked() -> None:
    run = changed(cpu_energy="0", energy_consumed="1.6664775555557297e-05")

    assert value(run.host) == 1.6664775555557297e-05
    assert messages(run)["zero-energy"].startswith("cpu_energy is 0")


def test_row_5_a_host_of_zero_beside_a_gpu_was_not_tracked() -> None:
    run = changed(cpu_energy="0", ram_energy="0", gpu_energy="3", energy_consumed="3")

    assert isinstance(run.host, Missing)
    assert value(run.accelerators) == 3


def test_row_7_a_pue_in_the_energy_is_taken_out_once() -> None:
    (run,) = runs("3.3.2/pue-wue")

    assert value(run.host) == pytest.approx(0.0001484635971053891 / 1.5, rel=1e-15)
    assert value(run.reported_energy) == 0.0001484635971053891
    assert (run.pue_in_energy, value(run.pue), value(run.wue)) == ("yes", 1.5, 1.8)


def test_row_10_who_reads_the_whole_machine_says_so() -> None:
    assert [run.covers for run in runs("2.8.4/two-processes")] == ["machine", "machine"]
    assert changed(tracking_mode="process").covers == "process"


def test_row_12_backups_are_named_oldest_first() -> None:
    (run,) = runs("mixed/backups")

    assert run.findings[0].message.endswith(
        "not read: emissions.csv.bak, emissions.csv_0.bak, emissions.csv_1.bak, "
        "emissions.csv_2.bak, emissions.csv_3.bak."
    )
    assert value(run.reported_energy) == 2.3326122223870632e-05


def test_row_13_shifted_rows_are_put_under_their_names() -> None:
    _, run = runs("3.2.9/shifted")

    assert naive("3.2.9/shifted")[1]["cloud_region"] == "Linux-6.8.0-x86_64-with-glibc2.36"
    assert naive("3.2.9/shifted")[1]["codecarbon_version"] == "2"
    assert (run.version, run.cloud, run.country) == ("3.2.9", None, "FRA")
    assert [device.name for device in run.devices] == ["Intel(R) Xeon(R) Processor"]


def test_row_14_the_intensity_of_version_1_is_called_obsolete() -> None:
    run, _ = runs("1.2.0/append")

    assert value(run.reported_emissions) / value(run.reported_energy) == pytest.approx(424.5839)
    assert "tracker-intensity-obsolete" in messages(run)
    assert run.reported_intensity is None


def test_row_14_a_world_mean_is_known_by_its_figure() -> None:
    run = changed(emissions=repr(2.333194897866896e-05 * 0.475))

    (finding,) = [f for f in run.findings if f.code == "tracker-intensity-is-world-mean"]
    assert (finding.found, finding.place) == ("475 gCO2e/kWh", "reported")
    assert "tracker-intensity-is-world-mean" not in messages(changed())


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("2.8.4/append-flush", "CPU power is a constant, half the TDP (42.5 W), and memory power"),
        ("2.8.4/append-flush", "3 W per 8 GB (8.8 W)."),
        ("3.3.2/append", "load x TDP and memory power as a constant (20.0 W)."),
        ("3.3.2/pue-wue", "as a constant (20.0 W)."),  # 30 W in the file, PUE 1.5 in it
        ("3.0.8/pue-wue", "as a constant (20.0 W)."),  # before 3.3.1 no PUE is in it
    ],
)
def test_row_15_a_modelled_host_is_estimated_and_says_how(folder: str, words: str) -> None:
    run = runs(folder)[0]

    assert isinstance(run.host, Estimate)
    assert (run.host.basis, run.sensors["host"]) == ("estimated", "model")
    assert words in messages(run)["host-modelled"]


def test_row_15_what_cannot_be_inferred_is_not_claimed() -> None:
    run = changed("2.8.4/append-flush", cpu_power="37.1234")

    assert messages(run)["host-modelled"].startswith("The log does not say whether a RAPL counter")


def test_row_15_apple_chips_are_asked_by_powermetrics() -> None:
    assert "powermetrics" in messages(changed(cpu_model="Apple M1", ram_power=""))["host-modelled"]


def test_row_16_the_duration_of_tasks_is_not_that_of_the_last_one() -> None:
    (run,) = runs("2.8.4/tasks")

    assert float(naive("2.8.4/tasks")[0]["duration"]) == 3.003874673000155
    assert value(run.duration) == pytest.approx(5.0045772030000535, rel=1e-15)


def test_row_17_no_energy_is_read_twice_from_files_side_by_side() -> None:
    assert [value(run.reported_energy) for run in runs("3.3.2/tasks")] == [3.890713915888935e-05]
    assert [value(run.reported_energy) for run in runs("3.3.2/boamps")] == [2.3303860749211602e-05]


def test_row_23_local_times_are_not_called_utc() -> None:
    run = runs("3.3.2/append")[0]

    assert not isinstance(run.period, Missing)
    assert run.period.end.tzinfo is None
    assert run.period.zone == "local, not stated"


@pytest.mark.parametrize(
    ("stamp", "zone"),
    [("2026-11-22T00:36:41+01:00", "+01:00"), ("2026-11-22T00:36:41.250000+00:00", "UTC")],
)
def test_row_23_a_zone_that_is_stated_is_kept(stamp: str, zone: str) -> None:
    period = changed(timestamp=stamp).period

    assert not isinstance(period, Missing)
    assert period.zone == zone


def test_row_23_a_time_that_is_no_iso_date_is_unknown() -> None:
    run = changed(timestamp="22.11.2026 00:36")

    assert isinstance(run.period, Missing)
    assert "timestamp-unreadable" in messages(run)


def test_row_24_power_and_rate_columns_decide_nothing() -> None:
    plain = changed()
    wild = changed(emissions_rate="9e9", cpu_power="9e9", gpu_power="9e9")

    assert (wild.host, wild.duration, wild.reported_emissions) == (
        plain.host,
        plain.duration,
        plain.reported_emissions,
    )


def test_experiment_ids_tell_no_runs_apart_from_2_7_on() -> None:
    ids = {row["experiment_id"] for row in naive("3.3.2/append")}

    assert len(ids) == 1
    assert len(runs("3.3.2/append")) == 2


def test_without_its_run_id_column_each_row_is_a_run() -> None:
    rows = [HEAD.replace("run_id", "id"), ROW, ROW]

    found = reader.read(Log("emissions.csv", content="\n".join(rows).encode()))

    assert [run.run for run in found] == ["emissions.csv:2", "emissions.csv:3"]


@pytest.mark.parametrize("blank", ["", "None", "nan"])
def test_rows_without_a_run_id_are_not_merged(blank: str) -> None:
    row = ROW.replace("394cbff1-5362-4ad8-9917-b2bbd223cb37", blank)

    found = reader.read(Log("emissions.csv", content=f"{HEAD}\n{row}\n{row}\n".encode()))

    assert [run.run for run in found] == ["emissions.csv:2", "emissions.csv:3"]


def test_water_that_nobody_asked_for_is_not_zero_water() -> None:
    assert naive("3.3.2/append")[0]["water_consumed"] == "0.0"
    assert isinstance(runs("3.3.2/append")[0].wue, Missing)


def test_coordinates_and_system_never_enter() -> None:
    secrets = {"longitude": "2.3522", "latitude": "48.8566", "os": "Linux-secret-host"}

    told = repr(asdict(changed(**secrets)))

    assert not [secret for secret in secrets.values() if secret in told]
    assert not any("Linux" in repr(asdict(run)) for run in runs("3.2.9/shifted"))


@pytest.mark.parametrize("blank", ["", "nan", "NaN"])
def test_emissions_without_a_figure_are_missing_and_the_energy_counts(blank: str) -> None:
    run = changed(emissions=blank)

    assert isinstance(run.reported_emissions, Missing)
    assert value(run.host) == 2.333194897866896e-05


def test_numbers_that_a_data_frame_rewrote_are_read_alike() -> None:
    run = changed(gpu_count="0.0", pue="", wue="nan", cpu_model="NaN")

    assert run.accelerators == Missing(missing="not-applicable", reason="gpu_count is 0")
    assert run.pue == Missing(
        missing="not-stated", reason="the PUE of the site is not stated (the log has none)"
    )
    assert (run.pue_in_energy, run.devices) == ("no", ())
    assert isinstance(run.wue, Missing)


def test_parts_that_do_not_add_up_are_given_whole() -> None:
    run = changed(energy_consumed="5e-05")

    assert value(run.computing) == 5e-05
    assert isinstance(run.host, Missing)
    (finding,) = [f for f in run.findings if f.code == "energy-not-split"]
    assert (finding.expected, finding.found) == ("5e-05 kWh", "2.333e-05 kWh")


def test_a_very_short_run_is_noted() -> None:
    assert "very-short-run" in messages(runs("3.3.2/short")[0])


def test_a_version_of_the_future_is_read_with_a_warning() -> None:
    run = changed(codecarbon_version="4.0.0rc1")

    assert (run.version, run.inputs[0].version) == ("4.0.0rc1", "4.0.0rc1")
    assert "tracker-version-unknown" in messages(run)


def test_a_version_that_is_none_is_not_repeated() -> None:
    run = changed(codecarbon_version="soon")

    assert (run.version, run.inputs[0].version) == (None, None)


def test_memory_is_a_blind_spot_before_2_0() -> None:
    assert ("memory", "CodeCarbon before 2.0 does not count it") in runs("1.2.0/append")[
        0
    ].blind_spots
