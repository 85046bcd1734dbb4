"""`carbonlabel lint` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from carbonlabel import cli
from tests.conftest import Run

SLIP = "---\nco2_eq_emissions:\n  emissions: 5.6\n  source: x y\n---\n\n5.6 kg CO2\n"
SLIPPED = (
    "The figure is 1,000 times too small, as where kilograms are written for grams: "
    "the text says 5.6 kg CO2."
)
SOUND = (
    "---\nco2_eq_emissions:\n  emissions: 5600\n  source: x y\n  training_type: pre-training\n---\n"
)


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder of two models, the second a copy of the first one's figure."""
    base, heir = tmp_path / "org" / "base", tmp_path / "me" / "mine"
    derived = SOUND.replace("---", "---\nbase_model: org/base", 1)
    for folder, text in ((base, SOUND), (heir, derived)):
        folder.mkdir(parents=True)
        (folder / "README.md").write_text(text)
    return tmp_path


def test_a_fault_has_its_place_and_fails(carbonlabel: Run, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(SLIP)
    done = carbonlabel("lint", "README.md", cwd=tmp_path)

    assert done.status == 1
    assert done.out.decode().splitlines() == [
        f"README.md:3:14: error[unit-slip-1000] {SLIPPED}",
        "  found 5.6 g, expected 5600 g",
        "  write 5600",
    ]
    assert "1 error, 0 warnings, 0 notes in 1 file, 1 with co2_eq_emissions" in done.err


def test_a_sound_card_passes_in_silence(carbonlabel: Run, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(SOUND)
    done = carbonlabel("lint", "README.md", "-q", cwd=tmp_path)

    assert (done.status, done.out, done.err) == (0, b"", "")


def test_cards_of_a_folder_are_compared_with_their_base(carbonlabel: Run, models: Path) -> None:
    done = carbonlabel("lint", ".", cwd=models)

    assert done.status == 1
    assert done.out.decode().startswith("me/mine/README.md:4:14: error[inherited-figure]")


def test_strict_fails_on_warnings(carbonlabel: Run, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("---\nco2_eq_emissions: 5\n---\n")

    assert carbonlabel("lint", "README.md", cwd=tmp_path).status == 0
    assert carbonlabel("lint", "README.md", "--strict", cwd=tmp_path).status == 1


def test_fix_shows_its_change_and_makes_it(carbonlabel: Run, tmp_path: Path) -> None:
    card = tmp_path / "README.md"
    card.write_text(SLIP)

    shown = carbonlabel("lint", "README.md", "--fix", "--diff", cwd=tmp_path)
    assert shown.status == 1
    assert "-  emissions: 5.6\n+  emissions: 5600\n" in shown.out.decode()
    assert card.read_text() == SLIP

    done = carbonlabel("lint", "README.md", "--fix", cwd=tmp_path)
    assert done.status == 0
    assert "fixed [unit-slip-1000]" in done.err
    assert card.read_text() == SLIP.replace(": 5.6", ": 5600")

    again = carbonlabel("lint", "README.md", "--diff", cwd=tmp_path)
    assert (again.status, again.out) == (0, b"")


def test_a_card_that_cannot_be_fixed_is_left_and_told(carbonlabel: Run, tmp_path: Path) -> None:
    text = "---\nlicense: a\nlicense: b\nco2_eq_emissions:\n  emissions: 1e-5\n---\n"
    (tmp_path / "README.md").write_text(text)
    done = carbonlabel("lint", "README.md", "--fix", cwd=tmp_path)

    assert done.status == 1
    assert "left as it is: README.md:3:1" in done.err
    assert (tmp_path / "README.md").read_text() == text


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_programs_get_json(carbonlabel: Run, tmp_path: Path, form: str) -> None:
    (tmp_path / "README.md").write_text(SLIP)
    done = carbonlabel("lint", "README.md", "--format", form, "-o", "found.json", cwd=tmp_path)

    found = json.loads((tmp_path / "found.json").read_bytes())
    results = found["findings"] if form == "json" else found["runs"][0]["results"]
    assert done.status == 1
    assert [each.get("code") or each["ruleId"] for each in results] == ["unit-slip-1000"]


def test_a_workflow_gets_annotations(carbonlabel: Run, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(SLIP)
    done = carbonlabel("lint", "README.md", "--format", "github", cwd=tmp_path)

    assert done.out.decode().startswith(
        "::error file=README.md,line=3,col=14,endColumn=17,title=unit-slip-1000::The figure"
    )


def test_a_card_that_is_not_text_does_not_stop_the_others(carbonlabel: Run, models: Path) -> None:
    (models / "bad.md").write_bytes(b"---\n\xff\n---\n")
    done = carbonlabel("lint", ".", "-q", cwd=models)

    codes = [line.partition("[")[2].partition("]")[0] for line in done.out.decode().splitlines()]
    assert [code for code in codes if code] == ["card-unreadable", "inherited-figure"]


def test_a_card_that_nobody_can_open_does_not_stop_the_others(
    carbonlabel: Run, models: Path
) -> None:
    (models / "README.md").symlink_to("nowhere")
    done = carbonlabel("lint", ".", "--fix", cwd=models)

    assert "README.md:1:1: error[card-unreadable] The card cannot be read: no such file" in (
        done.out.decode()
    )
    assert "in 3 files" in done.err


def test_long_work_before_a_person_shows_how_far_it_is(
    models: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("carbonlabel.commands.lint._MANY", 1)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    status = cli.main(["lint", str(models), "-q"])

    assert status == 1
    assert "0/2" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["nothing.md"], 3, "no such card or folder"),
        (["."], 3, "no model card here"),
        (["README.md", "--diff", "--format", "json"], 2, "--diff writes a diff"),
    ],
)
def test_wrong_usage_is_told(
    carbonlabel: Run, tmp_path: Path, arguments: list[str], status: int, told: str
) -> None:
    done = carbonlabel("lint", *arguments, cwd=tmp_path)

    assert done.status == status
    assert told in done.err
