from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.errors import InputError, MalformedInput, UnsupportedVersion
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.readers.carbontracker import reader

SAMPLES = Path(__file__).parents[1] / "samples"
CARRIED = SAMPLES / "carbontracker"
SHARED = Path(__file__).parents[2] / ".." / "shared" / "samples"
CASES = [
    *sorted(path.parent for path in CARRIED.glob("*/expected.json")),
    *sorted(path.parent for path in SHARED.glob("carbontracker-*/*/expected.json")),
]
BAD = sorted((SAMPLES / "bad").glob("carbontracker-*.log"))

STEM = "4711.42_2026-11-22T080000Z"
AT = "2026-11-22 08:00:00 - "
HEAD = (
    f"{AT}carbontracker version 2.4.7\n"
    f"{AT}Only predicted and actual consumptions are multiplied by a PUE coefficient of 1.58 "
    "(Daniel Bizo, 2023, Uptime Institute Global Data Center Survey).\n"
)
ENDED = "2026-11-22 09:00:00 - Monitoring thread ended.\n"


STARTED = f"{AT}Monitoring thread started.\n"


def found(devices: str) -> str:
    return f"{AT}The following components were found: {devices}\n{STARTED}"


ONE_GPU = found("GPU with device(s) NVIDIA T4.")
OUTPUT_OF_ONE_GPU = ONE_GPU.removesuffix(STARTED).replace(" - ", " - CarbonTracker: ")
GPU_AND_CPU = found("GPU with device(s) NVIDIA T4. CPU with device(s) cpu:0.")


def epoch(index: int, duration: str, **powers: str) -> str:
    lines = "".join(
        f"{AT}Average power usage (W) for {name}: {power}\n" for name, power in powers.items()
    )
    return f"{AT}Epoch {index}:\n{AT}Duration: {duration}\n{lines}"


def block(title: str, energy: str, *, time: str = "1:00:00", carbon: str = "1.0") -> str:
    body = f"{title}:\n\tTime:\t{time}\n\tEnergy:\t{energy} kWh\n\tCO2eq:\t{carbon} g\n"
    return f"2026-11-22 09:00:00 - CarbonTracker: \n{body}"


def pair(folder: Path, *, standard: str | None = None, output: str | None = None) -> Evidence:
    for kind, text in (("_output", output), ("", standard)):
        if text is not None:
            named = folder / f"{STEM}_carbontracker{kind}.log"
            named.write_text(text, encoding="utf-8")
    return only(named)


def only(path: Path) -> Evidence:
    (evidence,) = reader.read(open_log(path))
    return evidence


def piped(text: str) -> Evidence:
    (evidence,) = reader.read(Log("<stdin>", content=text.encode()))
    return evidence


def standard_of(case: Path) -> Path:
    return next(case.glob("*_carbontracker.log"))


def output_of(case: Path) -> Path:
    return next(case.glob("*_carbontracker_output.log"))


def value(quantity: Estimate | Missing | None) -> float:
    assert isinstance(quantity, Estimate)
    return quantity.value


def codes(evidence: Evidence) -> list[str]:
    return [finding.code for finding in evidence.findings]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_every_sample_says_what_its_expected_json_says(case: Path) -> None:
    expected: dict[str, Any] = json.loads((case / "expected.json").read_text())
    use = expected["use"]

    evidence = only(standard_of(case))

    assert evidence.version == expected["tracker_version"]
    assert value(evidence.reported_energy) == pytest.approx(use["energy_kwh"], abs=5e-13, rel=1e-6)
    assert value(evidence.duration) == pytest.approx(expected["duration_s"], abs=5e-3)
    assert value(evidence.pue) == expected["pue"]
    assert evidence.complete is expected["complete"]
    if use["emissions_kg"] is None:
        assert isinstance(evidence.reported_emissions, Missing)
        assert evidence.reported_intensity is None
    else:
        in_grams = pytest.approx(use["emissions_kg"] * 1000, abs=5e-13)
        assert value(evidence.reported_emissions) == in_grams
        stated = expected["carbon_intensity_g_per_kwh"]
        assert value(evidence.reported_intensity) == stated


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_parts_add_up_to_the_rebuilt_it_energy_unless_devices_were_averaged(case: Path) -> None:
    expected = json.loads((case / "expected.json").read_text())
    summed = expected.get("energy_kwh_if_devices_were_summed")
    it_kwh = summed / expected["pue"] if summed else expected["it_energy_kwh_rebuilt"]

    evidence = only(standard_of(case))

    parts = value(evidence.accelerators) + value(evidence.host)
    assert parts == pytest.approx(it_kwh, rel=3e-3)  # durations are printed to 0.01 s


