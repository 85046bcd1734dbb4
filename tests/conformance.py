"""What every reader owes to any file, as one judgement: the tests and the fuzzer share it."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from carbonlabel.errors import CarbonLabelError, InputError, MissingFactor
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import Evidence
from carbonlabel.plugins import Reader

ROOT: Final = Path(__file__).parents[1]
LONGEST_COUNT: Final = 300
LONGEST_JOINED_COUNT: Final = 2_000
"""A project joins what many logs say into one sentence, and keeps their findings."""
LONGEST_ERROR_COUNT: Final = 2_000
ROWS: Final = ("accelerators", "host", "computing")
PLACES: Final = {*ROWS, "run", "duration", "pue", "wue", "reported", "period", "place"}
UNPRINTABLE: Final = frozenset(("Cc", "Cs", "Zl", "Zp"))


def attempt(reader: Reader, log: Log) -> tuple[Evidence, ...] | None:
    """Sane evidence, or None where the reader refuses; everything else is a failed assertion."""
    return attempted(lambda: reader.read(log), log)


def attempted(read: Callable[[], Sequence[Evidence]], log: Log) -> tuple[Evidence, ...] | None:
    """The same for any way to read the log."""
    try:
        runs = tuple(read())
    except (InputError, MissingFactor) as refused:
        said_plainly(refused, log.name)
        return None
    for run in runs:
        sane(run, log)
    return runs


def said_plainly(refused: CarbonLabelError, name: str) -> None:
    """The error names the file, in one short text without control characters."""
    text = str(refused)
    assert refused.message, "an error says nothing"
    assert len(text) <= LONGEST_ERROR_COUNT, f"an error of {len(text)} characters"
    assert (refused.where or "").startswith(name), f"{refused.where!r} does not name the file"
    assert not unprintable(text), f"control characters in {text!r}"


def sane(run: Evidence, log: Log) -> None:
    """The evidence is what its docstring promises."""
    known = {row for row in ROWS if isinstance(getattr(run, row), Estimate)}
    assert set(run.sensors) == known, f"{dict(run.sensors)} for {known}"
    assert (log.name, log.sha256) in {(each.file, each.sha256) for each in run.inputs}
    if run.stage is None:
        assert {finding.code for finding in run.findings} <= codes()
        assert {finding.place for finding in run.findings} <= PLACES
    longest_count = LONGEST_COUNT if run.stage is None else LONGEST_JOINED_COUNT
    for part in parts(run):
        match part:
            case float():
                assert math.isfinite(part)
            case str():
                assert len(part) <= longest_count, f"{len(part)} characters: {part[:60]!r}…"
                assert not unprintable(part), f"control characters in {part!r}"
    assert all(energy_kwh >= 0 for _, energy_kwh in run.hours)
    assert all(device.count > 0 for device in run.devices)


def unprintable(text: str) -> list[str]:
    """The characters that a terminal or a page would obey instead of show."""
    return [letter for letter in text if unicodedata.category(letter) in UNPRINTABLE]


def parts(whole: object) -> Iterator[object]:
    """Everything inside, down to numbers and texts."""
    yield whole
    match whole:
        case BaseModel():
            inside: Iterator[object] = (getattr(whole, name) for name in type(whole).model_fields)
        case Mapping():
            inside = (each for pair in whole.items() for each in pair)
        case tuple() | list():
            inside = iter(whole)
        case _ if is_dataclass(whole):
            inside = (getattr(whole, each.name) for each in fields(whole))
        case _:
            return
    for each in inside:
        yield from parts(each)


@cache
def codes() -> frozenset[str]:
    """Every word that the program or its page of errors writes like a finding's code."""
    files = [ROOT / "docs" / "errors.md", *(ROOT / "carbonlabel").rglob("*.py")]
    texts = (path.read_text("utf-8") for path in files)
    return frozenset(
        code for text in texts for code in re.findall(r"[`\"]([a-z0-9]+(?:-[a-z0-9]+)*)[`\"]", text)
    )
