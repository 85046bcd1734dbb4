"""A label that is proposed: one pull request, known again, never a second."""

from __future__ import annotations

import pytest

from carbonlabel.cards.splice import unsplice
from carbonlabel.errors import FigureDiffers, HubError, HubForbidden, HubLogin
from carbonlabel.hub import proposals
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.record import keeping
from tests.hub import ALICE_READS, BOB, Broken, Dropped, Hook, Hub, LostAnswer, pulls
from tests.hub.discussions import Discussion
from tests.hub.repository import Repository
from tests.hubpush.conftest import CARD, Courier


@pytest.fixture
def repository(hub: Hub) -> Repository:
    return hub.create("acme/tiny", {"README.md": CARD})


def open_ones(repository: Repository) -> list[Discussion]:
    return [each for each in repository.discussions if not each.is_settled]


def test_main_stays_and_a_pull_request_holds_everything(
    courier: Courier, repository: Repository, disclosure: Disclosure
) -> None:
    head = repository.head

    outcome = courier()

    assert outcome.act == "opened"
    assert outcome.url.endswith("/acme/tiny/discussions/1")
    assert repository.head == head
    assert unsplice(repository.read("README.md", "refs/pr/1")) == CARD.encode()
    assert keeping.load(repository.read("carbon.json", "refs/pr/1")) == disclosure
    assert repository.discussions[0].status == "open"


@pytest.mark.usefixtures("repository")
def test_title_and_description_say_what_it_does(courier: Courier, hub: Hub) -> None:
    courier()

    opened = hub.repository("acme/tiny").discussions[0]
    text = opened.events[0]["data"]["latest"]["raw"]
    assert opened.title == "Add the carbon label"
    assert "- `README.md`: edited, +" in text
    assert "- `carbon.json`: new, " in text
    assert "every other byte stays" in text
    assert text.endswith(proposals.MARKER)


def test_the_same_label_again_sends_nothing(
    courier: Courier, hub: Hub, repository: Repository
) -> None:
    first = courier()
    hub.forget()

    outcome = courier()

    assert outcome.act == "unchanged"
    assert outcome.url == first.url
    assert len(repository.discussions) == 1
    assert not hub.calls("commit")


def test_another_label_brings_the_same_pull_request_up_to_date(
    courier: Courier, repository: Repository, other: Disclosure
) -> None:
    first = courier()

    outcome = courier(what=other)

    assert (outcome.act, outcome.url) == ("updated", first.url)
    assert len(repository.discussions) == 1
    assert keeping.load(repository.read("carbon.json", "refs/pr/1")) == other
    assert len([path for path in repository.paths("refs/pr/1") if path.endswith(".png")]) == 1


def test_it_is_known_again_under_another_title(
    courier: Courier, repository: Repository, other: Disclosure
) -> None:
    courier()
    repository.discussions[0].title = "docs: footprint"

    assert courier(what=other).act == "updated"