def test_two_averaged_gpus_are_counted_twice_as_the_worked_example_has_it() -> None:
    # 2 × 275 W × 6.6 s and 60 W × 6.6 s, ÷ 3.6e6 J/kWh; with PUE 1.58 together 0.001767 kWh.
    evidence = only(standard_of(CARRIED / "2.4.7-two-gpus"))

    assert value(evidence.accelerators) == pytest.approx(0.00100833333, abs=5e-12)
    assert value(evidence.host) == pytest.approx(0.00011, abs=5e-15)
    assert (evidence.accelerators.basis, evidence.host.basis) == ("estimated", "measured")
    assert evidence.sensors == {"accelerators": "counter", "host": "counter"}
    (finding,) = (one for one in evidence.findings if one.code == "devices-averaged")
    assert (finding.expected, finding.found) == ("0.001767 kWh", "0.000970 kWh")
    assert (finding.severity, finding.place) == ("warning", "accelerators")
    assert [(one.name, one.count) for one in evidence.devices] == [("NVIDIA A100-SXM4-80GB", 2)]


def test_carbontracker_1_adds_its_devices_and_is_left_alone() -> None:
    evidence = only(standard_of(CARRIED / "1.2.5-two-gpus"))

    assert "devices-averaged" not in codes(evidence)
    assert evidence.accelerators.basis == "measured"
    total = value(evidence.accelerators) + value(evidence.host)
    assert total * 1.55 == pytest.approx(0.001739165036, abs=5e-13)


def test_figures_cite_the_standard_log_first_and_the_output_log_second() -> None:
    evidence = only(standard_of(CARRIED / "2.4.7-two-gpus"))

    assert [one.file.partition("_carbontracker")[2] for one in evidence.inputs] == [
        ".log",
        "_output.log",
    ]
    assert [one.runs for one in evidence.inputs] == [1, None]
    assert [one.sha256[:8] for one in evidence.inputs] == ["e9496aea", "d8b81fd7"]
    assert {one.version for one in evidence.inputs} == {"2.4.7"}
    assert evidence.reported_energy.source == evidence.reported_emissions.source == "log-2"
    assert evidence.reported_intensity.source == evidence.accelerators.source == "log"
    assert evidence.place == "27538.979488_2026-11-22T004209Z_carbontracker_output.log:10"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_naming_either_log_gives_the_same_evidence_so_naming_both_can_be_seen(case: Path) -> None:
    by_standard, by_output = only(standard_of(case)), only(output_of(case))

    assert by_standard == by_output
    assert by_standard.run == standard_of(case).name.removesuffix("_carbontracker.log")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_both_logs_are_recognised_and_the_error_log_is_not(case: Path) -> None:
    assert reader.recognises(open_log(standard_of(case)))
    assert reader.recognises(open_log(output_of(case)))
    for errors in case.glob("*_err.log"):
        assert not reader.recognises(open_log(errors))


def test_the_error_log_is_refused_with_the_name_of_the_right_file() -> None:
    errors = next(CARRIED.glob("*/*_err.log"))

    with pytest.raises(MalformedInput, match=r"_carbontracker_output\.log"):
        reader.read(open_log(errors))


@pytest.mark.parametrize("text", ["", "run_id,emissions\n", "CarbonTracker: Finished\n", "\0"])
def test_foreign_files_are_not_recognised(text: str) -> None:
    assert not reader.recognises(Log("log", content=text.encode()))


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.stem)
def test_a_value_that_is_none_is_an_error_with_its_line(bad: Path) -> None:
    with pytest.raises(InputError) as caught:
        reader.read(open_log(bad))

    assert str(caught.value).startswith(f"{bad.name}:")


def test_carbontracker_3_is_refused_as_a_version_that_we_do_not_know() -> None:
    with pytest.raises(UnsupportedVersion, match=r"3\.0\.0"):
        piped(f"{AT}carbontracker version 3.0.0\n")


