"""I pick the finished words of a label that a paper quotes."""

from __future__ import annotations

from dataclasses import dataclass

from carbonlabel.documents import citing, serving, wording
from carbonlabel.documents.anatomy import Context, Face, Row
from carbonlabel.documents.face import face
from carbonlabel.documents.numbers import joined
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.provenance import Source

NOT_REPORTED = wording.NOT_REPORTED


@dataclass(frozen=True, slots=True)
class Facts:
    """What a paper says of a training: every text is finished and rounded."""

    face: Face
    hardware: str
    """`2 × NVIDIA A100-SXM4-80GB`, or empty."""
    duration: str
    """Wall time of all runs, or empty."""
    device_time: str
    """`3.2 GPU-hours`, or empty."""
    places: str
    """Where the runs took place."""
    tracker: str
    """`CodeCarbon 3.3.2`, or the files that told."""
    works: tuple[tuple[str, Source], ...]
    """The works cited, by key."""

    @property
    def total(self) -> str:
        """`1.9 mg CO₂e (95 % range 0.7–4.1)`, with "at least" where a part is missing."""
        found = self.face
        if found.value is None:
            return NOT_REPORTED
        least = "at least " if found.headline == "At least" else ""
        return f"{least}{with_range(found.value, found.unit, found.range_short)}"

    def row(self, part: str) -> Row | None:
        """A row of the label, where it has one."""
        return next((row for row in self.face.rows if row.part == part), None)

    def amount(self, part: str) -> str:
        """The amount of a row with its range."""
        row = self.row(part)
        if row is None or row.value is None:
            return NOT_REPORTED
        return with_range(row.value, self.face.unit, row.range)

    def context(self, name: str) -> Context | None:
        """A line under the parts, where somebody reported it."""
        return next((each for each in self.face.contexts if each.name == name and each.value), None)

    def said(self, name: str) -> str:
        """The amount of a line under the parts with its range."""
        found = self.context(name)
        if found is None or found.value is None:
            return NOT_REPORTED
        return with_range(found.value, found.unit, found.range)


def facts(disclosure: Disclosure) -> Facts:
    """The finished words of a disclosure."""
    activities = disclosure.activities
    return Facts(
        face=face(disclosure),
        hardware=serving.machines(device for each in activities for device in each.hardware),
        duration=serving.duration(activities),
        device_time=serving.accelerator_time(activities),
        places=serving.places(activities),
        tracker=citing.origin(disclosure),
        works=tuple(disclosure.sources.items()),
    )


def with_range(value: str, unit: str, span: str) -> str:
    """`1.9 mg CO₂e (95 % range 0.7–4.1)`."""
    amount = joined(value, unit) if unit else value
    return f"{amount} ({joined('95', '%')} range {span})" if span else amount
