"""perun's tree, text, benchmark and samples: four forms of the same run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from carbonlabel.errors import InputError
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.hardware import Device
from carbonlabel.model.provenance import Period
from carbonlabel.readers.perun import reader

SAMPLES = Path(__file__).parents[1] / "samples"
Tree = dict[str, Any]
PERUN = SAMPLES / "perun"
STAMP = "app_2026-11-22T030334.820579"
TWO_GPUS = PERUN / "two-gpus"
NO_SENSOR = sorted(path.name for path in (PERUN / "no-energy-sensor").glob("app*"))
CSV = ",run id,hostname,device_group,sensor,unit,magnitude,timestep,value"
BAD = {
    "app.hdf5": "HDF5",
    "app.pkl": "never loaded",
    "pue-below-one.json": "below 1",
    "pue-no-number.json": "is no number",
    "calories.json": "unknown unit",
    "negative-energy.json": "cannot be",
    "word-for-energy.json": "no figure",
    "nan-energy.json": "NaN",
    "nodes-no-objects.json": "no JSON object",
    "no-application.json": "no application",
    "no-run.json": "no run",
    "report-without-run.txt": "names no run",
    "report-unknown-unit.txt": "no figure with its unit",
    "benchmark-unknown-unit.json": "unknown unit",
    "benchmark-negative.json": "cannot be",
    "benchmark-no-value.json": "no figure",
    "benchmark-number-in-list.json": "no name",
    "benchmark-only-load.json": "no entry",
    "samples-negative-power.csv": "cannot be",
    "samples-nan-power.csv": "no figure",
    "samples-header-only.csv": "no sample",
    "samples-endless-round.csv": "100 years",
    "samples-no-unit-column.csv": "unit is missing",
}


def sample(*path: str) -> Evidence:
    (run,) = reader.read(open_log(PERUN.joinpath(*path)))
    return run


def read(content: str, name: str) -> Evidence:
    (run,) = reader.read(Log(name, content=content.encode()))
    return run


def bent(change: Callable[[Tree, Tree], object]) -> Evidence:
    """The sample of two GPUs after a change of its run and of its round."""
    told = json.loads((TWO_GPUS / "app.json").read_text("utf-8"))
    run = next(iter(told["nodes"][0].values()))
    change(run, next(iter(run["nodes"][0].values())))
    return read(json.dumps(told), "app.json")


def value(quantity: Estimate | Missing) -> float:
    assert isinstance(quantity, Estimate)
    return quantity.value


def codes(run: Evidence) -> dict[str, str]:
    return {finding.code: finding.severity for finding in run.findings}


def test_row_2_energies_are_joules_and_emissions_grams() -> None:
    run = sample("two-gpus", "app.json")

    # 605.5 W on GPUs and 186 W on processors and memory for 4.054 s.
    assert value(run.accelerators) == pytest.approx(605.5 * 4.0538 / 3.6e6, rel=1e-4)
    assert value(run.host) == pytest.approx(186 * 4.0538 / 3.6e6, rel=0.01)
    assert value(run.reported_emissions) == pytest.approx(
        274.8 * value(run.reported_energy), rel=1e-6
    )
    assert run.reported_intensity == Estimate(
        value=274.8, unit="gCO2e/kWh", basis="assumed", source="log"
    )


@pytest.mark.parametrize("name", NO_SENSOR)
def test_row_5_without_a_sensor_nothing_is_zero(name: str) -> None:
    run = sample("no-energy-sensor", name)

    for quantity in (run.host, run.accelerators, run.computing, run.reported_energy):
        assert isinstance(quantity, Missing)
    assert isinstance(run.host, Missing)
    assert run.host.missing == "not-measured"
    assert codes(run)["no-energy-sensor"] == "warning"
    assert run.sensors == {}
    assert run.complete


def test_the_sample_without_a_sensor_gives_what_it_is_known_to_hold() -> None:
    known = json.loads((PERUN / "no-energy-sensor/expected.json").read_text("utf-8"))

    run = sample("no-energy-sensor", "app.json")

    assert value(run.duration) == known["duration_s"]["json"]
    assert run.version == known["tracker_version"]
    assert known["energy_kwh"] is None
    assert isinstance(run.reported_emissions, Missing)


def test_row_7_the_pue_is_in_the_total_and_not_in_the_parts() -> None:
    run = sample("pue-and-overhead", "app.json")

    it_kwh = value(run.accelerators) + value(run.host)
    assert (run.pue_in_energy, value(run.pue)) == ("yes", 1.2)
    assert value(run.reported_energy) == pytest.approx(1.2 * it_kwh, rel=1e-6)
    assert value(run.accelerators) == pytest.approx(605.5 * 7.8928 / 3.6e6, rel=1e-4)


def test_the_watts_that_the_user_added_are_the_hosts_and_no_measurement() -> None:
    run = sample("pue-and-overhead", "app.json")

    assert isinstance(run.host, Estimate)
    assert run.host.basis == "estimated"
    assert run.sensors == {"accelerators": "counter", "host": "model"}
    # 50 W over 7.893 s on one host.
    assert [each.found for each in run.findings if each.code == "host-modelled"] == [
        "0.0001096 kWh"
    ]


def test_row_7_a_text_does_not_store_its_pue_and_the_energy_is_whole() -> None:
    run = sample("two-gpus", f"{STAMP}.txt")

    assert (run.pue_in_energy, codes(run)["tracker-pue-unknown"]) == ("unknown", "warning")
    assert value(run.computing) == pytest.approx(3209 / 3.6e6)
    assert run.sensors == {"computing": "counter"}


def test_row_18_no_energy_is_counted_on_two_levels() -> None:
    run = sample("two-gpus", "app.json")

    assert value(run.accelerators) + value(run.host) == pytest.approx(
        value(run.reported_energy), rel=1e-6
    )


def test_row_23_the_time_is_local() -> None:
    for name in ("app.json", f"{STAMP}.txt", f"{STAMP}.csv", f"{STAMP}.json"):
        run = sample("two-gpus", name)
        assert isinstance(run.period, Period)
        assert run.period.zone == "local, not stated"
        assert run.period.start.isoformat().startswith("2026-11-22T03:03:34.82")


def test_all_forms_of_one_run_agree() -> None:
    tree = sample("two-gpus", "app.json")
    total_kwh = value(tree.reported_energy)

    for name in (f"{STAMP}.txt", f"{STAMP}.json"):
        assert value(sample("two-gpus", name).computing) == pytest.approx(total_kwh, rel=1e-3)
    samples = sample("two-gpus", f"{STAMP}.csv")
    assert value(samples.accelerators) == pytest.approx(value(tree.accelerators), rel=1e-4)
    assert value(samples.host) == pytest.approx(value(tree.host), rel=1e-4)


def test_below_the_line_a_pickle_is_never_loaded() -> None:
    log = open_log(SAMPLES / "bad" / "perun-app.pkl")

    assert reader.recognises(log)
    with pytest.raises(InputError, match="never loaded"):
        reader.read(log)


def test_rounds_are_added_up() -> None:
    run = sample("pue-and-overhead", "app.json")

    assert value(run.duration) == pytest.approx(4.068754196166992 + 3.8240044116973877)
    assert run.devices == (
        Device(name="NVIDIA A100-SXM4-80GB", kind="accelerator", count=2),
        Device(name="AMD EPYC", kind="host", count=1),
    )


def test_no_name_of_a_host_and_no_kernel_enters_the_evidence() -> None:
    for path in PERUN.rglob("app*"):
        told = repr(reader.read(open_log(path)))
        for private in ("node01", "Linux", "GCC", "GPU-0000"):
            assert private not in told


def test_a_missing_round_makes_the_total_unknown_and_not_smaller() -> None:
    run = bent(lambda _, inner: inner["metrics"].pop("energy"))

    assert isinstance(run.reported_energy, Missing)
    assert "no-energy-sensor" in codes(run)


def test_the_fill_value_of_a_metric_is_no_figure() -> None:
    run = bent(lambda _, inner: inner["metrics"]["energy"].update(value=-1.0))

    assert isinstance(run.reported_energy, Missing)


def test_parts_that_do_not_add_up_are_taken_whole() -> None:
    run = bent(lambda _, inner: inner["metrics"]["gpu_energy"].update(value=1.0))

    assert value(run.computing) == value(run.reported_energy)
    assert codes(run)["energy-not-split"] == "warning"


def test_a_tree_without_a_pue_is_taken_whole() -> None:
    run = bent(lambda outer, _: outer["metadata"].pop("post-processing.pue"))

    assert run.pue_in_energy == "unknown"
    assert value(run.computing) == value(run.reported_energy)


def test_gpus_that_gave_no_power_are_named() -> None:
    def silence(_: Tree, inner: Tree) -> None:
        gpu_j = inner["metrics"].pop("gpu_energy")["value"]
        inner["metrics"]["energy"]["value"] -= gpu_j

    run = bent(silence)

    assert isinstance(run.accelerators, Missing)
    assert run.accelerators.missing == "not-measured"
    assert codes(run)["component-not-read"] == "warning"


def test_gpus_alone_leave_the_host_unknown() -> None:
    def strip(_: Tree, inner: Tree) -> None:
        metrics = inner["metrics"]
        for name in ("cpu_energy", "dram_energy"):
            metrics["energy"]["value"] -= metrics.pop(name)["value"]

    run = bent(strip)

    assert run.host == Missing(missing="not-measured", reason="perun read no RAPL counter")
    assert run.sensors == {"accelerators": "counter"}


def test_sensors_that_all_read_nothing_are_no_zero() -> None:
    def silence(_: Tree, inner: Tree) -> None:
        for name in ("energy", "gpu_energy", "cpu_energy", "dram_energy"):
            inner["metrics"][name]["value"] = 0.0

    run = bent(silence)

    assert isinstance(run.accelerators, Missing)
    assert isinstance(run.host, Missing)
    assert codes(run)["zero-energy"] == "warning"


def test_nodes_may_be_one_object() -> None:
    def join(outer: Tree, _: Tree) -> None:
        outer["nodes"] = outer["nodes"][0]

    assert value(bent(join).accelerators) == pytest.approx(605.5 * 4.0538 / 3.6e6, rel=1e-4)


def test_the_users_own_factor_is_no_default_and_warm_up_is_left_out() -> None:
    def set_(outer: Tree, _: Tree) -> None:
        outer["metadata"] |= {
            "post-processing.emissions_factor": "56",
            "benchmarking.warmup_rounds": "2",
            "execution_dt": "lately",
        }

    run = bent(set_)

    assert run.reported_intensity is not None
    assert run.reported_intensity.basis == "estimated"
    assert ("warm-up rounds", "perun does not count them") in run.blind_spots
    assert isinstance(run.period, Missing)


def test_a_run_that_ends_after_the_calendar_has_no_period() -> None:
    run = bent(lambda _, inner: inner["metrics"]["runtime"].update(value=9e14))

    assert isinstance(run.period, Missing)


REPORT = """PERUN REPORT

