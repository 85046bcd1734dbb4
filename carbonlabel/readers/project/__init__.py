"""I recognise project.json, the runs that `carbonlabel collect` made one total of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_MARK: Final = re.compile(rb'"\$schema"\s*:\s*"https://w3id\.org/carbonlabel/project/')


class _Project:
    """Reader of our own collection of runs."""

    format: Final = "project"
    about: Final = "Runs that carbonlabel collect made one total of: project.json"
    measures: Final = "what the trackers of the runs measure"
    proven: Final = "own format"
    record: Final = "one entry a run, counted or left out with its reason"
    pue: Final = "as the trackers of the runs"
    zone: Final = "as the trackers of the runs"

    def recognises(self, log: Log) -> bool:
        """Whether the first 4 KiB name the schema of projects."""
        return _MARK.search(log.head) is not None

    def read(self, log: Log) -> Sequence[Evidence]:
        """Every counted run; stages other than final are experimentation.

        Raises:
            MalformedInput: it is no JSON in UTF-8, or is over 64 MiB.
            UnsupportedVersion: a newer carbonlabel wrote it.
            InvalidDocument: it breaks the schema, or counts no run.
        """
        # Each log is shown to every reader: only a project pays for the nouns.
        from carbonlabel.readers.project.evidence import evidence  # noqa: PLC0415 - see above

        return evidence(log, self.format)


reader: Final = _Project()
