"""What others copy into their CI: the action, the hooks, and the pages that show them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
ACTION: Any = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOOKS: Any = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"] if "name" in step}
TINY_CARD = "---\nco2_eq_emissions:\n  emissions: TBD\n---\n# A card\n"


def carried_out(script: str, folder: Path, **said: str) -> subprocess.CompletedProcess[str]:
    """What a step prints, with the program of this environment on its path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=folder, env={**os.environ, **said, "PATH": path},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def step(name: str, folder: Path, **said: str) -> subprocess.CompletedProcess[str]:
    defaults = {
        variable: ACTION["inputs"][re.findall(r"inputs\.([a-z-]+)", value)[0]]["default"]
        for variable, value in STEPS[name]["env"].items()
    }
    return carried_out(STEPS[name]["run"], folder, **{**defaults, **said})


def test_no_input_is_pasted_into_a_script() -> None:
    assert not [name for name, each in STEPS.items() if "${{" in each["run"]]


def test_the_action_annotates_a_card_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(TINY_CARD, "utf-8")

    done = step("Lint model cards", tmp_path, CARDS="README.md\n")

    assert done.returncode == 1
    assert re.search(r"^::error file=README\.md,line=3,", done.stdout, re.MULTILINE)


def test_the_name_of_a_card_is_no_command(tmp_path: Path) -> None:
    done = step("Lint model cards", tmp_path, CARDS="$(touch gotcha) --help\n; touch gotcha")

    assert done.returncode == 3
    assert not (tmp_path / "gotcha").exists()


@pytest.mark.parametrize(("budget", "status"), [("6 Wh", 0), ("4 Wh", 1)])
def test_the_action_holds_a_run_to_its_budget(budget: str, status: int, tmp_path: Path) -> None:
    # examples/emissions.csv holds 5.14 Wh.
    example = ROOT / "examples" / "emissions.csv"
    made = carried_out(f"carbonlabel assess -q '{example}' --region FR -o carbon.json", tmp_path)
    assert made.returncode == 0

    done = step("Check the disclosure", tmp_path, DISCLOSURE="carbon.json", BUDGET=budget)

    assert done.returncode == status
    assert ("budget-exceeded" in done.stdout) == bool(status)


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_a_hook_takes_the_files_that_it_is_for(hook: dict[str, str]) -> None:
    ours = ("carbon.json", "a/carbon.json", "README.md", "a/b/README.md", "LABEL.md")
    taken = [name for name in ours if re.search(hook["files"], name)]

    assert taken == (list(ours[:2]) if hook["id"] == "carbonlabel-check" else list(ours[2:4]))


def test_the_hook_of_disclosures_checks_each_file(tmp_path: Path) -> None:
    entry = next(hook["entry"] for hook in HOOKS if hook["id"] == "carbonlabel-check")
    (tmp_path / "carbon.json").write_text("{}", "utf-8")

    assert carried_out(f"{entry} carbon.json carbon.json", tmp_path).returncode == 1
    assert carried_out(entry, tmp_path).returncode == 0


def test_the_page_shows_inputs_and_hooks_that_exist() -> None:
    page = (ROOT / "docs" / "ci.md").read_text("utf-8")
    blocks = [yaml.safe_load(each) for each in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)]
    ids = {
        hook["id"] for block in blocks for repo in block.get("repos", ()) for hook in repo["hooks"]
    }
    uses = [
        each
        for block in blocks
        for job in block.get("jobs", {}).values()
        for each in job["steps"]
        if each.get("uses", "").startswith("OWNER/")
    ]

    assert ids <= {hook["id"] for hook in HOOKS}
    assert uses
    assert all(set(each["with"]) <= set(ACTION["inputs"]) for each in uses)
