"""Whatever happens to a file: every registered reader gives sane evidence, or one clear refusal."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import carbonlabel
from carbonlabel import registry
from carbonlabel.errors import CarbonLabelError, InputError
from carbonlabel.intake import LINE_LIMIT, Log, open_log
from carbonlabel.model.evidence import Evidence
from tests import mutants
from tests.conformance import attempt, said_plainly

SAMPLES: Final = Path(__file__).parent / "samples"
GENUINE: Final = {
    "codecarbon-csv": (
        "codecarbon/3.3.2/append/emissions.csv",
        "codecarbon/1.0.0/append/emissions.csv",
        "codecarbon/3.2.9/shifted/emissions.csv",
        "codecarbon/3.3.2/tasks/emissions_base_5e057120-126d-4cf4-b610-48b06ccb99c4.csv",
        "codecarbon/*/*/emissions*.csv*",
    ),
    "carbontracker-log": (
        "carbontracker/2.4.7-two-gpus/27538.979488_2026-11-22T004209Z_carbontracker.log",
        "carbontracker/2.4.7-killed/25391.966831_2026-11-22T002918Z_carbontracker_output.log",
        "carbontracker/*/*carbontracker.log",
        "carbontracker/*/*_output.log",
    ),
    "eco2ai-csv": ("eco2ai/0.3.12-training/emission.csv", "eco2ai/*/emission.csv"),
    "zeus-csv": (
        "zeus/two-gpus.csv",
        "zeus/monitor-energy.txt",
        "zeus/monitor-power.txt",
        "zeus/*.csv",
    ),
    "perun": (
        "perun/two-gpus/app_2026-11-22T030334.820579.json",
        "perun/two-gpus/app_2026-11-22T030334.820579.txt",
        "perun/no-energy-sensor/app_2026-11-22T003441.088643.csv",
        "perun/two-gpus/app.json",
        "perun/*/app*",
    ),
    "impact-tracker-jsonl": ("impact-tracker/data.json", "impact-tracker/*.json"),
    "ecologits-json": (
        "ecologits/unknown-model.json",
        "ecologits/requests.jsonl",
        "ecologits/llm/impacts.json",
    ),
    "mlco2-impact": ("mlco2-impact/pasted.md", "mlco2-impact/cloud.tex", "mlco2-impact/*.tex"),
    "optimum-benchmark": (
        "optimum-benchmark/training.json",
        "optimum-benchmark/forward.csv",
        "optimum-benchmark/*.json",
    ),
    "ai-energy-score": (
        "ai-energy-score/GPU_ENERGY_SUMMARY.json",
        "ai-energy-score/GPU_ENERGY_WH.txt",
        "ai-energy-score/master_results.csv",
        "ai-energy-score/*.json",
    ),
    "green-algorithms-csv": ("green-algorithms/local.csv", "green-algorithms/*.csv"),
    "green-algorithms-hpc": ("green-algorithms/hpc.txt", "green-algorithms/*.txt"),
    "nvidia-smi-csv": ("nvidia_smi/two-a100.csv",),
    "dcgm-prometheus": ("dcgm/power.json", "dcgm/energy.json"),
    "scaphandre-json": ("scaphandre/lines.json", "scaphandre/killed.json", "scaphandre/*.json"),
    "mlflow-metrics": ("mlflow/two-gpus/gpu_0_power_usage_watts", "mlflow/*/*_*"),
    "wandb-system-metrics": ("wandb/events.jsonl", "wandb/chart.csv", "wandb/events.*"),
    "perf-stat-energy": ("rapl/perf.txt", "rapl/perf.csv", "rapl/perf*"),
    "powercap-dump": ("rapl/powercap.txt",),
    "codecarbon-logger": ("codecarbon-json/formatted.log", "codecarbon-json/[et]*.jsonl"),
    "codecarbon-dashboard": (
        "codecarbon-json/demo_runs.csv",
        "codecarbon-json/posts.jsonl",
        "codecarbon-json/demo_*",
    ),
    "boamps": ("boamps/task/boamps_report*.json", "boamps/*/*.json"),
    "sacct": ("sacct/jobs.psv",),
    "trainer-state": (
        "trainer-state/checkpoint/trainer_state.json",
        "trainer-state/finished/train_results.json",
        "trainer-state/*/*.json",
    ),
    "cloud-aws": ("cloud/aws.csv", "cloud/aws.json"),
    "cloud-google": ("cloud/google.csv", "cloud/google.jsonl"),
    "cloud-azure": ("cloud/azure.json",),
    "model-card": ("model-card/sentence-transformers.md", "model-card/written.md"),
    "manual": ("manual/runs.json", "manual/two-runs.yaml", "manual/*[dsy].yaml"),
    "project": ("project/project.json",),
}
"""For each format its samples, as patterns: those that name one file are mutilated in every way."""
NO_LOGS: Final = {
    "cloud-region.yaml",
    "hardware.yaml",
    "many-machines.yaml",
    "published-region.yaml",
    "region.yaml",
}
ALIKE: Final = 5
"""Of so many mutants that were read, one is assessed and drawn."""
DRAWN: Final = ("terminal", "markdown", "card", "svg")


def files(patterns: Iterable[str]) -> list[Path]:
    found = (path for each in patterns for path in sorted(SAMPLES.glob(each)))
    return [path for path in dict.fromkeys(found) if path.name not in NO_LOGS]


ALL: Final = [(name, path) for name, patterns in GENUINE.items() for path in files(patterns)]
CHOSEN: Final = [
    (name, path)
    for name, patterns in GENUINE.items()
    for path in files(each for each in patterns if "*" not in each or each == patterns[0])
]


def titled(given: object) -> str:
    return given.relative_to(SAMPLES).as_posix() if isinstance(given, Path) else str(given)


def draw(runs: tuple[Evidence, ...], *, to: Iterable[str] = DRAWN) -> None:
    """Assess, check and draw; whatever was read may be refused, and may not break anything."""
    try:
        disclosure = carbonlabel.assess(runs, region="FR")
    except CarbonLabelError:
        return
    carbonlabel.check(disclosure)
    for name in to:
        assert carbonlabel.render(disclosure, name)


def withstand(name: str, path: Path, mutated: Iterable[bytes]) -> None:
    """Recognise, read, and draw some: one kind of document at a time, in turn."""
    reader, read_count = registry.reader(name), 0
    for content in mutated:
        log = Log(path.name, content=content)
        reader.recognises(log)
        if runs := attempt(reader, log):
            read_count += 1
            if not read_count % ALIKE:
                draw(runs, to=[DRAWN[read_count // ALIKE % len(DRAWN)]])


def test_every_registered_reader_has_its_samples() -> None:
    assert set(GENUINE) == set(registry.names(registry.READERS))
    assert {name for name, _ in CHOSEN} == set(GENUINE)


@pytest.mark.parametrize(("name", "path"), ALL, ids=titled)
def test_a_sample_is_recognised_by_its_own_reader_and_drawn(name: str, path: Path) -> None:
    log = open_log(path)

    assert registry.recognise(log).format == name
    with pytest.raises(InputError):
        registry.recognise_series(log)
    draw(attempt(registry.reader(name), log) or ())


@pytest.mark.parametrize("path", files(["grid/*[nv]"]), ids=titled)
def test_grid_intensities_are_recognised_by_their_own_reader_alone(path: Path) -> None:
    assert registry.recognise_series(open_log(path))
    with pytest.raises(InputError):
        registry.recognise(open_log(path))


@pytest.mark.parametrize(("name", "path"), CHOSEN, ids=titled)
def test_a_file_cut_at_any_byte(name: str, path: Path) -> None:
    withstand(name, path, mutants.cuts(path.read_bytes()))


@pytest.mark.parametrize(("name", "path"), CHOSEN, ids=titled)
def test_a_file_saved_by_another_program(name: str, path: Path) -> None:
    withstand(name, path, mutants.dressed(path.read_bytes()))


@pytest.mark.parametrize(("name", "path"), CHOSEN, ids=titled)
def test_a_file_with_what_is_no_text_in_it(name: str, path: Path) -> None:
    withstand(name, path, mutants.spoiled(path.read_bytes()))


@pytest.mark.parametrize(("name", "path"), CHOSEN, ids=titled)
def test_a_file_with_other_figures_and_words(name: str, path: Path) -> None:
    withstand(name, path, mutants.edited(path.read_bytes(), count=16))


@pytest.mark.parametrize(
    ("name", "path"), [each for each in CHOSEN if each[1].suffix in {".csv", ".psv"}], ids=titled
)
def test_a_table_with_other_columns(name: str, path: Path) -> None:
    content = path.read_bytes()
    separator = max(",;|\t", key=lambda each: content.count(each.encode()))
    withstand(name, path, mutants.reordered(content, separator))


@pytest.mark.parametrize("name", registry.names(registry.FACTORS))
def test_a_reader_of_intensities_reads_or_refuses_what_is_left_of_a_file(name: str) -> None:
    reader = registry.series_reader(name)
    known = [path for path in files(["grid/*[nv]"]) if reader.recognises(open_log(path))]
    assert known
    for path in known:
        content = path.read_bytes()
        for each in (*mutants.spoiled(content), *mutants.edited(content, count=16)):
            log = Log(path.name, content=each)
            reader.recognises(log)
            try:
                series = reader.read(log)
            except InputError as refused:
                said_plainly(refused, log.name)
            else:
                assert all(0 <= point.intensity_gco2e_per_kwh < 1e9 for point in series.points)


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=400), name=st.sampled_from([path.name for _, path in CHOSEN]))
def test_no_reader_raises_while_it_recognises(content: bytes, name: str) -> None:
    log = Log(name, content=content)
    for each in registry.names(registry.READERS):
        assert registry.reader(each).recognises(log) in {True, False}
    for each in registry.names(registry.FACTORS):
        assert registry.series_reader(each).recognises(log) in {True, False}


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_piece_of_one_file_in_another(data: st.DataObject) -> None:
    name, path = data.draw(st.sampled_from(CHOSEN))
    content, foreign = path.read_bytes(), data.draw(st.sampled_from(CHOSEN))[1].read_bytes()
    places = st.integers(0, LINE_LIMIT)
    start, begin = (data.draw(places) % len(text) for text in (content, foreign))
    end, length = start + data.draw(st.integers(0, 60)), data.draw(st.integers(0, 60))

    mixed = content[:start] + foreign[begin : begin + length] + content[end:]
    withstand(name, path, [mixed] * ALIKE)
