"""I open, fill and merge the pull requests of a repository."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from tests.hub.answers import Refused
from tests.hub.changes import Change, apply, touched
from tests.hub.discussions import Discussion, Status
from tests.hub.gitobjects import Blob, Commit
from tests.hub.repository import MAIN, Repository, Words

SHORTEST_TITLE_COUNT = 3
LONGEST_TITLE_COUNT = 200


def open_discussion(
    repository: Repository, title: str, author: str, *, base: str | None = None
) -> Discussion:
    """A new discussion; with a base it is a pull request whose branch starts there."""
    if not SHORTEST_TITLE_COUNT <= len(title) <= LONGEST_TITLE_COUNT:
        raise Refused(400, "Title must be between 3 and 200 characters long")
    with repository.lock:
        num = len(repository.discussions) + 1
        at = repository.clock.tick()
        opened = Discussion(repository.id, num, title, author, at, base=base)
        if base is not None:
            repository.branches[opened.ref] = base
        repository.discussions.append(opened)
    return opened


def propose(
    repository: Repository, changes: Sequence[Change], words: Words, revision: str = MAIN
) -> tuple[Discussion, Commit]:
    """A pull request with one commit, which starts where its author had read."""
    with repository.lock:
        base = repository.at(words.parent or revision)
        files = apply(base.files, changes)
        title = words.summary[:LONGEST_TITLE_COUNT].ljust(SHORTEST_TITLE_COUNT, ".")
        opened = open_discussion(repository, title, words.author, base=base.oid)
        opened.comment(words.author, opened.at, words.description)
        made = repository.append(opened.ref, files, base.oid, words)
        note_commit(opened, made)
    return opened, made


def note_commit(pull: Discussion, made: Commit) -> None:
    """Write a commit down in its pull request."""
    body = {"subject": made.summary, "oid": made.oid}
    pull.add("commit", made.author, made.at, body)


def conflicts(repository: Repository, pull: Discussion) -> list[str]:
    """The files that both the pull request and main have changed, to different content."""
    if pull.base is None or pull.status == "merged":
        return []
    base, ours = repository.at(pull.base).files, repository.at(MAIN).files
    theirs = repository.at(pull.ref).files
    both = touched(base, theirs) & touched(base, ours)
    return sorted(path for path in both if ours.get(path) != theirs.get(path))


def merge(repository: Repository, pull: Discussion, author: str) -> Commit:
    """One commit on main that does what the pull request does; conflicts are refused."""
    with repository.lock:
        if pull.base is None or pull.status != "open":
            raise Refused(400, "Only an open pull request can be merged")
        if conflicts(repository, pull):
            raise Refused(409, "The pull request has conflicts with its target branch")
        base, theirs = repository.at(pull.base).files, repository.at(pull.ref).files
        files = dict(repository.at(MAIN).files)
        for path in touched(base, theirs):
            if path in theirs:
                files[path] = theirs[path]
            else:
                files.pop(path, None)
        words = Words(author, f"{pull.title} (#{pull.num})")
        made = repository.append(MAIN, files, repository.head, words)
        pull.merged_as = made.oid
        pull.turn(author, made.at, "merged")
    return made


def listed(
    repository: Repository, kind: str = "all", status: str = "all", author: str = ""
) -> list[Discussion]:
    """The discussions that fit, newest first; a draft counts as open, a merged one as closed."""
    with repository.lock:
        return [
            each
            for each in reversed(repository.discussions)
            if kind in {"all", "", "pull_request" if each.is_pull_request else "discussion"}
            and status in {"all", "", "closed" if each.is_settled else "open"}
            and author in {"", each.author}
        ]


def diff(repository: Repository, pull: Discussion) -> str:
    """What the pull request changes, as git would show it."""
    base, theirs = repository.at(pull.base or MAIN).files, repository.at(pull.ref).files
    return "".join(
        f"diff --git a/{path} b/{path}\n" + _text_diff(path, base.get(path), theirs.get(path))
        for path in sorted(touched(base, theirs))
    )


def _text_diff(path: str, before: Blob | None, after: Blob | None) -> str:
    old, new = (
        blob.stored.decode("utf-8", "replace").splitlines(keepends=True) if blob else []
        for blob in (before, after)
    )
    names = (f"a/{path}" if before else "/dev/null", f"b/{path}" if after else "/dev/null")
    return "".join(difflib.unified_diff(old, new, *names))


def settle(
    repository: Repository, pull: Discussion, author: str, status: Status
) -> dict[str, object]:
    """The event of a discussion that is closed or opened again; a merged one stays merged."""
    with repository.lock:
        if pull.status == "merged":
            raise Refused(400, "A merged pull request cannot change its status")
        return pull.turn(author, repository.clock.tick(), status)
