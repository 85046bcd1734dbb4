"""What several tests share: the command line as a function, and the log of the example."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "emissions.csv"

with suppress(ModuleNotFoundError):  # trainings are tested where nothing else is installed
    from hypothesis import settings

    # How long one case takes says how busy the machine is, not whether the promise holds.
    settings.register_profile("carbonlabel", deadline=None)
    settings.load_profile("carbonlabel")


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    status: int
    out: bytes
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def carbonlabel() -> Run:
    """Run the program as a user does: in a process of its own, with bytes on stdin."""

    def run(*arguments: object, stdin: bytes = b"", cwd: Path = ROOT, **changes: str) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "carbonlabel", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            cwd=cwd,
            env={**os.environ, **changes},
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr.decode())

    return run


@pytest.fixture
def example() -> Path:
    """The log of eleven minutes of training that the project ships."""
    return EXAMPLE
