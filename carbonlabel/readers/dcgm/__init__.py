"""I read what Prometheus answers to a range query of dcgm-exporter: board power or energy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence


class DcgmReader:
    """Takes each board's energy counter, or integrates its power, into one evidence."""

    format = "dcgm-prometheus"
    about = "dcgm-exporter through Prometheus, query_range JSON of power or total energy"
    measures = "GPU boards"
    proven = "documented format"
    record = "samples of power, or of an energy counter"
    pue = "not inside"
    zone = "unix seconds"
    columns: ClassVar[Mapping[str, str]] = {
        "accelerators": "DCGM_FI_DEV_POWER_USAGE or DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION",
    }

    def recognises(self, log: Log) -> bool:
        """Whether the first 4 KiB hold a result type and a DCGM field."""
        return b'"resultType"' in log.head and b"DCGM_FI_DEV_" in log.head

    def read(self, log: Log) -> tuple[Evidence]:
        """The one run of the answer, all boards together.

        Raises:
            InputError: it is no answer to a range query, or a value is none.
        """
        from carbonlabel.readers.dcgm.boards import run  # noqa: PLC0415 - start-up time

        return (run(log, self.format),)


reader = DcgmReader()
