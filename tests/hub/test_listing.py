"""The listing of models: filters, pages, and the client's own filter for emissions."""

from __future__ import annotations

import pytest
from huggingface_hub import HfApi

from tests.hub import BOB, Hub
from tests.hub.fixtures import Apis


def card(metadata: str) -> dict[str, str]:
    return {"README.md": f"---\n{metadata}\n---\n"}


def stated(grams: str) -> dict[str, str]:
    return card(f"co2_eq_emissions:\n  emissions: {grams}\n  source: codecarbon")


def found(api: HfApi, low: float | None, high: float | None) -> set[str]:
    listed = api.list_models(emissions_thresholds=(low, high), cardData=True)  # type: ignore[arg-type]
    return {each.id for each in listed}


def test_models_are_found_by_the_grams_in_their_cards(hub: Hub, api: HfApi) -> None:
    hub.create("acme/small", stated("12.5"))
    hub.create("acme/large", stated("12_000"))
    hub.create("acme/old", card("co2_eq_emissions: 3.51"))
    hub.create("acme/zero", stated("0"))
    hub.create("acme/none", card("license: mit"))
    hub.create("acme/bare")

    assert found(api, None, 100) == {"acme/small", "acme/old"}
    assert found(api, 100, None) == {"acme/large"}


def test_an_exponent_makes_the_client_read_another_figure(hub: Hub, api: HfApi) -> None:
    hub.create("acme/tiny", stated("0.00001"))

    assert found(api, 0.9, 1.1) == {"acme/tiny"}


def test_a_number_that_is_none_becomes_null_on_the_wire(hub: Hub, api: HfApi) -> None:
    hub.create("acme/nan", stated(".nan"))

    told = api.model_info("acme/nan").card_data

    assert told is not None
    assert told.to_dict()["co2_eq_emissions"]["emissions"] is None


def test_one_mapping_without_a_figure_breaks_the_whole_listing(hub: Hub, api: HfApi) -> None:
    hub.create("acme/fine", stated("1.5"))
    hub.create("acme/gap", card("co2_eq_emissions:\n  source: codecarbon"))

    with pytest.raises(KeyError, match="emissions"):
        found(api, None, 100)


def test_models_are_found_by_author_name_and_tag(hub: Hub, api: HfApi) -> None:
    hub.create("acme/tiny-gpt", card("license: mit\ntags: [demo]\nco2_eq_emissions: 1"))
    hub.create("acme/tiny-bert", card("license: apache-2.0"))
    hub.create("bob/gpt", card("pipeline_tag: text-generation"))

    def ids(**wanted: object) -> list[str]:
        return [each.id for each in api.list_models(**wanted)]  # type: ignore[arg-type]

    assert ids() == ["bob/gpt", "acme/tiny-bert", "acme/tiny-gpt"]
    assert ids(author="acme") == ["acme/tiny-bert", "acme/tiny-gpt"]
    assert ids(search="GPT") == ["bob/gpt", "acme/tiny-gpt"]
    assert ids(filter="co2_eq_emissions") == ["acme/tiny-gpt"]
    assert ids(filter=["license:mit", "demo"]) == ["acme/tiny-gpt"]
    assert ids(pipeline_tag="text-generation") == ["bob/gpt"]


def test_a_card_comes_only_when_asked_for(hub: Hub, api: HfApi) -> None:
    hub.create("acme/tiny", stated("1"))

    (plain,), (full,) = api.list_models(), api.list_models(cardData=True, full=True)

    assert plain.card_data is None
    assert plain.sha is None
    assert full.card_data is not None
    assert full.sha == hub.repository("acme/tiny").head
    (expanded,) = api.list_models(expand=["cardData"])
    assert expanded.card_data is not None
    assert expanded.tags is None


def test_a_listing_is_followed_page_by_page(hub: Hub, api: HfApi) -> None:
    hub.shelf.page_count = 3
    for number in range(10):
        hub.create(f"acme/m{number}")

    assert len({each.id for each in api.list_models(author="acme")}) == 10
    assert len(hub.calls("list")) == 4
    assert all(call.asked("author") == "acme" for call in hub.calls("list"))
    assert len(list(api.list_models(limit=5))) == 5


def test_private_models_are_listed_to_their_owners_alone(
    hub: Hub, api_of: Apis, api: HfApi
) -> None:
    hub.create("acme/secret", private=True)
    hub.create("acme/data", kind="dataset")

    assert [each.id for each in api.list_models()] == ["acme/secret"]
    assert list(api_of(BOB).list_models()) == []
    assert list(api_of("").list_models()) == []
    assert [each.id for each in api.list_datasets()] == ["acme/data"]
