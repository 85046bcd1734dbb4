"""I read what Carbontracker 1.0 to 2.4 logs of a run: standard log and output log, as one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_HEAD: Final = re.compile(
    rb"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:,\d+)? - (?:\S+ - [A-Z]+ - )?"
    rb"(?:carbontracker version |CarbonTracker:|Average power usage \(W\) for |Monitoring thread )",
    re.MULTILINE,
)


class CarbontrackerReader:
    """Finds the two logs of a run, whichever was named, and returns one evidence."""

    format = "carbontracker-log"
    about = "Carbontracker 1.0 to 2.4, standard log and output log"
    measures = "GPU boards, CPU packages and their memory"
    proven = "real output"
    record = "mean power of each epoch, and one sum of the run"
    pue = "inside the sums, a constant by version"
    zone = "local, no offset"
    columns: ClassVar[Mapping[str, str]] = {
        "accelerators": "Average power usage (W) for gpu",
        "host": "Average power usage (W) for cpu",
        "duration": "Duration",
        "reported/energy": "Energy",
        "reported/emissions": "CO2eq",
    }

    def recognises(self, log: Log) -> bool:
        """Whether the first 4 KiB hold a line of the standard log or of the output log."""
        return bool(_HEAD.search(log.head))

    def read(self, log: Log) -> tuple[Evidence, ...]:
        """The one run of the pair that the log belongs to.

        Whichever of the two is named, the evidence is the same: `inputs` cites the standard log
        first, and `run` is the part of the names before `_carbontracker`.

        Raises:
            InputError: a log holds a value that is none, or nothing of Carbontracker.
        """
        # Each log is shown to every reader: only a log of Carbontracker pays for its grammar.
        from carbonlabel.readers.carbontracker.evidence import evidence  # noqa: PLC0415 - see above

        return (evidence(log),)


reader = CarbontrackerReader()