@pytest.mark.usefixtures("repository")
def test_a_pull_request_of_somebody_else_is_not_ours(
    courier: Courier, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    courier()
    monkeypatch.setenv("HF_TOKEN", BOB)

    outcome = courier()

    assert outcome.url.endswith("/discussions/2")
    assert [each.author for each in hub.repository("acme/tiny").discussions] == ["alice", "bob"]


def test_another_pull_request_of_the_same_account_is_left_alone(
    courier: Courier, repository: Repository
) -> None:
    theirs = pulls.open_discussion(repository, proposals.TITLE, "alice", base=repository.head)
    theirs.comment("alice", theirs.at, "By hand, under the same title.")
    head = repository.branches[theirs.ref]

    outcome = courier()

    assert outcome.url.endswith("/discussions/2")
    assert repository.branches[theirs.ref] == head


def test_a_closed_one_is_not_opened_again(courier: Courier, repository: Repository) -> None:
    courier()
    repository.discussions[0].status = "closed"

    assert courier().url.endswith("/discussions/2")


def test_after_the_merge_nothing_is_left_to_do(courier: Courier, repository: Repository) -> None:
    courier()
    pulls.merge(repository, repository.discussions[0], "alice")

    outcome = courier()

    assert outcome.act == "unchanged"
    assert outcome.url.endswith("/acme/tiny")


def test_words_that_reviewers_put_into_the_pull_request_stay(
    courier: Courier, repository: Repository, other: Disclosure
) -> None:
    courier()
    card = repository.read("README.md", "refs/pr/1").replace(b"A model.", b"A fine model.")
    repository.edit({"README.md": card}, revision="refs/pr/1")

    courier(what=other)

    assert b"A fine model." in repository.read("README.md", "refs/pr/1")
    assert repository.history("refs/pr/1")[0].summary == "Update the carbon label"


def test_a_figure_that_a_reviewer_wrote_there_is_not_replaced(
    courier: Courier, repository: Repository, other: Disclosure
) -> None:
    courier()
    card = "---\nco2_eq_emissions:\n  emissions: 99\n---\n"
    repository.edit({"README.md": card}, revision="refs/pr/1")

    with pytest.raises(FigureDiffers, match="99"):
        courier(what=other)


def test_another_figure_on_main_is_not_proposed_away(courier: Courier, hub: Hub) -> None:
    repository = hub.create("acme/tiny", {"README.md": "---\nco2_eq_emissions: 12.5\n---\n"})

    with pytest.raises(FigureDiffers, match=r"12\.5"):
        courier()

    assert repository.discussions == []
    assert courier(force=True).act == "opened"


def test_a_conflict_with_main_is_said(
    courier: Courier, repository: Repository, other: Disclosure
) -> None:
    courier()
    repository.edit({"README.md": f"{CARD}\nMore of it.\n"})

    courier(what=other)

    assert any("#1 conflicts with main" in line for line in courier.told)


def test_a_dry_run_knows_the_open_one_and_touches_nothing(
    courier: Courier, repository: Repository, other: Disclosure
) -> None:
    courier()
    oid = repository.branches["refs/pr/1"]

    outcome = courier(what=other, dry=True)

    assert outcome.act == "shown"
    assert outcome.diff
    assert any("as our pull request #1" in line for line in courier.told)
    assert repository.branches["refs/pr/1"] == oid


@pytest.mark.usefixtures("repository")
def test_a_dry_run_needs_no_account(
    courier: Courier, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HF_TOKEN")

    assert courier(dry=True).act == "shown"
    assert not hub.calls("whoami")


@pytest.mark.usefixtures("repository")
def test_a_dry_run_with_an_account_looks_for_its_pull_request(courier: Courier, hub: Hub) -> None:
    assert courier(dry=True).act == "shown"
    assert hub.calls("discussions")


@pytest.mark.usefixtures("repository")
def test_a_pull_request_needs_an_account(courier: Courier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_TOKEN")

    with pytest.raises(HubLogin, match="nobody is logged in"):
        courier()


def test_a_token_that_may_only_read_opens_none(
    courier: Courier, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", ALICE_READS)

    with pytest.raises(HubForbidden) as refused:
        courier()

    assert "take a token that may write" in str(refused.value)
    assert repository.discussions == []


def test_switched_off_discussions_are_said_with_the_way_out(
    courier: Courier, repository: Repository
) -> None:
    repository.discussions_off = True

    with pytest.raises(HubError, match="disabled") as refused:
        courier()

    assert refused.value.code == "hub"
    assert "--direct" in str(refused.value.hint)
    assert courier(direct=True).act == "committed"


@pytest.mark.parametrize("reset", [False, True])
def test_a_lost_answer_is_not_a_second_pull_request(
    courier: Courier, hub: Hub, repository: Repository, *, reset: bool
) -> None:
    hub.on("commit", LostAnswer(reset=reset))

    outcome = courier()

    assert (outcome.act, len(repository.discussions)) == ("opened", 1)
    assert outcome.url.endswith("/discussions/1")
    assert [call.status for call in hub.calls("commit")] == [None]


@pytest.mark.parametrize("status", [500, 502, 504])
def test_an_error_after_the_act_is_not_a_second_pull_request(
    courier: Courier, hub: Hub, repository: Repository, status: int
) -> None:
    hub.on("commit", Broken(status, done=True))

    assert courier().act == "opened"
    assert len(repository.discussions) == 1


def test_a_call_that_never_arrived_is_made_again(
    courier: Courier, hub: Hub, repository: Repository
) -> None:
    hub.on("commit", Dropped(), Broken(503))

    assert courier().act == "opened"
    assert len(repository.discussions) == 1
    assert courier.waited == [1.0, 2.0]


def test_of_two_pushes_at_the_same_time_one_pull_request_stays(
    courier: Courier, hub: Hub, repository: Repository, disclosure: Disclosure, other: Disclosure
) -> None:
    twin = Courier(other)
    hub.on("preupload", Hook(twin))

    outcome = courier()

    assert [each.num for each in open_ones(repository)] == [1]
    assert outcome.url.endswith("/discussions/1")
    assert outcome.act == "updated"
    assert keeping.load(repository.read("carbon.json", "refs/pr/1")) == disclosure
    assert any("Closing pull request #2" in line for line in courier.told)


def test_a_pull_request_that_opens_after_all_is_found_afterwards(
    courier: Courier, hub: Hub, repository: Repository
) -> None:
    """The first call is carried out only after its line has dropped, and was made again."""
    late = Courier(courier.disclosure)
    hub.on("commit", Dropped(), Hook(late))

    courier()

    assert len(open_ones(repository)) == 1


def test_a_pull_request_that_is_merged_while_it_is_updated_leaves_its_figure_on_main(
    courier: Courier, hub: Hub, repository: Repository, other: Disclosure
) -> None:
    courier()
    first = repository.discussions[0]
    hub.on("commit", Hook(lambda: pulls.merge(repository, first, "alice")))

    with pytest.raises(FigureDiffers):
        courier(what=other)

    assert len(repository.discussions) == 1


def test_a_pull_request_that_is_closed_by_hand_meanwhile_gives_way_to_a_new_one(
    courier: Courier, hub: Hub, repository: Repository, other: Disclosure
) -> None:
    courier()
    first = repository.discussions[0]
    hub.on("commit", Hook(lambda: first.turn("alice", first.at, "closed")))
    hub.on("commit", Broken(403, "This pull request is closed"))

    outcome = courier(what=other)

    assert outcome.url.endswith("/discussions/2")


def test_the_list_may_fail_once_the_pull_request_is_open(
    courier: Courier, hub: Hub, repository: Repository
) -> None:
    hub.on("discussions", lambda _call, proceed: proceed(), *[Broken(400)] * 9)

    assert courier().act == "opened"
    assert len(repository.discussions) == 1


def test_somebody_writes_to_our_pull_request_while_it_is_updated(
    courier: Courier, hub: Hub, repository: Repository, other: Disclosure
) -> None:
    courier()
    hub.on("commit", Hook(lambda: repository.edit({"notes.md": "x"}, revision="refs/pr/1")))

    assert courier(what=other).act == "updated"
    assert repository.read("notes.md", "refs/pr/1") == b"x"
    assert keeping.load(repository.read("carbon.json", "refs/pr/1")) == other
