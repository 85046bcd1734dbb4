"""I recognise what AWS says of an account's emissions, and say why no run can be read from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from carbonlabel.errors import MalformedInput

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence
    from carbonlabel.parsing.cloudtotals import Totals
    from carbonlabel.parsing.jsonfields import Fields
    from carbonlabel.parsing.table import Row

_TABLE: Final = re.compile(rb"\A[^\n]*\btotal_(?:mbm|lbm)_emissions_value\b")
_ANSWER: Final = re.compile(rb'"EmissionsValues"\s*:|"TOTAL_(?:LBM|MBM)_CARBON_EMISSIONS"\s*:')
_UNITS: Final = {"mtco2e": "tCO2e", "tco2e": "tCO2e", "kgco2e": "kgCO2e"}
"""MTCO2e are metric tonnes, not megatonnes."""
_KINDS: Final = {"location": "lbm", "market": "mbm"}
_KEY: Final = ("usage_account_id", "product_code", "region_code", "location", "usage_period_start")
_HOLDS: Final = (
    "they hold no energy, they include what making the hardware cost (scope 3), and AWS rewrites "
    "them with each model version"
)


@dataclass(frozen=True, slots=True)
class AwsReader:
    """Knows the Data Exports table "Carbon emissions" and answers of the Sustainability API."""

    format: str = "cloud-aws"
    about: str = "AWS carbon emissions: Data Exports CSV, Sustainability API (cross-check only)"
    measures: str = "an account, by month, service and region"
    proven: Literal["real output", "documented format"] = "documented format"
    record: str = "monthly totals in tonnes; no run"
    pue: str = "no energy inside"
    zone: str = "UTC"

    def recognises(self, log: Log) -> bool:
        """Whether the first 4 KiB hold AWS's names of its emissions."""
        return any(known.search(log.head) is not None for known in (_TABLE, _ANSWER))

    def read(self, log: Log) -> Sequence[Evidence]:
        """Nothing: it always says why, with the totals of the file.

        Raises:
            InputError: an export holds no run.
        """
        from carbonlabel.parsing.cloudtotals import no_run  # noqa: PLC0415 - recognition is quick

        raise no_run("AWS", lambda: totals(log), where=log.name, holds=_HOLDS)


def totals(log: Log) -> Totals:
    """What the export says of all its months together, the newest figure of each counted once.

    Raises:
        MalformedInput: it is neither the table nor the answer of the API, or a figure is wrong.
    """
    from carbonlabel.parsing.cloudtotals import Totals  # noqa: PLC0415 - recognition is quick

    added = Totals()
    is_table = _TABLE.search(log.head) is not None
    for month, emissions_gco2e in _of_table(log) if is_table else _of_answer(log):
        added.add(month, emissions_gco2e)
    return added


def _of_table(log: Log) -> Iterator[tuple[str | None, Mapping[str, float | None]]]:
    from carbonlabel.parsing import table  # noqa: PLC0415 - recognition is quick

    newest: dict[tuple[str, ...], Row] = {}
    for row in table.rows(log, needs=()):
        key = tuple(row.fields.get(name, "") for name in _KEY)
        if key not in newest or _refreshed(row) >= _refreshed(newest[key]):
            newest[key] = row
    for row in newest.values():
        yield (
            row.text("usage_period_start"),
            {
                kind: _in_grams(
                    row.number(f"total_{short}_emissions_value"),
                    row.text(f"total_{short}_emissions_unit"),
                    row.where(f"total_{short}_emissions_unit"),
                )
                for kind, short in _KINDS.items()
            },
        )


def _refreshed(row: Row) -> str:
    return row.fields.get("last_refresh_timestamp", "")


def _of_answer(log: Log) -> Iterator[tuple[str | None, Mapping[str, float | None]]]:
    from carbonlabel.parsing import jsonfields  # noqa: PLC0415 - recognition is quick

    for result in jsonfields.document(log.document(), log.name).children("Results"):
        values = result.child("EmissionsValues")
        yield (
            result.child("TimePeriod").text("Start"),
            {
                kind: _told(values.child(f"TOTAL_{short.upper()}_CARBON_EMISSIONS"))
                for kind, short in _KINDS.items()
            },
        )


def _told(figure: Fields) -> float | None:
    return _in_grams(figure.number("Value"), figure.text("Unit"), figure.where("Unit"))


def _in_grams(value: float | None, unit: str | None, where: str) -> float | None:
    from carbonlabel.model.units import SCALES  # noqa: PLC0415 - recognition is quick

    name = _UNITS.get((unit or "MTCO2e").lower())
    if name is None:
        raise MalformedInput(
            f"{(unit or '')[:40]!r} is no unit that AWS writes", where=where, hint="MTCO2e: tonnes"
        )
    return None if value is None else value * SCALES["gCO2e"][name]


reader: Final = AwsReader()
