"""Many writers at once: whatever the Hub said yes to is there, and nothing else."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from huggingface_hub import CommitOperationAdd, HfApi
from huggingface_hub.errors import HfHubHTTPError

from tests.hub import Hub
from tests.hub.repository import Repository

WRITERS = 50


def at_once(write: Callable[[int], object]) -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))


def is_one_line(repository: Repository) -> bool:
    """Every commit but the first has the one before it as its parent."""
    pairs = itertools.pairwise(repository.history())
    return all(newer.parents == (older.oid,) for newer, older in pairs)


def test_fifty_writers_of_fifty_files_lose_none(hub: Hub, api: HfApi) -> None:
    repository = hub.create("acme/tiny")

    def write(number: int) -> None:
        operations = [CommitOperationAdd(f"{number}.txt", f"{number}".encode())]
        api.create_commit("acme/tiny", operations, commit_message=f"{number}")

    at_once(write)

    assert {repository.read(f"{number}.txt") for number in range(WRITERS)} == {
        f"{number}".encode() for number in range(WRITERS)
    }
    assert len(repository.history()) == WRITERS + 1
    assert is_one_line(repository)


def test_fifty_pull_requests_get_fifty_numbers(hub: Hub, api: HfApi) -> None:
    repository = hub.create("acme/tiny")

    def propose(number: int) -> int | None:
        operations = [CommitOperationAdd("a.txt", f"{number}".encode())]
        done = api.create_commit("acme/tiny", operations, commit_message="A change", create_pr=True)
        return done.pr_num

    at_once(propose)

    assert [each.num for each in repository.discussions] == list(range(1, WRITERS + 1))
    assert len({repository.read("a.txt", each.ref) for each in repository.discussions}) == WRITERS


def test_of_fifty_writers_on_one_head_one_wins(hub: Hub, api: HfApi) -> None:
    repository = hub.create("acme/tiny")
    read = repository.head

    def write(number: int) -> int:
        operations = [CommitOperationAdd("a.txt", f"{number}".encode())]
        try:
            api.create_commit(
                "acme/tiny", operations, commit_message=f"{number}", parent_commit=read
            )
        except HfHubHTTPError as refused:
            return refused.response.status_code
        return 200

    with ThreadPoolExecutor(WRITERS) as pool:
        statuses = sorted(pool.map(write, range(WRITERS)))

    assert statuses == [200] + [412] * (WRITERS - 1)
    assert len(repository.history()) == 2


def test_fifty_writers_who_read_again_after_412_keep_every_line(hub: Hub, api: HfApi) -> None:
    repository = hub.create("acme/tiny", {"log.txt": ""})

    def write(number: int) -> None:
        while not _added(api, repository, f"{number}\n".encode()):
            pass

    at_once(write)

    assert sorted(map(int, repository.read("log.txt").split())) == list(range(WRITERS))
    assert is_one_line(repository)


def _added(api: HfApi, repository: Repository, line: bytes) -> bool:
    """Whether the line got in before anybody else's."""
    head = str(api.model_info("acme/tiny").sha)
    operations = [CommitOperationAdd("log.txt", repository.read("log.txt", head) + line)]
    try:
        api.create_commit("acme/tiny", operations, commit_message="x", parent_commit=head)
    except HfHubHTTPError as refused:
        if refused.response.status_code != 412:
            raise
        return False
    return True
