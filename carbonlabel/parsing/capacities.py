"""I read capacities of memory and storage as people type them: "512 GB", "3.84 TB"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.model.units import GIGABYTES
from carbonlabel.parsing import yamlfile
from carbonlabel.parsing.fields import Schema
from carbonlabel.parsing.yamlfile import Node, Text

PATTERN: Final = r"^\s*[0-9]{1,12}(?:\.[0-9]{1,9})?\s?(?:GB|TB|PB)\s*$"
"""What a capacity looks like, for Python and for JSON Schema."""
_CAPACITY: Final = re.compile(PATTERN, re.ASCII)
_SHOWN_COUNT: Final = 40


@dataclass(frozen=True, slots=True)
class Capacity:
    """How much a memory or a drive holds, in GB, as it is sold."""

    def read(self, node: Node) -> float:
        """The capacity in GB, more than 0.

        Raises:
            MalformedInput: it is none.
        """
        text = node.text.strip() if isinstance(node, Text) and not yamlfile.is_nothing(node) else ""
        if _CAPACITY.match(text):
            capacity_gb = float(text[:-2]) * GIGABYTES[text[-2:]]
            if capacity_gb > 0:
                return capacity_gb
        shown = repr(yamlfile.shown(text)[:_SHOWN_COUNT])
        raise MalformedInput(
            f"{shown} is no capacity",
            where=node.where,
            hint="like 512 GB or 3.84 TB, as it is sold",
        )

    def schema(self) -> Schema:
        """A string."""
        return {"type": "string", "pattern": PATTERN}
