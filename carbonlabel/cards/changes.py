"""I show what would change in a card, line by line, with every line end in sight."""

from __future__ import annotations

import difflib


def unified(before: bytes, after: bytes, name: str) -> bytes:
    """A unified diff of two cards, carriage returns shown as ␍; empty when nothing changes."""
    lines = difflib.unified_diff(
        _lines(before), _lines(after), f"a/{name}", f"b/{name}", lineterm=""
    )
    return "".join(f"{line}\n" for line in lines).encode()


def _lines(card: bytes) -> list[str]:
    text = card.decode("utf-8", "backslashreplace")
    shown = text.replace("\r\n", "␍\n").replace("\r", "␍")
    return shown.split("\n")
