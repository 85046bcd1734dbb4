"""I turn the entries of manual.yaml into evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, cast

from carbonlabel.errors import MalformedInput, MissingFactor
from carbonlabel.factors import names, places
from carbonlabel.intake import Log
from carbonlabel.method.digits import nine
from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.model.evidence import Evidence, Phase
from carbonlabel.model.hardware import Device
from carbonlabel.model.provenance import Finding, Input
from carbonlabel.parsing.fields import Field
from carbonlabel.parsing.quantities import Quantity
from carbonlabel.parsing.yamlfile import Entry, shown
from carbonlabel.readers.manual import fields
from carbonlabel.readers.manual.beside import Beside, beside
from carbonlabel.readers.manual.energy import electricity
from carbonlabel.readers.manual.times import read_twice, times
from carbonlabel.readers.manual.work import worked

TRACKER: Final = "Manual entry"


def runs(log: Log, format: str) -> tuple[Evidence, ...]:  # noqa: A002 - the word users know
    """Every run of the file, which is cited as of this `format`.

    Raises:
        MalformedInput: the file is not what it should be, or contradicts itself.
        MissingFactor: a place, a device or its rated power is not known.
    """
    entries = fields.RUNS.need(fields.read(log))
    _refuse_twins(entries)
    file = Input(file=log.name, sha256=log.sha256, format=format, runs=len(entries))
    found = [_evidence(entry, file) for entry in entries]
    return _noted(found, read_twice([fields.METER.of(entry) for entry in entries], found))


def _evidence(entry: Entry, file: Input) -> Evidence:
    when = times(entry)
    drawn = electricity(entry, when)
    more = beside(entry)
    phase = cast("Phase | None", fields.PHASE.of(entry))
    did = worked(entry, phase)
    energy, emissions, intensity = _reported(entry, more)
    country, subdivision, cloud = _place(entry)
    return Evidence(
        run=_label(entry, file.file),
        # The same text as `run`: a name tells runs apart inside its file only.
        place=_label(entry, file.file),
        tracker=TRACKER,
        inputs=(file,),
        phase=did.phase(phase),
        period=when.period,
        duration=when.duration(),
        accelerators=drawn.rows["accelerators"],
        host=drawn.rows["host"],
        computing=drawn.rows["computing"],
        idle=more.energies.get("idle"),
        shared=more.energies.get("shared"),
        sensors={**drawn.sensors, **more.sensors},
        pue_in_energy=drawn.pue_in_energy,
        pue=_not_stated("the PUE of the site is not stated"),
        wue=_not_stated("the WUE of the site is not stated"),
        reported_energy=energy,
        reported_emissions=emissions,
        reported_intensity=intensity,
        reported_water=_reported_water(entry),
        country=country,
        subdivision=subdivision,
        cloud=cloud,
        devices=_devices(entry),
        served=did.served,
        tokens=did.tokens,
        flop=did.flop,
        mfu=did.mfu,
        device_time=_device_time(entry),
        covers="device",
        complete=True,
        blind_spots=_blind_spots(file.file, more),
        findings=(*when.findings, *drawn.findings),
    )


def _label(entry: Entry, file: str) -> str:
    name = fields.NAME.of(entry)
    return f"{file}:{entry.line}" + (f" {name}" if name else "")


def _not_stated(reason: str) -> Missing:
    return Missing(missing="not-stated", reason=reason)


def _reported(
    entry: Entry, more: Beside
) -> tuple[Estimate | Missing, Estimate | Missing, Estimate | None]:
    """What was published: energy, emissions and grid factor; a typed energy stands for itself."""
    report = fields.REPORTED.of(entry)
    energy = fields.REPORTED_ENERGY.of(report) if report else None
    emissions = fields.REPORTED_EMISSIONS.of(report) if report else None
    intensity = fields.REPORTED_INTENSITY.of(report) if report else None
    typed = fields.ENERGY.of(entry)
    basis: Basis = "measured" if fields.METER.of(entry) and energy is None else "estimated"
    return (
        _as_typed(energy or _whole(typed, more), basis) or _not_stated("no energy was published"),
        _as_typed(emissions, "estimated") or _not_stated("no emissions were published"),
        _as_typed(intensity, "estimated"),
    )


def _whole(typed: Quantity | None, more: Beside) -> Quantity | None:
    """The typed energy with what is declared beside it."""
    if typed is None:
        return None
    beside_kwh = sum(each.value for each in more.energies.values())
    return typed._replace(value=nine(typed.value + beside_kwh)) if beside_kwh else typed


def _reported_water(entry: Entry) -> Estimate | None:
    report = fields.REPORTED.of(entry)
    return _as_typed(fields.REPORTED_WATER.of(report) if report else None, "estimated")


def _as_typed(stated: Quantity | None, basis: Basis) -> Estimate | None:
    """The figure alone: a cross-check has no use for the range of its last place."""
    if stated is None:
        return None
    return Estimate(value=stated.value, unit=stated.unit, basis=basis, source="log")


def _place(entry: Entry) -> tuple[str | None, str | None, str | None]:
    """Country, subdivision and cloud region of the run, as far as they are said."""
    country, provider = _spot(entry, fields.COUNTRY), _spot(entry, fields.PROVIDER)
    if country and provider:
        raise MalformedInput(
            "country and provider both name the place",
            where=fields.PROVIDER.place(entry),
            hint="leave country out: the cloud region says it",
        )
    if country is None:
        return None, None, provider.code if provider else None
    half = (country.subdivision or "").partition("-")[2]
    return country.country, half or None, None


def _spot(entry: Entry, each: Field[str]) -> places.Spot | None:
    code = each.of(entry)
    try:
        return places.find(code) if code else None
    except MissingFactor as missing:
        where = each.place(entry)
        raise MissingFactor(missing.message, where=where, hint=missing.hint) from missing


def _devices(entry: Entry) -> tuple[Device, ...]:
    name = fields.DEVICE.of(entry)
    if name is None:
        return ()
    if names.without_count(name) != name:
        raise MalformedInput(
            "the name begins with a count",
            where=fields.DEVICE.place(entry),
            hint="say how many in a field of its own: count: 8",
        )
    return (Device(name=name, kind="accelerator", count=fields.COUNT.of(entry) or 1),)


def _device_time(entry: Entry) -> Estimate | None:
    stated = fields.DEVICE_HOURS.of(entry)
    return stated.estimate("estimated", "log") if stated else None


def _blind_spots(file: str, more: Beside) -> tuple[tuple[str, str], ...]:
    return tuple((what, f"not in {file}") for what in more.unseen)


def _noted(runs: Sequence[Evidence], findings: Mapping[int, Finding]) -> tuple[Evidence, ...]:
    """The runs, each with what was noticed about its place in the list."""
    return tuple(
        replace(run, findings=(*run.findings, findings[place])) if place in findings else run
        for place, run in enumerate(runs)
    )


def _refuse_twins(entries: Sequence[Entry]) -> None:
    lines: dict[str, int] = {}
    for entry in entries:
        name = fields.NAME.of(entry)
        if name in lines:
            raise MalformedInput(
                f"two runs are called {shown(name)}: line {lines[name]} and here",
                where=fields.NAME.place(entry),
                hint="give each run a name of its own; leave it out if it is the same run",
            )
        if name is not None:
            lines[name] = entry.line
