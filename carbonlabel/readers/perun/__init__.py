"""I read what perun wrote about a run: its tree as JSON, its text, its samples as CSV."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_TREE: Final = re.compile(rb"\A\s*\{(?=.*\"creation_dt\")(?=.*\"last_execution_dt\")", re.DOTALL)
_TEXT: Final = re.compile(rb"\A\s*PERUN REPORT\b")
_BENCH: Final = re.compile(rb"\A\s*\[\s*\{\s*\"name\":\s*\"[^\"]{1,1000} - [A-Z][A-Z_]{2,20}\",")
_COLUMNS: Final = {b"run id", b"device_group", b"sensor", b"magnitude", b"timestep", b"value"}
_HDF5: Final = b"\x89HDF\r\n\x1a\n"
_PICKLE: Final = re.compile(rb"\A\x80[\x02-\x05].*perun\.data_model", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PerunReader:
    """Reads `<app>.json`, and text, benchmark JSON and CSV of one run; refuses HDF5 and pickle."""

    format: str = "perun"
    about: str = "perun 0.8 to 1.0: JSON, text, CSV and benchmark exports"
    measures: str = "GPU boards (NVML, ROCm), CPU and memory (RAPL)"
    proven: str = "real output"
    record: str = "total per run; CSV: samples of power"
    pue: str = "inside, stated in the JSON; text and benchmark do not store it; CSV: not inside"
    zone: str = "local, no offset"
    whole_run: bool = True
    """A log tells of all machines of a run, however many there were."""

    def recognises(self, log: Log) -> bool:
        """Whether the first 4 KiB look like one of perun's exports, or like its HDF5 or pickle."""
        return _form(log) is not None

    def read(self, log: Log) -> Sequence[Evidence]:
        """One piece of evidence a run, all rounds of it together.

        Raises:
            InputError: the file is HDF5 or a pickle, or what it holds is wrong.
        """
        from carbonlabel.readers.perun.forms import read  # noqa: PLC0415 - start-up time

        return read(log, _form(log) or "tree", format_name=self.format)


def _form(log: Log) -> str | None:
    head = log.head
    if head.startswith(_HDF5) and b"creation_dt" in head:
        return "hdf5"
    for form, pattern in (
        ("tree", _TREE),
        ("text", _TEXT),
        ("bench", _BENCH),
        ("pickle", _PICKLE),
    ):
        if pattern.search(head):
            return form
    first = head.lstrip(b"\r\n").splitlines()[:1]
    names = {name.strip() for name in first[0].split(b",")} if first else set()
    return "samples" if names >= _COLUMNS else None


reader: Final = PerunReader()
