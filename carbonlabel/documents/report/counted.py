"""I say what was counted, and what was not and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.documents import language, wording
from carbonlabel.documents.report import facts, words
from carbonlabel.documents.report.blocks import Cell, Section, cells, table
from carbonlabel.documents.report.material import Material
from carbonlabel.documents.sums import lines
from carbonlabel.model.disclosure import Activity
from carbonlabel.model.estimate import Missing

_MANUFACTURE: Final = "manufacture"
_SEVERAL: Final = 2


def counted(material: Material) -> Section:
    """Each activity: its runs, when and where they were, and what they used."""
    activities = material.disclosure.activities
    say = words.COUNTED
    head = [say[key] for key in ("runs", "when", "where", "time", "energy", "electricity")]
    rows = ((*_told(each), *_amounts(material, each)) for each in activities)
    return Section(
        "counted",
        words.TITLES["counted"],
        lead=(say["lead"],) if len(activities) >= _SEVERAL else (),
        tables=(table(words.TITLES["counted"], head, rows, shape="plain", rest=words.MORE),),
    )


def left_out(material: Material) -> Section | None:
    """Why a row is not reported, then why something is left out."""
    rows = tuple(_gaps(material))
    if not rows:
        return None
    found = table(words.TITLES["left-out"], words.LEFT_OUT_HEAD, rows, shape="two", rest=words.MORE)
    return Section("left-out", words.TITLES["left-out"], tables=(found,))


def _told(activity: Activity) -> tuple[Cell, ...]:
    runs = wording.runs([activity])
    told = runs if activity.complete else words.COUNTED["cut"].format(runs=runs)
    when = wording.dates([activity.period]) or language.say(words.NOT_STATED)
    known = wording.known(activity.duration)
    time = wording.duration(known.value) if known else language.say(words.NOT_STATED)
    return cells(told, when, wording.place_name(activity.region), time)


def _amounts(material: Material, activity: Activity) -> tuple[Cell, ...]:
    if len(material.disclosure.activities) == 1:
        used = wording.known(material.disclosure.totals.energy)
        emitted = facts.of_label(material.face, "electricity")
        return cells(
            facts.amount(used)[0] if used else wording.BASES["not reported"],
            emitted[0] if emitted else wording.BASES["not reported"],
        )
    parts = [part for part in activity.parts if part.part != _MANUFACTURE]
    energy = facts.summed((part.energy for part in parts), "kWh")
    emissions = facts.summed((part.emissions for part in parts), "gCO2e")
    return cells(
        energy or wording.BASES["not reported"], emissions or wording.BASES["not reported"]
    )


def _gaps(material: Material) -> Iterator[tuple[Cell, ...]]:
    face, left_out = material.face, material.disclosure.left_out
    whats = {each.what.casefold() for each in left_out}
    for row in face.rows:
        if row.value is None and row.reason and row.name.casefold() not in whats:
            yield cells(row.name, row.reason)
    yield from _in_part(material)
    for shown, each in zip(face.left_out, left_out, strict=False):
        yield cells(shown, wording.sentence(each.why))


def _in_part(material: Material) -> Iterator[tuple[Cell, ...]]:
    """The parts that some activities report and others do not, with those that do not."""
    for row in lines(material.disclosure.activities):
        if not (row.known and row.gaps):
            continue
        for activity in row.activities:
            gap = next((each.emissions for each in activity.parts if each.part == row.part), None)
            if isinstance(gap, Missing):
                name = wording.PART_NAMES[row.part]
                of = facts.activity_name(activity)
                what = language.say(words.SEVERAL).format(name=name, activity=of)
                yield cells(what, wording.sentence(gap.reason))
