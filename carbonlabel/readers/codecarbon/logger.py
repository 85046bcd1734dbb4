"""I recognise what CodeCarbon's logger output writes: one JSON object a line, each a snapshot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_LINE: Final = re.compile(
    rb'\{[^\n\r]*"run_id"\s*:[^\n\r]*"energy_consumed"\s*:[^\n\r]*"country_iso_code"\s*:'
)


@dataclass(frozen=True, slots=True)
class CodeCarbonLoggerReader:
    """Reads the lines that `LoggerOutput` gave to Python's logging or to Google Cloud Logging."""

    format: str = "codecarbon-logger"
    about: str = "CodeCarbon 2.0 to 3.3: JSON lines of its logger output"
    measures: str = "GPU boards (NVML), CPU and memory (RAPL or a model)"
    proven: Literal["real output", "documented format"] = "real output"
    record: str = "cumulative, one line a flush"
    pue: str = "inside where it was set (2.2.3 and later), factor stored"
    zone: str = "local, no offset"

    def recognises(self, log: Log) -> bool:
        """Whether a line of the first 4 KiB holds such an object, whatever stands before it."""
        return _LINE.search(log.head) is not None

    def read(self, log: Log) -> Sequence[Evidence]:
        """One piece of evidence a run: its newest line. Lines of other origin are passed over.

        Raises:
            MalformedInput: a figure is wrong, energy falls while duration grows, or the file
                holds no run.
        """
        from carbonlabel.readers.codecarbon.snapshots import (  # noqa: PLC0415 - recognition is quick
            evidence,
        )

        return evidence(log)


reader: Final = CodeCarbonLoggerReader()
