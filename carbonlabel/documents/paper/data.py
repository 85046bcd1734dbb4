"""I lay every quantity of a disclosure out as one row of CSV, unrounded, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from carbonlabel.documents.cells import separated
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


@dataclass(frozen=True, slots=True)
class Table:
    """All quantities as CSV: the one document whose numbers are not rounded."""

    format: str = "csv"
    file_name: str = "carbon.csv"
    about: str = "every quantity as a row of CSV, unrounded"

    def render(self, disclosure: Disclosure, options: Options) -> bytes:
        """RFC 4180 as UTF-8 with a head; no option changes it."""
        del options
        tree = disclosure.model_dump(mode="json", by_alias=True, exclude_none=True)
        found = _quantities(tree, "")
        told = ((at, *(each.get(name, "") for name in HEAD[1:])) for at, each in found)
        return separated((HEAD, *told))


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


renderer = Table()
