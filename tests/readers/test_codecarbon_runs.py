"""How rows become runs: flushes in any order, files joined or cut, tasks, hostile bytes."""

from __future__ import annotations

import time
import tracemalloc
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.errors import InputError, MalformedInput
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.readers.codecarbon import reader

SAMPLES = Path(__file__).parents[1] / "samples" / "codecarbon"
FILES = sorted(SAMPLES.rglob("emissions*.*"))
HEAD, ROW, _ = (SAMPLES / "3.3.2/append/emissions.csv").read_text("utf-8").splitlines()
NAMES = HEAD.split(",")
FLUSHED = (SAMPLES / "3.3.2/flush-append/emissions.csv").read_text("utf-8").splitlines()
TASKS = "emissions_base_5e057120-126d-4cf4-b610-48b06ccb99c4.csv"


def line(**changes: str) -> str:
    named = dict(zip(NAMES, ROW.split(","), strict=True))
    return ",".join((named | changes).values())


def log(*lines: str, end: str = "\n") -> Log:
    return Log("emissions.csv", content=("\n".join(lines) + end).encode())


def read(*lines: str, end: str = "\n") -> list[Evidence]:
    return list(reader.read(log(*lines, end=end)))


def kwh(run: Evidence) -> float:
    assert isinstance(run.reported_energy, Estimate)
    return run.reported_energy.value


def codes(run: Evidence) -> list[str]:
    return [finding.code for finding in run.findings]


@pytest.mark.parametrize("rows", list(permutations(FLUSHED[1:])))
def test_rows_of_a_run_may_come_in_any_order(rows: tuple[str, ...]) -> None:
    (run,) = read(FLUSHED[0], *rows)

    assert kwh(run) == 4.2518004590014656e-05
    assert run.complete


def test_the_same_row_twice_is_one_run() -> None:
    (run,) = read(HEAD, ROW, ROW)

    assert kwh(run) == 2.333194897866896e-05


def test_of_two_rows_of_one_duration_the_larger_energy_is_the_newer() -> None:
    (run,) = read(HEAD, line(energy_consumed="4e-05"), line())

    assert kwh(run) == 4e-05


def test_energy_may_fall_by_the_noise_of_floats() -> None:
    (run,) = read(HEAD, line(), line(duration="4", energy_consumed="2.3331948978668e-05"))

    assert kwh(run) == 2.3331948978668e-05


def test_runs_keep_the_order_in_which_the_file_tells_of_them() -> None:
    ids = ["c", "a", "b"]

    assert [run.run for run in read(HEAD, *(line(run_id=each) for each in ids))] == ids


def test_empty_lines_are_passed_over() -> None:
    assert len(read("", HEAD, "", ROW, "  ", "," * 37, "")) == 1


def test_a_header_that_stands_again_is_skipped_and_found() -> None:
    runs = read(HEAD, line(run_id="a"), HEAD, line(run_id="b"), HEAD)

    assert [run.run for run in runs] == ["a", "b"]
    assert [codes(run) for run in runs] == [["repeated-header", "host-modelled"], ["host-modelled"]]
    assert "line 3, 5" in runs[0].findings[0].message


def test_a_short_row_before_another_header_belongs_to_the_one_above() -> None:
    short = (SAMPLES / "3.2.9/shifted/emissions.csv").read_text("utf-8").splitlines()[2]
    old = (SAMPLES / "2.1.4/append/emissions.csv").read_text("utf-8").splitlines()

    runs = read(HEAD, short, *old)

    assert [run.version for run in runs] == ["3.2.9", None, None]


def test_a_name_of_a_column_in_an_odd_row_makes_no_header() -> None:
    with pytest.raises(MalformedInput, match="the row has 1 fields, its header 38"):
        read(HEAD, "energy_consumed", ROW)


def test_many_headers_are_counted_not_listed() -> None:
    (run,) = read(HEAD, ROW, *[HEAD] * 9)

    assert "line 3, 4, 5, 6, 7 and 4 more" in run.findings[0].message


def test_files_of_two_versions_joined_are_each_read_by_their_own_header() -> None:
    old = (SAMPLES / "1.2.0/append/emissions.csv").read_text("utf-8").splitlines()

    runs = read(HEAD, ROW, *old)

    assert [run.run for run in runs][1:] == ["emissions.csv:4", "emissions.csv:5"]
    assert [isinstance(run.computing, Estimate) for run in runs] == [False, True, True]


def test_a_cut_last_line_is_left_out_and_found() -> None:
    (run,) = read(HEAD, ROW, line(run_id="other")[:200], end="")

    assert (codes(run)[0], run.complete) == ("cut-line", True)
    assert "line 3" in run.findings[0].message


