"""I read what a model on the Hub declares, as the base of another."""

from __future__ import annotations

import hashlib
from typing import Final

from carbonlabel.errors import InputError
from carbonlabel.hub.address import address
from carbonlabel.hub.fetching import Fetched, fetch
from carbonlabel.intake import Log
from carbonlabel.linting import declared
from carbonlabel.model.base import Base
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.provenance import Input
from carbonlabel.readers import base as bases

_FORMAT: Final = "model-card"


def base(where: str) -> Base:
    """The model at `hf:ORG/NAME[@REVISION]`: its carbon.json, else the figure on its card.

    A figure that the card's own words or numbers contradict is not taken.

    Raises:
        InputError: it is no address of a model.
        HubError: there is no such card, or the Hub cannot be asked.
    """
    named = address(where, kind="model")
    found = fetch(where)
    model = f"{named.repo}@{found.revision}"
    if found.disclosure is not None:
        told = _disclosed(found.disclosure, named.repo)
        if told is not None:
            return told
    return Base(model=model, input=_input(found), emissions=_emissions(found))


def _disclosed(content: bytes, repo: str) -> Base | None:
    """What a carbon.json tells, where it is one of ours and about this model."""
    try:
        told = bases.load_base(Log("carbon.json", content=content))
    except InputError:
        return None
    return told if told.model.partition("@")[0] == repo else None


def _input(found: Fetched) -> Input:
    return Input(file="README.md", sha256=hashlib.sha256(found.card).hexdigest(), format=_FORMAT)


def _emissions(found: Fetched) -> Estimate | Missing:
    said = declared(found.card, found.name)
    if said.emissions_gco2e is None:
        why = (
            "the figure on its model card cannot be believed"
            if said.is_declared
            else ("its model card declares no figure")
        )
        return Missing(missing="not-stated", reason=why)
    # Nothing says how the figure came about.
    return Estimate(
        value=float(said.emissions_gco2e), unit="gCO2e", basis="assumed", source=_FORMAT
    )
