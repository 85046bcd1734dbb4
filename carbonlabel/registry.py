"""I know who can read and who can write, ours and strangers', and load only the one asked for."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, cast

from carbonlabel.errors import AmbiguousFormat, InputError, PluginError, UnknownFormat

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from carbonlabel.intake import Log
    from carbonlabel.plugins import Reader, Renderer

READERS: Final = "carbonlabel.readers"
DOCUMENTS: Final = "carbonlabel.documents"

_BUILT_IN: Final = {
    READERS: {
        "codecarbon-csv": "carbonlabel.readers.codecarbon:reader",
        "carbontracker-log": "carbonlabel.readers.carbontracker:reader",
        "manual": "carbonlabel.readers.manual:reader",
    },
    DOCUMENTS: {
        "json": "carbonlabel.documents.json:renderer",
        "svg": "carbonlabel.documents.svg:light",
        "svg-dark": "carbonlabel.documents.svg:dark",
        "png": "carbonlabel.documents.png:renderer",
        "markdown": "carbonlabel.documents.markdown:renderer",
        "card": "carbonlabel.documents.modelcard:renderer",
        "html": "carbonlabel.documents.html:renderer",
        "pdf": "carbonlabel.documents.pdf:renderer",
        "terminal": "carbonlabel.documents.terminal:renderer",
    },
}


def names(group: str) -> tuple[str, ...]:
    """Every format of a group by name: ours in their order, then strangers' by alphabet."""
    return (*_BUILT_IN[group], *sorted(_foreign(group)))


def load(group: str, name: str) -> object:
    """The reader or renderer called `name`.

    Raises:
        UnknownFormat: nobody registered the name.
        PluginError: a stranger's code failed to load.
    """
    if name in _BUILT_IN[group]:
        return _entry(name, _BUILT_IN[group][name], group).load()
    foreign = _foreign(group)
    if name not in foreign:
        raise _unknown(name, (*_BUILT_IN[group], *foreign))
    return _loaded(foreign[name])


def reader(name: str) -> Reader:
    """The reader called `name`; raises as `load` does."""
    return cast("Reader", load(READERS, name))


def renderer(name: str) -> Renderer:
    """The renderer called `name`; raises as `load` does."""
    return cast("Renderer", load(DOCUMENTS, name))


def recognise(log: Log) -> Reader:
    """The one reader that knows this file.

    Raises:
        UnknownFormat: none does; the message lists what was tried.
        AmbiguousFormat: several do.
    """
    ours = [known for known in map(reader, _BUILT_IN[READERS]) if known.recognises(log)]
    # Scanning the environment for strangers costs as much as reading a log: only if ours all pass.
    found = ours or [known for known in _strangers() if known.recognises(log)]
    if len(found) > 1:
        several = ", ".join(known.format for known in found)
        raise AmbiguousFormat(
            f"several readers know it: {several}", where=log.name, hint="choose with --from"
        )
    if not found:
        raise UnknownFormat(
            "no reader knows this file" if log.head else "the file is empty",
            where=log.name,
            hint=f"known formats: {', '.join(names(READERS))}",
        )
    return found[0]


def _strangers() -> Iterator[Reader]:
    for entry in _foreign(READERS).values():
        yield cast("Reader", _loaded(entry))


def _loaded(entry: EntryPoint) -> object:
    try:
        return entry.load()
    except (ImportError, AttributeError, SyntaxError) as bad:
        raise PluginError(
            f"cannot load {entry.name}: {bad}", where=_owner(entry), hint="update or remove it"
        ) from bad


def _owner(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else entry.value


def _entry(name: str, value: str, group: str) -> EntryPoint:
    from importlib.metadata import EntryPoint  # noqa: PLC0415 - costs start-up time elsewhere

    return EntryPoint(name, value, group)


def _foreign(group: str) -> dict[str, EntryPoint]:
    from importlib.metadata import entry_points  # noqa: PLC0415 - scanning is slow, so only here

    found: dict[str, EntryPoint] = {}
    for entry in entry_points(group=group):
        _refuse_twin(entry, found.get(entry.name), ours=entry.name in _BUILT_IN[group])
        found[entry.name] = entry
    return found


def _refuse_twin(entry: EntryPoint, twin: EntryPoint | None, *, ours: bool) -> None:
    if ours or twin:
        other = _owner(twin) if twin else "carbonlabel itself"
        raise PluginError(
            f"two packages offer {entry.name}: {_owner(entry)} and {other}",
            hint="uninstall one of them",
        )


def _unknown(name: str, known: Iterable[str]) -> InputError:
    near = difflib.get_close_matches(name, list(known), n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(known)}"
    return UnknownFormat(f"nobody knows the format {name!r}", hint=hint)
