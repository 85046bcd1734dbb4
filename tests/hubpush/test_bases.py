"""A base model on the Hub: what it declares is told beside the own figure and never added."""

from __future__ import annotations

import pytest

from carbonlabel import assess, dump, read
from carbonlabel.errors import HubError, InputError
from carbonlabel.model.disclosure import Disclosure, Subject
from carbonlabel.model.estimate import Estimate, Missing
from tests.conftest import EXAMPLE
from tests.hub import Hub

pytestmark = pytest.mark.usefixtures("at_hub")

CARD = b"---\nco2_eq_emissions:\n  emissions: 1710\n  source: CodeCarbon\n---\n# Base\n"


def made_from(base: str) -> Disclosure:
    return assess(read(EXAMPLE), region="FR", subject=Subject(model="acme/own"), base_models=[base])


def test_the_figure_of_a_card_is_told_and_not_added(hub: Hub) -> None:
    repo = hub.create("acme/base", {"README.md": CARD})

    made = made_from("hf:acme/base")

    (base,) = made.lineage or ()
    assert base.model == f"acme/base@{repo.head}"
    assert isinstance(base.emissions, Estimate)
    assert (base.emissions.value, base.emissions.basis) == (1710.0, "assumed")
    assert made.inputs[base.emissions.source or ""].format == "model-card"
    assert made.totals == assess(read(EXAMPLE), region="FR", subject=Subject()).totals


def test_a_carbon_json_beside_the_card_goes_before_its_figure(hub: Hub) -> None:
    own = assess(read(EXAMPLE), region="DE", subject=Subject(model="acme/base"))
    hub.create("acme/base", {"README.md": CARD, "carbon.json": dump(own)})

    (base,) = made_from("hf:acme/base").lineage or ()

    assert isinstance(base.emissions, Estimate)
    assert isinstance(own.totals.electricity, Estimate)
    assert base.emissions.value == own.totals.electricity.value
    assert base.digest


@pytest.mark.parametrize(
    ("card", "why"),
    [
        (b"# Base\n", "declares no figure"),
        (CARD.replace(b"1710", b"TBD"), "cannot be believed"),
    ],
)
def test_what_cannot_be_believed_is_missing_with_its_reason(
    card: bytes, why: str, hub: Hub
) -> None:
    hub.create("acme/base", {"README.md": card})

    (base,) = made_from("hf:acme/base").lineage or ()

    assert isinstance(base.emissions, Missing)
    assert why in base.emissions.reason


@pytest.mark.parametrize("content", [b"{}", b"\xff"])
def test_a_foreign_carbon_json_is_passed_over(content: bytes, hub: Hub) -> None:
    hub.create("acme/base", {"README.md": CARD, "carbon.json": content})

    (base,) = made_from("hf:acme/base").lineage or ()

    assert isinstance(base.emissions, Estimate)
    assert base.emissions.value == 1710


@pytest.mark.usefixtures("hub")
def test_a_base_that_is_not_there_is_an_error() -> None:
    with pytest.raises(HubError):
        made_from("hf:acme/nowhere")
    with pytest.raises(InputError):
        made_from("hf:datasets/acme/words")
