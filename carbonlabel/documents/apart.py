"""I tell methods apart that differ from one activity to another, by the names of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from carbonlabel.documents import wording
from carbonlabel.documents.anatomy import Method
from carbonlabel.documents.language import say
from carbonlabel.model.disclosure import Activity


def methods(heading: str, told: Iterable[tuple[Activity, str]]) -> Iterator[Method]:
    """A paragraph for each text, once; the heading names what it is of where that tells it apart.

    `told` is a text for each activity that has one: `Grid, training` heads that of the training.
    """
    found: dict[str, dict[str, None]] = {}
    for activity, text in told:
        found.setdefault(text, {})[wording.phase_name(activity.phase)] = None
    names = [wording.listed(phases) for phases in found.values()]
    are_apart = len(set(names)) > 1
    for text, name in zip(found, names, strict=True):
        apart = say("{name}, {activity}", name=heading, activity=name)
        yield Method(heading=apart if are_apart else heading, text=text)
