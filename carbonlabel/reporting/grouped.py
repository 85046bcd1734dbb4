"""I write what was found for a person at a terminal: gravest first, the same things together."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from carbonlabel.reporting.entry import Entry, harmless

_WIDTH: Final = 80
_SHOWN_PLACES: Final = 3
_TITLES: Final = (("error", "Errors"), ("warning", "Warnings"), ("note", "Notes"))


def grouped(entries: Sequence[Entry]) -> str:
    """The entries by severity, each thing once with all its places; lines of at most 80 columns.

    What somebody answers for comes last. A place that is longer than a line is not broken.
    """
    blocks = []
    for severity, title in _TITLES:
        of_it = [each for each in entries if each.severity == severity and not each.waived]
        blocks.append(_block(title, of_it))
    blocks.append(_block("Waived", [each for each in entries if each.waived]))
    return "\n".join(filter(None, blocks))


def _block(title: str, entries: Sequence[Entry]) -> str:
    if not entries:
        return ""
    found: dict[Entry, list[str]] = {}
    for each in entries:
        same = replace(each, pointer=None, line=None, column=None, end_column=None)
        found.setdefault(same, []).append(_place(each))
    lines = (line for each, places in found.items() for line in _lines(each, places))
    return "".join(f"{line}\n" for line in (title, *lines))


def _place(entry: Entry) -> str:
    return entry.place if entry.line is not None else entry.pointer or ""


def _lines(entry: Entry, places: Sequence[str]) -> Iterator[str]:
    yield harmless(f"  {entry.code}")
    at = ", ".join(filter(None, places[:_SHOWN_PLACES]))
    more = len(places) - _SHOWN_PLACES
    if at:
        yield from _told("at", f"{at}{f' and {more} more' if more > 0 else ''}")
    yield from _wrapped(entry.message, "    ", "    ")
    for name, text in (
        ("found", entry.found),
        ("expected", entry.expected),
        ("to do", None if entry.waived else entry.suggestion),
        ("clauses", "; ".join(entry.clauses or ()) or None),
        ("waived", entry.waived),
    ):
        if text is not None:
            yield from _told(name, text)


def _told(name: str, text: str) -> Iterator[str]:
    yield from _wrapped(text, f"    {name:<10}", " " * 14)


def _wrapped(text: str, first: str, rest: str) -> Iterator[str]:
    yield from textwrap.wrap(
        harmless(text),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
