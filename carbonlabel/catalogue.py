"""I list what is known here: formats, documents, places and devices."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from carbonlabel import registry

if TYPE_CHECKING:
    from carbonlabel.plugins import Reader, SeriesReader

Row = Mapping[str, str]
_WIDTH: Final = 100
_TOLD: Final = ("measures", "record", "pue", "zone", "proven")
_SILENT: Final = "not stated"
_HEADS: Final = ("format", "reads", "proven on", "measures")


def rows(what: str, search: str) -> list[Row]:
    """One mapping for each thing of the kind `what` that holds `search`, in a fixed order."""
    return list(_LISTS[what](search))


def table(listed: Sequence[Row]) -> bytes:
    """The rows as text in columns, each as wide as its widest cell; formats as blocks of lines."""
    lines = _blocks(listed) if "proven" in listed[0] else _columns(listed)
    return "".join(f"{line}\n" for line in lines).encode()


def format_row(reader: Reader | SeriesReader, reads: str) -> Row:
    """All that a reader says of itself; a stranger's need not say more than name and versions."""
    told = {name: str(getattr(reader, name, _SILENT)) for name in _TOLD}
    return {"format": reader.format, "reads": reads, **told}


def _columns(listed: Sequence[Row]) -> Iterator[str]:
    columns = list(listed[0])
    cells = [columns, *([row[column] for column in columns] for row in listed)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(columns))]
    for line in cells:
        yield "  ".join(
            cell.ljust(width) for cell, width in zip(line, widths, strict=True)
        ).rstrip()


def _blocks(listed: Sequence[Row]) -> Iterator[str]:
    """Two lines a format: its name and what it reads, how it was proven and what it measures."""
    cells = [
        _HEADS,
        *((row["format"], row["reads"], row["proven"], row["measures"]) for row in listed),
    ]
    margin = max(max(len(name), len(proven) + 2) for name, _, proven, _ in cells) + 2
    for name, reads, proven, measures in cells:
        yield from _wrapped(reads, name.ljust(margin))
        yield from _wrapped(measures, f"  {proven}".ljust(margin))


def _wrapped(text: str, begin: str) -> list[str]:
    lines = textwrap.wrap(
        text,
        max(_WIDTH, 2 * len(begin)),
        initial_indent=begin,
        subsequent_indent=" " * len(begin),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [begin.rstrip()]


def _formats(search: str) -> Iterable[Row]:
    for name in registry.names(registry.READERS):
        reader = registry.reader(name)
        yield from _if_held(format_row(reader, reader.about), search)
    for name in registry.names(registry.FACTORS):
        source = registry.series_reader(name)
        yield from _if_held(format_row(source, f"--grid: {source.about}"), search)


def _documents(search: str) -> Iterable[Row]:
    for name in registry.names(registry.DOCUMENTS):
        known = registry.renderer(name)
        row = {"format": known.format, "file": known.file_name, "is": known.about}
        yield from _if_held(row, search)


def _regions(search: str) -> Iterable[Row]:
    from carbonlabel.factors import places  # noqa: PLC0415 - only this list needs it

    for spot in places.list_regions(search):
        where = spot.location or spot.name
        pue = f"{spot.pue_ratio:g}" if spot.pue_ratio is not None else ""
        yield {"region": spot.code, "place": where, "grid": spot.zones[0], "pue": pue}


def _devices(search: str) -> Iterable[Row]:
    from carbonlabel.factors import devices  # noqa: PLC0415 - only this list needs it

    for row in devices.list_devices(search):
        power = f"{row.rated_power_w:g} W" if row.rated_power_w is not None else ""
        yield {"device": row.name, "memory": row.memory or "", "rated power": power}


def _if_held(row: Row, search: str) -> Iterable[Row]:
    if any(search.lower() in cell.lower() for cell in row.values()):
        yield row


_LISTS: Final[dict[str, Callable[[str], Iterable[Row]]]] = {
    "formats": _formats,
    "documents": _documents,
    "regions": _regions,
    "devices": _devices,
}
