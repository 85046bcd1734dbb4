"""I read large counts as people type them: 67M parameters, 4T tokens, 230768 requests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.parsing import yamlfile
from carbonlabel.parsing.fields import Schema
from carbonlabel.parsing.yamlfile import Node, Text

PATTERN: Final = r"^\s*[0-9]{1,25}(?:\.[0-9]{1,9})?(?:[eE]\+?[0-9]{1,2})?\s?[kKmMbBtT]?\s*$"
"""What such a count looks like, for Python and for JSON Schema."""
_COUNT: Final = re.compile(PATTERN, re.ASCII)
_TIMES: Final = {"K": 3, "M": 6, "B": 9, "T": 12}
"""Powers of ten."""
_LARGEST: Final = Decimal("1e30")
_SHOWN_COUNT: Final = 40


def size(text: str, *, where: str | None = None) -> float:
    """How many `4T`, `1.5 B`, `4e12` or `230768` means; more than 0.

    Raises:
        MalformedInput: it is no such number.

    >>> size("4T")
    4000000000000.0
    """
    typed = text.strip().upper()
    if _COUNT.match(text):
        power = _TIMES.get(typed[-1], 0)
        count = Decimal(typed.rstrip("KMBT ")).scaleb(power)
        if 0 < count <= _LARGEST:
            return float(count)
    shown = f"{text[:_SHOWN_COUNT]!r}"
    raise MalformedInput(f"{shown} is no count", where=where, hint="such as 230768, 67M or 4T")


@dataclass(frozen=True, slots=True)
class Size:
    """A count behind a key, which may have the letter of a large number."""

    def read(self, node: Node) -> float:
        """The count."""
        if not isinstance(node, Text) or yamlfile.is_nothing(node):
            raise MalformedInput("must be a count", where=node.where, hint="such as 67M or 4T")
        return size(node.text, where=node.where)

    def schema(self) -> Schema:
        """A number, or its text."""
        text = {"type": "string", "pattern": PATTERN}
        return {"anyOf": [{"type": "number", "exclusiveMinimum": 0}, text]}
