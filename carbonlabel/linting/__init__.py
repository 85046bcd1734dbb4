"""What a model card declares of its footprint, and which rules it breaks.

`declared(card, name)` takes the bytes of one card and a name for it, wherever they came from, and
gives a `Declaration` with its findings; `inherited(declarations)` compares cards with their bases;
`fixing.fixed(card, name)` makes the certain fixes and touches no other byte.
"""

from __future__ import annotations

from carbonlabel.linting.card import Beside, Kept
from carbonlabel.linting.catalogue import RULES, Rule, notes
from carbonlabel.linting.declaration import Declaration, declared, unreadable
from carbonlabel.linting.lineage import inherited

__all__ = [
    "RULES",
    "Beside",
    "Declaration",
    "Kept",
    "Rule",
    "declared",
    "inherited",
    "notes",
    "unreadable",
]
