"""What goes wrong on the way: tried again where that is safe, and said where it is not."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from huggingface_hub.errors import OIDCError

from carbonlabel.cards.splice import unsplice
from carbonlabel.errors import (
    FigureDiffers,
    HubBusy,
    HubError,
    HubForbidden,
    HubGated,
    HubLogin,
    HubNotFound,
    HubUnreachable,
)
from carbonlabel.hub.patience import ROUNDS_COUNT
from tests.hub import (
    ALWAYS,
    BOB,
    Broken,
    Dropped,
    Hook,
    Hub,
    LostAnswer,
    ProxyPage,
    Truncated,
    stale,
    too_many,
)
from tests.hub.answers import Answer
from tests.hub.faults import Fault
from tests.hub.repository import Repository
from tests.hubpush.conftest import CARD, Courier

READS = ("info", "paths-info", "resolve")


@pytest.fixture
def repository(hub: Hub) -> Repository:
    return hub.create("acme/tiny", {"README.md": CARD})


def is_complete(repository: Repository) -> bool:
    """Whether the card has its label and is otherwise as it was."""
    card = repository.read("README.md")
    return b"co2_eq_emissions" in card and unsplice(card) == CARD.encode()


# Others write at the same time


def test_an_edit_between_reading_and_writing_is_kept(
    courier: Courier, hub: Hub, repository: Repository
) -> None:
    theirs = CARD.replace("A model.", "A better model.")
    hub.on("commit", Hook(lambda: repository.edit({"README.md": theirs})))

    assert courier(direct=True).act == "committed"

    assert unsplice(repository.read("README.md")) == theirs.encode()
    assert [call.status for call in hub.calls("commit")] == [412, 200]
    assert "Somebody else was faster; reading the card again." in courier.told


def test_a_figure_that_comes_between_reading_and_writing_is_not_replaced(
    courier: Courier, hub: Hub, repository: Repository
) -> None:
    theirs = "---\nco2_eq_emissions: 99\n---\n"
    hub.on("commit", Hook(lambda: repository.edit({"README.md": theirs})))

    with pytest.raises(FigureDiffers, match="99"):
        courier(direct=True)

    assert repository.read("README.md") == theirs.encode()


def test_a_repository_that_is_never_still_is_given_up(
    courier: Courier, hub: Hub, repository: Repository
) -> None:
    head = repository.head
    hub.on("commit", stale(), times=ALWAYS)

    with pytest.raises(HubBusy, match="faster than it can be read") as given_up:
        courier(direct=True)

    assert given_up.value.exit_status == 7
    assert len(hub.calls("commit")) == ROUNDS_COUNT + 1
    assert max(courier.waited) <= 2
    assert repository.head == head


def test_two_writers_do_not_wait_for_the_same_time(courier: Courier, hub: Hub) -> None:
    for name in ("one", "two"):
        hub.create(f"acme/{name}", {"README.md": f"{CARD}{name}\n"})
        hub.on("commit", stale(), repo=f"acme/{name}", times=3)

    waits: list[list[float]] = []
    for name in ("one", "two"):
        courier.waited.clear()
        courier(to=f"acme/{name}", direct=True)
        waits.append(list(courier.waited))

    assert len(set(itertools.chain(*waits))) == 6


# Answers that do not come


@pytest.mark.parametrize("reset", [False, True])
def test_a_lost_answer_is_not_a_second_commit(
    courier: Courier, hub: Hub, repository: Repository, *, reset: bool
) -> None:
    hub.on("commit", LostAnswer(reset=reset))

    outcome = courier(direct=True)

    assert outcome.act == "committed"
    assert outcome.url.endswith(repository.head)
    assert len(repository.history()) == 3
    assert len(hub.calls("commit")) == 1
    assert is_complete(repository)


@pytest.mark.parametrize("fault", [Truncated(20), ProxyPage(502), ProxyPage(200), Broken(503)])
def test_an_answer_that_says_nothing_is_not_a_second_commit(
    courier: Courier, hub: Hub, repository: Repository, fault: Fault
) -> None:
    def done_and_broken(call: object, proceed: Callable[[], Answer]) -> Answer:
        answer = proceed()
        return fault(call, lambda: answer)  # type: ignore[arg-type] # a call of the Hub

    hub.on("commit", done_and_broken)

    assert courier(direct=True).act == "committed"
    assert len(repository.history()) == 3
    assert is_complete(repository)


def test_an_edit_behind_a_lost_commit_is_kept(
    courier: Courier, hub: Hub, repository: Repository
) -> None:
    def edit() -> None:
        card = repository.read("README.md").replace(b"A model.", b"Ours.")
        repository.edit({"README.md": card})

    hub.on("commit", LostAnswer())
    hub.on("commit", Hook(edit, done=True))

    assert courier(direct=True).act == "committed"
    assert b"Ours." in repository.read("README.md")
    assert len(repository.history()) == 4


def test_a_commit_that_lands_late_is_not_made_twice(
    courier: Courier, hub: Hub, repository: Repository
) -> None:
    twin = Courier(courier.disclosure)
    hub.on("commit", Dropped(), Hook(lambda: twin(direct=True)))

    assert courier(direct=True).act == "committed"
    assert len(repository.history()) == 3


@pytest.mark.parametrize("name", [*READS, "validate-yaml", "preupload", "commit"])
@pytest.mark.parametrize("fault", [Dropped(), Dropped(reset=True), Broken(500), ProxyPage(503)])
def test_a_passing_fault_anywhere_is_survived(
    courier: Courier, hub: Hub, repository: Repository, name: str, fault: Fault
) -> None:
    hub.on(name, fault, fault)

    assert courier(direct=True).act == "committed"
    assert len(repository.history()) == 3
    assert is_complete(repository)
    assert sum(courier.waited) < 10


@pytest.mark.parametrize("name", ["large-batch", "large-put"])
def test_a_picture_that_does_not_get_through_changes_nothing(
    courier: Courier, hub: Hub, repository: Repository, name: str
) -> None:
    head = repository.head
    hub.on(name, Broken(500), times=ALWAYS)

    with pytest.raises(HubUnreachable):
        courier(direct=True)

    assert repository.head == head


@pytest.mark.parametrize("name", [*READS, "validate-yaml", "preupload", "commit"])
@pytest.mark.parametrize("fault", [Dropped(), Broken(503), ProxyPage(503), ProxyPage(200)])
def test_a_lasting_fault_leaves_the_repository_as_it_was(
    courier: Courier, hub: Hub, repository: Repository, name: str, fault: Fault
) -> None:
    head = repository.head
    hub.on(name, fault, times=ALWAYS)

    with pytest.raises(HubUnreachable) as failed:
        courier(direct=True)

    assert failed.value.exit_status == 7
    assert failed.value.hint
    assert repository.head == head
    assert sum(courier.waited) < 300


# Cards that arrive cut or changed


@pytest.mark.parametrize("kept_bytes", [0, 10])
def test_a_card_that_breaks_off_is_never_taken_for_the_card(
    courier: Courier, hub: Hub, repository: Repository, kept_bytes: int
) -> None:
    hub.on("resolve", Truncated(kept_bytes), method="GET", times=2)

    assert courier(direct=True).act == "committed"
    assert is_complete(repository)


@pytest.mark.parametrize("body", [b"", b"<html>Please log in</html>", CARD.encode()[:-1]])
def test_other_bytes_than_those_of_the_card_are_never_taken_for_it(
    courier: Courier, hub: Hub, repository: Repository, body: bytes
) -> None:
    head = repository.head
    hub.on("resolve", ProxyPage(200, body), times=ALWAYS)

    with pytest.raises(HubUnreachable, match="did not arrive as it is"):
        courier(direct=True)

    assert repository.head == head


# The Hub asks to wait


@pytest.mark.parametrize("name", ["info", "commit"])
def test_it_waits_as_long_as_it_is_asked_to(
    courier: Courier, hub: Hub, repository: Repository, name: str
) -> None:
    hub.on(name, too_many(reset_s=55), too_many(retry_after_s=7))

    assert courier(direct=True).act == "committed"

    assert courier.waited == [56.0, 8.0]
    assert "the Hub takes no more calls for now; trying again in 56 s …" in courier.told
    assert is_complete(repository)


def test_it_does_not_wait_for_an_hour(courier: Courier, hub: Hub, repository: Repository) -> None:
    head = repository.head
    hub.on("commit", too_many(retry_after_s=3599))

    with pytest.raises(HubBusy, match="asks to wait for 3600 s"):
        courier(direct=True)

    assert courier.waited == []
    assert repository.head == head


@pytest.mark.usefixtures("repository")
def test_it_does_not_ask_for_ever(courier: Courier, hub: Hub) -> None:
    hub.on("info", too_many(), times=ALWAYS)

    with pytest.raises(HubBusy, match="no more calls"):
        courier(direct=True)

    assert courier.waited == [1, 2, 4, 8]


# The Hub says no


@pytest.mark.parametrize("direct", [False, True])
def test_a_repository_that_is_not_there(courier: Courier, *, direct: bool) -> None:
    with pytest.raises(HubNotFound, match="no such model") as refused:
        courier(to="acme/nowhere", direct=direct)

    assert refused.value.exit_status == 6
    assert refused.value.where == "hf:acme/nowhere"
    assert "--repo-type" in str(refused.value.hint)
    assert courier.waited == []


def test_nobody_is_told_to_log_in(
    courier: Courier, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.create("acme/secret", {"README.md": CARD}, private=True)
    monkeypatch.delenv("HF_TOKEN")

    with pytest.raises(HubNotFound, match="or it is private") as refused:
        courier(to="acme/secret")

    assert "hf auth login" in str(refused.value.hint)


def test_a_branch_that_is_not_there(courier: Courier, repository: Repository) -> None:
    assert repository.head
    with pytest.raises(HubNotFound, match="no branch, tag or commit dev"):
        courier(to="acme/tiny@dev", direct=True)


@pytest.mark.usefixtures("repository")
def test_a_token_that_nobody_holds(courier: Courier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_stolen")

    with pytest.raises(HubLogin, match="token is not valid") as refused:
        courier()

    assert "hf_stolen" not in repr(refused.value.__dict__) + str(refused.value)


@pytest.mark.parametrize("token", ["hf_a\x00b", "hf_caf\u00e9"])
def test_a_token_that_cannot_be_sent_is_not_shown(
    courier: Courier, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setattr("huggingface_hub.utils._headers.get_token", lambda: token)

    with pytest.raises(HubLogin, match="characters that no token has") as refused:
        courier(direct=True)

    assert refused.value.__cause__ is None or token not in str(refused.value.__cause__)


def test_direct_writing_needs_the_right_to(
    courier: Courier, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = repository.head
    monkeypatch.setenv("HF_TOKEN", BOB)

    with pytest.raises(HubForbidden, match="may not write here") as refused:
        courier(direct=True)

    assert "leave out --direct" in str(refused.value.hint)
    assert repository.head == head


def test_a_gated_repository_says_how_to_get_in(
    courier: Courier, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = hub.create("acme/gated", {"README.md": CARD}, gated="manual")
    monkeypatch.setenv("HF_TOKEN", BOB)

    with pytest.raises(HubGated, match="lets in only those") as refused:
        courier(to="acme/gated")

    assert "ask for it on the page of acme/gated" in str(refused.value.hint)
    repository.granted.add("bob")
    assert courier(to="acme/gated").act == "opened"


def test_a_page_of_a_proxy_that_says_no_is_not_the_hub(
    courier: Courier, hub: Hub, repository: Repository
) -> None:
    hub.on("info", ProxyPage(403, b"<html>Blocked by your company</html>"))

    with pytest.raises(HubUnreachable, match="a page in HTML") as refused:
        courier(direct=True)

    assert "proxy" in str(refused.value.hint)
    assert courier.waited == []
    assert repository.head


def test_metadata_that_the_hub_refuses_are_its_own_words(
    courier: Courier, hub: Hub, repository: Repository
) -> None:
    head = repository.head
    words = b'{"errors": [{"message": "\\"license\\" must be one of"}], "warnings": []}'
    hub.on("validate-yaml", lambda _call, _proceed: Answer(400, {}, words))

    with pytest.raises(HubError, match="license") as refused:
        courier(direct=True)

    assert refused.value.code == "hub"
    assert refused.value.exit_status == 6
    assert repository.head == head


@pytest.mark.usefixtures("repository")
def test_any_other_refusal_is_in_the_hubs_own_words(courier: Courier, hub: Hub) -> None:
    hub.on("commit", Broken(418, "I am a teapot with hf_secret"))

    with pytest.raises(HubError, match=r"the Hub refuses: I am a teapot with …$"):
        courier(direct=True)


@pytest.mark.parametrize("body", [b"{}", b"[]", b"null", b"\xff"])
@pytest.mark.parametrize("name", ["info", "whoami", "discussions"])
def test_an_answer_that_no_hub_gives_is_said(
    courier: Courier, hub: Hub, repository: Repository, name: str, body: bytes
) -> None:
    headers = {"Content-Type": "application/json"}
    hub.on(name, lambda _call, _proceed: Answer(200, headers, body), times=ALWAYS)

    with pytest.raises(HubUnreachable, match="no Hub gives"):
        courier()

    assert repository.discussions == []


@pytest.mark.usefixtures("repository")
def test_a_trusted_publisher_without_a_token_is_said(
    courier: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> str:
        raise OIDCError("no token for hf_secret")

    monkeypatch.setattr("carbonlabel.hub.remote.get_token", fail)

    with pytest.raises(HubLogin, match="trusted publisher"):
        courier(dry=True)


@pytest.mark.parametrize("fault", [OSError(28, "No space left"), RuntimeError("Xet: 503")])
def test_a_failure_inside_the_client_is_passed_on_in_its_words(
    courier: Courier, repository: Repository, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("huggingface_hub.HfApi.create_commit", fail)

    with pytest.raises(HubUnreachable, match="the Hub's client failed") as failed:
        courier(direct=True)

    assert failed.value.hint == str(fault)
    assert len(repository.history()) == 2


def test_more_bytes_than_were_announced_are_not_kept(
    courier: Courier, hub: Hub, repository: Repository
) -> None:
    head = repository.head
    hub.on("resolve", ProxyPage(200, b"x" * (6 * 2**20)), times=ALWAYS)

    with pytest.raises(HubUnreachable, match="did not arrive as it is"):
        courier(direct=True)

    assert repository.head == head


# No Hub at all


def test_offline_mode_sends_nothing(
    courier: Courier, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)

    with pytest.raises(HubUnreachable, match="offline mode is on") as refused:
        courier()

    assert "HF_HUB_OFFLINE" in str(refused.value.hint)
    assert not hub.calls()


@pytest.mark.parametrize(
    ("endpoint", "told", "tries"),
    [
        ("http://127.0.0.1:9", "cannot be reached", 4),
        ("huggingface", "no address of a Hub", 0),
        ("http://[::", "no address of a Hub", 0),
    ],
)
def test_no_hub_is_there(
    courier: Courier, monkeypatch: pytest.MonkeyPatch, endpoint: str, told: str, tries: int
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", endpoint)

    with pytest.raises(HubUnreachable, match=told):
        courier()

    assert len(courier.waited) == tries
