"""What the client writes: commits, large files, repositories, and who may."""

from __future__ import annotations

import io
import warnings

import pytest
from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi, constants
from huggingface_hub.errors import BadRequestError, HfHubHTTPError

from tests.hub import ALICE_READS, BOB, Bearer, Hub
from tests.hub.answers import reply
from tests.hub.fixtures import Apis

CARD = "---\nlicense: mit\n---\n# Tiny\n"


def added(path: str, content: bytes) -> list[CommitOperationAdd]:
    return [CommitOperationAdd(path, content)]


def test_an_upload_is_a_commit_with_its_author_and_its_words(hub: Hub, api: HfApi) -> None:
    repository = hub.create("acme/tiny", {"README.md": CARD})
    before = repository.head

    done = api.upload_file(
        path_or_fileobj=b"{}",
        path_in_repo="carbon.json",
        repo_id="acme/tiny",
        commit_message="Add figures",
        commit_description="From a log",
    )

    made = repository.at()
    assert (done.oid, made.parents) == (made.oid, (before,))
    assert (made.author, made.summary, made.description) == ("alice", "Add figures", "From a log")
    assert repository.read("carbon.json") == b"{}"
    assert done.commit_url == f"{hub.endpoint}/acme/tiny/commit/{made.oid}"


def test_one_commit_adds_and_deletes(hub: Hub, api: HfApi) -> None:
    repository = hub.create("acme/tiny", {"old/a": "1", "old/b": "2", "c": "3"})

    api.create_commit(
        "acme/tiny",
        [
            CommitOperationDelete("old/", is_folder=True),
            CommitOperationDelete("c"),
            CommitOperationAdd("new/d", b"4"),
        ],
        commit_message="Move",
    )

    assert repository.paths() == [".gitattributes", "new/d"]
    assert len(repository.history()) == 3


def test_deleting_what_is_not_there_is_an_error(hub: Hub, api: HfApi) -> None:
    hub.create("acme/tiny")

    with pytest.raises(HfHubHTTPError, match="doesn't exist"):
        api.delete_file("none.txt", "acme/tiny")


def test_a_commit_on_an_older_head_is_refused(hub: Hub, api: HfApi) -> None:
    repository = hub.create("acme/tiny", {"README.md": CARD})
    read = repository.head
    theirs = repository.edit({"README.md": CARD + "theirs\n"}).oid

    with pytest.raises(HfHubHTTPError, match="A commit has happened since") as refused:
        api.create_commit(
            "acme/tiny", added("a.txt", b"ours"), commit_message="x", parent_commit=read
        )

    assert refused.value.response.status_code == 412
    assert repository.head == theirs
    api.create_commit(
        "acme/tiny", added("a.txt", b"ours"), commit_message="x", parent_commit=theirs[:7]
    )
    assert repository.at().parents == (theirs,)


def test_an_unchanged_file_sends_no_commit(hub: Hub, api: HfApi) -> None:
    repository = hub.create("acme/tiny", {"a.txt": "same", "model.bin": b"\0same"})

    done = api.create_commit(
        "acme/tiny",
        [CommitOperationAdd("a.txt", b"same"), CommitOperationAdd("model.bin", b"\0same")],
        commit_message="x",
        parent_commit="0" * 40,
    )

    assert done.oid == repository.head
    assert hub.calls("commit") == []


def test_a_large_file_goes_to_the_store_and_a_pointer_to_git(hub: Hub, api: HfApi) -> None:
    repository = hub.create("acme/tiny")

    api.create_commit(
        "acme/tiny", added("label.png", b"\x89PNG\r\n\0" * 9), commit_message="Add label"
    )

    blob = repository.at().files["label.png"]
    assert blob.lfs
    assert blob.content == b"\x89PNG\r\n\0" * 9
    assert blob.stored.startswith(b"version https://git-lfs")
    names = ["preupload", "large-batch", "large-put", "large-verify", "commit"]
    assert [call.name for call in hub.calls()] == names
    assert hub.calls("large-put")[0].body_bytes == 63


def test_bytes_that_the_store_has_are_not_sent_again(hub: Hub, api: HfApi) -> None:
    repository = hub.create("acme/tiny")
    for name in ("a.bin", "b.bin"):
        api.create_commit("acme/tiny", added(name, b"\0\1"), commit_message="x")

    assert len(hub.calls("large-put")) == 1
    assert repository.read("a.bin") == repository.read("b.bin")


def test_the_attributes_of_the_repository_decide_what_is_large(hub: Hub, api: HfApi) -> None:
    repository = hub.create("acme/tiny", {".gitattributes": "*.md filter=lfs -text\n"})

    api.create_commit("acme/tiny", added("NOTES.md", b"text"), commit_message="x")

    assert repository.at().files["NOTES.md"].lfs


