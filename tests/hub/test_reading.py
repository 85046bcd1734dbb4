"""What the client reads: repositories, files, folders and history."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from pathlib import Path

import pytest
from huggingface_hub import HfApi, ModelCard, hf_hub_download
from huggingface_hub.errors import (
    EntryNotFoundError,
    GatedRepoError,
    HfHubHTTPError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from huggingface_hub.utils import httpx

from tests.hub import ALICE, BOB, Hub
from tests.hub.fixtures import Apis
from tests.hub.repository import Repository

CARD = "---\nlicense: mit\ntags:\n- demo\n---\n# Tiny\n"
OLDER, NEWER = b"older\n", b"newer\n"


def test_a_token_tells_who_somebody_is(api: HfApi) -> None:
    told = api.whoami()

    assert told["name"] == "alice"
    assert [org["name"] for org in told["orgs"]] == ["acme"]
    assert told["auth"]["accessToken"]["role"] == "write"


def test_a_token_that_nobody_holds_is_refused(api_of: Apis) -> None:
    with pytest.raises(HfHubHTTPError, match="Invalid") as refused:
        api_of("hf_nobody").whoami()

    assert refused.value.response.status_code == 401


def test_a_repository_tells_its_head_its_card_and_its_files(hub: Hub, api: HfApi) -> None:
    repository = hub.create("acme/tiny", {"README.md": CARD, "model.bin": b"\0" * 2_000})

    told = api.model_info("acme/tiny", files_metadata=True)

    assert told.sha == repository.head
    assert told.tags == ["demo", "license:mit", "region:us"]
    assert told.card_data is not None
    assert told.card_data.to_dict()["license"] == "mit"
    sizes = {each.rfilename: (each.size, bool(each.lfs)) for each in told.siblings or []}
    assert sizes["model.bin"] == (2_000, True)
    assert sizes["README.md"] == (len(CARD), False)


@pytest.mark.parametrize("kind", ["model", "dataset", "space"])
def test_a_file_is_read_as_it_was_at_a_commit(at_hub: Hub, api: HfApi, kind: str) -> None:
    repository = at_hub.create("acme/tiny", {"a/b.txt": OLDER}, kind=kind)  # type: ignore[arg-type]
    then = repository.head
    repository.edit({"a/b.txt": NEWER})

    def read(revision: str | None) -> bytes:
        path = api.hf_hub_download("acme/tiny", "a/b.txt", repo_type=kind, revision=revision)
        return Path(path).read_bytes()

    assert read(then) == OLDER
    assert read(None) == NEWER


@pytest.mark.parametrize("size", [1, 700_000])
def test_a_large_file_comes_back_byte_for_byte(hub: Hub, api: HfApi, size: int) -> None:
    hub.create("acme/tiny", {"model.safetensors": b"\0\1" * size})

    path = api.hf_hub_download("acme/tiny", "model.safetensors")

    assert Path(path).read_bytes() == b"\0\1" * size
    assert hub.calls("resolve")[0].method == "HEAD"


def test_a_part_of_a_file_can_be_asked_for(hub: Hub) -> None:
    hub.create("acme/tiny", {"a.txt": "0123456789"})
    address = f"{hub.endpoint}/acme/tiny/resolve/main/a.txt"

    def part(span: str) -> tuple[int, str]:
        answer = httpx.get(address, headers={"Range": span})
        return answer.status_code, answer.text

    assert part("bytes=7-") == (206, "789")
    assert part("bytes=2-4") == (206, "234")
    assert part("bytes=10-") == (416, "")


def test_the_pointer_of_a_large_file_is_what_git_keeps(hub: Hub) -> None:
    hub.create("acme/tiny", {"model.bin": b"\0", "a.txt": "text"})

    def raw(path: str) -> str:
        return httpx.get(f"{hub.endpoint}/acme/tiny/raw/main/{path}").text

    assert raw("a.txt") == "text"
    assert raw("model.bin").startswith("version https://git-lfs.github.com/spec/v1\noid sha256:")
    assert "Entry not found" in raw("none")


def test_the_environment_alone_sends_the_client_to_the_hub(at_hub: Hub) -> None:
    at_hub.create("acme/tiny", {"README.md": CARD})

    assert ModelCard.load("acme/tiny").data.to_dict()["license"] == "mit"
    assert Path(hf_hub_download("acme/tiny", "README.md")).read_text() == CARD


def test_what_is_not_there_is_told_apart(hub: Hub, api: HfApi) -> None:
    hub.create("acme/tiny")

    with pytest.raises(EntryNotFoundError):
        api.hf_hub_download("acme/tiny", "README.md")
    with pytest.raises(RevisionNotFoundError):
        api.hf_hub_download("acme/tiny", "README.md", revision="f" * 40)
    with pytest.raises(RepositoryNotFoundError):
        api.model_info("acme/none")
    assert not api.file_exists("acme/tiny", "README.md")


def test_a_private_repository_is_hidden_from_strangers(hub: Hub, api_of: Apis) -> None:
    hub.create("acme/secret", {"README.md": CARD}, private=True)

    assert api_of(ALICE).model_info("acme/secret").private
    with pytest.raises(RepositoryNotFoundError) as refused:
        api_of(BOB).model_info("acme/secret")
    assert refused.value.response.status_code == 404
    with pytest.raises(HfHubHTTPError) as unknown:
        api_of("").model_info("acme/secret")
    assert unknown.value.response.status_code == 401


def test_a_gated_repository_is_known_but_not_read(hub: Hub, api_of: Apis) -> None:
    repository = hub.create("acme/gated", {"README.md": CARD}, gated="manual")

    for token, status in ((BOB, 403), ("", 401)):
        assert api_of(token).model_info("acme/gated").gated == "manual"
        with pytest.raises(GatedRepoError) as refused:
            api_of(token).hf_hub_download("acme/gated", "README.md")
        assert refused.value.response.status_code == status
    repository.granted.add("bob")
    assert Path(api_of(BOB).hf_hub_download("acme/gated", "README.md")).read_text() == CARD


def test_folders_and_history_are_listed_page_by_page(hub: Hub, api: HfApi) -> None:
    hub.shelf.page_count = 2
    repository = hub.create("acme/tiny", {f"a/{at}.txt": f"{at}" for at in range(5)})
    repository.edit({"a/0.txt": "again"}, author="carol", summary="Again")

    assert sorted(api.list_repo_files("acme/tiny")) == repository.paths()
    titles = [each.title for each in api.list_repo_commits("acme/tiny")]
    assert titles == ["Again", "Add files", "initial commit"]
    rows = {row.path: row for row in api.list_repo_tree("acme/tiny", "a", expand=True)}
    assert rows["a/0.txt"].last_commit.title == "Again"  # type: ignore[union-attr]
    assert rows["a/1.txt"].last_commit.title == "Add files"  # type: ignore[union-attr]
    info = api.get_paths_info("acme/tiny", ["a", "a/1.txt", "none"])
    assert [row.path for row in info] == ["a", "a/1.txt"]


def test_branches_and_tags_are_told(hub: Hub, api: HfApi) -> None:
    repository = hub.create("acme/tiny", {"README.md": CARD})
    api.create_branch("acme/tiny", branch="dev")
    api.create_tag("acme/tiny", tag="v1", revision="dev")

    refs = api.list_repo_refs("acme/tiny", include_pull_requests=True)

    assert {each.name for each in refs.branches} == {"main", "dev"}
    assert [each.target_commit for each in refs.tags] == [repository.head]
    assert refs.pull_requests == []
    assert api.model_info("acme/tiny", revision="v1").sha == repository.head


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_finds_no_fault_in_the_history(hub: Hub, tmp_path: Path) -> None:
    repository = hub.create("acme/tiny", {"README.md": CARD, "a/b.txt": "1", "a-b": "2"})
    repository.edit({"a/c/d.bin": b"\0", "README.md": "# Tiny\n"}, summary="Größer")
    write_git(repository, tmp_path)

    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", "--git-dir", tmp_path, *arguments], capture_output=True, check=True
        )
        return done.stdout.decode()

    git("fsck", "--strict", "--full")
    assert git("rev-parse", "main").strip() == repository.head
    assert git("ls-tree", "-r", "--name-only", "main").split() == repository.paths()
    assert "oid sha256:" in git("show", "main:a/c/d.bin")
    assert len(git("log", "--format=%s", "main").splitlines()) == 3


def write_git(repository: Repository, folder: Path) -> None:
    """A bare repository of git with everything that the Hub holds."""
    subprocess.run(["git", "init", "-q", "--bare", folder], check=True)
    for commit in repository.commits.values():
        for oid, (kind, body) in commit.objects().items():
            path = folder / "objects" / oid[:2] / oid[2:]
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(zlib.compress(f"{kind} {len(body)}\0".encode() + body))
    for name, oid in repository.branches.items():
        assert re.fullmatch(r"[0-9a-f]{40}", oid)
        (folder / "refs" / "heads" / name).write_text(f"{oid}\n")
