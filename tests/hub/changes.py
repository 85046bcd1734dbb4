"""I am what one commit does to a snapshot: files put, files and folders deleted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.hub.answers import Refused
from tests.hub.gitobjects import Blob, Files

NOT_THERE = "A file with this name doesn't exist"


@dataclass(frozen=True)
class Put:
    """A file is written, or written anew."""

    path: str
    blob: Blob


@dataclass(frozen=True)
class Drop:
    """A file, or a whole folder, goes."""

    path: str
    folder: bool = False


Change = Put | Drop


def apply(files: Files, changes: Iterable[Change]) -> dict[str, Blob]:
    """The snapshot after the changes, in their order; a bad path or a missing file is refused."""
    after = dict(files)
    for change in changes:
        _check(change.path)
        match change:
            case Put(path, blob):
                _make_room(after, path)
                after[path] = blob
            case Drop(path, folder):
                _drop(after, path.rstrip("/"), folder=folder)
    return after


def _check(path: str) -> None:
    parts = path.rstrip("/").split("/")
    if any(part in {"", ".", "..", ".git"} for part in parts):
        raise Refused(400, f"Invalid path: {path!r}")


def _make_room(files: dict[str, Blob], path: str) -> None:
    """In git a name is a file or a folder, never both."""
    parents = {path[:at] for at, letter in enumerate(path) if letter == "/"}
    for name in [name for name in files if name in parents or name.startswith(f"{path}/")]:
        del files[name]


def _drop(files: dict[str, Blob], path: str, *, folder: bool) -> None:
    gone = [name for name in files if name.startswith(f"{path}/")] if folder else []
    gone += [path] if path in files and not folder else []
    if not gone:
        raise Refused(404, NOT_THERE, "EntryNotFound")
    for name in gone:
        del files[name]


def touched(before: Files, after: Files) -> set[str]:
    """The paths that differ between two snapshots."""
    return {path for path in {*before, *after} if before.get(path) != after.get(path)}
