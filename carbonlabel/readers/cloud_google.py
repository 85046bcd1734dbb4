"""I recognise Google Cloud's Carbon Footprint, and say why no run can be read from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence
    from carbonlabel.parsing.cloudtotals import Totals

_TOTAL: Final = "carbon_footprint_total_kgCO2e"
_KNOWN: Final = re.compile(rb"\bcarbon_footprint(?:_total)?_kgCO2e\b")
_COLUMN: Final = re.compile(
    r"carbon_footprint_total_kgCO2e[._](?P<kind>location|market)_based", re.IGNORECASE
)
_KEY: Final = ("usage_month", "billing_account_id", "project", "service", "location")
_NEWEST: Final = "carbon_model_version"
_HOLDS: Final = (
    "they hold no energy, and they include scope 1 and what making the hardware cost (scope 3)"
)


@dataclass(frozen=True, slots=True)
class GoogleReader:
    """Knows the BigQuery table `carbon_footprint`, saved as CSV or as JSON lines."""

    format: str = "cloud-google"
    about: str = "Google Cloud Carbon Footprint, BigQuery export (cross-check only)"
    measures: str = "a project, by month, service and region"
    proven: Literal["real output", "documented format"] = "documented format"
    record: str = "monthly totals in kg; no run"
    pue: str = "no energy inside"
    zone: str = "dates"

    def recognises(self, log: Log) -> bool:
        """Whether the first 4 KiB hold Google's names of its emissions."""
        return _KNOWN.search(log.head) is not None

    def read(self, log: Log) -> Sequence[Evidence]:
        """Nothing: it always says why, with the totals of the file.

        Raises:
            InputError: an export holds no run.
        """
        from carbonlabel.parsing.cloudtotals import no_run  # noqa: PLC0415 - recognition is quick

        raise no_run("Google Cloud", lambda: totals(log), where=log.name, holds=_HOLDS)


def totals(log: Log) -> Totals:
    """What the export says of all its months together, by its newest model version.

    Raises:
        MalformedInput: it is neither CSV nor JSON lines, or a figure is wrong.
    """
    from carbonlabel.parsing.cloudtotals import Totals  # noqa: PLC0415 - recognition is quick

    added = Totals()
    newest: dict[tuple[str, ...], tuple[int, str | None, Mapping[str, float | None]]] = {}
    for key, version, month, emissions_gco2e in _entries(log):
        if key not in newest or version >= newest[key][0]:
            newest[key] = version, month, emissions_gco2e
    for _, month, emissions_gco2e in newest.values():
        added.add(month, emissions_gco2e)
    return added


Entry = tuple[tuple[str, ...], int, str | None, Mapping[str, float | None]]


def _entries(log: Log) -> Iterator[Entry]:
    is_json = log.head.lstrip()[:1] in {b"{", b"["}
    return _of_lines(log) if is_json else _of_table(log)


def _of_table(log: Log) -> Iterator[Entry]:
    from carbonlabel.model.units import SCALES  # noqa: PLC0415
    from carbonlabel.parsing import table  # noqa: PLC0415 - recognition is quick

    for row in table.rows(log, needs=()):
        found = {name: match for name in row.fields if (match := _COLUMN.fullmatch(name.strip()))}
        told_kg = {match["kind"].lower(): row.number(name) for name, match in found.items()}
        key = tuple(text for name, text in row.fields.items() if name.startswith(_KEY))
        yield (
            key,
            _version(row.fields.get(_NEWEST, "")),
            row.text("usage_month"),
            {
                kind: None if kg is None else kg * SCALES["gCO2e"]["kgCO2e"]
                for kind, kg in told_kg.items()
            },
        )


def _of_lines(log: Log) -> Iterator[Entry]:
    from carbonlabel.model.units import SCALES  # noqa: PLC0415
    from carbonlabel.parsing import jsonfields  # noqa: PLC0415 - recognition is quick

    for number, text in log.lines():
        clean = text.strip().strip("[],")
        if not clean:
            continue
        entry = jsonfields.document(clean, f"{log.name}:{number}")
        total = entry.child(_TOTAL)
        told_kg = {kind: total.number(f"{kind}_based") for kind in ("location", "market")}
        yield (
            tuple(repr(entry.values.get(name)) for name in _KEY),
            _version(str(entry.values.get(_NEWEST, ""))),
            entry.text("usage_month"),
            {
                kind: None if kg is None else kg * SCALES["gCO2e"]["kgCO2e"]
                for kind, kg in told_kg.items()
            },
        )


def _version(text: str) -> int:
    clean = text.strip()
    return int(clean) if clean.isascii() and clean.isdigit() and len(clean) < _LONGEST else 0


_LONGEST: Final = 10

reader: Final = GoogleReader()
