"""I set the figures of a comparison in the words of a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Final

from carbonlabel.documents.numbers import (
    Scaled,
    decimal,
    figure_of,
    plainly_spaced,
    reading,
    rounded,
    scaled,
    scaled_to,
)
from carbonlabel.method.propagate import Interval, Spread
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.units import Unit

WIDTH: Final = 80
_MINUS: Final = "−"


def amount(found: Spread | Interval, unit: Unit = "gCO2e") -> Estimate:
    """A worked out figure with its range, as the numbers of documents take it."""
    return Estimate(
        value=found.value,
        low=found.low,
        high=found.high,
        unit=unit,
        basis="estimated",
        formula="shifted",
    )


def unit_of(found: Spread | Interval) -> Scaled:
    """The unit that reads best for a figure."""
    return scaled(reading(amount(found)), "gCO2e")


def shown(found: Spread | Interval, like: Scaled, *, ranged: bool = False) -> str:
    """The digits of an amount of emissions in the unit of another, maybe with its range."""
    figure = figure_of(scaled_to(reading(amount(found)), like))
    text = f"{figure.value} ({figure.range})" if ranged and figure.range else figure.value
    return plainly_spaced(text)


def per_cent(ratio: float) -> str:
    """A change in whole per cent, with its sign.

    >>> per_cent(-0.314)
    '−31 %'
    """
    return f"{_signed(ratio)} %"


def per_cent_range(value: float, low: float, high: float) -> str:
    """A change in per cent with the ends of its range.

    >>> per_cent_range(-0.72, -0.83, -0.54)
    '−72 % (−83 to −54)'
    """
    return f"{_signed(value)} % ({_signed(low)} to {_signed(high)})"


def paragraph(sentences: Iterable[str]) -> Iterator[str]:
    """Some sentences as lines of 80 characters."""
    yield from textwrap.wrap(" ".join(sentences), WIDTH)


def document(lines: Iterable[str]) -> bytes:
    """Lines as what is written."""
    return "".join(f"{line}\n" for line in lines).encode()


def _signed(ratio: float) -> str:
    whole = rounded(decimal(100 * ratio), 0)
    sign = _MINUS if whole < 0 else "+" if whole > 0 else "±"
    return f"{sign}{abs(whole):f}"
