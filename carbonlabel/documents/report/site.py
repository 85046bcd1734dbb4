"""I tell the place: its grid, its cooling, its contracts and its water."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.documents import language, wording
from carbonlabel.documents.numbers import brief, figure, joined
from carbonlabel.documents.report import facts, words
from carbonlabel.documents.report.blocks import Cell, Section, Table, cells, table
from carbonlabel.documents.report.facts import Named
from carbonlabel.documents.report.material import Material
from carbonlabel.documents.story import ACCOUNTS, SCOPES
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.market import Instrument
from carbonlabel.model.region import Region

_MOST_PLACES: Final = 8
_GIVEN_DIGITS: Final = 6
_NO_ZONE: Final = "stated"
"""What a table of the user's own has for a zone where it names none."""


def place(material: Material) -> Section:
    """Each place with its factors, and what the electricity emits by the average of its grid."""
    disclosure = material.disclosure
    regions = list(dict.fromkeys(each.region for each in disclosure.activities))
    tables = [_place(disclosure, each, len(regions)) for each in regions[:_MOST_PLACES]]
    return Section("place", words.TITLES["place"], tables=(*tables, *_trackers(disclosure)))


def contracts(material: Material) -> Section | None:
    """Location-based and market-based side by side, and the contracts behind the second."""
    disclosure = material.disclosure
    if disclosure.totals.market is None:
        return None
    say, totals = words.CONTRACTS, disclosure.totals
    both = (
        *facts.labelled(material, say["location"], "electricity", totals.electricity),
        *facts.rows(disclosure, ((say["market"], totals.market),)),
    )
    head = [say[key] for key in ("kind", "covers", "zone", "intensity", "emissions", "reference")]
    several = sum(bool(each.instruments) for each in disclosure.activities) > 1
    listed = [
        _contract(each, facts.activity_name(of) if several else "")
        for of in disclosure.activities
        for each in of.instruments or ()
    ]
    return Section(
        "contracts",
        words.TITLES["contracts"],
        lead=(say["lead"],),
        tables=(
            table(say["both"], words.QUANTITY_HEAD, both, shape="figures"),
            *([table(say["table"], head, listed, rest=words.MORE)] if listed else []),
        ),
    )


def water(material: Material) -> Section | None:
    """Water consumed on site and at the power plants, with its factors; nothing if neither is."""
    disclosure = material.disclosure
    found = disclosure.totals.water or {}
    if not any(wording.known(each) for each in found.values()):
        return None
    named: list[Named] = [(words.WATER[side], each) for side, each in found.items()]
    named += [(words.WATER["published"], each.reported.water) for each in disclosure.activities]
    rows = facts.rows(disclosure, named)
    return Section(
        "water",
        words.TITLES["water"],
        tables=(table(words.TITLES["water"], words.QUANTITY_HEAD, rows, shape="figures"),),
    )


def _place(disclosure: Disclosure, region: Region, places_count: int) -> Table:
    say = words.PLACE
    zone = say["no zone" if region.zone == _NO_ZONE else "zone"].format(
        zone=wording.named(region.zone),
        scope=SCOPES[region.scope],
        accounting=ACCOUNTS[region.accounting],
    )
    names = (facts.activity_name(each) for each in disclosure.activities if each.region == region)
    caption = say["table" if places_count == 1 else "table of"].format(
        place=wording.place_name(region),
        activities=wording.listed(names),
        zone=say["world"] if region.given_by == "nobody" else zone,
    )
    named: tuple[Named, ...] = (
        (say["intensity"], region.intensity),
        (say["pue"], region.pue),
        (say["wue"], region.wue),
        (say["ewif"], region.ewif),
        (say["residual"], region.residual),
    )
    rows = facts.rows(disclosure, named)
    return table(caption, words.QUANTITY_HEAD, rows, shape="figures", is_titled=True)


def _trackers(disclosure: Disclosure) -> Iterator[Table]:
    """What the trackers themselves said, beside it."""
    several = len(disclosure.activities) > 1
    named = [each for activity in disclosure.activities for each in _reported(activity, several)]
    rows = [
        facts.given(disclosure, name, each) for name, each in named if isinstance(each, Estimate)
    ]
    if rows:
        caption = words.PLACE["reported"]
        yield table(
            caption, words.QUANTITY_HEAD, rows, shape="figures", rest=words.MORE, is_titled=True
        )


def _reported(activity: Activity, several: bool) -> Iterator[Named]:  # noqa: FBT001 - said once, beside it
    reported = activity.reported
    for key, each in (
        ("tracker energy", reported.energy),
        ("tracker emissions", reported.emissions),
        ("tracker", reported.intensity),
    ):
        name = words.PLACE[key]
        of = facts.activity_name(activity)
        yield language.say(words.SEVERAL).format(name=name, activity=of) if several else name, each


def _contract(each: Instrument, activity: str) -> tuple[Cell, ...]:
    claim = joined(brief(each.intensity.value, _GIVEN_DIGITS), "g CO₂e/kWh")
    kind, covers = words.CONTRACTS[each.kind], figure(each.energy).text
    return cells(
        language.say(words.SEVERAL).format(name=kind, activity=activity) if activity else kind,
        covers,
        f"{wording.named(each.zone)} {each.vintage}",
        claim,
        figure(each.emissions).text,
        wording.named(each.reference or words.DASH),
    )
