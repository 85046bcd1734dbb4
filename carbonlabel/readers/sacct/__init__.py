"""I recognise what Slurm's `sacct` prints of jobs and their steps."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Literal

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_COLUMNS: Final = re.compile(
    rb"""\A\s*(?=[^\n]*\bJobID(?:Raw)?\s*\|)
    (?=[^\n]*\b(?:ConsumedEnergy(?:Raw)?|TRESUsageInTot|AllocTRES|Elapsed(?:Raw)?|State)\b)""",
    re.VERBOSE,
)
_PADDED: Final = re.compile(rb"\A[ \t]*JobID(?:Raw)?[ \t]+\w+[^\n|]*\r?\n[ \t]*-{3,}[ \t]+-")
_JSON: Final = re.compile(rb'\A\s*\{.*"(?:jobs|slurm|Slurm|meta)"\s*:', re.DOTALL)
_IN_JSON: Final = re.compile(rb'"(?:slurm|Slurm|association|job_id|plugins?)"\s*:')


@dataclass(frozen=True, slots=True)
class SacctReader:
    """Reads `sacct --parsable2` (or `-p`) with its header."""

    format: str = "sacct"
    about: str = "Slurm sacct 17.11 and later, --parsable2"
    measures: str = "whole nodes (IPMI, XCC, pm_counters) or CPU and memory (RAPL), as configured"
    proven: Literal["real output", "documented format"] = "documented format"
    record: str = "cumulative, a row a job and a row a step"
    pue: str = "not inside"
    zone: str = "cluster local, no offset"
    columns: ClassVar[Mapping[str, str]] = {
        "computing": "ConsumedEnergyRaw",
        "duration": "ElapsedRaw",
    }
    whole_run: bool = True
    """A log tells of all machines of a run, however many there were."""

    def recognises(self, log: Log) -> bool:
        """Whether it begins with a header of sacct.

        What sacct prints without `-P`, and its JSON, are recognised, so that reading them can say
        how to print the table.
        """
        is_json = _JSON.search(log.head) is not None and b'"jobs"' in log.head
        return (
            _COLUMNS.search(log.head) is not None
            or _PADDED.search(log.head) is not None
            or (is_json and _IN_JSON.search(log.head) is not None)
        )

    def read(self, log: Log) -> Sequence[Evidence]:
        """One piece of evidence for each job that ran, failed and requeued ones included.

        Raises:
            MalformedInput: it is no table with `|`, a figure in it is wrong, or no job ran.
        """
        from carbonlabel.readers.sacct.runs import evidence  # noqa: PLC0415 - recognition is quick

        return evidence(log)


reader: Final = SacctReader()
