"""Many logs become one honest total."""

from __future__ import annotations

import json
import os
import tracemalloc
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carbonlabel.collection import collect
from carbonlabel.collection.choices import Choices
from carbonlabel.collection.folders import Found
from carbonlabel.errors import InputError, InvalidDocument
from carbonlabel.model.project import Project
from carbonlabel.record import canonical, schema
from tests.collection.made import Made, codes, counted, total_kwh, value, write

SAMPLES = Path(__file__).parents[1] / "samples"
CODECARBON = SAMPLES / "codecarbon"


def expected_kwh(folder: Path) -> float:
    found = json.loads((folder / "expected.json").read_text("utf-8"))
    energy_kwh: float = found["total"]["energy_kwh"]
    return energy_kwh


def test_row_12_every_backup_counts_and_none_is_said_to_be_unread() -> None:
    folder = CODECARBON / "mixed" / "backups"
    project = collect([folder])

    assert total_kwh(project) == pytest.approx(expected_kwh(folder), rel=1e-8)
    assert [run.file for run in project.runs][:2] == ["emissions.csv", "emissions.csv.bak"]
    assert "backup-files" not in codes(project)
    # The naive reading of emissions.csv alone holds 11 % of it.
    alone = collect([folder / "emissions.csv"])
    assert total_kwh(alone) / total_kwh(project) == pytest.approx(0.113, abs=0.001)


def test_a_file_alone_says_which_backups_were_not_read() -> None:
    assert "backup-files" in codes(collect([CODECARBON / "mixed/backups/emissions.csv"]))


@pytest.mark.parametrize("case", ["3.3.2/flush-append", "3.3.2/tasks", "2.8.4/tasks"])
def test_rows_3_and_17_flushes_and_tasks_count_once(case: str) -> None:
    project = collect([CODECARBON / case])

    assert total_kwh(project) == pytest.approx(expected_kwh(CODECARBON / case), rel=1e-8)


def test_row_17_a_task_file_is_kept_beside_its_run_and_not_counted() -> None:
    project = collect([CODECARBON / "3.3.2" / "tasks"])
    kept, left = project.runs

    assert (kept.file, kept.counted) == ("emissions.csv", True)
    assert (left.counted, left.reason) == (False, "the same run as /runs/0")
    assert project.decisions[0].rule == "same-run"
    assert "hold one run: emissions.csv:2 tells most of it" in project.decisions[0].message
    assert value(kept.duration) == pytest.approx(5.005820151999842)


def test_the_two_logs_of_a_carbontracker_run_are_one_run() -> None:
    project = collect([SAMPLES / "carbontracker" / "2.4.7-full"])

    (run,) = project.runs
    assert len(run.inputs) == 2
    assert project.unrecognised == 1  # what is expected of them
    assert not project.decisions


def test_two_processes_on_one_machine_are_counted_once() -> None:
    project = collect([CODECARBON / "2.8.4" / "two-processes"])

    # 4.283e-5 and 4.288e-5 kWh are of one machine; their sum would be twice the energy.
    assert total_kwh(project) == pytest.approx(4.2881673499669885e-05)
    assert "they count once: the run with the most" in project.decisions[0].message


def test_a_copy_of_a_log_elsewhere_does_not_count_again(tmp_path: Path) -> None:
    write(tmp_path / "a" / "emissions.csv", Made())
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "copy.csv").write_bytes((tmp_path / "a/emissions.csv").read_bytes())
    old = (CODECARBON / "1.0.0/append/emissions.csv").read_bytes()
    for name in ("old.csv", "old-copy.csv"):  # version 1 has no run id
        (tmp_path / name).write_bytes(old)

    project = collect([tmp_path])

    assert counted(project).count("a/emissions.csv") == 1
    assert "b/copy.csv" not in counted(project)
    assert "old-copy.csv" in counted(project)
    assert "old.csv" not in counted(project)


