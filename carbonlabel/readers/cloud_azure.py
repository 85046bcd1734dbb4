"""I recognise Azure's carbon reports, and say why no run can be read from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence
    from carbonlabel.parsing.cloudtotals import Totals

_KNOWN: Final = re.compile(rb'"latestMonthEmissions"\s*:')
_WHOLE: Final = "OverallSummaryData"
_MONTHLY: Final = "MonthlySummaryData"
_HOLDS: Final = (
    "they hold no energy and do not say which scopes were asked for, and subscriptions to which "
    "access was denied are missing from them without a word"
)


@dataclass(frozen=True, slots=True)
class AzureReader:
    """Knows answers of Azure's carbon optimization API, `carbonEmissionReports`."""

    format: str = "cloud-azure"
    about: str = "Azure carbon optimization, carbonEmissionReports (cross-check only)"
    measures: str = "a subscription or resource, by month"
    proven: Literal["real output", "documented format"] = "documented format"
    record: str = "totals of the months asked for, in kg; no run"
    pue: str = "no energy inside"
    zone: str = "dates"

    def recognises(self, log: Log) -> bool:
        """Whether the first 4 KiB hold Azure's name of its emissions."""
        return _KNOWN.search(log.head) is not None

    def read(self, log: Log) -> Sequence[Evidence]:
        """Nothing: it always says why, with the totals of the file.

        Raises:
            InputError: a report holds no run.
        """
        from carbonlabel.parsing.cloudtotals import no_run  # noqa: PLC0415 - recognition is quick

        raise no_run("Azure", lambda: totals(log), where=log.name, holds=_HOLDS)


def totals(log: Log) -> Totals:
    """What the report says in total: its overall figure, else its months added up.

    Items, resources and top lists are parts of that, and parts only: they give no total.

    Raises:
        MalformedInput: it is no JSON object, or a figure is wrong.
    """
    from carbonlabel.model.units import SCALES  # noqa: PLC0415
    from carbonlabel.parsing import jsonfields  # noqa: PLC0415 - recognition is quick
    from carbonlabel.parsing.cloudtotals import Totals  # noqa: PLC0415

    entries = jsonfields.document(log.document(), log.name).children("value")
    kinds = {entry.text("dataType") for entry in entries}
    wanted = _WHOLE if _WHOLE in kinds else _MONTHLY
    added = Totals()
    for entry in entries:
        # Whatever its name says, it is the total of the whole period that was asked for.
        told_kg = entry.number("latestMonthEmissions")
        if entry.text("dataType") == wanted and told_kg is not None:
            added.add(entry.text("date"), {"total": told_kg * SCALES["gCO2e"]["kgCO2e"]})
    return added


reader: Final = AzureReader()
