"""I read the power samples of the experiment-impact-tracker, one JSON object a line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_KEYS: Final = (
    b'"rapl_power_draw_absolute"',
    b'"rapl_estimated_attributable_power_draw"',
    b'"nvidia_draw_absolute"',
    b'"nvidia_estimated_attributable_power_draw"',
    b'"cpu_count_adjusted_average_load"',
)
_PICKLE: Final = re.compile(rb"\A\x80[\x02-\x05].*python_package_info", re.DOTALL)
_ZIP: Final = re.compile(rb"\APK\x03\x04.{26}(?:info\.pkl|data\.json)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ImpactTrackerReader:
    """Reads `impacttracker/data.json`; refuses `info.pkl` and archives that hold it."""

    format: str = "impact-tracker-jsonl"
    about: str = "experiment-impact-tracker 0.1, impacttracker/data.json"
    measures: str = "CPU packages (RAPL) and NVIDIA boards, the share of the process"
    proven: str = "documented format"
    record: str = "samples of power"
    pue: str = "not inside"
    zone: str = "unix seconds"
    columns: ClassVar[Mapping[str, str]] = {
        "host": "rapl_estimated_attributable_power_draw",
        "accelerators": "nvidia_estimated_attributable_power_draw",
    }

    def recognises(self, log: Log) -> bool:
        """Whether the first line is one of its samples, or the file is its pickle or archive."""
        head = log.head
        if _PICKLE.search(head) or _ZIP.match(head):
            return True
        is_object = head.lstrip().startswith(b"{") and b'"timestamp"' in head
        return is_object and any(key in head for key in _KEYS)

    def read(self, log: Log) -> Sequence[Evidence]:
        """The one run of the file: its powers integrated over time.

        Raises:
            InputError: the file is a pickle or an archive, or what it holds is wrong.
        """
        from carbonlabel.readers.impact_tracker.lines import (  # noqa: PLC0415 - start-up time
            refuse,
            run,
        )

        is_archive = bool(_ZIP.match(log.head))
        if is_archive or _PICKLE.search(log.head):
            raise refuse(log.name, is_archive=is_archive)
        return (run(log, format_name=self.format),)


reader: Final = ImpactTrackerReader()
