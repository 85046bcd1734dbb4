"""I am the CPUs we know: their rated power, cores and year."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from carbonlabel import resources
from carbonlabel.errors import MissingFactor
from carbonlabel.factors import names, near

TABLE = "cpus.csv"
SOURCE = "codecarbon-cpus"
"""The work that the whole table is from; a column of 4 700 equal cells would double it."""

_SILENT = re.compile(
    r"\([^)]*\)|[®™\u200b]|@.*|\b(?:w/|with) radeon.*|,.*"
    r"|\b(?:processors?|cpu|apu|scalable|[0-9]+th gen|[0-9.]+ ?[gm]hz)\b"
    r"|\b(?:[0-9]+|dual|triple|quad|six|eight|twelve|sixteen)-cores?\b",
    re.IGNORECASE,
)
_UNSAID = ("", "intel", "amd", "intelxeon", "intelcore", "apple", "amdryzen")
"""What people leave out at the front of a name."""

_FOLDED: dict[int, str | None] = {
    code: None for code in range(128) if not chr(code).isalnum() and chr(code) not in "+,\n"
}
_FOLDED |= {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


@dataclass(frozen=True, slots=True)
class Cpu:
    """One CPU of the table."""

    name: str
    rated_power_w: float
    """Thermal design power of one package, in W."""
    cores_count: int | None
    """Physical cores; None where the source does not say."""
    year: int | None
    """Of release; None where the source does not say."""
    source: str = SOURCE


def spoken(name: str) -> str:
    """A CPU's name without what tells no two apart: marks, clock rate, count of cores, "CPU".

    >>> spoken("Intel(R) Xeon(R) Gold 6248 CPU @ 2.50GHz")
    'Intel Xeon Gold 6248'
    """
    return " ".join(_SILENT.sub(" ", name[: 2 * near.LONGEST_COUNT]).split())


def find(name: str) -> Cpu:
    """The CPU that an operating system or a tracker prints as `name`, whatever case and marks.

    Raises:
        MissingFactor: the table has none of this name; the hint has near ones. Names such as
            "Intel(R) Xeon(R) Processor", which a virtual machine shows, mean no CPU in particular.
    """
    wanted = names.key(spoken(names.without_count(name[: 2 * near.LONGEST_COUNT])))
    lines, folded = _table()
    for unsaid in _UNSAID if wanted else ():
        place = folded.find(f"\n{unsaid}{wanted},")
        if place >= 0:
            return _cpu(lines[folded.count("\n", 0, place)])
    raise _unknown(name, wanted)


def every() -> Iterator[Cpu]:
    """All CPUs, by name."""
    return map(_cpu, _table()[0])


@functools.cache
def _table() -> tuple[list[str], str]:
    """The lines below the header, and the same text as keys, each with a line break before it."""
    _, _, text = resources.table(TABLE).partition("\n")
    return text.splitlines(), f"\n{text}".translate(_FOLDED)


def _cpu(line: str) -> Cpu:
    name, power, cores, year = next(csv.reader([line]))
    return Cpu(
        name=name,
        rated_power_w=float(power),
        cores_count=int(cores) if cores else None,
        year=int(year) if year else None,
    )


def _unknown(name: str, wanted: str) -> MissingFactor:
    lines, folded = _table()
    keys = (key.partition(",")[0] for key in folded.split("\n")[1:])
    known = {key: line.partition(",")[0] for key, line in zip(keys, lines, strict=False)}
    return MissingFactor(
        f"no CPU is known as {name.strip()[: near.LONGEST_COUNT]!r}",
        hint=near.hint(near.names(wanted, known), command="carbonlabel list devices"),
    )