def test_a_2_5_is_read_with_a_note() -> None:
    evidence = piped(HEAD.replace("2.4.7", "2.5.0.dev1+g61759d1"))

    assert evidence.version == "2.5.0.dev1+g61759d1"
    assert "tracker-newer-than-known" in codes(evidence)


# Row 7: the tracker's PUE is inside; it is divided out once, and is no statement of the site.


def test_the_trackers_pue_is_taken_out_and_marked_as_its_own_constant() -> None:
    evidence = only(standard_of(CARRIED / "2.4.7-full"))

    total = value(evidence.accelerators) + value(evidence.host)
    assert total * 1.58 == pytest.approx(0.001616061807, abs=5e-13)
    assert evidence.pue_in_energy == "yes"
    assert (evidence.pue.value, evidence.pue.basis) == (1.58, "assumed")


@pytest.mark.parametrize(
    ("version", "pue"),
    [("1.1.0", 1.58), ("1.1.4", 1.67), ("1.1.6", 1.59), ("1.2.5", 1.55), ("2.0.0", 1.58)],
)
def test_a_lost_pue_line_is_replaced_by_the_constant_of_the_version(
    tmp_path: Path, version: str, pue: float
) -> None:
    standard = f"{AT}carbontracker version {version}\n" + ONE_GPU

    evidence = pair(
        tmp_path, standard=standard, output=block("Actual consumption for 1 epoch(s)", "3.16")
    )

    assert value(evidence.pue) == pue
    assert value(evidence.accelerators) == pytest.approx(3.16 / pue)


def test_carbontracker_1_0_knows_no_pue(tmp_path: Path) -> None:
    standard = f"{AT}carbontracker version 1.0.7\n{ONE_GPU}" + epoch(1, "1:00:00", gpu="[100.]")

    evidence = pair(
        tmp_path, standard=standard, output=block("Actual consumption for 1 epoch(s)", "0.100000")
    )

    assert evidence.pue_in_energy == "no"
    assert isinstance(evidence.pue, Missing)
    assert value(evidence.accelerators) == pytest.approx(0.1)


def test_an_output_log_alone_leaves_an_unknown_pue_inside_one_lump() -> None:
    evidence = piped(
        OUTPUT_OF_ONE_GPU + block("Actual consumption for 2 epoch(s)", "0.5", carbon="20.0")
    )

    assert evidence.pue_in_energy == "unknown"
    assert value(evidence.computing) == value(evidence.reported_energy) == 0.5
    assert isinstance(evidence.accelerators, Missing)
    assert isinstance(evidence.pue, Missing)
    assert "tracker-pue-unknown" in codes(evidence)
    assert evidence.reported_emissions.source == "log"
    assert value(evidence.duration) == 3600


def test_watts_hold_no_pue_even_where_the_result_holds_an_unknown_one(tmp_path: Path) -> None:
    evidence = pair(
        tmp_path,
        standard=ONE_GPU + epoch(1, "1:00:00", gpu="100.0"),
        output=block("Actual consumption for 1 epoch(s)", "0.158"),
    )

    assert evidence.pue_in_energy == "no"
    assert value(evidence.accelerators) == pytest.approx(0.1)
    assert value(evidence.reported_energy) == 0.158


# Rows 9 and 25: a prediction is never evidence, and a partial run says so.


def test_row_9_a_killed_run_is_rebuilt_from_its_epochs_and_not_from_its_prediction() -> None:
    evidence = only(output_of(CARRIED / "2.4.7-killed"))

    # 1.58 × (320 W + 140 W) × 4.02 s ÷ 3.6e6; the prediction says 0.001623.
    assert value(evidence.reported_energy) == pytest.approx(0.000811593333, abs=5e-13)
    assert evidence.complete is False
    assert codes(evidence) == ["epochs-partly-covered", "no-actual-block"]
    assert evidence.place.endswith("_carbontracker.log:5")


def test_a_prediction_alone_measures_nothing() -> None:
    evidence = piped(block("Predicted consumption for 100 epoch(s)", "10.0"))

    for energy in (evidence.accelerators, evidence.host, evidence.computing):
        assert energy.missing == "not-measured"
    assert isinstance(evidence.reported_energy, Missing)
    assert isinstance(evidence.reported_emissions, Missing)
    assert isinstance(evidence.duration, Missing)
    assert evidence.complete is False
    assert "predicted-only" in codes(evidence)


