"""Calculators and benchmarks of inference: what every reader owes to any file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.errors import InputError, MalformedInput
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import Evidence
from carbonlabel.plugins import Reader
from carbonlabel.readers import (
    ai_energy_score,
    ecologits,
    green_algorithms,
    mlco2_impact,
    optimum_benchmark,
)

SAMPLES = Path(__file__).parents[1] / "samples"
READERS: dict[str, Reader] = {
    "ai-energy-score": ai_energy_score.reader,
    "ecologits": ecologits.reader,
    "green-algorithms": green_algorithms.reader,
    "green-algorithms-hpc": green_algorithms.hpc,
    "mlco2-impact": mlco2_impact.reader,
    "optimum-benchmark": optimum_benchmark.reader,
}
GOOD = [
    ("ai-energy-score", "ai-energy-score/GPU_ENERGY_SUMMARY.json"),
    ("ai-energy-score", "ai-energy-score/GPU_ENERGY_WH.txt"),
    ("ai-energy-score", "ai-energy-score/benchmark_report.json"),
    ("ai-energy-score", "ai-energy-score/master_results.csv"),
    ("ecologits", "ecologits/llm/impacts.json"),
    ("ecologits", "ecologits/requests.jsonl"),
    ("ecologits", "ecologits/unknown-model.json"),
    ("green-algorithms", "green-algorithms/ai-page.csv"),
    ("green-algorithms", "green-algorithms/cloud.csv"),
    ("green-algorithms", "green-algorithms/laptop.csv"),
    ("green-algorithms", "green-algorithms/local-pue.csv"),
    ("green-algorithms", "green-algorithms/local.csv"),
    ("green-algorithms-hpc", "green-algorithms/hpc-above-a-tonne.txt"),
    ("green-algorithms-hpc", "green-algorithms/hpc.txt"),
    ("mlco2-impact", "mlco2-impact/cloud.tex"),
    ("mlco2-impact", "mlco2-impact/pasted.md"),
    ("mlco2-impact", "mlco2-impact/private.tex"),
    ("mlco2-impact", "mlco2-impact/rounded-to-zero.tex"),
    ("optimum-benchmark", "optimum-benchmark/forward.csv"),
    ("optimum-benchmark", "optimum-benchmark/forward.json"),
    ("optimum-benchmark", "optimum-benchmark/generate.json"),
    ("optimum-benchmark", "optimum-benchmark/training-with-configuration.json"),
    ("optimum-benchmark", "optimum-benchmark/training.json"),
]
SMALL = [
    ("ai-energy-score", "ai-energy-score/GPU_ENERGY_SUMMARY.json"),
    ("ai-energy-score", "ai-energy-score/master_results.csv"),
    ("ecologits", "ecologits/unknown-model.json"),
    ("green-algorithms", "green-algorithms/local.csv"),
    ("green-algorithms-hpc", "green-algorithms/hpc.txt"),
    ("mlco2-impact", "mlco2-impact/pasted.md"),
    ("optimum-benchmark", "optimum-benchmark/training.json"),
]
REFUSED = {
    "ai-energy-score-cut-row.csv": (":2", "fields, its header 21"),
    "ai-energy-score-negative.csv": (":2 gpu_energy_wh", "negative"),
    "ai-energy-score-no-gpu-energy.json": (":1 energy", "no energy of GPUs"),
    "ai-energy-score-nothing-finished.csv": ("", "no finished benchmark"),
    "ai-energy-score-wrong-unit.json": (":1 units", "not Wh"),
    "ecologits-cut.json": (":1", "no JSON"),
    "ecologits-min-above-max.json": (":1 energy", "min is above max"),
    "ecologits-nan.json": (":1", "NaN"),
    "ecologits-negative.json": (":1 energy", "negative"),
    "ecologits-no-energy.json": (":1", "no impacts"),
    "ecologits-unknown-unit.json": (":1 energy", "'kWt' is no unit"),
    "green-algorithms-decimal-comma.csv": (":2 energy_needed", "no number"),
    "green-algorithms-hpc-no-memory.txt": ("", "'Memory'"),
    "green-algorithms-hpc-parts-above-total.txt": (":26", "more than the energy used"),
    "green-algorithms-nan.csv": (":2 energy_needed", "no number"),
    "green-algorithms-no-runtime.csv": (":2 runTime_hour", "missing"),
    "green-algorithms-not-filled-in.csv": ("", "not filled in"),
    "green-algorithms-pue-below-one.csv": (":2 PUE", "below 1"),
    "green-algorithms-short-row.csv": (":2", "fields, its header"),
    "mlco2-impact-negative.tex": (":5 hours", "negative"),
    "mlco2-impact-not-filled-in.tex": (":5", "not filled in"),
    "mlco2-impact-thousands-separator.tex": (":5 hours", "no number"),
    "mlco2-impact-word-for-hours.tex": (":5 hours", "no number"),
    "optimum-benchmark-configuration-only.json": (":1", "without a report"),
    "optimum-benchmark-negative.json": (":1 overall", "negative"),
    "optimum-benchmark-no-energy.json": (":1", "no energy"),
    "optimum-benchmark-two-rows.csv": ("", "2 rows"),
    "optimum-benchmark-unknown-unit.json": (":1 overall.energy.unit", "'Ws' is no unit"),
    "optimum-benchmark-words.json": (":1 overall.energy.ram", "no number"),
}


def reader_of(file: str) -> Reader:
    """The reader with the longest name that the file's begins with."""
    return READERS[max((name for name in READERS if file.startswith(name)), key=len)]


