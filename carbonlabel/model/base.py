"""I am a model that another was made from, as somebody named it."""

from __future__ import annotations

from dataclasses import dataclass

from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.lineage import Relation
from carbonlabel.model.provenance import Input


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A base model, with its disclosure where it was given."""

    model: str
    """`organisation/name`, with `@revision` where it is known."""
    relation: Relation | None = None
    """How the subject was made from it, where its file says so."""
    input: Input | None = None
    """The file that told of it; None where it was named only."""
    disclosure: Disclosure | None = None
    """What it declares."""
    emissions: Estimate | Missing | None = None
    """What its model card declares, in gCO2e, where it has no disclosure."""
    digest: str | None = None
    """SHA-256 of its disclosure (RFC 8785)."""
