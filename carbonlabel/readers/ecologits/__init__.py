"""I recognise the impacts that EcoLogits worked out for requests to language models, as JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final, Literal

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_GWP: Final = re.compile(rb'"gwp"\s*:')
_OTHER: Final = re.compile(rb'"(?:adpe|pe)"\s*:')


class EcoLogitsReader:
    """Turns each modelled request into evidence of inference."""

    format = "ecologits-json"
    about = "EcoLogits 0.3 to 0.11, response.impacts as JSON, one or many"
    measures = "servers and GPUs of a request, modelled"
    proven: Literal["real output"] = "real output"
    record = "one estimate a request"
    pue = "inside, factor not stored"
    zone = "none"
    columns: ClassVar[Mapping[str, str]] = {
        "computing": "energy.value",
        "reported/energy": "energy.value",
        "reported/emissions": "gwp.value",
    }

    def recognises(self, log: Log) -> bool:
        """Whether the first 4 KiB hold the keys `gwp` and `adpe` or `pe` of a JSON document."""
        begins = log.head.lstrip()[:1] in {b"{", b"["}
        return begins and bool(_GWP.search(log.head) and _OTHER.search(log.head))

    def read(self, log: Log) -> tuple[Evidence, ...]:
        """Each request of the file, in its order.

        Raises:
            InputError: it is no JSON, holds no impacts, or a figure or a unit is wrong.
        """
        from carbonlabel.readers.ecologits.requests import evidence  # noqa: PLC0415 - start-up time

        return evidence(log, self.format)


reader: Final = EcoLogitsReader()
