"""I time two commands in turn and report the ratio of their processor times.

CPU time (user + system) of the whole process, start-up included; A and B run in turn, the ratio is
taken pair by pair, and its median is what counts: a machine's drift touches both alike.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
_COMPILED = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
# As an installer leaves a package: with its byte code.


@dataclass(frozen=True)
class Goal:
    """A command, what it is measured against, and the ratio that it should not exceed."""

    name: str
    command: Sequence[str]
    reference: Sequence[str]
    most_ratio: float


def cpu_s(command: Sequence[str]) -> float:
    """Seconds of processor time that one run of `command` takes."""
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, no path of ours
        child = subprocess.Popen(command, cwd=ROOT, stdout=nowhere, stderr=nowhere, env=_COMPILED)
        _, status, used = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)} failed")
    return used.ru_utime + used.ru_stime


def ratio(goal: Goal, rounds: int) -> float:
    """The median of A ÷ B over `rounds` pairs, after one pair that is not counted."""
    cpu_s(goal.command), cpu_s(goal.reference)
    return statistics.median(cpu_s(goal.command) / cpu_s(goal.reference) for _ in range(rounds))


def report(goals: Sequence[Goal], rounds: int) -> None:
    """Print one line for each goal: its ratio, its bound, and whether it holds."""
    for goal in goals:
        found = ratio(goal, rounds)
        verdict = "holds" if found <= goal.most_ratio else "MISSED"
        print(f"{goal.name:<28} {found:5.2f} x  (at most {goal.most_ratio:.2f})  {verdict}")
