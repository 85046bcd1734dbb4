"""I tell how the figures came about: energy, cooling, grid, doubt, manufacture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from carbonlabel.documents import (
    ancestry,
    citing,
    leavings,
    making,
    market,
    serving,
    use,
    water,
    wording,
)
from carbonlabel.documents.anatomy import Method
from carbonlabel.documents.column import Column
from carbonlabel.documents.doubts import doubts
from carbonlabel.documents.numbers import (
    figure,
    joined,
    reading,
    shortest,
)
from carbonlabel.documents.rows import Line
from carbonlabel.model.disclosure import Activity, Disclosure, LeftOut
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.region import Region

_GIVEN_DIGITS: Final = 6
_SAME_RATIO: Final = 0.005
_LONGEST_REASON: Final = 200
_SENSED: Final = {
    "accelerators": "accelerators",
    "host": "CPU and memory",
    "computing": "energy",
    "idle": "idle time",
    "shared": "shared nodes",
}


def method(disclosure: Disclosure, parts: Sequence[Line], column: Column) -> tuple[Method, ...]:
    """The paragraphs, in the order of the label's rows."""
    return (
        *(_energy(disclosure, activity) for activity in disclosure.activities),
        *(_cooling(disclosure, line, column) for line in parts if line.part == "overhead"),
        *_grids(disclosure),
        *market.methods(disclosure),
        *_doubts(disclosure),
        *water.methods(disclosure),
        *making.methods(disclosure, parts),
        *use.operations(disclosure),
        *use.methods(disclosure),
        *use.scores(disclosure),
        *ancestry.methods(disclosure),
    )


def _energy(disclosure: Disclosure, activity: Activity) -> Method:
    logs = citing.files(disclosure, activity)
    facts = (
        citing.trackers(logs) or "stated by hand",
        citing.file_names(logs),
        wording.counted(activity.runs, "run"),
        serving.duration([activity]),
        serving.dates([activity]),
    )
    how = ", ".join(_sensed(disclosure, activity)) or "no energy is known"
    alone = len(disclosure.activities) == 1
    return Method(
        heading="Energy" if alone else f"Energy of {wording.phase_name(activity.phase)}",
        text=f"{', '.join(filter(None, facts))}; {how}.",
        verbatim=wording.named(logs[0].file) if logs else "",
    )


def _sensed(disclosure: Disclosure, activity: Activity) -> Iterator[str]:
    modelled = {each.code for each in disclosure.findings}
    for row in activity.parts:
        if row.part in _SENSED and isinstance(row.energy, Estimate):
            is_modelled = f"{row.part}-modelled" in modelled
            how = "by model, no meter" if is_modelled else row.energy.basis
            yield f"{_SENSED[row.part]} {how}"


def _cooling(disclosure: Disclosure, line: Line, column: Column) -> Method:
    told = [_pue(disclosure, activity) for activity in line.activities]
    texts = [text for text in dict.fromkeys(told) if text]
    if line.gaps:
        texts.append(f"not counted; {wording.clipped(line.reason, _LONGEST_REASON)}.")
        texts += [_if_cooled(disclosure, each, column) for each in disclosure.left_out]
    return Method(heading="Cooling and overhead", text=" ".join(filter(None, texts)))


def _pue(disclosure: Disclosure, activity: Activity) -> str:
    pue = activity.region.pue
    if isinstance(pue, Missing):
        return ""
    year = str(pue.year or "")
    cited = ", ".join(filter(None, (citing.work(disclosure, pue.source), year)))
    text = f"PUE {shortest(pue.value, _GIVEN_DIGITS)}" + (f" ({cited})" if cited else "")
    if activity.pue_in_energy == "yes":
        return f"{text}; what the log held was taken out first."
    return f"{text}; the log held none."


def _if_cooled(disclosure: Disclosure, left_out: LeftOut, column: Column) -> str:
    pue = leavings.pue_of(left_out)
    if not pue or left_out.adds is None:
        return ""
    is_survey = "survey mean" in left_out.why
    cited = next((each for key, each in disclosure.sources.items() if key == "uptime"), None)
    who = "" if cited is None else f" ({cited.title.partition(',')[0]}, {cited.year})"
    words = f"The survey mean {pue}" if is_survey else f"A PUE of {pue}"
    value, between = column.aside(reading(left_out.adds))
    span = f" ({between[0]} to {between[1]})" if between else ""
    return f"{words}{wording.plain(who)} would add {value} CO₂e{span}."


def _grids(disclosure: Disclosure) -> Iterator[Method]:
    texts = (_grid(disclosure, each) for each in disclosure.activities)
    yield from (Method(heading="Grid", text=text) for text in dict.fromkeys(texts))


def _grid(disclosure: Disclosure, activity: Activity) -> str:
    region = activity.region
    value = joined(shortest(region.intensity.value, _GIVEN_DIGITS), "g CO₂e/kWh")
    place = wording.country_name(region) or "place not known, world mean"
    year = str(region.intensity.year or "")
    facts = ", ".join(filter(None, (value, place, year, region.scope, region.accounting)))
    cited = _who(disclosure, region)
    return " ".join(
        filter(
            None, (f"{facts} ({cited})." if cited else f"{facts}.", _theirs(disclosure, activity))
        )
    )


def _who(disclosure: Disclosure, region: Region) -> str:
    return citing.work(disclosure, region.intensity.source)


def _theirs(disclosure: Disclosure, activity: Activity) -> str:
    """What the tracker itself reckoned with, where it is not what we reckon with."""
    theirs, ours = activity.reported.intensity, activity.region.intensity
    if theirs is None or abs(theirs.value - ours.value) <= _SAME_RATIO * ours.value:
        return ""
    logs = citing.files(disclosure, activity)
    tracker = wording.named(next((log.tracker for log in logs if log.tracker), "The log"))
    gives = activity.reported.emissions
    result = f" and gives {figure(gives).text}" if isinstance(gives, Estimate) else ""
    return f"{tracker} itself used {shortest(theirs.value, 4)}{result}."


def _doubts(disclosure: Disclosure) -> Iterator[Method]:
    text = doubts(disclosure)
    if text:
        yield Method(heading="Where the doubt comes from", text=f"{text}.")
