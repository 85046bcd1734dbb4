"""I am the text of one card, and know the line and column of every place in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from carbonlabel.errors import CardRefused

LARGEST_CARD_BYTES: Final = 5 * 1024 * 1024
NEWLINE: Final = re.compile(r"\r\n|\r|\n")
BOM: Final = "\ufeff"

_USABLE_NEWLINE = re.compile(r"\r?\n")


@dataclass(frozen=True, slots=True)
class CardText:
    """A card as text, for looking only: what is written back is cut from the bytes."""

    name: str
    text: str

    @property
    def first(self) -> int:
        """Where the text begins, behind a byte order mark."""
        return 1 if self.text.startswith(BOM) else 0

    def place(self, at: int) -> str:
        """Name the place as `README.md:line:column`, both counted from 1."""
        lines = NEWLINE.findall(self.text, 0, at)
        return f"{self.name}:{len(lines) + 1}:{at - self.line_start(at) + 1}"

    def refusal(
        self, message: str, at: int | None = None, *, hint: str | None = None
    ) -> CardRefused:
        """Say why this card stays as it is, and where the trouble stands."""
        return CardRefused(message, where=self.name if at is None else self.place(at), hint=hint)

    def line_start(self, at: int) -> int:
        """Where the line of this place begins."""
        while at and self.text[at - 1] not in "\r\n":
            at -= 1
        return at

    def line_end(self, at: int) -> int:
        """Where the line of this place ends, before its line break."""
        found = NEWLINE.search(self.text, at)
        return found.start() if found else len(self.text)

    def behind_newline(self, at: int) -> int:
        """The place behind a line break that stands at `at`; without one, `at` itself."""
        found = NEWLINE.match(self.text, at)
        return found.end() if found else at

    def before_newline(self, at: int) -> int:
        """The place before a line break that ends at `at`; without one, `at` itself."""
        if self.text.endswith("\r\n", 0, at):
            return at - 2
        return at - 1 if self.text.endswith(("\r", "\n"), 0, at) else at

    def ending_at(self, at: int) -> str:
        r"""The line break for lines put in at `at`: the neighbour's, though never a bare `\r`."""
        found = _USABLE_NEWLINE.search(self.text, at)
        return found.group() if found else self.last_ending()

    def last_ending(self) -> str:
        r"""The line break used last in the card, though never a bare `\r`."""
        at = self.text.rfind("\n")
        return "\r\n" if at > 0 and self.text[at - 1] == "\r" else "\n"

    def apart(self, at: int, ending: str) -> str:
        r"""A line break to put in at `at` that does not melt into a `\r` before it."""
        return "\r\n" if self.text.endswith("\r", 0, at) else ending


def card_text(card: bytes, name: str) -> CardText:
    """Read a card, which must be UTF-8 of at most 5 MiB, without NUL and not of bare CR lines."""
    if len(card) > LARGEST_CARD_BYTES:
        raise CardRefused(f"the card has {len(card)} bytes, more than 5 MiB", where=name)
    read = CardText(name, _decoded(card, name))
    if (at := read.text.find("\0")) >= 0:
        raise read.refusal("there is a NUL byte in the card", at, hint="remove it")
    if "\r" in read.text and "\n" not in read.text:
        raise read.refusal(
            "all lines end in a bare CR, so the Hub sees no metadata here",
            read.text.find("\r"),
            hint="save the card with LF or CRLF line endings",
        )
    return read


def _decoded(card: bytes, name: str) -> str:
    try:
        return card.decode("utf-8")
    except UnicodeDecodeError as bad:
        head = CardText(name, card[: bad.start].decode("utf-8"))
        raise head.refusal(
            f"byte 0x{card[bad.start]:02x} is not UTF-8",
            len(head.text),
            hint="save the card as UTF-8",
        ) from bad
