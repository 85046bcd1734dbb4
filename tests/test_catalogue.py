"""The lists of what is known are complete, and fit a terminal."""

from __future__ import annotations

import pytest

from carbonlabel import catalogue, registry
from carbonlabel.plugins import Reader, SeriesReader

PROOFS = {"real output", "documented format", "own format"}
OURS: list[Reader | SeriesReader] = [
    *map(registry.reader, registry.names(registry.READERS)),
    *map(registry.series_reader, registry.names(registry.FACTORS)),
]


class Stranger:
    """A reader that says no more than it must."""

    format = "stranger-log"
    about = "a stranger's log"


@pytest.mark.parametrize("reader", OURS, ids=lambda reader: reader.format)
def test_each_reader_of_ours_says_all_of_itself(reader: Reader | SeriesReader) -> None:
    told = catalogue.format_row(reader, reader.about)

    assert all(told.values())
    assert "not stated" not in told.values()
    assert told["proven"] in PROOFS


def test_a_stranger_that_says_less_reads_not_stated() -> None:
    told = catalogue.format_row(Stranger(), "a log")  # type: ignore[arg-type] - that is the point

    assert told["format"] == "stranger-log"
    assert told["measures"] == told["proven"] == "not stated"


def test_formats_are_two_lines_each_and_fit_a_terminal() -> None:
    text = catalogue.table(catalogue.rows("formats", "zeus")).decode()

    assert [line.split("  ")[0] for line in text.splitlines()[::2]] == ["format", "zeus-csv"]
    assert "  real output" in text
    whole = catalogue.table(catalogue.rows("formats", "")).decode()
    assert max(map(len, whole.splitlines())) <= 100


def test_a_long_name_or_an_empty_word_breaks_no_list() -> None:
    row = {"format": "x" * 120, "reads": "", "measures": "all " * 40, "proven": ""}
    text = catalogue.table([row]).decode()

    assert f"{'x' * 120}\n" in text
    assert text.count("all") == 40


def test_a_search_finds_what_readers_measure() -> None:
    found = [row["format"] for row in catalogue.rows("formats", "rapl")]

    assert "codecarbon-csv" in found
    assert "nvidia-smi-csv" not in found


def test_series_are_listed_with_their_flag() -> None:
    (row,) = catalogue.rows("formats", "watttime")

    assert row["reads"].startswith("--grid: WattTime")


def test_other_lists_are_columns() -> None:
    header, first, *_ = catalogue.table(catalogue.rows("documents", "")).decode().splitlines()

    assert header.split() == ["format", "file", "is"]
    assert first.index("carbon.json") == header.index("file")


def test_places_and_devices_are_listed_with_what_is_known_of_them() -> None:
    place = catalogue.rows("regions", "gcp/europe-west1")[0]
    device = catalogue.rows("devices", "A100-SXM4")[0]

    assert place["region"] == "gcp/europe-west1"
    assert device["rated power"] == "400 W"
