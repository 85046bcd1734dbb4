"""Servers that speak the protocol as far as they need it: Hubs without Xet, mirrors, old Hubs."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from typing import Any

import pytest
from huggingface_hub import constants

from carbonlabel.cards.splice import unsplice
from carbonlabel.errors import (
    HubError,
    HubForbidden,
    HubGated,
    HubLogin,
    HubNotFound,
    HubUnreachable,
)
from carbonlabel.hub import fetch
from carbonlabel.model.disclosure import Disclosure
from tests.hub import ALWAYS, BOB, Altered, Bearer, Broken, Hub, LostAnswer
from tests.hub.repository import Repository
from tests.hubpush.conftest import CARD, Courier

UNKNOWN = Broken(404, "Sorry, we can't find the page you are looking for.")
PAGE = "/acme/tiny/discussions/1"


@pytest.fixture
def repository(hub: Hub) -> Repository:
    return hub.create("acme/tiny", {"README.md": CARD})


def is_complete(repository: Repository, revision: str) -> bool:
    """Whether the card of a revision has its label and is otherwise as it was."""
    card = repository.read("README.md", revision)
    return b"co2_eq_emissions" in card and unsplice(card) == CARD.encode()


def pictures(repository: Repository, revision: str) -> list[str]:
    return [path for path in repository.at(revision).files if path.endswith(".png")]


# Hubs without Xet


@pytest.mark.parametrize("direct", [False, True])
def test_a_picture_needs_no_xet(
    courier: Courier, repository: Repository, monkeypatch: pytest.MonkeyPatch, *, direct: bool
) -> None:
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", False)

    courier(direct=direct)

    revision = "main" if direct else "refs/pr/1"
    assert is_complete(repository, revision)
    assert len(pictures(repository, revision)) == 1
    assert courier.waited == []


def test_warnings_of_the_client_stop_no_program_that_makes_errors_of_them(
    courier: Courier, repository: Repository
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        courier()

    assert is_complete(repository, "refs/pr/1")


def test_a_hub_with_neither_store_is_named_as_the_reason(
    courier: Courier, hub: Hub, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", False)
    hub.on("large-batch", UNKNOWN, times=ALWAYS)

    with pytest.raises(HubError) as refused:
        courier()

    assert "404" in str(refused.value)
    assert repository.discussions == []


def test_pictures_outside_the_large_file_store_are_cleared_away_too(
    courier: Courier, hub: Hub, repository: Repository, other: Disclosure
) -> None:
    hub.on("preupload", Altered(_regular), times=ALWAYS)
    courier()
    first = pictures(repository, "refs/pr/1")

    courier(what=other)

    left = pictures(repository, "refs/pr/1")
    assert len(left) == 1
    assert left != first


def _regular(answer: dict[str, Any]) -> dict[str, Any]:
    return {"files": [{**each, "uploadMode": "regular"} for each in answer["files"]]}


# Hubs that call themselves otherwise


@pytest.mark.parametrize("direct", [False, True])
def test_another_name_of_the_hub_is_no_failure(
    courier: Courier, hub: Hub, repository: Repository, *, direct: bool
) -> None:
    hub.on("commit", Altered(lambda told: _renamed(told, hub.endpoint)))
    count = len(repository.history())

    outcome = courier(direct=direct)

    assert outcome.act == ("committed" if direct else "opened")
    assert outcome.url.startswith(hub.endpoint)
    assert len(repository.history()) == count + direct
    assert len(repository.discussions) == (not direct)
    assert len(hub.calls("commit")) == 1


def _renamed(told: dict[str, Any], endpoint: str) -> dict[str, Any]:
    renamed: dict[str, Any] = json.loads(json.dumps(told).replace(endpoint, "http://hub.internal"))
    return renamed


# Servers that know fewer calls


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_mirror_that_lists_no_files_can_be_read(
    courier: Courier, hub: Hub, repository: Repository, status: int
) -> None:
    courier(direct=True)
    hub.on("paths-info", Broken(status), times=ALWAYS)

    fetched = fetch("hf:acme/tiny")

    assert fetched.card == repository.read("README.md")
    assert fetched.disclosure == repository.read("carbon.json")


@pytest.mark.usefixtures("courier")
def test_a_mirror_that_lists_no_files_tells_of_a_missing_card(hub: Hub) -> None:
    hub.create("acme/tiny", {"config.json": "{}"})
    hub.on("paths-info", UNKNOWN, times=ALWAYS)

    with pytest.raises(HubNotFound, match=r"no README\.md"):
        fetch("hf:acme/tiny")


@pytest.mark.usefixtures("repository", "courier")
def test_files_that_may_not_be_fetched_are_not_held_for_missing(hub: Hub) -> None:
    hub.on("paths-info", UNKNOWN, times=ALWAYS)
    hub.on("resolve", Broken(403, "not for you"), times=ALWAYS)

    with pytest.raises(HubForbidden, match="not for you"):
        fetch("hf:acme/tiny")


def test_a_push_needs_no_list_of_files(courier: Courier, hub: Hub, repository: Repository) -> None:
    hub.on("paths-info", UNKNOWN, times=ALWAYS)

    courier()

    assert is_complete(repository, "refs/pr/1")
    assert courier().act == "unchanged"


def test_main_is_found_by_the_plain_address_too(
    courier: Courier, hub: Hub, repository: Repository
) -> None:
    hub.on("info", UNKNOWN)

    courier(direct=True)

    assert is_complete(repository, "main")


@pytest.mark.usefixtures("repository")
def test_a_call_that_is_not_known_is_named(courier: Courier, hub: Hub) -> None:
    hub.on("validate-yaml", UNKNOWN, times=ALWAYS)

    with pytest.raises(HubError, match="does not answer /api/validate-yaml"):
        courier()


# Our own pull requests, told otherwise


@pytest.mark.parametrize(
    "change",
    [
        lambda told: {**told, "events": told["events"][::-1]},
        lambda told: {**told, "events": []},
        lambda told: {**told, "events": [e for e in told["events"] if e["type"] != "comment"]},
    ],
    ids=["backwards", "nothing", "commits alone"],
)
def test_it_is_known_again_however_its_story_is_told(
    courier: Courier, hub: Hub, repository: Repository, change: Callable[[Any], Any]
) -> None:
    hub.on("discussion", Altered(change), times=ALWAYS)
    first = courier()

    again = courier()

    assert again.act == "unchanged"
    assert again.url == first.url
    assert len(repository.discussions) == 1


def test_it_is_known_again_by_its_title_where_nothing_is_told(
    courier: Courier, hub: Hub, repository: Repository
) -> None:
    hub.on("discussion", UNKNOWN, times=ALWAYS)
    courier()

    assert courier().act == "unchanged"
    assert len(repository.discussions) == 1


def test_a_hub_that_lists_none_gets_one(courier: Courier, hub: Hub, repository: Repository) -> None:
    hub.on("discussions", UNKNOWN, times=ALWAYS)

    assert courier().url.endswith(PAGE)

    assert is_complete(repository, "refs/pr/1")


def test_a_hub_that_lists_none_is_not_sent_another_when_the_answer_is_lost(
    courier: Courier, hub: Hub, repository: Repository
) -> None:
    hub.on("discussions", UNKNOWN, times=ALWAYS)
    hub.on("commit", LostAnswer())

    with pytest.raises(HubUnreachable, match="line dropped"):
        courier()

    assert len(repository.discussions) == 1
    assert len(hub.calls("commit")) == 1


# What is said


@pytest.mark.parametrize("status", [401, 403, 500])
def test_a_token_of_any_form_is_not_repeated(
    courier: Courier, hub: Hub, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    hub.create("acme/tiny", {"README.md": CARD})
    token = hub.admit("oddly-formed-secret", Bearer("alice", orgs={"acme": "admin"}))
    monkeypatch.setenv("HF_TOKEN", token)
    hub.on("whoami", Broken(status, f"no: {token}"), times=ALWAYS)

    with pytest.raises(HubError) as refused:
        courier()

    assert token not in str(refused.value)
    assert token not in str(refused.value.__cause__)


@pytest.mark.usefixtures("repository")
def test_a_repository_that_was_disabled_is_said_to_be(courier: Courier, hub: Hub) -> None:
    hub.on("info", Broken(403, "Access to this resource is disabled."), times=ALWAYS)

    with pytest.raises(HubError, match="has disabled this repository") as refused:
        courier()

    assert "--direct" not in str(refused.value)
    assert not isinstance(refused.value, HubLogin)


@pytest.mark.parametrize(("token", "is_told"), [("", True), (BOB, False)])
def test_only_those_who_are_nobody_are_told_to_log_in_at_a_gate(
    courier: Courier, hub: Hub, monkeypatch: pytest.MonkeyPatch, token: str, *, is_told: bool
) -> None:
    hub.create("acme/tiny", {"README.md": CARD}, gated="manual")
    monkeypatch.setenv("HF_TOKEN", token)

    with pytest.raises(HubGated) as refused:
        fetch("hf:acme/tiny")

    assert ("hf auth login" in str(refused.value)) == is_told
    assert courier.waited == []


@pytest.mark.usefixtures("repository")
def test_a_repository_without_a_branch_may_be_empty(courier: Courier, hub: Hub) -> None:
    hub.on("info", Broken(404, "Invalid rev id: main", "RevisionNotFound"), times=ALWAYS)

    with pytest.raises(HubNotFound, match="is it empty"):
        courier()