def test_a_run_that_ended_in_its_first_epoch_measured_nothing() -> None:
    evidence = piped(HEAD + GPU_AND_CPU + f"{AT}Epoch 1:\n")

    assert isinstance(evidence.computing, Missing)
    assert codes(evidence) == ["no-epoch-finished"]


def test_a_partial_run_says_how_many_epochs_it_covers() -> None:
    evidence = only(standard_of(CARRIED / "2.4.7-partial"))

    (finding,) = (one for one in evidence.findings if one.code == "epochs-partly-covered")
    assert (finding.expected, finding.found) == ("4 epochs", "2 epochs")
    assert value(evidence.reported_energy) == 0.000809997733


def test_stop_after_the_last_epoch_prints_one_too_few_and_is_complete(tmp_path: Path) -> None:
    standard = (HEAD + ONE_GPU).replace("2.4.7", "2.3.1") + "".join(
        epoch(index, "0:20:00.00", gpu="100.0") for index in (1, 2, 3)
    )
    interrupted = f"{AT}Training was interrupted before all -1 epochs were monitored.\n"

    evidence = pair(
        tmp_path,
        standard=standard + interrupted + ENDED,
        output=block("Predicted consumption for 3 epoch(s)", "0.2")
        + block("Actual consumption for 2 epoch(s)", "0.158"),
    )

    assert evidence.complete is True
    assert "epochs-partly-covered" not in codes(evidence)


def test_a_real_interruption_without_prediction_is_partial(tmp_path: Path) -> None:
    evidence = pair(
        tmp_path,
        standard=HEAD
        + ONE_GPU
        + epoch(1, "1:00:00.00", gpu="100.0")
        + f"{AT}Training was interrupted before all 4 epochs were monitored.\n",
        output=block("Actual consumption", "0.158"),
    )

    assert evidence.complete is False
    assert "epochs-partly-covered" in codes(evidence)


def test_a_run_without_prediction_says_that_it_cannot_tell_its_epochs() -> None:
    assert "no-epoch-count" in codes(only(standard_of(CARRIED / "2.4.7-nopred")))


# Row 6: averaged devices.


def test_row_6_eight_gpus_and_two_sockets_are_35_kwh_and_not_5_5(tmp_path: Path) -> None:
    gpus, sockets = ", ".join(["NVIDIA A100"] * 8), "cpu:0, cpu:1"
    # 8 × 400 W and 2 × 150 W for 10 h; the tool prints (400 W + 150 W) × 10 h × 1.58 = 8.69 kWh.
    evidence = pair(
        tmp_path,
        standard=HEAD
        + found(f"GPU with device(s) {gpus}. CPU with device(s) {sockets}.")
        + epoch(1, "10:00:00.00", gpu="400.0", cpu="150.0"),
        output=block("Actual consumption for 1 epoch(s)", "8.69", time="10:00:00"),
    )

    assert value(evidence.accelerators) == pytest.approx(32.0)
    assert value(evidence.host) == pytest.approx(3.0)
    assert evidence.host.basis == "estimated"
    assert evidence.devices[0].count == 8


def test_a_cut_standard_log_is_scaled_to_the_result_also_when_devices_were_averaged(
    tmp_path: Path,
) -> None:
    evidence = pair(
        tmp_path,
        standard=HEAD
        + found("GPU with device(s) NVIDIA T4, NVIDIA T4.")
        + epoch(1, "1:00:00.00", gpu="70.0"),
        output=block("Actual consumption for 2 epoch(s)", "0.2212", time="2:00:00"),
    )

    assert value(evidence.accelerators) == pytest.approx(0.28)  # 2 × 70 W × 2 h
    assert value(evidence.duration) == 7200
    assert evidence.duration.source == "log-2"


def test_one_component_without_epochs_is_corrected_by_its_count(tmp_path: Path) -> None:
    evidence = pair(
        tmp_path,
        standard=HEAD + found("CPU with device(s) cpu:0, cpu:1."),
        output=block("Actual consumption for 1 epoch(s)", "0.158"),
    )

    assert value(evidence.host) == pytest.approx(0.2)
    assert evidence.accelerators.missing == "not-applicable"
    assert [one.expected for one in evidence.findings] == ["0.316000 kWh"]


