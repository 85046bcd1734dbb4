"""I read what `scaphandre json` wrote: the power of a whole machine as RAPL sees it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_HEAD: Final = re.compile(rb'"host"\s*:\s*\{\s*"consumption"\s*:')


class ScaphandreReader:
    """Integrates the power of the host; sockets and processes are parts of it."""

    format = "scaphandre-json"
    about = "Scaphandre 0.5 to 1.0, JSON exporter"
    measures = "CPU packages and memory"
    proven = "documented format"
    record = "samples of power"
    pue = "not inside"
    zone = "unix seconds"
    columns: ClassVar[Mapping[str, str]] = {
        "host": "host.consumption",
    }

    def recognises(self, log: Log) -> bool:
        """Whether the first 4 KiB hold a report of a host."""
        return bool(_HEAD.search(log.head))

    def read(self, log: Log) -> tuple[Evidence]:
        """The one run of the reports.

        Raises:
            InputError: a report is none, or the file is over 10 MiB without a line for each.
        """
        from carbonlabel.readers.scaphandre.host import run  # noqa: PLC0415 - start-up time

        return (run(log, self.format),)


reader = ScaphandreReader()