def attempt(reader: Reader, name: str, content: bytes) -> list[Evidence]:
    """What the reader makes of it; nothing where it refuses."""
    log = Log(name, content=content)
    reader.recognises(log)
    try:
        return list(reader.read(log))
    except InputError:
        return []


def figures(run: Evidence) -> list[Estimate]:
    told = (run.accelerators, run.host, run.computing, run.reported_energy, run.reported_emissions)
    return [each for each in (*told, run.duration, run.pue) if isinstance(each, Estimate)]


@pytest.mark.parametrize(("name", "sample"), GOOD)
def test_each_sample_is_recognised_by_its_own_reader_alone(name: str, sample: str) -> None:
    log = open_log(SAMPLES / sample)

    assert [each for each, reader in READERS.items() if reader.recognises(log)] == [name]


@pytest.mark.parametrize(("name", "sample"), GOOD)
def test_every_row_with_a_figure_says_how_it_came_about(name: str, sample: str) -> None:
    for run in READERS[name].read(open_log(SAMPLES / sample)):
        known = {
            row
            for row in ("accelerators", "host", "computing")
            if isinstance(getattr(run, row), Estimate)
        }
        assert set(run.sensors) == known
        assert all(each.value > 0 for each in figures(run))
        assert run.inputs[0].file == Path(sample).name


def test_readers_say_what_they_read_and_how_they_were_proven() -> None:
    for reader in READERS.values():
        told = [
            getattr(reader, key)
            for key in ("format", "about", "measures", "proven", "record", "pue", "zone")
        ]
        assert all(isinstance(each, str) and each for each in told)


def test_every_bad_sample_is_expected_to_fail() -> None:
    listed = {path.name for name in READERS for path in (SAMPLES / "bad").glob(f"{name}-*")}
    assert listed == set(REFUSED)


@pytest.mark.parametrize("file", REFUSED)
def test_a_faulty_file_is_recognised_and_refused_with_place_and_hint(file: str) -> None:
    place, words = REFUSED[file]
    log = open_log(SAMPLES / "bad" / file)
    reader = reader_of(file)

    assert reader.recognises(log)
    with pytest.raises(MalformedInput) as refused:
        reader.read(log)
    assert refused.value.where == log.name + place
    assert words in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(("name", "sample"), SMALL)
def test_a_file_cut_at_any_byte_is_read_or_refused(name: str, sample: str) -> None:
    whole = (SAMPLES / sample).read_bytes()
    step = 1 + len(whole) // 1500

    for end in range(0, len(whole), step):
        attempt(READERS[name], Path(sample).name, whole[:end])


@pytest.mark.parametrize(("name", "sample"), GOOD)
def test_a_byte_order_mark_and_foreign_line_ends_change_no_figure(name: str, sample: str) -> None:
    content = (SAMPLES / sample).read_bytes()
    plain = attempt(READERS[name], Path(sample).name, content)

    changed = b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")
    found = attempt(READERS[name], Path(sample).name, changed)

    assert plain
    assert [figures(run) for run in found] == [figures(run) for run in plain]


@pytest.mark.parametrize(("name", "sample"), GOOD)
@pytest.mark.parametrize("junk", [b"", b"\xff\xfe", b"\0", b"[" * 90_000, b'{"a":' * 20_000])
def test_what_is_no_text_of_the_tool_is_refused(name: str, sample: str, junk: bytes) -> None:
    content = junk + (SAMPLES / sample).read_bytes() if junk[:1] in b"\xff\0" and junk else junk

    assert attempt(READERS[name], Path(sample).name, content) == []


@pytest.mark.parametrize(("name", "sample"), SMALL)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_changed_bytes_give_evidence_or_an_input_error(
    name: str, sample: str, data: st.DataObject
) -> None:
    content = bytearray((SAMPLES / sample).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + 1] = data.draw(
            st.sampled_from(
                [b"", b"9", b"-", b"e", b"9e99", b"1e-400", b"NaN", b'"', b";", b",", b"\n"]
            )
        )

    for run in attempt(READERS[name], Path(sample).name, bytes(content)):
        assert all(each.value >= 0 for each in figures(run))
