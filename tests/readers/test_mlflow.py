from __future__ import annotations

import json
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Period
from carbonlabel.readers.mlflow import reader

SAMPLES = Path(__file__).parents[1] / "samples" / "mlflow"
SHARED = Path(__file__).parents[2] / ".." / "shared" / "samples" / "mlflow-3.17.2"
TWO = SAMPLES / "two-gpus"
GPU_0 = TWO / "gpu_0_power_usage_watts"
RUN = "0123456789abcdef0123456789abcdef"
TEN_MS = 1_772_359_200_000  # 2026-03-01T10:00:00Z
J_PER_KWH = 3.6e6


def read(path: Path) -> Evidence:
    log = open_log(path)
    assert reader.recognises(log)
    (evidence,) = reader.read(log)
    return evidence


def joules(evidence: Evidence) -> float:
    assert isinstance(evidence.accelerators, Estimate)
    return evidence.accelerators.value * J_PER_KWH


def codes(evidence: Evidence) -> list[str]:
    return [finding.code for finding in evidence.findings]


def stored(folder: Path, *watts: str, gpu: int = 0) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"gpu_{gpu}_power_usage_watts"
    lines = (f"{TEN_MS + 10_000 * step} {watt} {step}\n" for step, watt in enumerate(watts))
    path.write_text("".join(lines))
    return path


def by_hand(*paths: Path) -> float:
    """Joules of the files by the rule of the trapezoid, in fractions."""
    total = Fraction(0)
    for path in paths:
        points = [line.split()[:2] for line in path.read_text().splitlines()]
        for (begin, first), (end, last) in pairwise(points):
            total += (Fraction(first) + Fraction(last)) / 2 * (int(end) - int(begin)) / 1000
    return float(total)


def test_the_gpus_of_a_run_are_added_up_whichever_file_is_named() -> None:
    expected_j = by_hand(GPU_0, TWO / "gpu_1_power_usage_watts")

    for name in ("gpu_0_power_usage_watts", "gpu_1_power_usage_watts"):
        evidence = read(TWO / name)
        assert joules(evidence) == pytest.approx(expected_j, rel=1e-12)
        assert evidence.inputs[0].file == name
        assert isinstance(evidence.accelerators, Estimate)
        assert evidence.accelerators.source == "log"
        assert len(evidence.inputs) == 2
    # 250 and 300 W for 11.278 s, give or take a swing of 10 W each.
    assert expected_j == pytest.approx(550 * 11.278, abs=20 * 11.278)


def test_another_metric_of_the_run_finds_its_gpus() -> None:
    evidence = read(TWO / "cpu_utilization_percentage")

    assert joules(evidence) == pytest.approx(joules(read(GPU_0)))
    assert isinstance(evidence.accelerators, Estimate)
    assert evidence.accelerators.source == "log-2"
    assert [each.file for each in evidence.inputs][:2] == [
        "cpu_utilization_percentage",
        "gpu_0_power_usage_watts",
    ]


def test_pitfall_5_a_run_without_power_is_missing_and_not_zero() -> None:
    evidence = read(SAMPLES / "no-gpu" / "cpu_utilization_percentage")

    assert isinstance(evidence.accelerators, Missing)
    assert isinstance(evidence.host, Missing)
    assert codes(evidence) == ["no-power-metric"]
    assert isinstance(evidence.duration, Estimate)
    assert evidence.duration.value == 11.605
    assert not evidence.complete


def test_pitfall_23_times_are_milliseconds_of_utc() -> None:
    evidence = read(GPU_0)

    assert isinstance(evidence.period, Period)
    assert evidence.period.zone == "UTC"
    assert evidence.period.start.isoformat() == "2026-11-22T02:57:22.433000+00:00"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared samples are not here")
def test_the_shared_sample_says_what_it_must() -> None:
    case = SHARED / "system-metrics-file-store"
    expected = json.loads((case / "expected.json").read_text())
    evidence = read(case / "metrics" / "system" / "cpu_utilization_percentage")

    assert expected["energy_kwh"] is None
    assert isinstance(evidence.accelerators, Missing)
    assert isinstance(evidence.reported_energy, Missing)
    assert isinstance(evidence.reported_emissions, Missing)
    assert isinstance(evidence.period, Period)
    times_ms = [
        round(each.timestamp() * 1000) for each in (evidence.period.start, evidence.period.end)
    ]
    assert times_ms == [expected["first_ms"], expected["last_ms"]]
    assert (
        codes(evidence)
        == ["no-power-metric"]
        == [word.replace("no_gpu_power_metric", "no-power-metric") for word in expected["warnings"]]
    )


