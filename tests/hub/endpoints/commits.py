"""I take commits: what travels how, and then the commit itself."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from tests.hub.answers import Answer, Refused, reply
from tests.hub.calls import Call
from tests.hub.cards import judge
from tests.hub.changes import Change, Drop, Put
from tests.hub.gitobjects import Blob, Commit
from tests.hub.pulls import note_commit, propose
from tests.hub.repository import Repository, Words
from tests.hub.shelf import Shelf
from tests.hub.uploads import LARGEST_REGULAR_BYTES, is_large, matches


def validate_card(shelf: Shelf, call: Call) -> Answer:  # noqa: ARG001 - the signature of endpoints
    """The verdict on the text of a card."""
    verdict = judge(call.json().get("content", ""))
    return reply(verdict.envelope(), 400 if verdict.error else 200)


def preupload(shelf: Shelf, call: Call) -> Answer:
    """For each file: how it is to travel, and the id of what stands there now."""
    asked, revision = call.json(), call.places["rev"]
    repository = _target(shelf, call)
    files = repository.at(revision).files
    attributes = _attributes(asked["files"], files.get(".gitattributes"))
    ignored = (asked.get("gitIgnore") or "").splitlines()
    return reply({"files": [_plan(each, files, attributes, ignored) for each in asked["files"]]})


def _target(shelf: Shelf, call: Call) -> Repository:
    if call.asks("create_pr"):
        return shelf.proposable(call)
    return shelf.writable(call, call.places["rev"])


def _attributes(asked: list[dict[str, Any]], present: Blob | None) -> bytes:
    """A .gitattributes that is uploaded with the files already counts for them."""
    for each in asked:
        if each["path"] == ".gitattributes":
            return base64.b64decode(each["sample"])
    return present.content if present else b""


def _plan(
    asked: Mapping[str, Any], files: Mapping[str, Blob], attributes: bytes, ignored: list[str]
) -> dict[str, Any]:
    path, sample = asked["path"], base64.b64decode(asked["sample"])
    large = is_large(path, sample, asked["size"], attributes)
    plan = {
        "path": path,
        "uploadMode": "lfs" if large else "regular",
        "shouldIgnore": any(matches(path, line.strip()) for line in ignored),
    }
    return plan | ({"oid": files[path].remote_oid} if path in files else {})


def commit(shelf: Shelf, call: Call) -> Answer:
    """One commit on a branch or, with `create_pr`, on a new pull request."""
    repository, revision = _target(shelf, call), call.places["rev"]
    words = _words(shelf, call)
    changes = [_change(shelf, line) for line in call.lines() if line["key"] != "header"]
    _check_card(changes)
    if call.asks("create_pr"):
        opened, made = propose(repository, changes, words, revision)
        return _told(shelf, repository, made, shelf.web(repository, "discussions", opened.num))
    with repository.lock:
        pulls = [each for each in repository.discussions if each.ref == revision]
        if any(pull.status == "merged" for pull in pulls):
            raise Refused(403, "This pull request is merged")
        made = repository.commit(changes, words, revision)
        for pull in pulls:
            note_commit(pull, made)
    return _told(shelf, repository, made)


def _told(shelf: Shelf, repository: Repository, made: Commit, pull_url: str = "") -> Answer:
    told = {
        "success": True,
        "commitOid": made.oid,
        "commitUrl": shelf.web(repository, "commit", made.oid),
        "hookOutput": "",
    }
    return reply(told | ({"pullRequestUrl": pull_url} if pull_url else {}))


def _words(shelf: Shelf, call: Call) -> Words:
    for line in call.lines():
        if line["key"] == "header":
            header = line["value"]
            name = shelf.known(call).name
            description = header.get("description", "")
            return Words(name, header["summary"], description, header.get("parentCommit"))
    raise Refused(400, "The commit has no header")


def _change(shelf: Shelf, line: Mapping[str, Any]) -> Change:
    match line:
        case {"key": "file", "value": {"path": path, "content": text, "encoding": "base64"}}:
            content = base64.b64decode(text)
            if len(content) > LARGEST_REGULAR_BYTES:
                raise Refused(400, f"{path} is larger than 10 MiB: use the large-file store")
            return Put(path, Blob(content))
        case {"key": "file", "value": {"path": path, "content": text}}:
            return Put(path, Blob(text.encode()))
        case {"key": "lfsFile", "value": {"path": path, "oid": oid}}:
            if oid not in shelf.large_files:
                raise Refused(400, f"LFS pointer pointed to a file that does not exist: {path}")
            return Put(path, Blob(shelf.large_files[oid], lfs=True))
        case {"key": "deletedFile", "value": {"path": path}}:
            return Drop(path)
        case {"key": "deletedFolder", "value": {"path": path}}:
            return Drop(path, folder=True)
        case _:
            raise Refused(400, f"Unknown operation: {line.get('key')}")


def _check_card(changes: list[Change]) -> None:
    for change in changes:
        if isinstance(change, Put) and change.path == "README.md":
            verdict = judge(change.blob.stored.decode("utf-8", "replace"))
            if verdict.error:
                raise Refused(400, f"Invalid metadata in README.md. {verdict.error}")
