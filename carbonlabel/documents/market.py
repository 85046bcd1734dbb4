"""I say what the electricity emits by its contracts, beside the other figures of the label."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from carbonlabel.documents import apart, citing, wording
from carbonlabel.documents.anatomy import Context, Method
from carbonlabel.documents.language import Words, marked, say
from carbonlabel.documents.numbers import (
    Reading,
    brief,
    decimal,
    figure,
    figure_of,
    joined,
    rounded,
    scaled,
    total,
    written,
)
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.market import Instrument, InstrumentKind

NAME: Final = marked("Market-based electricity")
_KINDS: Final[Mapping[InstrumentKind, str]] = Words(
    {
        "ppa": "power purchase agreement",
        "certificate": "certificates",
        "supplier": "supplier's mix",
        "tariff": "green tariff",
    }
)
_GIVEN_DIGITS: Final = 6
_ALL: Final = Decimal("0.995")


def contexts(disclosure: Disclosure) -> Iterator[Context]:
    """One line where a contract counts; none where none does."""
    market = disclosure.totals.market
    if market is None:
        return
    if isinstance(market, Missing):
        yield Context(name=say(NAME))
        return
    told = figure(market)
    yield Context(
        name=say(NAME),
        note=_note(disclosure),
        value=told.value,
        unit=told.unit,
        range=told.range,
        basis=market.basis,
    )


def methods(disclosure: Disclosure) -> Iterator[Method]:
    """The contracts of each activity, what is left, and what both come to."""
    priced = (each for each in disclosure.activities if each.market is not None)
    yield from apart.methods(say(NAME), ((each, _text(disclosure, each)) for each in priced))


def _note(disclosure: Disclosure) -> str:
    energy = disclosure.totals.energy
    if not isinstance(energy, Estimate) or not energy.value:
        return ""
    covered = _covered(each for each in disclosure.activities)
    share = covered / decimal(energy.value)
    if share >= _ALL:
        return say("contracts for all of it")
    percent = written(share, rounded(100 * share, 0), 0)
    return say("contracts for {percent} of it", percent=joined(percent, "%"))


def _covered(activities: Iterator[Activity] | Sequence[Activity]) -> Decimal:
    amounts = [decimal(each.energy.value) for of in activities for each in of.instruments or ()]
    return total(amounts)


def _text(disclosure: Disclosure, activity: Activity) -> str:
    market = activity.market
    if not isinstance(market, Estimate):
        reason = market.reason if isinstance(market, Missing) else ""
        return say("not reported: {reason}.", reason=wording.sentence(reason))
    terms = [*map(_contracted, activity.instruments or ()), *_rest(disclosure, activity)]
    return say(
        "{terms}; in all {amount}, which is in no other figure here.",
        terms=say("; ").join(terms),
        amount=figure(market).text,
    )


def _contracted(each: Instrument) -> str:
    amount = f"{figure(each.energy).value} {figure(each.energy).unit}"
    if each.contract is not None:
        amount = say("{amount} of {whole}", amount=amount, whole=figure(each.contract).text)
    facts = (
        _KINDS[each.kind],
        f"{wording.named(each.zone)} {each.vintage}",
        wording.named(each.reference or ""),
    )
    told = ", ".join(filter(None, facts))
    return say(
        "{amount} at {rate} ({facts})", amount=amount, rate=_rate(each.intensity), facts=told
    )


def _rest(disclosure: Disclosure, activity: Activity) -> Iterator[str]:
    known = [wording.known(part.energy) for part in activity.parts if part.part != "manufacture"]
    whole = total([decimal(each.value) for each in known if each is not None])
    left = whole - _covered([activity])
    if left <= (1 - _ALL) * whole:
        return
    residual = activity.region.residual
    rest = residual or activity.region.intensity
    average = say("location-based average, as no residual mix is stated")
    name = say("residual mix") if residual else average
    facts = (name, citing.work(disclosure, rest.source), str(rest.year or ""))
    amount = figure_of(scaled(Reading(left), "kWh")).text
    told = ", ".join(filter(None, facts))
    yield say("{amount} left at {rate} ({facts})", amount=amount, rate=_rate(rest), facts=told)


def _rate(intensity: Estimate) -> str:
    return joined(brief(intensity.value, _GIVEN_DIGITS), "g CO₂e/kWh")
