"""Every state of the label as it was signed off, and as its command line makes it."""

from __future__ import annotations

import importlib
import subprocess
import sys
from difflib import unified_diff
from pathlib import Path

import pytest

from carbonlabel import checks

ROOT = Path(__file__).parents[2]
SCRIPTS = str(ROOT / "scripts")
if SCRIPTS not in sys.path:
    sys.path.append(SCRIPTS)
states = importlib.import_module("states")
build_gold = importlib.import_module("build_gold")

IDS = [each.name for each in states.STATES]


def difference(path: Path, new: bytes) -> str:
    """What changed, as a reviewer reads it."""
    old = path.read_text("utf-8").splitlines() if path.exists() else []
    return "\n".join(unified_diff(old, new.decode().splitlines(), path.name, "drawn now", n=1))


@pytest.mark.parametrize("state", states.STATES, ids=IDS)
def test_a_state_is_drawn_as_it_was_signed_off(state: object) -> None:
    changed = [difference(path, new) for path, new in build_gold.of_state(state)]

    assert not "".join(changed), "make gold, and look at out/gold/index.html"


def test_nothing_is_signed_off_that_is_no_longer_drawn() -> None:
    kept = set((ROOT / "tests" / "gold" / "states").iterdir())
    drawn = {path for state in states.STATES for path, _ in build_gold.of_state(state)}

    assert kept == drawn


@pytest.mark.parametrize("state", states.STATES, ids=IDS)
def test_only_the_state_that_says_so_fails_a_check(state: object) -> None:
    found = checks.check(state.disclosure(), profile="draft")  # type: ignore[attr-defined]

    errors = [each for each in found if each.severity == "error"]
    assert bool(errors) == (state.name == "failed-check"), errors  # type: ignore[attr-defined]


def test_a_state_is_what_its_command_line_makes(tmp_path: Path) -> None:
    code = (
        "import os, sys; sys.path.insert(0, sys.argv[1]); import states; os.chdir(states.INPUTS)\n"
        "for each in states.STATES:\n"
        "    kept = (states.FOLDER / f'{each.name}.json').read_bytes()\n"
        "    if each.name in sys.argv[2:] and states.made(each) != kept: print(each.name)"
    )
    command = [sys.executable, "-c", code, SCRIPTS, "complete", "no-range", "verified", "hostile"]

    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)

    assert done.stdout == "", "scripts/build_states.py makes them anew"
