"""I am all that the Hub keeps: repositories, large files and the holders of tokens."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Final

from tests.hub.accounts import Bearer, people
from tests.hub.answers import BAD_TOKEN, LOGIN, OPEN_A_PR, READ_ONLY, Refused
from tests.hub.calls import Call
from tests.hub.clock import Clock
from tests.hub.discussions import Discussion
from tests.hub.repository import Kind, Repository

KINDS: Final[dict[str, Kind]] = {"models": "model", "datasets": "dataset", "spaces": "space"}


@dataclass
class Shelf:
    """The state of the Hub, and the questions of access that every endpoint asks."""

    endpoint: str = ""
    page_count: int = 100
    """How many entries a page of a listing has."""
    clock: Clock = field(default_factory=Clock)
    bearers: dict[str, Bearer] = field(default_factory=people)
    repositories: dict[tuple[Kind, str], Repository] = field(default_factory=dict)
    large_files: dict[str, bytes] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def bearer_of(self, call: Call) -> Bearer | None:
        """Who sent the call; a token that nobody holds is refused."""
        scheme, _, token = call.headers.get("Authorization", "").partition(" ")
        if not scheme:
            return None
        if token not in self.bearers:
            raise Refused(401, BAD_TOKEN)
        return self.bearers[token]

    def known(self, call: Call) -> Bearer:
        """Who sent the call; nobody in particular is refused."""
        if call.bearer is None:
            raise Refused(401, LOGIN)
        return call.bearer

    def all(self, kind: Kind) -> list[Repository]:
        """The repositories of a kind, oldest first."""
        with self.lock:
            return [each for (a_kind, _), each in self.repositories.items() if a_kind == kind]

    def sees(self, bearer: Bearer | None, repository: Repository) -> bool:
        """Whether a repository is public, or private to this person."""
        return not repository.private or (
            bearer is not None and bearer.is_member(repository.namespace)
        )

    def repository(self, call: Call) -> Repository:
        """The repository that a call names, unless it is hidden from the caller."""
        kind = KINDS[call.places["kind"]]
        found = self.repositories.get((kind, call.repo))
        if found is not None and self.sees(call.bearer, found):
            return found
        if call.bearer is None:
            # The Hub does not tell strangers whether a repository exists.
            raise Refused(401, LOGIN)
        raise Refused(404, "Repository not found", "RepoNotFound")

    def readable(self, call: Call) -> Repository:
        """The same, unless its files are gated and the caller was not let in."""
        found = self.repository(call)
        if not found.gated or self._is_let_in(call.bearer, found):
            return found
        told = f"Access to {found.kind} {found.id} is restricted"
        if call.bearer is None:
            login = "You must have access to it and be authenticated to access it. Please log in."
            raise Refused(401, f"{told}. {login}", "GatedRepo")
        visit = f"Visit {self.web(found)} to ask for access."
        raise Refused(403, f"{told} and you are not in the authorized list. {visit}", "GatedRepo")

    def _is_let_in(self, bearer: Bearer | None, repository: Repository) -> bool:
        return bearer is not None and (
            bearer.is_member(repository.namespace) or bearer.name in repository.granted
        )

    def writable(self, call: Call, revision: str = "") -> Repository:
        """The same, if the caller may commit to the revision."""
        found, bearer = self.readable(call), self.known(call)
        if bearer.may_write(found.id) or self._is_own_pull(bearer, found, revision):
            return found
        if bearer.may_propose() and not bearer.is_member(found.namespace):
            raise Refused(403, OPEN_A_PR)
        raise Refused(403, READ_ONLY)

    def proposable(self, call: Call) -> Repository:
        """The same, if the caller may open a discussion or pull request."""
        found, bearer = self.readable(call), self.known(call)
        if not bearer.may_propose():
            raise Refused(403, READ_ONLY)
        if found.discussions_off:
            raise Refused(403, "Discussions are disabled for this repo")
        return found

    def _is_own_pull(self, bearer: Bearer, repository: Repository, revision: str) -> bool:
        return bearer.may_propose() and any(
            pull.is_pull_request and pull.ref == revision and pull.author == bearer.name
            for pull in repository.discussions
        )

    def discussion(self, call: Call, repository: Repository) -> Discussion:
        """The discussion that a call names."""
        for each in repository.discussions:
            if str(each.num) == call.places["num"]:
                return each
        raise Refused(404, "Discussion not found")

    def web(self, repository: Repository, *rest: object) -> str:
        """The address of a page of a repository."""
        prefix = "" if repository.kind == "model" else f"{repository.kind}s/"
        return "/".join(map(str, (self.endpoint, prefix + repository.id, *rest)))
