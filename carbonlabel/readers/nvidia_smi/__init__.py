"""I read what `nvidia-smi --query-gpu=timestamp,…,power.draw --format=csv` wrote: board power."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_HEADER: Final = re.compile(
    rb"\A\s*+(?=[^\r\n]*\btimestamp\b)[^\r\n]*\bpower\.draw(?:\.average|\.instant)?\b"
)
_ROW: Final = re.compile(rb"\A\s*+\d{4}/\d\d/\d\d \d\d:\d\d:\d\d\.\d{3}, [^\r\n]*\d W\b")


class NvidiaSmiReader:
    """Integrates the power of all boards in the table into one evidence."""

    format = "nvidia-smi-csv"
    about = "nvidia-smi --query-gpu=timestamp,uuid,name,power.draw --format=csv"
    measures = "GPU boards"
    proven = "documented format"
    record = "samples of power"
    pue = "not inside"
    zone = "local, no offset"
    columns: ClassVar[Mapping[str, str]] = {
        "accelerators": "power.draw [W]",
        "duration": "timestamp",
    }

    def recognises(self, log: Log) -> bool:
        """Whether the first line names `timestamp` and `power.draw`, or is a row with watts."""
        return bool(_HEADER.match(log.head) or _ROW.match(log.head))

    def read(self, log: Log) -> tuple[Evidence]:
        """The one run of the table, all boards together.

        Raises:
            InputError: a value is none, or the rows of several boards cannot be told apart.
        """
        from carbonlabel.readers.nvidia_smi.boards import run  # noqa: PLC0415 - start-up time

        return (run(log, self.format),)


reader = NvidiaSmiReader()
