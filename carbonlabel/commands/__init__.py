"""I know the commands: one module for each, loaded when it is called."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from importlib import import_module
from typing import Final, Protocol, cast


class Command(Protocol):
    """What the module of a command holds."""

    EXAMPLES: tuple[str, ...]
    """Command lines that `--help` shows."""

    def declare(self, parser: ArgumentParser) -> None:
        """Add the arguments of the command."""

    def run(self, options: Namespace) -> int:
        """Carry the command out; returns the exit code."""


COMMANDS: Final = {
    "label": "read, assess and draw in one go",
    "collect": "make one honest total of many logs",
    "estimate": "label a run that no tracker watched, or that is still to be",
    "assess": "turn logs into a disclosure (JSON)",
    "render": "turn a disclosure into documents",
    "check": "look for figures that do not follow or cannot be",
    "lint": "look for faults in what model cards declare",
    "verify": "work a disclosure out again, from its own inputs and files",
    "embed": "put the label into a model card, touching nothing else",
    "push": "bring the label to a card on the Hugging Face Hub",
    "read": "say what a model card declares",
    "explain": "say how a figure came about",
    "compare": "hold footprints against each other, where they compare at all",
    "regions": "compare the cloud regions near a place",
    "when": "find the times of least emissions in a grid series",
    "list": "say what is known here",
    "schema": "print a JSON Schema",
    "doctor": "say what works on this machine",
}
"""Each command with what it does, in the order in which `--help` lists them."""
_MODULES: Final = {"list": "listing"}


def command(name: str) -> Command:
    """The module of a command."""
    module = import_module(f"carbonlabel.commands.{_MODULES.get(name, name)}")
    return cast("Command", module)
