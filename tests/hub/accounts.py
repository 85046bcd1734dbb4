"""I am who stands behind a token, and what that token may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Role = Literal["read", "write", "fineGrained"]

ALICE: Final = "hf_alice"
"""Writes to her own repositories and to those of `acme`."""
ALICE_READS: Final = "hf_alice_reads"
"""The same person with a token that may only read."""
BOB: Final = "hf_bob"
"""Somebody else: he may open pull requests in public repositories."""


@dataclass(frozen=True)
class Bearer:
    """The holder of a token; `orgs` maps an organisation to the role in it."""

    name: str
    role: Role = "write"
    orgs: Mapping[str, str] = field(default_factory=dict)
    scopes: tuple[str, ...] = ()
    """Namespaces and repositories that a fine-grained token may write."""

    def is_member(self, namespace: str) -> bool:
        """Whether private repositories of the namespace can be seen."""
        return namespace == self.name or namespace in self.orgs

    def may_write(self, repo_id: str) -> bool:
        """Whether commits to the repository's branches are allowed."""
        namespace = repo_id.partition("/")[0]
        match self.role:
            case "read":
                return False
            case "fineGrained":
                return namespace in self.scopes or repo_id in self.scopes
            case "write":
                return namespace == self.name or self.orgs.get(namespace) in {"admin", "write"}

    def may_propose(self) -> bool:
        """Whether discussions and pull requests can be opened."""
        return self.role != "read"


def people() -> dict[str, Bearer]:
    """The holders of tokens that every Hub starts with."""
    return {
        ALICE: Bearer("alice", orgs={"acme": "admin"}),
        ALICE_READS: Bearer("alice", role="read", orgs={"acme": "admin"}),
        BOB: Bearer("bob"),
    }
