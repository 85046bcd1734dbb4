"""What is read from the Hub: a card and its disclosure at one commit, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

import carbonlabel
from carbonlabel.errors import HubNotFound, InputError
from carbonlabel.hub import Patience, fetch
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.record import keeping
from tests.hub import Broken, Hook, Hub
from tests.hubpush.conftest import CARD, Courier


def test_the_card_comes_with_the_disclosure_and_the_commit(
    courier: Courier, hub: Hub, disclosure: Disclosure
) -> None:
    repository = hub.create("acme/tiny", {"README.md": CARD})
    courier(direct=True)

    fetched = fetch("hf:acme/tiny")

    assert fetched.name == "hf:acme/tiny"
    assert fetched.card == repository.read("README.md")
    assert keeping.load(fetched.disclosure or b"") == disclosure
    assert fetched.revision == repository.head


@pytest.mark.usefixtures("courier")
def test_both_are_of_one_commit_whatever_happens_in_between(hub: Hub) -> None:
    repository = hub.create("acme/tiny", {"README.md": "old", "carbon.json": "{}"})
    head = repository.head
    hub.on("resolve", Hook(lambda: repository.edit({"README.md": "new", "carbon.json": "[]"})))

    fetched = fetch("hf:acme/tiny")

    assert (fetched.card, fetched.disclosure, fetched.revision) == (b"old", b"{}", head)


@pytest.mark.usefixtures("courier")
def test_any_revision_and_kind_can_be_read(hub: Hub) -> None:
    repository = hub.create("acme/words", {"README.md": "old"}, kind="dataset")
    first = repository.head
    repository.edit({"README.md": "new"})

    assert fetch(f"hf:datasets/acme/words@{first}").card == b"old"
    assert fetch(f"hf:datasets/acme/words@{first[:10]}").revision == first
    assert fetch("hf:datasets/acme/words").card == b"new"
    assert fetch("hf:datasets/acme/words").disclosure is None


def test_reading_needs_no_account_and_leaves_nothing_behind(
    courier: Courier, hub: Hub, hub_settings: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert courier
    hub.create("acme/tiny", {"README.md": CARD})
    monkeypatch.delenv("HF_TOKEN")

    assert fetch("hf:acme/tiny").card == CARD.encode()
    assert {call.name for call in hub.calls()} == {"info", "paths-info", "resolve"}
    assert not list(Path(hub_settings["HF_HUB_CACHE"]).glob("**/README.md"))


@pytest.mark.usefixtures("courier")
def test_a_repository_without_a_card_has_none(hub: Hub) -> None:
    hub.create("acme/tiny")

    with pytest.raises(HubNotFound, match=r"has no README\.md"):
        fetch("hf:acme/tiny")


@pytest.mark.usefixtures("courier")
def test_files_beyond_all_measure_are_not_fetched(hub: Hub) -> None:
    hub.create("acme/tiny", {"README.md": "x", "carbon.json": " " * (10 * 2**20 + 1)})
    hub.create("acme/huge", {"README.md": "x" * (5 * 2**20 + 1)})

    assert fetch("hf:acme/tiny").disclosure is None
    with pytest.raises(InputError, match="larger than 5 MiB"):
        fetch("hf:acme/huge")


@pytest.mark.usefixtures("courier")
def test_a_large_file_is_read_from_behind_its_pointer(hub: Hub) -> None:
    hub.create("acme/tiny", {"README.md": "x\0y"})

    assert fetch("hf:acme/tiny").card == b"x\0y"


@pytest.mark.usefixtures("courier")
def test_a_passing_fault_is_waited_out(hub: Hub) -> None:
    waited: list[float] = []
    hub.create("acme/tiny", {"README.md": CARD})
    hub.on("info", Broken(503, retry_after_s=4))

    assert fetch("hf:acme/tiny", Patience(sleep=waited.append)).card == CARD.encode()
    assert waited == [5.0]


def test_the_public_function_returns_the_address(
    courier: Courier, hub: Hub, disclosure: Disclosure
) -> None:
    assert courier
    repository = hub.create("acme/tiny", {"README.md": CARD})

    opened = carbonlabel.push(disclosure, to="acme/tiny")
    committed = carbonlabel.push(disclosure, to="acme/tiny", direct=True)

    assert opened == f"{hub.endpoint}/acme/tiny/discussions/1"
    assert committed == f"{hub.endpoint}/acme/tiny/commit/{repository.head}"


def test_the_public_function_knows_data_sets_and_branches(
    courier: Courier, hub: Hub, disclosure: Disclosure
) -> None:
    assert courier
    repository = hub.create("acme/words", {"README.md": CARD}, kind="dataset")
    repository.branches["dev"] = repository.head
    head = repository.head

    carbonlabel.push(
        disclosure, to="acme/words", repo_type="dataset", revision="dev", direct=True, force=True
    )

    assert repository.head == head
    assert b"co2_eq_emissions" in repository.read("README.md", "dev")
