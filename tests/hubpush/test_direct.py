"""A label that is committed to a branch: one commit, nothing foreign touched, nothing twice."""

from __future__ import annotations

import pytest

from carbonlabel.cards.splice import unsplice
from carbonlabel.errors import CardRefused, FigureDiffers, HubError, InputError, WriteError
from carbonlabel.hub.contents import contents
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.record import keeping
from carbonlabel.record.canonical import digest
from tests.hub import BOB, Hook, Hub
from tests.hub.repository import Repository
from tests.hubpush.conftest import CARD, Courier, figure_of


@pytest.fixture
def repository(hub: Hub) -> Repository:
    return hub.create("acme/tiny", {"README.md": CARD, "model.txt": "weights"})


def pictures(repository: Repository) -> list[str]:
    return [path for path in repository.paths() if path.endswith(".png")]


def test_card_picture_and_disclosure_come_in_one_commit(
    courier: Courier, repository: Repository, disclosure: Disclosure
) -> None:
    before = repository.head

    outcome = courier(direct=True)

    commit = repository.history()[0]
    assert outcome.act == "committed"
    assert outcome.url.endswith(f"/acme/tiny/commit/{commit.oid}")
    assert commit.parents == (before,)
    assert commit.summary == "Add the carbon label"
    assert keeping.load(repository.read("carbon.json")) == disclosure
    assert repository.read(pictures(repository)[0]).startswith(b"\x89PNG")
    assert pictures(repository)[0] in repository.read("README.md").decode()
    assert f"emissions: {figure_of(disclosure)}\n" in repository.read("README.md").decode()
    assert digest(disclosure) in commit.description


@pytest.mark.usefixtures("repository")
def test_not_one_foreign_byte_of_the_card_changes(courier: Courier, hub: Hub) -> None:
    courier(direct=True)

    card = hub.repository("acme/tiny").read("README.md")
    assert unsplice(card) == CARD.encode()
    assert hub.repository("acme/tiny").read("model.txt") == b"weights"


def test_a_second_push_sends_nothing(courier: Courier, hub: Hub, repository: Repository) -> None:
    courier(direct=True)
    head = repository.head
    hub.forget()

    outcome = courier(direct=True)

    assert outcome.act == "unchanged"
    assert outcome.url.endswith(head)
    assert repository.head == head
    assert not hub.calls("commit", "preupload", "validate-yaml", "large-batch")


def test_what_will_be_public_is_said_before_it_is_sent(
    courier: Courier, hub: Hub, repository: Repository
) -> None:
    told_before: list[str] = []
    hub.on("validate-yaml", Hook(lambda: told_before.extend(courier.told)))

    courier(direct=True)

    assert told_before[0].endswith("as branch main; to be seen by everybody:")
    assert told_before[0].startswith(f"acme/tiny at {repository.history()[1].oid[:8]}")
    assert [line.split("  ")[1] for line in told_before[1:]] == [
        "README.md",
        "carbon.json",
        *pictures(repository),
    ]


def test_a_private_repository_is_called_so(courier: Courier, hub: Hub) -> None:
    hub.create("acme/tiny", {"README.md": CARD}, private=True)

    courier(direct=True)

    assert "those who see this private repository" in courier.told[0]


def test_a_dry_run_shows_the_change_and_sends_nothing(
    courier: Courier, hub: Hub, repository: Repository, disclosure: Disclosure
) -> None:
    head = repository.head

    outcome = courier(direct=True, dry=True)

    assert outcome.act == "shown"
    assert f"+  emissions: {figure_of(disclosure)}".encode() in outcome.diff
    assert not [line for line in outcome.diff.splitlines()[2:] if line.startswith(b"-")]
    assert repository.head == head
    assert {call.method for call in hub.calls()} == {"GET", "POST"}
    assert {call.name for call in hub.calls() if call.method == "POST"} == {"paths-info"}


def test_everything_is_read_at_one_commit(
    courier: Courier, hub: Hub, repository: Repository
) -> None:
    head = repository.head

    courier(direct=True, dry=True)

    read_at = {call.places["rev"] for call in hub.calls("paths-info", "resolve")}
    assert read_at == {head}


def test_a_repository_without_a_card_gets_one(courier: Courier, hub: Hub) -> None:
    repository = hub.create("acme/tiny")

    courier(direct=True)

    card = repository.read("README.md")
    assert card.startswith(b"---\nco2_eq_emissions:\n")
    assert b"More Information Needed" not in card


def test_another_figure_is_not_replaced_and_both_are_named(
    courier: Courier, hub: Hub, disclosure: Disclosure
) -> None:
    card = "---\nco2_eq_emissions:\n  emissions: 12.5\n  source: codecarbon\n---\n"
    repository = hub.create("acme/tiny", {"README.md": card})
    head = repository.head

    with pytest.raises(FigureDiffers, match=r"12\.5 \(by somebody else\)") as refused:
        courier(direct=True)

    assert f"{figure_of(disclosure)} g" in refused.value.message
    assert refused.value.where == "hf:acme/tiny README.md"
    assert refused.value.exit_status == 3
    assert repository.head == head


def test_force_replaces_another_figure_and_says_so(
    courier: Courier, hub: Hub, disclosure: Disclosure
) -> None:
    repository = hub.create("acme/tiny", {"README.md": "---\nco2_eq_emissions: 12.5\n---\n"})

    courier(direct=True, force=True)

    assert f"emissions: {figure_of(disclosure)}\n".encode() in repository.read("README.md")
    assert f"  the figure 12.5 goes, {figure_of(disclosure)} comes" in courier.told


