"""I am a model that another was made from, with the footprint it declares for itself."""

from typing import Annotated, Literal

from pydantic import Field

from carbonlabel.model.estimate import MaybeCarbon, Model

Relation = Literal["finetune", "adapter", "merge", "quantized", "distilled"]


class Ancestor(Model):
    """One model of the chain; its footprint is told beside the own one and never added to it."""

    model: str
    """`organisation/name`, with `@revision` where it is known."""
    relation: Relation | None = None
    """How `child` was made from it."""
    child: str | None = None
    """Which model of the chain was made from it; absent for the subject itself."""
    emissions: MaybeCarbon
    """The electricity of its own training, location-based, in gCO2e, as it declares."""
    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    """SHA-256 of its disclosure (RFC 8785), where it has one."""
