"""I keep the script of a test: which faults befall which calls, and in what order."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from tests.hub.answers import Answer
from tests.hub.calls import Call
from tests.hub.faults import Fault, Proceed

ALWAYS: Final = -1


@dataclass
class Scene:
    """The faults of one kind of call: one after the other, the row played `times` times."""

    name: str
    faults: Sequence[Fault]
    method: str = ""
    repo: str = ""
    times: int = 1
    every: int = 1
    """Only each n-th matching call is struck."""
    seen: int = field(default=0, init=False)

    def strikes(self, call: Call) -> Fault | None:
        """The fault for this call, if any is left; the call counts as seen."""
        if not self._fits(call):
            return None
        self.seen += 1
        if self.seen % self.every:
            return None
        turn = self.seen // self.every - 1
        if self.times != ALWAYS and turn >= self.times * len(self.faults):
            return None
        return self.faults[turn % len(self.faults)]

    def _fits(self, call: Call) -> bool:
        return (
            self.name in {call.name, "*"}
            and self.method in {"", call.method}
            and self.repo in {"", call.repo}
        )


class Script:
    """All scenes of a test; safe to play from many threads."""

    def __init__(self) -> None:
        """Begin without a fault."""
        self._scenes: list[Scene] = []
        self._lock = threading.Lock()

    def add(self, scene: Scene) -> None:
        """Put a scene after the others."""
        with self._lock:
            self._scenes.append(scene)

    def clear(self) -> None:
        """Forget all faults."""
        with self._lock:
            self._scenes.clear()

    def play(self, call: Call, proceed: Proceed) -> Answer:
        """The answer to a call after all faults that befall it, the first added outermost."""
        with self._lock:
            struck = [fault for scene in self._scenes if (fault := scene.strikes(call))]
        for fault in reversed(struck):
            proceed = partial(fault, call, proceed)
        return proceed()
