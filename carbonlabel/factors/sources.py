"""I am who said it: title, year, address and licence of each work that the tables cite."""

from __future__ import annotations

import functools
from typing import NamedTuple

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import rows


class Work(NamedTuple):
    """A work that a figure comes from."""

    title: str
    year: int | None
    url: str | None
    licence: str | None
    retrieved: str | None = None
    """The date of the copy, YYYY-MM-DD, of a work that restates its past figures."""


@functools.cache
def source(key: str) -> Work:
    """The work that the tables cite as `key`, such as `ember`.

    Raises:
        MissingFactor: no shipped table cites such a work.
    """
    row = rows.only("sources.csv", key)
    if row is None:
        raise MissingFactor(f"no source is filed under {key[:80]!r}")
    year = int(row["year"]) if row["year"] else None
    return Work(
        title=row["title"],
        year=year,
        url=row["url"] or None,
        licence=row["licence"] or None,
        retrieved=row["retrieved"] or None,
    )
