"""I recognise a BoAmps report: the energy of one AI task, as Boavizta writes it in JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Literal

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_HEADER: Final = re.compile(
    rb'"header"\s*:\s*\{[^{}]*"(?:report(?:Id|Datetime)|formatVersion)"\s*:'
)
_MEASURE: Final = re.compile(rb'"measurementMethod"\s*:|"powerConsumption"\s*:')
_TASK: Final = re.compile(rb'"task"\s*:\s*\{[^{}]*"task(?:Stage|Family)"\s*:')


@dataclass(frozen=True, slots=True)
class BoAmpsReader:
    """Reads `boamps_report_<run id>.json` of CodeCarbon, and reports that people wrote."""

    format: str = "boamps"
    about: str = "BoAmps 0.1 to 1.1, JSON; as CodeCarbon 3.2.6 to 3.3 writes it"
    measures: str = "what the measuring tool named in it measures"
    proven: Literal["real output", "documented format"] = "real output"
    record: str = "one task; several measures are the same task again"
    pue: str = "not said"
    zone: str = "local, no offset"
    columns: ClassVar[Mapping[str, str]] = {
        "computing": "measures[].powerConsumption",
        "reported/energy": "measures[].powerConsumption",
        "duration": "measures[].measurementDuration",
    }

    def recognises(self, log: Log) -> bool:
        """Whether the first 4 KiB hold the header, a measure or the task of a report."""
        head = log.head
        if not head.lstrip().startswith(b"{"):
            return False
        return any(part.search(head) is not None for part in (_HEADER, _MEASURE, _TASK))

    def read(self, log: Log) -> Sequence[Evidence]:
        """The one run of the report, by its widest measure.

        Raises:
            MalformedInput: it is no JSON object, holds no measure, or a figure in it is wrong.
        """
        from carbonlabel.readers.boamps.report import evidence  # noqa: PLC0415 - recognition is quick

        return (evidence(log),)


reader: Final = BoAmpsReader()
