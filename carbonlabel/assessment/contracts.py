"""I say which contracts count for which runs, and what is noteworthy about those that do or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from carbonlabel.factors import markets
from carbonlabel.method.digits import nine
from carbonlabel.method.market import Allotment
from carbonlabel.model.disclosure import Activity
from carbonlabel.model.market import Contract
from carbonlabel.model.provenance import Finding
from carbonlabel.model.region import Place
from carbonlabel.rules.comparison import shown

_ALL: Final = "/activities"
_KINDS: Final = {
    "ppa": "power purchase",
    "certificate": "certificates",
    "supplier": "supplier's mix",
    "tariff": "green tariff",
}
Sited = tuple[Activity, int | None]
"""An activity, and the year of its runs where they say it."""


def apart(contract: Contract, activity: Activity, year: int | None) -> int | None:
    """How far a contract is from the runs of an activity; None where it cannot count for them."""
    return markets.apart(contract.zone, contract.vintage, activity.region.country, year)


def without(place: Place) -> tuple[Finding, ...]:
    """What to say where no contract is stated."""
    if place.residual is None:
        return ()
    return (
        Finding(
            code="residual-without-contract",
            severity="note",
            place=_ALL,
            message="A residual mix is stated and no contract: there is no market-based figure.",
            suggestion="list the contracts under instruments in region.yaml, or leave residual out",
        ),
    )


def remarks(
    place: Place,
    sites: Sequence[Sited],
    shares: Sequence[Sequence[Allotment]],
    *,
    open_kwh: float,
) -> tuple[Finding, ...]:
    """What to know of the contracts, and of the energy in kWh that none of them covers."""
    stated = place.instruments
    told = (
        finding
        for contract, row in zip(stated, shares, strict=True)
        for finding in _of(contract, sites, row)
    )
    counts = any(share.used_kwh for row in shares for share in row)
    rest = _rest(open_kwh) if counts and open_kwh and place.residual is None else ()
    return (*told, *rest)


def _of(contract: Contract, sites: Sequence[Sited], row: Sequence[Allotment]) -> Iterator[Finding]:
    if not any(share.used_kwh for share in row):
        yield _not_counted(contract, sites)
        return
    used = [(*site, share.used_kwh) for site, share in zip(sites, row, strict=True)]
    for activity, year, used_kwh in used:
        if used_kwh:
            yield from _far(contract, activity, year)
    used_kwh = nine(sum(share.used_kwh for share in row))
    if used_kwh < contract.energy.value:
        yield Finding(
            code="contract-surplus",
            severity="note",
            place=_ALL,
            message=f"The {named(contract)} is for more than the runs that it fits needed of it: "
            "the rest counts for nothing here.",
            expected=shown(contract.energy.value, "kWh"),
            found=shown(used_kwh, "kWh"),
        )


def named(contract: Contract) -> str:
    """`contract of FR 2025 (certificates)`."""
    return f"contract of {contract.zone} {contract.vintage} ({_KINDS[contract.kind]})"


def _not_counted(contract: Contract, sites: Sequence[Sited]) -> Finding:
    fits = any(apart(contract, activity, year) is not None for activity, year in sites)
    places = ", ".join(dict.fromkeys(_sited(activity, year) for activity, year in sites))
    return Finding(
        code="contract-not-counted",
        severity="note" if fits else "warning",
        place=_ALL,
        message=f"The {named(contract)} counts for nothing: other contracts cover what it fits."
        if fits
        else f"The {named(contract)} counts for nothing: it is of another market than the runs, "
        "or more than a year away from them.",
        expected=places,
        found=f"{contract.zone} {contract.vintage}",
        suggestion=None if fits else "list contracts of the place and the year of the runs",
    )


def _sited(activity: Activity, year: int | None) -> str:
    words = (activity.region.country or "place not known", str(year or "year not known"))
    return " ".join(words)


def _far(contract: Contract, activity: Activity, year: int | None) -> Iterator[Finding]:
    """What keeps a contract that counts from being of the same country and year."""
    stands = _Standing(contract, activity, year)
    country = activity.region.country
    if country is None:
        yield stands.finding("contract-place-unknown", "may be of another market than the runs")
    elif contract.zone[:2] != country[:2]:
        yield stands.finding("contract-of-neighbour", "is of another country of the same market")
    if year is None:
        yield stands.finding("contract-year-unknown", "may be of another time than the runs")
    elif contract.vintage != year:
        yield stands.finding("contract-of-other-year", "is of the year before or after the runs")


class _Standing(NamedTuple):
    """A contract beside the runs that it counts for."""

    contract: Contract
    activity: Activity
    year: int | None

    def finding(self, code: str, words: str) -> Finding:
        return Finding(
            code=code,
            severity="warning" if code.endswith("unknown") else "note",
            place=_ALL,
            message=f"The {named(self.contract)} {words}.",
            expected=_sited(self.activity, self.year),
            found=f"{self.contract.zone} {self.contract.vintage}",
        )


def _rest(open_kwh: float) -> tuple[Finding, ...]:
    return (
        Finding(
            code="residual-not-stated",
            severity="warning",
            place=_ALL,
            message="No residual mix is stated: what no contract covers takes the grid's average, "
            "which holds the plants that others have contracts with.",
            found=shown(open_kwh, "kWh"),
            suggestion="state residual in region.yaml, as the issuing body of the market publishes",
        ),
    )
