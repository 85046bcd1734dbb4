"""What the reader takes out of posts to CodeCarbon's API and downloads of its dashboard."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.errors import InputError, MalformedInput
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Period
from carbonlabel.readers.codecarbon import reader as table_reader
from carbonlabel.readers.codecarbon.dashboard import reader
from carbonlabel.readers.codecarbon.logger import reader as logger_reader

SAMPLES = Path(__file__).parents[1] / "samples" / "codecarbon-json"
RUN = "a6c8715e-52ec-4e64-995e-416bb62a5425"
# The energy that emissions.csv of the same run holds, PUE 1.5 inside.
ENERGY_KWH = 7.565566674483945e-05
POSTS = (SAMPLES / "posts.jsonl").read_bytes()
POST: dict[str, Any] = json.loads(POSTS.splitlines()[1].partition(b" ")[2])
TABLE = (SAMPLES / "demo_runs.csv").read_text("utf-8")
FILES = (
    "posts.jsonl",
    "demo_runs.csv",
    "demo_data.json",
    f"demo_run_{RUN}_emissions.csv",
)


def value(quantity: Estimate | Missing) -> float:
    assert isinstance(quantity, Estimate)
    return quantity.value


def runs(name: str) -> tuple[Evidence, ...]:
    return tuple(reader.read(open_log(SAMPLES / name)))


def codes(run: Evidence) -> list[str]:
    return [finding.code for finding in run.findings]


def of_json(found: object, name: str = "posts.json") -> tuple[Evidence, ...]:
    return tuple(reader.read(Log(name, content=json.dumps(found).encode())))


def of_table(*rows: str, name: str = "demo_runs.csv") -> tuple[Evidence, ...]:
    text = "\n".join((TABLE.splitlines()[0], *rows))
    return tuple(reader.read(Log(name, content=text.encode())))


def test_the_table_beside_the_posts_holds_their_sum() -> None:
    with (SAMPLES / "posts-emissions.csv").open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)

    assert float(row["energy_consumed"]) == ENERGY_KWH
    assert float(row["pue"]) == 1.5


@pytest.mark.parametrize("name", FILES)
def test_every_form_gives_the_same_run_and_the_same_energy(name: str) -> None:
    log = open_log(SAMPLES / name)
    run = reader.read(log)[0]

    assert reader.recognises(log)
    assert not table_reader.recognises(log)
    assert not logger_reader.recognises(log)
    assert run.identity == ("CodeCarbon", RUN)
    assert value(run.reported_energy) == pytest.approx(ENERGY_KWH, rel=1e-15)
    assert value(run.reported_emissions) == pytest.approx(4.239667908714058e-03, rel=1e-12)
    assert run.inputs[0].format == "codecarbon-dashboard"


@pytest.mark.parametrize("name", FILES)
def test_a_pue_that_is_not_kept_leaves_the_energy_whole(name: str) -> None:
    run = runs(name)[0]

    assert run.pue_in_energy == "unknown"
    assert isinstance(run.pue, Missing)
    assert value(run.computing) == value(run.reported_energy)
    assert isinstance(run.accelerators, Missing)
    assert isinstance(run.host, Missing)
    assert "dashboard-export" in codes(run)


def test_row_4_posts_are_deltas_and_are_added_up() -> None:
    (run,) = runs("posts.jsonl")

    last_kwh = json.loads(POSTS.splitlines()[-1].partition(b" ")[2])["energy_consumed"]
    assert last_kwh == pytest.approx(0.225 * ENERGY_KWH, rel=1e-2)
    assert value(run.computing) == pytest.approx(ENERGY_KWH, rel=1e-15)


def test_a_duration_comes_from_the_times_where_posts_cut_it_to_whole_seconds() -> None:
    (run,) = runs("posts.jsonl")

    # 03:11:29.095155 − (03:11:23.723640 − 1 s); the durations of the posts add up to 6 s, and
    # emissions.csv says 6.504 s.
    assert value(run.duration) == pytest.approx(6.371515, abs=1e-6)
    assert isinstance(run.period, Period)
    assert run.period.start.isoformat() == "2026-11-22T03:11:22+00:00"
    assert run.period.end.isoformat() == "2026-11-22T03:11:29+00:00"
    assert run.period.zone == "UTC"


def test_the_run_object_among_the_posts_says_which_machine_it_was() -> None:
    (run,) = runs("posts.jsonl")

    assert run.version == "3.3.2"
    assert [(device.name, device.kind) for device in run.devices] == [("AMD EPYC", "host")]


def test_the_time_of_a_run_in_a_download_is_that_of_its_begin() -> None:
    run = runs("demo_runs.csv")[1]

    assert isinstance(run.period, Period)
    assert run.period.start.isoformat() == "2026-11-22T04:00:00+00:00"
    assert run.period.end.isoformat() == "2026-11-22T06:00:00+00:00"  # 7 200 s later


def test_below_the_line_a_comma_in_a_name_shifts_no_field() -> None:
    _, run, _ = runs("demo_runs.csv")

    assert [(device.name, device.count) for device in run.devices] == [
        ("NVIDIA A100-SXM4-80GB", 4),
        ("Tesla T4", 1),
        ("AMD EPYC 7742", 1),
    ]
    assert run.subdivision is None
    assert "row-realigned" in codes(run)


def test_below_the_line_a_comma_in_another_name_costs_only_the_names() -> None:
    row = TABLE.splitlines()[2].replace("AMD EPYC 7742", "AMD EPYC 7742, 64 cores")
    (run,) = of_table(row)

    assert value(run.computing) == 3.5
    assert run.devices == ()
    assert "row-realigned" in codes(run)


def test_below_the_line_undefined_and_null_are_nothing() -> None:
    first, second, third = runs("demo_runs.csv")

    assert (first.subdivision, second.subdivision, third.version) == (None, None, None)
    assert third.devices == ()
    assert value(third.computing) == 0.01


def test_a_run_that_stands_twice_counts_once_and_the_longer_row_is_newer() -> None:
    row = TABLE.splitlines()[2]
    runs_told = of_table(row, row.replace(",3.5,7200,", ",4.5,9000,"), row)

    assert [value(run.computing) for run in runs_told] == [4.5]


def test_a_table_saved_again_with_quotes_is_read() -> None:
    cells = TABLE.splitlines()[2].split(",")
    gpus = ",".join(cells[11:13])
    quoted = ",".join(f'"{cell}"' for cell in (*cells[:11], gpus, *cells[13:]))
    (run,) = of_table(quoted)

    assert [device.count for device in run.devices] == [4, 1, 1]


def test_a_series_says_no_duration() -> None:
    (run,) = runs(f"demo_run_{RUN}_emissions.csv")

    assert isinstance(run.duration, Missing)
    assert not {"very-short-run", "posts-missing", "host-modelled"} & {*codes(run)}


def test_a_series_whose_file_was_renamed_is_known_by_its_place() -> None:
    content = (SAMPLES / f"demo_run_{RUN}_emissions.csv").read_bytes()
    (run,) = reader.read(Log("series.csv", content=content))

    assert run.run == run.place == "series.csv:5"


def test_totals_of_experiments_are_no_run() -> None:
    log = open_log(SAMPLES / "demo_experiments.csv")

    assert reader.recognises(log)
    with pytest.raises(MalformedInput, match="totals of experiments") as refused:
        reader.read(log)
    assert "download the runs" in (refused.value.hint or "")


def test_posts_of_several_runs_are_kept_apart() -> None:
    other = {**POST, "run_id": "b" * 8, "energy_consumed": 0.5}
    first, second = of_json([POST, other])

    assert (value(first.computing), value(second.computing)) == (POST["energy_consumed"], 0.5)


def test_a_post_that_stands_twice_counts_once() -> None:
    (run,) = of_json({"items": [POST, POST]})

    assert value(run.computing) == POST["energy_consumed"]
    assert "post-repeated" in codes(run)


def test_the_place_of_a_run_is_its_line() -> None:
    content = json.dumps([POST, {**POST, "run_id": "other"}], indent=0).encode()
    _, second = reader.read(Log("posts.json", content=content))

    assert content.splitlines()[int(second.place.partition(":")[2]) - 1].startswith(
        b'"emissions_sum"'
    )


def test_row_25_lost_posts_are_noticed() -> None:
    later = {**POST, "timestamp": "2026-11-22T04:11:23.723640+00:00"}
    (run,) = of_json([POST, later])

    assert "posts-missing" in codes(run)
    assert value(run.duration) == 2  # one second each: the hour between is not known


def test_a_post_without_a_time_is_read_all_the_same() -> None:
    (run,) = of_json([{**POST, "timestamp": "then"}])

    assert isinstance(run.period, Missing)
    assert value(run.duration) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"energy_consumed": None}, "empty"),
        ({"energy_consumed": -1}, "not a finite amount"),
        ({"energy_consumed": 10**30}, "not a finite amount"),
        ({"duration": 10**13}, "before the calendar"),
        ({"cpu_energy": "much"}, "not a number"),
    ],
)
def test_a_wrong_figure_is_refused_with_its_place(change: dict[str, Any], words: str) -> None:
    with pytest.raises(MalformedInput, match=words) as refused:
        of_json([POST | change])

    assert (refused.value.where or "").startswith("posts.json:1")


def test_a_total_out_of_the_calendar_is_refused() -> None:
    with pytest.raises(MalformedInput, match="ends after the calendar"):
        of_table(TABLE.splitlines()[2].replace("2026-11-22T04:00:00+00:00", "9999-12-31T23:00:00"))


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"projects": []}', b"plain words"])
def test_a_file_without_a_run_is_refused(content: bytes) -> None:
    with pytest.raises(MalformedInput, match="holds no run"):
        reader.read(Log("posts.json", content=content))


def test_deep_nesting_is_refused_or_passed_over() -> None:
    for depth in (50, 100_000):
        deep = b"[" * depth + b"]" * depth
        with pytest.raises(MalformedInput):
            reader.read(Log("posts.json", content=deep))


def test_no_coordinate_enters() -> None:
    told = repr(of_json([{**POST, "longitude": 12.345678, "user": "somebody"}]))

    assert "12.345" not in told
    assert "somebody" not in told


@pytest.mark.parametrize("name", FILES)
def test_a_byte_order_mark_and_other_line_ends_change_nothing(name: str) -> None:
    content = (SAMPLES / name).read_bytes()
    plain = reader.read(Log(name, content=content))
    for changed in (b"\xef\xbb\xbf" + content, content.replace(b"\n", b"\r\n")):
        assert [run.computing for run in reader.read(Log(name, content=changed))] == [
            run.computing for run in plain
        ]


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_anywhere_is_read_or_refused(name: str) -> None:
    content = (SAMPLES / name).read_bytes()
    for end in range(0, len(content), 11):
        try:
            found = reader.read(Log(name, content=content[:end]))
        except InputError:
            continue
        assert found


def test_a_cut_line_of_a_table_is_left_out_and_said() -> None:
    for name in ("demo_runs.csv", f"demo_run_{RUN}_emissions.csv"):
        content = (SAMPLES / name).read_bytes()
        cut_at = content.rindex(b"\n") + 30
        found = reader.read(Log(name, content=content[:cut_at]))
        assert "cut-line" in codes(found[0])


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_value_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    key = data.draw(st.sampled_from([*POST, "metadata", "runId", "emissions"]))
    scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    odd = data.draw(scalars | st.lists(scalars, max_size=2))
    try:
        found = of_json([POST, POST | {key: odd}])
    except InputError:
        return
    assert found


def test_a_row_that_names_a_column_which_the_header_lost_is_refused() -> None:
    header, *rows = TABLE.replace("gpu_model", "gpu", 1).splitlines()
    text = "\n".join([header, "gpu_model," + rows[0], *rows])

    with pytest.raises(MalformedInput, match="fields, its header"):
        reader.read(Log("demo_runs.csv", content=text.encode()))
