"""I say in words what a BoAmps report leaves open, and what of it was not taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from carbonlabel.model.provenance import Finding
from carbonlabel.parsing.jsonfields import Fields
from carbonlabel.readers.boamps.measures import Measure

_QUALITIES: Final = {"high": "± 10 %", "medium": "± 25 %", "low": "± 50 %"}
_SHOWN_COUNT: Final = 5


def noticed(
    report: Fields,
    measure: Measure,
    others: Sequence[Measure],
    *,
    is_placed: bool,
    is_staged: bool,
) -> tuple[Finding, ...]:
    """Everything worth saying about one report."""
    candidates = (
        _zero(measure),
        _several(measure, others) if others else None,
        _pue_hidden(measure),
        _draft(report),
        _quality(report),
        None if is_placed else _unplaced(report),
        None if is_staged else _unstaged(report),
    )
    return tuple(finding for finding in candidates if finding)


def _zero(measure: Measure) -> Finding | None:
    if measure.energy_kwh:
        return None
    return Finding(
        code="zero-energy",
        severity="warning",
        place="computing",
        message="powerConsumption is 0: the tool found nothing to measure, which is not zero "
        "energy.",
        found="0 kWh",
        suggestion="state the energy from rated power and hours instead",
    )


def _several(measure: Measure, others: Sequence[Measure]) -> Finding:
    shown = ", ".join(f"{each.tool} {each.energy_kwh:.4g} kWh" for each in others[:_SHOWN_COUNT])
    return Finding(
        code="several-measures",
        severity="warning",
        place="computing",
        message=f"The report measures its task more than once. The largest figure was taken, and "
        f"nothing added up; left aside: {shown}.",
        found=f"{measure.tool} {measure.energy_kwh:.4g} kWh",
    )


def _pue_hidden(measure: Measure) -> Finding:
    return Finding(
        code="pue-not-told",
        severity="note",
        place="pue",
        message="BoAmps does not say whether a PUE is in its energy, so that it was taken whole.",
        suggestion="name the emissions.csv of the run instead: it holds the PUE"
        if measure.is_codecarbon
        else None,
    )


def _draft(report: Fields) -> Finding | None:
    if report.child("header").text("reportStatus") != "draft":
        return None
    return Finding(
        code="report-draft",
        severity="warning",
        place="run",
        message="The report calls itself a draft.",
        suggestion="take the final one",
    )


def _quality(report: Fields) -> Finding | None:
    told = (report.text("quality") or "").lower()
    if told not in _QUALITIES:
        return None
    return Finding(
        code="quality-stated",
        severity="note",
        place="computing",
        message="The report judges its own quality; the range here is that of the tool.",
        found=f"{told} ({_QUALITIES[told]})",
    )


def _unplaced(report: Fields) -> Finding | None:
    name = report.child("environment").text("country")
    if name is None:
        return None
    return Finding(
        code="country-unknown",
        severity="warning",
        place="run",
        message="The country of the report is none that the tables know by its English name.",
        found=name,
        suggestion="state it with --region",
    )


def _unstaged(report: Fields) -> Finding | None:
    stage = report.child("task").text("taskStage")
    if stage is None:
        return None
    return Finding(
        code="stage-unknown",
        severity="note",
        place="run",
        message="The task's stage is none, or more than one, of the phases of a model's life.",
        found=stage,
        suggestion="state the phase with --phase",
    )
