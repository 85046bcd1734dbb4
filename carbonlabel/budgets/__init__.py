"""What a budget or an earlier run says of a disclosure: the findings of a gate in CI.

A budget is an amount that a run may take; a baseline is the disclosure of an earlier one. Both are
held to energy unless somebody wants carbon, which also changes when a grid factor is revised.
"""

from __future__ import annotations

from carbonlabel.budgets.change import Change, changes
from carbonlabel.budgets.limit import Limit, held, limit

__all__ = ["Change", "Limit", "changes", "held", "limit"]
