"""I know the columns that each version of CodeCarbon wrote, and what their values look like."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log

Fields = Sequence[str]


def _after(columns: tuple[str, ...], anchor: str, *added: str) -> tuple[str, ...]:
    at = columns.index(anchor) + 1
    return (*columns[:at], *added, *columns[at:])


_PLACE: Final = ("country_name", "country_iso_code", "region")
_CLOUD: Final = ("cloud_provider", "cloud_region")
_FIRST: Final = ("project_name", "duration", "emissions", "energy_consumed", *_PLACE, "on_cloud")
SCHEMA_A0: Final = ("experiment_id", "timestamp", *_FIRST, *_CLOUD)
SCHEMA_A: Final = ("timestamp", "experiment_id", *_FIRST, *_CLOUD)
SCHEMA_B: Final = (
    *("timestamp", "project_name", "run_id", "duration", "emissions", "emissions_rate"),
    *("cpu_power", "gpu_power", "ram_power", "cpu_energy", "gpu_energy", "ram_energy"),
    *("energy_consumed", *_PLACE, *_CLOUD, "os", "python_version"),
    *("cpu_count", "cpu_model", "gpu_count", "gpu_model", "longitude", "latitude"),
    *("ram_total_size", "tracking_mode", "on_cloud"),
)
SCHEMA_C: Final = _after(SCHEMA_B, "python_version", "codecarbon_version")
SCHEMA_D: Final = (*SCHEMA_C, "pue")
SCHEMA_E: Final = _after(SCHEMA_D, "run_id", "experiment_id")
SCHEMA_F: Final = (*_after(SCHEMA_E, "energy_consumed", "water_consumed"), "wue")
SCHEMA_G: Final = _after(
    SCHEMA_F,
    "tracking_mode",
    *("cpu_utilization_percent", "gpu_utilization_percent"),
    *("ram_utilization_percent", "ram_used_gb"),
)
SCHEMAS: Final = (
    *(SCHEMA_A0, SCHEMA_A, SCHEMA_B, SCHEMA_C),
    *(SCHEMA_D, SCHEMA_E, SCHEMA_F, SCHEMA_G),
)
"""The columns of `emissions.csv` in file order, as of versions 0.1, 1.0, 2.0, 2.2, 2.2.3, 2.7,
3.0.8 and 3.2.1."""
NULLABLE: Final = frozenset(
    {"region", *_CLOUD, "cpu_model", "gpu_count", "gpu_model", "longitude", "latitude"}
)
"""What CodeCarbon 3.2.9 and 3.3.0 leave out of a row, without a placeholder, where it is empty."""
REQUIRED: Final = ("timestamp", "duration", "emissions", "energy_consumed")
BLANK: Final = frozenset({"", "none", "nan", "null", "n/a", "<na>"})
"""How CodeCarbon, pandas and spreadsheets write that there is nothing, in lower case."""

_SIGNATURE: Final = frozenset({"energy_consumed", "emissions", "country_iso_code"})
_COMMON: Final = frozenset(SCHEMA_A) - {"experiment_id"}
_COMMON_COUNT: Final = 6
_SPLIT: Final = frozenset({"cpu_energy", "emissions_rate", "codecarbon_version", "tracking_mode"})
_KEYS: Final = ("run_id", "duration", "energy_consumed")
_SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}
_NUMBER: Final = r"-?\d+(\.\d*)?([eE][+-]?\d+)?"
_NUMERIC: Final = (
    *("duration", "emissions_rate", "cpu_power", "gpu_power", "ram_power", "cpu_energy"),
    *("gpu_energy", "ram_energy", "energy_consumed", "water_consumed"),
    *("ram_total_size", "cpu_utilization_percent", "gpu_utilization_percent"),
    *("ram_utilization_percent", "ram_used_gb", "wue"),
)
_LOOKS: Final[Mapping[str, re.Pattern[str]]] = {
    **dict.fromkeys(_NUMERIC, re.compile(_NUMBER)),
    **dict.fromkeys(("longitude", "latitude"), re.compile(f"{_NUMBER}|")),
    "timestamp": re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*"),
    "emissions": re.compile(f"{_NUMBER}|nan|"),
    "country_iso_code": re.compile(r"[A-Z]{3}|"),
    "region": re.compile(r"(?!(aws|gcp|azure|Linux|Windows|macOS|Darwin)\b)\D*"),
    "cloud_provider": re.compile(r"aws|gcp|azure|ovh|scaleway|ibm|oracle|alibaba|"),
    "cloud_region": re.compile(r"(?!(Linux|Windows|macOS|Darwin)\b)[A-Za-z][\w.-]*|"),
    "os": re.compile(r"(Linux|Windows|macOS|Darwin).*"),
    "python_version": re.compile(r"\d+\.\d+.*"),
    "codecarbon_version": re.compile(r"\d+\.\d+\.\d+.*"),
    "cpu_count": re.compile(r"\d+(\.0)?"),
    "cpu_model": re.compile(r".*[A-Za-z].*|"),
    "gpu_count": re.compile(r"\d+(\.0)?|"),
    "gpu_model": re.compile(r".*[A-Za-z].*|"),
    "tracking_mode": re.compile(r"machine|process"),
    "on_cloud": re.compile(r"[YN]"),
    "pue": re.compile(r"[1-9]\d*(\.\d*)?"),
}
_ANYTHING: Final = re.compile(r".*")


class Header(NamedTuple):
    """The columns of the rows below it, and where the three stand that every row is asked for."""

    names: tuple[str, ...]
    """Column names in file order."""
    width: int
    """How many they are."""
    run_at: int
    """Index of the column that tells runs apart; -1 where there is none."""
    duration_at: int
    """Index of `duration`."""
    energy_at: int
    """Index of `energy_consumed`."""
    has_run_id: bool
    """False for 1.x, where a random `experiment_id` is the key of a row and names no run."""
    is_firm: bool
    """Whether run, duration and energy stand where the newest schema has them: a row that is
    shifted further right can then be asked for them all the same."""
    has_memory: bool
    """False for 1.x, which leaves the energy of memory out."""
    is_tasks: bool
    """Whether the rows are tasks, which add up, and not snapshots of runs, which do not."""
    is_guess: bool = False
    """Whether no line of the file says so, but the looks of a row."""


def looks_right(name: str, text: str) -> bool:
    """Whether `text` could be a value of the column `name`."""
    return _LOOKS.get(name, _ANYTHING).fullmatch(text) is not None


def is_header(fields: Fields) -> bool:
    """Whether these fields are column names of CodeCarbon: the three telling ones, or six others.

    >>> is_header("timestamp,emissions,energy_consumed,country_iso_code".split(","))
    True
    >>> is_header("runId,timestamp,emissions,energy_consumed,duration,os,region".split(","))
    False
    """
    names = {field.strip() for field in fields}
    return names >= _SIGNATURE or len(names & _COMMON) >= _COMMON_COUNT


def is_codecarbon(log: Log) -> bool:
    """Whether the first line holds CodeCarbon's column names, whatever separates them."""
    lines = log.head.decode("utf-8", "replace").splitlines()
    first = next((line for line in lines if line.strip()), "")
    return any(is_header(_unquoted(first, separator)) for separator in _SEPARATORS)


