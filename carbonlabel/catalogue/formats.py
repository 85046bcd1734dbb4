"""I list the formats that are read, and what each reader says of itself."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from carbonlabel import registry
from carbonlabel.catalogue.columns import Fact
from carbonlabel.catalogue.searching import every_text, fitting

if TYPE_CHECKING:
    from carbonlabel.plugins import Reader, SeriesReader

_WIDTH: Final = 100
_TOLD: Final = ("measures", "record", "pue", "zone", "proven")
_SILENT: Final = "not stated"
_HEADS: Final = ("format", "reads", "proven on", "measures")


def facts(words: Sequence[str]) -> list[Fact]:
    """What each reader of logs and of grid intensities says of itself."""
    logs = map(registry.reader, registry.names(registry.READERS))
    series = map(registry.series_reader, registry.names(registry.FACTORS))
    rows: tuple[Fact, ...] = (
        *(format_row(reader, reader.about) for reader in logs),
        *(format_row(source, f"--grid: {source.about}") for source in series),
    )
    return fitting(rows, words, every_text)


def format_row(reader: Reader | SeriesReader, reads: str) -> dict[str, str]:
    """All that a reader says of itself; a stranger's need not say more than name and versions."""
    told = {name: str(getattr(reader, name, _SILENT)) for name in _TOLD}
    return {"format": reader.format, "reads": reads, **told}


def table(listed: Sequence[Fact]) -> list[str]:
    """Two lines a format: its name and what it reads, how it was proven and what it measures."""
    return list(_blocks(listed))


def near(text: str) -> tuple[str, ...]:
    """Formats that are called nearly so."""
    from carbonlabel.factors import near as naming  # noqa: PLC0415 - only after a slip

    known = {naming.plain(str(fact["format"])): str(fact["format"]) for fact in facts(())}
    return naming.names(text, known)


def _blocks(listed: Sequence[Fact]) -> Iterator[str]:
    told = ("format", "reads", "proven", "measures")
    cells = [_HEADS, *(tuple(str(row[name]) for name in told) for row in listed)]
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
