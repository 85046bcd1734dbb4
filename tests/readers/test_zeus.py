"""Zeus's windows: joules of boards, nested and overlapping, each second counted once."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from carbonlabel.errors import InputError
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Period
from carbonlabel.readers.zeus import reader

SAMPLES = Path(__file__).parents[1] / "samples"
HEAD = "start_time,window_name,elapsed_time,gpu0_energy"
BAD = {
    "negative-energy.csv": "cannot be",
    "nan-energy.csv": "is no figure",
    "infinite-energy.csv": "is no figure",
    "word-for-energy.csv": "is no number",
    "no-elapsed-time.csv": "elapsed_time is missing",
    "milliseconds.csv": "2000 and 2100",
    "endless-window.csv": "2000 and 2100",
    "header-only.csv": "no window",
    "too-few-fields.csv": "3 fields",
    "two-clocks.csv": "stands twice",
    "monitor-without-totals.txt": "without its totals",
    "monitor-cut-totals.txt": "not whole",
    "monitor-no-date.txt": "no date",
}


def sample(name: str) -> Evidence:
    (run,) = reader.read(open_log(SAMPLES / "zeus" / name))
    return run


def read(*lines: str, name: str = "zeus.csv") -> Evidence:
    text = "".join(f"{line}\n" for line in lines)
    (run,) = reader.read(Log(name, content=text.encode()))
    return run


def value(quantity: Estimate | Missing) -> float:
    assert isinstance(quantity, Estimate)
    return quantity.value


def codes(run: Evidence) -> dict[str, str]:
    return {finding.code: finding.severity for finding in run.findings}


def test_row_2_energies_are_joules() -> None:
    run = read(HEAD, "1795316329.25,training,3600,3600000")

    assert value(run.accelerators) == 1.0


def test_row_8_the_energy_holds_no_pue() -> None:
    assert sample("two-gpus.csv").pue_in_energy == "no"


def test_row_18_windows_inside_windows_are_not_added_again() -> None:
    run = sample("two-gpus.csv")

    # 605.5 W over the training (3.9026 s) and the evaluation (0.8003 s) after it.
    assert value(run.duration) == pytest.approx(3.9026 + 0.8003, abs=1e-3)
    assert value(run.accelerators) == pytest.approx(605.5 * 4.7029 / 3.6e6, rel=1e-3)
    assert codes(run)["windows-nested"] == "note"
    assert codes(run)["windows-gap"] == "warning"


def test_row_5_a_file_without_gpu_columns_is_no_zero() -> None:
    run = sample("no-gpu.csv")

    assert run.accelerators == Missing(missing="not-measured", reason="Zeus found no GPU")
    assert codes(run)["no-energy-sensor"] == "warning"
    assert run.sensors == {}


def test_row_5_windows_too_short_for_the_counter_are_no_zero() -> None:
    run = read(HEAD, "1795316329.25,step,0.05,0.0")

    assert isinstance(run.accelerators, Missing)
    assert codes(run) == {"zero-energy": "warning", "very-short-run": "note"}


def test_row_23_unix_seconds_are_utc() -> None:
    run = read(HEAD, "1600000000,training,60,100")

    assert isinstance(run.period, Period)
    assert run.period.zone == "UTC"
    assert run.period.start.isoformat() == "2020-09-13T12:26:40+00:00"
    assert run.period.end.isoformat() == "2020-09-13T12:27:40+00:00"


def test_windows_one_after_another_are_added_up() -> None:
    run = sample("epochs-only.csv")

    joules = 155.053 + 147.803 + 155.101 + 147.851 + 155.084 + 147.835 + 155.084 + 147.834
    assert value(run.accelerators) == pytest.approx(joules / 3.6e6, rel=1e-6)
    assert "windows-nested" not in codes(run)
    assert "windows-gap" not in codes(run)


def test_windows_that_overlap_count_each_second_once() -> None:
    run = sample("overlapping.csv")

    # 295.5 W from the begin of the first to the end of the second: 1.8010 s.
    assert value(run.accelerators) == pytest.approx(295.5 * 1.8010 / 3.6e6, rel=1e-3)
    assert isinstance(run.accelerators, Estimate)
    assert run.accelerators.basis == "estimated"
    assert codes(run)["windows-overlap"] == "warning"


def test_cpu_and_memory_are_not_in_the_csv_and_not_zero() -> None:
    run = sample("two-gpus.csv")

    assert isinstance(run.host, Missing)
    assert run.host.missing == "not-measured"


def test_a_gpu_that_is_always_zero_is_named() -> None:
    run = read(f"{HEAD},gpu1_energy", "1600000000,training,60,100,0")

    assert codes(run)["component-not-read"] == "warning"
    assert value(run.accelerators) == pytest.approx(100 / 3.6e6)


@pytest.mark.parametrize("name", ["epoch 1, warm", 'say "go"', ""])
def test_a_window_may_be_called_anything(name: str) -> None:
    run = read(HEAD, f"1600000000,{name},3600,3600000")

    assert value(run.accelerators) == 1.0
    assert "epoch 1" not in repr(run)


def test_columns_stand_in_any_order() -> None:
    run = read(
        "gpu0_energy,elapsed_time,note,window_name,start_time", "3600000,3600,,all,1600000000"
    )

    assert value(run.accelerators) == 1.0


def test_a_last_line_that_breaks_off_is_left_out_and_said() -> None:
    run = read(HEAD, "1600000000,one,3600,3600000", "1600003600,two,36")

    assert value(run.accelerators) == 1.0
    assert codes(run)["cut-line"] == "warning"


def test_a_window_of_no_length_is_no_division() -> None:
    run = read(HEAD, "1600000000,one,0,0")

    assert isinstance(run.duration, Missing)
    assert isinstance(run.accelerators, Missing)


@settings(max_examples=100, deadline=None)
@given(
    some.lists(some.tuples(some.integers(0, 500), some.integers(1, 300)), min_size=1, max_size=12),
    some.randoms(),
)
def test_whatever_the_windows_constant_power_gives_the_energy_of_their_union(
    windows: list[tuple[int, int]], chance: random.Random
) -> None:
    lines = [f"{1600000000 + start},w,{length},{100 * length}" for start, length in windows]
    chance.shuffle(lines)

    run = read(HEAD, *lines)

    union = {second for start, length in windows for second in range(start, start + length)}
    assert value(run.accelerators) == pytest.approx(100 * len(union) / 3.6e6, rel=1e-9)
    assert value(run.duration) == pytest.approx(len(union), rel=1e-9)


def test_the_text_of_the_energy_command_is_read() -> None:
    run = sample("monitor-energy.txt")

    assert value(run.accelerators) == pytest.approx((1239.121 + 1181.164) / 3.6e6, rel=1e-6)
    assert value(run.duration) == 3.9971580505371094
    assert isinstance(run.period, Missing)
    assert isinstance(run.host, Missing)


def test_the_text_of_the_power_command_is_read() -> None:
    run = sample("monitor-power.txt")

    assert value(run.accelerators) == pytest.approx((1023.17138 + 975.313366) / 3.6e6, rel=1e-6)
    assert value(run.duration) == 3.3005528450012207
    assert isinstance(run.period, Period)
    assert run.period.start.isoformat() == "2026-11-22T03:06:17"
    assert run.period.zone == "local, not stated"


def test_the_text_may_hold_cpu_and_memory_and_an_older_name_of_the_gpus() -> None:
    run = read(
        "Total energy (J):",
        "Measurement(time=3600.0, energy={0: 3600000.0}, "
        "cpu_energy={0: 1800000.0}, dram_energy={0: 900000.0})",
        name="monitor.txt",
    )

    assert (value(run.accelerators), value(run.host)) == (1.0, 0.75)
    assert run.sensors == {"accelerators": "counter", "host": "counter"}


def test_the_text_without_gpus_is_no_zero() -> None:
    run = read(
        "Total energy (J):",
        "Measurement(time=36.0, gpu_energy={}, cpu_energy=None, dram_energy=None)",
        name="monitor.txt",
    )

    assert isinstance(run.accelerators, Missing)
    assert codes(run) == {"no-energy-sensor": "warning"}


@pytest.mark.parametrize("fault", BAD)
def test_a_faulty_file_is_refused_with_its_place_and_reason(fault: str) -> None:
    log = open_log(SAMPLES / "bad" / f"zeus-{fault}")

    with pytest.raises(InputError) as caught:
        reader.read(log)

    assert BAD[fault] in caught.value.message
    assert (caught.value.where or "").startswith(log.name)
    assert caught.value.hint


def test_every_faulty_file_is_tried() -> None:
    assert {f"zeus-{fault}" for fault in BAD} == {
        path.name for path in (SAMPLES / "bad").glob("zeus-*")
    }


@pytest.mark.parametrize("text", ["", "\n", "start_time,elapsed_time\n", "{'GPU': 1}\n"])
def test_other_files_are_not_recognised(text: str) -> None:
    assert not reader.recognises(Log("zeus.csv", content=text.encode()))
