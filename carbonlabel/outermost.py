"""I am the one place that catches everything: at the end of a command, and around a guest's work.

A fault of ours ends a command with a line and an exit code, and a training run not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def contained(told: Callable[[Exception], None]) -> Iterator[None]:
    """Let no exception out of the block but what stops a program; `told` hears of it.

    An exception that `told` raises goes on.
    """
    try:
        yield
    except Exception as fault:  # noqa: BLE001 - the one place that must not fail
        told(fault)
