"""I tell how the figures came about: energy, cooling, grid, doubt, manufacture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from carbonlabel.documents import (
    ancestry,
    apart,
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
from carbonlabel.documents.language import Words, decimals, say
from carbonlabel.documents.numbers import (
    between,
    brief,
    figure,
    joined,
    reading,
)
from carbonlabel.documents.sums import Line
from carbonlabel.model.disclosure import Activity, Disclosure, LeftOut, PartName
from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.model.region import Accounting, Region, Scope

_GIVEN_DIGITS: Final = 6
_SAME_RATIO: Final = 0.005
_LONGEST_REASON: Final = 200
_SENSED: Final[Mapping[PartName, Mapping[Basis | Literal["modelled"], str]]] = {
    "accelerators": Words(
        {
            "measured": "accelerators measured",
            "estimated": "accelerators estimated",
            "assumed": "accelerators assumed",
            "modelled": "accelerators by model, no meter",
        }
    ),
    "host": Words(
        {
            "measured": "CPU and memory measured",
            "estimated": "CPU and memory estimated",
            "assumed": "CPU and memory assumed",
            "modelled": "CPU and memory by model, no meter",
        }
    ),
    "computing": Words(
        {
            "measured": "energy measured",
            "estimated": "energy estimated",
            "assumed": "energy assumed",
            "modelled": "energy by model, no meter",
        }
    ),
    "idle": Words(
        {
            "measured": "idle time measured",
            "estimated": "idle time estimated",
            "assumed": "idle time assumed",
            "modelled": "idle time by model, no meter",
        }
    ),
    "shared": Words(
        {
            "measured": "shared nodes measured",
            "estimated": "shared nodes estimated",
            "assumed": "shared nodes assumed",
            "modelled": "shared nodes by model, no meter",
        }
    ),
}
"""Each whole, as other languages bend the adjective after its noun."""

SCOPES: Final[Mapping[Scope, str]] = Words({"lifecycle": "lifecycle", "direct": "direct"})
ACCOUNTS: Final[Mapping[Accounting, str]] = Words(
    {"production": "production", "consumption": "consumption"}
)


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
        citing.trackers(logs) or say("stated by hand" if logs else "estimated without a log"),
        citing.file_names(logs),
        wording.runs_of(activity.runs),
        serving.duration([activity]),
        serving.dates([activity]),
    )
    how = ", ".join(_sensed(disclosure, activity)) or say("no energy is known")
    alone = len(disclosure.activities) == 1
    of_phase = say("Energy of {phase}", phase=wording.phase_name(activity.phase))
    return Method(
        heading=say("Energy") if alone else of_phase,
        text=f"{', '.join(filter(None, facts))}{say('; ')}{how}.",
        verbatim=wording.named(logs[0].file) if logs else "",
    )


def _sensed(disclosure: Disclosure, activity: Activity) -> Iterator[str]:
    modelled = {each.code for each in disclosure.findings}
    for row in activity.parts:
        if row.part in _SENSED and isinstance(row.energy, Estimate):
            is_modelled = f"{row.part}-modelled" in modelled
            yield _SENSED[row.part]["modelled" if is_modelled else row.energy.basis]


def _cooling(disclosure: Disclosure, line: Line, column: Column) -> Method:
    told = [_pue(disclosure, activity) for activity in line.activities]
    texts = [text for text in dict.fromkeys(told) if text]
    if line.gaps:
        reason = wording.clipped(line.gaps[0].reason, _LONGEST_REASON)
        gap = say("not counted; {reason}.", reason=reason)
        texts.append(f"{gap[:1].upper()}{gap[1:]}" if texts else gap)
        texts += [_if_cooled(disclosure, each, column) for each in disclosure.left_out]
    return Method(heading=wording.PART_NAMES["overhead"], text=" ".join(filter(None, texts)))


def _pue(disclosure: Disclosure, activity: Activity) -> str:
    pue = activity.region.pue
    if isinstance(pue, Missing):
        return ""
    year = str(pue.year or "")
    cited = ", ".join(filter(None, (citing.work(disclosure, pue.source), year)))
    text = f"PUE {brief(pue.value, _GIVEN_DIGITS)}" + (f" ({cited})" if cited else "")
    if activity.pue_in_energy == "yes":
        return say("{pue}; what the log held was taken out first.", pue=text)
    if not citing.files(disclosure, activity):
        return f"{text}."
    return say("{pue}; the log held none.", pue=text)


def _if_cooled(disclosure: Disclosure, left_out: LeftOut, column: Column) -> str:
    pue = leavings.pue_of(left_out)
    if not pue or left_out.adds is None:
        return ""
    is_survey = "survey mean" in left_out.why
    cited = next((each for key, each in disclosure.sources.items() if key == "uptime"), None)
    who = "" if cited is None else f" ({cited.title.partition(',')[0]}, {cited.year})"
    words = say("The survey mean {pue}" if is_survey else "A PUE of {pue}", pue=decimals(pue))
    value, both = column.aside(reading(left_out.adds))
    return say(
        "{pue} would add {amount}.",
        pue=f"{words}{wording.plain(who)}",
        amount=f"{value} CO₂e" + (f" ({between(*both)})" if both else ""),
    )


def _grids(disclosure: Disclosure) -> Iterator[Method]:
    told = ((each, _grid(disclosure, each)) for each in disclosure.activities)
    yield from apart.methods(say("Grid"), told)


def _grid(disclosure: Disclosure, activity: Activity) -> str:
    region = activity.region
    value = joined(brief(region.intensity.value, _GIVEN_DIGITS), "g CO₂e/kWh")
    place = wording.grid_place(region) or say("place not known, world mean")
    year = str(region.intensity.year or "")
    facts = ", ".join(
        filter(None, (value, place, year, SCOPES[region.scope], ACCOUNTS[region.accounting]))
    )
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
    tracker = wording.named(next((log.tracker for log in logs if log.tracker), say("The log")))
    gives, used = activity.reported.emissions, brief(theirs.value, 4)
    if not isinstance(gives, Estimate):
        return say("{tracker} itself used {intensity}.", tracker=tracker, intensity=used)
    return say(
        "{tracker} itself used {intensity} and gives {amount}.",
        tracker=tracker,
        intensity=used,
        amount=figure(gives).text,
    )


def _doubts(disclosure: Disclosure) -> Iterator[Method]:
    text = doubts(disclosure)
    if text:
        yield Method(heading=say("Where the doubt comes from"), text=f"{text}.")
