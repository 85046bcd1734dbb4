"""I lead from a given figure to where it was given: lines of a log, a row of a table, a flag."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from carbonlabel import registry
from carbonlabel.errors import PluginError, UnknownFormat
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Input, Period
from carbonlabel.record.pointers import steps_of
from carbonlabel.rules.comparison import shown
from carbonlabel.rules.dates import wall
from carbonlabel.telling.words import cited_work

_MOST_LINES: Final = 12
_FIELDS: Final = {"reported/energy": "reported_energy", "reported/emissions": "reported_emissions"}


def leads(
    disclosure: Disclosure, place: str, quantity: Estimate, evidence: Sequence[Evidence] = ()
) -> Iterator[str]:
    """Where the given figure at a place comes from, line by line.

    With the runs of the logs at hand, each line and column that it stands in.
    """
    if quantity.source is None:
        yield f"added up over {', '.join(files(disclosure, 'log'))}"
    else:
        yield f"from {_origin(disclosure, place, quantity.source)}"
    yield from _row(disclosure, place, quantity)
    yield from _lines(disclosure, place, quantity, evidence)


def files(disclosure: Disclosure, key: str) -> tuple[str, ...]:
    """The files cited as `key`, `key-2` and so on; where there are none, the logs."""
    numbered = re.compile(rf"{re.escape(key)}(-[0-9]+)?")
    found = [each.file for cited, each in disclosure.inputs.items() if numbered.fullmatch(cited)]
    every = [each.file for each in disclosure.inputs.values()]
    return tuple(found or every) or ("files that are not listed",)


def _origin(disclosure: Disclosure, place: str, key: str) -> str:
    cited = disclosure.inputs.get(key) or disclosure.sources.get(key)
    if cited is None:
        return f"{key}, which is not listed"
    column = _column(cited.format, _field(disclosure, place)) if isinstance(cited, Input) else ""
    return f"{cited_work(cited)}, column {column}" if column else cited_work(cited)


def _row(disclosure: Disclosure, place: str, quantity: Estimate) -> Iterator[str]:
    """The row of the shipped table that answered."""
    match steps_of(place):
        case ("activities", number, "region", "intensity") if quantity.source in disclosure.sources:
            region = disclosure.activities[int(number)].region
            if region.zone != "stated":
                counts = f"{region.scope}, {region.accounting}"
                yield f"zone {region.zone}, year {quantity.year}, {counts}"
        case ("activities", number, "hardware", row, "making" | "minerals"):
            device = disclosure.activities[int(number)].hardware[int(row)]
            yield f"for one {device.name}"
        case _:
            return


def _lines(
    disclosure: Disclosure, place: str, quantity: Estimate, evidence: Sequence[Evidence]
) -> Iterator[str]:
    steps = steps_of(place)
    name = _field(disclosure, place)
    if steps[0] != "activities" or not name:
        return
    activity = disclosure.activities[int(steps[1])]
    cited = disclosure.inputs.get(quantity.source or "")
    found = [
        (run, figure)
        for run in evidence
        if _is_of(run, activity, cited)
        and isinstance(figure := getattr(run, _FIELDS.get(name, name), None), Estimate)
    ]
    for run, figure in found[:_MOST_LINES]:
        yield f"{run.place}: {shown(figure.value, figure.unit)}"
    if len(found) > _MOST_LINES:
        yield f"and {len(found) - _MOST_LINES} more runs"


def _is_of(run: Evidence, activity: Activity, cited: Input | None) -> bool:
    """Whether a run is of the file that was cited, and within the time of the activity."""
    if cited is not None and cited not in run.inputs:
        return False
    if isinstance(run.period, Missing) or isinstance(activity.period, Missing):
        return True
    return _contains(activity.period, run.period)


def _contains(whole: Period, part: Period) -> bool:
    starts = wall(whole.start) <= wall(part.start)
    return starts and wall(part.end) <= wall(whole.end)


def _field(disclosure: Disclosure, place: str) -> str:
    """What a run calls the figure; empty where no run has it."""
    match steps_of(place):
        case ("activities", number, "parts", row, "energy"):
            return disclosure.activities[int(number)].parts[int(row)].part
        case ("activities", _, "region", ("pue" | "wue") as name):
            return name
        case ("activities", _, "duration"):
            return "duration"
        case ("activities", _, "reported", ("energy" | "emissions") as name):
            return f"reported/{name}"
        case _:
            return ""


@cache
def _columns(form: str) -> Mapping[str, str]:
    """The columns that each figure of a run stands in, where its reader says so."""
    try:
        found: Mapping[str, str] = getattr(registry.reader(form), "columns", {})
    except (UnknownFormat, PluginError):
        return {}
    return found


def _column(form: str, name: str) -> str:
    return _columns(form).get(name, "") if name else ""
