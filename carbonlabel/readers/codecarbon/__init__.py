"""I recognise CodeCarbon's `emissions.csv`, versions 1.0 to 3.3: every row a snapshot of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from carbonlabel.readers.codecarbon.columns import is_codecarbon

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence


@dataclass(frozen=True, slots=True)
class CodeCarbonReader:
    """Reads `emissions.csv` of CodeCarbon, and a task file where it is named itself."""

    format: str = "codecarbon-csv"
    about: str = "CodeCarbon 1.0 to 3.3: emissions.csv, task files"
    measures: str = "GPU boards (NVML), CPU and memory (RAPL or a model)"
    proven: Literal["real output", "documented format"] = "real output"
    record: str = "cumulative, one row a flush; tasks are deltas"
    pue: str = "inside where it was set (2.2.3 and later), factor stored"
    zone: str = "local, no offset"
    columns: ClassVar[Mapping[str, str]] = {
        "accelerators": "gpu_energy",
        "host": "cpu_energy + ram_energy",
        "computing": "energy_consumed",
        "duration": "duration",
        "pue": "pue",
        "wue": "wue",
        "reported/energy": "energy_consumed",
        "reported/emissions": "emissions",
    }
    """The columns that each figure of a run stands in."""

    def recognises(self, log: Log) -> bool:
        """Whether the first line holds CodeCarbon's column names; the file's name does not count.

        A file that a spreadsheet saved with semicolons is recognised, so that reading it can say
        what is wrong with it.
        """
        return is_codecarbon(log)

    def read(self, log: Log) -> Sequence[Evidence]:
        """One piece of evidence a run: its newest row, with the tasks beside it taken in.

        Raises:
            MalformedInput: a column is missing, a figure is wrong, energy falls while duration
                grows, or the file holds no run.
        """
        from carbonlabel.readers.codecarbon.table import evidence  # noqa: PLC0415 - recognition is quick

        return evidence(log)


reader: Final = CodeCarbonReader()
