"""I find the model cards below some paths, and what lies beside each of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from carbonlabel.cards.text import LARGEST_CARD_BYTES
from carbonlabel.errors import CarbonLabelError, InputError
from carbonlabel.linting import Beside, Kept

_CARD: Final = "README.md"
_STATEMENT: Final = "carbon.json"
_ENDING: Final = ".md"
_NO_CARDS: Final = {
    ".json": "of a disclosure, carbonlabel check finds faults and explain says what is in it",
    ".csv": "of a log, carbonlabel label draws the label",
    ".pdf": "of a report, carbonlabel verify says whether it holds",
}
_HEAD_COUNT: Final = 64
_USUAL_COUNT: Final = 2**16
_LARGEST_KEPT_BYTES: Final = 10 * 2**20


@dataclass(frozen=True, slots=True)
class CardFile:
    """One card on the disk."""

    path: Path
    name: str
    """As the user would name it: the path given, and what lies below it."""

    def content(self) -> bytes:
        """Its bytes, and of a card that is too large as many as show it.

        Raises:
            InputError: it cannot be read.
        """
        try:
            with self.path.open("rb") as stream:
                # To ask for all at once would make room for 5 MiB each time.
                head = stream.read(_USUAL_COUNT)
                if len(head) < _USUAL_COUNT:
                    return head
                return head + stream.read(LARGEST_CARD_BYTES + 1 - _USUAL_COUNT)
        except OSError as bad:
            raise InputError((bad.strerror or "cannot be read").lower(), where=self.name) from bad

    @property
    def beside(self) -> Beside:
        """What is known of a disclosure in the same folder."""
        return lambda name: kept_in(self.path.with_name(Path(name).name))


@dataclass(frozen=True, slots=True)
class HubCard:
    """One card on the Hub, as it was at one commit."""

    name: str
    """Its address."""
    card: bytes
    revision: str | None
    """The commit."""
    disclosure: bytes | None
    """The carbon.json beside it."""

    def content(self) -> bytes:
        """Its bytes."""
        return self.card

    @property
    def beside(self) -> Beside:
        """What is known of the disclosure in the same repository."""
        return lambda name: (
            kept(self.disclosure, name) if name == _STATEMENT and self.disclosure else None
        )


def hub_card(address: str) -> HubCard:
    """The card of `hf:ORG/NAME[@REV]`, read from the Hub; nothing is written there.

    Raises:
        HubError: it is not there, or the Hub does not let it be read.
    """
    from carbonlabel import hub  # noqa: PLC0415 - loads the client
    from carbonlabel.hub.client import calm  # noqa: PLC0415 - as above

    calm()
    found = hub.fetch(address)
    return HubCard(found.name, found.card, found.revision, found.disclosure)


def card_files(paths: Iterable[str]) -> tuple[CardFile, ...]:
    """The cards that the paths name, and those in the folders among them, sorted and once each.

    In a folder: every README.md, and every other `*.md` that begins with a front matter; folders
    whose name begins with a dot, and links to folders, are not entered.

    Raises:
        InputError: a path is not there.
    """
    found: dict[Path, CardFile] = {}
    for path in map(Path, paths):
        if not path.exists():
            raise InputError(
                "no such card or folder", where=str(path), hint="on the Hub it is hf:ORG/NAME"
            )
        for each in _below(path) if path.is_dir() else (path,):
            found.setdefault(each, card_file(each))
    return tuple(sorted(found.values(), key=lambda each: each.path.parts))


def card_file(path: Path) -> CardFile:
    """The card at `path`, which is there.

    Raises:
        InputError: by its name it is no card, and nothing that is said of it would hold.
    """
    ending = path.suffix.lower()
    if ending in _NO_CARDS:
        raise InputError("is no model card", where=path.as_posix(), hint=_NO_CARDS[ending])
    return CardFile(path, path.as_posix())


def kept(content: bytes, name: str) -> Kept:
    """What a card of this disclosure would declare; of bytes that are no disclosure, nothing."""
    from carbonlabel.documents import hub  # noqa: PLC0415 - few cards have a disclosure beside
    from carbonlabel.record import keeping  # noqa: PLC0415 - as above
    from carbonlabel.record.canonical import digest  # noqa: PLC0415 - as above

    try:
        disclosure = keeping.load(content, name)
        emissions = hub.emissions(disclosure)
        return Kept(digest(disclosure), emissions.value if emissions else None)
    except CarbonLabelError:
        return Kept(None)


def kept_in(path: Path) -> Kept | None:
    """The same of a file; None where there is none."""
    try:
        with path.open("rb") as stream:
            content = stream.read(_LARGEST_KEPT_BYTES + 1)
    except OSError:
        return None
    return kept(content, path.name)


def _below(folder: Path) -> Iterator[Path]:
    for inside, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(inside) / name
            if name == _CARD or (name.endswith(_ENDING) and _has_front_matter(path)):
                yield path


def _has_front_matter(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD_COUNT)
    except OSError:
        return False
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"---\n", b"---\r", b"--- "))
