"""I am a disclosure as what keeps track of experiments takes it: some files and some numbers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from carbonlabel import registry
from carbonlabel.model.estimate import Estimate
from carbonlabel.plugins import Options

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure

DOCUMENTS: Final = ("json", "png", "svg")
_FIGURES: Final = (
    ("electricity_gco2e", "electricity"),
    ("total_gco2e", "emissions"),
    ("energy_kwh", "energy"),
)


def numbers(disclosure: Disclosure) -> dict[str, float]:
    """Electricity and total in gCO2e and energy in kWh, each with low and high where known.

    What is missing is left out: a zero would be a claim.
    """
    found: dict[str, float] = {}
    for name, place in _FIGURES:
        figure = getattr(disclosure.totals, place)
        if not isinstance(figure, Estimate):
            continue
        for end, value in (("", figure.value), ("_low", figure.low), ("_high", figure.high)):
            if value is not None:
                found[f"{name}{end}"] = value
    return found


@contextmanager
def documents(disclosure: Disclosure) -> Iterator[Path]:
    """A folder with carbon.json and the label as PNG and SVG, which is gone after the block."""
    with tempfile.TemporaryDirectory(prefix="carbonlabel-") as room:
        folder = Path(room)
        for name in DOCUMENTS:
            renderer = registry.renderer(name)
            (folder / renderer.file_name).write_bytes(renderer.render(disclosure, Options()))
        yield folder