def test_with_xet_an_open_stream_still_goes_to_the_store(
    hub: Hub, api: HfApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", False)
    repository = hub.create("acme/tiny")

    api.upload_file(
        path_or_fileobj=io.BytesIO(b"\0\1\2"), path_in_repo="a.bin", repo_id="acme/tiny"
    )
    api.upload_file(path_or_fileobj=b"{}", path_in_repo="a.json", repo_id="acme/tiny")

    assert repository.read("a.bin") == b"\0\1\2"
    assert repository.read("a.json") == b"{}"


def test_somebody_else_may_not_commit_but_is_told_how(hub: Hub, api_of: Apis) -> None:
    hub.create("acme/tiny")

    with pytest.raises(HfHubHTTPError, match="create_pr=1") as refused:
        api_of(BOB).create_commit("acme/tiny", added("a", b"1"), commit_message="x")

    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(("token", "status"), [(ALICE_READS, 403), ("", 401)])
def test_without_the_right_to_write_not_even_a_pull_request_opens(
    hub: Hub, api_of: Apis, token: str, status: int
) -> None:
    repository = hub.create("acme/tiny")

    for pull in (True, False):
        with pytest.raises(HfHubHTTPError) as refused:
            api_of(token).create_commit(
                "acme/tiny", added("a", b"1"), commit_message="x", create_pr=pull
            )
        assert refused.value.response.status_code == status
    assert repository.discussions == []


def test_the_right_to_write_can_be_asked(hub: Hub, api_of: Apis) -> None:
    hub.create("acme/tiny")
    hub.create("acme/other")
    ci = hub.admit("hf_ci", Bearer("robot", role="fineGrained", scopes=("acme/tiny",)))

    api_of(ci).auth_check("acme/tiny", write=True)
    for token, repo_id in ((ci, "acme/other"), (BOB, "acme/tiny"), (ALICE_READS, "acme/tiny")):
        api_of(token).auth_check(repo_id)
        with pytest.raises(HfHubHTTPError):
            api_of(token).auth_check(repo_id, write=True)


def test_repositories_are_made_changed_and_deleted(hub: Hub, api: HfApi) -> None:
    url = api.create_repo("acme/new", private=True)
    again = api.create_repo("acme/new", exist_ok=True)

    assert url == again == f"{hub.endpoint}/acme/new"
    assert hub.repository("acme/new").private
    with pytest.raises(HfHubHTTPError, match="409"):
        api.create_repo("acme/new")
    api.update_repo_settings("acme/new", private=False, gated="auto")
    assert not hub.repository("acme/new").private
    assert hub.repository("acme/new").gated == "auto"
    api.delete_repo("acme/new")
    assert not api.repo_exists("acme/new")


def test_nobody_makes_a_repository_in_a_foreign_name(api_of: Apis) -> None:
    with pytest.raises(HfHubHTTPError, match='under the namespace "acme"') as refused:
        api_of(BOB).create_repo("acme/new")

    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    ("card", "told"),
    [
        ("---\n- a\n---\n", '"value" must be of type object'),
        ("---\n\n---\n", "The YAML metadata of your README.md is invalid."),
        ("---\na: [\n---\n", "Invalid YAML in README.md"),
        ("---\na: 1\na: 2\n---\n", "duplicated mapping key"),
    ],
)
def test_a_card_with_broken_metadata_is_refused(hub: Hub, api: HfApi, card: str, told: str) -> None:
    hub.create("acme/tiny")

    with pytest.raises(ValueError, match="Invalid metadata") as refused:
        api.create_commit("acme/tiny", added("README.md", card.encode()), commit_message="x")

    assert told in str(refused.value)
    assert hub.calls("commit") == []


def test_a_card_without_metadata_is_taken_with_a_warning(hub: Hub, api: HfApi) -> None:
    repository = hub.create("acme/tiny")

    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        api.create_commit("acme/tiny", added("README.md", b"# Tiny\n"), commit_message="x")

    assert "empty or missing yaml metadata" in str(said[0].message)
    assert repository.read("README.md") == b"# Tiny\n"


def test_the_hub_checks_a_card_that_was_not_checked_before(hub: Hub, api: HfApi) -> None:
    hub.create("acme/tiny")
    hub.on("validate-yaml", lambda _call, _proceed: reply({"errors": [], "warnings": []}))

    with pytest.raises(BadRequestError, match="must be of type object"):
        api.create_commit("acme/tiny", added("README.md", b"---\n- a\n---\n"), commit_message="x")
