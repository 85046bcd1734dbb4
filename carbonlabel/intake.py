"""I open what strangers give us: bounded, hashed, and decoded line by line."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BufferedIOBase, BytesIO
from itertools import islice
from pathlib import Path
from typing import Final

from carbonlabel.errors import InputError, MalformedInput

LOG_LIMIT: Final = 2**30
LINE_LIMIT: Final = 2**16
DOCUMENT_LIMIT: Final = 10 * 2**20
FILE_LIMIT: Final = 64 * 2**20
"""Of a report, a picture or a statement."""
HEAD_SIZE: Final = 2**12
_TOO_LARGE: Final = "the file is larger than 1 GiB"
_LOOKED_AT_COUNT: Final = 2**10
_LIKENESS: Final = 0.85
_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Log:
    """One file as its reader meets it: a name without its path, and bytes under limits."""

    name: str
    """The file's name; for standard input, `<stdin>`."""
    path: Path | None = None
    """Where it lies, to find its siblings; never shown."""
    content: bytes | None = None
    """Its bytes, where it does not lie anywhere."""

    @cached_property
    def head(self) -> bytes:
        """The first 4 KiB, without a byte order mark."""
        with self._open() as stream:
            return stream.read(HEAD_SIZE).removeprefix(_BOM)

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of all bytes, in hexadecimal."""
        with self._open() as stream:
            digest = hashlib.sha256()
            while block := stream.read(LINE_LIMIT):
                digest.update(block)
            return digest.hexdigest()

    def lines(self) -> Iterator[tuple[int, str]]:
        """Each line with its number from 1, without its end; LF, CRLF and CR all end a line.

        Raises:
            MalformedInput: a line over 64 KiB, a NUL byte, or text that is not UTF-8.
        """
        with self._open() as stream:
            for number, line in enumerate(_split(stream, self.name), 1):
                clean = line.removeprefix(_BOM) if number == 1 else line
                yield number, _decoded(clean, self.name, number)

    def document(self) -> str:
        """The whole text of a file of at most 10 MiB.

        Raises:
            MalformedInput: the file is larger, holds a NUL byte, or is not UTF-8.
        """
        with self._open() as stream:
            data = stream.read(DOCUMENT_LIMIT + 1)
        if len(data) > DOCUMENT_LIMIT:
            raise MalformedInput(
                "the file is larger than 10 MiB", where=self.name, hint="is it the right file?"
            )
        return _decoded(data.removeprefix(_BOM), self.name, None)

    def siblings(self) -> tuple[str, ...]:
        """Names of the other files in the same folder, sorted; none if it cannot be listed."""
        if self.path is None:
            return ()
        try:
            names = [entry.name for entry in self.path.parent.iterdir() if entry.is_file()]
        except OSError:
            return ()
        return tuple(sorted(name for name in names if name != self.path.name))

    def sibling(self, name: str) -> Log:
        """The file called `name` in the same folder."""
        if self.path is None:
            raise InputError(f"standard input has no file {name} beside it")
        return open_log(self.path.with_name(name))

    def _open(self) -> BufferedIOBase:
        if self.path is None:
            return BytesIO(self.content or b"")
        try:
            return self.path.open("rb")
        except OSError as bad:
            raise InputError(_why(bad), where=self.name) from bad


def open_log(path: Path) -> Log:
    """The file at `path`, ready to be recognised.

    What comes through a pipe can be read but once, and is kept.

    Raises:
        InputError: it is not there, cannot be read, or is over 1 GiB.
    """
    name = _readable(path)
    try:
        status = path.stat()
        if stat.S_ISFIFO(status.st_mode):
            # A shell's <(...) has a number for a name, another one each time.
            return Log("<stdin>" if name.isdigit() else name, content=_poured(path))
    except OSError as bad:
        raise InputError(_why(bad), where=name or str(path), hint=_near(path, bad)) from bad
    if status.st_size > LOG_LIMIT and path.is_file():
        raise InputError(_TOO_LARGE, where=name, hint="split it")
    return Log(name, path=path)


def _poured(path: Path) -> bytes:
    with path.open("rb") as stream:
        content = stream.read(LOG_LIMIT + 1)
    if len(content) > LOG_LIMIT:
        raise InputError(_TOO_LARGE, where=path.name, hint="split it")
    return content


def _readable(path: Path) -> str:
    """The file's name as text: bytes that are no UTF-8 are escaped."""
    return os.fsencode(path.name).decode("utf-8", "backslashreplace")


def _near(path: Path, bad: OSError) -> str | None:
    """A file in the same folder that may be meant."""
    if not isinstance(bad, FileNotFoundError):
        return None
    import difflib  # noqa: PLC0415 - only a slip asks for names like it

    try:
        names = [entry.name for entry in islice(path.parent.iterdir(), _LOOKED_AT_COUNT)]
    except OSError:
        return f"there is no folder {path.parent}"
    near = difflib.get_close_matches(path.name, sorted(names), n=1, cutoff=_LIKENESS)
    return f"did you mean {_readable(path.with_name(near[0]))}?" if near else None


def content_of(path: Path, *, most_bytes: int = FILE_LIMIT, hint: str | None = None) -> bytes:
    """All bytes of the file at `path`, `most_bytes` of them at most: a whole number of MiB.

    Raises:
        InputError: it cannot be read, then with the hint, or it is larger.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(most_bytes + 1)
    except OSError as bad:
        raise InputError(_why(bad), where=path.name, hint=_near(path, bad) or hint) from bad
    if len(content) > most_bytes:
        raise InputError(
            f"is larger than {most_bytes // 2**20} MiB",
            where=path.name,
            hint="is it the right file?",
        )
    return content


def _why(bad: OSError) -> str:
    return (bad.strerror or "cannot be read").lower().removeprefix("[errno]")


def _split(stream: BufferedIOBase, name: str) -> Iterator[bytes]:
    rest = b""
    while block := stream.read(LINE_LIMIT):
        *whole, last = (rest + block).splitlines(keepends=True)
        # A CR at the end of a block may be half of a CRLF.
        rest = b"" if last.endswith(b"\n") else last
        yield from (line.rstrip(b"\r\n") for line in (whole if rest else [*whole, last]))
        if len(rest) > LINE_LIMIT:
            raise MalformedInput(
                "a line is longer than 64 KiB", where=name, hint="is it a text log?"
            )
    if rest:
        yield rest.rstrip(b"\r\n")


def _decoded(data: bytes, name: str, number: int | None) -> str:
    where = name if number is None else f"{name}:{number}"
    if b"\0" in data:
        raise MalformedInput(
            "holds a NUL byte: this is no UTF-8 text", where=where, hint="save it as UTF-8"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as bad:
        raise MalformedInput(
            f"byte {bad.start} is not UTF-8", where=where, hint="save it as UTF-8"
        ) from bad
