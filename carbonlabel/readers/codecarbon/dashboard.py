"""I recognise what CodeCarbon's API is sent, and what its dashboard lets one download."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_TABLE: Final = re.compile(
    rb"""\A\s*"?(?:
        runId"?,[^\n]*\benergy_consumed\b
        |timestamp"?,"?emissions_sum"?,[^\n]*\benergy_consumed\b
        |experiment_id"?,"?name"?,"?emissions"?,"?energy_consumed\b
    )""",
    re.VERBOSE,
)
_POST: Final = re.compile(rb'\{[^{}]*"emissions_sum"\s*:[^{}]*"energy_consumed"\s*:')
_PROJECTS: Final = re.compile(rb'\A\s*\{\s*"projects"\s*:.*"experiments"\s*:', re.DOTALL)


@dataclass(frozen=True, slots=True)
class CodeCarbonDashboardReader:
    """Reads posts to `/emissions`, and the dashboard's runs, series and project downloads."""

    format: str = "codecarbon-dashboard"
    about: str = "CodeCarbon 3.x: API posts, dashboard downloads of runs and projects"
    measures: str = "GPU boards (NVML), CPU and memory (RAPL or a model), not told apart"
    proven: Literal["real output", "documented format"] = "real output"
    record: str = "deltas, one a post; totals by run in the downloads"
    pue: str = "inside where it was set, factor not stored"
    zone: str = "with offset"

    def recognises(self, log: Log) -> bool:
        """Whether it begins with a table of the dashboard, or the first 4 KiB hold a post."""
        patterns = (_TABLE, _POST, _PROJECTS)
        return any(pattern.search(log.head) is not None for pattern in patterns)

    def read(self, log: Log) -> Sequence[Evidence]:
        """One piece of evidence a run; the posts of a run are added up.

        Raises:
            MalformedInput: a figure is wrong, or the file holds no run.
        """
        from carbonlabel.readers.codecarbon.exports import (  # noqa: PLC0415 - recognition is quick
            evidence,
        )

        return evidence(log)


reader: Final = CodeCarbonDashboardReader()
