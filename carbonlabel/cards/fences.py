"""I know which lines of a Markdown text are fenced code."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ITEM = re.compile(r" {0,3}(?:[-+*]|\d{1,9}[.)])(?: {1,4}(?! )| )")
_OPENING = re.compile(r" {0,3}(?:(`{3,}+)[^`]*|(~{3,}+).*)", re.DOTALL)
_DEEPEST_CODE_INDENT = 3


@dataclass(slots=True)
class Fences:
    """The state of a walk down the lines: the open fence, and the list items it may stand in.

    Rules of CommonMark 0.31: a fence is closed by the same character, at least as often, with
    nothing behind it; or by the end of the list item that holds it.
    """

    fence: str | None = None
    _columns: list[int] = field(default_factory=list)

    def covers(self, line: str) -> bool:
        """Take the next line (without its line break); say whether it is code or a fence."""
        shown = line.expandtabs(4).rstrip(" ")
        if not shown:
            return self.fence is not None
        indent = len(shown) - len(shown.lstrip(" "))
        left = self._left_items(indent)
        if self.fence is not None and not left:
            self._close(shown, indent)
            return True
        self.fence = None
        return self._open(shown)

    def closing(self) -> str | None:
        """The line that would close the open fence; nothing if the next text does so."""
        return None if self._columns else self.fence

    def _left_items(self, indent: int) -> bool:
        """Leave the list items that a line with this indent is outside of; the fence's own too?"""
        known = len(self._columns)
        while self._columns and indent < self._columns[-1]:
            self._columns.pop()
        return len(self._columns) < known

    def _close(self, shown: str, indent: int) -> None:
        fence, mark = self.fence or "", shown[indent:]
        near = indent - (self._columns[-1] if self._columns else 0) <= _DEEPEST_CODE_INDENT
        if near and mark.startswith(fence) and not mark.strip(fence[0]):
            self.fence = None

    def _open(self, shown: str) -> bool:
        at = self._columns[-1] if self._columns else 0
        while item := _ITEM.match(shown, at):
            at = item.end()
            self._columns.append(at)
        if opening := _OPENING.fullmatch(shown, at):
            self.fence = opening.group(1) or opening.group(2)
        return self.fence is not None
