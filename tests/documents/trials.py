"""A training that has everything a report can show: series, stages, a grid by the hour, use."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from carbonlabel.assessment import assess
from carbonlabel.model.disclosure import Disclosure, Subject
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence, Served, Work
from carbonlabel.model.hardware import Device
from carbonlabel.model.market import Contract
from carbonlabel.model.provenance import Input, Period, Source
from carbonlabel.model.region import Place
from carbonlabel.model.series import GridSeries, Point
from carbonlabel.model.waiver import Waiver

BEGIN = datetime(2025, 11, 3, 9, tzinfo=timezone(timedelta(hours=1)))
LOG = Input(
    file="power-of-the-cluster.csv", sha256="ab" * 32, format="nvidia-smi-csv",
    tracker="nvidia-smi", runs=10,
)  # fmt: skip
SERIES = Input(
    file="FR_2025_hourly.csv", sha256="cd" * 32, format="electricity-maps",
    tracker="Electricity Maps",
)  # fmt: skip
NOT_HERE = Missing(missing="not-applicable", reason="not in this log")
BOARDS = Device(name="NVIDIA H100 80GB HBM3", kind="accelerator", count=8)


def measured(value: float, unit: str, basis: Any = "measured") -> Estimate:  # noqa: ANN401 - a literal
    return Estimate(value=value, unit=unit, basis=basis, source="log")  # type: ignore[arg-type]  # a unit


def typed(value: float, low: float, high: float, unit: str) -> Estimate:
    return Estimate(
        value=value, low=low, high=high, unit=unit, basis="estimated", year=2025, source="typed"  # type: ignore[arg-type]  # a unit
    )  # fmt: skip


def run(name: str, first_h: int, hours: int, power_kw: float, **changes: Any) -> Evidence:  # noqa: ANN401 - any field of evidence
    """A run on the cluster from an hour on, for some hours, at about this power."""
    begin = BEGIN + timedelta(hours=first_h)
    used = tuple(
        (begin + timedelta(hours=hour), power_kw * (0.8 + 0.2 * math.sin(hour / 3)))
        for hour in range(hours)
    )
    whole_kwh = sum(each for _, each in used)
    told: dict[str, Any] = {
        "run": name, "place": f"{LOG.file}:2", "tracker": "nvidia-smi", "inputs": (LOG,),
        "period": Period(start=begin, end=begin + timedelta(hours=hours), zone="+01:00"),
        "duration": measured(3600.0 * hours, "s"),
        "accelerators": measured(0.9 * whole_kwh, "kWh"),
        "host": measured(0.1 * whole_kwh, "kWh", "estimated"), "computing": NOT_HERE,
        "sensors": {"accelerators": "counter", "host": "model"}, "pue_in_energy": "no",
        "pue": Missing(missing="not-stated", reason="not stated"),
        "wue": Missing(missing="not-stated", reason="not stated"),
        "reported_energy": measured(whole_kwh, "kWh"), "reported_emissions": NOT_HERE,
        "hours": used, "devices": (BOARDS,), "covers": "machine", "complete": True,
        "blind_spots": (
            ("idle time of the machines", "only the time of the log is counted"),
            ("storage and network", "nvidia-smi reads GPUs only"),
        ),
    }  # fmt: skip
    return Evidence(**{**told, **changes})


def series() -> GridSeries:
    first = datetime(2025, 11, 1, tzinfo=UTC)
    points = tuple(
        Point(first + timedelta(hours=hour), 3600.0, 45 + 25 * math.sin(hour / 12 * math.pi))
        for hour in range(40 * 24)
    )
    return GridSeries(
        zone="FR", scope="lifecycle", accounting="consumption", kind="average",
        points=points, input=SERIES, title="Electricity Maps",
    )  # fmt: skip


def trial() -> Disclosure:
    """Ten days of pre-training, six sweeps, a failed run, a debugging one, and use."""
    runs = (
        run("final", 0, 240, 5.5, stage="final", phase="pretraining"),
        *(run(f"sweep-{n}", 300 + 6 * n, 5, 4.0, stage="sweep") for n in range(6)),
        run("failed", 340, 9, 5.0, stage="failed"),
        run("debug", 350, 2, 1.0, stage="debug"),
        run(
            "served", 360, 30, 0.9, phase="inference",
            served=Served(unit="request", count=230_768, task="text-generation"),
        ),
    )  # fmt: skip
    bought = Contract(
        kind="ppa", energy=typed(800.0, 799.5, 800.5, "kWh"), zone="FR", vintage=2025,
        intensity=typed(11.0, 10.5, 11.5, "gCO2e/kWh"), reference="PPA 7 of Quokka Power",
    )  # fmt: skip
    place = Place(
        code="FR", site="Wombat hall, Orsay", series=series(), instruments=(bought,),
        pue=typed(1.2, 1.15, 1.25, "ratio"), wue=typed(0.9, 0.8, 1.0, "L/kWh"),
        sources={"typed": Source(title="Contract with the site", year=2025)},
    )  # fmt: skip
    made = assess(
        runs, place=place, work=Work(tokens=2.0e10),
        subject=Subject(
            model="acme/large-model", revision="v1.0", parameters=7_000_000_000,
        ),
    )  # fmt: skip
    waiver = Waiver(
        code="residual-not-stated", author="Ada Example, head of computing",
        reason="no residual mix is published for the market yet", expires=date(2026, 12, 31),
    )  # fmt: skip
    return made.model_copy(update={"waivers": (waiver,)})
