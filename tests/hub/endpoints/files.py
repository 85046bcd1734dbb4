"""I hand out files: their bytes at a revision, and listings of folders."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

from tests.hub.answers import Answer, Refused, refusal, reply, stamp
from tests.hub.calls import Call
from tests.hub.endpoints.paging import page
from tests.hub.gitobjects import Blob, Commit, folders_of, write_tree
from tests.hub.repository import Repository
from tests.hub.shelf import Shelf


def resolve(shelf: Shelf, call: Call) -> Answer:
    """The bytes of a file; for a large one, those behind the pointer."""
    commit, blob, headers = _found(shelf, call)
    if blob is None:
        return refusal(404, "Entry not found", "EntryNotFound", X_Repo_Commit=commit.oid)
    if blob.lfs:
        headers |= {"X-Linked-Etag": f'"{blob.sha256}"', "X-Linked-Size": str(len(blob.content))}
    return _ranged(call, blob.content, headers)


def raw(shelf: Shelf, call: Call) -> Answer:
    """The bytes that git keeps; for a large file, the pointer."""
    commit, blob, headers = _found(shelf, call)
    if blob is None:
        return refusal(404, "Entry not found", "EntryNotFound", X_Repo_Commit=commit.oid)
    return _ranged(call, blob.stored, headers)


def _found(shelf: Shelf, call: Call) -> tuple[Commit, Blob | None, dict[str, str]]:
    commit = shelf.readable(call).at(call.places["rev"])
    path = call.places["path"]
    blob = commit.files.get(path)
    name = path.rpartition("/")[2].encode("ascii", "replace").decode()
    headers = {
        "X-Repo-Commit": commit.oid,
        "ETag": f'"{blob.remote_oid}"' if blob else "",
        "Accept-Ranges": "bytes",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Disposition": f'inline; filename="{name}"',
    }
    return commit, blob, headers


def _ranged(call: Call, content: bytes, headers: dict[str, str]) -> Answer:
    wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", call.headers.get("Range", ""))
    if wanted is None:
        return Answer(200, headers, content)
    start, size = int(wanted[1]), len(content)
    if start >= size:
        return Answer(416, {**headers, "Content-Range": f"bytes */{size}"})
    part = content[start : int(wanted[2] or size - 1) + 1]
    span = f"bytes {start}-{start + len(part) - 1}/{size}"
    return Answer(206, {**headers, "Content-Range": span}, part)


def tree(shelf: Shelf, call: Call) -> Answer:
    """What is in a folder, with all below it if asked for."""
    repository = shelf.readable(call)
    commit = repository.at(call.places["rev"])
    folder = call.places.get("path", "")
    if folder and folder not in folders_of(commit.files):
        raise Refused(404, f"{folder} does not exist", "EntryNotFound", X_Repo_Commit=commit.oid)
    rows = [
        _row(repository, commit, path, last=call.asks("expand"))
        for path in sorted({*commit.files, *folders_of(commit.files)})
        if _is_below(path, folder, deep=call.asks("recursive"))
    ]
    return page(shelf, call, rows)


def paths_info(shelf: Shelf, call: Call) -> Answer:
    """What is known of some paths; those that are not there are left out."""
    repository = shelf.readable(call)
    commit = repository.at(call.places["rev"])
    form = parse_qs(call.body.decode())
    asked = [path.strip("/") for path in form.get("paths", [])]
    there = {*commit.files, *folders_of(commit.files)}
    last = form.get("expand", ["false"])[0].lower() == "true"
    return reply([_row(repository, commit, path, last=last) for path in asked if path in there])


def _is_below(path: str, folder: str, *, deep: bool) -> bool:
    prefix = f"{folder}/" if folder else ""
    return path.startswith(prefix) and (deep or "/" not in path[len(prefix) :])


def _row(repository: Repository, commit: Commit, path: str, *, last: bool) -> dict[str, Any]:
    blob = commit.files.get(path)
    told: dict[str, Any] = {"type": "directory", "oid": _folder_oid(commit, path), "size": 0}
    if blob is not None:
        told = {"type": "file", "oid": blob.oid, "size": len(blob.content)}
        if blob.lfs:
            sizes = {"size": len(blob.content), "pointerSize": len(blob.stored)}
            told["lfs"] = {"oid": blob.sha256, **sizes}
    if last:
        changed = next(_changes_of(repository, commit, path))
        told["lastCommit"] = {
            "id": changed.oid,
            "title": changed.summary,
            "date": stamp(changed.at),
        }
    return {**told, "path": path}


def _folder_oid(commit: Commit, folder: str) -> str:
    prefix = f"{folder}/"
    inside = {
        path[len(prefix) :]: blob for path, blob in commit.files.items() if path.startswith(prefix)
    }
    return write_tree(inside, {})


def _changes_of(repository: Repository, commit: Commit, path: str) -> Iterator[Commit]:
    """The commits, newest first, whose parent held something else under the path."""
    behind = repository.history(commit.oid)
    for newer, older in itertools.pairwise(behind):
        if _held(newer, path) != _held(older, path):
            yield newer
    yield behind[-1]


def _held(commit: Commit, path: str) -> dict[str, Blob]:
    return {
        name: blob
        for name, blob in commit.files.items()
        if name == path or name.startswith(f"{path}/")
    }


def history(shelf: Shelf, call: Call) -> Answer:
    """The commits behind a revision, newest first."""
    commits = shelf.readable(call).history(call.places["rev"])
    return page(shelf, call, [_commit_row(each) for each in commits])


def _commit_row(commit: Commit) -> dict[str, Any]:
    return {
        "id": commit.oid,
        "title": commit.summary,
        "message": commit.description,
        "date": stamp(commit.at),
        "authors": [{"user": commit.author}],
        "formatted": {"title": commit.summary, "message": commit.description},
    }