def test_the_run_is_known_by_the_id_of_its_folder(tmp_path: Path) -> None:
    path = stored(tmp_path / "mlruns" / "0" / RUN / "metrics" / "system", "100", "100")
    evidence = read(path)

    assert evidence.run == RUN
    assert evidence.place == "gpu_0_power_usage_watts:1"
    assert joules(evidence) == pytest.approx(1_000)


def test_one_of_several_nodes_is_no_whole_run(tmp_path: Path) -> None:
    system = tmp_path / RUN / "metrics" / "system"
    first = read(stored(system / "node-0", "100", "100"))
    second = read(stored(system / "node-1", "200", "200"))

    assert codes(first) == ["device-not-named", "one-node-only"]
    assert "node-0" not in repr(first)
    assert first.identity != second.identity


def test_eleven_gpus_are_in_order_of_their_numbers(tmp_path: Path) -> None:
    for gpu in range(11):
        path = stored(tmp_path, "100", "100", gpu=gpu)
    evidence = read(path)

    assert joules(evidence) == pytest.approx(11_000)
    assert [each.file.split("_")[1] for each in evidence.inputs] == ["10", *map(str, range(10))]


def test_power_without_a_figure_is_bridged_and_told(tmp_path: Path) -> None:
    evidence = read(stored(tmp_path, "100", "nan", "100"))

    assert joules(evidence) == pytest.approx(2_000)
    assert codes(evidence) == ["samples-without-figure", "device-not-named"]


def test_a_last_line_that_was_cut_is_left_out(tmp_path: Path) -> None:
    path = stored(tmp_path, "100", "100")
    path.write_text(f"{path.read_text()}{TEN_MS + 20_000} 1")
    evidence = read(path)

    assert joules(evidence) == pytest.approx(1_000)
    assert codes(evidence) == ["device-not-named", "cut-line"]


@pytest.mark.parametrize(
    ("lines", "match"),
    [
        (f"{TEN_MS} 1 0\nno point\n{TEN_MS} 1 0\n", "no point"),
        (f"{TEN_MS} 1 0\nx 1 0\n{TEN_MS} 1 0\n", "no point"),
        (f"{TEN_MS} 1 0\n{TEN_MS} much 0\n", "no number"),
        (f"{TEN_MS} 1 0\n{TEN_MS} -1 0\n", "between 0 and 1 MW"),
        (f"{TEN_MS // 1000} 1 0\n", "2000 and 2100"),
    ],
)
def test_what_is_no_metric_is_refused(tmp_path: Path, lines: str, match: str) -> None:
    path = stored(tmp_path)
    path.write_text(lines)

    with pytest.raises(MalformedInput, match=match):
        read(path)


def test_a_folder_that_cannot_be_listed_hides_the_others_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_: Log) -> tuple[str, ...]:
        raise PermissionError

    monkeypatch.setattr(Log, "siblings", fail)
    assert joules(read(GPU_0)) == pytest.approx(by_hand(GPU_0))


def test_standard_input_has_no_files_beside_it() -> None:
    log = Log("gpu_0_power_usage_watts", content=GPU_0.read_bytes())
    (evidence,) = reader.read(log)

    assert joules(evidence) == pytest.approx(by_hand(GPU_0))


def test_other_names_are_not_recognised() -> None:
    assert not reader.recognises(Log("loss", content=GPU_0.read_bytes()))
    assert not reader.recognises(Log("gpu_0_power_usage_watts", content=b"power\n"))
    assert not reader.recognises(Log("gpu_0_power_usage_watts", content=b""))


def test_more_gpus_than_a_machine_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = tuple(f"gpu_{gpu}_power_usage_watts" for gpu in range(1, 2000))
    monkeypatch.setattr(Log, "siblings", lambda _: names)

    with pytest.raises(MalformedInput, match="1024 GPUs"):
        read(stored(tmp_path, "1", "1"))
