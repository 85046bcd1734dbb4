"""I am the objects of git: blobs, trees and commits under their true ids."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

Objects = dict[str, tuple[str, bytes]]
"""What a repository of git holds: id → (type, body)."""


def git_oid(kind: str, body: bytes) -> str:
    """The id that git gives to an object.

    >>> git_oid("blob", b"")
    'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'
    """
    return hashlib.sha1(f"{kind} {len(body)}\0".encode() + body, usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Blob:
    """The bytes of one file; a large one stands in its tree as a pointer."""

    content: bytes
    lfs: bool = False

    @cached_property
    def sha256(self) -> str:
        """The id of the content in the large-file store."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def stored(self) -> bytes:
        """What git itself keeps: the content, or the pointer to it."""
        if not self.lfs:
            return self.content
        return (
            "version https://git-lfs.github.com/spec/v1\n"
            f"oid sha256:{self.sha256}\nsize {len(self.content)}\n"
        ).encode()

    @cached_property
    def oid(self) -> str:
        """The id of the object in git."""
        return git_oid("blob", self.stored)

    @property
    def remote_oid(self) -> str:
        """The id by which the client knows an unchanged file."""
        return self.sha256 if self.lfs else self.oid


Files = Mapping[str, Blob]
"""A whole snapshot: path → blob."""


@dataclass(frozen=True)
class Commit:
    """One commit with the whole snapshot it stands for."""

    files: Files
    parents: tuple[str, ...]
    author: str
    summary: str
    description: str
    at: datetime

    @property
    def message(self) -> str:
        """Summary and description as git joins them."""
        return f"{self.summary}\n\n{self.description}".strip() + "\n"

    @cached_property
    def body(self) -> bytes:
        """The commit object, byte for byte."""
        person = f"{self.author} <{self.author}@users.example> {int(self.at.timestamp())} +0000"
        lines = [f"tree {self.tree_oid}", *(f"parent {oid}" for oid in self.parents)]
        lines += [f"author {person}", f"committer {person}", "", self.message]
        return "\n".join(lines).encode()

    @cached_property
    def oid(self) -> str:
        """The id of the commit."""
        return git_oid("commit", self.body)

    @cached_property
    def tree_oid(self) -> str:
        """The id of the root tree."""
        return write_tree(self.files, {})

    def objects(self) -> Objects:
        """Every object that the commit needs, its parents aside."""
        found: Objects = {self.oid: ("commit", self.body)}
        write_tree(self.files, found)
        found.update((blob.oid, ("blob", blob.stored)) for blob in self.files.values())
        return found


def folders_of(paths: Iterable[str]) -> set[str]:
    """Every folder that the paths imply.

    >>> sorted(folders_of(["a/b/c.txt", "d"]))
    ['a', 'a/b']
    """
    return {path[:at] for path in paths for at, letter in enumerate(path) if letter == "/"}


def write_tree(files: Files, into: Objects) -> str:
    """The id of the tree of a snapshot; the tree and its subtrees are put into `into`."""
    entries: dict[str, tuple[bytes, str]] = {}
    for name, inside in _by_first_name(files).items():
        if "" in inside:
            entries[name] = (b"100644", inside[""].oid)
        else:
            # Git sorts a folder as if its name ended in a slash.
            entries[f"{name}/"] = (b"40000", write_tree(inside, into))
    body = b"".join(
        mode + b" " + key.rstrip("/").encode() + b"\0" + bytes.fromhex(oid)
        for key, (mode, oid) in sorted(entries.items(), key=lambda entry: entry[0].encode())
    )
    oid = git_oid("tree", body)
    into[oid] = ("tree", body)
    return oid


def _by_first_name(files: Files) -> dict[str, dict[str, Blob]]:
    groups: dict[str, dict[str, Blob]] = {}
    for path, blob in files.items():
        first, _, rest = path.partition("/")
        groups.setdefault(first, {})[rest] = blob
    return groups
