"""I guess what somebody meant who typed a name that no table has."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

LONGEST_COUNT = 80
"""How many characters of a name we look at; what is longer is no name."""


def plain(text: str) -> str:
    """The letters and digits of a name: lower case, without accents, spaces and signs.

    >>> plain("Côte d'Ivoire")
    'cotedivoire'
    """
    flat = unicodedata.normalize("NFKD", text[:LONGEST_COUNT]).casefold()
    return "".join(letter for letter in flat if letter.isascii() and letter.isalnum())


def names(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Up to three of the `known` names, by their plain form, that are nearly `text`."""
    wanted = plain(text)
    import difflib  # noqa: PLC0415 - only a slip asks for names like it

    near = difflib.get_close_matches(wanted, known, n=5)
    within = (name for name in known if wanted and wanted in name)
    found = dict.fromkeys(known[name] for name in (*near, *within))
    return tuple(found)[:3]


def hint(suggestions: tuple[str, ...], *, command: str) -> str:
    """What to do next: the names that may be meant, and the command that lists all of them."""
    meant = f"did you mean {' or '.join(suggestions)}? " if suggestions else ""
    return f"{meant}`{command}` shows all"
