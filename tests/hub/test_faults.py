"""What goes wrong on the way, as a test scripts it, and what the client makes of it."""

from __future__ import annotations

import threading
import time
from json import JSONDecodeError
from pathlib import Path

import pytest
from huggingface_hub import CommitOperationAdd, HfApi
from huggingface_hub.errors import HfHubHTTPError
from huggingface_hub.utils import httpx

from tests.hub import (
    ALWAYS,
    Broken,
    Dropped,
    Hook,
    Hub,
    LostAnswer,
    ProxyPage,
    Slow,
    Truncated,
    Well,
    stale,
    too_many,
)
from tests.hub.repository import Repository


@pytest.fixture
def repository(hub: Hub) -> Repository:
    return hub.create("acme/tiny", {"a.txt": "first\n"})


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits that the client would have made between its own attempts."""
    waited: list[float] = []
    monkeypatch.setattr("huggingface_hub.utils._http.time.sleep", waited.append)
    return waited


def commit(api: HfApi, content: bytes = b"ours\n", parent: str | None = None) -> str:
    operations = [CommitOperationAdd("a.txt", content)]
    done = api.create_commit("acme/tiny", operations, commit_message="Ours", parent_commit=parent)
    return done.oid


@pytest.mark.parametrize("reset", [False, True])
def test_a_line_that_drops_before_the_commit_leaves_no_trace(
    hub: Hub, api: HfApi, repository: Repository, *, reset: bool
) -> None:
    head = repository.head
    hub.on("commit", Dropped(reset=reset))

    with pytest.raises(httpx.TransportError):
        commit(api)

    assert repository.head == head
    assert [call.status for call in hub.calls("commit")] == [None]
    assert commit(api) == repository.head != head


@pytest.mark.parametrize("reset", [False, True])
def test_a_lost_answer_hides_a_commit_that_was_made(
    hub: Hub, api: HfApi, repository: Repository, *, reset: bool
) -> None:
    hub.on("commit", LostAnswer(reset=reset))

    with pytest.raises(httpx.TransportError):
        commit(api)

    assert repository.read("a.txt") == b"ours\n"
    assert commit(api) == repository.head
    assert len(hub.calls("commit")) == 1, "the client saw that nothing was left to do"


def test_a_lost_answer_to_a_pull_request_leads_to_two(hub: Hub, api: HfApi) -> None:
    repository = hub.create("acme/tiny")
    hub.on("commit", LostAnswer())

    def propose() -> None:
        operations = [CommitOperationAdd("b.txt", b"1")]
        api.create_commit("acme/tiny", operations, commit_message="Ours", create_pr=True)

    with pytest.raises(httpx.TransportError):
        propose()
    propose()

    assert [each.num for each in repository.discussions] == [1, 2]


@pytest.mark.usefixtures("repository")
def test_too_many_calls_tell_how_long_to_wait(hub: Hub, api: HfApi, no_pause: list[float]) -> None:
    hub.on("preupload", too_many(reset_s=55), too_many(retry_after_s=7))
    hub.on("commit", too_many(reset_s=3))

    with pytest.raises(HfHubHTTPError, match="Retry after 3 seconds") as refused:
        commit(api)

    assert refused.value.response.status_code == 429
    assert no_pause == [56.0, 8.0]
    assert [call.status for call in hub.calls("preupload")] == [429, 429, 200]


@pytest.mark.parametrize("status", [500, 502, 503])
@pytest.mark.parametrize("done", [False, True])
def test_a_server_error_may_come_before_or_after_the_act(
    hub: Hub, api: HfApi, repository: Repository, status: int, *, done: bool
) -> None:
    hub.on("commit", Broken(status, done=done))

    with pytest.raises(HfHubHTTPError) as refused:
        commit(api)

    assert refused.value.response.status_code == status
    assert repository.read("a.txt") == (b"ours\n" if done else b"first\n")


def test_a_forced_412_needs_no_other_writer(hub: Hub, api: HfApi, repository: Repository) -> None:
    head = repository.head
    hub.on("commit", stale())

    with pytest.raises(HfHubHTTPError, match="A commit has happened since") as refused:
        commit(api, parent=head)

    assert refused.value.response.status_code == 412
    assert commit(api, parent=head) == repository.head


def test_somebody_else_commits_between_reading_and_writing(
    hub: Hub, api: HfApi, repository: Repository
) -> None:
    hub.on("commit", Hook(lambda: repository.edit({"a.txt": "theirs\n"})))

    with pytest.raises(HfHubHTTPError, match="412"):
        commit(api, parent=repository.head)

    assert repository.read("a.txt") == b"theirs\n"
    assert len(repository.history()) == 3


@pytest.mark.usefixtures("repository")
def test_a_page_of_a_proxy_is_not_json(hub: Hub, api: HfApi) -> None:
    hub.on("validate-yaml", ProxyPage(503))

    with pytest.raises(JSONDecodeError):
        api.create_commit(
            "acme/tiny", [CommitOperationAdd("README.md", b"# x")], commit_message="x"
        )


def test_a_download_that_breaks_off_begins_again(hub: Hub, api: HfApi) -> None:
    content = bytes(range(256)) * 400
    hub.create("acme/tiny", {"model.bin": content})
    hub.on("resolve", Truncated(60_000), method="GET")

    path = api.hf_hub_download("acme/tiny", "model.bin")

    assert Path(path).read_bytes() == content
    assert [call.method for call in hub.calls("resolve")] == ["HEAD", "GET", "GET"]


@pytest.mark.usefixtures("repository")
def test_a_slow_answer_can_be_waited_out_or_woken(hub: Hub, api: HfApi) -> None:
    slow = Slow(60)
    hub.on("info", Slow(0.05), slow)

    began_s = time.monotonic()
    api.model_info("acme/tiny")
    assert time.monotonic() - began_s >= 0.05
    threading.Timer(0.05, slow.woken.set).start()
    assert api.model_info("acme/tiny").id == "acme/tiny"
    assert time.monotonic() - began_s < 30


@pytest.mark.usefixtures("repository")
def test_a_slow_answer_outlasts_the_patience_of_the_client(hub: Hub, api: HfApi) -> None:
    slow = Slow(60)
    hub.on("info", slow)

    with pytest.raises(httpx.TimeoutException):
        api.model_info("acme/tiny", timeout=0.1)

    slow.woken.set()


def test_faults_strike_in_order_as_often_as_written(
    hub: Hub, api: HfApi, repository: Repository
) -> None:
    hub.create("acme/other")
    hub.on("info", Broken(500), Well(), Broken(503), times=2, repo=repository.id)

    def status(repo_id: str) -> int:
        try:
            api.model_info(repo_id)
        except HfHubHTTPError as refused:
            return refused.response.status_code
        return 200

    assert status("acme/other") == 200
    seen = [status("acme/tiny") for _ in range(7)]
    assert seen == [500, 200, 503, 500, 200, 503, 200]


@pytest.mark.usefixtures("repository")
def test_every_third_call_can_fail_for_ever(hub: Hub, api: HfApi) -> None:
    hub.on("*", Broken(500), times=ALWAYS, every=3)

    seen = []
    for _ in range(6):
        try:
            api.model_info("acme/tiny")
            seen.append(True)
        except HfHubHTTPError:
            seen.append(False)

    assert seen == [True, True, False, True, True, False]
    hub.script.clear()
    assert api.model_info("acme/tiny").id == "acme/tiny"


def test_a_fault_for_a_route_that_is_none_is_a_mistake_of_the_test(hub: Hub) -> None:
    with pytest.raises(ValueError, match="no route"):
        hub.on("comit", Dropped())


def test_two_scenes_strike_the_same_call(hub: Hub, api: HfApi, repository: Repository) -> None:
    hub.on("commit", LostAnswer())
    hub.on("commit", Hook(lambda: repository.edit({"b.txt": "theirs"})))

    with pytest.raises(httpx.TransportError):
        commit(api)

    assert [each.author for each in repository.history()] == ["alice", "somebody", "acme", "acme"]
