"""I list what is known here: formats, documents, places and devices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from carbonlabel import registry

Row = Mapping[str, str]


def rows(what: str, search: str) -> list[Row]:
    """One mapping for each thing of the kind `what` that holds `search`, in a fixed order."""
    return list(_LISTS[what](search))


def table(listed: Sequence[Row]) -> bytes:
    """The rows as text in columns, each as wide as its widest cell."""
    columns = list(listed[0])
    cells = [columns, *([row[column] for column in columns] for row in listed)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(columns))]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )
    return "".join(f"{line}\n" for line in lines).encode()


def _formats(search: str) -> Iterable[Row]:
    for name in registry.names(registry.READERS):
        reader = registry.reader(name)
        yield from _if_held({"format": reader.format, "reads": reader.about}, search)
    for name in registry.names(registry.FACTORS):
        source = registry.series_reader(name)
        yield from _if_held({"format": source.format, "reads": f"--grid: {source.about}"}, search)


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
