"""I hold the words of where a report stands: what forms ask, what words mean, and who signs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from carbonlabel.documents.language import Texts, Words

COMPLETENESS: Final[Mapping[str, str]] = Words(
    {
        "lead": "Fields that a footprint can answer, counted by carbonlabel check --standards. The "
        "count says nothing about compliance with anything.",
        "standard": "Form",
        "met": "Answered",
        "missing": "Not answered",
        "of": "{met} of {of}",
        "needs": "needed: {names}",
        "besides": "{needed}; also: {names}",
        "all": "all answered",
    }
)

GLOSSARY_HEAD: Final = Texts("Word", "What it means here")
GLOSSARY: Final[tuple[Texts, ...]] = (
    Texts("Activity", "A phase of the model's life × a group of runs × a place × a period."),
    Texts(
        "ADPe", "Abiotic resource depletion, minerals and metals, in kg of antimony equivalents."
    ),
    Texts("Assumed", "A default: nothing from this run."),
    Texts("At least", "A row is not reported, so the sum is a lower bound."),
    Texts("Basis", "How sure a figure is: measured, estimated, assumed, or not reported."),
    Texts(
        "CO₂e", "Carbon dioxide equivalents: all greenhouse gases by their warming in 100 years."
    ),
    Texts("Digest", "SHA-256 of the canonical JSON (RFC 8785) of the disclosure."),
    Texts("Estimated", "Activity data of this run × a stated factor."),
    Texts("EWIF", "Water that generating one kWh of electricity consumes, in litres."),
    Texts("FLOP", "A floating-point operation."),
    Texts("Grid intensity", "What a kWh of the grid emits, in grams of CO₂e."),
    Texts("Location-based", "Reckoned with the average of the grid at the place."),
    Texts("Market-based", "Reckoned with the contracts for electricity; beside, never instead."),
    Texts("Measured", "Read from a meter or counter during the run."),
    Texts("Not reported", "Nobody declared it, which is not zero."),
    Texts("PUE", "Power usage effectiveness: energy of the site ÷ energy of its machines."),
    Texts("Range", "The 95 % interval that follows from the declared doubt of each input."),
    Texts("SCI", "Software carbon intensity, ISO/IEC 21031: emissions per functional unit."),
    Texts("WUE", "Water usage effectiveness: litres on site per kWh of the machines."),
)

VERIFICATION: Final[Mapping[str, str]] = Words(
    {
        "lead": "Every figure of this report is drawn from one file, carbon.json. This "
        "command works "
        "each of them out again and compares the digests:",
        "evidence": "With the files that were read beside it, they are read and assessed "
        "again, and "
        "every field is compared. Nothing is sent anywhere.",
        "digest": "The digest of the disclosure, which also stands in the picture on the "
        "first page:",
    }
)

SIGNATURE: Final[Mapping[str, str]] = Words(
    {
        "lead": "The signatory answers for the disclosure with the digest {digest}.",
        "trail": "A signature confirms the declaration; it does not make it a verified one.",
    }
)
SIGNATURE_LINES: Final = Texts(
    "Name and role",
    "Organisation",
    "Place and date",
    "Signature",
)
