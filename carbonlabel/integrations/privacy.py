"""I keep out of the public what a log tells of a person or a place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Final

from carbonlabel import output
from carbonlabel.errors import InputError, MalformedInput
from carbonlabel.intake import open_log
from carbonlabel.readers.codecarbon.columns import BLANK, Header, header, is_codecarbon, is_header
from carbonlabel.readers.codecarbon.rows import aligned

COORDINATES: Final = ("longitude", "latitude")
_IGNORE: Final = ".gitignore"
_ENDINGS: Final = (".csv", ".bak")
_FIELD: Final = re.compile(r'("(?:[^"]|"")*"|[^,"]*)(,|$)')
_BOM: Final = "\ufeff"
_SYSTEM: Final = re.compile(r"[A-Za-z]+")
_FOLDERS: Final = re.compile(r".*[/\\]")


def strip(log: str | PathLike[str]) -> tuple[str, ...]:
    """Blank what tells of a person or a place in a table of CodeCarbon, in place.

    Longitude and latitude go, of the operating system only its name stays, and of a path in
    `project_name` only its last part. No figure changes, and no other byte. Returns the names of
    the columns in which something was blanked.

    Raises:
        InputError: it is no table of CodeCarbon, or a row of it cannot be told apart.
        WriteError: it cannot be written.
    """
    path = Path(log)
    content, blanked = _stripped(path)
    if blanked:
        output.write(path, content.encode())
    return blanked


def prepared(folder: Path, used: Sequence[Path], *, strip: bool, keep_out: bool) -> Iterator[str]:
    """Make the logs of a folder ready for its upload, and say in a line each what was done.

    `used` are the logs that the label is made from; with `keep_out` they stay, of whatever format.

    Raises:
        InputError: a table cannot be stripped.
        WriteError: a file cannot be written.
    """
    tables = tuple(_tables(folder))
    if keep_out:
        here = (each for each in used if each.parent == folder)
        yield from _kept_out(folder, sorted({each.name for each in (*tables, *here)}))
        return
    for table in tables:
        blanked = strip and _strip(table)
        if blanked:
            yield (
                f"{table.name} goes public with the card: what it held under "
                f"{', '.join(blanked)} was blanked or cut short (strip=False leaves it)"
            )
        elif not strip and _has_coordinates(table):
            yield (
                f"{table.name} goes public with the card, and holds coordinates of the machine: "
                "strip=True blanks them, keep_log_out=True keeps the log here"
            )


_strip = strip


def _tables(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir() if folder.is_dir() else ()):
        if path.is_file() and path.suffix in _ENDINGS and is_codecarbon(open_log(path)):
            yield path


def _kept_out(folder: Path, names: Sequence[str]) -> Iterator[str]:
    ignore = folder / _IGNORE
    old = ignore.read_text("utf-8") if ignore.is_file() else ""
    new = [name for name in names if name not in old.splitlines()]
    if new:
        gap = "" if not old or old.endswith("\n") else "\n"
        added = "".join(f"{name}\n" for name in new)
        output.write(ignore, f"{old}{gap}{added}".encode())
        yield f"{', '.join(new)} stays here: it is named in {_IGNORE}, which uploads heed"


def _has_coordinates(table: Path) -> bool:
    try:
        return bool({*COORDINATES} & {*_stripped(table)[1]})
    except InputError:
        return True


def _stripped(path: Path) -> tuple[str, tuple[str, ...]]:
    log = open_log(path)
    if not is_codecarbon(log):
        raise InputError(
            "this is no table of CodeCarbon, and of no other log is it known what to blank",
            where=path.name,
            hint="keep_log_out=True keeps it out of an upload",
        )
    sieve = _Sieve(path.name)
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            text = "".join(sieve.line(number, line) for number, line in enumerate(stream, 1))
    except UnicodeDecodeError as bad:
        raise MalformedInput("the table is not UTF-8", where=path.name) from bad
    return text, tuple(sorted(sieve.blanked))


class _Sieve:
    """Takes line after line through, under the header that holds for it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.blanked: set[str] = set()
        self._header: Header | None = None

    def line(self, number: int, line: str) -> str:
        mark = _BOM if line.startswith(_BOM) else ""
        body = line.removeprefix(mark).rstrip("\r\n")
        cells = _cells(body)
        if cells is None:
            raise _unclear(f"{self.name}:{number}")
        texts = [_bare(cell) for cell in cells]
        if is_header(texts):
            self._header = header(texts, where=f"{self.name}:{number}")
        elif body.strip() and self._header is not None:
            self._blank(cells, texts, number, self._header)
        return f"{mark}{','.join(cells)}{line[len(mark) + len(body) :]}"

    def _blank(self, cells: list[str], texts: Sequence[str], number: int, names: Header) -> None:
        row = aligned(texts, names, file=self.name, line=number)
        if row.repair in {"ambiguous", "unreadable"}:
            raise _unclear(row.place)
        for name, clean in _CLEAN.items():
            text = row.fields.get(name, "")
            if text.lower() in BLANK or clean(text) == text:
                continue
            cells[self._place(name, text, texts, names)] = clean(text)
            self.blanked.add(name)

    def _place(self, name: str, text: str, texts: Sequence[str], names: Header) -> int:
        """Where a value stands: under its name, or in a shifted row where it is found alone."""
        if name in names.names and len(texts) == names.width:
            at = names.names.index(name)
            if texts[at] == text:
                return at
        places = [at for at, each in enumerate(texts) if each == text]
        if len(places) != 1:
            raise _unclear(self.name)
        return places[0]


def _nothing(_text: str) -> str:
    return ""


def _system(text: str) -> str:
    found = _SYSTEM.match(text)
    return found[0] if found else ""


def _last_part(text: str) -> str:
    return _FOLDERS.sub("", text)


_CLEAN: Final[Mapping[str, Callable[[str], str]]] = {
    "longitude": _nothing,
    "latitude": _nothing,
    "os": _system,
    "project_name": _last_part,
}


def _cells(line: str) -> list[str] | None:
    """The fields of a line as they are written; None where its quotes do not match."""
    cells, at = [], 0
    while found := _FIELD.match(line, at):
        cells.append(found[1])
        at = found.end()
        if not found[2]:
            return cells if at == len(line) else None
    return None


def _bare(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell


def _unclear(where: str) -> MalformedInput:
    return MalformedInput(
        "which field is which cannot be told here, so nothing was blanked",
        where=where,
        hint="keep_log_out=True keeps the log out of an upload",
    )
