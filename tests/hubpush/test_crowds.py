"""Many writers on one card: what the Hub said yes to is there, and every label is whole."""

from __future__ import annotations

import itertools
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from huggingface_hub import CommitOperationAdd, HfApi
from huggingface_hub.errors import HfHubHTTPError

import carbonlabel
from carbonlabel.cards.splice import unsplice
from carbonlabel.hub import Patience, address
from carbonlabel.hub.pushing import Wish, pushed
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.record import keeping
from carbonlabel.record.canonical import digest
from tests.hub import Hub
from tests.hub.repository import Repository
from tests.hubpush.conftest import ROOT

WRITERS = 50
CARD = "---\nlicense: mit\n---\n\n# tiny\n"


@pytest.fixture
def labels() -> list[Disclosure]:
    """Ten labels with ten figures."""
    log = ROOT / "examples" / "emissions.csv"
    countries = ("FR", "PL", "DE", "IT", "ES", "SE", "NO", "GB", "NL", "BE")
    return [carbonlabel.label(log, region=country) for country in countries]


def add_line(api: HfApi, repository: Repository, line: str) -> None:
    """Somebody else adds a line to the body, as a careful program does."""
    while True:
        head = str(api.model_info("acme/tiny").sha)
        card = repository.read("README.md", head).replace(b"# tiny\n", f"# tiny\n{line}\n".encode())
        operation = CommitOperationAdd("README.md", card)
        try:
            api.create_commit("acme/tiny", [operation], commit_message=line, parent_commit=head)
        except HfHubHTTPError as refused:
            if refused.response.status_code != 412:
                raise
        else:
            return


def test_fifty_writers_lose_nothing(at_hub: Hub, api: HfApi, labels: list[Disclosure]) -> None:
    repository = at_hub.create("acme/tiny", {"README.md": CARD})

    def write(number: int) -> None:
        if number % 5:
            add_line(api, repository, f"line {number}")
        else:
            wish = Wish(is_direct=True, is_forced=True)
            pushed(labels[number // 5], address("acme/tiny"), wish, Patience())

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))

    card = repository.read("README.md")
    assert sorted(map(int, re.findall(rb"^line (\d+)$", card, re.MULTILINE))) == [
        number for number in range(WRITERS) if number % 5
    ]
    assert unsplice(card).count(b"\n") == CARD.count("\n") + 40
    assert all(len(commit.parents) == 1 for commit in repository.history()[:-1])
    assert len([each for each in repository.history() if "label" in each.summary]) == 10
    last = keeping.load(repository.read("carbon.json"))
    assert digest(last).encode() in card
    assert [path for path in repository.paths() if path.endswith(".png")] == re.findall(
        r'src="(carbonlabel/[^"]+)"', card.decode()
    )


def test_every_state_that_anybody_could_have_read_is_whole(
    at_hub: Hub, labels: list[Disclosure]
) -> None:
    repository = at_hub.create("acme/tiny", {"README.md": CARD})
    wish = Wish(is_direct=True, is_forced=True)

    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(
                lambda label: pushed(label, address("acme/tiny"), wish, Patience()), labels[:8]
            )
        )

    states = repository.history()[:-2]
    assert len(states) == 8
    for commit in states:
        card = commit.files["README.md"].content
        stated = keeping.load(commit.files["carbon.json"].content)
        assert unsplice(card) == CARD.encode()
        assert digest(stated).encode() in card
        assert {path for path in commit.files if path.endswith(".png")} == set(
            re.findall(r'src="(carbonlabel/[^"]+)"', card.decode())
        )
    assert all(newer.parents == (older.oid,) for newer, older in itertools.pairwise(states))


def test_the_same_label_from_twenty_places_is_one_commit(
    at_hub: Hub, labels: list[Disclosure]
) -> None:
    repository = at_hub.create("acme/tiny", {"README.md": CARD})

    def push(_number: int) -> str:
        wish = Wish(is_direct=True)
        return pushed(labels[0], address("acme/tiny"), wish, Patience()).act

    with ThreadPoolExecutor(20) as pool:
        acts = set(pool.map(push, range(20)))

    assert "committed" in acts <= {"committed", "unchanged"}
    assert len(repository.history()) == 3


def test_ten_proposals_of_one_account_end_in_one_open_pull_request(
    at_hub: Hub, labels: list[Disclosure]
) -> None:
    repository = at_hub.create("acme/tiny", {"README.md": CARD})

    with ThreadPoolExecutor(10) as pool:
        list(
            pool.map(lambda label: pushed(label, address("acme/tiny"), Wish(), Patience()), labels)
        )

    open_ones = [each for each in repository.discussions if not each.is_settled]
    assert [each.num for each in open_ones] == [1]
    stated = keeping.load(repository.read("carbon.json", "refs/pr/1"))
    assert digest(stated).encode() in repository.read("README.md", "refs/pr/1")
