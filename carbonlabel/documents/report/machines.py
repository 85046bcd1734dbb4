"""I tell the machines: what they were, what making them cost, and what is in them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from carbonlabel.documents import language, making, wording
from carbonlabel.documents.numbers import brief, figure, grouped, joined
from carbonlabel.documents.report import facts, words
from carbonlabel.documents.report.blocks import Cell, Section, cells, table
from carbonlabel.documents.report.material import Material
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.hardware import Device
from carbonlabel.model.units import years_from_seconds

_GIVEN_DIGITS: Final = 3


def hardware(material: Material) -> Section | None:
    """Each kind of machine, and how many there were."""
    say = words.HARDWARE
    rows = tuple(
        cells(wording.named(each.name), say[each.kind], grouped(Decimal(each.count)), _share(each))
        for each in _devices(material.disclosure)
    )
    if not rows:
        return None
    head = [say[key] for key in ("machine", "kind", "count", "share")]
    found = table(words.TITLES["hardware"], head, rows, shape="plain", rest=words.MORE)
    return Section("hardware", words.TITLES["hardware"], tables=(found,))


def manufacture(material: Material) -> Section | None:
    """What making one of each machine cost, by which method, and over how long it is spread."""
    disclosure, say = material.disclosure, words.HARDWARE
    rows = tuple(_making(disclosure, each) for each in _devices(disclosure) if each.making)
    if not rows:
        return None
    head = [say[key] for key in ("machine", "making", "range", "method", "life", "from")]
    name, made = words.COMPONENTS["manufacture"], disclosure.totals.manufacture
    total = facts.labelled(material, name, "manufacture", made)
    title = words.TITLES["manufacture"]
    return Section(
        "manufacture",
        title,
        tables=(
            table(title, words.QUANTITY_HEAD, total, shape="figures"),
            table(say["making"], head, rows, rest=words.MORE),
        ),
    )


def minerals(material: Material) -> Section | None:
    """The abiotic resources in the machines, as far as they are known."""
    disclosure, say = material.disclosure, words.HARDWARE
    if disclosure.totals.minerals is None:
        return None
    named = [(language.say(words.MINERALS), disclosure.totals.minerals)]
    ones = [(wording.named(each.name), each.minerals) for each in _devices(disclosure)]
    tables = [
        table(
            words.TITLES["minerals"],
            words.QUANTITY_HEAD,
            facts.rows(disclosure, named),
            shape="figures",
        )
    ]
    rows = tuple(facts.rows(disclosure, ones))
    if rows:
        head = (say["minerals"], *words.QUANTITY_HEAD[1:])
        tables.append(table(say["minerals"], head, rows, shape="figures", rest=words.MORE))
    return Section("minerals", words.TITLES["minerals"], tables=tuple(tables))


def _devices(disclosure: Disclosure) -> Iterator[Device]:
    every = (device for activity in disclosure.activities for device in activity.hardware)
    yield from dict.fromkeys(every)


def _share(device: Device) -> str:
    part = 1.0 if device.share is None else device.share
    return joined(brief(100 * part, _GIVEN_DIGITS), "%")


def _making(disclosure: Disclosure, device: Device) -> tuple[Cell, ...]:
    if device.making is None:
        return ()
    told = figure(device.making)
    life = device.lifetime
    years = brief(years_from_seconds(life.value), 2) if life else ""
    return (
        *cells(
            wording.named(device.name),
            told.text,
            told.range,
            making.IN_FULL[device.method] if device.method else words.DASH,
        ),
        Cell(language.say("{number}\u00a0years", number=years) if years else words.DASH),
        facts.origin(disclosure, device.making),
    )
