"""I turn the energies of a batch of runs into the electricity rows of a footprint.

IT energy E of a row, summed over runs, and I the grid intensity: row = E × I, and
overhead = ΣE × (PUE − 1) × I. Where a log's figures hold a PUE that it does not state, the IT
energy is facility energy ÷ PUE, so that the PUE counts exactly once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from carbonlabel.assessment.citations import Citations
from carbonlabel.assessment.ledger import Figure, Ledger, undated
from carbonlabel.assessment.runs import Batch
from carbonlabel.assessment.supposing import Supposed, survey
from carbonlabel.assessment.terms import mapped
from carbonlabel.factors import doubts
from carbonlabel.method.basis import sum_basis, weakest
from carbonlabel.method.operational import it_energy, operational, overhead
from carbonlabel.method.propagate import Interval, Term
from carbonlabel.model.disclosure import Part, PartName
from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.model.evidence import Evidence, Sensor
from carbonlabel.model.region import Region

Row = Literal["accelerators", "host", "computing", "idle", "shared"]
Found = tuple[Evidence, Estimate | Missing]
_BESIDE: Final[tuple[Row, ...]] = ("idle", "shared")
"""Rows that are there only where somebody declared them: they are never guessed."""
_DEFAULT: Final[dict[Sensor, str]] = {"counter": "tracker", "model": "model", "rated": "rated"}


@dataclass(slots=True)
class Electricity:
    """The electricity of one activity, as rows and as figures that the totals can add up."""

    batch: Batch
    region: Region
    at: str
    """JSON pointer of the activity."""
    ledger: Ledger
    citations: Citations
    energies: dict[PartName, Figure] = field(default_factory=dict)
    emissions: dict[PartName, Figure] = field(default_factory=dict)
    if_cooled: list[Term] = field(default_factory=list)
    """What the supposed PUE would add where the site's is not counted."""
    supposed: Supposed = field(default_factory=survey)
    """The PUE that sizes what is left out."""

    def parts(self) -> tuple[Part, ...]:
        """The rows that the logs give, what was declared beside them, then overhead."""
        rows = self._rows()
        return (*(self._part(row, place) for place, row in enumerate(rows)), self._overhead())

    def _rows(self) -> tuple[Row, ...]:
        # "computing" stands for the two others together; a reader says which of them there are.
        split: tuple[Row, ...] = ("accelerators", "host")
        rows = ("computing",) if _applies("computing", self.batch) else split
        declared = (row for row in _BESIDE if getattr(self.batch.runs[0], row) is not None)
        return (*rows, *declared)

    def _part(self, row: Row, place: int) -> Part:
        found: list[Found] = [(run, getattr(run, row)) for run in self.batch.runs]
        given = self.citations.total(found)
        if isinstance(given, Missing):
            energy = None if given.missing == "not-applicable" else given
            return Part(part=row, energy=energy, emissions=given)
        terms = self._it_energy(row, f"{self.at}/parts/{place}/energy", found)
        counted = self._count(row, terms, self._energy_basis(given.basis))
        emitted = self.ledger.estimate(self.emissions[row], "gCO2e", "energy * intensity")
        return Part(part=row, energy=self._shown(given, counted), emissions=emitted)

    def _energy_basis(self, basis: Basis) -> Basis:
        pue = self.region.pue
        if self._is_facility and isinstance(pue, Estimate):
            return weakest(basis, pue.basis)
        return basis

    def _shown(self, given: Estimate, counted: Figure) -> Estimate:
        computed = self.ledger.estimate(counted, "kWh", "facility_energy / pue")
        if self._is_facility and isinstance(self.region.pue, Estimate):
            return computed
        return given.model_copy(
            update={"value": computed.value, "low": computed.low, "high": computed.high}
        )

    def _count(self, part: PartName, energy: Sequence[Term], basis: Basis) -> Figure:
        counted = Figure(tuple(energy), basis)
        carbon = tuple(_emitted(term, self._grid) for term in energy)
        self.energies[part] = counted
        self.emissions[part] = Figure(carbon, weakest(basis, self.region.intensity.basis))
        return counted

    def _overhead(self) -> Part:
        pue = self.region.pue
        energy = [term for figure in self.energies.values() for term in figure.terms]
        if isinstance(pue, Missing) or self.batch.pue_in_energy == "unknown" or not energy:
            return self._no_overhead(pue, energy)
        basis = self._overhead_basis(pue)
        name = self._pue(pue)
        counted = self._count("overhead", [_cooled(term, name) for term in energy], basis)
        return Part(
            part="overhead",
            energy=self.ledger.estimate(counted, "kWh", "it_energy * (pue - 1)"),
            emissions=self.ledger.estimate(
                self.emissions["overhead"], "gCO2e", "energy * intensity"
            ),
        )

    def _overhead_basis(self, pue: Estimate) -> Basis:
        amounts = [
            (each.basis, self.ledger.spread(each.terms).value) for each in self.energies.values()
        ]
        return weakest(sum_basis(amounts), pue.basis)

    def _no_overhead(self, pue: Estimate | Missing, energy: Sequence[Term]) -> Part:
        if self._is_facility:
            inside = Missing(
                missing="not-applicable", reason="cooling and overhead are inside computing"
            )
            return Part(part="overhead", emissions=inside)
        why = self._why_no_overhead(pue)
        if self.batch.pue_in_energy != "unknown":
            name = self.ledger.enter("supposed PUE", "/left_out/0/adds", self.supposed.ratio)
            self.if_cooled += [_emitted(_cooled(term, name), self._grid) for term in energy]
        return Part(part="overhead", energy=why, emissions=why)

    def _why_no_overhead(self, pue: Estimate | Missing) -> Missing:
        if isinstance(pue, Missing):
            return pue
        return Missing(
            missing="not-stated",
            reason="nothing says whether the energy holds cooling and overhead"
            if self.batch.pue_in_energy == "unknown"
            else "no energy is known",
        )

    def _it_energy(self, row: Row, pointer: str, found: Sequence[Found]) -> tuple[Term, ...]:
        sums: defaultdict[str, float] = defaultdict(float)
        stated = _stated_scale([each for _, each in found if isinstance(each, Estimate)])
        for run, each in found:
            if isinstance(each, Estimate):
                sums[self._scale(row, pointer, run, each, stated)] += each.value
        terms = tuple(_scaled(energy_kwh, scale) for scale, energy_kwh in sums.items())
        pue = self.region.pue
        if self._is_facility and isinstance(pue, Estimate):
            return tuple(_without_pue(term, self._pue(pue)) for term in terms)
        return terms

    def _scale(
        self, row: Row, pointer: str, run: Evidence, energy: Estimate, stated: Interval
    ) -> str:
        """The source that moves this energy: one for each meter, statement or model."""
        sensor = run.sensors.get(row, "stated")
        if energy.low is not None:
            return self.ledger.enter((pointer, "stated"), pointer, stated)
        if sensor == "stated":
            # The range that another run states is not this one's: the sum has none.
            return self.ledger.enter((pointer, "bare"), pointer, Interval(1.0))
        doubt = doubts.doubt(_DEFAULT[sensor])
        scale = Interval(1.0, doubt.low, doubt.high)
        if sensor == "counter":
            # One tracker, one scale error for all that its counters read, in however many files.
            key = self.citations.key_of(run, energy.source or "log")
            return self.ledger.enter(("counter", run.tracker), f"/inputs/{key}", scale)
        return self.ledger.enter((run.tracker, row, sensor), pointer, scale)

    @property
    def _grid(self) -> Term:
        region = self.region
        place = f"{self.at}/region/intensity"
        return self.ledger.factor(grid_of(region), place, region.intensity)

    def _pue(self, pue: Estimate) -> str:
        return self.ledger.enter(("pue", undated(pue)), f"{self.at}/region/pue", pue)

    @property
    def _is_facility(self) -> bool:
        """Whether the evidence holds a PUE that it does not state."""
        inside = isinstance(self.batch.runs[0].pue, Missing)
        return self.batch.pue_in_energy == "yes" and inside


