"""I read Eco2AI's `emission.csv`, versions 0.1 to 0.3: runs, or epochs that add up to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_SIGNATURE: Final = (b"CO2_emissions(kg)", b"power_consumption(kW")


@dataclass(frozen=True, slots=True)
class Eco2AIReader:
    """Reads `emission.csv`, whatever its name; refuses the encoded copy."""

    format: str = "eco2ai-csv"
    about: str = "Eco2AI 0.1 to 0.3, emission.csv"
    measures: str = "GPU boards, CPU and memory in one figure; memory from 0.2"
    proven: str = "real output"
    record: str = "one row per run, or one per epoch (added up)"
    pue: str = "inside, factor not stored; 0.1: none"
    zone: str = "local, no offset"
    columns: ClassVar[Mapping[str, str]] = {
        "computing": "power_consumption(kWh)",
        "duration": "duration(s)",
        "reported/energy": "power_consumption(kWh)",
        "reported/emissions": "CO2_emissions(kg)",
    }

    def recognises(self, log: Log) -> bool:
        """Whether the first line holds Eco2AI's column names, whatever separates them."""
        first = log.head.lstrip(b"\r\n").splitlines()[:1]
        return bool(first) and all(name in first[0] for name in _SIGNATURE)

    def read(self, log: Log) -> Sequence[Evidence]:
        """One piece of evidence a run; the rows of one id are its epochs and are added up.

        Raises:
            MalformedInput: the file is encoded, a column is missing, a figure is wrong, or it holds
                no run.
        """
        from carbonlabel.readers.eco2ai.evidence import evidence  # noqa: PLC0415 - start-up time

        return evidence(log, format_name=self.format)


reader: Final = Eco2AIReader()
