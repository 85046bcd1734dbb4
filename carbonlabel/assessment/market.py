"""I work out what the electricity emits by its contracts, beside what the grid emitted.

Contracts cover at most the energy that was taken, and each kWh of them once; the rest takes the
residual mix, or the grid's average where no residual mix is stated:
market = Σ covered kWh × contract intensity + rest × residual intensity.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from carbonlabel.assessment import contracts
from carbonlabel.assessment.electricity import grid_of
from carbonlabel.assessment.ledger import Figure, Ledger, derived
from carbonlabel.assessment.runs import Batch
from carbonlabel.assessment.terms import basis_of, mapped, summed
from carbonlabel.assessment.totals import Account
from carbonlabel.factors import doubts
from carbonlabel.method.basis import sum_basis, weakest
from carbonlabel.method.digits import nine
from carbonlabel.method.market import Allotment, covered_kwh, market_based, shared_out
from carbonlabel.method.operational import operational
from carbonlabel.method.propagate import Term
from carbonlabel.model.disclosure import Activity
from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.model.market import Contract, Instrument
from carbonlabel.model.provenance import Finding
from carbonlabel.model.region import Place, Region

_FORMULA: Final = "contracted + (energy - covered) * "
_BARE_FORMULA: Final = "energy * "


class Settled(NamedTuple):
    """The activities with their contracts, and what these come to."""

    activities: tuple[Activity, ...]
    total: Estimate | None = None
    """Of all activities, in gCO2e; None where no contract counts."""
    findings: tuple[Finding, ...] = ()


def settle(
    place: Place,
    batches: Sequence[Batch],
    activities: Sequence[Activity],
    accounts: Sequence[Account],
    ledger: Ledger,
) -> Settled:
    """The market-based figures of all activities; the activities as they are without a contract."""
    if not place.instruments:
        return Settled(tuple(activities), None, contracts.without(place))
    sites = [
        _Site(f"/activities/{number}", activity, tuple(account.energy.values()), batch.year)
        for number, (activity, account, batch) in enumerate(
            zip(activities, accounts, batches, strict=True)
        )
    ]
    market = _Market(place, sites, ledger)
    shares = market.shares()
    found = contracts.remarks(
        place, [(each.activity, each.year) for each in sites], shares, open_kwh=market.open_kwh()
    )
    if not any(share.used_kwh for row in shares for share in row):
        return Settled(tuple(activities), None, found)
    settled = [market.of(site, [row[at] for row in shares]) for at, site in enumerate(sites)]
    figures = [figure for _, figure in settled if figure is not None]
    return Settled(tuple(activity for activity, _ in settled), _total(figures, ledger), found)


def _total(figures: Sequence[Figure], ledger: Ledger) -> Estimate:
    amounts = [(each.basis, ledger.spread(each.terms).value) for each in figures]
    terms = [term for figure in figures for term in figure.terms]
    return derived(ledger.spread(terms), "gCO2e", sum_basis(amounts), "sum")


class _Site(NamedTuple):
    """One activity with the energy that it took."""

    at: str
    activity: Activity
    energies: tuple[Figure, ...]
    year: int | None


@dataclass(frozen=True, slots=True)
class _Market:
    place: Place
    sites: Sequence[_Site]
    ledger: Ledger

    def shares(self) -> tuple[tuple[Allotment, ...], ...]:
        """For each contract what each activity has of it."""
        stated = self.place.instruments
        return shared_out(
            [self._energy_kwh(site) for site in self.sites],
            [each.energy.value for each in stated],
            [
                [contracts.apart(each, site.activity, site.year) for site in self.sites]
                for each in stated
            ],
        )

    def open_kwh(self) -> float:
        """What no contract covers."""
        used = sum(share.used_kwh for row in self.shares() for share in row)
        return nine(max(0.0, sum(map(self._energy_kwh, self.sites)) - used))

    def of(self, site: _Site, shares: Sequence[Allotment]) -> tuple[Activity, Figure | None]:
        """The activity with its contracts and their figure; None where no energy is known."""
        region = self._region(site)
        if not site.energies:
            missing = Missing(missing="not-measured", reason="no energy is known")
            return site.activity.model_copy(update={"region": region, "market": missing}), None
        having = [
            (contract, share)
            for contract, share in zip(self.place.instruments, shares, strict=True)
            if share.used_kwh
        ]
        cover = _Cover(site, tuple(having), self.ledger)
        rest = _rest(region)
        figure = cover.market(rest, self.ledger)
        formula = _FORMULA if having else _BARE_FORMULA
        changed = {
            "region": region,
            "market": self.ledger.estimate(figure, "gCO2e", formula + rest.name),
            "instruments": cover.instruments() or None,
        }
        return site.activity.model_copy(update=changed), figure

    def _energy_kwh(self, site: _Site) -> float:
        terms = [term for figure in site.energies for term in figure.terms]
        return self.ledger.spread(terms).value if terms else 0.0

    def _region(self, site: _Site) -> Region:
        residual = self.place.residual
        if residual is None:
            return site.activity.region
        year = residual.year or site.year
        changed: dict[str, object] = {"year": year}
        if residual.low is None:
            age = abs(site.year - year) if site.year and year else doubts.AGES[-1]
            ratio = doubts.grid_factor_ratio(age)
            changed |= {"low": nine(residual.value / ratio), "high": nine(residual.value * ratio)}
        stated = residual.model_copy(update=changed)
        return site.activity.region.model_copy(update={"residual": stated})


class _Rest(NamedTuple):
    """The intensity of what no contract covers."""

    name: str
    """Its field in the region."""
    intensity: Estimate
    identity: Hashable
    """What makes it one source wherever it is used."""


def _rest(region: Region) -> _Rest:
    if region.residual is not None:
        return _Rest("residual", region.residual, ("residual", region.residual.source))
    # The same source as in the location-based rows, so that it moves both alike.
    return _Rest("intensity", region.intensity, grid_of(region))


@dataclass(frozen=True, slots=True)
class _Cover:
    """The contracts of one activity, as terms over the sources of its energy and their own."""

    site: _Site
    having: tuple[tuple[Contract, Allotment], ...]
    ledger: Ledger

    def market(self, rest: _Rest, ledger: Ledger) -> Figure:
        """The market-based emissions of the activity."""
        claims = [self._claim(number) for number in range(len(self.having))]
        count = len(self.having)

        def formula(energy_kwh: float, *numbers: float) -> float:
            scales, intensities = numbers[:count], numbers[count:-1]
            covered = covered_kwh(energy_kwh, self._scaled(scales))
            pairs = list(zip(covered, intensities, strict=True))
            return market_based(energy_kwh, pairs, numbers[-1])

        place = f"{self.site.at}/region/{rest.name}"
        left = ledger.factor(rest.identity, place, rest.intensity)
        term = mapped(formula, self._energy, *self._scales, *claims, left)
        return Figure((term,), self._basis(rest.intensity))

    def instruments(self) -> tuple[Instrument, ...]:
        """The contracts with what each of them covers here."""
        return tuple(map(self._instrument, range(len(self.having))))

    def _instrument(self, number: int) -> Instrument:
        contract, share = self.having[number]
        is_whole = nine(share.used_kwh) == nine(contract.energy.value)
        basis = contract.energy.basis
        covered = mapped(
            lambda energy, *scales: covered_kwh(energy, self._scaled(scales))[number],
            self._energy,
            *self._scales,
        )
        emitted = mapped(operational, covered, self._claim(number))
        part = nine(share.used_kwh / contract.energy.value)
        return Instrument(
            kind=contract.kind,
            energy=contract.energy
            if is_whole
            else self.ledger.estimate(Figure((covered,), basis), "kWh", f"contract * {part!r}"),
            contract=None if is_whole else contract.energy,
            zone=contract.zone,
            vintage=contract.vintage,
            intensity=contract.intensity,
            emissions=self.ledger.estimate(
                Figure((emitted,), weakest(basis, contract.intensity.basis)),
                "gCO2e",
                "energy * intensity",
            ),
            reference=contract.reference,
        )

    def _scaled(self, scales: Sequence[float]) -> list[Allotment]:
        return [
            Allotment(share.used_kwh * scale, share.spare_kwh * scale)
            for (_, share), scale in zip(self.having, scales, strict=True)
        ]

    @property
    def _energy(self) -> Term:
        return summed(self.site.energies)

    @property
    def _scales(self) -> list[Term]:
        """For each contract a factor around 1: how far what it is for may be off."""
        return [
            _relative(contract.energy, self._name(number, "energy", contract.energy))
            for number, (contract, _) in enumerate(self.having)
        ]

    def _claim(self, number: int) -> Term:
        intensity = self.having[number][0].intensity
        return Term(float, (self._name(number, "intensity", intensity),))

    def _name(self, number: int, field: str, quantity: Estimate) -> str:
        identity = ("contract", self.having[number][0], field)
        return self.ledger.enter(identity, f"{self.site.at}/instruments/{number}/{field}", quantity)

    def _basis(self, rest: Estimate) -> Basis:
        claims = [(each.energy.basis, each.intensity.basis) for each, _ in self.having]
        energy_kwh = self.ledger.spread((self._energy,)).value
        used_kwh = sum(share.used_kwh for _, share in self.having)
        left = [rest.basis] if nine(used_kwh) < nine(energy_kwh) else []
        found = [each for pair in claims for each in pair]
        return weakest(basis_of(self.site.energies, self.ledger), *found, *left)


def _relative(quantity: Estimate, name: str) -> Term:
    whole = quantity.value
    return Term(lambda value: value / whole, (name,))