def grid_of(region: Region) -> Hashable:
    """What makes the intensities of two activities one source: the grid, and who tells of it."""
    return "grid", region.zone, region.intensity.source


def _applies(row: Row, batch: Batch) -> bool:
    quantity = getattr(batch.runs[0], row)
    return not (isinstance(quantity, Missing) and quantity.missing == "not-applicable")


def _stated_scale(energies: Sequence[Estimate]) -> Interval:
    """One meter, one scale error: the ends of all its figures together, as ratios to their sum."""
    told = [each for each in energies if each.low is not None and each.high is not None]
    whole = sum(each.value for each in told)
    if not whole:
        return Interval(1.0)
    low = sum(each.low or 0.0 for each in told)
    return Interval(1.0, low / whole, sum(each.high or 0.0 for each in told) / whole)


def _scaled(energy_kwh: float, scale: str) -> Term:
    return Term(lambda scale_ratio: energy_kwh * scale_ratio, (scale,))


def _without_pue(energy: Term, pue: str) -> Term:
    return Term(lambda *at: it_energy(energy.formula(*at[:-1]), at[-1]), (*energy.uses, pue))


def _cooled(energy: Term, pue: str) -> Term:
    return Term(lambda *at: overhead(energy.formula(*at[:-1]), at[-1]), (*energy.uses, pue))


def _emitted(energy: Term, grid: Term) -> Term:
    return mapped(operational, energy, grid)
