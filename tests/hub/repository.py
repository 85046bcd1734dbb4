"""I am one repository: its commits, its refs, its community tab, and who may see it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from tests.hub.answers import STALE, Refused
from tests.hub.changes import Change, Put, apply
from tests.hub.clock import Clock
from tests.hub.discussions import Discussion
from tests.hub.gitobjects import Blob, Commit
from tests.hub.uploads import ATTRIBUTES, is_large

Kind = Literal["model", "dataset", "space"]
MAIN: Final = "main"
SHORTEST_OID_COUNT: Final = 7


@dataclass(frozen=True)
class Words:
    """What a commit says of itself, and which commit its author had read."""

    author: str
    summary: str = "Edit"
    description: str = ""
    parent: str | None = None


@dataclass
class Repository:
    """One repository; take `lock` to do several steps as one."""

    id: str
    kind: Kind = "model"
    clock: Clock = field(default_factory=Clock)
    private: bool = False
    gated: Literal["auto", "manual"] | None = None
    granted: set[str] = field(default_factory=set)
    """Names of those who were let into a gated repository."""
    discussions_off: bool = False
    branches: dict[str, str] = field(default_factory=dict)
    """Branches and pull requests (`refs/pr/N`) → commit id."""
    tags: dict[str, str] = field(default_factory=dict)
    commits: dict[str, Commit] = field(default_factory=dict, repr=False)
    discussions: list[Discussion] = field(default_factory=list, repr=False)
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def __post_init__(self) -> None:
        """Begin as the Hub does: with one commit that holds .gitattributes."""
        first = {".gitattributes": Blob(ATTRIBUTES.encode())}
        self._append(MAIN, first, (), Words(self.namespace, "initial commit"))

    @property
    def namespace(self) -> str:
        """The user or organisation that it belongs to."""
        return self.id.partition("/")[0]

    @property
    def head(self) -> str:
        """The id of the newest commit on main."""
        return self.branches[MAIN]

    def at(self, revision: str = MAIN) -> Commit:
        """The commit that a branch, tag, pull request or (short) id names; else it is refused."""
        with self.lock:
            oid = self.branches.get(revision) or self.tags.get(revision) or revision
            if oid in self.commits:
                return self.commits[oid]
            if len(oid) >= SHORTEST_OID_COUNT:
                for known in self.commits:
                    if known.startswith(oid):
                        return self.commits[known]
        raise Refused(404, f"Invalid rev id: {revision}", "RevisionNotFound")

    def read(self, path: str, revision: str = MAIN) -> bytes:
        """The content of a file; KeyError if it is not there."""
        return self.at(revision).files[path].content

    def paths(self, revision: str = MAIN) -> list[str]:
        """The files of a revision, sorted."""
        return sorted(self.at(revision).files)

    def history(self, revision: str = MAIN) -> list[Commit]:
        """The commits behind a revision, newest first."""
        with self.lock:
            return list(self._walk(self.at(revision)))

    def _walk(self, newest: Commit) -> Iterator[Commit]:
        at: Commit | None = newest
        while at is not None:
            yield at
            at = self.commits[at.parents[0]] if at.parents else None

    def commit(self, changes: Sequence[Change], words: Words, revision: str = MAIN) -> Commit:
        """One commit on a branch; refused with 412 if its author had read an older head."""
        with self.lock:
            if revision not in self.branches:
                raise Refused(404, f"Invalid rev id: {revision}", "RevisionNotFound")
            head = self.at(revision)
            if words.parent is not None and not head.oid.startswith(words.parent):
                raise Refused(412, STALE)
            return self._append(revision, apply(head.files, changes), (head.oid,), words)

    def edit(
        self,
        files: Mapping[str, bytes | str],
        *,
        author: str = "somebody",
        summary: str = "Edit",
        revision: str = MAIN,
    ) -> Commit:
        """A commit by somebody who does not go through the client, as a test makes it."""
        attributes = self.at(revision).files.get(".gitattributes", Blob(b"")).content
        puts = []
        for path, content in files.items():
            content_bytes = content.encode() if isinstance(content, str) else content
            large = is_large(path, content_bytes, len(content_bytes), attributes)
            puts.append(Put(path, Blob(content_bytes, lfs=large)))
        return self.commit(puts, Words(author, summary), revision)

    def append(self, branch: str, files: Mapping[str, Blob], parent: str, words: Words) -> Commit:
        """A commit with this snapshot, on a branch that may be new."""
        with self.lock:
            return self._append(branch, files, (parent,), words)

    def _append(
        self, branch: str, files: Mapping[str, Blob], parents: tuple[str, ...], words: Words
    ) -> Commit:
        made = Commit(
            dict(files), parents, words.author, words.summary, words.description, self.clock.tick()
        )
        self.commits[made.oid] = made
        self.branches[branch] = made.oid
        return made
