"""A program that is killed: the repository is as it was or complete; the next push ends well."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from carbonlabel.cards.splice import unsplice
from tests.conftest import Run
from tests.hub import Hub, Slow
from tests.hub.answers import Answer
from tests.hub.calls import Call
from tests.hub.faults import Proceed
from tests.hub.repository import Repository
from tests.hubpush.conftest import CARD, ROOT

PUSH = ("push", "acme/tiny", "examples/emissions.csv", "--region", "FR")
PATIENCE_S = 60


@contextmanager
def killed_at(hub: Hub, settings: dict[str, str], name: str, *flags: str) -> Iterator[None]:
    """A push in a process of its own, killed while this call of it is being answered."""
    arrived, gone = threading.Event(), Slow(PATIENCE_S)

    def hold(call: Call, proceed: Proceed) -> Answer:
        arrived.set()
        return gone(call, proceed)

    hub.on(name, hold)
    process = subprocess.Popen(
        [sys.executable, "-m", "carbonlabel", *PUSH, *flags],
        cwd=ROOT,
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert arrived.wait(PATIENCE_S)
    process.send_signal(signal.SIGKILL)
    process.wait(PATIENCE_S)
    gone.woken.set()
    hub.script.clear()
    yield


def is_complete(repository: Repository, revision: str = "main") -> bool:
    card = repository.read("README.md", revision)
    return (
        b"co2_eq_emissions" in card
        and unsplice(card) == CARD.encode()
        and "carbon.json" in repository.paths(revision)
    )


@pytest.mark.parametrize("name", ["resolve", "validate-yaml", "preupload", "large-put"])
def test_killed_before_the_commit_nothing_has_changed(
    hub: Hub, hub_settings: dict[str, str], carbonlabel: Run, name: str
) -> None:
    repository = hub.create("acme/tiny", {"README.md": CARD})
    head = repository.head

    with killed_at(hub, hub_settings, name, "--direct"):
        assert repository.head == head

    again = carbonlabel(*PUSH, "--direct", **hub_settings)
    assert again.status == 0, again.err
    assert is_complete(repository)
    assert len(repository.history()) == 3


def test_killed_while_the_commit_is_on_its_way_it_is_made_once(
    hub: Hub, hub_settings: dict[str, str], carbonlabel: Run
) -> None:
    repository = hub.create("acme/tiny", {"README.md": CARD})

    with killed_at(hub, hub_settings, "commit", "--direct"):
        pass

    again = carbonlabel(*PUSH, "--direct", **hub_settings)
    assert again.status == 0, again.err
    assert is_complete(repository)
    assert len(repository.history()) == 3


def test_killed_while_the_pull_request_is_on_its_way_there_is_one(
    hub: Hub, hub_settings: dict[str, str], carbonlabel: Run
) -> None:
    repository = hub.create("acme/tiny", {"README.md": CARD})

    with killed_at(hub, hub_settings, "commit"):
        pass

    again = carbonlabel(*PUSH, **hub_settings)
    assert again.status == 0, again.err
    assert [each.num for each in repository.discussions if not each.is_settled] == [1]
    assert is_complete(repository, "refs/pr/1")
