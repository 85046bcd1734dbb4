"""Logs of CodeCarbon made to order: each row a run on a machine of two accelerators."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.project import Project

EXAMPLE = Path(__file__).parents[2] / "examples" / "emissions.csv"
HEAD, ROW = EXAMPLE.read_text("utf-8").splitlines()
BEGIN = datetime(2026, 3, 1, 12)  # noqa: DTZ001 - CodeCarbon writes local times
A100 = "2 x NVIDIA A100-SXM4-80GB"


@dataclass(frozen=True)
class Made:
    """One row of emissions.csv, energies in kWh."""

    id: int = 0
    begin_h: float = 0.0
    hours: float = 1.0
    gpu_kwh: float = 0.5
    cpu_kwh: float = 0.1
    gpu: str = A100
    cpu: str = "AMD EPYC 7763"
    mode: str = "machine"
    name: str = "tiny-gpt"
    others: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The row; memory draws nothing, so that sums are easy to see."""
        end = BEGIN + timedelta(hours=self.begin_h + self.hours)
        seconds = self.hours * 3600
        changed = {
            "timestamp": end.replace(microsecond=0).isoformat(),
            "project_name": self.name,
            "run_id": str(uuid.UUID(int=self.id + 1)),
            "duration": f"{seconds}",
            "emissions": "0.1",
            "cpu_energy": f"{self.cpu_kwh}",
            "gpu_energy": f"{self.gpu_kwh}",
            "ram_energy": "0",
            "energy_consumed": f"{self.cpu_kwh + self.gpu_kwh}",
            "cpu_model": self.cpu,
            "gpu_count": self.gpu.partition(" ")[0] if self.gpu else "0",
            "gpu_model": self.gpu,
            "tracking_mode": self.mode,
            **self.others,
        }
        fields = dict(zip(HEAD.split(","), ROW.split(","), strict=True)) | changed
        return ",".join(fields.values())


def write(path: Path, *rows: Made) -> Path:
    """An emissions.csv with these rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEAD, *(row.text for row in rows)]) + "\n", "utf-8")
    return path


def total_kwh(project: Project, stage: str = "final") -> float:
    """The energy of a stage."""
    (found,) = (each.energy for each in project.totals if each.stage == stage)
    return value(found)


def value(quantity: Estimate | Missing) -> float:
    """The figure, which has to be there."""
    assert isinstance(quantity, Estimate)
    return quantity.value


def codes(project: Project) -> list[str]:
    """Codes of all findings."""
    return [each.code for run in project.runs for each in run.findings or ()]


def counted(project: Project) -> list[str]:
    """The files of the counted runs."""
    return [run.file for run in project.runs if run.counted]
