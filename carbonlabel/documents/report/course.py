"""I show energy and grid intensity over time, where the logs are series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from carbonlabel.documents import language, wording
from carbonlabel.documents.graphs.timeline import DAY, HOUR, Moment, Panel, timeline
from carbonlabel.documents.numbers import (
    Reading,
    decimal,
    figure_of,
    grouped,
    joined,
    scaled,
    total,
)
from carbonlabel.documents.report import facts, words
from carbonlabel.documents.report.blocks import Cell, Chart, Section, Table, cells, table
from carbonlabel.documents.report.material import Material
from carbonlabel.model.disclosure import Activity
from carbonlabel.model.profile import Profile
from carbonlabel.model.provenance import Period

_MOST_CHARTS: Final = 4
_MOST_LINES: Final = 31
_MOST_HOURS: Final = 24
_INTENSITY: Final = "g CO₂e/kWh"


def time(material: Material) -> Section | None:
    """A chart of each activity that is told over time, the largest first; at most four."""
    activities = material.disclosure.activities
    told = [each for each in activities if each.profile is not None]
    if not told:
        return None
    told.sort(key=lambda each: -_kwh(each))
    several = len(activities) > 1
    charts = tuple(
        _chart(activity, activity.profile, _name(activity) if several else "")
        for activity in told[:_MOST_CHARTS]
        if activity.profile is not None
    )
    return Section("time", words.TITLES["time"], charts=charts)


def _name(activity: Activity) -> str:
    return words.TIME["activity"].format(name=facts.activity_name(activity))


def _kwh(activity: Activity) -> float:
    return sum(each for _, each in activity.profile.energy) if activity.profile else 0.0


def _chart(activity: Activity, profile: Profile, name: str) -> Chart:
    say = words.TIME
    title = say["chart"].format(activity=name)
    step = HOUR if profile.step == "hour" else DAY
    panels = (_energy(profile), *_intensity(profile))
    first, last = profile.energy[0][0], profile.energy[-1][0] + step
    caption = say["caption"].format(
        chart=title,
        first=_stamp(first, profile),
        last=_stamp(last, profile),
        zone=_zone(activity),
        intensity=say["with"] if profile.intensity else say["without"],
    )
    described = _described(profile, step)
    drawn = timeline(f"{title}: {described}", described, panels, step)
    return Chart(drawn, caption, _table(profile, name))


def _zone(activity: Activity) -> str:
    """The zone of the times: `UTC+01:00`."""
    if not isinstance(activity.period, Period):
        return language.say(words.NOT_STATED)
    zone = activity.period.zone
    told = f"UTC{zone}" if zone[:1] in {"+", "-"} else language.ours(zone)
    return wording.named(told)


def _energy(profile: Profile) -> Panel:
    """The energies in the unit that suits the largest of them."""
    most = max(each for _, each in profile.energy)
    like = scaled(Reading(decimal(most)), "kWh")
    moments = [Moment(begin, decimal(each) / like.scale) for begin, each in profile.energy]
    return Panel(words.TIME[profile.step].format(unit=like.unit), "bars", moments)


def _intensity(profile: Profile) -> Iterator[Panel]:
    if profile.intensity:
        moments = [Moment(begin, decimal(each)) for begin, each in profile.intensity]
        yield Panel(words.TIME["intensity"].format(unit=_INTENSITY), "steps", moments)


def _described(profile: Profile, step: timedelta) -> str:
    say = words.TIME
    at, most = max(profile.energy, key=lambda each: each[1])
    values = [each for _, each in profile.intensity or ()]
    grid = say["grid"].format(low=_grams(min(values)), high=_grams(max(values))) if values else ""
    return say["described"].format(
        first=_stamp(profile.energy[0][0], profile),
        last=_stamp(profile.energy[-1][0] + step, profile),
        total=_amount([each for _, each in profile.energy]),
        most=_amount([most]),
        step=words.STEPS[profile.step],
        when=_stamp(at, profile),
        grid=grid,
    )


def _table(profile: Profile, name: str) -> Table:
    """The same figures by hour, or by day where there are more than 24; at most 31 lines."""
    say = words.TIME
    head = [say["from"], say["energy"], *([say["mean"]] if profile.intensity else [])]
    return table(
        say["table"] + name,
        head,
        _lines(profile),
        shape="narrow",
        rest=say["rest"],
        most=_MOST_LINES,
    )


def _lines(profile: Profile) -> Iterator[tuple[Cell, ...]]:
    known = dict(profile.intensity or ())
    groups: dict[str, list[tuple[float, float | None]]] = {}
    by_day = profile.step == "day" or len(profile.energy) > _MOST_HOURS
    for begin, energy_kwh in profile.energy:
        key = begin.date().isoformat() if by_day else f"{begin:%Y-%m-%d %H:%M}"
        groups.setdefault(key, []).append((energy_kwh, known.get(begin)))
    for key, found in groups.items():
        line = cells(key, _amount([each for each, _ in found]))
        yield (*line, Cell(_mean(found))) if known else line


def _mean(found: Sequence[tuple[float, float | None]]) -> str:
    """The mean intensity by energy; a dash where none of it is known."""
    pairs = [(decimal(each), decimal(grams)) for each, grams in found if grams is not None]
    weight = total([each for each, _ in pairs])
    if not weight:
        return words.DASH
    return _grams(float(total([each * grams for each, grams in pairs]) / weight))


def _amount(values: Sequence[float]) -> str:
    return figure_of(scaled(Reading(total([decimal(each) for each in values])), "kWh")).text


def _grams(value: float) -> str:
    return joined(grouped(Decimal(round(value))), _INTENSITY)


def _stamp(moment: datetime | date, profile: Profile) -> str:
    return f"{moment:%Y-%m-%d}" if profile.step == "day" else f"{moment:%Y-%m-%d %H:%M}"
