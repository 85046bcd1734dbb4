"""Green Algorithms: the PUE is taken out, and says whether a person or the tool chose it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from carbonlabel import assess
from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Period
from carbonlabel.readers.green_algorithms import hpc, reader

SAMPLES = Path(__file__).parents[1] / "samples" / "green-algorithms"
CLUSTER = (SAMPLES / "hpc.txt").read_text("utf-8")


def sample(name: str) -> tuple[Evidence, ...]:
    return reader.read(open_log(SAMPLES / name))


def changed(name: str = "local.csv", **cells: str) -> Evidence:
    with (SAMPLES / name).open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file, delimiter=";")
    row |= cells
    # The other way round, as columns are found by their names.
    names = list(reversed(row))
    text = ";".join(names) + "\n" + ";".join(row[each] for each in names) + "\n"
    return reader.read(Log("results.csv", content=text.encode()))[0]


def cluster(text: str) -> Evidence:
    (run,) = hpc.read(Log("report.txt", content=text.encode()))
    return run


def value(quantity: Estimate | Missing | None) -> float:
    assert isinstance(quantity, Estimate)
    return quantity.value


def notes(run: Evidence) -> dict[str, str | None]:
    return {finding.code: finding.found for finding in run.findings}


def test_the_form_is_split_into_gpus_and_host_without_the_pue() -> None:
    (run,) = sample("local.csv")

    # 2 × 300 W × 12.5 h; 12 × 7.5 W × 12.5 h + 64 GB × 0.3725 W/GB × 12.5 h
    assert value(run.accelerators) == pytest.approx(7.5)
    assert value(run.host) == pytest.approx(1.125 + 0.298)
    assert value(run.duration) == 45_000
    assert dict(run.sensors) == {"accelerators": "rated", "host": "rated"}


def test_row_1_the_emissions_are_grams() -> None:
    (run,) = sample("local.csv")

    assert value(run.reported_emissions) == 713.8114464
    assert value(run.reported_intensity) == 51.28
    assert (run.country, run.subdivision, run.version) == ("FR", None, "3.0")


def test_row_7_the_pue_in_the_energy_is_taken_out_once() -> None:
    (run,) = sample("local.csv")

    assert value(run.reported_energy) == pytest.approx(13.91988)
    it_kwh = value(run.accelerators) + value(run.host)
    assert it_kwh == pytest.approx(13.91988 / 1.56)
    assert (run.pue_in_energy, value(run.pue)) == ("yes", 1.56)


@pytest.mark.parametrize(
    ("name", "basis"),
    [
        ("local.csv", "assumed"),  # the survey mean, for want of an answer
        ("local-pue.csv", "estimated"),  # answered
        ("cloud.csv", "assumed"),  # the calculator's table
        ("laptop.csv", "estimated"),  # there is no data centre
    ],
)
def test_a_pue_that_a_person_stated_is_told_from_the_tools(name: str, basis: str) -> None:
    (run,) = sample(name)

    assert isinstance(run.pue, Estimate)
    assert run.pue.basis == basis


def test_an_answered_pue_of_another_provider_is_stated_too() -> None:
    run = changed(platformType="cloudComputing", provider="other", PUEradio="Yes")

    assert isinstance(run.pue, Estimate)
    assert run.pue.basis == "estimated"


def test_a_tools_own_pue_makes_no_total() -> None:
    assert assess(sample("local.csv")).totals.headline == "at least"
    assert assess(sample("local-pue.csv")).totals.headline == "total"


def test_a_stated_load_is_a_model_and_repeats_are_as_many_durations() -> None:
    (run,) = sample("local-pue.csv")

    assert value(run.accelerators) == pytest.approx(2 * 0.3 * 0.5 * 12.5 * 3)
    assert value(run.duration) == 3 * 45_000
    assert dict(run.sensors) == {"accelerators": "model", "host": "rated"}
    assert notes(run)["repeats-counted"] == "3"


def test_gpus_alone_leave_the_cpu_out_and_say_so() -> None:
    (run,) = sample("cloud.csv")

    assert value(run.host) == pytest.approx(0.298)  # memory only
    assert dict(run.sensors) == {"accelerators": "rated", "host": "model"}
    assert "CPU" in [what for what, _ in run.blind_spots]
    assert (run.cloud, run.country) == ("gcp/europe-west1", "BE")


def test_cpus_alone_have_no_accelerators() -> None:
    (run,) = sample("laptop.csv")

    assert isinstance(run.accelerators, Missing)
    assert run.accelerators.missing == "not-applicable"
    assert [each.kind for each in run.devices] == ["host"]


def test_the_world_is_no_place_and_its_mean_no_grid() -> None:
    run = changed(location="WORLD", carbonIntensity="475")

    assert run.country is None
    assert isinstance(run.reported_intensity, Estimate)
    assert run.reported_intensity.basis == "assumed"
    assert "tracker-intensity-is-world-mean" in notes(run)


def test_a_state_is_named_by_its_half_of_the_code() -> None:
    run = changed(location="US-CA")

    assert (run.country, run.subdivision) == ("US", "CA")


@pytest.mark.parametrize("name", ["Any", "other", "None"])
def test_a_gpu_without_a_name_is_no_device(name: str) -> None:
    run = changed(GPUmodel=name)

    assert [each.kind for each in run.devices] == ["host"]
    assert "device-not-named" in notes(run)


def test_processors_that_need_more_than_the_energy_leave_it_whole() -> None:
    run = changed(numberGPUs="200")

    assert value(run.computing) == pytest.approx(8.923)
    assert dict(run.sensors) == {"computing": "model"}
    assert "energy-not-split" in notes(run)


def test_what_is_not_there_is_missing_and_not_zero() -> None:
    run = changed(
        numberGPUs="0",
        memory="0",
        energy_needed="1e-20",
        numberCPUs="0",
        runTime_hour="0",
        runTime_min="0",
        carbonEmissions="None",
        carbonIntensity="0",
    )

    assert isinstance(run.accelerators, Missing)
    assert isinstance(run.duration, Missing)
    assert isinstance(run.reported_emissions, Missing)
    assert run.reported_intensity is None


def test_gpus_without_cpu_and_memory_leave_the_host_missing() -> None:
    run = changed("cloud.csv", memory="0", energy_needed=repr(7.5 * 1.08))

    assert isinstance(run.host, Missing)
    assert dict(run.sensors) == {"accelerators": "rated"}


def test_the_ai_page_is_four_jobs_and_their_projection_is_not_counted() -> None:
    main, experiments, retrainings, inference = sample("ai-page.csv")

    assert [run.phase for run in (main, experiments, retrainings, inference)] == [
        "training",
        "experimentation",
        "training",
        "inference",
    ]
    assert value(main.reported_energy) == pytest.approx(13.91988)
    assert value(experiments.accelerators) == pytest.approx(2 * 7.5)
    assert value(experiments.duration) == 2 * 45_000
    assert value(retrainings.reported_energy) == pytest.approx(4 * 0.25 * 13.91988)
    assert notes(retrainings)["multiple-of-training"] == "1 times"
    # 145.97856 kWh is twelve months of what was typed for one.
    assert value(inference.reported_energy) == pytest.approx(12.16488)
    assert notes(inference)["inference-per-unit"] == (
        "12.16 kWh for 1 month, PUE inside; the calculator's projection: 146 kWh for 1 year"
    )


def test_the_jobs_of_the_ai_page_are_different_runs() -> None:
    runs = sample("ai-page.csv")

    assert len({run.identity for run in runs}) == len(runs)
    assert runs[0].inputs[0].runs == 4


def test_one_half_of_the_ai_page_may_be_empty() -> None:
    run = changed(
        "ai-page.csv",
        **{
            "training-coreType": "None",
            "inference-energy_needed": "12.164879999999998",
        },
    )

    assert run.phase == "inference"
    assert notes(run)["inference-per-unit"] == "12.16 kWh for 1 month, PUE inside"
    assert changed("ai-page.csv", **{"inference-coreType": "None"}).phase == "training"


def test_an_ai_page_whose_main_training_is_zero_is_not_filled_in() -> None:
    cells = {"inference-coreType": "None", "training-main_energy_needed": "0"}

    with pytest.raises(MalformedInput, match="not filled in"):
        changed("ai-page.csv", **cells)


def test_the_reports_of_a_cluster_hold_the_pue_in_the_total_only() -> None:
    (run,) = hpc.read(open_log(SAMPLES / "hpc.txt"))

    assert value(run.accelerators) == 16.82
    assert value(run.host) == pytest.approx(2.42 + 1.40)
    assert value(run.reported_energy) == 23.74
    assert run.pue_in_energy == "yes"
    assert isinstance(run.pue, Estimate)
    # The jobs were worked out with 1.15; the report prints 0.01 kWh.
    assert run.pue.low is not None
    assert run.pue.high is not None
    assert run.pue.low <= 1.15 <= run.pue.high
    assert dict(run.sensors) == {"accelerators": "rated", "host": "model"}


def test_row_7_the_clusters_pue_comes_back_once() -> None:
    energy = assess(hpc.read(open_log(SAMPLES / "hpc.txt"))).totals.energy

    assert isinstance(energy, Estimate)
    assert energy.value == pytest.approx(23.74, rel=1e-6)


def test_a_user_never_enters_evidence() -> None:
    (run,) = hpc.read(open_log(SAMPLES / "hpc.txt"))

    assert "user01" in CLUSTER
    assert "user01" not in repr(run)
    assert "example cluster" not in repr(run)


def test_days_of_jobs_are_a_period_and_their_added_times_no_duration() -> None:
    (run,) = hpc.read(open_log(SAMPLES / "hpc.txt"))

    assert isinstance(run.period, Period)
    assert (run.period.start.day, run.period.end.day) == (11, 14)
    assert isinstance(run.duration, Missing)
    assert notes(run)["jobs-added-up"] == "3 jobs, 2 completed, 0 days 18:01:25 of wall time"
    assert notes(run)["failed-jobs-counted"] == "384 gCO2e"


def test_row_1_a_footprint_above_a_tonne_is_kilograms_in_spite_of_its_t() -> None:
    (run,) = hpc.read(open_log(SAMPLES / "hpc-above-a-tonne.txt"))

    # 8580.37 kWh × 231.12 g/kWh is 1 983 kg; the report says 1,983 TCO2e.
    assert value(run.reported_emissions) == pytest.approx(1_983_000)
    assert notes(run)["tracker-unit-slip"] == "1983 TCO2e"


def test_tonnes_that_are_tonnes_stay_tonnes() -> None:
    text = (SAMPLES / "hpc-above-a-tonne.txt").read_text("utf-8")

    assert value(cluster(text.replace("1,983 T", "2 T")).reported_emissions) == 2_000_000
    without = text.replace("Carbon intensity", "Intensity")
    assert value(cluster(without).reported_emissions) == 1_983_000_000
    assert cluster(without).reported_intensity is None


def test_kilograms_and_grams_are_read_as_such() -> None:
    assert value(cluster(CLUSTER).reported_emissions) == 5000
    assert value(cluster(CLUSTER.replace("5 kgCO2e", "5 gCO2e")).reported_emissions) == 5


def test_energies_rounded_to_zero_are_missing() -> None:
    text = CLUSTER
    for figure in ("23.74", "2.42", "16.82", "1.40"):
        text = text.replace(f" {figure} kWh", " 0.00 kWh")
    run = cluster(text.replace("|   5 kgCO2e", "|   0 gCO2e"))

    told = (run.accelerators, run.host, run.pue, run.reported_energy, run.reported_emissions)
    assert [each.missing for each in told if isinstance(each, Missing)] == ["not-stated"] * 5


def test_jobs_without_gpus_have_no_accelerators() -> None:
    text = CLUSTER.replace(" 16.82 kWh", " 0.00 kWh").replace("56.1 (GPU)", "0.0 (GPU)")
    run = cluster(text)

    assert isinstance(run.accelerators, Missing)
    assert run.accelerators.missing == "not-applicable"


@pytest.mark.parametrize("days", ["2025-02-31/2025-03-01", "2025-02-14/2025-02-11", "today"])
def test_days_that_are_none_give_no_period(days: str) -> None:
    run = cluster(CLUSTER.replace("2025-02-11/2025-02-14", days))

    assert isinstance(run.period, Missing)


def test_a_report_cut_after_its_energies_keeps_them() -> None:
    run = cluster(CLUSTER.partition("Carbon intensity")[0].replace("kgCO2e", "kg"))

    assert value(run.accelerators) == 16.82
    assert isinstance(run.reported_emissions, Missing)
    assert notes(run) == {}


def test_the_two_readers_know_their_own_files_only() -> None:
    assert not reader.recognises(open_log(SAMPLES / "hpc.txt"))
    assert not hpc.recognises(open_log(SAMPLES / "local.csv"))
    assert not reader.recognises(Log("x.csv", content=b"appVersion,coreType\n"))
