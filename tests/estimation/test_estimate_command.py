"""The verb `estimate` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from carbonlabel.cli import main

Said = pytest.CaptureFixture[str]
ALONE = ["--gpu", "RTX 4090", "--hours", "6.5", "--region", "DE", "--year", "2025"]


def test_the_label_is_in_the_terminal_with_its_wide_range(capsys: Said) -> None:
    assert main(["estimate", *ALONE]) == 0
    said = capsys.readouterr()

    assert "At least" in said.out
    assert "2.9 kWh (0.4–3.1)" in said.out
    assert "● 0 %, ◐ 83 %" in said.out
    assert "warning[host-not-stated]" in said.err


def test_a_plan_is_drawn_as_one_in_every_document(tmp_path: Path, capsys: Said) -> None:
    told = [*ALONE, "--before", "--model", "a/b", "--parameters", "67M", "--phase", "fine-tuning"]

    assert main(["estimate", *told, "-o", str(tmp_path)]) == 0

    assert "Planned" in capsys.readouterr().out
    assert json.loads((tmp_path / "carbon.json").read_text())["totals"]["headline"] == "planned"
    assert "**Planned**" in (tmp_path / "LABEL.md").read_text()
    assert "planned" in (tmp_path / "README.md").read_text()


def test_nothing_of_the_machine_or_the_command_line_enters(tmp_path: Path, capsys: Said) -> None:
    assert main(["estimate", *ALONE, "-q", "-t", "json"]) == 0
    text = capsys.readouterr().out

    assert "--gpu" not in text
    assert str(tmp_path.parent) not in text
    assert json.loads(text)["inputs"] == {}


def test_an_estimate_passes_its_own_check(tmp_path: Path, capsys: Said) -> None:
    kept = tmp_path / "carbon.json"
    host = ["--cpu", "EPYC 7763", "--memory", "64GB", "--pue", "1.2"]
    assert main(["estimate", *ALONE, *host, "-q", "-t", f"json={kept}"]) == 0

    assert main(["check", str(kept)]) == 0
    assert main(["explain", str(kept), "/activities/0/parts/0/energy"]) == 0
    assert "stated: gpu RTX 4090; hours 6.5" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "status", "why"),
    [
        (["--gpu", "RTX 4O90", "--hours", "1"], 4, "did you mean"),
        (["--cpu", "Xeon 8480", "--hours", "3"], 4, "Intel Xeon Platinum 8480+"),
        (["--gpu", "A100", "--hours", "1", "--region", "Frnace"], 4, "France"),
        (["--gpu", "A100", "--hours", "x"], 3, "6.5 for 6.5 h"),
        (["--gpu", "A100", "--flop", "3e24"], 3, "--flop 3e24 --mfu 40%"),
        (["--gpu", "A100", "--hours", "1", "--parameters", "many"], 3, "67M"),
        (["--gpu", "A100", "--hours", "1", "--phase", "tunning"], 3, "fine-tuning"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(
    arguments: list[str], status: int, why: str, capsys: Said
) -> None:
    assert main(["estimate", *arguments]) == status
    assert why in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--hours", "3"], ["--gpu", "A100"]])
def test_wrong_usage_is_exit_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main(["estimate", *arguments])

    assert done.value.code == 2


def test_the_inventory_of_a_person_counts_instead_of_defaults(capsys: Said) -> None:
    hardware = Path(__file__).parents[2] / "examples" / "hardware.yaml"

    assert main(["estimate", *ALONE, "--hardware", str(hardware), "-q", "-t", "json"]) == 0

    assert "hardware" in json.loads(capsys.readouterr().out)["inputs"]
