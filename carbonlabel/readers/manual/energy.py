"""I turn what a person says of a run's electricity into the energies of evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from carbonlabel.errors import MalformedInput, MissingFactor
from carbonlabel.factors import devices
from carbonlabel.method.digits import nine
from carbonlabel.method.propagate import Interval, Term, propagate
from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.model.evidence import PueState, Sensor
from carbonlabel.model.provenance import Finding
from carbonlabel.model.units import kwh_from_watt_seconds
from carbonlabel.parsing.quantities import Quantity
from carbonlabel.parsing.yamlfile import Entry, shown
from carbonlabel.readers.manual.fields import (
    AMOUNT,
    COUNT,
    COVERS,
    DEVICE,
    DEVICE_HOURS,
    ENERGY,
    HOURS,
    METER,
    POWER,
    PUE_IN_ENERGY,
    REPORTED,
    REPORTED_EMISSIONS,
)
from carbonlabel.readers.manual.times import Times

_ROWS: Final = ("accelerators", "host", "computing")


@dataclass(frozen=True, slots=True)
class Electricity:
    """The energies of a run, as its evidence holds them."""

    rows: Mapping[str, Estimate | Missing]
    """For accelerators, host and computing: kWh, or why there is none."""
    sensors: Mapping[str, Sensor]
    pue_in_energy: PueState
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Figure:
    """One energy, before it is known which row it stands in."""

    energy: Estimate
    sensor: Sensor
    covers: frozenset[str]
    """What it is of; empty where it is not said."""
    why_not_other: str
    """Why the other row is missing, where it is of one only."""
    findings: tuple[Finding, ...] = field(default=())


def electricity(entry: Entry, when: Times) -> Electricity:
    """The electricity of a run: a typed energy, hours × mean power, or hours × rated power.

    A run of which nothing but emissions was published has none.

    Raises:
        MalformedInput: it is not said, or said twice.
        MissingFactor: the device or its rated power is not known.
    """
    energy, power = ENERGY.of(entry), POWER.of(entry)
    if energy and power:
        raise MalformedInput(
            "energy and power both say how much", where=POWER.place(entry), hint="leave one out"
        )
    if energy:
        return _placed(_typed(entry, energy), PUE_IN_ENERGY.of(entry) or "unknown")
    if power is None and _is_published_only(entry):
        return _undisclosed()
    if power is None and DEVICE.of(entry) is None:
        raise MalformedInput(
            "nothing says how much electricity the run took",
            where=entry.where,
            hint="state energy; or hours, count and power; or hours, count and device",
        )
    used, count = _device_time(entry, when)
    figure = _drawn(entry, power, used, count) if power else _rated(entry, used, count)
    placed = _placed(figure, PUE_IN_ENERGY.of(entry) or "no")
    return replace(placed, findings=(*placed.findings, *_of_what(entry))) if power else placed


def _of_what(entry: Entry) -> tuple[Finding, ...]:
    """That nobody says whether the power of a board holds that of its host."""
    name = DEVICE.of(entry)
    if name is None or _covers(entry):
        return ()
    return (
        Finding(
            code="coverage-not-stated",
            severity="note",
            place="computing",
            message=f"Nothing says whether the power of {shown(name)} holds that of its host: "
            "the figure counts for both.",
            suggestion="covers: [accelerators], or covers: [accelerators, host]",
        ),
    )


def _is_published_only(entry: Entry) -> bool:
    """Whether emissions were published, and neither hours nor machines that they are of."""
    report = REPORTED.of(entry)
    inputs = (DEVICE, HOURS, DEVICE_HOURS, COUNT)
    is_published = report is not None and REPORTED_EMISSIONS.of(report) is not None
    return is_published and all(each.of(entry) is None for each in inputs)


def _undisclosed() -> Electricity:
    """The rows of a figure whose inputs nobody gave: it can be compared, and not worked out."""
    why = Missing(missing="not-stated", reason="inputs not disclosed: no energy, hours or power")
    rest = Missing(missing="not-applicable", reason="one figure for all")
    quoted = Finding(
        code="inputs-not-disclosed",
        severity="warning",
        place="computing",
        message="Emissions were published without the energy, or the hours and power, behind them: "
        "they are quoted for comparison, and cannot be worked out.",
        suggestion="state energy; or hours, count and power",
    )
    return Electricity(
        {"accelerators": rest, "host": rest, "computing": why}, {}, "unknown", (quoted,)
    )


def stated(entry: Entry) -> Estimate:
    """The energy in kWh that a mapping `{value, low, high, unit, meter}` states."""
    return AMOUNT.within(entry).estimate(_basis(entry), "log")


def drawn(entry: Entry, power: Quantity, when: Times) -> Estimate:
    """The energy in kWh of a mean power in W over the hours that stand beside it.

    Raises:
        MalformedInput: no hours stand there.
    """
    used, count = _device_time(entry, when)
    return _drawn(entry, power, used, count).energy


def _typed(entry: Entry, energy: Quantity) -> _Figure:
    return _Figure(
        energy.estimate(_basis(entry), "log"),
        "stated",
        _covers(entry),
        "the stated figure does not cover it",
    )


def _drawn(entry: Entry, power: Quantity, used: Quantity, count: int) -> _Figure:
    """Mean power × device time, with the doubt of both; clock times are taken as exact."""
    spread = propagate(
        [Term(lambda power_w, used_s: count * kwh_from_watt_seconds(power_w, used_s), ("W", "s"))],
        {
            "W": Interval(power.value, power.low, power.high),
            "s": Interval(used.value, used.low or used.value, used.high or used.value),
        },
    )
    energy = Estimate(
        value=nine(spread.value),
        low=None if spread.low is None else nine(spread.low),
        high=None if spread.high is None else nine(spread.high),
        unit="kWh",
        basis=_basis(entry),
        source="log",
    )
    return _Figure(energy, "stated", _covers(entry), "the power is not of it")


def _rated(entry: Entry, used: Quantity, count: int) -> _Figure:
    """Rated power × device time; the range is left to the default of rated powers."""
    match = _match(entry)
    power_w = match.row.rated_power_w
    if power_w is None:
        raise MissingFactor(
            f"nobody publishes the rated power of {match.row.name}",
            where=DEVICE.place(entry),
            hint="state power: the mean draw of one device",
        )
    _refuse_contradiction(entry)
    return _Figure(
        Estimate(
            value=nine(count * kwh_from_watt_seconds(power_w, used.value)),
            unit="kWh",
            basis="estimated",
            source="log",
        ),
        "rated",
        # The power of a whole chip with its CPU is not split.
        frozenset() if match.row.kind == "soc" else frozenset({"accelerators"}),
        "rated power is that of the accelerators only",
        (*_ambiguity(entry, match), *_remark(match)),
    )


def _match(entry: Entry) -> devices.Match:
    try:
        return devices.find(DEVICE.need(entry))
    except MissingFactor as missing:
        hint = f"{missing.hint}; or state power: the mean draw of one device"
        raise MissingFactor(missing.message, where=DEVICE.place(entry), hint=hint) from missing


def _refuse_contradiction(entry: Entry) -> None:
    """What a rated power cannot be: read from a meter, of the host, or with its cooling."""
    for each, is_wrong, hint in (
        (METER, METER.of(entry) is not None, "state the energy or power that it read"),
        (COVERS, "host" in _covers(entry), "state power: the mean draw with the host"),
        (PUE_IN_ENERGY, PUE_IN_ENERGY.of(entry) == "yes", "rated power holds no cooling"),
    ):
        if is_wrong:
            raise MalformedInput(
                f"{each.name} does not go with the rated power of a device",
                where=each.place(entry),
                hint=hint,
            )


def _device_time(entry: Entry, when: Times) -> tuple[Quantity, int]:
    """A time in s, and by how many devices it is to be multiplied."""
    device_hours = DEVICE_HOURS.of(entry)
    if device_hours:
        return device_hours, 1
    if when.wall is None:
        raise MalformedInput(
            "nothing says how long the run took",
            where=entry.where,
            hint="state hours, device_hours, or started and ended with their clock times",
        )
    return when.wall, COUNT.of(entry) or 1


def _placed(figure: _Figure, pue_in_energy: str) -> Electricity:
    """The figure in its row, with a reason in the others."""
    only = next(iter(figure.covers)) if len(figure.covers) == 1 else "computing"
    rows: dict[str, Estimate | Missing] = {
        row: Missing(missing="not-applicable", reason="one figure for all") for row in _ROWS
    }
    if only != "computing":
        other = "host" if only == "accelerators" else "accelerators"
        rows[other] = Missing(missing="not-measured", reason=figure.why_not_other)
        rows["computing"] = Missing(missing="not-applicable", reason=f"the figure is of the {only}")
    rows[only] = figure.energy
    state: PueState = (
        "yes" if pue_in_energy == "yes" else "no" if pue_in_energy == "no" else "unknown"
    )
    return Electricity(rows, {only: figure.sensor}, state, figure.findings)


def _basis(entry: Entry) -> Basis:
    return "measured" if METER.of(entry) else "estimated"


def _covers(entry: Entry) -> frozenset[str]:
    return frozenset(COVERS.of(entry) or ())


def _ambiguity(entry: Entry, match: devices.Match) -> tuple[Finding, ...]:
    if not match.ambiguous:
        return ()
    others = (devices.by_id(other).name for other in match.ambiguous)
    return (
        Finding(
            code="device-ambiguous",
            severity="warning",
            place="accelerators",
            message=f"{shown(DEVICE.need(entry))} may be several devices; "
            "the rated power of the likeliest was taken.",
            expected=f"one of {', '.join((match.row.name, *others))}",
            found=match.row.name,
            suggestion="write the name as nvidia-smi -L or rocm-smi prints it",
        ),
    )


def _remark(match: devices.Match) -> tuple[Finding, ...]:
    if match.row.note is None:
        return ()
    return (
        Finding(
            code="rated-power-remark",
            severity="note",
            place="accelerators",
            message=f"{match.row.name}: {match.row.note}",
        ),
    )
