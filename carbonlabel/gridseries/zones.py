"""I see to it that a file speaks of one zone, by a name that can be printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.parsing.samples import shown

_LONGEST_COUNT: Final = 60
_SHOWN_COUNT: Final = 5


def only(names: Iterable[str | None], *, file: str) -> str | None:
    """The one zone that is named; None where none is.

    Raises:
        MalformedInput: there are several, or one is no name.
    """
    known = sorted({name.strip() for name in names if name and name.strip()})
    if len(known) > 1:
        listed = ", ".join(shown(name) for name in known[:_SHOWN_COUNT])
        raise MalformedInput(
            f"the file holds several zones: {listed}", where=file, hint="keep the one of the run"
        )
    if known and not (known[0].isprintable() and len(known[0]) <= _LONGEST_COUNT):
        raise MalformedInput(f"{shown(known[0])} is no zone", where=file)
    return known[0] if known else None