def rows(log: Log) -> Iterator[tuple[int, list[str]]]:
    """Each line that is not empty with its number, split into its fields.

    A last line that was cut inside quotes keeps the fields before them.

    Raises:
        MalformedInput: the text is not UTF-8, or the quotes of a line do not match.
    """
    lines = log.lines()
    for number, text in lines:
        if '"' not in text:
            if text:
                yield number, text.split(",")
            continue
        try:
            yield number, next(csv.reader([text], strict=True))
        except csv.Error as bad:
            if next(lines, None) is not None:
                raise _broken_quotes(log.name, number) from bad
            yield number, text.partition('"')[0].split(",")[:-1]


def header(fields: Fields, *, where: str) -> Header:
    """The header that these fields are.

    Raises:
        MalformedInput: they are no column names of CodeCarbon, one that is needed is missing or
            stands twice, or something else than commas separates them.
    """
    names = tuple(field.strip() for field in fields)
    _check_separator(names, where)
    _check_names(names, where)
    run = _run_column(names)
    return Header(
        names=names,
        width=len(names),
        run_at=names.index(run) if run else -1,
        duration_at=names.index("duration"),
        energy_at=names.index("energy_consumed"),
        has_run_id=run == "run_id",
        is_firm=all(name in names and names.index(name) == SCHEMA_G.index(name) for name in _KEYS),
        has_memory=run != "experiment_id",
        is_tasks=names[0] == "task_name",
    )


def _unquoted(line: str, separator: str) -> list[str]:
    return [name.strip().strip('"') for name in line.split(separator)]


def _run_column(names: Sequence[str]) -> str | None:
    if "run_id" in names:
        return "run_id"
    # From 2.7 on, experiment_id is one constant for everybody; only in 1.x is it a key.
    return "experiment_id" if "experiment_id" in names and not _SPLIT & {*names} else None


def _check_separator(names: Sequence[str], where: str) -> None:
    line = ",".join(names)
    for separator, word in _SEPARATORS.items():
        if separator != "," and is_header(_unquoted(line, separator)):
            raise MalformedInput(
                f"{word} separate the fields where CodeCarbon writes commas",
                where=where,
                hint="a spreadsheet saved it in a local format: save it as CSV with commas and "
                "decimal points, or take the file that CodeCarbon wrote",
            )
    if not is_header(names):
        raise MalformedInput(
            "the first line holds no column names of CodeCarbon",
            where=where,
            hint="name the emissions.csv that CodeCarbon wrote, with its header",
        )


def _check_names(names: Sequence[str], where: str) -> None:
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise MalformedInput(
            f"the header has no column {', '.join(missing)}",
            where=where,
            hint="CodeCarbon always writes it: was the file edited?",
        )
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        # A header that lost its line break goes on with what a run says of its machine.
        known = [name if name in SCHEMA_G else f"column {names.index(name) + 1}" for name in twice]
        raise MalformedInput(
            f"the header names {', '.join(known)[:80]} twice",
            where=where,
            hint="keep one of the columns",
        )


def _broken_quotes(name: str, number: int) -> MalformedInput:
    return MalformedInput(
        "the quotes of the line do not match",
        where=f"{name}:{number}",
        hint="was the file edited? CodeCarbon writes one run on one line",
    )
