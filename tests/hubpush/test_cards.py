"""Every card of the samples: what the Hub and its own client read after a push."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest
import yaml
from huggingface_hub import HfApi, ModelCard
from huggingface_hub.repocard import REGEX_YAML_BLOCK

from carbonlabel.cards.splice import unsplice
from carbonlabel.errors import CardRefused, FigureDiffers
from carbonlabel.model.disclosure import Disclosure
from tests.hub import Hub
from tests.hubpush.conftest import Courier, figure_of

CARDS = Path(__file__).parents[1] / "samples" / "cards"
OUTCOMES = {
    told["file"]: told["expect"] for told in json.loads((CARDS / "index.json").read_text("utf-8"))
}


PATHS = sorted(path for path in CARDS.glob("*.md") if path.name in OUTCOMES)


@pytest.mark.filterwarnings("ignore:Warnings while validating")
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_card_is_pushed_as_it_may_be_or_left_as_it_is(
    courier: Courier, hub: Hub, path: Path, disclosure: Disclosure
) -> None:
    before = path.read_bytes()
    repository = hub.create("acme/tiny", {"README.md": before})
    head = repository.head

    try:
        courier(direct=True, force=True)
    except CardRefused:
        assert "refuse" in OUTCOMES[path.name]
        assert repository.head == head
        return

    assert "update" in OUTCOMES[path.name]
    after = repository.read("README.md")
    # What the Hub looks for, and what a program that follows the documentation reads.
    assert REGEX_YAML_BLOCK.search(after.decode().removeprefix("\ufeff"))
    assert f"emissions: {figure_of(disclosure)}" in after.decode()
    if b"co2_eq_emissions" not in before and b"carbonlabel:begin" not in before:
        assert unsplice(after) == before
    courier.told.clear()
    assert courier(direct=True).act == "unchanged"


def test_the_client_reads_the_card_and_finds_the_model_by_its_figure(
    courier: Courier, hub: Hub, api: HfApi, disclosure: Disclosure
) -> None:
    repository = hub.create("acme/tiny", {"README.md": "---\nlicense: mit\n---\n\n# tiny\n"})
    courier(direct=True)

    figure = float(figure_of(disclosure))
    card = ModelCard(repository.read("README.md").decode())
    assert card.data.to_dict()["co2_eq_emissions"]["emissions"] == figure
    assert card.data.to_dict()["license"] == "mit"
    found = api.list_models(emissions_thresholds=(figure * 0.999, figure * 1.001), cardData=True)
    assert [model.id for model in found] == ["acme/tiny"]
    assert not list(api.list_models(emissions_thresholds=(figure * 1.001, 1e9), cardData=True))


def _read(card: bytes) -> dict[str, dict[str, float]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data: dict[str, dict[str, float]] = ModelCard(card.decode("utf-8-sig")).data.to_dict()
    return data


def _is_read(path: Path) -> bool:
    """Whether the client can read a card as it is."""
    try:
        _read(path.read_bytes())
    except (ValueError, TypeError, yaml.YAMLError):
        return False
    return True


@pytest.mark.filterwarnings("ignore:Warnings while validating")
@pytest.mark.parametrize(
    "path",
    [path for path in PATHS if "update" in OUTCOMES[path.name] and _is_read(path)],
    ids=lambda path: path.stem,
)
def test_the_client_reads_every_card_that_it_could_read_before(
    courier: Courier, hub: Hub, path: Path, disclosure: Disclosure
) -> None:
    before = path.read_bytes()
    repository = hub.create("acme/tiny", {"README.md": before})
    old = _read(before)
    courier(direct=True, force=True)

    new = _read(repository.read("README.md"))

    figure = new.pop("co2_eq_emissions")["emissions"]
    old.pop("co2_eq_emissions", None)
    assert figure == float(figure_of(disclosure))
    assert new == old


def test_a_foreign_figure_in_any_sample_is_not_replaced_without_force(
    courier: Courier, hub: Hub
) -> None:
    refused = []
    for name in ("23-co2-scalar.md", "24-co2-mapping-midway.md", "26-co2-multiline-flow-last.md"):
        repository = hub.create("acme/tiny", {"README.md": (CARDS / name).read_bytes()})
        head = repository.head
        with pytest.raises(FigureDiffers):
            courier(direct=True)
        refused.append(repository.head == head)

    assert refused == [True, True, True]
