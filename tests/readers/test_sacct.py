"""What the reader takes out of Slurm's accounting: each job once, in kWh, failed ones included."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from carbonlabel.errors import InputError, MalformedInput
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Period
from carbonlabel.readers.sacct import reader, values
from carbonlabel.readers.sacct.nodes import names

SAMPLES = Path(__file__).parents[1] / "samples" / "sacct"
JOBS = (SAMPLES / "jobs.psv").read_bytes()
COLUMNS = "JobID|State|Start|End|ElapsedRaw|AllocTRES|ConsumedEnergyRaw"


def of(*rows: str, columns: str = COLUMNS) -> tuple[Evidence, ...]:
    text = "\n".join((columns, *rows)) + "\n"
    return tuple(reader.read(Log("jobs.psv", content=text.encode())))


def job(
    energy: str = "3600000", *, job_id: str = "7", state: str = "COMPLETED", tres: str = ""
) -> str:
    return f"{job_id}|{state}|2026-03-01T10:00:00|2026-03-01T11:00:00|3600|{tres}|{energy}"


def value(quantity: Estimate | Missing) -> float:
    assert isinstance(quantity, Estimate)
    return quantity.value


def codes(run: Evidence) -> list[str]:
    return [finding.code for finding in run.findings]


def by_id() -> dict[str, Evidence]:
    return {run.run: run for run in reader.read(open_log(SAMPLES / "jobs.psv"))}


def test_row_18_a_job_and_its_steps_count_once() -> None:
    run = by_id()["38113"]

    # 20 543 125 J ÷ 3 600 000; with its three steps 66 717 292 J, 3.2 times as much.
    assert value(run.computing) == pytest.approx(5.706423611, rel=1e-9)
    assert run.place == "jobs.psv:2"
    assert value(run.duration) == 2102


def test_row_2_joules_are_not_kilowatt_hours() -> None:
    (run,) = of(job("3600000"))

    assert value(run.computing) == value(run.reported_energy) == 1.0
    assert run.sensors == {"computing": "counter"}
    assert isinstance(run.computing, Estimate)
    assert run.computing.basis == "measured"


@pytest.mark.parametrize(
    "nothing", ["", "0", "4294967294", "18446744073709551614", "18446744073709551615"]
)
def test_row_5_zero_and_no_value_are_not_measured(nothing: str) -> None:
    (run,) = of(job(nothing))

    assert isinstance(run.computing, Missing)
    assert run.computing.missing == "not-measured"
    assert isinstance(run.reported_energy, Missing)
    assert run.sensors == {}
    assert "zero-energy" in codes(run)


def test_row_8_no_pue_is_inside() -> None:
    (run,) = of(job())

    assert run.pue_in_energy == "no"
    assert isinstance(run.pue, Missing)


def test_a_job_row_without_energy_takes_its_numbered_steps() -> None:
    (run,) = of(
        job("0"),
        job("900000", job_id="7.batch"),
        job("1800000", job_id="7.0"),
        job("3600000", job_id="7.1"),
        job("7200000", job_id="7.extern"),
    )

    assert value(run.computing) == 1.5
    assert run.place == "jobs.psv:4"
    assert "energy-of-steps" in codes(run)


def test_without_numbered_steps_the_widest_one_counts() -> None:
    (run,) = of(job("0"), job("1800000", job_id="7.batch"), job("7200000", job_id="7.extern"))

    assert value(run.computing) == 2.0


def test_steps_without_their_job_are_read_and_said() -> None:
    (run,) = of(job("1800000", job_id="7.0"), job("1800000", job_id="7.1"))

    assert value(run.computing) == 1.0
    assert "job-row-missing" in codes(run)


def test_failed_jobs_are_runs_of_their_own_and_the_user_is_not_named() -> None:
    runs = by_id()

    assert [*runs] == ["38113", "38120_4", "38120_5", "38130"]  # the pending one has not run
    found = {
        run: [f.found for f in told.findings if f.code == "job-failed"]
        for run, told in runs.items()
    }
    assert found == {"38113": [], "38120_4": ["FAILED"], "38120_5": ["CANCELLED"], "38130": []}
    assert "1000" not in repr(runs["38120_5"].findings)
    assert all(run.complete for run in runs.values())


def test_a_requeued_job_is_two_runs_and_the_newest_keeps_the_id() -> None:
    first = job(state="NODE_FAIL")
    second = job().replace("T10:", "T12:").replace("T11:", "T13:")
    failed, done = of(first, job("1", job_id="7.0"), second, job("2", job_id="7.0"))

    assert (failed.run, done.run) == ("7@2026-03-01T10:00:00", "7")
    assert "job-failed" in codes(failed)
    assert failed.identity != done.identity


def test_a_table_printed_twice_counts_once_and_the_later_row_is_newer() -> None:
    running = "7|RUNNING|2026-03-01T10:00:00|Unknown|60|gres/gpu:a100=4|60000"
    (run,) = of(running, job(tres="gres/gpu:a100=4"))

    assert value(run.computing) == 1.0


def test_a_job_that_runs_is_not_complete() -> None:
    (run,) = of("7|RUNNING|2026-03-01T10:00:00|Unknown|60||60000")

    assert not run.complete
    assert "job-running" in codes(run)
    assert isinstance(run.period, Period)
    assert run.period.end.isoformat() == "2026-03-01T10:01:00"


def test_arrays_and_heterogeneous_jobs_keep_their_ids() -> None:
    assert [run.run for run in of(job(job_id="7_4"), job(job_id="8+0"), job(job_id="8+1"))] == [
        "7_4",
        "8+0",
        "8+1",
    ]


def test_allocated_resources_become_devices() -> None:
    devices = by_id()["38113"].devices

    assert [(device.name, device.kind, device.count) for device in devices] == [
        ("gh200", "accelerator", 16),
        ("node, 288 CPUs allocated", "host", 4),
    ]
    (untyped,) = of(job(tres="gres/gpu=2,node=1"))
    assert [(device.name, device.count) for device in untyped.devices] == [("GPU", 2)]
    (strange,) = of(job(tres="cpu=many,gres/gpu:=2,node=0,gres/gpu=-1,mem"))
    assert strange.devices == ()


def test_with_accelerators_the_doubt_about_the_plugin_is_a_warning() -> None:
    severity = {
        run.run: finding.severity
        for run in of(job(tres="gres/gpu:a100=4"), job(job_id="8"))
        for finding in run.findings
        if finding.code == "energy-plugin-unknown"
    }

    assert severity == {"7": "warning", "8": "note"}


def test_row_10_jobs_side_by_side_overlap_only_on_a_shared_node() -> None:
    runs = by_id()

    assert {run: told.covers for run, told in runs.items()} == {
        "38113": "process",
        "38120_4": "machine",
        "38120_5": "machine",
        "38130": "process",
    }
    assert "node-shared" in codes(runs["38120_4"])
    assert "node-shared" not in codes(runs["38113"])
    assert "nid001" not in repr(runs)


@pytest.mark.parametrize(
    ("node_list", "expected"),
    [
        ("", []),
        ("node1", ["node1"]),
        ("gpu[01-03,7],login1", ["gpu01", "gpu02", "gpu03", "gpu7", "login1"]),
        ("r[1-2]n[08-09]", ["r1n08", "r1n09", "r2n08", "r2n09"]),
        ("None assigned", ["None assigned"]),
    ],
)
def test_node_lists_unfold(node_list: str, expected: list[str]) -> None:
    assert list(names(node_list)) == expected


def test_a_hostile_node_list_is_bounded() -> None:
    assert sum(1 for _ in names("a[0-999999999][0-999999999]")) == 100_000


@pytest.mark.parametrize(
    ("elapsed", "expected_s"),
    [("01:00:00", 3600), ("1-02:03:04", 93_784), ("05:06", 306), ("00:00:01.500", 1.5)],
)
def test_elapsed_is_read_with_days(elapsed: str, expected_s: float) -> None:
    (run,) = of(f"7|{elapsed}|3600000", columns="JobID|Elapsed|ConsumedEnergyRaw")

    assert value(run.duration) == expected_s


def test_a_duration_comes_from_the_times_where_there_is_no_other() -> None:
    columns = "JobID|Start|End|ConsumedEnergyRaw"
    (run,) = of("7|2026-03-01T10:00:00|2026-03-01T10:30:00|1", columns=columns)
    (turned,) = of("7|2026-03-01T10:30:00|2026-03-01T10:00:00|1", columns=columns)

    assert value(run.duration) == 1800
    assert isinstance(turned.duration, Missing)


def test_the_begin_comes_from_the_end_where_it_is_not_printed() -> None:
    (run,) = of("7|60|2026-03-01T10:00:00|1", columns="JobID|ElapsedRaw|End|ConsumedEnergyRaw")

    assert isinstance(run.period, Period)
    assert run.period.start.isoformat() == "2026-03-01T09:59:00"


@pytest.mark.parametrize(
    ("time", "zone"),
    [
        ("2026-03-01T10:00:00", "local, not stated"),
        ("2026-03-01T10:00:00+0100", "+01:00"),
        ("1772359200", "UTC"),
        ("2026-03-01-10:00:00", "local, not stated"),
    ],
)
def test_row_23_cluster_time_is_local_unless_it_says_so(time: str, zone: str) -> None:
    (run,) = of(f"7|{time}|60|1", columns="JobID|Start|ElapsedRaw|ConsumedEnergyRaw")

    assert isinstance(run.period, Period)
    assert run.period.zone == zone


def test_times_in_a_format_of_the_sites_own_are_missing() -> None:
    (run,) = of("7|15/03/24 20:24|60|1", columns="JobID|Start|ElapsedRaw|ConsumedEnergyRaw")

    assert isinstance(run.period, Missing)
    assert value(run.duration) == 60


@pytest.mark.parametrize(
    ("printed", "kwh"),
    [("1.20G", 1200 / 3.6), ("15.2K", 0.0152 / 3.6), ("20.54M", 20.54 / 3.6), ("3600", 0.001)],
)
def test_a_printed_suffix_is_a_decimal_one(printed: str, kwh: float) -> None:
    (run,) = of(f"7|00:10:00|{printed}", columns="JobID|Elapsed|ConsumedEnergy")

    assert value(run.computing) == pytest.approx(kwh, rel=1e-12)
    assert ("energy-rounded" in codes(run)) == (not printed.isdigit())


@pytest.mark.parametrize("printed", ["0", "", "18.45E", "1.2P", "4294967294"])
def test_no_value_with_a_suffix_is_missing(printed: str) -> None:
    (run,) = of(f"7|00:10:00|{printed}", columns="JobID|Elapsed|ConsumedEnergy")

    assert isinstance(run.computing, Missing)


@pytest.mark.parametrize("column", ["TRESUsageInTot", "AllocTRES"])
def test_energy_among_the_resources_is_read(column: str) -> None:
    (run,) = of("7|3600|cpu=4,energy=3600000", columns=f"JobID|ElapsedRaw|{column}")

    assert value(run.computing) == 1.0


def test_a_table_without_energy_says_which_column_is_missing() -> None:
    (run,) = of("7|3600", columns="JobID|ElapsedRaw")

    assert "no column of energy" in next(
        finding.message for finding in run.findings if finding.code == "zero-energy"
    )


def test_an_energy_that_no_node_draws_is_an_error() -> None:
    (run,) = of(job("36000000000", tres="node=2"))  # 10 MWh in an hour
    (sane,) = of(job("36000000", tres="node=2"))  # 10 kWh in an hour

    (finding,) = [each for each in run.findings if each.code == "energy-implausible"]
    assert (finding.severity, finding.expected) == ("error", "at most 40 kWh")
    assert "energy-implausible" not in codes(sane)


def test_a_separator_in_a_name_is_a_part_of_the_name() -> None:
    columns = "JobID|JobName|ElapsedRaw|ConsumedEnergyRaw"
    (run,) = of('7|a|b "c|3600|3600000', columns=columns)

    assert value(run.computing) == 1.0


def test_a_separator_in_another_field_is_refused() -> None:
    with pytest.raises(MalformedInput) as refused:
        of("7|a|b|3600|3600000", columns="JobID|Comment|ElapsedRaw|ConsumedEnergyRaw")
    assert refused.value.where == "jobs.psv:2 JobID"


def test_parsable_with_a_separator_at_the_end_of_the_line_is_read() -> None:
    (run,) = of("7|3600|3600000|", columns="JobID|ElapsedRaw|ConsumedEnergyRaw|")

    assert value(run.computing) == 1.0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("JobID State Elapsed\n------ ----- ---\n7 COMPLETED 1\n", "no table of sacct"),
        ('{"meta": {"slurm": {}}, "jobs": [{"job_id": 7}]}', "no table of sacct"),
        (COLUMNS + "\n", "no job in it has run"),
        (COLUMNS + "\n7|PENDING|Unknown|Unknown|0||\n", "no job in it has run"),
        (COLUMNS + "\n7|x||||||\n", "is no job id"),
        (COLUMNS + "\nseven|x|||||\n", "'seven' is no job id"),
        (COLUMNS + "\n" + job("1.5") + "\n", "'1.5' is no whole number of joules"),
        (COLUMNS + "\n" + job("-5") + "\n", "'-5' is no whole number of joules"),
        (COLUMNS + "\n" + job().replace("3600|", "soon|") + "\n", "soon"),
        ("JobID|Elapsed|State\n7|soon|COMPLETED\n", "the text is no duration"),
        ("JobID|Elapsed|ConsumedEnergy\n7|00:01|12Q\n", "'12Q' is no energy"),
    ],
)
def test_a_wrong_table_is_refused_with_place_and_hint(text: str, words: str) -> None:
    log = Log("jobs.psv", content=text.encode())

    assert reader.recognises(log)
    with pytest.raises(MalformedInput, match=words) as refused:
        reader.read(log)
    assert (refused.value.where or "").startswith("jobs.psv")
    assert refused.value.hint


def test_other_files_are_not_recognised() -> None:
    for content in (b"", b"a|b\n", b"timestamp,JobID\n", b'{"jobs": []}', b"JobID words\n"):
        assert not reader.recognises(Log("x", content=content))


def test_columns_in_another_order_a_byte_order_mark_and_line_ends_change_nothing() -> None:
    plain = [(run.run, run.computing, run.devices) for run in by_id().values()]
    lines = JOBS.decode().splitlines()
    backwards = "\n".join("|".join(reversed(line.split("|"))) for line in lines).encode()
    for changed in (backwards, b"\xef\xbb\xbf" + JOBS, JOBS.replace(b"\n", b"\r\n")):
        found = reader.read(Log("jobs.psv", content=changed))
        assert [(run.run, run.computing, run.devices) for run in found] == plain


def test_a_file_cut_anywhere_is_read_or_refused() -> None:
    for end in range(len(JOBS)):
        try:
            found = reader.read(Log("jobs.psv", content=JOBS[:end]))
        except InputError:
            continue
        assert found
        assert all(value(run.duration) > 0 for run in found)


def test_a_cut_line_is_left_out_and_said() -> None:
    cut_at = JOBS.index(b"2026-03-16T01:45:00")
    found = reader.read(Log("jobs.psv", content=JOBS[:cut_at]))

    assert [run.run for run in found] == ["38113", "38120_4"]
    assert "cut-line" in codes(found[0])


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 6), st.text(st.characters(exclude_characters="\n\r\0"), max_size=30))
def test_any_text_in_any_field_is_read_or_refused(at: int, odd: str) -> None:
    fields = job(tres="cpu=4,gres/gpu:a100=4,node=1").split("|")
    fields[at] = odd.replace("|", "")
    try:
        found = of("|".join(fields))
    except (InputError, UnicodeEncodeError):
        return
    assert found


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=6), st.integers(1, 10**10))
def test_steps_never_change_what_the_job_says(steps: list[int], joules: int) -> None:
    assume(not {0xFFFFFFFE, 0xFFFFFFFF} & {joules})  # Slurm's words for "no value"
    rows = [job(str(each), job_id=f"7.{number}") for number, each in enumerate(steps)]
    (run,) = of(job(str(joules)), *rows)

    assert value(run.computing) == pytest.approx(joules / 3.6e6, rel=1e-12)


def test_odd_white_space_around_a_count_is_white_space() -> None:
    assert values.count("\x1e8\x1f") == 8