def test_the_same_figure_in_other_digits_is_no_other_figure(
    courier: Courier, hub: Hub, disclosure: Disclosure
) -> None:
    card = f"---\nco2_eq_emissions: {figure_of(disclosure)}000\n---\n"
    hub.create("acme/tiny", {"README.md": card})

    assert courier(direct=True).act == "committed"


def test_a_figure_of_an_older_label_of_ours_stays_too(
    courier: Courier, repository: Repository, other: Disclosure
) -> None:
    courier(direct=True)
    head = repository.head

    with pytest.raises(FigureDiffers, match="by an older label"):
        courier(direct=True, what=other)

    assert repository.head == head


def test_a_new_label_takes_the_picture_of_the_old_one_away(
    courier: Courier, repository: Repository, other: Disclosure
) -> None:
    courier(direct=True)
    old = pictures(repository)

    courier(direct=True, what=other, force=True)

    assert repository.history()[0].summary == "Update the carbon label"
    assert len(pictures(repository)) == 1
    assert pictures(repository) != old
    assert f"  {old[0]}  deleted" in courier.told


@pytest.mark.parametrize("kept", ["shown", "changed"])
def test_a_picture_stays_that_is_shown_elsewhere_or_is_not_as_we_drew_it(
    courier: Courier, repository: Repository, other: Disclosure, kept: str
) -> None:
    courier(direct=True)
    old = pictures(repository)[0]
    if kept == "shown":
        card = repository.read("README.md").decode().replace("A model.", f"![see]({old})")
        repository.edit({"README.md": card})
    else:
        repository.edit({old: b"\0another picture"})

    courier(direct=True, what=other, force=True)

    assert old in pictures(repository)


def test_a_foreign_file_is_not_replaced(courier: Courier, hub: Hub) -> None:
    repository = hub.create("acme/tiny", {"README.md": CARD, "carbon.json": '{"theirs": 1}'})
    head = repository.head

    with pytest.raises(WriteError, match="no disclosure"):
        courier(direct=True)
    assert repository.head == head

    assert courier(direct=True, force=True).act == "committed"


def test_a_foreign_file_beyond_all_measure_is_not_even_fetched(courier: Courier, hub: Hub) -> None:
    hub.create("acme/tiny", {"README.md": CARD, "carbon.json": " " * (10 * 2**20 + 1)})

    with pytest.raises(WriteError, match="no disclosure"):
        courier(direct=True)

    assert "carbon.json" not in {call.places["path"] for call in hub.calls("resolve")}


def test_an_older_disclosure_of_ours_is_replaced(
    courier: Courier, hub: Hub, disclosure: Disclosure, other: Disclosure
) -> None:
    repository = hub.create("acme/tiny", {"README.md": CARD, "carbon.json": keeping.dump(other)})

    courier(direct=True)

    assert repository.read("carbon.json") == contents(disclosure).statement
    assert any(line.startswith("  carbon.json  replaced") for line in courier.told)


def test_a_card_that_nobody_should_edit_stays_as_it_is(courier: Courier, hub: Hub) -> None:
    repository = hub.create("acme/tiny", {"README.md": "---\nlicense: mit\nlicense: gpl\n---\n"})
    head = repository.head

    with pytest.raises(CardRefused):
        courier(direct=True)

    assert repository.head == head


@pytest.mark.parametrize("line", ["*.md filter=lfs diff=lfs", "/README.md filter=lfs"])
def test_a_card_in_the_large_file_store_is_refused(courier: Courier, hub: Hub, line: str) -> None:
    repository = hub.create("acme/tiny", {".gitattributes": f"# ours\n\n{line}\n"})

    with pytest.raises(HubError, match="large file") as refused:
        courier(direct=True)

    assert refused.value.code == "hub"
    assert "README.md" not in repository.paths()


def test_a_pattern_that_is_taken_back_counts_no_more(courier: Courier, hub: Hub) -> None:
    lines = "*.md filter=lfs\nREADME.md -filter\n"
    hub.create("acme/tiny", {".gitattributes": lines})

    assert courier(direct=True).act == "committed"


def test_a_branch_of_its_own_is_written_and_main_is_not(
    courier: Courier, repository: Repository
) -> None:
    repository.branches["dev"] = repository.head
    repository.edit({"README.md": f"{CARD}\nOn dev.\n"}, revision="dev")
    head = repository.head

    courier(to="acme/tiny@dev", direct=True)

    assert b"On dev." in repository.read("README.md", "dev")
    assert b"co2_eq_emissions" in repository.read("README.md", "dev")
    assert repository.head == head


@pytest.mark.usefixtures("repository")
def test_a_pull_request_goes_to_main_only(courier: Courier) -> None:
    with pytest.raises(InputError, match="goes to main"):
        courier(to="acme/tiny@dev")


def test_a_card_of_a_dataset_is_a_card(courier: Courier, hub: Hub) -> None:
    repository = hub.create("acme/words", {"README.md": CARD}, kind="dataset")

    outcome = courier(to="hf:datasets/acme/words", direct=True)

    assert b"co2_eq_emissions" in repository.read("README.md")
    assert "/datasets/acme/words/commit/" in outcome.url


def test_somebody_may_write_to_his_own(
    courier: Courier, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = hub.create("bob/tiny", {"README.md": CARD})
    monkeypatch.setenv("HF_TOKEN", BOB)

    courier(to="bob/tiny", direct=True)

    assert repository.history()[0].author == "bob"


def test_a_card_of_six_mebibytes_is_refused(courier: Courier, hub: Hub) -> None:
    hub.create("acme/tiny", {"README.md": b"x" * (5 * 2**20 + 1)})

    with pytest.raises(InputError, match="larger than 5 MiB"):
        courier(direct=True)
