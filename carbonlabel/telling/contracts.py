"""I work market-based figures out again: contracts cover what was taken, and no more of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from carbonlabel.method.basis import sum_basis, weakest
from carbonlabel.method.market import Allotment, covered_kwh, market_based
from carbonlabel.method.operational import operational
from carbonlabel.method.propagate import Term
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Basis, Estimate
from carbonlabel.model.market import Instrument
from carbonlabel.rules.market import spares_kwh
from carbonlabel.rules.rows import known, rows_of

_PLACE: Final = re.compile(
    r"(?P<at>/activities/(?P<number>[0-9]{1,6}))/"
    r"(market|instruments/(?P<contract>[0-9]{1,6})/(?P<field>energy|emissions))"
)


class Account(Protocol):
    """What knows the figures of a disclosure and moves them to their ends."""

    @property
    def disclosure(self) -> Disclosure:
        """The disclosure."""

    def uses(self, place: str) -> Iterator[str]:
        """The sources of doubt behind the figure at a place, by name."""

    def at(self, place: str, positions: Mapping[str, float]) -> float:
        """The figure where its sources stand at these positions."""


@dataclass(frozen=True, slots=True)
class _Cover:
    """The contracts of one activity."""

    account: Account
    place: str
    activity: Activity
    spares: tuple[float, ...]
    """What would cover more of each contract, in kWh."""

    def energy_places(self) -> tuple[str, ...]:
        """Where the electricity of the activity stands."""
        rows = (row for row in rows_of(self.place, self.activity) if row.is_electricity)
        return tuple(f"{row.place}/energy" for row in rows if isinstance(row.part.energy, Estimate))

    def contract_places(self) -> tuple[str, ...]:
        """Where it stands how much each contract is for."""
        return tuple(
            f"{self.place}/instruments/{number}/{'contract' if each.contract else 'energy'}"
            for number, each in enumerate(self.instruments)
        )

    def claim_places(self) -> tuple[str, ...]:
        """Where it stands what each contract claims for its electricity."""
        count = range(len(self.instruments))
        return tuple(f"{self.place}/instruments/{number}/intensity" for number in count)

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """The contracts."""
        return self.activity.instruments or ()

    @property
    def rest_place(self) -> str:
        """Where the intensity of what no contract covers stands."""
        rest = "residual" if self.activity.region.residual is not None else "intensity"
        return f"{self.place}/region/{rest}"

    def taken_kwh(self, positions: Mapping[str, float]) -> float:
        """The electricity of the activity."""
        return sum(self.account.at(place, positions) for place in self.energy_places())

    def covered(self, positions: Mapping[str, float]) -> tuple[float, ...]:
        """What each contract covers of it, in kWh."""
        allotments = [
            _allotted(each, spare, self.account.at(place, positions))
            for each, spare, place in zip(
                self.instruments, self.spares, self.contract_places(), strict=True
            )
        ]
        return covered_kwh(self.taken_kwh(positions), allotments)

    def claims(self, positions: Mapping[str, float]) -> list[float]:
        """What each contract claims, in gCO2e/kWh."""
        return [self.account.at(place, positions) for place in self.claim_places()]

    def market_gco2e(self, positions: Mapping[str, float]) -> float:
        """The market-based emissions of the activity."""
        pairs = list(zip(self.covered(positions), self.claims(positions), strict=True))
        rest_gco2e_per_kwh = self.account.at(self.rest_place, positions)
        return market_based(self.taken_kwh(positions), pairs, rest_gco2e_per_kwh)


def term(account: Account, place: str) -> Term | None:
    """The figure at a place as one term; None where no contract has to do with it."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return None
    activity = account.disclosure.activities[int(found["number"])]
    cover = _Cover(account, found["at"], activity, _spares(account, int(found["number"])))
    if not cover.instruments:
        return None
    if found["contract"] is None:
        below = (*cover.claim_places(), cover.rest_place)
        return _over(cover, below, cover.market_gco2e)
    number = int(found["contract"])
    if cover.instruments[number].contract is None and found["field"] == "energy":
        return None
    if found["field"] == "energy":
        return _over(cover, (), lambda positions: cover.covered(positions)[number])
    claim = cover.claim_places()[number]
    return _over(
        cover,
        (claim,),
        lambda positions: operational(
            cover.covered(positions)[number], account.at(claim, positions)
        ),
    )


def basis(disclosure: Disclosure, place: str) -> Basis | None:
    """How sure a market-based figure is: as its weakest contract, energy or mix of the rest.

    None where the place is of no market-based figure.
    """
    found = _PLACE.fullmatch(place)
    if found is None or found["contract"] is not None:
        return None
    activity = disclosure.activities[int(found["number"])]
    energies = known(part.energy for part in activity.parts if part.part != "manufacture")
    instruments = activity.instruments or ()
    if not energies or not instruments:
        return None
    stated = [(each.contract or each.energy).basis for each in instruments]
    claims = [each.intensity.basis for each in instruments]
    rest = activity.region.residual or activity.region.intensity
    covered = sum(each.energy.value for each in instruments)
    left = [rest.basis] if _is_less(covered, sum(each.value for each in energies)) else []
    return weakest(
        sum_basis((each.basis, each.value) for each in energies), *stated, *claims, *left
    )


def _is_less(covered_kwh_: float, taken_kwh: float) -> bool:
    return float(f"{covered_kwh_:.9g}") < float(f"{taken_kwh:.9g}")


def _spares(account: Account, number: int) -> tuple[float, ...]:
    found = spares_kwh(account.disclosure)
    count = len(account.disclosure.activities[number].instruments or ())
    return tuple(found[number, place] for place in range(count))


def _allotted(instrument: Instrument, spare_kwh: float, contract_kwh: float) -> Allotment:
    """What the activity has of a contract, where that is for so much."""
    whole = (instrument.contract or instrument.energy).value
    if not whole:
        return Allotment(0.0)
    scale_ratio = contract_kwh / whole
    return Allotment(instrument.energy.value * scale_ratio, spare_kwh * scale_ratio)


def _over(
    cover: _Cover, below: Sequence[str], formula: Callable[[Mapping[str, float]], float]
) -> Term:
    places = (*cover.energy_places(), *cover.contract_places(), *below)
    uses = tuple(dict.fromkeys(name for place in places for name in cover.account.uses(place)))
    return Term(lambda *at: formula(dict(zip(uses, at, strict=True))), uses)