App name: app

RUN ID: nightly

| Round # | Host | Device | Avg RUNTIME |
|--------:|-----:|-------:|------------:|
|       0 |  All |    All |    1.200 ks |
|       0 |    a |    gpu |         nan |

The application has been run {count} times. In total, it has used {energy} kWh, released 9 kgCO2e
"""


def test_a_text_without_energies_in_its_table_has_them_in_its_last_sentence() -> None:
    run = read(REPORT.format(count=1, energy="12.345"), "app.txt")

    assert isinstance(run.computing, Estimate)
    assert (run.computing.low, run.computing.high) == pytest.approx((12.3445, 12.3455), rel=1e-12)
    assert value(run.computing) == value(run.reported_energy) == 12.345
    assert (run.run, value(run.duration), run.sensors) == ("nightly", 1200, {"computing": "stated"})
    assert isinstance(run.period, Missing)


@pytest.mark.parametrize(("count", "energy"), [(2, "12.345"), (1, "0.000")])
def test_the_sentence_is_no_figure_of_several_runs_nor_of_what_it_rounds_away(
    count: int, energy: str
) -> None:
    run = read(REPORT.format(count=count, energy=energy), "app.txt")

    assert isinstance(run.reported_energy, Missing)


def test_a_text_whose_sensors_read_nothing_is_no_zero() -> None:
    text = (TWO_GPUS / f"{STAMP}.txt").read_text("utf-8").replace("3.209 kJ", "0.000 J")

    run = read(text, "app.txt")

    assert isinstance(run.computing, Missing)
    assert run.computing.missing == "not-measured"
    assert codes(run)["zero-energy"] == "warning"


def test_a_benchmark_counts_one_round_and_says_so() -> None:
    run = sample("two-gpus", f"{STAMP}.json")

    assert codes(run)["rounds-not-stated"] == "warning"
    assert run.run == "2026-11-22T03:03:34.820579"


def test_a_benchmark_of_a_named_run_has_no_period() -> None:
    entries = [{"name": "app_nightly - ENERGY", "unit": "kJ", "value": 3600, "range": 0.0}]

    run = read(json.dumps(entries), "bench.json")

    assert value(run.computing) == 1.0
    assert isinstance(run.duration, Missing)
    assert isinstance(run.period, Missing)


def test_a_csv_of_a_named_run_has_a_duration_and_no_period() -> None:
    text = (PERUN / "cpu-only/app_2026-11-22T030347.935125.csv").read_text("utf-8")

    run = read(text, "app_nightly.csv")

    assert isinstance(run.period, Missing)
    assert value(run.duration) == pytest.approx(4.073, abs=1e-3)
    assert run.hours == ()
    assert run.run == "app_nightly.csv:2"


def test_rounds_of_a_csv_stand_one_after_another() -> None:
    rows = [
        f"0,{turn},a,gpu,CUDA:0_POWER,W,0.001,{t},360000" for turn in (0, 1) for t in (0, 5, 10)
    ]

    run = read("\n".join([CSV, *rows, ""]), "app.csv")

    # 360 W for two rounds of 10 s.
    assert value(run.accelerators) == pytest.approx(0.002, rel=1e-3)
    assert run.complete


def test_counters_of_a_csv_gain_nothing_between_rounds() -> None:
    readings = [(0, 0, 100.0), (0, 10, 400.0), (1, 0, 900.0), (1, 10, 1200.0)]
    rows = [f"0,{turn},a,cpu,cpu_0_package-0,J,1.0,{t},{j}" for turn, t, j in readings]

    run = read("\n".join([CSV, *rows, ""]), "app.csv")

    assert value(run.host) == pytest.approx(600 / 3.6e6)


def test_row_19_a_counter_that_falls_began_anew_and_is_named() -> None:
    readings = [(0, 100.0), (10, 400.0), (20, 50.0), (30, 350.0)]
    rows = [f"0,0,a,ram,ram_0_dram,J,1.0,{t},{j}" for t, j in readings]

    run = read("\n".join([CSV, *rows, ""]), "app.csv")

    assert value(run.host) == pytest.approx(600 / 3.6e6)
    assert codes(run)["counter-reset"] == "warning"


def test_sums_of_groups_are_not_counted_beside_their_members() -> None:
    rows = [
        f"0,0,a,{group},{group}_power,W,1.0,{t},100"
        for group in ("cpu", "socket", "other")
        for t in (0, 10)
    ]

    run = read("\n".join([CSV, *rows, ""]), "app.csv")

    assert value(run.host) == pytest.approx(1000 / 3.6e6)


def test_a_csv_whose_last_line_breaks_off_is_read() -> None:
    rows = ["0,0,a,cpu,c,W,1.0,0,100", "1,0,a,cpu,c,W,1.0,10,100", "2,0,a,cpu,c"]

    assert value(read("\n".join([CSV, *rows]), "app.csv").host) == pytest.approx(1000 / 3.6e6)


@pytest.mark.parametrize("fault", BAD)
def test_a_faulty_file_is_refused_with_its_place_and_reason(fault: str) -> None:
    log = open_log(SAMPLES / "bad" / f"perun-{fault}")

    with pytest.raises(InputError) as caught:
        reader.read(log)

    assert BAD[fault] in caught.value.message
    assert (caught.value.where or "").startswith(log.name)
    assert caught.value.hint


def test_every_faulty_file_is_tried() -> None:
    assert {f"perun-{fault}" for fault in BAD} == {
        path.name for path in (SAMPLES / "bad").glob("perun-*")
    }


@pytest.mark.parametrize(
    "content", [b"", b"\n", b'{"id": "app"}', b"[1, 2]", b"\x89HDF\r\n\x1a\nkeras", b"\x80\x04 x"]
)
def test_other_files_are_not_recognised(content: bytes) -> None:
    assert not reader.recognises(Log("app.json", content=content))
