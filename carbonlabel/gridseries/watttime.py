"""I read WattTime v3: pounds of CO2 a megawatt-hour, mostly marginal, which no label may use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from carbonlabel.errors import MalformedInput, UnsupportedVersion
from carbonlabel.gridseries import points, zones
from carbonlabel.gridseries.entries import Entry, document
from carbonlabel.gridseries.points import Reading
from carbonlabel.intake import Log
from carbonlabel.model.provenance import Input
from carbonlabel.model.series import GridSeries, Kind
from carbonlabel.model.units import SCALES
from carbonlabel.parsing.samples import shown

_FORMAT: Final = "watttime"
_TITLE: Final = "WattTime"
_TIME: Final = re.compile(r'"point_time"\s*:')
_UNITS: Final = "lbs_co2_per_mwh"
_SCALE: Final = SCALES["gCO2e/kWh"]["lbCO2e/MWh"]
_LONGEST_S: Final = SCALES["s"]["years"]
_KINDS: Final[dict[str, Kind]] = {"co2_moer": "marginal", "co2_aoer": "average"}


@dataclass(frozen=True, slots=True)
class WattTimeReader:
    """Reads `/v3/historical` and `/v3/forecast`; what is of marginal plants is marked."""

    format: str = _FORMAT
    about: str = "WattTime v3: average (co2_aoer); of marginal (co2_moer) no label is drawn"
    measures: str = "direct averages of production"
    record: str = "mean of each interval, by its begin"
    pue: str = "no energy inside"
    zone: str = "with offset"
    proven: str = "documented format"

    def recognises(self, log: Log) -> bool:
        """Whether the JSON holds a point_time."""
        return bool(_TIME.search(log.head.decode("utf-8", "replace")))

    def read(self, log: Log) -> GridSeries:
        """The figures in gCO2e/kWh; CO2 from the stacks alone.

        Raises:
            InputError: it is no answer of WattTime v3, or another signal than CO2.
        """
        answer = document(log)
        if not answer.has("meta", "data"):
            raise UnsupportedVersion(
                "an answer of WattTime v2 does not say its unit", where=log.name, hint="ask v3"
            )
        meta = answer.entry("meta")
        kind = _kind(meta)
        course = points.course(
            (_reading(each, _period_s(meta)) for each in answer.entries("data")), file=log.name
        )
        return GridSeries(
            zone=zones.only([meta.text("region")], file=log.name),
            scope="direct",
            accounting="production",
            kind=kind,
            is_forecast=meta.text("generated_at") is not None,
            points=course.points,
            dropped_count=course.dropped_count,
            input=Input(file=log.name, sha256=log.sha256, format=_FORMAT, tracker=_TITLE),
            title=_TITLE,
        )


def _kind(meta: Entry) -> Kind:
    for name, known in (("units", {_UNITS}), ("signal_type", set(_KINDS))):
        if (told := meta.needed(name)) not in known:
            raise MalformedInput(
                f"{shown(told)} is no grid intensity",
                where=meta.place(name),
                hint=f"known: {', '.join(sorted(known))}",
            )
    return _KINDS[meta.needed("signal_type")]


def _period_s(meta: Entry) -> float | None:
    period_s = meta.number("data_point_period_seconds")
    if period_s is not None and not 0 < period_s <= _LONGEST_S:
        raise MalformedInput(
            f"{period_s:g} s is no interval", where=meta.place("data_point_period_seconds")
        )
    return period_s


def _reading(entry: Entry, length_s: float | None) -> Reading:
    where = entry.place("value")
    return Reading(
        begin=points.moment(entry.needed("point_time"), where=entry.place("point_time")),
        length_s=length_s,
        intensity_gco2e_per_kwh=points.intensity(entry.number("value"), _SCALE, where=where),
        where=entry.where,
    )


reader: Final = WattTimeReader()
