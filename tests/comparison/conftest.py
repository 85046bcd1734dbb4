"""What the tests of comparisons share: footprints made through the public door."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

import carbonlabel
from carbonlabel.intake import Log
from carbonlabel.model.disclosure import Disclosure, Subject
from carbonlabel.model.region import Place
from carbonlabel.readers.region import load_place
from tests.conftest import EXAMPLE

Made = Callable[..., Disclosure]


def place(  # noqa: PLR0913 - what a place has, each by name
    intensity: float | None = 50,
    *,
    ratio: float | None = 1.25,
    pue: float | None = None,
    code: str = "FR",
    scope: str = "lifecycle",
    site: str | None = None,
) -> Place:
    """The place of a region.yaml: its grid ÷ and × `ratio`, its PUE, if it counts, exact."""
    lines = [f"country: {code}", f"pue: {_exact(pue)}", *([f"site: {site}"] if site else [])]
    if intensity is not None:
        lines += ["intensity:", *(f"  {line}" for line in _factor(intensity, ratio, scope))]
    return load_place(Log("region.yaml", content="\n".join(lines).encode()))


def _exact(pue: float | None) -> str:
    return "not counted" if pue is None else f"{{value: {pue}, low: {pue}, high: {pue}}}"


def _factor(value: float, ratio: float | None, scope: str) -> list[str]:
    ends = (("low", value / ratio), ("high", value * ratio)) if ratio else ()
    figures = [f"{name}: {each:.12g} gCO2e/kWh" for name, each in (("value", value), *ends)]
    return [*figures, "year: 2025", f"scope: {scope}", "source: a test"]


def runs(*runs: str) -> io.BytesIO:
    """The file manual.yaml that holds these runs."""
    return io.BytesIO(("carbonlabel: runs\nruns:\n" + "".join(runs)).encode())


def run(energy: float, ratio: float | None = 1.4, **told: object) -> str:
    """One run of a manual.yaml, its energy ÷ and × `ratio`."""
    ends = f", low: {energy / ratio:.12g} kWh, high: {energy * ratio:.12g} kWh" if ratio else ""
    facts = {
        "energy": f"{{value: {energy:.12g} kWh{ends}}}",
        "phase": "fine-tuning",
        "pue_in_energy": "no",
        "started": "2025-03-03",
        **told,
    }
    first, *rest = (f"{key}: {value}\n" for key, value in facts.items() if value is not None)
    return "  - " + first + "".join(f"    {line}" for line in rest)


@pytest.fixture
def made() -> Made:
    """A disclosure of one stated run, or of several."""

    def make(
        model: str,
        *energies: float | str,
        at: Place | None = None,
        ratio: float | None = 1.4,
        subject: dict[str, Any] | None = None,
        **told: object,
    ) -> Disclosure:
        told_runs = [
            each if isinstance(each, str) else run(each, ratio, **told) for each in energies
        ]
        return carbonlabel.assess(
            carbonlabel.read(runs(*told_runs)),
            region=at or place(),
            subject=Subject(model=model, **(subject or {})),
        )

    return make


@pytest.fixture
def logged() -> Made:
    """A disclosure of CodeCarbon's log of one run, with some of its columns changed."""

    def make(model: str, *, at: Place | None = None, **columns: object) -> Disclosure:
        rows = list(csv.DictReader(EXAMPLE.read_text("utf-8").splitlines()))
        text = io.StringIO()
        writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        row = {**rows[-1], **{name: str(value) for name, value in columns.items()}}
        parts = ("cpu_energy", "gpu_energy", "ram_energy")
        writer.writerow({**row, "energy_consumed": repr(sum(float(row[part]) for part in parts))})
        return carbonlabel.assess(
            carbonlabel.read(io.BytesIO(text.getvalue().encode())),
            region=at or place(),
            subject=Subject(model=model),
            phase="fine-tuning",
        )

    return make
