"""I find every file below some paths and name it below the folder that holds them all."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from carbonlabel.errors import InputError
from carbonlabel.intake import Log
from carbonlabel.model.project import Unread

FILES_LIMIT: Final = 2**20
_LINKED: Final = "a link to a folder is not followed; name the folder it leads to"
_BACKUP: Final = ".bak"


@dataclass(frozen=True, slots=True)
class Found:
    """One file."""

    path: Path
    name: str
    """`seed-1/emissions.csv`: its name below the folder that holds all."""
    is_named: bool
    """Whether the user named the file itself, and not a folder around it."""


@dataclass(slots=True)
class Walk:
    """What lies below some paths, each file once."""

    root: Path
    _found: dict[Path, Found] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    """Folders that were not entered."""

    def files(self) -> tuple[Found, ...]:
        """Every file, sorted by folder and name, whatever the order in which paths were given."""
        return tuple(sorted(self._found.values(), key=lambda each: each.name.split("/")))

    def enter(self, path: Path) -> None:
        """Take a file, or every file in a folder and below it."""
        if not path.is_dir():
            self._take(path, is_named=True)
            return
        waiting = [path]
        while waiting:
            waiting += self._within(waiting.pop())

    def _within(self, folder: Path) -> Iterator[Path]:
        for entry in self._entries(folder):
            path = folder / entry.name
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield path
            elif entry.is_file():
                self._take(path, is_named=False)
            elif entry.is_dir():
                self._refuse(path, "linked-folder", _LINKED)

    def _entries(self, folder: Path) -> Sequence[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return tuple(entries)
        except OSError as bad:
            why = (bad.strerror or "cannot be read").lower()
            self._refuse(folder, InputError.code, f"the folder cannot be listed: {why}")
            return ()

    def _take(self, path: Path, *, is_named: bool) -> None:
        if is_named or path not in self._found:
            self._found[path] = Found(path, _below(self.root, path), is_named)
        if len(self._found) > FILES_LIMIT:
            raise InputError(f"there are over {FILES_LIMIT} files", hint="collect a smaller folder")

    def _refuse(self, path: Path, code: str, message: str) -> None:
        self.unread.append(Unread(file=_below(self.root, path), code=code, message=message))


def walk(paths: Iterable[Path]) -> Walk:
    """Every file of some paths and below them; links to folders and hidden names are passed over.

    Raises:
        InputError: a path does not exist, or there are over a million files.
    """
    places = sorted({_absolute(path) for path in paths})
    found = Walk(_common([place if place.is_dir() else place.parent for place in places]))
    for place in places:
        if not place.exists():
            raise InputError("no such file or folder", where=place.name or str(place))
        found.enter(place)
    return found


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files of one folder that are collected."""

    names: tuple[str, ...]
    """Sorted, without backups."""
    backups: frozenset[str]
    is_whole: bool
    """Whether all files of the folder are collected, and not just some that were named."""


def shelves(files: Iterable[Found]) -> Mapping[Path, Shelf]:
    """The folders of some files."""
    held: defaultdict[Path, list[Found]] = defaultdict(list)
    for each in files:
        held[each.path.parent].append(each)
    return {folder: _shelf(within) for folder, within in held.items()}


def _shelf(files: Sequence[Found]) -> Shelf:
    names = sorted(each.path.name for each in files)
    backups = frozenset(name for name in names if name.endswith(_BACKUP))
    others = tuple(name for name in names if name not in backups)
    return Shelf(others, backups, is_whole=not all(each.is_named for each in files))


@dataclass(frozen=True, kw_only=True)
class ShelvedLog(Log):
    """A log whose backups are collected like itself: to its reader, they do not stand beside it."""

    shelf: Shelf

    def siblings(self) -> tuple[str, ...]:
        """The other files in its folder, but for the backups that are read themselves."""
        # A folder may hold thousands of logs: it is listed once, and not for each of them.
        names = self.shelf.names if self.shelf.is_whole else super().siblings()
        return tuple(name for name in names if name != self.name and name not in self.shelf.backups)


def printable_name(path: Path) -> str:
    """The file's name as text that every program can read, whatever its bytes."""
    return os.fsencode(path.name).decode("utf-8", "backslashreplace")


def _absolute(path: Path) -> Path:
    # Without following links: a link that the user names is a name of the user's own.
    return Path(os.path.normpath(path.absolute()))


def _common(folders: Sequence[Path]) -> Path:
    shared: list[str] = []
    for parts in zip(*(folder.parts for folder in folders), strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    return Path(*shared)


def _below(root: Path, path: Path) -> str:
    inner = path.relative_to(root)
    return os.fsencode(inner.as_posix()).decode("utf-8", "backslashreplace")
