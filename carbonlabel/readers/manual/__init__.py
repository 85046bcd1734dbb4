"""I read manual.yaml: runs that no tracker watched, as a person states them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_MARK = re.compile(
    rb"""(?:^|[{,])\s*["']?carbonlabel["']?\s*:\s*["']?runs["']?\s*(?:[#,}]|$)""", re.MULTILINE
)


class _Manual:
    """Reader of our own statement of runs."""

    format: Final = "manual"
    about: Final = "Runs stated by a person: manual.yaml, or the same as JSON"
    measures: Final = (
        "what the person says: a metered energy, or hours × power; idle time, shared nodes"
    )
    proven: Final = "own format"
    record: Final = "one entry a run"
    pue: Final = "as stated: yes, no or unknown"
    zone: Final = "the offset stated, else local"

    def recognises(self, log: Log) -> bool:
        """Whether `carbonlabel: runs` stands in the first 4 KiB."""
        return _MARK.search(log.head) is not None

    def read(self, log: Log) -> Sequence[Evidence]:
        """Every run of the file, each figure with the range that its last place implies.

        Raises:
            MalformedInput: the file is not what it should be, or contradicts itself.
            MissingFactor: a place, a device or its rated power is not known.
        """
        # Each log is shown to every reader: only a file of ours pays for YAML and the tables.
        from carbonlabel.readers.manual.runs import runs  # noqa: PLC0415 - see above

        return runs(log, self.format)


reader: Final = _Manual()
