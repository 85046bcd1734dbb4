"""I list what a reviewer asks of a disclosure: each demand with its codes and its clauses.

A clause says what of a standard rests on the figure. It is a reference, and no claim that a
disclosure complies with anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from carbonlabel.model.provenance import Severity

_O: Final = "ISO/IEC 21031 (SCI): O = E × I"
_E: Final = "ISO/IEC 21031 (SCI): E, with PUE"
_M: Final = "ISO/IEC 21031 (SCI): M = TE × TiR/EL × RR/ToR"
_R: Final = "ISO/IEC 21031 (SCI): (O + M) per R"
_BOUNDARY: Final = "ISO/IEC 21031 (SCI): software boundary and method are disclosed"
_TRAINING: Final = "SCI for AI: the entire duration of training"
_SCOPE_2: Final = "GHG Protocol Scope 2: location-based and market-based"
_E1_5: Final = "ESRS E1-5: energy in MWh"
_E1_6: Final = "ESRS E1-6 para. 49: location-based and market-based Scope 2"
_E1_7: Final = "ESRS E1-7: removals and credits apart"
_COMPUTE: Final = "EU AI Act Annex XI s. 1(2)(d): computational resources, training time"
_ENERGY: Final = "EU AI Act Annex XI s. 1(2)(e): known or estimated energy consumption"
_METHOD: Final = "GPAI Model Documentation Form: measurement methodology"
_HUB: Final = "Hugging Face co2_eq_emissions: emissions in grams"
_CDX: Final = "CycloneDX 1.6: co2CostEquivalent in tCO2eq, activityEnergyCost in kWh"
_OFFSET: Final = "CycloneDX 1.6: co2CostOffset apart"
_BOAMPS: Final = "BoAmps 1.1.0: measurementDateTime is the begin"
_QUALITY: Final = "BoAmps 1.1.0: quality high ± 10 %, medium ± 25 %, low ± 50 %"
_NEURIPS: Final = "NeurIPS checklist Q8: compute, with preliminary and failed experiments"
_LINEAGE: Final = "Hugging Face model cards: base_model, base_model_relation"


class Demand(NamedTuple):
    """One thing that is asked, and how it is found that it does not hold."""

    name: str
    """A short name in capitals, as reviewers quote it."""
    asks: str
    """What is asked, as a sentence."""
    codes: Mapping[str, Severity]
    """The codes of the findings, each with the gravest severity that it has by itself."""
    clauses: tuple[str, ...] = ()
    """What of which standard rests on it."""


TWENTY: Final[tuple[Demand, ...]] = (
    Demand(
        "CO2-ENERGY-INTENSITY",
        "Operational emissions are energy × grid intensity, as sure and as doubtful as both; "
        "what was published beside them is too.",
        {
            "emissions-mismatch": "error",
            "range-mismatch": "error",
            "basis-too-strong": "error",
            "intensity-out-of-band": "error",
            "reported-emissions-mismatch": "error",
            "tracker-intensity-out-of-band": "warning",
            "tracker-emissions-differ": "note",
        },
        (_O, _SCOPE_2, _CDX),
    ),
    Demand(
        "UNIT-SLIP",
        "No figure is off by exactly one unit or factor: 1000, a million, 3.6, 60, 3600, pounds, "
        "the device count, the PUE. Each mismatch names it; on a card it has a code of its own.",
        {"card-unit-slip": "error"},
        (_HUB, _CDX),
    ),
    Demand(
        "SUM-COMPONENTS",
        "Totals are the sums of their parts, and facility energy is IT energy × PUE.",
        {
            "sum-mismatch": "error",
            "shares-mismatch": "error",
            "doubt-mismatch": "error",
            "overhead-mismatch": "error",
            "profile-mismatch": "error",
            "part-counted-twice": "error",
            "range-too-narrow": "error",
        },
        (_R, _E1_5, _CDX),
    ),
    Demand(
        "TDP-BOUND",
        "Devices draw between 3 and 105 % of their rated power, and never nothing.",
        {
            "power-above-rated": "error",
            "power-below-rated": "warning",
            "zero-energy": "error",
            "host-share-unusual": "note",
            "overhead-unusual": "note",
        },
        (_E, _ENERGY),
    ),
    Demand(
        "POWER-TIME-ENERGY",
        "Mean power × time is the energy that was published.",
        {"reported-energy-mismatch": "error"},
        (_E, _ENERGY, _METHOD),
    ),
    Demand(
        "DEVICE-HOURS",
        "Device-hours are the devices × their hours, each counted once.",
        {"device-hours-mismatch": "error"},
        (_COMPUTE,),
    ),
    Demand(
        "INTENSITY-PROVENANCE",
        "A grid factor has its zone, year and source, and is near what the tables say of the "
        "place; a fallback is said to be one.",
        {
            "place-unknown": "warning",
            "intensity-without-year": "warning",
            "intensity-elsewhere": "warning",
            "intensity-of-another-year": "warning",
            "intensity-unlike-grid": "warning",
            "scopes-mixed": "warning",
            "source-not-listed": "error",
        },
        (_O, _SCOPE_2),
    ),
    Demand(
        "LOCATION-REGION-MATCH",
        "Cloud region, country and devices go together.",
        {"site-elsewhere": "warning", "device-not-at-site": "warning"},
        (_O, _SCOPE_2),
    ),
    Demand(
        "METHOD-SEPARATION",
        "The headline is location-based; a market-based figure rests on contracts of the same "
        "market and year.",
        {"method-separation": "error", "market-mismatch": "error"},
        (_SCOPE_2, _E1_6),
    ),
    Demand(
        "NO-NETTING",
        "Offsets and removals reduce no figure: the format has no field for them, and what a log "
        "says of them is left out and said.",
        {"offset-not-subtracted": "note"},
        (_E1_7, _OFFSET),
    ),
    Demand(
        "PUE-BOUNDARY",
        "A PUE is at least 1, stated where cooling is counted, and enters once.",
        {
            "pue-out-of-band": "error",
            "pue-not-stated": "warning",
            "pue-unlikely": "warning",
            "pue-counted-twice": "error",
            "overhead-without-pue": "error",
        },
        (_E, _BOUNDARY),
    ),
    Demand(
        "PERIOD-ORDER",
        "Runs end after they begin, last no longer than that, and have ended by now.",
        {
            "period-reversed": "error",
            "duration-exceeds-period": "error",
            "period-in-future": "error",
            "issued-mismatch": "warning",
        },
        (_BOAMPS, _COMPUTE),
    ),
    Demand(
        "COVERAGE",
        "All ranks, machines and hours were measured, or it is said which were not; runs that "
        "read one machine count once.",
        {
            "run-incomplete": "warning",
            "machines-not-measured": "warning",
            "samples-gap": "warning",
            "overlapping-runs": "error",
        },
        (_TRAINING, _ENERGY),
    ),
    Demand(
        "FLOP-CONSISTENCY",
        "Operations are 6 × parameters × tokens within a factor of three, and no more than the "
        "devices can do in their time and with their energy.",
        {
            "compute-mismatch": "error",
            "compute-without-origin": "error",
            "flop-mismatch": "warning",
            "mfu-out-of-band": "error",
            "flop-per-joule-out-of-band": "warning",
        },
        (_COMPUTE, _ENERGY),
    ),
    Demand(
        "RATE-FROM-TOTALS",
        "A figure per unit is worked out from totals that are in the file.",
        {
            "rate-mismatch": "error",
            "rate-without-totals": "error",
            "use-in-training": "error",
            "sci-mismatch": "error",
            "sci-incomplete": "error",
        },
        (_R,),
    ),
    Demand(
        "EMBODIED-ALLOCATION",
        "Making the hardware is shared out by time in use ÷ lifetime, over a lifetime that can be.",
        {
            "manufacture-mismatch": "error",
            "manufacture-without-origin": "error",
            "lifetime-out-of-band": "warning",
            "lifetime-exceeded": "error",
            "manufacture-share-unusual": "note",
        },
        (_M,),
    ),
    Demand(
        "LINEAGE-DOUBLE-COUNT",
        "What base models emitted is told beside the own figure, once, and never added.",
        {"lineage-double-count": "error", "lineage-broken": "error"},
        (_LINEAGE,),
    ),
    Demand(
        "PHASE-COMPLETENESS",
        "Each part and phase is counted or said to be left out, failed runs too.",
        {
            "not-under-left-out": "warning",
            "part-not-declared": "error",
            "headline-mismatch": "error",
            "training-not-split": "error",
            "phases-not-declared": "note",
        },
        (_TRAINING, _NEURIPS, _BOUNDARY),
    ),
    Demand(
        "PRECISION-HONESTY",
        "Digits and words claim no more than is known: what is measured stands in a log, "
        "the total has a range, and the run has taken place.",
        {
            "measured-without-log": "error",
            "range-not-declared": "warning",
            "run-planned": "warning",
            "card-too-exact": "note",
        },
        (_QUALITY, _METHOD),
    ),
    Demand(
        "CARD-PARITY",
        "Card and disclosure state the same, in metadata and text, and name the same digest.",
        {
            "card-figure-differs": "error",
            "card-energy-differs": "error",
            "card-digest-differs": "error",
            "card-without-figure": "warning",
        },
        (_HUB,),
    ),
)
"""The rules that a regulator or reviewer would expect, in the order in which they are numbered."""
MORE: Final[tuple[Demand, ...]] = (
    Demand(
        "WATER",
        "Water is WUE × IT energy on site and EWIF × facility energy off site.",
        {
            "water-mismatch": "error",
            "water-without-origin": "error",
            "wue-out-of-band": "error",
            "ewif-out-of-band": "error",
            "reported-water-mismatch": "error",
        },
        ("ESRS E3: water in m³",),
    ),
    Demand(
        "MINERALS",
        "Minerals and metals are in kg Sb eq and shared out as the making is.",
        {"minerals-mismatch": "error", "minerals-without-origin": "error"},
        ("ESRS E5 (text)",),
    ),
    Demand(
        "REPORT-PARITY",
        "A report as PDF carries the disclosure that it was drawn from.",
        {"pdf-differs": "error", "pdf-without-disclosure": "warning"},
    ),
    Demand(
        "STALE-REPORT",
        "A disclosure is less than 24 months old.",
        {"report-stale": "note"},
        ("GPAI Model Documentation Form: date last updated",),
    ),
    Demand(
        "IDENTITY",
        "The model, the machines, the period and the duration are named, and by no placeholder.",
        {
            "model-not-named": "note",
            "hardware-not-named": "note",
            "period-not-stated": "note",
            "duration-not-stated": "note",
            "placeholder": "warning",
        },
        (_COMPUTE,),
    ),
    Demand("POINTERS", "What is pointed at is there.", {"pointer-dangles": "error"}),
    Demand(
        "WAIVERS",
        "A waiver covers something, and has not expired.",
        {"waiver-expired": "warning", "waiver-unused": "note"},
    ),
)
"""What is asked besides."""
DEMANDS: Final = (*TWENTY, *MORE)
"""Every demand."""
_OF: Final = {code: demand for demand in reversed(DEMANDS) for code in demand.codes}


def clauses_of(code: str) -> tuple[str, ...]:
    """What of which standard rests on what this code is about."""
    demand = _OF.get(code)
    return demand.clauses if demand else ()
