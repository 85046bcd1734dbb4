"""I give what a command has made: to standard output, to files, to the person."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Final

from carbonlabel import console, desk, registry
from carbonlabel.commands.asking import UsageError
from carbonlabel.errors import WriteError

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.plugins import Options

_BINARY: Final = frozenset({"pdf", "png", "social"})
_PIXELS: Final = frozenset({"png", "social"})
_FLAGS: Final = {"templates": "--template"}

Wanted = tuple[str, Path | None]


def wanted(options: argparse.Namespace) -> list[Wanted]:
    """Each `FORMAT[=FILE]` as a format and a file; None is standard output.

    One format without a file takes the name that -o gives, instead of the whole set.
    """
    wanted = [_wish(each) for each in options.to]
    _refuse_twins(wanted)
    loose = [name for name, file in wanted if file is None]
    if len(loose) > 1:
        raise UsageError(f"only one document fits on stdout; say where: -t {loose[-1]}=FILE")
    if loose and options.output is not None:
        target, options.output = _target(Path(options.output), loose[0]), None
        return [(name, file or target) for name, file in wanted]
    refuse_file(options)
    if loose and loose[0] in _BINARY and sys.stdout.isatty():
        raise UsageError(f"{loose[0]} is no text for a terminal; say -t {loose[0]}=FILE")
    return wanted


def _wish(specification: str) -> Wanted:
    name, equals, file = specification.partition("=")
    if equals and not file:
        raise UsageError(f"-t {specification} names no file; for standard output: -t {name}")
    registry.renderer(name)
    return name, None if file in {"", "-"} else Path(file)


def _refuse_twins(wanted: Sequence[Wanted]) -> None:
    """Of two documents in one file the first would be lost."""
    files: dict[Path, str] = {}
    for name, file in wanted:
        if file is None or (file.exists() and not file.is_file()):
            continue
        where = file.absolute()
        if where in files:
            raise UsageError(f"{files[where]} and {name} would both be written to {file}")
        files[where] = name


def refuse_file(options: argparse.Namespace) -> None:
    """A whole set goes into a folder, and nobody means one that is called report.pdf."""
    path = Path(options.output or "")
    if path.is_file():
        raise UsageError(f"-o names a folder for all documents, and {path} is a file")
    if not path.suffix or path.is_dir():
        return
    from carbonlabel.output import ENDINGS  # noqa: PLC0415 - few folders have an ending

    name = ENDINGS.get(path.suffix.lower())
    if name is not None:
        raise UsageError(f"-o names a folder for all documents; for one: -t {name} -o {path}")


def spare(inputs: Iterable[str], files: Iterable[str | Path | None]) -> None:
    """Nothing is written over what it is made from."""
    read = {Path(each).absolute() for each in inputs}
    for file in files:
        if file is not None and Path(file).absolute() in read:
            raise UsageError(f"{file} is what is read here, and would be lost: name another file")


def _target(path: Path, name: str) -> Path:
    return path / registry.renderer(name).file_name if path.is_dir() else path


def draw(
    disclosure: Disclosure,
    drawn: Sequence[Wanted],
    options: argparse.Namespace,
    *,
    is_shown: bool = False,
) -> None:
    """Draw the documents that were asked for, all of them before any is written.

    `is_shown` says that the label in the terminal comes after them.
    """
    looks = _looks(options)
    whole_set = options.output is not None
    formats = [name for name, _ in drawn]
    if is_shown and not formats and not whole_set:
        formats = ["terminal"]
    _refuse_idle(looks, formats, whole_set=whole_set)
    contents = [(desk.render(disclosure, name, options=looks), file) for name, file in drawn]
    for content, file in contents:
        if file is None:
            write(content)
        else:
            _write_file(content, file)
            say(options, f"Wrote {file}")
    if options.output is not None:
        from carbonlabel import output  # noqa: PLC0415 - only a whole set needs it

        written = output.write_set(disclosure, Path(options.output), looks)
        say(options, f"Wrote {', '.join(written.files)} in {options.output}")
        if written.kept:
            card = Path(options.output) / written.kept
            say(options, f"Left {card} as it is; to put the label in:")
            say(options, f"  carbonlabel embed {card} {card.with_name('carbon.json')}")
    _tell_of_codes(disclosure, drawn, looks, options)


def _tell_of_codes(
    disclosure: Disclosure, drawn: Sequence[Wanted], looks: Options, options: argparse.Namespace
) -> None:
    """Say which names a picture in pixels holds as codes, and how it is drawn with letters."""
    pictures = [str(file) for name, file in drawn if file and name in _PIXELS]
    if options.output is not None:
        pictures.append(str(Path(options.output) / registry.renderer("png").file_name))
    if looks.fonts == "machine" or not pictures:
        return
    from carbonlabel.documents.face import face  # noqa: PLC0415 - only pictures need it
    from carbonlabel.documents.png import undrawn  # noqa: PLC0415 - as above
    from carbonlabel.documents.redaction import version  # noqa: PLC0415 - as above

    names = undrawn(face(version(disclosure, looks.profile)))
    if names:
        more = f" and {len(names) - 1} more" if names[1:] else ""
        say(options, f"{', '.join(pictures)}: boxes of codes stand for letters of {names[0]}{more}")
        say(options, "  to draw them with the fonts of this machine: --fonts machine")


def _looks(options: argparse.Namespace) -> Options:
    folder = Path(options.template) if options.template else None
    if folder is not None and not folder.is_dir():
        raise UsageError(f"--template {folder}: no such folder")
    if options.recipient is not None and options.profile != "regulator":
        raise UsageError("--recipient is of a regulator's annex: say --profile regulator too")
    from carbonlabel.plugins import Options  # noqa: PLC0415 - only verbs that draw need it

    return Options(
        theme=options.theme,
        scale=options.scale,
        fonts=options.fonts,
        language=options.language,
        venue=options.venue,
        profile=options.profile,
        recipient=options.recipient,
        scope=options.scope,
        templates=folder,
    )


def _refuse_idle(looks: Options, formats: Sequence[str], *, whole_set: bool) -> None:
    """An option that changes none of the documents is a mistake of the person who gave it."""
    chosen = [each.name for each in fields(looks) if getattr(looks, each.name) != each.default]
    if not chosen or not (formats or whole_set):
        return
    from carbonlabel import output  # noqa: PLC0415 - only verbs that write need it

    heeded = [_heeds(name) for name in (*formats, *(output.SET if whole_set else ()))]
    for option in chosen:
        if all(each is not None and option not in each for each in heeded):
            drawn = "these documents" if whole_set else " and ".join(formats)
            flag = _FLAGS.get(option, f"--{option}")
            raise UsageError(f"{flag} changes nothing in {drawn}{_heeding(option)}")


def _heeding(option: str) -> str:
    known = [name for name in registry.names(registry.DOCUMENTS) if option in (_heeds(name) or ())]
    return f"; it is for {', '.join(known)}" if known else ""


def _heeds(name: str) -> tuple[str, ...] | None:
    """The options that change a document; None where its renderer does not say."""
    return getattr(registry.renderer(name), "heeds", None)


def as_json(value: object) -> bytes:
    """A value as JSON for people and programs."""
    return f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode()


def put(content: bytes, file: str | None) -> None:
    """Write into a file, or to standard output where none is named."""
    if file in {None, "-"}:
        write(content)
    else:
        _write_file(content, Path(str(file)))


def _write_file(content: bytes, file: Path) -> None:
    from carbonlabel import output  # noqa: PLC0415 - only verbs that write files need it

    output.write(file, content)


def say(options: argparse.Namespace, line: str) -> None:
    """Tell the person a line, unless they want quiet."""
    if not options.quiet:
        console.tell(line)


def write(content: bytes) -> None:
    """Write to standard output: bytes, not text, so that every locale gets the same document."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as bad:
        raise WriteError(
            f"cannot be written: {(bad.strerror or 'it is closed').lower()}", where="<stdout>"
        ) from bad
