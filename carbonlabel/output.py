"""I write documents to disk: whole or not at all."""

from __future__ import annotations

import os
import shlex
import shutil
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from carbonlabel import registry
from carbonlabel.errors import CarbonLabelError, WriteError
from carbonlabel.intake import content_of
from carbonlabel.plugins import Options

if TYPE_CHECKING:
    from carbonlabel.cards.splice import Spliced
    from carbonlabel.model.disclosure import Disclosure

SET: Final = ("json", "svg", "svg-dark", "png", "markdown", "card", "html", "pdf")
ENDINGS: Final = {
    ".svg": "svg",
    ".png": "png",
    ".pdf": "pdf",
    ".md": "markdown",
    ".html": "html",
    ".json": "json",
    ".tex": "latex",
    ".bib": "bibtex",
    ".csv": "csv",
}
"""How names of documents end, and what is drawn into a file of that name."""
_BESIDE_A_CARD: Final = ("json", "png")
_CARD_LIMIT: Final = 5 * 2**20


class Written(NamedTuple):
    """What became of a set of documents."""

    files: tuple[str, ...]
    """Names of the files written, in their order."""
    kept: str | None = None
    """The model card that was left alone because it is not ours."""


def write(path: Path, content: bytes) -> None:
    """Put `content` where `path` says, in one step; the file's mode stays.

    A device or a pipe is written to and stays what it is.

    Raises:
        WriteError: the disk is full, the target is read-only or a link, or its folder is not there.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(content)
            return
        _refuse_link(path)
        _replace(path, content)
    except OSError as bad:
        raise _not_written(bad, path) from bad


def write_set(disclosure: Disclosure, folder: Path, looks: Options | None = None) -> Written:
    """Draw every document into `folder`; nothing is written unless all can be drawn.

    A README.md that is there already is edited only if it has our section, else it is left. For
    the public all documents are of the version that is made for it.

    Raises:
        RenderError: a document cannot be drawn.
        WriteError: the folder cannot be written.
    """
    from carbonlabel.cards.splice import has_block  # noqa: PLC0415 - costs start-up time
    from carbonlabel.documents.redaction import version  # noqa: PLC0415 - as above

    if folder.suffix.lower() in ENDINGS and not folder.exists():
        raise WriteError(
            "is called like one document, and all of them go into a folder",
            where=str(folder),
            hint="name a folder; render draws one document",
        )
    chosen = looks or Options()
    disclosure = version(disclosure, chosen.profile)
    drawn = {name: _rendered(disclosure, name, chosen) for name in SET}
    card = folder / "README.md"
    kept = None
    if card.exists():
        old = read_card(card)
        if has_block(old):
            drawn["card"] = ("README.md", inscribed(disclosure, old, card.name).card)
        else:
            del drawn["card"]
            kept = card.name
    files = dict(drawn.values())
    _write_all(folder, files)
    return Written(tuple(files), kept)


def write_card(
    disclosure: Disclosure, card: Path, *, force: bool = False, replace_generated: bool = False
) -> Spliced:
    """Put the label into a model card, and beside it the picture and the disclosure it shows.

    With `replace_generated` the sections on emissions that a training library wrote go.

    Raises:
        CardRefused: the card cannot be edited without touching a foreign byte.
        WriteError: a file cannot be written, or a foreign carbon.json stands beside the card.
    """
    for each in (card, card.with_name("carbon.json")):
        _refuse_device(each)
    before = read_card(card) if card.exists() else b""
    edited = inscribed(disclosure, before, card.name, replace_generated=replace_generated)
    if not force:
        _refuse_foreign(card.with_name("carbon.json"))
    beside = dict(_rendered(disclosure, name, Options()) for name in _BESIDE_A_CARD)
    _write_all(card.parent, {**beside, card.name: edited.card})
    return edited


def inscribed(
    disclosure: Disclosure, card: bytes, name: str, *, replace_generated: bool = False
) -> Spliced:
    """The card with the label in it, and what became of an older figure."""
    from carbonlabel.cards.generated import without_generated  # noqa: PLC0415 - costs start-up time
    from carbonlabel.cards.splice import Inscription, splice  # noqa: PLC0415 - costs start-up time
    from carbonlabel.documents import modelcard  # noqa: PLC0415 - costs start-up time

    inscription = Inscription(modelcard.metadata(disclosure), modelcard.section(disclosure))
    rest = without_generated(card, name) if replace_generated else card
    return splice(rest, inscription, name=name)


def without_label(card: Path) -> bytes:
    """The card with our key and our section taken out."""
    from carbonlabel.cards.splice import unsplice  # noqa: PLC0415 - costs start-up time

    return unsplice(read_card(card), name=card.name)


def read_card(path: Path) -> bytes:
    """A card's bytes, 5 MiB of them at most.

    Raises:
        InputError: it cannot be read or is larger.
    """
    return content_of(path, most_bytes=_CARD_LIMIT)


def _rendered(disclosure: Disclosure, name: str, looks: Options) -> tuple[str, bytes]:
    renderer = registry.renderer(name)
    return renderer.file_name, renderer.render(disclosure, looks)


def _refuse_foreign(path: Path) -> None:
    from carbonlabel.record import keeping  # noqa: PLC0415 - costs start-up time

    if not path.exists():
        return
    try:
        keeping.load(path.read_bytes(), path.name)
    except CarbonLabelError as bad:
        raise WriteError(
            "a file of this name is there, and it is no disclosure",
            where=path.name,
            hint="move it away, or use --force",
        ) from bad


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    # All bytes go to disk first, in a folder beside the target; only then are names exchanged.
    for name in files:
        _refuse_link(folder / name)
        _refuse_device(folder / name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        waiting = Path(tempfile.mkdtemp(prefix=".carbonlabel-", dir=folder))
    except OSError as bad:
        raise _not_written(bad, folder) from bad
    try:
        for name, content in files.items():
            _settle(waiting / name, content, folder / name)
        for name in files:
            (waiting / name).replace(folder / name)
    except OSError as bad:
        raise _not_written(bad, folder) from bad
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def _replace(path: Path, content: bytes) -> None:
    number, waiting = tempfile.mkstemp(prefix=".carbonlabel-", dir=path.parent)
    os.close(number)
    try:
        _settle(Path(waiting), content, path)
        Path(waiting).replace(path)
    finally:
        with suppress(FileNotFoundError):
            Path(waiting).unlink()


def _refuse_link(path: Path) -> None:
    # To exchange names would cut the link; to write through it could alter a cache that is shared.
    if path.is_symlink():
        raise WriteError(
            "a symbolic link stands there, and links are left alone",
            where=str(path),
            hint="name the file that it leads to, or remove the link",
        )


def _refuse_device(path: Path) -> None:
    # To exchange names would take a device or a pipe away, and every other program needs it.
    if path.exists() and not path.is_file() and not path.is_dir():
        raise WriteError(
            "a device or a pipe stands there, and a set of files needs names of its own",
            where=str(path),
            hint="name a file in a folder of yours",
        )


def _settle(waiting: Path, content: bytes, target: Path) -> None:
    """Write and flush `content`, with the mode of the file it will replace."""
    with waiting.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    waiting.chmod(_mode(target))


def _mode(target: Path) -> int:
    try:
        status = target.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
    if not stat.S_IMODE(status.st_mode) & stat.S_IWUSR:
        raise PermissionError(13, "read-only file", str(target))
    return stat.S_IMODE(status.st_mode)


def _not_written(bad: OSError, path: Path) -> WriteError:
    reason = (bad.strerror or "unknown reason").lower()
    remedy = "name another place"
    match bad:
        case FileNotFoundError() if not path.parent.exists():
            reason = "its folder is not there"
            remedy = f"make it first: mkdir -p {shlex.quote(str(path.parent))}"
        case IsADirectoryError():
            reason, remedy = "a folder of this name is there", "name a file in it"
        case FileExistsError() | NotADirectoryError():
            reason, remedy = "a folder is needed, and this is a file", "name a folder"
    return WriteError(
        f"cannot be written: {reason}", where=str(path), hint=f"nothing was changed; {remedy}"
    )
