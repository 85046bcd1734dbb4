"""The community tab: pull requests, discussions, comments, statuses and merges."""

from __future__ import annotations

import pytest
from huggingface_hub import CommitInfo, CommitOperationAdd, HfApi
from huggingface_hub.errors import HfHubHTTPError

from tests.hub import ALICE, BOB, Hub
from tests.hub.fixtures import Apis

CARD = "---\nlicense: mit\n---\n# Tiny\n"


def proposed(api: HfApi, path: str = "a.txt", *, parent: str | None = None) -> CommitInfo:
    return api.create_commit(
        "acme/tiny",
        [CommitOperationAdd(path, b"bob's\n")],
        commit_message="Add a file",
        commit_description="As discussed",
        create_pr=True,
        parent_commit=parent,
    )


def test_anybody_opens_a_pull_request_and_main_stays(hub: Hub, api_of: Apis) -> None:
    repository = hub.create("acme/tiny", {"README.md": CARD})
    head = repository.head

    done = proposed(api_of(BOB))

    assert (done.pr_num, done.pr_revision) == (1, "refs/pr/1")
    assert done.pr_url == f"{hub.endpoint}/acme/tiny/discussions/1"
    assert repository.head == head
    assert repository.read("a.txt", "refs/pr/1") == b"bob's\n"
    found = api_of("").get_discussion_details("acme/tiny", 1)
    assert (found.status, found.author, found.title) == ("open", "bob", "Add a file")
    assert [event.type for event in found.events] == ["comment", "commit"]
    assert found.diff is not None
    assert "+bob's" in found.diff
    assert found.conflicting_files == []


def test_a_large_file_may_be_proposed_too(hub: Hub, api_of: Apis) -> None:
    repository = hub.create("acme/tiny")

    api_of(BOB).upload_file(
        path_or_fileobj=b"\0png", path_in_repo="a.png", repo_id="acme/tiny", create_pr=True
    )

    assert repository.read("a.png", "refs/pr/1") == b"\0png"


def test_a_pull_request_grows_by_its_author(hub: Hub, api_of: Apis) -> None:
    repository = hub.create("acme/tiny")
    proposed(api_of(BOB))

    for token in (BOB, ALICE):
        api_of(token).upload_file(
            path_or_fileobj=token.encode(),
            path_in_repo=token,
            repo_id="acme/tiny",
            revision="refs/pr/1",
        )

    assert repository.paths("refs/pr/1") == [".gitattributes", "a.txt", ALICE, BOB]
    carol = hub.admit("hf_carol", hub.shelf.bearers[BOB].__class__("carol"))
    with pytest.raises(HfHubHTTPError, match="403"):
        api_of(carol).upload_file(
            path_or_fileobj=b"c", path_in_repo="c", repo_id="acme/tiny", revision="refs/pr/1"
        )


def test_a_pull_request_starts_where_its_author_had_read(hub: Hub, api_of: Apis) -> None:
    repository = hub.create("acme/tiny", {"a.txt": "first\n"})
    read = repository.head
    repository.edit({"a.txt": "theirs\n"})

    proposed(api_of(BOB), parent=read)

    assert repository.at("refs/pr/1").parents == (read,)
    assert api_of(BOB).get_discussion_details("acme/tiny", 1).conflicting_files == ["a.txt"]
    with pytest.raises(HfHubHTTPError, match="409"):
        api_of(ALICE).merge_pull_request("acme/tiny", 1)


def test_an_unchanged_file_opens_no_pull_request(hub: Hub, api_of: Apis) -> None:
    repository = hub.create("acme/tiny", {"a.txt": "bob's\n"})

    assert proposed(api_of(BOB)).pr_url is None
    assert repository.discussions == []


def test_a_merge_brings_the_changes_to_main(hub: Hub, api_of: Apis) -> None:
    repository = hub.create("acme/tiny", {"README.md": CARD})
    proposed(api_of(BOB))
    repository.edit({"b.txt": "meanwhile"})

    with pytest.raises(HfHubHTTPError, match="403"):
        api_of(BOB).merge_pull_request("acme/tiny", 1)
    api_of(ALICE).merge_pull_request("acme/tiny", 1, comment="Thanks")

    assert repository.paths() == [".gitattributes", "README.md", "a.txt", "b.txt"]
    found = api_of(BOB).get_discussion_details("acme/tiny", 1)
    assert (found.status, found.merge_commit_oid) == ("merged", repository.head)


def test_discussions_are_listed_by_kind_status_and_author(hub: Hub, api_of: Apis) -> None:
    hub.shelf.page_count = 2
    hub.create("acme/tiny")
    bob, alice = api_of(BOB), api_of(ALICE)
    for path in ("a", "b", "c"):
        proposed(bob, path)
    alice.create_discussion("acme/tiny", "A question")
    bob.change_discussion_status("acme/tiny", 1, "closed", comment="No longer needed")

    def nums(**wanted: str) -> list[int]:
        return [each.num for each in alice.get_repo_discussions("acme/tiny", **wanted)]  # type: ignore[arg-type]

    assert nums() == [4, 3, 2, 1]
    assert nums(discussion_type="discussion") == [4]
    assert nums(discussion_type="pull_request", discussion_status="open") == [3, 2]
    assert nums(discussion_status="closed") == [1]
    assert nums(author="alice") == [4]


def test_a_discussion_is_commented_renamed_and_closed(hub: Hub, api: HfApi) -> None:
    hub.create("acme/tiny")
    opened = api.create_discussion("acme/tiny", "A question", description="Why?")

    said = api.comment_discussion("acme/tiny", opened.num, "Because.")
    renamed = api.rename_discussion("acme/tiny", opened.num, "An answer")
    closed = api.change_discussion_status("acme/tiny", opened.num, "closed")

    assert said.content == "Because."
    assert (renamed.old_title, renamed.new_title) == ("A question", "An answer")
    assert closed.new_status == "closed"
    events = api.get_discussion_details("acme/tiny", opened.num).events
    kinds = ["comment", "comment", "title-change", "status-change"]
    assert [event.type for event in events] == kinds


def test_an_empty_pull_request_is_a_draft(hub: Hub, api_of: Apis) -> None:
    hub.create("acme/tiny")

    opened = api_of(BOB).create_pull_request("acme/tiny", "Soon more")

    assert (opened.status, opened.git_reference) == ("draft", "refs/pr/1")
    refs = api_of(BOB).list_repo_refs("acme/tiny", include_pull_requests=True)
    assert [each.name for each in refs.pull_requests or []] == ["refs/pr/1"]


def test_where_discussions_are_off_nothing_is_proposed(hub: Hub, api_of: Apis) -> None:
    hub.create("acme/tiny").discussions_off = True

    with pytest.raises(HfHubHTTPError, match="disabled"):
        proposed(api_of(BOB))
    with pytest.raises(HfHubHTTPError, match="disabled"):
        list(api_of(BOB).get_repo_discussions("acme/tiny"))
