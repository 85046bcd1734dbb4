"""Rules sort runs into stages."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlabel.collection import collect
from carbonlabel.collection.choices import Choices, machine_count, nodes_named, wish_named
from carbonlabel.collection.stagefile import load_stages
from carbonlabel.collection.stages import stage_rule
from carbonlabel.errors import InputError
from carbonlabel.intake import Log
from tests.collection.made import Made, total_kwh, write

YAML = b"""\
stages:
  - name: sweep-*
    stage: sweep
  - path: "**/old/*"
    tracker: CodeCarbon
    stage: ablation
"""


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    write(tmp_path / "main.csv", Made(name="train"))
    write(tmp_path / "sweeps" / "lr" / "1.csv", Made(id=1, begin_h=2, name="sweep-1"))
    write(tmp_path / "sweeps" / "lr" / "2.csv", Made(id=2, begin_h=4, name="sweep-2"))
    write(tmp_path / "old" / "3.csv", Made(id=3, begin_h=6, name="train"))
    return tmp_path


def stages(folder: Path, *rules: str) -> list[str]:
    project = collect([folder], Choices(rules=tuple(map(stage_rule, rules))))
    return [run.stage for run in project.runs]


def test_without_a_rule_every_run_is_final(runs: Path) -> None:
    assert stages(runs) == ["final"] * 4


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("name ~ sweep-* = sweep", ["final", "final", "sweep", "sweep"]),
        ("path ~ sweeps/** = sweep", ["final", "final", "sweep", "sweep"]),
        ("path ~ sweeps/* = sweep", ["final"] * 4),
        ("path ~ **/lr/?.csv = debug", ["final", "final", "debug", "debug"]),
        ("path ~ *.csv = debug", ["debug", "final", "final", "final"]),
        ("tracker ~ CodeCarbon = ablation", ["ablation"] * 4),
        ("state ~ incomplete = failed", ["final"] * 4),
        ("NAME~train=Debug", ["debug", "debug", "final", "final"]),
    ],
)
def test_a_rule_fits_by_name_path_tracker_or_state(
    rule: str, expected: list[str], runs: Path
) -> None:
    assert stages(runs, rule) == expected


def test_the_first_rule_that_fits_decides(runs: Path) -> None:
    found = stages(runs, "name ~ sweep-2 = debug", "name ~ sweep-* = sweep")

    assert found == ["final", "final", "sweep", "debug"]


def test_the_sums_stand_apart_in_the_order_of_the_stages(runs: Path) -> None:
    rules = (stage_rule("path ~ old/* = ablation"), stage_rule("name ~ sweep-* = sweep"))
    project = collect([runs], Choices(rules=rules))

    assert [each.stage for each in project.totals] == ["final", "ablation", "sweep"]
    assert total_kwh(project, "sweep") == pytest.approx(1.2)
    assert project.told.stages == ("path ~ old/* = ablation", "name ~ sweep-* = sweep")


def test_a_run_that_broke_off_can_be_called_failed(tmp_path: Path) -> None:
    path = write(tmp_path / "emissions.csv", Made(), Made(id=1, begin_h=3))
    whole = path.read_text("utf-8")
    path.write_text(whole + Made(id=1, begin_h=3, hours=2).text[:200], "utf-8")

    assert stages(tmp_path, "state ~ incomplete = failed") == ["final", "failed"]


@pytest.mark.parametrize(
    ("rule", "hint"),
    [
        ("sweep", "write it like"),
        ("nam ~ a = sweep", "did you mean name"),
        ("name ~ a = swep", "did you mean sweep"),
        ("name ~ a = ", "write it like"),
        ("name ~ = sweep", "write it like"),
        ("x ~ a = sweep", "one of name, path, tracker, state"),
    ],
)
def test_a_rule_that_is_none_says_how_to_write_it(rule: str, hint: str) -> None:
    with pytest.raises(InputError) as refused:
        stage_rule(rule)

    assert hint in str(refused.value)


def test_rules_stand_in_a_file_too(runs: Path) -> None:
    rules = load_stages(Log("stages.yaml", content=YAML))

    project = collect([runs], Choices(rules=rules))
    assert [run.stage for run in project.runs] == ["final", "ablation", "sweep", "sweep"]
    assert str(rules[1]) == "path ~ **/old/* and tracker ~ CodeCarbon = ablation"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (b"stages:\n  - stage: sweep\n", "stages.yaml:2"),
        (b"stages:\n  - name: a\n", "stages.yaml:2"),
        (b"stages:\n  - name: a\n    stage: best\n", "stages.yaml:3 stages[0].stage"),
        (b"stages: []\n", "stages.yaml:1 stages"),
        (b"rules: []\n", "stages.yaml:1 rules"),
    ],
)
def test_a_file_that_is_wrong_names_the_line(text: bytes, where: str) -> None:
    with pytest.raises(InputError) as refused:
        load_stages(Log("stages.yaml", content=text))

    assert (refused.value.where or "").startswith(where)


def test_machines_are_told_for_all_stages_or_for_one() -> None:
    assert nodes_named(["4", "final=16"]) == {
        "final": 16,
        "ablation": 4,
        "sweep": 4,
        "debug": 4,
        "failed": 4,
    }


@pytest.mark.parametrize("text", ["", "0", "-1", "1.5", "many", "final=", "²", "9" * 12])
def test_a_number_of_machines_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="no number of machines"):
        nodes_named([text])


def test_python_may_give_a_number() -> None:
    assert machine_count(16) == 16


def test_a_way_to_count_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="no way to count"):
        wish_named("mean")
