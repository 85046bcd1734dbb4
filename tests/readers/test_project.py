"""A project is a log like any other: its counted runs are evidence again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from carbonlabel import assess, check
from carbonlabel.collection import collect
from carbonlabel.collection.choices import Choices
from carbonlabel.collection.stages import stage_rule
from carbonlabel.errors import InputError, InvalidDocument, MalformedInput, UnsupportedVersion
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import Evidence
from carbonlabel.readers.project import reader
from carbonlabel.record import canonical, projects
from tests.collection.made import Made, write

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "samples"
Json = dict[str, Any]


def kept(folder: Path, *rules: str) -> Log:
    choices = Choices(rules=tuple(map(stage_rule, rules)))
    return Log("project.json", content=canonical.dumps(collect([folder], choices)))


def runs(log: Log) -> list[Evidence]:
    assert reader.recognises(log)
    return list(reader.read(log))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [Made(id=rank, name="train") for rank in range(3)]
    write(tmp_path / "emissions.csv", *rows, Made(id=9, begin_h=4, name="sweep-1"))
    return tmp_path


def test_only_counted_runs_are_evidence(folder: Path) -> None:
    final, sweep = runs(kept(folder))

    assert (final.place, sweep.place) == ("project.json#/runs/0", "project.json#/runs/3")
    assert final.tracker == "CodeCarbon"
    assert final.inputs[0].format == "project"
    assert final.inputs[0].runs == 2
    assert final.inputs[0].version == "3.3.2"
    assert isinstance(final.host, Estimate)
    assert final.host.source == "log"


def test_a_stage_other_than_final_is_experimentation(folder: Path) -> None:
    final, sweep = runs(kept(folder, "name ~ sweep-* = sweep"))

    assert (final.phase, final.stage) == (None, "final")
    assert (sweep.phase, sweep.stage) == ("experimentation", "sweep")


def test_the_label_shows_final_and_development_apart(folder: Path) -> None:
    disclosure = assess(
        runs(kept(folder, "name ~ sweep-* = sweep")), region="FR", phase="fine-tuning"
    )

    assert [each.phase for each in disclosure.activities] == ["finetuning", "experimentation"]
    assert isinstance(disclosure.totals.training, Estimate)
    assert isinstance(disclosure.totals.electricity, Estimate)
    # Each stage holds one run of the same energy.
    ratio = disclosure.totals.electricity.value / disclosure.totals.training.value
    assert ratio == pytest.approx(2.0)


def test_runs_that_were_told_apart_are_no_error_on_the_label(tmp_path: Path) -> None:
    write(tmp_path / "emissions.csv", *(Made(id=node) for node in range(16)))
    project = collect([tmp_path], Choices(nodes={"final": 16}))
    log = Log("project.json", content=canonical.dumps(project))

    disclosure = assess(runs(log), region="FR")

    assert "overlapping-runs" not in {each.code for each in disclosure.findings}
    assert not [each for each in check(disclosure) if each.severity == "error"]
    assert disclosure.activities[0].runs == 16


def test_scaled_up_machines_are_plausible_on_the_label(tmp_path: Path) -> None:
    write(tmp_path / "emissions.csv", *(Made(id=node) for node in range(3)))
    project = collect([tmp_path], Choices(nodes={"final": 16}, scale_up=True))

    disclosure = assess(runs(Log("project.json", content=canonical.dumps(project))), region="FR")

    assert disclosure.activities[0].runs == 16
    assert isinstance(disclosure.totals.energy, Estimate)
    assert disclosure.totals.energy.value == pytest.approx(16 * 0.6)
    assert "machines-scaled-up" in {each.code for each in disclosure.findings}
    assert not [each for each in check(disclosure) if each.severity == "error"]


def test_what_was_left_out_and_unread_is_said_on_the_label(folder: Path) -> None:
    bad = SAMPLES / "bad" / "codecarbon-negative-energy.csv"
    (folder / "bad.csv").write_bytes(bad.read_bytes())

    found = {each.code: each.found for each in assess(runs(kept(folder)), region="FR").findings}

    assert found["runs-counted-once"] == "2 of 4 runs left out"
    assert found["logs-unread"] == "1 files"


def test_a_label_of_a_project_is_that_of_its_log(tmp_path: Path) -> None:
    path = write(tmp_path / "emissions.csv", Made())
    from_log = assess(runs_of(path), region="FR")
    from_project = assess(runs(kept(tmp_path)), region="FR")

    assert from_project.totals.energy == from_log.totals.energy
    assert from_project.totals.emissions == from_log.totals.emissions
    assert (
        from_project.activities[0].reported.model_dump()
        == from_log.activities[0].reported.model_dump()
    )


def runs_of(path: Path) -> list[Evidence]:
    from carbonlabel import read  # noqa: PLC0415 - only this oracle needs it

    return list(read(path))


def test_every_sample_comes_back_as_it_went_in() -> None:
    for folder in (SAMPLES / "codecarbon", SAMPLES / "carbontracker"):
        project = collect([folder])
        back = runs(Log("project.json", content=canonical.dumps(project)))
        kept_runs = [run for run in project.runs if run.counted]

        assert [run.devices or None for run in back] == [run.devices for run in kept_runs]
        assert [run.period for run in back] == [run.period for run in kept_runs]
        assert len({run.identity for run in back}) == len(back)


def test_a_job_that_was_started_again_is_two_runs(folder: Path) -> None:
    found: Json = json.loads(kept(folder).content or b"")
    found["runs"][3]["run"] = found["runs"][0]["run"]

    assert len({run.identity for run in runs(changed(found))}) == 2


def changed(found: Json) -> Log:
    return Log("project.json", content=json.dumps(found).encode())


def test_a_project_that_counts_nothing_is_refused(folder: Path) -> None:
    found: Json = json.loads(kept(folder).content or b"")
    for run in found["runs"]:
        run["counted"] = False

    with pytest.raises(InvalidDocument, match="no run of the project is counted"):
        runs(changed(found))


def test_a_newer_version_is_refused(folder: Path) -> None:
    found: Json = json.loads(kept(folder).content or b"")
    found["$schema"] = "https://w3id.org/carbonlabel/project/2-0-0"

    with pytest.raises(UnsupportedVersion, match="upgrade carbonlabel"):
        runs(changed(found))


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("counted", "yes", "/runs/0/counted"),
        ("stage", "best", "/runs/0/stage"),
        ("line", 0, "/runs/0/line"),
        ("host", "gpu01", "/runs/0"),
    ],
)
def test_a_wrong_value_is_named_with_its_place(
    key: str, value: object, place: str, folder: Path
) -> None:
    found: Json = json.loads(kept(folder).content or b"")
    found["runs"][0][key] = value
    found["runs"][1][key] = value

    with pytest.raises(InvalidDocument) as refused:
        runs(changed(found))

    assert refused.value.problems[0].startswith(f"{place}:")
    assert "more" in refused.value.message


def test_it_is_no_project() -> None:
    assert not reader.recognises(Log("carbon.json", content=b'{"$schema": "https://w3id.org/"}'))
    with pytest.raises(InvalidDocument, match="a JSON object"):
        projects.load(Log("project.json", content=b"[]"))


def test_a_project_is_read_up_to_a_size(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projects, "SIZE_LIMIT", 1000)

    with pytest.raises(MalformedInput, match="larger than"):
        runs(kept(folder))


HOSTILE = [b"", b"\xff", b"\0", b"NaN", b'{"$schema": 1, "$schema": 2}', b"[" * 100_000]


@pytest.mark.parametrize("content", HOSTILE)
def test_hostile_bytes_are_an_input_error(content: bytes) -> None:
    with pytest.raises(InputError):
        reader.read(Log("project.json", content=content))


def test_cut_anywhere_it_is_an_input_error_or_whole(tmp_path: Path) -> None:
    write(tmp_path / "emissions.csv", Made())
    content = kept(tmp_path).content or b""

    for end in range(0, len(content) - 2, 37):
        with pytest.raises(InputError):
            reader.read(Log("project.json", content=content[:end]))


@pytest.mark.parametrize("change", [lambda text: b"\xef\xbb\xbf" + text, None])
def test_a_byte_order_mark_and_other_line_ends_are_fine(change: Any, folder: Path) -> None:  # noqa: ANN401 - a function of bytes, or None
    text = kept(folder).content or b""
    content = change(text) if change else text.replace(b"\n", b"\r\n")

    assert len(runs(Log("project.json", content=content))) == 2


@pytest.mark.parametrize("word", ["\x1b[2J", "\n", "\u2028", "\ud800", "x" * 2001])
def test_a_project_with_words_that_we_never_write_is_refused(folder: Path, word: str) -> None:
    project = json.loads(kept(folder).document())
    project["runs"][0]["name"] = word

    with pytest.raises(MalformedInput, match="control characters"):
        reader.read(Log("project.json", content=json.dumps(project).encode()))