def test_of_a_log_and_its_older_copy_the_newer_counts(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", Made(hours=1, gpu_kwh=0.5))
    write(tmp_path / "b.csv", Made(hours=2, gpu_kwh=1.0))

    project = collect([tmp_path])

    assert counted(project) == ["b.csv"]
    assert total_kwh(project) == pytest.approx(1.1)


def test_a_faulty_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    write(tmp_path / "good.csv", Made())
    bad = SAMPLES / "bad" / "codecarbon-negative-energy.csv"
    (tmp_path / "bad.csv").write_bytes(bad.read_bytes())
    (tmp_path / "notes.txt").write_text("no log")
    (tmp_path / "empty.csv").touch()

    project = collect([tmp_path])

    assert total_kwh(project) == pytest.approx(0.6)
    assert [(each.file, each.code) for each in project.unread] == [("bad.csv", "malformed-input")]
    assert "bad.csv:2" in project.unread[0].message
    assert project.unrecognised == 2


def test_a_folder_without_a_log_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no log is in there"):
        collect([tmp_path])


def test_a_folder_whose_logs_are_all_faulty_names_the_faults(tmp_path: Path) -> None:
    bad = SAMPLES / "bad" / "codecarbon-negative-energy.csv"
    (tmp_path / "bad.csv").write_bytes(bad.read_bytes())

    with pytest.raises(InvalidDocument) as refused:
        collect([tmp_path])

    assert refused.value.problems[0].startswith("bad.csv: bad.csv:2")


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent: no such file or folder"):
        collect([tmp_path / "absent"])


def test_twice_the_same_bytes_though_the_project_lies_in_the_folder(tmp_path: Path) -> None:
    write(tmp_path / "runs" / "emissions.csv", Made(), Made(id=1, begin_h=2))
    first = canonical.dumps(collect([tmp_path]))
    (tmp_path / "project.json").write_bytes(first)

    assert canonical.dumps(collect([tmp_path])) == first


def test_a_project_that_is_named_itself_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "emissions.csv", Made())
    kept = tmp_path / "project.json"
    kept.write_bytes(canonical.dumps(collect([tmp_path])))

    with pytest.raises(InputError, match="is collected already"):
        collect([kept])


def test_no_name_above_the_folder_stands_in_the_project(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "alice" / "runs"
    write(folder / "seed-1" / "emissions.csv", Made())

    text = canonical.dumps(collect([folder])).decode()

    assert "seed-1/emissions.csv" in text
    assert "alice" not in text
    assert str(tmp_path) not in text


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Three folders: ranks that overlap, a copy, and a run on its own."""
    root = tmp_path_factory.mktemp("tree")
    ranks = [Made(id=rank, gpu_kwh=0.5 + rank / 100) for rank in range(4)]
    write(root / "a" / "emissions.csv", *ranks)
    write(root / "b" / "emissions.csv", ranks[2])
    write(root / "c" / "emissions.csv", Made(id=9, begin_h=5))
    return tuple(root / name for name in "abc")


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_the_order_of_paths_does_not_matter(tree: tuple[Path, ...], data: st.DataObject) -> None:
    order = data.draw(st.permutations([*tree, tree[0], tree[1] / "emissions.csv"]))

    assert canonical.dumps(collect(order)) == canonical.dumps(collect(tree))


def test_memory_stays_with_the_runs_and_not_with_the_logs(tmp_path: Path) -> None:
    for number in range(300):
        row = Made(id=number, begin_h=2.0 * number)
        write(tmp_path / f"{number // 100}" / f"emissions-{number}.csv", row)
    held: list[int] = []

    def watched(files: object) -> object:
        assert isinstance(files, tuple)
        for number, each in enumerate(files):
            if number in {149, 299}:
                held.append(tracemalloc.get_traced_memory()[0])
            yield each

    tracemalloc.start()
    project = collect([tmp_path], progress=watched)  # type: ignore[arg-type] # any iterable will do
    tracemalloc.stop()

    assert len(project.runs) == 300
    # A hundred and fifty runs more hold less than 20 KiB each.
    assert held[1] - held[0] < 150 * 20 * 2**10


def test_progress_is_told_of_every_file(tmp_path: Path) -> None:
    write(tmp_path / "emissions.csv", Made())
    (tmp_path / "notes.txt").touch()
    seen: list[Found] = []

    collect([tmp_path], progress=lambda files: [seen.append(each) or each for each in files])

    assert [each.name for each in seen] == ["emissions.csv", "notes.txt"]


def test_a_run_without_energy_leaves_the_sum_at_least(tmp_path: Path) -> None:
    write(tmp_path / "emissions.csv", Made(gpu_kwh=0, cpu_kwh=0))

    (total,) = collect([tmp_path]).totals

    assert total.unknown == 1
    assert total.energy.model_dump()["missing"] == "not-measured"


def test_the_choices_are_kept_as_they_were_made(tmp_path: Path) -> None:
    write(tmp_path / "emissions.csv", Made())
    choices = Choices(overlap="first", nodes={"sweep": 2, "final": 1}, ranks=8)

    told = collect([tmp_path], choices).told

    assert told.model_dump(exclude_none=True) == {
        "overlap": "first",
        "nodes": {"final": 1, "sweep": 2},
        "ranks": 8,
        "scale_up": False,
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_a_folder_that_cannot_be_listed_is_said(tmp_path: Path) -> None:
    write(tmp_path / "emissions.csv", Made())
    (tmp_path / "closed").mkdir(mode=0)

    (unread,) = collect([tmp_path]).unread

    assert unread.file == "closed"


def test_the_schema_holds_a_collection() -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schema.frozen("project")))
    text = canonical.dumps(collect([SAMPLES / "codecarbon", SAMPLES / "carbontracker"]))

    assert not list(validator.iter_errors(json.loads(text)))
    assert Project.model_validate_json(text)
    assert schema.frozen("project") == schema.text("project")
