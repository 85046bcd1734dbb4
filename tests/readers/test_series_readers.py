"""What every reader of a series promises, tried on every sample and on what is left of it."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.errors import InputError
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import Evidence
from carbonlabel.plugins import Reader
from carbonlabel.readers import dcgm, mlflow, nvidia_smi, rapl, scaphandre, wandb

SAMPLES = Path(__file__).parents[1] / "samples"
READERS: dict[str, Reader] = {
    each.format: each
    for each in (
        nvidia_smi.reader,
        dcgm.reader,
        scaphandre.reader,
        mlflow.reader,
        wandb.reader,
        rapl.reader,
        rapl.powercap,
    )
}
FORMATS = {
    "nvidia_smi": ["nvidia-smi-csv"],
    "dcgm": ["dcgm-prometheus"],
    "scaphandre": ["scaphandre-json"],
    "mlflow": ["mlflow-metrics"],
    "wandb": ["wandb-system-metrics"],
    "rapl": ["perf-stat-energy", "powercap-dump"],
}
FILES = sorted(
    path
    for tool in FORMATS
    for path in (SAMPLES / tool).rglob("*")
    if path.is_file() and path.suffix != ".md"
)
PLACES = {"run", "accelerators", "host", "computing", "duration", "pue", "reported"}
PRIVATE = ("node01", "10.0.0.1", "alice", "/usr/bin", "system wide")


def of(path: Path) -> str:
    return path.relative_to(SAMPLES).as_posix()


def readers(log: Log) -> list[Reader]:
    return [each for each in READERS.values() if each.recognises(log)]


def check(evidence: Evidence) -> None:
    rows = [row for row in (evidence.accelerators, evidence.host) if isinstance(row, Estimate)]
    total_kwh = sum(row.value for row in rows)
    assert math.isfinite(total_kwh)
    assert all(row.value > 0 and row.basis == "measured" for row in rows)
    if evidence.hours:
        assert math.fsum(energy for _, energy in evidence.hours) == pytest.approx(total_kwh)
    assert {finding.place for finding in evidence.findings} <= PLACES
    assert not [word for word in PRIVATE if word in repr(evidence)]
    assert evidence.pue_in_energy == "no"


def read_or_refuse(name: str, content: bytes) -> None:
    log = Log(name, content=content)
    for each in readers(log):
        refused = None
        try:
            for evidence in each.read(log):
                check(evidence)
        except InputError as bad:
            refused = bad
        if refused:
            assert not [word for word in PRIVATE if word in str(refused)]
            assert name in (refused.where or "")


@pytest.mark.parametrize("path", FILES, ids=of)
def test_one_reader_knows_each_sample_and_gives_sane_evidence(path: Path) -> None:
    log = open_log(path)
    known = readers(log)

    assert [each.format for each in known] == [
        name for name in FORMATS[path.relative_to(SAMPLES).parts[0]] if READERS[name] in known
    ]
    assert len(known) == 1
    for evidence in known[0].read(log):
        check(evidence)
        assert evidence.inputs[0].format == known[0].format


@pytest.mark.parametrize("path", FILES, ids=of)
def test_cut_at_any_byte_a_file_is_read_or_refused(path: Path) -> None:
    content = path.read_bytes()
    for end in range(0, len(content), 1 + len(content) // 300):
        read_or_refuse(path.name, content[:end])


@pytest.mark.parametrize("path", FILES, ids=of)
def test_a_byte_order_mark_and_windows_line_ends_change_nothing(path: Path) -> None:
    content = path.read_bytes()
    plain = Log(path.name, content=content)
    other = Log(path.name, content=b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))

    (reader,) = readers(plain)
    assert readers(other) == [reader]
    for one, two in zip(reader.read(plain), reader.read(other), strict=True):
        assert (one.accelerators, one.host, one.hours) == (two.accelerators, two.host, two.hours)
        assert one.findings == two.findings


@pytest.mark.parametrize("path", FILES, ids=of)
def test_every_figure_may_be_hostile(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for old in (".0", "00", "1", ":"):
        for new in ("NaN", "-1", "1e999", "9" * 400, "Infinity", '"', "\0", "[" * 3000, "é"):
            read_or_refuse(path.name, text.replace(old, new, 1).encode())
            read_or_refuse(path.name, text.replace(old, new).encode())
    read_or_refuse(path.name, text.encode("utf-16"))
    read_or_refuse(path.name, text.replace("1", "\u0661").encode())
    read_or_refuse(path.name, text.replace("a", "ä").encode("latin-1", "ignore"))


@settings(max_examples=100)
@given(st.sampled_from(FILES), st.data())
def test_a_file_with_a_foreign_piece_in_it_is_read_or_refused(
    path: Path, data: st.DataObject
) -> None:
    content = path.read_bytes()
    begin = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(begin, min(len(content), begin + 40)))
    piece = data.draw(st.binary(max_size=20) | st.text(max_size=20).map(str.encode))
    read_or_refuse(path.name, content[:begin] + piece + content[end:])


@settings(max_examples=50)
@given(st.binary(max_size=200))
def test_no_reader_raises_while_it_recognises(content: bytes) -> None:
    for each in READERS.values():
        each.recognises(Log("gpu_0_power_usage_watts", content=content))


@pytest.mark.parametrize("each", READERS.values(), ids=lambda each: each.format)
def test_a_reader_says_what_it_reads_and_whether_it_was_proven(each: Reader) -> None:
    for name in ("about", "measures", "record", "pue", "zone"):
        assert isinstance(getattr(each, name), str)
    assert getattr(each, "proven") in {"real output", "documented format"}  # noqa: B009 - no member of the protocol
