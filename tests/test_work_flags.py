"""Tokens, operations, use and base models on the command line, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from carbonlabel.cli import main

ROOT = Path(__file__).parents[1]
EXAMPLE = str(ROOT / "examples" / "emissions.csv")
BASE = str(ROOT / "tests" / "samples" / "disclosures" / "carbon-two-gpus.json")

MANUAL = """\
carbonlabel: runs
runs:
  - {name: train, hours: 100, count: 8, power: 400 W, device: NVIDIA A100-SXM4-80GB,
     covers: [accelerators, host], country: FR, started: 2025-03-11}
"""


@pytest.fixture
def manual(tmp_path: Path) -> str:
    path = tmp_path / "manual.yaml"
    path.write_text(MANUAL, "utf-8")
    return str(path)


def assessed(capfdbinary: pytest.CaptureFixture[bytes], *arguments: str) -> dict[str, Any]:
    assert main(["assess", "-q", *arguments]) == 0
    found: dict[str, Any] = json.loads(capfdbinary.readouterr().out)
    return found


def refused(capfdbinary: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, str]:
    try:
        status = main(["assess", "-q", *arguments])
    except SystemExit as end:
        status = int(str(end.code))
    return status, capfdbinary.readouterr().err.decode()


def test_tokens_and_parameters_give_operations_and_scores(
    manual: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """6 × 7e9 × 1e12 = 4.2e22 FLOP."""
    found = assessed(
        capfdbinary, manual, "--parameters", "70B", "--active-parameters", "7B", "--tokens", "1T"
    )

    compute = found["activities"][0]["compute"]
    assert compute["flop"]["value"] == pytest.approx(4.2e22)
    assert (compute["method"], compute["tokens"]) == ("6ND", 1e12)
    assert found["subject"] == {"parameters": 70_000_000_000, "active_parameters": 7_000_000_000}
    assert set(found["totals"]["sci"]) == {
        "billion parameters",
        "billion active parameters",
        "million training tokens",
        "EFLOP",
    }


def test_operations_cite_the_command_line(
    manual: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    found = assessed(capfdbinary, manual, "--flop", "3e20")

    compute = found["activities"][0]["compute"]
    assert (compute["method"], compute["flop"]["source"]) == ("stated", "typed")
    assert found["sources"]["typed"] == {"title": "stated on the command line"}


def test_a_utilisation_gives_operations_of_the_machines(
    manual: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """800 h × 3 600 s × 312e12 FLOP/s × 0.4."""
    found = assessed(capfdbinary, manual, "--mfu", "40 %")

    compute = found["activities"][0]["compute"]
    assert compute["flop"]["value"] == pytest.approx(800 * 3600 * 312e12 * 0.4)
    assert compute["method"] == "hardware"


def test_a_count_makes_a_tracker_s_log_of_use_a_rate(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    found = assessed(
        capfdbinary, EXAMPLE, "--region", "FR", "--phase", "inference", "--served", "2k requests"
    )

    work = found["activities"][0]["workload"]
    energy = sum(part.get("energy", {}).get("value", 0) for part in found["activities"][0]["parts"])
    assert (work["unit"], work["count"], work["per"]) == ("request", 2000, 1000)
    assert work["energy"]["value"] == pytest.approx(energy / 2)


def test_base_models_by_name_and_by_disclosure(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    found = assessed(
        capfdbinary,
        *(EXAMPLE, "--region", "FR", "--model", "me/mine"),
        *("--base-model", BASE, "--base-model", "a/b@main", "--relation", "fine-tune"),
    )

    assert found["subject"]["base_models"] == ["acme/two-gpus", "a/b@main"]
    assert [each["relation"] for each in found["lineage"]] == ["finetune", "finetune"]
    assert found["lineage"][0]["emissions"]["value"] == 0.05561248
    assert found["inputs"]["base"]["file"] == "carbon-two-gpus.json"
    assert found["lineage"][1]["emissions"]["missing"] == "not-stated"


def test_an_adapter_s_own_setting_says_what_it_is(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    setting = tmp_path / "adapter_config.json"
    setting.write_text('{"base_model_name_or_path": "a/b", "peft_type": "LORA"}', "utf-8")

    found = assessed(capfdbinary, EXAMPLE, "--region", "FR", "--base-model", str(setting))

    assert (found["subject"]["base_models"], found["subject"]["relation"]) == (["a/b"], "adapter")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("--tokens", "many"), 3, "'many' is no count"),
        (("--flop", "3 PFLOPS"), 3, "is no unit here"),
        (("--mfu", "140 %"), 3, "1.4 is no utilisation"),
        (("--served", "requests"), 3, "is no count of a unit"),
        (("--served", "3 requests"), 3, "no run is of one"),
        (("--phase", "evaluation", "--tokens", "4T"), 3, "no run is of one"),
        (("--base-model", "gpt2"), 3, "'gpt2' is no name of a model"),
        (("--base-model", "nowhere/carbon.json"), 3, "carbon.json"),
        (("--base-model", "a/b", "--relation", "cousin"), 3, "no relation is called 'cousin'"),
        (("--relation", "adapter"), 3, "none is named"),
        (("--model", "a/b", "--base-model", "a/b"), 3, "named as its own base model"),
        (("--parameters", "1B", "--active-parameters", "2B"), 2, "cannot be more"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_that_says_where(
    arguments: tuple[str, ...],
    status: int,
    words: str,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    found, said = refused(capfdbinary, EXAMPLE, "--region", "FR", *arguments)

    assert found == status
    assert words in said
    assert "Traceback" not in said


def test_the_same_words_give_the_same_bytes(
    manual: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    arguments = (
        "assess",
        "-q",
        manual,
        "--tokens",
        "1T",
        "--parameters",
        "7B",
        "--base-model",
        BASE,
    )

    assert main([*arguments]) == 0
    first = capfdbinary.readouterr().out
    assert main([*arguments]) == 0
    assert capfdbinary.readouterr().out == first
