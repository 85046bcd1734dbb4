"""Whatever happens to a log of Eco2AI, Zeus, perun or the impact tracker: refused, or sane."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from carbonlabel.errors import InputError
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate
from carbonlabel.plugins import Reader
from carbonlabel.readers import eco2ai, impact_tracker, perun, zeus

SAMPLES = Path(__file__).parents[1] / "samples"
STAMP = "app_2026-11-22T030334.820579"
READERS: dict[str, Reader] = {
    "eco2ai/0.3.12-training/emission.csv": eco2ai.reader,
    "eco2ai/0.1.1/emission.csv": eco2ai.reader,
    "zeus/two-gpus.csv": zeus.reader,
    "zeus/monitor-energy.txt": zeus.reader,
    "zeus/monitor-power.txt": zeus.reader,
    "impact-tracker/data.json": impact_tracker.reader,
    "bad/perun-pue-below-one.json": perun.reader,
    f"perun/two-gpus/{STAMP}.txt": perun.reader,
    f"perun/two-gpus/{STAMP}.json": perun.reader,
    "perun/cpu-only/app_2026-11-22T030347.935125.csv": perun.reader,
}
LOGS = {path: (reader, (SAMPLES / path).read_bytes()) for path, reader in READERS.items()}
each_log = pytest.mark.parametrize("path", LOGS)


def outcome(reader: Reader, content: bytes, name: str = "log") -> bool:
    """Whether the file was read; nothing but `InputError` may stop it."""
    log = Log(name, content=content)
    reader.recognises(log)
    try:
        runs = reader.read(log)
    except InputError:
        return False
    for run in runs:
        for quantity in (run.accelerators, run.host, run.computing, run.duration):
            assert not isinstance(quantity, Estimate) or math.isfinite(quantity.value)
    return True


@each_log
def test_a_log_cut_at_any_byte(path: str) -> None:
    reader, content = LOGS[path]
    step = max(1, len(content) // 300)

    for end in range(0, len(content), step):
        outcome(reader, content[:end])


@each_log
def test_a_log_without_its_last_bytes(path: str) -> None:
    reader, content = LOGS[path]

    for end in range(1, 60):
        outcome(reader, content[:-end])


@each_log
def test_bom_and_crlf_change_nothing(path: str) -> None:
    reader, content = LOGS[path]
    dressed = b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")

    assert reader.recognises(Log("log", content=dressed))
    assert outcome(reader, dressed) == outcome(reader, content)


@each_log
@pytest.mark.parametrize(
    "figure", [b"NaN", b"Infinity", b"-1", b"1e999", b"9" * 5000, b"\xff", b"\0"]
)
def test_a_figure_that_is_none(path: str, figure: bytes) -> None:
    reader, content = LOGS[path]

    for end in range(len(content) // 3, len(content), max(1, len(content) // 20)):
        outcome(reader, content[:end] + figure + content[end + 1 :])


@settings(max_examples=150, deadline=None)
@given(path=some.sampled_from(sorted(LOGS)), data=some.data())
def test_any_bytes_in_any_place(path: str, data: some.DataObject) -> None:
    reader, content = LOGS[path]
    at = data.draw(some.integers(0, len(content)))
    cut = data.draw(some.integers(0, 40))
    foreign = data.draw(some.binary(max_size=40))

    outcome(reader, content[:at] + foreign + content[at + cut :])


@pytest.mark.parametrize(
    "reader", [eco2ai.reader, zeus.reader, perun.reader, impact_tracker.reader]
)
@pytest.mark.parametrize(
    "content", [b"", b"\n", b"[" * 100_000, b'{"a":' * 100_000, b"{}", b"\xef\xbb\xbf"]
)
def test_a_file_of_something_else(reader: Reader, content: bytes) -> None:
    assert not reader.recognises(Log("log", content=content))
    assert not outcome(reader, content)


@pytest.mark.parametrize(
    "reader", [eco2ai.reader, zeus.reader, perun.reader, impact_tracker.reader]
)
def test_a_reader_says_what_it_reads(reader: Reader) -> None:
    for name in ("format", "about", "measures", "proven", "record", "pue", "zone"):
        assert getattr(reader, name)
