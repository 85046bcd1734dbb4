"""I put the fields of one CodeCarbon row under the right names, shifted rows included."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from carbonlabel.errors import MalformedInput
from carbonlabel.readers.codecarbon.columns import (
    BLANK,
    NULLABLE,
    SCHEMA_G,
    SCHEMAS,
    Fields,
    Header,
    looks_right,
)

Repair = Literal["shifted", "reordered", "foreign", "ambiguous", "unreadable"]
"""What was wrong with a row: it leaves fields out; it stands in another order than its header; it
is of another version than its header; what it leaves out cannot be told; it is readable only up to
the energy."""

LEFT_COUNT: Final = SCHEMA_G.index("energy_consumed") + 1
"""How many fields at the left of a row stand firm, whatever was left out further right."""
FIRM_COUNT: Final = SCHEMA_G.index("country_iso_code") + 1
"""How many fields a shifted row holds at the least."""
LIMIT: Final = 1e15
"""No amount of anything in a log is as large; below it, sums and units stay finite."""
_TEXT_LIMIT: Final = 200
_ANCHORS: Final = ("os", "codecarbon_version", "tracking_mode", "on_cloud", "pue", "wue")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file, its fields by name."""

    file: str
    """The file's name."""
    line: int
    """Its number, from 1."""
    fields: Mapping[str, str]
    """What stands under each name."""
    width: int
    """How many fields the line has."""
    repair: Repair | None = None
    """What had to be set right; None for a sound row."""

    @property
    def place(self) -> str:
        """`emissions.csv:3`."""
        return f"{self.file}:{self.line}"

    def where(self, name: str) -> str:
        """`emissions.csv:3 duration`."""
        return f"{self.place} {name}"

    def text(self, name: str) -> str | None:
        """A stranger's words: without control characters, 200 at most; None where blank."""
        words = "".join(filter(_is_printed, self.fields.get(name, ""))).strip()[:_TEXT_LIMIT]
        return None if words.lower() in BLANK else words

    def number(self, name: str) -> float | None:
        """The figure in the unit that CodeCarbon writes; None where there is none.

        Raises:
            MalformedInput: it is no number, infinite or negative.
        """
        text = self.fields.get(name, "").strip()
        if text.lower() in BLANK:
            return None
        return amount(text, self.where(name))

    def needed(self, name: str) -> float:
        """The figure in the unit that CodeCarbon writes.

        Raises:
            MalformedInput: there is none, or it is no number, NaN, infinite or negative.
        """
        return amount(self.fields.get(name, "").strip(), self.where(name))

    def part(self, name: str) -> float | None:
        """The energy in kWh of a part of the run; None where the column is empty or not there.

        Raises:
            MalformedInput: it is no number, NaN, infinite or negative.
        """
        return self.needed(name) if self.fields.get(name, "").strip() else None

    def gpu_energy(self) -> tuple[float | None, float]:
        """The GPUs' energy in kWh, as `part`; and what a negative one, then 0, took off the run's.

        Raises:
            MalformedInput: it is no number, NaN or infinite.
        """
        text = self.fields.get("gpu_energy", "").strip()
        if text.startswith("-"):
            # NVML's counter of a laptop's board starts anew where the board slept.
            return 0.0, amount(text[1:], self.where("gpu_energy"))
        return self.part("gpu_energy"), 0.0

    def version(self) -> tuple[int, ...] | None:
        """The tracker's version as numbers, to compare; None where the row does not say."""
        return version_key(self.text("codecarbon_version"))

    def time(self) -> datetime | None:
        """When the row was written; None where the timestamp cannot be read."""
        try:
            return datetime.fromisoformat(self.text("timestamp") or "")
        except ValueError:
            return None


def amount(text: str, where: str) -> float:
    """The number that `text` is, finite and not negative, in the unit of its column.

    Raises:
        MalformedInput: it is none.
    """
    try:
        # Python would take 1_000 for a number.
        value = float(text.replace("_", "?"))
    except ValueError as bad:
        raise MalformedInput(
            f"{text[:40]!r} is not a number" if text else "the field is empty",
            where=where,
            hint="CodeCarbon writes a plain number with a decimal point: was the file edited?",
        ) from bad
    if not 0 <= value < LIMIT:
        raise MalformedInput(
            f"{text[:40]} is not a finite amount of zero or more",
            where=where,
            hint="this row was not measured: remove it, or find out what went wrong",
        )
    return value


