"""I lay every quantity of a disclosure out as one row of CSV, unrounded, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from carbonlabel.documents import wording
from carbonlabel.documents.direction import bare
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options

HEAD: Final = (
    "pointer",
    "value",
    "low",
    "high",
    "unit",
    "basis",
    "year",
    "source",
    "formula",
    "missing",
    "reason",
)
_ACTIVE: Final = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Table:
    """All quantities as CSV: the one document whose numbers are not rounded."""

    format: str = "csv"
    file_name: str = "carbon.csv"
    about: str = "every quantity as a row of CSV, unrounded"

    def render(self, disclosure: Disclosure, options: Options) -> bytes:
        """RFC 4180 as UTF-8 with a head; no option changes it."""
        del options
        written = io.StringIO()
        rows = csv.writer(written)
        rows.writerow(HEAD)
        tree = disclosure.model_dump(mode="json", by_alias=True, exclude_none=True)
        for pointer, quantity in _quantities(tree, ""):
            told = (quantity.get(column, "") for column in HEAD[1:])
            rows.writerow([_cell(each) for each in (pointer, *told)])
        return written.getvalue().encode()


def _quantities(node: object, at: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    if isinstance(node, dict):
        if "missing" in node or {"value", "unit"} <= node.keys():
            yield at, node
            return
        for key, each in node.items():
            yield from _quantities(each, f"{at}/{_escaped(key)}")
    elif isinstance(node, list):
        for place, each in enumerate(node):
            yield from _quantities(each, f"{at}/{place}")


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _cell(value: object) -> str:
    """What a spreadsheet shows and never runs: text that begins as a formula does is quoted.

    Text is one line without control or bidirectional characters.
    """
    if not isinstance(value, str):
        return str(value)
    said = bare(wording.plain(value))
    return f"'{said}" if said.lstrip().startswith(_ACTIVE) else said


renderer = Table()
