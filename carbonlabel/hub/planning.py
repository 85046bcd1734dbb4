"""I work out what a push would change in a repository, at one fixed commit."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fnmatch import fnmatch
from typing import Final

from carbonlabel.cards.anatomy import anatomy
from carbonlabel.cards.changes import unified
from carbonlabel.cards.generated import remarks, without_generated
from carbonlabel.cards.splice import splice
from carbonlabel.cards.text import LARGEST_CARD_BYTES
from carbonlabel.errors import CarbonLabelError, FigureDiffers, HubError, WriteError
from carbonlabel.hub.address import CARD, STATEMENT
from carbonlabel.hub.contents import FOLDER, Contents
from carbonlabel.hub.remote import Entry, Parcel, Remote, State
from carbonlabel.intake import DOCUMENT_LIMIT
from carbonlabel.record import keeping

_ATTRIBUTES: Final = ".gitattributes"
_ATTRIBUTES_LIMIT: Final = 2**20
_PICTURE: Final = re.compile(rf"{FOLDER}/label-([0-9a-f]{{12}})\.png")
_KB: Final = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would change, and what it was worked out from."""

    state: State
    before: bytes
    """The card; empty where there is none."""
    after: bytes
    additions: Mapping[str, bytes]
    """Only files that are not there yet, or differ."""
    deletions: tuple[str, ...]
    """Pictures of older labels that the card no longer shows."""
    is_new: Mapping[str, bool]
    """Of each added file, whether the repository has none of that name."""
    replaced: str | None
    """The figure that goes, as it stood."""
    replaces_generated: bool
    """Whether the sections on emissions that a training library wrote go."""

    @property
    def is_empty(self) -> bool:
        """Whether the repository has all of it already."""
        return not self.additions and not self.deletions

    def diff(self) -> bytes:
        """The change of the card, line by line."""
        return unified(self.before, self.after, CARD)

    def files(self) -> Iterator[str]:
        """A line for each file: its name, and what becomes of it."""
        for path, content in self.additions.items():
            if self.is_new[path]:
                yield f"{path}  new, {_size(content)}"
            elif path == CARD:
                yield f"{path}  edited, {self._lines()}"
            else:
                yield f"{path}  replaced, {_size(content)}"
        yield from (f"{path}  deleted" for path in self.deletions)

    def cut(self) -> bytes:
        """The generated sections that go, line by line."""
        if not self.replaces_generated:
            return b""
        return unified(self.before, without_generated(self.before, CARD), CARD)

    def remarks(self) -> tuple[str, ...]:
        """A line for each generated section that stays beside the label."""
        return remarks(self.after, CARD)

    def parcel(self, title: str, description: str) -> Parcel:
        """The commit that makes it so."""
        return Parcel(
            parent=self.state.commit,
            title=title,
            description=description,
            additions=self.additions,
            deletions=self.deletions,
        )

    def _lines(self) -> str:
        changed = [line[:1] for line in self.diff().splitlines()[2:]]
        return f"+{changed.count(b'+')} -{changed.count(b'-')} lines"


def planned(
    remote: Remote, contents: Contents, revision: str, *, force: bool, is_ours: bool = False
) -> Plan:
    """What would change in a revision of a repository.

    `is_ours` says that nobody but us has said yes to what stands in that revision: a figure that a
    label of ours declares there may then be another one.

    Raises:
        HubError: the Hub cannot be asked, or keeps the card as a large file.
        CardRefused: the card cannot be edited without touching a foreign byte.
        FigureDiffers: the card declares another figure.
        WriteError: a foreign carbon.json is in the way.
    """
    state = remote.state(revision)
    wanted = (CARD, STATEMENT, _ATTRIBUTES, contents.picture_path)
    there = remote.entries(wanted, state.commit)
    _refuse_large(remote, there, state)
    before = _content(remote, there.get(CARD), state, LARGEST_CARD_BYTES)
    after, replaced = _edited(remote, before, contents, force=force, is_ours=is_ours)
    if not force:
        _refuse_foreign(remote, there.get(STATEMENT), contents, state)
    files = {
        CARD: after,
        STATEMENT: contents.statement,
        contents.picture_path: contents.picture,
    }
    additions = {path: file for path, file in files.items() if not _is(there.get(path), file)}
    return Plan(
        state=state,
        before=before,
        after=after,
        additions=additions,
        deletions=_unused(remote, before, after, state),
        is_new={path: path not in there for path in additions},
        replaced=replaced,
        replaces_generated=contents.replaces_generated,
    )


