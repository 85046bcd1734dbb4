"""I read what Zeus measured on GPUs: the CSV of its windows, or the text of its monitor command."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_WINDOWS: Final = (b"start_time", b"window_name", b"elapsed_time")
_MONITOR: Final = re.compile(rb"^(?:Total energy \(J\):|\{'GPU\d{1,4}': \d)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ZeusReader:
    """Reads the log file of a `ZeusMonitor`, and what `python -m zeus.monitor` prints."""

    format: str = "zeus-csv"
    about: str = "Zeus 0.10 to 0.16: CSV of measurement windows, text of python -m zeus.monitor"
    measures: str = "GPU boards; CPU and memory in the text only"
    proven: str = "real output"
    record: str = "delta per window, windows nest"
    pue: str = "not inside"
    zone: str = "unix seconds; text: local, no offset"
    columns: ClassVar[Mapping[str, str]] = {
        "accelerators": "gpu0_energy and so on",
        "duration": "elapsed_time",
    }

    def recognises(self, log: Log) -> bool:
        """Whether the first line holds the columns of windows, or a line is the monitor's."""
        first = log.head.lstrip(b"\r\n").splitlines()[:1]
        names = {name.strip() for name in first[0].split(b",")} if first else set()
        return names >= set(_WINDOWS) or bool(_MONITOR.search(log.head))

    def read(self, log: Log) -> Sequence[Evidence]:
        """One piece of evidence: the outermost windows together, each second counted once.

        Raises:
            MalformedInput: a column is missing, a figure is wrong, or it holds no measurement.
        """
        from carbonlabel.readers.zeus.evidence import (  # noqa: PLC0415 - start-up time
            of_monitor,
            of_windows,
        )

        if _MONITOR.search(log.head):
            return (of_monitor(log, format_name=self.format),)
        return (of_windows(log, format_name=self.format),)


reader: Final = ZeusReader()
