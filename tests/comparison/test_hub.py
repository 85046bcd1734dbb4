"""Two models of the Hub, held against each other as they stand there."""

from __future__ import annotations

import pytest

from carbonlabel import HubError, compare
from carbonlabel.cards.splice import Inscription, splice
from carbonlabel.documents import modelcard
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.record.keeping import dump
from tests.comparison.conftest import Made
from tests.comparison.test_compare import only
from tests.hub import Hub
from tests.hub.fixtures import at_hub, hub, hub_settings

__all__ = ["at_hub", "hub", "hub_settings"]


def labelled(disclosure: Disclosure) -> dict[str, str]:
    """The files of a repository with the label in its card."""
    told = Inscription(modelcard.metadata(disclosure), modelcard.section(disclosure))
    card = splice(b"---\nlicense: mit\n---\n# A model\n", told, name="README.md").card
    return {"README.md": card.decode(), "carbon.json": dump(disclosure).decode()}


def test_the_disclosures_beside_the_cards_are_compared(at_hub: Hub, made: Made) -> None:
    for name, energy in (("one", 10), ("two", 40)):
        at_hub.create(f"acme/{name}", labelled(made(f"acme/{name}", energy)))
    found = compare(["hf:acme/one", "hf:acme/two"])

    assert [each.name for each in found.sides] == ["acme/one", "acme/two"]
    assert all(each.disclosure for each in found.sides)
    assert only(found, "energy").order == "higher"


def test_a_model_that_is_not_there_is_an_error(at_hub: Hub, made: Made) -> None:
    at_hub.create("acme/one", labelled(made("acme/one", 10)))
    with pytest.raises(HubError):
        compare(["hf:acme/one", "hf:acme/none"])