def test_several_components_without_epochs_stay_uncorrected_and_say_so(tmp_path: Path) -> None:
    evidence = pair(
        tmp_path,
        standard=HEAD + found("GPU with device(s) T4, T4. CPU with device(s) cpu:0."),
        output=block("Actual consumption for 1 epoch(s)", "0.158"),
    )

    assert value(evidence.computing) == pytest.approx(0.1)
    assert evidence.sensors == {"computing": "counter"}
    (finding,) = (one for one in evidence.findings if one.code == "devices-averaged")
    assert finding.expected is None


def test_a_tiny_correction_never_prints_zero() -> None:
    evidence = piped(HEAD + found("GPU with device(s) T4, T4.") + epoch(1, "0:00:00.01", gpu="0.1"))

    (finding,) = (one for one in evidence.findings if one.code == "devices-averaged")
    assert finding.found == "0.000000000439 kWh"  # 1.58 × 0.1 W × 0.01 s ÷ 3.6e6


# Powers, durations and devices as Carbontracker has written them through the years.


def test_apple_graphics_are_two_names_and_one_figure() -> None:
    evidence = piped(
        HEAD
        + found("GPU with device(s) GPU, ANE. CPU with device(s) CPU.")
        + epoch(1, "1:00:00.00", gpu="1.5", cpu="6.0")
    )

    assert value(evidence.accelerators) == pytest.approx(0.0015)
    assert evidence.sensors == {"accelerators": "model", "host": "model"}
    assert evidence.devices == ()
    assert "devices-averaged" not in codes(evidence)


def test_a_cpu_shown_by_its_brand_is_a_model_and_not_a_counter() -> None:
    evidence = only(standard_of(CARRIED / "2.4.7-full"))

    assert (evidence.host.basis, evidence.sensors["host"]) == ("estimated", "model")
    assert evidence.reported_energy.basis == "estimated"
    assert ("AMD EPYC 7763", "host") in [(one.name, one.kind) for one in evidence.devices]


def test_a_dot_in_a_brand_name_ends_no_list() -> None:
    brand = "Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz"

    evidence = piped(HEAD + found(f"CPU with device(s) {brand}.") + epoch(1, "1:00:00", cpu="60.0"))

    assert [one.name for one in evidence.devices] == [brand]


def test_dram_zones_are_part_of_the_host_and_no_blind_spot() -> None:
    evidence = piped(
        HEAD + found("CPU with device(s) cpu:0, dram:0.") + epoch(1, "1:00:00.00", cpu="30.0")
    )

    assert value(evidence.host) == pytest.approx(0.06)
    assert "storage and network" in dict(evidence.blind_spots)


def test_a_list_of_powers_may_run_over_lines() -> None:
    text = (HEAD + found("GPU with device(s) T4, T4, T4.")).replace("2.4.7", "1.2.5")

    evidence = piped(text + epoch(1, "1:00:00.00", gpu="[250. 300.\n 2.5e+02]"))

    assert value(evidence.accelerators) == pytest.approx(0.8)
    assert "devices-averaged" not in codes(evidence)


@pytest.mark.parametrize("unknown", ["None", "nan", "[None]", "[nan nan]", "[]"])
def test_an_epoch_too_short_for_a_sample_takes_the_power_beside_it(unknown: str) -> None:
    evidence = piped(
        HEAD
        + ONE_GPU
        + epoch(1, "1:00:00.00", gpu=unknown)
        + epoch(2, "1:00:00.00", gpu="100.0")
        + epoch(3, "1:00:00.00", gpu=unknown)
    )

    assert value(evidence.accelerators) == pytest.approx(0.3)


@pytest.mark.parametrize("power", ["0.0", "None"])
def test_a_component_without_any_power_is_missing_and_never_zero(power: str) -> None:
    evidence = piped(HEAD + GPU_AND_CPU + epoch(1, "1:00:00.00", gpu="100.0", cpu=power))

    assert isinstance(evidence.host, Missing)
    assert evidence.host.missing == "not-measured"
    assert "host" not in evidence.sensors
    assert "component-not-read" in codes(evidence)


def test_a_result_of_zero_is_missing(tmp_path: Path) -> None:
    evidence = pair(
        tmp_path,
        standard=HEAD + ONE_GPU + epoch(1, "1:00:00.00", gpu="0.0"),
        output=block("Actual consumption for 1 epoch(s)", "0.000000"),
    )

    assert isinstance(evidence.computing, Missing)
    assert value(evidence.reported_energy) == 0


