"""Where a reader says that a figure stands, it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from carbonlabel import registry
from carbonlabel.errors import CarbonLabelError
from carbonlabel.intake import open_log
from carbonlabel.model.estimate import Estimate

SAMPLES = Path(__file__).parents[1] / "samples"
WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9-]{2,}")


def readings() -> dict[str, set[tuple[str, bool]]]:
    """By format: each column that a sample's figure should stand in, and whether it does."""
    found: dict[str, set[tuple[str, bool]]] = {}
    for path in sorted(SAMPLES.rglob("*")):
        if not path.is_file() or "bad" in path.parts or path.stat().st_size > 200_000:
            continue
        log = open_log(path)
        try:
            reader = registry.recognise(log)
            runs = reader.read(log)
        except CarbonLabelError:
            continue
        text = "".join(
            each.name + each.read_text("utf-8", "replace")
            for each in path.parent.iterdir()
            if each.is_file()
        )
        for field, column in getattr(reader, "columns", {}).items():
            name = "reported_" + field.partition("/")[2] if "/" in field else field
            if any(isinstance(getattr(run, name), Estimate) for run in runs):
                stands = any(word in text for word in WORD.findall(column))
                found.setdefault(reader.format, set()).add((f"{path.name}: {column}", stands))
    return found


FOUND = readings()


@pytest.mark.parametrize("name", sorted(FOUND))
def test_a_column_that_a_reader_names_is_in_its_samples(name: str) -> None:
    assert not [column for column, stands in sorted(FOUND[name]) if not stands]
