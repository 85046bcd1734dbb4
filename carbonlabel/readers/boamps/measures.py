"""I choose among the measures of a BoAmps report: they are one task, measured more than once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.model.evidence import Sensor
from carbonlabel.model.provenance import Period
from carbonlabel.model.units import SCALES
from carbonlabel.parsing.jsonfields import Fields

_UNITS: Final = {
    "joule": "J",
    "kjoule": "kJ",
    "mjoule": "MJ",
    "gjoule": "GJ",
    **{unit.lower(): unit for unit in SCALES["kWh"] if unit != "mWh"},
}
"""Units of the drafts before 0.1, which wrote them beside the figure."""
_METERS: Final = re.compile(
    r"\b(?:watt.?meter|power.?meter|smart.?plug|pdu|ipmi|redfish|xcc|shelly|tapo|energy.?meter)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One entry of `measures`."""

    fields: Fields
    tool: str
    """`codecarbon`, as it is written."""
    energy_kwh: float
    duration_s: float | None

    @property
    def is_codecarbon(self) -> bool:
        """Whether CodeCarbon measured it."""
        return self.tool.lower().replace(" ", "") == "codecarbon"

    @property
    def sensor(self) -> Sensor:
        """A counter where a meter is named; else the mix of counters and models of a tracker."""
        return "counter" if _METERS.search(self.tool) else "model"


def measures(report: Fields) -> Sequence[Measure]:
    """Every measure, the one with the largest energy first.

    Two tools on one task see more or less of the machine: the largest figure sees most of it.

    Raises:
        MalformedInput: there is none, or a figure is wrong.
    """
    found = [_measure(each) for each in report.children("measures")]
    if not found:
        raise MalformedInput(
            "the report holds no measure",
            where=report.where("measures"),
            hint="BoAmps asks for at least one, with powerConsumption in kWh",
        )
    return sorted(found, key=lambda each: -each.energy_kwh)


def period(measure: Measure, written: datetime | None) -> Period | None:
    """When it was measured; None where the report does not say.

    BoAmps asks for the begin of a measure. CodeCarbon writes its end there, which shows in that
    the measure would otherwise end after the report was `written`.
    """
    stamp = moment(measure.fields.text("measurementDateTime"))
    try:
        lasted = timedelta(seconds=measure.duration_s or 0)
        if stamp and written and _naive(stamp) + lasted > _naive(written):
            begin, end = stamp - lasted, stamp
        elif stamp:
            begin, end = stamp, stamp + lasted
        elif written and measure.duration_s is not None:
            begin, end = written - lasted, written
        else:
            return None
    except OverflowError as bad:
        raise MalformedInput(
            f"{measure.duration_s:.4g} s lead out of the calendar",
            where=measure.fields.where("measurementDuration"),
            hint="seconds stand here: was the file edited?",
        ) from bad
    return Period(start=_whole(begin), end=_whole(end), zone=_zone(end))


def moment(text: str | None) -> datetime | None:
    """A time as BoAmps writes it, `2026-11-22 00:38:46`; None where it is none."""
    try:
        return datetime.fromisoformat(text or "")
    except ValueError:
        return None


def _measure(fields: Fields) -> Measure:
    unit = fields.text("unit") or "kWh"
    scale = SCALES["kWh"].get(_UNITS.get(unit.lower(), ""))
    if scale is None:
        raise MalformedInput(
            f"{unit[:40]!r} is no unit of energy",
            where=fields.where("unit"),
            hint="BoAmps 1.1 has no unit: powerConsumption is in kWh",
        )
    return Measure(
        fields,
        fields.text("measurementMethod") or "a tool without a name",
        fields.needed("powerConsumption") * scale,
        fields.number("measurementDuration"),
    )


def _naive(time: datetime) -> datetime:
    return time.replace(tzinfo=None)


def _whole(time: datetime) -> datetime:
    return time.replace(microsecond=0)


def _zone(time: datetime) -> str:
    offset = _whole(time).isoformat().partition("T")[2][8:]
    return "UTC" if offset == "+00:00" else offset or "local, not stated"
