"""I say in a few words who gave a figure: a file that was read, or a work that is cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from carbonlabel.documents import wording
from carbonlabel.documents.language import ours, several
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.provenance import Input

_LONGEST_TITLE: Final = 60
_BASE: Final = "base"
"""What keys of inputs begin with that are disclosures of base models."""


def work(disclosure: Disclosure, key: str | None) -> str:
    """Who gave a figure: `Ember`, or the name of a file; empty where the key is unknown."""
    if key in disclosure.sources:
        title = ours(disclosure.sources[key].title).partition(",")[0].partition(": ")[0]
        return wording.named(title, _LONGEST_TITLE)
    return wording.named(disclosure.inputs[key].file) if key in disclosure.inputs else ""


def files(disclosure: Disclosure, activity: Activity) -> tuple[Input, ...]:
    """The files that an activity's figures cite, in the order of the disclosure."""
    cited = {each.source for each in _quantities(activity) if isinstance(each, Estimate)}
    found = [file for key, file in disclosure.inputs.items() if key in cited]
    return tuple(found) or tuple(
        file for key, file in disclosure.inputs.items() if key.startswith("log")
    )


def trackers(inputs: Iterable[Input]) -> str:
    """`CodeCarbon 3.3.2`; several are joined."""
    names = (f"{each.tracker} {each.version or ''}".strip() for each in inputs if each.tracker)
    return wording.listed(wording.named(name, _LONGEST_TITLE) for name in names)


def origin(disclosure: Disclosure) -> str:
    """Who gave the figures: the trackers with their versions, else the files; no base model's."""
    return trackers(_logs(disclosure)) or wording.listed(
        wording.named(file.file)
        for key, file in disclosure.inputs.items()
        if not key.startswith(_BASE)
    )


def metered(disclosure: Disclosure) -> str:
    """Who gave the energy: the trackers with their versions, else the logs; empty without."""
    logs = _logs(disclosure)
    return trackers(logs) or wording.listed(wording.named(file.file) for file in logs)


def _logs(disclosure: Disclosure) -> list[Input]:
    return [file for activity in disclosure.activities for file in files(disclosure, activity)]


def file_names(inputs: Sequence[Input]) -> str:
    """The first file's name and how many more there are."""
    rest = len(inputs) - 1
    first = wording.named(inputs[0].file) if inputs else ""
    if rest <= 0:
        return first
    return several(
        rest, "{name} and {count} more file", "{name} and {count} more files", name=first
    )


def _quantities(activity: Activity) -> Iterator[Estimate | Missing | None]:
    yield activity.duration
    yield activity.reported.energy
    for part in activity.parts:
        yield part.energy
