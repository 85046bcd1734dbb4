"""I am the first page: what the report is of, and the whole of it in a few sentences."""

from __future__ import annotations

from typing import Final

from carbonlabel.documents import language, serving, wording
from carbonlabel.documents.context import GRID
from carbonlabel.documents.doubts import doubts
from carbonlabel.documents.numbers import NO_BREAK_SPACE, figure, joined
from carbonlabel.documents.report import facts as facts_of
from carbonlabel.documents.report import words
from carbonlabel.documents.report.blocks import Cell
from carbonlabel.documents.report.material import Material
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Missing

_GAS: Final = "CO₂e"


def facts(material: Material) -> tuple[tuple[Cell, ...], ...]:
    """What the report is of, for whom, and of which day: a name and a value each."""
    subject, face = material.disclosure.subject, material.face
    told = {
        "kind": _kind(material),
        "model": face.model,
        "revision": wording.named(subject.revision or ""),
        "size": face.size,
        "planned end" if _is_planned(material) else "issued": face.issued,
        "generator": face.generator,
    }
    return tuple((Cell(words.COVER[key]), Cell(each)) for key, each in told.items() if each)


def summary(material: Material) -> tuple[str, ...]:
    """Three to five sentences for a reader in a hurry."""
    told = (
        _headline(material),
        _work(material.disclosure),
        _rows(material),
        _quality(material),
        words.SUMMARY["left out"].format(items=material.face.left_out_sentence),
    )
    return tuple(_held(each) for each in told if each)


def _held(sentence: str) -> str:
    """The sentence with each unit of two words held together at the end of a line."""
    return sentence.replace(f" {_GAS}", f"{NO_BREAK_SPACE}{_GAS}")


def _is_planned(material: Material) -> bool:
    return material.disclosure.totals.headline == "planned"


def _kind(material: Material) -> str:
    kind = words.AUDIENCES[material.audience]
    if material.audience != "regulator" or material.recipient is None:
        return kind
    return language.say(": ").join((kind, words.RECIPIENTS[material.recipient]))


def _headline(material: Material) -> str:
    face, subject = material.face, material.disclosure.subject
    total = material.disclosure.totals
    model = face.model if subject.model else words.SUMMARY["unnamed"]
    if face.value is None:
        return words.SUMMARY["not reported"].format(runs=face.runs, model=model)
    span = ""
    if face.range_short:
        low, _, high = face.range_short.partition("–")
        span = words.SUMMARY["range"].format(low=low, high=joined(high, face.unit))
    return words.SUMMARY[total.headline].format(
        runs=face.runs, model=model, amount=joined(face.value, face.unit), range=span
    )


def _work(disclosure: Disclosure) -> str:
    activities = disclosure.activities
    time = serving.duration(activities)
    machines = serving.machines(device for each in activities for device in each.hardware)
    is_placed = any(each.region.given_by != "nobody" for each in activities)
    dates = serving.dates(activities)
    say = words.SUMMARY
    is_planned = disclosure.totals.headline == "planned"
    return say["work planned" if is_planned else "work"].format(
        took=_took(time, is_planned=is_planned),
        on=say["on"].format(machines=machines) if machines else "",
        where=say["where"].format(place=serving.within(activities))
        if is_placed
        else say["nowhere"],
        when=_when(dates),
    )


def _when(dates: str) -> str:
    if not dates:
        return ""
    key = "when" if " " in dates else "day"
    return words.SUMMARY[key].format(dates=dates, day=dates)


def _took(time: str, *, is_planned: bool) -> str:
    if is_planned:
        return words.SUMMARY["for"].format(time=time) if time else ""
    return words.SUMMARY["took"].format(time=time) if time else words.SUMMARY["done"]


def _rows(material: Material) -> str:
    totals = material.disclosure.totals
    electricity = facts_of.of_label(material.face, "electricity")
    if electricity is None or isinstance(totals.energy, Missing):
        return ""
    made = facts_of.of_label(material.face, "manufacture")
    return words.SUMMARY["rows" if made else "unmade"].format(
        electricity=electricity[0],
        energy=figure(totals.energy).text,
        intensity=_intensity(material),
        manufacture=made[0] if made else "",
    )


def _intensity(material: Material) -> str:
    """The factor of the grid, or the lowest and the highest of several, as the label has them."""
    name = language.say(GRID)
    found = next((each for each in material.face.contexts if each.name == name), None)
    return joined(found.value, found.unit) if found and found.value else ""


def _quality(material: Material) -> str:
    quality = material.face.quality
    if not quality.shares:
        return ""
    shares = ", ".join(
        f"{joined(str(percent), '%')} {wording.BASES[basis]}" for basis, percent in quality.shares
    )
    cause, _, share = doubts(material.disclosure).partition(", ")[0].rpartition(" ")
    return words.SUMMARY["quality"].format(
        word=quality.word,
        shares=words.SUMMARY["shares"].format(shares=shares),
        doubt=words.SUMMARY["doubt"].format(cause=f"{cause} ({share})") if cause else "",
    )