@pytest.mark.parametrize("length", [170, 230, 300, 330])
def test_a_run_whose_newest_row_is_cut_is_not_complete(length: int) -> None:
    newer = line(duration="9", energy_consumed="9e-05", cpu_model='"An, odd name"')

    (run,) = read(HEAD, ROW, newer[:length], end="")

    assert kwh(run) == 2.333194897866896e-05
    assert not run.complete
    assert codes(run)[-1] == "run-cut"


def test_a_whole_last_line_needs_no_line_break() -> None:
    (run,) = read(HEAD, ROW, end="")

    assert codes(run) == ["host-modelled"]


def beside(folder: Path, *names: str, tasks: str | None = None) -> Log:
    """The `tasks` sample in a folder of its own, with other files beside it."""
    source = SAMPLES / "3.3.2/tasks"
    folder.joinpath("emissions.csv").write_bytes(source.joinpath("emissions.csv").read_bytes())
    for name in names:
        folder.joinpath(name).touch()
    if tasks is not None:
        folder.joinpath(TASKS).write_text(tasks, "utf-8")
    return open_log(folder / "emissions.csv")


def test_tasks_that_explain_the_energy_give_the_duration() -> None:
    (run,) = reader.read(open_log(SAMPLES / "3.3.2/tasks/emissions.csv"))

    assert run.duration == Estimate(
        value=2.005011946999957 + 3.0008082049998848, unit="s", basis="measured", source="log-2"
    )
    assert [file.file for file in run.inputs] == ["emissions.csv", TASKS]
    assert not isinstance(run.period, Missing)
    assert run.period.start.isoformat() == "2026-11-22T00:38:00"  # 00:38:03 − 2.005 s, whole
    assert codes(run)[-1] == "task-duration"


def test_tasks_that_hold_less_than_their_run_leave_its_duration_open(tmp_path: Path) -> None:
    whole = (SAMPLES / "3.3.2/tasks" / TASKS).read_text("utf-8")

    (run,) = reader.read(beside(tmp_path, tasks="\n".join(whole.splitlines()[:2])))

    assert isinstance(run.duration, Missing)
    assert kwh(run) == 3.890713915888935e-05
    assert run.findings[-1].expected == "3.891e-05 kWh"
    assert run.findings[-1].found == "1.557e-05 kWh"


@pytest.mark.parametrize("broken", ["", "task_name\n", "\0", "nothing,of,the,sort\n1,2,3,4\n"])
def test_a_task_file_that_cannot_be_read_leaves_the_duration_open(
    tmp_path: Path, broken: str
) -> None:
    (run,) = reader.read(beside(tmp_path, tasks=broken))

    assert isinstance(run.duration, Missing)
    assert (run.findings[-1].code, run.findings[-1].severity) == ("task-duration", "warning")
    assert len(run.inputs) == 1


def test_a_task_file_of_another_run_is_not_asked(tmp_path: Path) -> None:
    (run,) = reader.read(beside(tmp_path, "emissions_base_other.csv"))

    assert isinstance(run.duration, Estimate)
    assert run.duration.source == "log"


def test_a_task_file_that_knows_nothing_of_its_run_leaves_the_duration_open(
    tmp_path: Path,
) -> None:
    tasks = (SAMPLES / "3.3.2/tasks" / TASKS).read_text("utf-8").replace("5e057120", "00000000")

    (run,) = reader.read(beside(tmp_path, tasks=tasks))

    assert isinstance(run.duration, Missing)


def test_tasks_reset_the_clock_so_that_only_energy_tells_which_row_is_newer(
    tmp_path: Path,
) -> None:
    file = beside(tmp_path, tasks=(SAMPLES / "3.3.2/tasks" / TASKS).read_text("utf-8"))
    head, last = (tmp_path / "emissions.csv").read_text("utf-8").splitlines()
    flushed = last.split(",")
    flushed[NAMES.index("duration")], flushed[NAMES.index("energy_consumed")] = "8", "1.5e-05"
    (tmp_path / "emissions.csv").write_text("\n".join((head, ",".join(flushed), last)), "utf-8")

    (run,) = reader.read(file)

    assert kwh(run) == 3.890713915888935e-05
    assert isinstance(run.duration, Estimate)
    assert run.duration.value == pytest.approx(5.00582)


def test_a_task_file_that_is_named_adds_up_its_tasks() -> None:
    path = SAMPLES / "3.3.2/tasks" / TASKS

    (run,) = reader.read(open_log(path))

    assert kwh(run) == pytest.approx(1.556907513999982e-05 + 2.3338064018889534e-05, rel=1e-15)
    assert isinstance(run.duration, Estimate)
    assert run.duration.value == pytest.approx(5.005820151999842, rel=1e-15)
    assert isinstance(run.computing, Estimate)
    assert (run.pue_in_energy, codes(run)[0]) == ("unknown", "task-file")


