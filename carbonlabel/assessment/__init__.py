"""I am the junction: evidence + inventory + region + method → disclosure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from carbonlabel.assessment import lineage, manufacture, market, omissions, remarks, runs, sci, use
from carbonlabel.assessment.citations import Citations
from carbonlabel.assessment.compute import Machines, Operations
from carbonlabel.assessment.electricity import Electricity
from carbonlabel.assessment.ledger import Ledger
from carbonlabel.assessment.profile import profile, stage_runs, stages
from carbonlabel.assessment.siting import Site
from carbonlabel.assessment.supposing import IfCooled, supposed
from carbonlabel.assessment.totals import Account, totals
from carbonlabel.assessment.water import Water
from carbonlabel.assessment.work import Done, done
from carbonlabel.errors import InputError
from carbonlabel.method.basis import weakest
from carbonlabel.method.digits import nine
from carbonlabel.method.operational import implied_intensity
from carbonlabel.method.propagate import Term
from carbonlabel.model.disclosure import SCHEMA, Activity, Disclosure, Reported, Subject
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence, Phase, Work
from carbonlabel.model.hardware import Inventory
from carbonlabel.model.lineage import Relation
from carbonlabel.model.provenance import Finding, Period
from carbonlabel.model.region import Place
from carbonlabel.rules import scopes
from carbonlabel.version import __version__

if TYPE_CHECKING:
    from carbonlabel.model.base import Base


def assess(  # noqa: PLR0913 - what a disclosure is made of, each by name
    evidence: Iterable[Evidence],
    *,
    inventory: Inventory | None = None,
    place: Place | None = None,
    subject: Subject | None = None,
    phase: Phase | None = None,
    work: Work | None = None,
    bases: Sequence[Base] = (),
    relation: Relation | None = None,
) -> Disclosure:
    """Work out one disclosure from what trackers said, on what machines, in what place.

    `bases` are what the subject was made from, `relation` says how; nothing of them is added.

    Raises:
        InputError: there is no run in the evidence, or none that `work` fits.
        MissingFactor: a place or a device is not in the tables.
    """
    counted, twins = runs.once(evidence)
    if not counted:
        raise InputError("there is no run to assess", hint="name a tracker's log")
    known = lineage.named(subject or Subject(), bases, relation)
    made = _Assessment(inventory, place or Place(), known, work or Work(), bases, relation)
    return made.disclosure(counted, twins, phase)


@dataclass(slots=True)
class _Assessment:
    inventory: Inventory | None
    place: Place
    subject: Subject
    work: Work
    bases: Sequence[Base]
    relation: Relation | None
    ledger: Ledger = field(default_factory=Ledger)
    citations: Citations = field(default_factory=Citations)
    accounts: list[Account] = field(default_factory=list)
    operations: list[Operations | None] = field(default_factory=list)
    if_cooled: list[Term] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def disclosure(
        self,
        counted: tuple[Evidence, ...],
        twins: tuple[Evidence, ...],
        phase: Phase | None,
    ) -> Disclosure:
        self.citations.add_runs(counted)
        self.findings += remarks.named_twice(twins)
        batches = runs.batches(counted, phase)
        self.findings += remarks.overlapping(batches)
        works = done(batches, self.work, self.citations)
        activities = tuple(
            self._activity(batch, work, f"/activities/{place}")
            for place, (batch, work) in enumerate(zip(batches, works, strict=True))
        )
        activities = use.with_break_even(activities, self.accounts, self.ledger)
        settled = market.settle(self.place, batches, activities, self.accounts, self.ledger)
        activities = settled.activities
        self.findings += (*settled.findings, *scopes.mixed(activities))
        self.findings += lineage.double_counts(self.bases, self.citations)
        self.citations.take(self.place.inputs, self.place.sources)
        sums = totals(self.accounts, activities, self.ledger)
        scores = sci.scores(self.subject, self._stood(activities), self.ledger)
        left_out = omissions.left_out(
            activities,
            IfCooled(tuple(self.if_cooled), supposed(self.place)),
            counted,
            self.ledger,
            self.citations,
        )
        brought = self.inventory.findings if self.inventory else ()
        return Disclosure.model_validate(
            {
                "$schema": SCHEMA,
                "subject": self.subject,
                "issued": _issued(activities),
                "totals": sums.model_copy(update={"sci": scores, "market": settled.total}),
                "activities": activities,
                "left_out": left_out,
                "lineage": lineage.lineage(self.bases, self.relation, self.citations) or None,
                "findings": remarks.ranked((*self.findings, *brought, *self.place.findings)),
                "inputs": self.citations.inputs,
                "sources": self.citations.sources,
                "generator": {"name": "carbonlabel", "version": __version__},
            }
        )

    def _stood(self, activities: Sequence[Activity]) -> list[sci.Stood]:
        kept = zip(activities, self.accounts, self.operations, strict=True)
        return [
            sci.Stood(activity, account, operations.flop if operations else None)
            for activity, account, operations in kept
        ]

    def _activity(self, batch: runs.Batch, work: Done, at: str) -> Activity:
        site = Site(batch, self.place, at, self.citations)
        region = site.region()
        electricity = Electricity(
            batch, region, at, self.ledger, self.citations, supposed=supposed(self.place)
        )
        parts = electricity.parts()
        duration = self.citations.total((run, run.duration) for run in batch.runs)
        machines = manufacture.hardware(batch.runs, self.inventory, self.citations)
        making = manufacture.Manufacture(
            machines, duration, at, self.ledger, inventoried=self.inventory is not None
        )
        made, minerals = making.figure(), making.minerals()
        water = Water(electricity)
        litres = water.amounts()
        account = Account(
            batch.phase, electricity.energies, electricity.emissions, made, litres, minerals
        )
        boards = Machines(
            work, self.subject, machines, duration, at, self.ledger, self.citations
        ).operations()
        activity = Activity(
            phase=batch.phase,
            runs=len(batch.runs),
            complete=all(run.complete for run in batch.runs),
            period=runs.span(run.period for run in batch.runs),
            duration=duration,
            hardware=machines,
            region=region,
            pue_in_energy=batch.pue_in_energy,
            parts=(*parts, making.part(made, minerals)),
            reported=self._reported(batch),
            water=water.quantities(litres),
            compute=boards.compute if boards else None,
            workload=use.workload(work.served, account, self.ledger) if work.served else None,
            profile=profile(batch, parts, self.place.series),
            stages=stages(batch.runs),
            stage_runs=stage_runs(batch.runs),
        )
        self.accounts.append(account)
        self.operations.append(boards)
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
