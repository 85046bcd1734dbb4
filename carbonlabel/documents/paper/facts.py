"""I pick the finished words of a label that a paper quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from carbonlabel.documents import citing, serving, use, wording
from carbonlabel.documents.anatomy import Context, Face, Row
from carbonlabel.documents.face import face
from carbonlabel.documents.language import say
from carbonlabel.documents.numbers import Reading, decimal, figure_of, joined, scaled, total
from carbonlabel.documents.sums import lines
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import TRAINING
from carbonlabel.model.provenance import Source

NOT_REPORTED = wording.NOT_REPORTED
_USE: Final = frozenset({"inference", "deployment"})
_SAID: Final = frozenset({"typed", "statement"})
"""Keys of sources that are no works: what somebody typed for this run."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a paper says of a training: every text is finished and rounded."""

    face: Face
    deed: str
    """What was done to the model: `trained`, `used`, `trained and used`."""
    is_planned: bool
    """Whether the run is still to be."""
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
    use: str
    """What each unit of use emits, or empty."""
    is_alone: bool
    """Whether one run that trained the model is all there is."""
    final_time: str
    """Wall time of the run that made the weights; empty where it is not told apart."""
    final_total: str
    """What that run emitted; empty where it is not told apart."""
    partial: tuple[str, ...]
    """The rows that some activities lack, with those that do."""
    works: tuple[tuple[str, Source], ...]
    """The works cited, by key."""

    @property
    def total(self) -> str:
        """`1.9 mg CO₂e (95 % range 0.7–4.1)`, with "at least" where a part is missing."""
        found = self.face
        if found.value is None:
            return wording.BASES["not reported"]
        amount = with_range(found.value, found.unit, found.range_short)
        is_part = self.is_planned and any(row.value is None for row in found.rows)
        is_part = is_part or found.headline == wording.HEADLINES["at least"]
        return say("at least {amount}", amount=amount) if is_part else amount

    @property
    def not_counted(self) -> str:
        """The rows that nobody reported, and what is left out."""
        return ", ".join((*self._gaps, self.face.left_out_sentence))

    @property
    def _gaps(self) -> tuple[str, ...]:
        """The rows without an amount, in all or in part; cooling is told with what is left out."""
        names = (row.name for row in self.face.rows if row.value is None and row.part != "overhead")
        return tuple(f"{name[:1].lower()}{name[1:]}" for name in (*names, *self.partial))

    def row(self, part: str) -> Row | None:
        """A row of the label, where it has one."""
        return next((row for row in self.face.rows if row.part == part), None)

    def amount(self, part: str) -> str:
        """The amount of a row with its range."""
        row = self.row(part)
        if row is None or row.value is None:
            return wording.BASES["not reported"]
        return with_range(row.value, self.face.unit, row.range)

    def context(self, name: str) -> Context | None:
        """A line under the parts, where somebody reported it."""
        return next(
            (each for each in self.face.contexts if each.name == say(name) and each.value), None
        )

    def said(self, name: str) -> str:
        """The amount of a line under the parts with its range."""
        found = self.context(name)
        if found is None or found.value is None:
            return wording.BASES["not reported"]
        return with_range(found.value, found.unit, found.range)


def facts(disclosure: Disclosure) -> Facts:
    """The finished words of a disclosure."""
    activities = disclosure.activities
    final = _final(activities)
    return Facts(
        face=face(disclosure),
        deed=_deed(disclosure),
        is_planned=disclosure.totals.headline == "planned",
        hardware=serving.machines(device for each in activities for device in each.hardware),
        duration=serving.duration(activities),
        device_time=serving.accelerator_time(activities),
        places=serving.within(activities),
        tracker=citing.metered(disclosure),
        use=use.emitted(disclosure),
        is_alone=len(final) == len(activities),
        final_time=serving.duration(final) if final else "",
        final_total=_emitted(final),
        partial=tuple(_partial(activities)),
        works=tuple(works(disclosure)),
    )


def works(disclosure: Disclosure) -> Iterator[tuple[str, Source]]:
    """What can be cited, by key: all sources but what was typed for this run."""
    return ((key, each) for key, each in disclosure.sources.items() if key not in _SAID)


def _final(activities: Sequence[Activity]) -> tuple[Activity, ...]:
    """The one run that made the weights; nothing where there are several, or none."""
    training = tuple(each for each in activities if each.phase in TRAINING)
    return training if len(training) == 1 and training[0].runs == 1 else ()


def _partial(activities: Sequence[Activity]) -> Iterator[str]:
    for row in lines(activities):
        lacking = [
            wording.phase_name(each.phase)
            for each in row.activities
            for part in each.parts
            if part.part == row.part and isinstance(part.emissions, Missing)
        ]
        if row.known and lacking:
            yield f"{wording.PART_NAMES[row.part]} ({', '.join(dict.fromkeys(lacking))})"


def _emitted(activities: Sequence[Activity]) -> str:
    """All that is known of what some activities emitted, as a lower bound where a part is not."""
    parts = [part.emissions for each in activities for part in each.parts]
    found = [decimal(each.value) for each in parts if isinstance(each, Estimate)]
    if not found:
        return ""
    amount = figure_of(scaled(Reading(total(found)), "gCO2e")).text
    is_part = any(isinstance(each, Missing) and wording.applies(each) for each in parts)
    return say("at least {amount}", amount=amount) if is_part else amount


def _deed(disclosure: Disclosure) -> str:
    used = [each.phase in _USE for each in disclosure.activities]
    if all(used):
        return "used"
    return "trained and used" if any(used) else "trained"


def with_range(value: str, unit: str, span: str) -> str:
    """`1.9 mg CO₂e (95 % range 0.7–4.1)`."""
    amount = joined(value, unit) if unit else value
    if not span:
        return amount
    return say(
        "{amount} ({percent} range {span})", amount=amount, percent=joined("95", "%"), span=span
    )