def test_a_result_rounded_to_zero_yields_to_the_epochs(tmp_path: Path) -> None:
    evidence = pair(
        tmp_path,
        standard=HEAD + ONE_GPU + epoch(1, "0:00:01.00", gpu="1.0"),
        output=block("Actual consumption for 1 epoch(s)", "0.000000", time="0:00:01"),
    )

    assert value(evidence.accelerators) == pytest.approx(1 / 3.6e6)


def test_a_gpu_alone_leaves_the_host_not_measured() -> None:
    evidence = piped(HEAD + ONE_GPU + epoch(1, "1:00:00.00", gpu="100.0"))

    assert evidence.host.missing == "not-measured"


def test_a_log_that_lists_nothing_claims_no_missing_gpu() -> None:
    evidence = piped(HEAD + epoch(1, "1:00:00.00", cpu="100.0"))

    assert evidence.accelerators.missing == "not-measured"


@pytest.mark.parametrize(
    ("text", "duration_s"),
    [
        ("26:03:11.50", 93_791.5),
        ("1 day, 2:03:04", 93_784.0),
        ("2 days, 0:00:01.250000", 172_801.25),
        ("0:2:9.51", 129.51),
        ("325:31:49", 1_171_909.0),
    ],
)
def test_durations_of_days_parse(text: str, duration_s: float) -> None:
    evidence = piped(HEAD + ONE_GPU + epoch(1, text, gpu="100.0"))

    assert value(evidence.duration) == pytest.approx(duration_s)


def test_the_words_of_carbontracker_1_0_0_are_read(tmp_path: Path) -> None:
    at = "2020-05-01 12:00:00,123 - MainThread - INFO - "

    evidence = pair(
        tmp_path,
        standard=f"{at}carbontracker version 1.0.0\n"
        f"{at}The following components were found:  gpu with device(s) Tesla V100.\n"
        f"{at}Epoch 1 started.\n{at}Epoch 1 ended.\n{at}Power usages for gpu: [[200.0]].\n",
        output=f"{at}CarbonTracker: \nFirst 1 epoch(s):\n\tTime: 0:00:36.000123 s\n"
        "\tEnergy: 0.0020 kWh\n\tCO2eq: 0.5884 g\n"
        f"{at}CarbonTracker: \nPrediction for 10 epoch(s):\n\tTime: 0:06:00 s\n"
        "\tEnergy: 0.0200 kWh\n\tCO2eq: 5.8841 g\n",
    )

    assert value(evidence.accelerators) == 0.002
    assert value(evidence.reported_emissions) == 0.5884
    assert evidence.complete is False


# Rows 14 and 23: place and time.


def test_a_world_mean_is_assumed_and_named() -> None:
    evidence = only(standard_of(CARRIED / "2.0.1-two-gpus"))

    (finding,) = (one for one in evidence.findings if one.code.startswith("tracker-intensity"))
    assert (finding.place, finding.found) == ("reported", "481 gCO2e/kWh")
    assert evidence.reported_intensity.basis == evidence.reported_emissions.basis == "assumed"


def located(address: str, figure: str = "102.00") -> Evidence:
    return piped(
        HEAD
        + ONE_GPU
        + epoch(1, "1:00:00.00", gpu="100.0")
        + f"{AT}Carbon intensities (gCO2/kWh) fetched every 900 s at detected location "
        f"{address}: [{figure}]\n{AT}Average carbon intensity during training was {figure} "
        f"gCO2/kWh at detected location: {address}.\n"
    )


def test_only_the_country_of_an_address_is_kept() -> None:
    evidence = located("Copenhagen, Capital Region, DK")

    assert evidence.country == "DK"
    assert "Copenhagen" not in repr(evidence)
    assert evidence.reported_intensity.basis == "estimated"
    assert codes(evidence) == ["no-actual-block"]


@pytest.mark.parametrize("address", ["Denmark", "UNDETECTED", "Unknown", "Washington, D.C."])
def test_an_address_without_a_country_code_gives_no_country(address: str) -> None:
    assert located(address).country is None