def version_key(version: str | None) -> tuple[int, ...] | None:
    """A version as numbers, to compare; None for what is no version.

    >>> version_key("2.4.3rc1")
    (2, 4, 3)
    """
    if version is None or not looks_right("codecarbon_version", version):
        return None
    digits = ("".join(_leading_digits(part)) for part in version.split(".")[:3])
    return tuple(int(number or 0) for number in digits)


def _is_printed(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] != "C" and category not in {"Zl", "Zp"}


def _leading_digits(part: str) -> Iterator[str]:
    for character in part[:6]:
        if character not in "0123456789":
            return
        yield character


def aligned(fields: Fields, header: Header, *, file: str, line: int) -> Row:
    """The row under its names: by the header where it fits, else by what its values look like.

    A row that cannot be set right keeps its left part, up to the energy, and loses the rest.
    """
    named, repair = _named(fields, header)
    return Row(file, line, named, len(fields), repair)


def schema_of(fields: Fields) -> tuple[str, ...] | None:
    """The columns of a row that does not fit its header; None where no version wrote such a row."""
    whole = [schema for schema in SCHEMAS if next(_fits(fields, schema, frozenset()), None)]
    if len(whole) == 1:
        return whole[0]
    return SCHEMA_G if next(_fits(fields, SCHEMA_G, NULLABLE), None) else None


def _named(fields: Fields, header: Header) -> tuple[Mapping[str, str], Repair | None]:
    if len(fields) != header.width:
        return _realigned(fields)
    by_name = dict(zip(header.names, fields, strict=True))
    if header.is_guess:
        return by_name, "foreign"
    schema = next((known for known in SCHEMAS if {*known} == by_name.keys()), header.names)
    if schema == header.names or _is_sound(by_name):
        return by_name, None
    # 3.2.9 to 3.3.1 append in their own order under a header that 3.1.1 to 3.2.3 left reordered.
    in_order = dict(zip(schema, fields, strict=True))
    return (in_order, "reordered") if _is_sound(in_order) else (by_name, None)


def _is_sound(named: Mapping[str, str]) -> bool:
    return all(
        looks_right(name, named[name])
        for name in _ANCHORS
        if named.get(name, "").lower() not in BLANK
    )


def _realigned(fields: Fields) -> tuple[Mapping[str, str], Repair]:
    for schema in SCHEMAS:
        for whole in _fits(fields, schema, frozenset()):
            return whole, "foreign"
    readings = [_spoken(reading) for reading in _fits(fields, SCHEMA_G, NULLABLE)]
    readings = [reading for reading in readings if _is_consistent(reading)] or readings
    if not readings:
        return dict(zip(SCHEMA_G[:LEFT_COUNT], fields, strict=False)), "unreadable"
    agreed = {*readings[0].items()}.intersection(*(reading.items() for reading in readings))
    common = {name: text for name, text in readings[0].items() if (name, text) in agreed}
    return common, "shifted" if all(reading == common for reading in readings) else "ambiguous"


def _fits(fields: Fields, names: Fields, nullable: frozenset[str]) -> Iterator[Mapping[str, str]]:
    if len(fields) > len(names):
        return
    if not names:
        yield {}
        return
    if fields and looks_right(names[0], fields[0]):
        for rest in _fits(fields[1:], names[1:], nullable):
            yield {names[0]: fields[0], **rest}
    if names[0] in nullable:
        yield from _fits(fields, names[1:], nullable)


def _spoken(reading: Mapping[str, str]) -> Mapping[str, str]:
    return {name: text for name, text in reading.items() if text.lower() not in BLANK}


def _is_consistent(reading: Mapping[str, str]) -> bool:
    return (
        ("longitude" in reading) == ("latitude" in reading)
        and not ("cloud_region" in reading and "cloud_provider" not in reading)
        and not ("gpu_model" in reading and "gpu_count" not in reading)
    )
