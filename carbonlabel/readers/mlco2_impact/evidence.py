"""I turn statements of the ML CO2 Impact calculator into evidence; offsets are never taken off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.hardware import Device
from carbonlabel.model.provenance import Finding, Input
from carbonlabel.parsing.amounts import given
from carbonlabel.readers.mlco2_impact.statement import Statement, statements

_TRACKER: Final = "ML CO2 Impact"
_PROVIDERS: Final = {
    "google cloud platform": "gcp",
    "amazon web services": "aws",
    "azure": "azure",
    "ovhcloud": "ovh",
    "scaleway": "scaleway",
    "coreweave": "coreweave",
}
# Two roundings to 0.01 kg and one to 0.01 kWh lie between the figures of a true statement.
_ROUNDING_GCO2E: Final = 10.01
_ROUNDING_KWH: Final = 0.0051
_BLIND_SPOTS: Final = (
    ("idle time of the machine", "only the hours that were typed are counted"),
    ("failed and earlier runs", "not in the statement, unless their hours were typed too"),
    ("storage and network", "the calculator counts GPU boards only"),
)


def evidence(log: Log, form: str) -> tuple[Evidence, ...]:
    """One piece of evidence a statement.

    Raises:
        MalformedInput: there is none, or it is not what the calculator writes.
    """
    told = tuple(statements(log))
    if not told:
        raise MalformedInput(
            "holds no statement of the calculator",
            where=log.name,
            hint="it says: which has a carbon efficiency of … A cumulative of … hours",
        )
    source = Input(file=log.name, sha256=log.sha256, format=form, tracker=_TRACKER, runs=len(told))
    return tuple(_evidence(each, source) for each in told)


def _evidence(told: Statement, source: Input) -> Evidence:
    boards = _boards(told)
    return Evidence(
        run=told.place,
        place=told.place,
        tracker=_TRACKER,
        inputs=(source,),
        period=Missing(missing="not-stated", reason="the statement has no date"),
        duration=given(told.duration_s, "s", "estimated"),
        accelerators=boards,
        host=Missing(missing="not-measured", reason="the calculator counts GPU boards only"),
        computing=Missing(missing="not-applicable", reason="the figure is of the boards alone"),
        sensors={"accelerators": "rated"} if isinstance(boards, Estimate) else {},
        pue_in_energy="no",
        pue=Missing(missing="not-stated", reason="the calculator counts no PUE"),
        wue=Missing(missing="not-stated", reason="the calculator knows no water"),
        reported_energy=Missing(
            missing="not-stated", reason="the statement gives power and hours, not the energy"
        ),
        reported_emissions=_emissions(told),
        reported_intensity=_intensity(told),
        cloud=_cloud(told),
        devices=(Device(name=told.gpu, kind="accelerator", count=1),),
        covers="device",
        complete=True,
        blind_spots=_BLIND_SPOTS,
        findings=tuple(_findings(told)),
    )


def _boards(told: Statement) -> Estimate | Missing:
    if told.energy_kwh == 0:
        return Missing(missing="not-stated", reason="the statement says 0 hours or 0 W")
    return given(told.energy_kwh, "kWh", "estimated")


def _emissions(told: Statement) -> Estimate | Missing:
    if told.emissions_gco2e is None:
        return Missing(missing="not-stated", reason="the statement lacks its total")
    if told.emissions_gco2e == 0:
        return Missing(missing="not-stated", reason="the calculator rounded the total to 0.00 kg")
    return given(told.emissions_gco2e, "gCO2e", "estimated")


def _intensity(told: Statement) -> Estimate | None:
    value = told.intensity_gco2e_per_kwh
    return given(value, "gCO2e/kWh", "estimated") if value else None


def _cloud(told: Statement) -> str | None:
    short = _PROVIDERS.get((told.provider or "").lower())
    return f"{short}/{told.region}" if short and told.region else None


def _findings(told: Statement) -> Iterator[Finding]:
    yield Finding(
        code="device-hours-assumed",
        severity="note",
        place="duration",
        message="The calculator asks for no number of GPUs: its hours are taken as the hours of "
        "all GPUs together, each at full rated power.",
        suggestion="write a manual.yaml with devices and hours if they were hours on the clock",
    )
    if told.provider:
        yield Finding(
            code="tracker-intensity-rounded",
            severity="note",
            place="reported",
            message="The calculator rounds the grid's intensity to 0.01 kg/kWh.",
            found=f"{told.intensity_gco2e_per_kwh:.4g} gCO2e/kWh",
        )
    if told.offset_percent:
        yield Finding(
            code="offset-not-subtracted",
            severity="note",
            place="reported",
            message="The statement says that the provider offset a part; offsets are not "
            "subtracted.",
            found=f"{told.offset_percent:g} %",
        )
    if told.emissions_gco2e is not None and not _adds_up(told, told.emissions_gco2e):
        yield _contradiction(told, told.emissions_gco2e)


def _adds_up(told: Statement, emissions_gco2e: float) -> bool:
    slack_gco2e = _ROUNDING_GCO2E + _ROUNDING_KWH * told.intensity_gco2e_per_kwh
    return abs(emissions_gco2e - told.own_gco2e) <= slack_gco2e


def _contradiction(told: Statement, emissions_gco2e: float) -> Finding:
    times = emissions_gco2e / told.own_gco2e if told.own_gco2e else 0
    return Finding(
        code="statement-contradicts-itself",
        severity="warning",
        place="reported",
        message="The total is not hours × rated power × intensity of the same statement; the hours "
        "and the rated power count.",
        expected=f"{told.own_gco2e:.4g} gCO2e",
        found=f"{emissions_gco2e:.4g} gCO2e" + (f", {times:.3g} times as much" if times else ""),
        suggestion="if the total is of several GPUs, give all their hours in a manual.yaml",
    )
