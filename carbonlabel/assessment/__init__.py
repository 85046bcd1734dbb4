"""I am the junction: evidence + inventory + region + method → disclosure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from carbonlabel.assessment import manufacture, omissions, remarks, runs
from carbonlabel.assessment.citations import Citations
from carbonlabel.assessment.electricity import Electricity
from carbonlabel.assessment.ledger import Ledger
from carbonlabel.assessment.siting import Site
from carbonlabel.assessment.totals import Account, totals
from carbonlabel.assessment.water import Water
from carbonlabel.errors import InputError
from carbonlabel.method.basis import weakest
from carbonlabel.method.digits import nine
from carbonlabel.method.operational import implied_intensity
from carbonlabel.method.propagate import Term
from carbonlabel.model.disclosure import SCHEMA, Activity, Disclosure, Reported, Subject
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence, Phase
from carbonlabel.model.hardware import Inventory
from carbonlabel.model.provenance import Finding, Period
from carbonlabel.model.region import Place
from carbonlabel.version import __version__


def assess(
    evidence: Iterable[Evidence],
    *,
    inventory: Inventory | None = None,
    place: Place | None = None,
    subject: Subject | None = None,
    phase: Phase | None = None,
) -> Disclosure:
    """Work out one disclosure from what trackers said, on what machines, in what place.

    Raises:
        InputError: there is no run in the evidence.
        MissingFactor: a place or a device is not in the tables.
    """
    counted, twins = runs.once(evidence)
    if not counted:
        raise InputError("there is no run to assess", hint="name a tracker's log")
    return _Assessment(inventory, place or Place()).disclosure(counted, twins, subject, phase)


@dataclass(slots=True)
class _Assessment:
    inventory: Inventory | None
    place: Place
    ledger: Ledger = field(default_factory=Ledger)
    citations: Citations = field(default_factory=Citations)
    accounts: list[Account] = field(default_factory=list)
    if_cooled: list[Term] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def disclosure(
        self,
        counted: tuple[Evidence, ...],
        twins: tuple[Evidence, ...],
        subject: Subject | None,
        phase: Phase | None,
    ) -> Disclosure:
        self.citations.add_runs(counted)
        self.findings += remarks.named_twice(twins)
        batches = runs.batches(counted, phase)
        self.findings += remarks.overlapping(batches)
        activities = tuple(
            self._activity(batch, f"/activities/{place}") for place, batch in enumerate(batches)
        )
        self.citations.take(self.place.inputs, self.place.sources)
        sums = totals(self.accounts, activities, self.ledger)
        left_out = omissions.left_out(
            activities, self.if_cooled, counted, self.ledger, self.citations
        )
        brought = self.inventory.findings if self.inventory else ()
        return Disclosure.model_validate(
            {
                "$schema": SCHEMA,
                "subject": subject or Subject(),
                "issued": _issued(activities),
                "totals": sums,
                "activities": activities,
                "left_out": left_out,
                "findings": remarks.ranked((*self.findings, *brought, *self.place.findings)),
                "inputs": self.citations.inputs,
                "sources": self.citations.sources,
                "generator": {"name": "carbonlabel", "version": __version__},
            }
        )

    def _activity(self, batch: runs.Batch, at: str) -> Activity:
        site = Site(batch, self.place, at, self.citations)
        region = site.region()
        electricity = Electricity(batch, region, at, self.ledger, self.citations)
        parts = electricity.parts()
        duration = self.citations.total((run, run.duration) for run in batch.runs)
        machines = manufacture.hardware(batch.runs, self.inventory, self.citations)
        making = manufacture.Manufacture(
            machines, duration, at, self.ledger, inventoried=self.inventory is not None
        )
        made = making.figure()
        water = Water(electricity)
        litres = water.amounts()
        activity = Activity(
            phase=batch.phase,
            runs=len(batch.runs),
            complete=all(run.complete for run in batch.runs),
            period=runs.span(run.period for run in batch.runs),
            duration=duration,
            hardware=machines,
            region=region,
            pue_in_energy=batch.pue_in_energy,
            parts=(*parts, making.part(made)),
            reported=self._reported(batch),
            water=water.quantities(litres),
        )
        account = Account(
            batch.phase, electricity.energies, electricity.emissions, made, water=litres
        )
        self.accounts.append(account)
        self.if_cooled += electricity.if_cooled
        self.findings += site.findings
        self.findings += remarks.placed(batch, activity, at)
        self.findings += remarks.remarks(batch, activity, at, self.place)
        return activity

    def _reported(self, batch: runs.Batch) -> Reported:
        energy = self.citations.total((run, run.reported_energy) for run in batch.runs)
        emissions = self.citations.total((run, run.reported_emissions) for run in batch.runs)
        return Reported(
            energy=energy,
            emissions=emissions,
            intensity=self._stated_intensity(batch.runs) or _implied(energy, emissions),
            water=self._reported_water(batch.runs),
        )

    def _reported_water(self, evidence: Sequence[Evidence]) -> Estimate | None:
        told = [(run, run.reported_water) for run in evidence if run.reported_water is not None]
        total = self.citations.total(told) if len(told) == len(evidence) else None
        return total if isinstance(total, Estimate) else None

    def _stated_intensity(self, evidence: Sequence[Evidence]) -> Estimate | None:
        """The grid factor that the logs state; none where they state several."""
        first = evidence[0].reported_intensity
        told = {run.reported_intensity.value for run in evidence if run.reported_intensity}
        if first is None or len(told) > 1:
            return None
        key = self.citations.key_of(evidence[0], first.source or "log")
        return first.model_copy(update={"source": key})


def _implied(energy: Estimate | Missing, emissions: Estimate | Missing) -> Estimate | None:
    if isinstance(energy, Missing) or isinstance(emissions, Missing) or not energy.value:
        return None
    return Estimate(
        value=nine(implied_intensity(emissions.value, energy.value)),
        unit="gCO2e/kWh",
        basis=weakest(energy.basis, emissions.basis),
        formula="emissions / energy",
    )


def _issued(activities: Iterable[Activity]) -> date | None:
    periods = [each.period for each in activities if isinstance(each.period, Period)]
    return max((runs.wall(period.end).date() for period in periods), default=None)
