"""I word a figure, and the file or work that it is from, for an explanation."""

from __future__ import annotations

from carbonlabel.model.estimate import Estimate
from carbonlabel.model.provenance import Input, Source
from carbonlabel.rules.comparison import shown

_SHA256_SHOWN = 12


def amount(quantity: Estimate) -> str:
    """A figure in words: value, range, basis and year."""
    low, high, unit = quantity.low, quantity.high, quantity.unit
    declared = low is not None and high is not None
    ends = f"{shown(low or 0, '').strip()} to {shown(high or 0, '').strip()}" if declared else ""
    words = [
        shown(quantity.value, unit),
        f"{ends} (95 %)" if declared else "range not declared",
        quantity.basis,
        *([f"for {quantity.year}"] if quantity.year else []),
    ]
    return ", ".join(words)


def cited_work(cited: Input | Source) -> str:
    """A file or a published work in one line."""
    match cited:
        case Input():
            tool = " ".join(each for each in (cited.tracker, cited.version) if each)
            form = f"{cited.format}, {tool}" if tool else cited.format
            return f"{cited.file} ({form}), sha256 {cited.sha256[:_SHA256_SHOWN]}"
        case Source():
            year = f" ({cited.year})" if cited.year else ""
            address = f", {cited.url}" if cited.url else ""
            return f"{cited.title}{year}{address}"
