"""I recognise what Green Algorithms writes: the calculator's CSV and the cluster tool's report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final, Literal

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_COLUMNS: Final = (
    re.compile(rb"\A[^\r\n]*(?:\A|;)\"?appVersion\"?(?:;|\r|\n|\Z)"),
    re.compile(rb"\A[^\r\n]*;\"?(?:training-)?(?:coreType|carbonEmissions)\b|\A\"?coreType\"?;"),
)
_REPORT: Final = (re.compile(rb"\bCarbon footprint on "), re.compile(rb"\bEnergy used: "))


class GreenAlgorithmsReader:
    """Turns the filled-in form of the calculator into evidence, one for each of its jobs."""

    format = "green-algorithms-csv"
    about = "Green Algorithms calculator 3.0: GreenAlgorithms_results_….csv, AI page too"
    measures = "CPU cores, GPUs and memory: rated power × load × hours"
    proven: Literal["real output"] = "real output"
    record = "one estimate a form"
    pue = "inside, factor stored"
    zone = "none"
    columns: ClassVar[Mapping[str, str]] = {
        "computing": "energy_needed",
        "reported/energy": "energy_needed",
        "reported/emissions": "carbonEmissions",
    }

    def recognises(self, log: Log) -> bool:
        """Whether the first line names the calculator's columns, between semicolons."""
        return all(column.search(log.head) for column in _COLUMNS)

    def read(self, log: Log) -> tuple[Evidence, ...]:
        """The job of the form; of the AI page training, experiments, retrainings and inference.

        Raises:
            InputError: the form was not filled in, or a figure is wrong.
        """
        from carbonlabel.readers.green_algorithms.calculator import (  # noqa: PLC0415 - start-up
            evidence,
        )

        return evidence(log, self.format)


class GreenAlgorithmsHpcReader:
    """Turns the terminal report of a cluster's jobs into one evidence."""

    format = "green-algorithms-hpc"
    about = "GreenAlgorithms4HPC 0.3, terminal report of a user's Slurm jobs"
    measures = "CPU cores, GPUs and memory of jobs: rated power × time"
    proven: Literal["real output"] = "real output"
    record = "total of all jobs in the period"
    pue = "inside the total, not inside the parts"
    zone = "local, no offset"

    def recognises(self, log: Log) -> bool:
        """Whether the first 4 KiB hold the title and the energy of a report."""
        return all(phrase.search(log.head) for phrase in _REPORT)

    def read(self, log: Log) -> tuple[Evidence]:
        """All jobs of the report together.

        Raises:
            InputError: a line is missing, or its figure is wrong.
        """
        from carbonlabel.readers.green_algorithms.cluster import evidence  # noqa: PLC0415 - start-up

        return (evidence(log, self.format),)


reader: Final = GreenAlgorithmsReader()
hpc: Final = GreenAlgorithmsHpcReader()
