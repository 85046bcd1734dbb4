"""I am what `python -m zeus.monitor` printed when it was stopped: a time and a few energies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.parsing.samples import figure
from carbonlabel.parsing.table import amount

_TOTAL: Final = "Total energy (J):"
_TAIL_LINES: Final = 4096
_NUMBER: Final = r"([^\s,{}()=]{1,40})"
_TIME: Final = re.compile(rf"Total time \(s\): ?{_NUMBER}|\btime={_NUMBER}")
_GROUP: Final = re.compile(r"(?:\b(?:gpu_)?energy=)?\{([^{}=]*)\}")
_CPU: Final = re.compile(r"\b(?:cpu|dram)_energy=\{([^{}=]*)\}")
_ENTRY: Final = re.compile(rf"'?(?:GPU)?(\d{{1,4}})'?: ?{_NUMBER}")
_MOMENT: Final = re.compile(r"\[?(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)[.,]\d{1,6}\b.*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Printed:
    """What the command printed."""

    place: str
    """The line of the totals."""
    duration_s: float
    gpus_j: tuple[float, ...]
    """By board."""
    host_j: float | None
    """CPU and memory; None where Zeus read none."""
    begin: datetime | None
    """First time in the text, local; None where it has none."""
    end: datetime | None


def printed(log: Log) -> Printed:
    """The totals at the end of the text.

    Raises:
        MalformedInput: there are none, or a figure in them is wrong.
    """
    moments: list[datetime] = []
    tail: list[str] = []
    place, duration = "", ""
    for number, text in log.lines():
        moments = [*moments[:1], *_moments(text, log.name, number)] or moments
        if match := _TIME.search(text):
            duration = match[1] or match[2]
        if text.strip().startswith(_TOTAL):
            place, tail = f"{log.name}:{number}", []
        if place and len(tail) < _TAIL_LINES:
            tail.append(text)
    if not place:
        raise MalformedInput(
            "the text ends without its totals", where=log.name, hint="stop the monitor with Ctrl+C"
        )
    return _printed(place, duration, " ".join(tail).removeprefix(_TOTAL), moments)


def _printed(place: str, duration: str, totals: str, moments: list[datetime]) -> Printed:
    gpus = _GROUP.search(_CPU.sub("", totals))
    hosts = list(_CPU.finditer(totals))
    host = [energy_j for found in hosts for energy_j in _entries(found[1], place)]
    return Printed(
        place=place,
        duration_s=_figure(duration, place),
        gpus_j=tuple(_entries(gpus[1], place)) if gpus else (),
        host_j=sum(host) if host else None,
        begin=moments[0] if moments else None,
        end=moments[-1] if moments else None,
    )


def _entries(text: str, place: str) -> Iterator[float]:
    for entry in filter(None, map(str.strip, text.split(","))):
        match = _ENTRY.fullmatch(entry)
        yield _figure(match[2] if match else "", place)


def _figure(text: str, place: str) -> float:
    found = figure(text, where=place)
    if found is None:
        raise MalformedInput(
            "time and energies are not whole", where=place, hint="was the text cut?"
        )
    return amount(float(found), where=place)


def _moments(text: str, file: str, number: int) -> Iterator[datetime]:
    if match := _MOMENT.fullmatch(text):
        try:
            yield datetime.fromisoformat(match[1])
        except ValueError:
            raise MalformedInput(
                "a time is no date", where=f"{file}:{number}", hint="was the text edited?"
            ) from None
