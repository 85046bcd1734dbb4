"""I make plain text safe inside LaTeX, and give keys to the works that it cites."""

from __future__ import annotations

import re
from typing import Final

from carbonlabel.documents.direction import bare

_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    **{letter: f"\\{letter}" for letter in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': "''",
    "₂": r"\textsubscript{2}",
    "·": r"\textperiodcentered{}",
    "×": r"\texttimes{}",
    "÷": r"\textdiv{}",
    "−": r"\textminus{}",
    "–": "--",
    "…": r"\dots{}",
    "\ufffd": "?",
    "\u202f": r"\,",
    "\xa0": "~",
}
_ESCAPES: Final = {ord(letter): escape for letter, escape in _SPECIAL.items()}
_NO_KEY: Final = re.compile(r"[^a-z0-9-]+")


def text(plain: str) -> str:
    """Plain text as LaTeX sets it: nothing in it acts as a command.

    >>> text("50 % of x_1").count(chr(92))
    2
    """
    return bare(plain).translate(_ESCAPES)


def key(name: str) -> str:
    """The BibTeX key of a work: `carbonlabel-ember`."""
    return f"carbonlabel-{_NO_KEY.sub('-', name.lower()).strip('-') or 'source'}"
