"""`carbonlabel collect` as a user meets it."""

from __future__ import annotations

import argparse
import io
import json
import sys
from pathlib import Path

import pytest

import carbonlabel as desk
from carbonlabel import console, gathering
from carbonlabel.collection.folders import Found
from carbonlabel.record import canonical
from tests.collection.made import Made, write
from tests.conftest import Run

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    folder = tmp_path / "runs"
    write(folder / "final.csv", *(Made(id=rank) for rank in range(8)))
    write(folder / "sweeps" / "1.csv", Made(id=10, begin_h=3))
    (folder / "notes.txt").touch()
    bad = SAMPLES / "bad" / "codecarbon-negative-energy.csv"
    (folder / "bad.csv").write_bytes(bad.read_bytes())
    return folder


def test_collect_writes_a_project_and_says_what_it_did(
    carbonlabel: Run, runs: Path, tmp_path: Path
) -> None:
    target = tmp_path / "project.json"
    done = carbonlabel("collect", runs, "--stage", "path ~ sweeps/** = sweep", "-o", target)

    assert done.status == 0
    assert done.out == b""
    assert "Read 9 runs from 2 files; 1 other is no log." in done.err
    assert "warning[malformed-input] bad.csv: bad.csv:2" in done.err
    assert "8 runs overlap on what their logs show as one machine" in done.err
    assert "  final    1 of 8 runs counted  0.6 kWh" in done.err
    assert json.loads(target.read_bytes())["told"]["overlap"] == "max"


def test_a_project_is_labelled_and_explained(carbonlabel: Run, runs: Path, tmp_path: Path) -> None:
    target = tmp_path / "project.json"
    carbonlabel("collect", runs, "-q", "-o", target, "--stage", "path ~ sweeps/** = sweep")

    label = carbonlabel("label", target, "--region", "FR")
    told = carbonlabel("explain", target, "/runs/8/energy")

    assert label.status == 0, label.err
    assert "1 training run and 1 experimentation run" in label.out.decode()
    assert "from sweeps/1.csv" in told.out.decode()
    assert "line 2, column gpu_energy" in told.out.decode()


def test_on_standard_output_stands_the_project_alone(carbonlabel: Run, runs: Path) -> None:
    done = carbonlabel("collect", runs, "-q", "--nodes", "8", "--scale-up", "--ranks", "8")

    assert json.loads(done.out)["told"]["nodes"]["final"] == 8
    assert done.err == ""


def test_wrong_wishes_are_input_errors(carbonlabel: Run, runs: Path) -> None:
    for wrong in (["--nodes", "many"], ["--ranks", "0"], ["--stage", "sweep"], ["--stages", "x"]):
        done = carbonlabel("collect", runs, *wrong)
        assert done.status == 3
        assert "error[" in done.err


def test_rules_of_a_file_come_after_those_of_the_command(
    carbonlabel: Run, runs: Path, tmp_path: Path
) -> None:
    rules = tmp_path / "stages.yaml"
    rules.write_text("stages:\n  - path: '**'\n    stage: ablation\n")
    done = carbonlabel(
        "collect", runs, "-q", "--stage", "path ~ sweeps/** = sweep", "--stages", rules
    )

    assert [each["stage"] for each in json.loads(done.out)["totals"]] == ["ablation", "sweep"]


def test_python_collects_in_one_call(runs: Path) -> None:
    project = desk.collect([runs], stages=["path ~ sweeps/** = sweep"], nodes={"final": 8}, ranks=8)
    evidence = desk.read(io.BytesIO(desk.dump(project)))

    assert len(evidence) == 9
    assert project.told.nodes == {"final": 8}
    assert desk.collect([runs], nodes=2).told.nodes == dict.fromkeys(
        ("final", "ablation", "sweep", "debug", "failed"), 2
    )
    assert desk.dump(project) == canonical.dumps(project)


def options(folder: Path, **changes: object) -> argparse.Namespace:
    told: dict[str, object] = {
        "paths": [str(folder)],
        "overlap": None,
        "stage": [],
        "stages": None,
        "nodes": [],
        "ranks": None,
        "scale_up": False,
        "quiet": False,
    }
    return argparse.Namespace(**told | changes)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, typed: str) -> Terminal:
    shown = Terminal()
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    monkeypatch.setattr(sys, "stderr", shown)
    return shown


@pytest.mark.parametrize(
    ("typed", "expected_kwh"),
    [("\n", 0.6), ("1\n", 0.6), ("2\n", 0.6), ("what?\n3\n", 4.8), ("sum\n", 4.8), ("", 0.6)],
)
def test_at_a_terminal_the_user_is_asked(
    typed: str, expected_kwh: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "emissions.csv", *(Made(id=rank) for rank in range(8)))
    shown = at_a_terminal(monkeypatch, typed)

    found = json.loads(gathering.collect(options(tmp_path)))

    assert "Count [1] the most that counts no time twice" in shown.getvalue()
    assert found["totals"][0]["energy"]["value"] == pytest.approx(expected_kwh)
    assert found["told"]["overlap"] == "ask"


def test_what_is_told_is_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for pair in range(10):
        rows = [Made(id=2 * pair + rank, begin_h=3.0 * pair) for rank in range(2)]
        write(tmp_path / f"{pair}.csv", *rows)
    shown = at_a_terminal(monkeypatch, "")

    gathering.collect(options(tmp_path, overlap="max", nodes=["3"]))

    assert shown.getvalue().count("2 runs overlap") == 8
    assert "… and 2 more like this, in the project" in shown.getvalue()
    assert "warning[machines-not-measured] /runs/0: Not all machines" in shown.getvalue()


def test_an_unknown_sum_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [Made(gpu_kwh=0, cpu_kwh=0), Made(id=1, begin_h=3, gpu_kwh=0)]
    write(tmp_path / "emissions.csv", rows[0])
    write(tmp_path / "some.csv", rows[1])
    shown = at_a_terminal(monkeypatch, "")

    gathering.collect(options(tmp_path, stage=["path ~ some.csv = debug"]))

    assert "final    1 of 1 runs counted  no counted run holds an energy" in shown.getvalue()
    assert "debug    1 of 1 runs counted  at least 0.1 kWh" in shown.getvalue()


def test_without_a_bar_a_line_a_second_tells_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    lines: list[str] = []
    clock = iter([0.0, 0.5, 1.5, 1.5, 1.6])
    monkeypatch.setattr(gathering, "import_module", absent)
    monkeypatch.setattr(gathering.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(console, "tell", lines.append)
    monkeypatch.setattr(sys, "stderr", Terminal())
    files = tuple(Found(Path(name), name, is_named=False) for name in "abc")

    assert tuple(gathering._progress(files)) == files
    assert lines == ["Reading file 1 of 3"]