def test_the_country_of_2_4_7_stands_before_the_list() -> None:
    evidence = piped(
        HEAD + f"{AT}Carbon intensities (gCO2eq/kWh) fetched every 900 s at detected location: "
        "Copenhagen, Capital Region, DK: [143.3]\n"
        f"{AT}Average carbon intensity during training was 143.30 gCO2eq/kWh. \n"
    )

    assert evidence.country == "DK"
    assert value(evidence.reported_intensity) == 143.3


def test_the_european_mean_of_1_1_is_named_as_such() -> None:
    evidence = located("UNDETECTED", "294.21")

    assert "a mean of the EU-28" in " ".join(one.message for one in evidence.findings)


def test_a_default_that_the_output_log_names_makes_its_emissions_assumed() -> None:
    evidence = piped(
        "2026-11-22 08:30:00 - CarbonTracker: Live carbon intensity could not be fetched at "
        "detected location: Unknown. Defaulted to average carbon intensity for world in 2019 of "
        "475.00 gCO2/kWh. at detected location: UNDETECTED.\n"
        + block("Actual consumption for 1 epoch(s)", "0.1")
    )

    assert evidence.reported_emissions.basis == "assumed"
    assert evidence.reported_intensity is None
    assert "tracker-intensity-is-world-mean" in codes(evidence)


@pytest.mark.parametrize("carbon", ["nan", "0.1x"])
def test_emissions_that_are_no_number(carbon: str) -> None:
    text = block("Actual consumption for 1 epoch(s)", "0.1", carbon=carbon)

    if carbon == "nan":
        assert isinstance(piped(text).reported_emissions, Missing)
    else:
        with pytest.raises(MalformedInput):
            piped(text)


def test_an_intensity_that_is_not_a_number_is_none() -> None:
    assert located("UNDETECTED", "nan").reported_intensity is None


def test_times_stay_local_and_naive() -> None:
    period = only(standard_of(CARRIED / "2.4.7-two-gpus")).period

    assert not isinstance(period, Missing)
    assert (period.start.isoformat(), period.end.isoformat()) == (
        "2026-11-22T00:42:09",
        "2026-11-22T00:42:16",
    )
    assert period.start.tzinfo is None
    assert period.zone == "local, not stated"


def test_a_clock_that_went_back_is_no_period() -> None:
    evidence = piped(HEAD + STARTED + "2026-11-22 07:00:00 - Monitoring thread ended.\n")

    assert isinstance(evidence.period, Missing)


# Files: two trackers in one, siblings that are none, foreign line ends, and cuts anywhere.


def test_later_trackers_in_the_same_log_are_left_to_their_own_logs(tmp_path: Path) -> None:
    one = (HEAD + ONE_GPU).replace("2.4.7", "1.2.5") + epoch(1, "1:00:00.00", gpu="[100.]") + ENDED
    listed = OUTPUT_OF_ONE_GPU
    result = listed + block("Actual consumption for 1 epoch(s)", "0.158")

    evidence = pair(tmp_path, standard=one + one, output=result + result)

    assert value(evidence.accelerators) == pytest.approx(0.1)
    assert value(evidence.reported_energy) == 0.158
    assert "later-trackers-in-log" in codes(evidence)


def test_a_second_result_without_a_list_of_components_is_another_tracker() -> None:
    result = block("Actual consumption for 1 epoch(s)", "0.158")

    evidence = piped(result + result.replace("0.158", "7.0"))

    assert value(evidence.reported_energy) == 0.158
    assert "later-trackers-in-log" in codes(evidence)


def test_both_logs_in_one_file_are_one_run() -> None:
    standard = HEAD + ONE_GPU + epoch(1, "1:00:00.00", gpu="100.0") + ENDED

    evidence = piped(
        standard + OUTPUT_OF_ONE_GPU + block("Actual consumption for 1 epoch(s)", "0.158")
    )

    assert evidence.complete is True
    assert value(evidence.accelerators) == pytest.approx(0.1)
    assert evidence.reported_energy.source == "log"
    assert evidence.run == "<stdin>:1"


@pytest.mark.parametrize("output", ["", "No power usage data\n", HEAD])
def test_a_sibling_that_is_no_output_log_is_passed_over(tmp_path: Path, output: str) -> None:
    standard = HEAD + ONE_GPU + epoch(1, "1:00:00.00", gpu="100.0")

    evidence = pair(tmp_path, standard=standard, output=output)

    assert len(evidence.inputs) == 1
    assert value(evidence.accelerators) == pytest.approx(0.1)


