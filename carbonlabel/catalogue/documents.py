"""I list the documents that are drawn."""

from __future__ import annotations

from collections.abc import Sequence

from carbonlabel import registry
from carbonlabel.catalogue.columns import Fact, columns
from carbonlabel.catalogue.searching import every_text, fitting


def facts(words: Sequence[str]) -> list[Fact]:
    """Each document: the name of its format, its file, and what it is."""
    known = map(registry.renderer, registry.names(registry.DOCUMENTS))
    rows: list[Fact] = [
        {"format": each.format, "file": each.file_name, "is": each.about} for each in known
    ]
    return fitting(rows, words, every_text)


def table(listed: Sequence[Fact]) -> list[str]:
    """A line each."""
    return columns(tuple(listed[0]), [[str(cell) for cell in row.values()] for row in listed])


def near(text: str) -> tuple[str, ...]:
    """Documents that are called nearly so."""
    from carbonlabel.factors import near as naming  # noqa: PLC0415 - only after a slip

    return naming.names(text, {naming.plain(name): name for name in _names()})


def _names() -> list[str]:
    return list(registry.names(registry.DOCUMENTS))
