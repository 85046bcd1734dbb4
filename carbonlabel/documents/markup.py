"""I make plain text safe inside Markdown: nothing in a stranger's name may act as markup."""

from __future__ import annotations

import html
import re
from typing import Final

from carbonlabel.documents.numbers import NO_BREAK_SPACE

# Entities where a backslash would itself be read by a math or table extension.
_SPECIAL: Final = {
    **{letter: f"&#{ord(letter)};" for letter in "\\[]|$@"},
    **{letter: f"\\{letter}" for letter in "*_`~#"},
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    NO_BREAK_SPACE: " ",
}
_ESCAPES: Final = {ord(letter): escape for letter, escape in _SPECIAL.items()}
_BETWEEN_LETTERS: Final = re.compile(r"(?<=[A-Za-z0-9])\\_(?=[A-Za-z0-9])")
_BARE_LINK: Final = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(:)|\b(www)(\.)")
_VERBATIM: Final = re.compile(r"[A-Za-z0-9.,+=()_-](?:[A-Za-z0-9.,+=()_ -]*[A-Za-z0-9.,+=()_-])?")


def text(plain: str) -> str:
    """Plain text as Markdown shows it, also in a table cell: no markup, no link, no math.

    Number and unit are held by an ordinary space, so that a search in the source finds them.
    """
    escaped = _BETWEEN_LETTERS.sub("_", plain.translate(_ESCAPES))
    return _BARE_LINK.sub(_unlinked, escaped)


def attribute(plain: str) -> str:
    """Plain text as the value of a quoted HTML attribute inside Markdown."""
    return html.escape(plain).replace("&#x27;", "'").replace("$", "&#36;")


def code(name: str) -> str:
    """A file's name as code; as escaped text if it holds anything that could end or act in it."""
    return f"`{name}`" if _VERBATIM.fullmatch(name) else text(name)


def with_code(plain: str, verbatim: str) -> str:
    """Escaped text in which `verbatim` stands as code."""
    before, name, after = plain.partition(verbatim) if verbatim else (plain, "", "")
    return f"{text(before)}{code(name) if name else ''}{text(after)}"


def _unlinked(found: re.Match[str]) -> str:
    word, mark = (found[1], found[2]) if found[1] else (found[3], found[4])
    return f"{word}&#{ord(mark)};"