def test_a_byte_order_mark_and_foreign_line_ends_change_nothing(tmp_path: Path) -> None:
    case = CARRIED / "2.4.7-full"
    for log in case.glob("*.log"):
        text = log.read_bytes().replace(b"\n", b"\r\n")
        (tmp_path / log.name).write_bytes(b"\xef\xbb\xbf" + text)

    evidence = only(tmp_path / standard_of(case).name)

    assert reader.recognises(open_log(tmp_path / standard_of(case).name))
    assert evidence.accelerators == only(standard_of(case)).accelerators


def test_lines_without_a_time_stamp_do_not_grow_without_limit() -> None:
    with pytest.raises(MalformedInput, match="64 KiB"):
        piped("\n" * 100_000 + HEAD + "\n" * 100_000)


def test_no_log_names_nine_kinds_of_component() -> None:
    many = " ".join(f"C{index} with device(s) x." for index in range(9))

    with pytest.raises(MalformedInput, match="8 kinds"):
        piped(HEAD + found(many))


def test_absurdly_large_numbers_are_refused() -> None:
    with pytest.raises(MalformedInput, match="plausible"):
        piped(HEAD + ONE_GPU + epoch(1, "1:00:00.00", gpu="1e300") + ENDED)


def test_zero_seconds_are_no_duration() -> None:
    evidence = piped(HEAD + ONE_GPU + epoch(1, "0:00:00.00", gpu="100.0"))

    assert isinstance(evidence.duration, Missing)


def attempt(folder: Path, name: str) -> Evidence | None:
    try:
        return only(folder / name)
    except InputError:
        return None


@pytest.mark.parametrize("case", ["2.4.7-two-gpus", "2.4.7-killed", "1.2.5-two-gpus"])
@pytest.mark.parametrize("cut", [standard_of, output_of], ids=["standard", "output"])
def test_a_log_cut_at_any_byte_never_gives_more_than_the_whole(
    tmp_path: Path, case: str, cut: Callable[[Path], Path]
) -> None:
    for log in (CARRIED / case).glob("*.log"):
        (tmp_path / log.name).write_bytes(log.read_bytes())
    name = cut(tmp_path).name
    whole = only(tmp_path / name)
    text = (tmp_path / name).read_bytes()

    for size in range(len(text)):
        (tmp_path / name).write_bytes(text[:size])
        evidence = attempt(tmp_path, name)
        for field in ("accelerators", "host"):
            part = getattr(evidence, field, None)
            if isinstance(part, Estimate):
                assert part.value <= value(getattr(whole, field)) * 1.01, size


LINES = st.sampled_from(
    [
        *(HEAD + GPU_AND_CPU + ENDED).splitlines(),
        *epoch(1, "0:00:02.00", gpu="70.0", cpu="[1. 2.]").splitlines(),
        *block("Actual consumption for 1 epoch(s)", "0.5").splitlines(),
        *block("Predicted consumption for 9 epoch(s)", "5").splitlines(),
        f"{AT}Average power usage (W) for gpu: [70.",
        " 71.]",
        f"{AT}Training was interrupted before all 3 epochs were monitored.",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=25))
def test_any_order_of_lines_gives_evidence_or_an_input_error(lines: list[str]) -> None:
    try:
        evidence = piped("\n".join(lines))
    except InputError:
        return
    assert evidence.findings or evidence.complete


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_changed_bytes_give_evidence_or_an_input_error(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(sorted(CARRIED.glob("*/*.log"))))
    text = bytearray(case.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text) - 1))
        text[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    log = Log(case.name, content=bytes(text))

    reader.recognises(log)
    try:
        reader.read(log)
    except InputError:
        return


def test_names_of_devices_cannot_command_the_terminal() -> None:
    case = CARRIED / "2.4.7-two-gpus" / "27538.979488_2026-11-22T004209Z_carbontracker.log"
    text = case.read_bytes().replace(b"A100", b"A\x1b[2J100").replace(b"2.4.7", b"2.4.7\x1b")

    (run,) = reader.read(Log("a.log", content=text))

    assert run.devices
    assert all(device.name.isprintable() for device in run.devices)
    assert (run.version or "").isprintable()
