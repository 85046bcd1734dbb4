"""I am what the rooms of a report work with: the statement, its finished words, whom it is for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from carbonlabel.documents.anatomy import Face
from carbonlabel.model.disclosure import Disclosure

Audience = Literal["lab", "public", "regulator"]
Recipient = Literal["aio", "nca", "downstream"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One report in the making."""

    face: Face
    disclosure: Disclosure
    audience: Audience = "lab"
    """Whom it is written for."""
    recipient: Recipient | None = None
    """Who gets the regulator's annex; None for all of them."""
    file: str = field(default="carbon.json")
    """What `carbonlabel verify` is to be given."""
