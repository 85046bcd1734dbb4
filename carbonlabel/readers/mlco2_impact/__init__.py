"""I recognise the statement that the ML CO2 Impact calculator writes for a paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_PHRASES: Final = (
    re.compile(rb"has\s+a\s+carbon\s+efficiency\s+of\s"),
    re.compile(rb"\bA\s+cumulative\s+of\s"),
)


class MlCo2ImpactReader:
    """Turns each filled-in statement into evidence of GPU boards at rated power."""

    format = "mlco2-impact"
    about = "ML CO2 Impact calculator, its LaTeX statement, also pasted into Markdown or text"
    measures = "GPU boards, rated power × hours"
    proven: Literal["real output"] = "real output"
    record = "one estimate a statement"
    pue = "not inside"
    zone = "none"

    def recognises(self, log: Log) -> bool:
        """Whether the first 4 KiB hold both phrases of the statement."""
        return all(phrase.search(log.head) for phrase in _PHRASES)

    def read(self, log: Log) -> tuple[Evidence, ...]:
        """Each statement of the text, in its order.

        Raises:
            InputError: there is none, it was reworded or not filled in, or a figure is none.
        """
        from carbonlabel.readers.mlco2_impact.evidence import evidence  # noqa: PLC0415 - start-up

        return evidence(log, self.format)


reader: Final = MlCo2ImpactReader()