def _refuse_large(remote: Remote, there: Mapping[str, Entry], state: State) -> None:
    """Refuse a card in the large-file store: the Hub would not read its metadata there."""
    attributes = _content(remote, there.get(_ATTRIBUTES), state, _ATTRIBUTES_LIMIT)
    card = there.get(CARD)
    if (card is not None and card.sha256 is not None) or _is_large(CARD, attributes):
        raise HubError(
            f"{CARD} is kept as a large file, of which the Hub reads no metadata",
            where=str(remote.address),
            hint=f"take {CARD} out of the patterns in {_ATTRIBUTES}",
        )


def _is_large(path: str, attributes: bytes) -> bool:
    """Whether .gitattributes sends a file of the top folder to the large-file store."""
    large = False
    for line in attributes.decode("utf-8", "replace").splitlines():
        pattern, *given = line.split() or ["#"]
        if not pattern.startswith("#") and fnmatch(path, pattern.removeprefix("/")):
            large = "filter=lfs" in given or (large and not {"-filter", "!filter"} & {*given})
    return large


def _content(remote: Remote, entry: Entry | None, state: State, most_bytes: int) -> bytes:
    return remote.content(entry, state.commit, most_bytes) if entry else b""


def _edited(
    remote: Remote, before: bytes, contents: Contents, *, force: bool, is_ours: bool
) -> tuple[bytes, str | None]:
    """The card with the label, and the figure that stood there, if it goes."""
    old = anatomy(before, CARD)
    rest = without_generated(before, CARD) if contents.replaces_generated else before
    after = splice(rest, contents.inscription, name=CARD).card
    new = anatomy(after, CARD).figure
    if old.figure is None or _is_same(old.figure, new):
        return after, None
    if not force and not (is_ours and old.has_our_key):
        whose = "an older label" if old.has_our_key else "somebody else"
        says = f"{new} g" if new else "no figure"
        raise FigureDiffers(
            f"the card declares {old.figure} (by {whose}), the new label {says}",
            where=f"{remote.address} {CARD}",
            hint="find out which one is right; --force replaces the old one",
        )
    return after, old.figure


def _is_same(old: str, new: str | None) -> bool:
    """Whether two figures are the same number, however they are written."""
    if new is None or old == new:
        return old == new
    try:
        return Decimal(old) == Decimal(new)
    except InvalidOperation:
        return False


def _refuse_foreign(remote: Remote, entry: Entry | None, contents: Contents, state: State) -> None:
    if entry is None or _is(entry, contents.statement):
        return
    is_small = entry.size_bytes <= DOCUMENT_LIMIT
    content = remote.content(entry, state.commit, DOCUMENT_LIMIT) if is_small else b""
    try:
        keeping.load(content, STATEMENT)
    except CarbonLabelError as bad:
        raise WriteError(
            "a file of this name is there, and it is no disclosure",
            where=f"{remote.address} {STATEMENT}",
            hint="move it away, or replace it with --force",
        ) from bad


def _unused(remote: Remote, before: bytes, after: bytes, state: State) -> tuple[str, ...]:
    """Pictures of ours, as they were drawn, that the card showed and shows no more."""
    old, new = (
        {found[0]: found[1] for found in _PICTURE.finditer(card.decode("utf-8", "replace"))}
        for card in (before, after)
    )
    gone = [path for path in sorted(old) if path not in new]
    there = remote.entries(gone, state.commit) if gone else {}
    return tuple(
        path for path, entry in there.items() if _digest(remote, entry, state).startswith(old[path])
    )


def _digest(remote: Remote, entry: Entry, state: State) -> str:
    """The SHA-256 of a picture; of one that is none of ours for its size, an empty text."""
    if entry.sha256 is not None:
        return entry.sha256
    if entry.size_bytes > DOCUMENT_LIMIT:
        return ""
    return hashlib.sha256(remote.content(entry, state.commit, DOCUMENT_LIMIT)).hexdigest()


def _is(entry: Entry | None, content: bytes) -> bool:
    return entry is not None and entry.is_of(content)


def _size(content: bytes) -> str:
    return f"{max(1, round(len(content) / _KB))} KiB"