def test_a_task_file_that_breaks_off_keeps_its_whole_tasks() -> None:
    text = (SAMPLES / "3.3.2/tasks" / TASKS).read_text("utf-8")

    (run,) = reader.read(Log(TASKS, content=text[:-150].encode()))

    assert kwh(run) == 1.556907513999982e-05
    assert codes(run)[:2] == ["task-file", "cut-line"]


def test_backups_are_listed_oldest_first_and_not_read(tmp_path: Path) -> None:
    names = ["emissions.csv_10.bak", "emissions.csv_2.bak", "emissions.csv.bak", "other.csv.bak"]

    (run,) = reader.read(beside(tmp_path, *names))

    assert (run.findings[0].code, run.findings[0].severity) == ("backup-files", "warning")
    assert (
        "emissions.csv.bak, emissions.csv_2.bak, emissions.csv_10.bak." in run.findings[0].message
    )


def test_a_folder_that_cannot_be_listed_does_not_hide_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Log) -> tuple[str, ...]:
        raise PermissionError

    monkeypatch.setattr(Log, "siblings", refuse)

    assert len(reader.read(beside(tmp_path, "emissions.csv.bak"))) == 1


def many(path: Path, rows: int) -> Log:
    """A file of some rows of five runs, flushed in turn."""
    row = line(run_id="run-{}", duration="{}", energy_consumed="{}e-6") + "\n"
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD + "\n")
        file.writelines(row.format(number % 5, number + 1, number + 1) for number in range(rows))
    return open_log(path)


def peak_bytes(file: Log) -> int:
    tracemalloc.start()
    try:
        assert len(reader.read(file)) == 5
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_grows_with_the_runs_and_not_with_the_rows(tmp_path: Path) -> None:
    few = peak_bytes(many(tmp_path / "few.csv", 1_000))
    lots = peak_bytes(many(tmp_path / "lots.csv", 20_000))

    assert lots < 1.1 * few + 2**16


def test_two_hundred_thousand_rows_take_seconds_not_minutes(tmp_path: Path) -> None:
    file = many(tmp_path / "emissions.csv", 200_000)
    begin = time.process_time()

    runs = reader.read(file)

    assert time.process_time() - begin < 4  # ten times what it takes
    assert [kwh(run) for run in runs] == pytest.approx([0.199996 + 1e-6 * n for n in range(5)])


def read_or_refuse(content: bytes) -> None:
    file = Log("emissions.csv", content=content)
    reader.recognises(file)
    try:
        runs = reader.read(file)
    except InputError:
        return
    assert runs


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    read_or_refuse(content)


@given(st.sampled_from(FILES), st.data())
@settings(max_examples=150, deadline=None)
def test_any_change_to_a_genuine_file_is_read_or_refused(path: Path, data: st.DataObject) -> None:
    content = path.read_bytes()
    begin = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(begin, min(len(content), begin + 40)))

    read_or_refuse(content[:begin] + data.draw(st.binary(max_size=20)) + content[end:])


NUMBERS = ("", "nan", "inf", "-1", "1e308", "1e14", "5e-324", "0", "1.0", "9" * 5000, "1e9999")
WORDS = ("None", '"', '""', "\x00", "\u202e", "task_name", "energy_consumed", "0 x A, 3 x B", ",,,")
TIMES = ("0001-01-01T00:00:00", "9999-12-31", "2026-11-22T00:00:00+23:59", "4.0.0", "3.9.9.9")
NASTY = st.sampled_from((*NUMBERS, *WORDS, *TIMES, "999999 x A100"))


@given(st.sampled_from(FILES), st.data())
@settings(max_examples=200, deadline=None)
def test_any_nasty_field_is_read_or_refused(path: Path, data: st.DataObject) -> None:
    lines = [each.split(",") for each in path.read_text("utf-8").splitlines()]
    for _ in range(data.draw(st.integers(1, 4))):
        fields = data.draw(st.sampled_from(lines))
        at = data.draw(st.integers(0, len(fields) - 1))
        fields[at : at + data.draw(st.integers(0, 1))] = [data.draw(NASTY)]

    read_or_refuse("\n".join(map(",".join, lines)).encode())


def test_energy_that_falls_names_the_line_on_which_it_fell() -> None:
    with pytest.raises(MalformedInput) as refused:
        read(HEAD, ROW, line(duration="9", energy_consumed="1e-05"))

    assert refused.value.where == "emissions.csv:3 energy_consumed"
