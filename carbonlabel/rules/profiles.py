"""I weigh findings for what a disclosure is for: a draft, the public, a regulator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from carbonlabel.errors import InputError
from carbonlabel.model.provenance import Finding, Severity

Weights = Mapping[str, Severity | None]
"""For each code whose severity is not its own: the severity, or None where it is not looked at."""

PUBLISH: Final = "publish"
"""The profile that counts where none is named."""
PROFILES: Final[Mapping[str, Weights]] = {
    "draft": {
        "hardware-not-named": None,
        "issued-mismatch": "note",
        "model-not-named": None,
        "not-under-left-out": None,
        "part-not-declared": "warning",
        "period-not-stated": None,
        "duration-not-stated": None,
        "phases-not-declared": None,
        "place-unknown": "note",
        "placeholder": "note",
        "pue-not-stated": "note",
        "range-not-declared": "note",
        "report-stale": None,
        "run-incomplete": "note",
        "run-planned": None,
        "tracker-emissions-differ": None,
    },
    PUBLISH: {
        "duration-not-stated": None,
        "hardware-not-named": None,
        "period-not-stated": None,
        "phases-not-declared": None,
    },
    "regulator": {
        "card-without-figure": "error",
        "duration-not-stated": "error",
        "hardware-not-named": "error",
        "intensity-elsewhere": "error",
        "intensity-of-another-year": "error",
        "intensity-unlike-grid": "warning",
        "intensity-without-year": "error",
        "machines-not-measured": "error",
        "manufacture-share-unusual": "warning",
        "model-not-named": "error",
        "not-under-left-out": "error",
        "period-not-stated": "error",
        "phases-not-declared": "warning",
        "place-unknown": "error",
        "placeholder": "error",
        "pue-not-stated": "error",
        "pue-unlikely": "error",
        "range-not-declared": "error",
        "report-stale": "warning",
        "run-incomplete": "error",
        "run-planned": "error",
        "tracker-emissions-differ": "warning",
    },
}
"""What each profile makes of a code; all others keep their own severity."""


def weights(name: str) -> Weights:
    """What a profile makes of the codes.

    Raises:
        InputError: no profile is called so.
    """
    try:
        return PROFILES[name]
    except KeyError:
        known = ", ".join(PROFILES)
        raise InputError(f"no profile is called {name[:40]!r}", hint=f"one of {known}") from None


def weighed(findings: Iterable[Finding], name: str = PUBLISH) -> Iterator[Finding]:
    """The findings that count in a profile, with the severity that they have there.

    Raises:
        InputError: no profile is called so.
    """
    told = weights(name)
    for finding in findings:
        severity = told.get(finding.code, finding.severity)
        if severity is not None:
            yield finding.model_copy(update={"severity": severity})
