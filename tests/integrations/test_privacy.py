"""Coordinates, kernels and paths leave a table, every other byte stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import carbonlabel
from carbonlabel.errors import InputError
from carbonlabel.integrations import strip
from carbonlabel.integrations.privacy import prepared
from tests.integrations.conftest import EXAMPLE, LATITUDE, LONGITUDE, PLACED, ROOT

SHIFTED = ROOT / "tests/samples/codecarbon/3.2.9/shifted/emissions.csv"


def test_only_what_is_private_changes(folder: Path) -> None:
    log = folder / "emissions.csv"

    assert strip(log) == ("latitude", "longitude", "os")

    system = b"Linux-6.18.44-fc-v669-x86_64-with-glibc2.36"
    assert log.read_bytes() == EXAMPLE.replace(system, b"Linux")


def test_no_figure_changes(folder: Path) -> None:
    log = folder / "emissions.csv"
    (before,) = carbonlabel.read(log)

    strip(log)

    (after,) = carbonlabel.read(log)
    assert replace(after, inputs=before.inputs) == before


def test_a_second_time_there_is_nothing_to_do(folder: Path) -> None:
    log = folder / "emissions.csv"
    strip(log)
    once = log.read_bytes()

    assert strip(log) == ()
    assert log.read_bytes() == once


@pytest.mark.parametrize(
    "dress",
    [
        lambda log: log.replace(b"\n", b"\r\n"),
        lambda log: b"\xef\xbb\xbf" + log,
        lambda log: log.rstrip(b"\n"),
        lambda log: log.replace(b"AMD EPYC", b'"EPYC, the ""second"""'),
        lambda log: log + log,
    ],
    ids=["CRLF", "BOM", "no end of line", "quotes", "a second header"],
)
def test_however_the_table_is_written_its_dress_stays(folder: Path, dress: object) -> None:
    assert callable(dress)
    log = folder / "emissions.csv"
    log.write_bytes(dress(PLACED))

    strip(log)

    clean = EXAMPLE.replace(b"Linux-6.18.44-fc-v669-x86_64-with-glibc2.36", b"Linux")
    assert log.read_bytes() == dress(clean)


def test_shifted_rows_lose_their_coordinates_too(folder: Path) -> None:
    log = folder / "emissions.csv"
    place = b",0,,%b,%b,23.54" % (LONGITUDE, LATITUDE)
    shifted = SHIFTED.read_bytes().replace(b",0,,,,23.54", place).replace(b",0,,23.54", place)
    log.write_bytes(shifted)

    strip(log)

    assert LONGITUDE not in log.read_bytes()
    assert LATITUDE not in log.read_bytes()
    assert [run.host for run in carbonlabel.read(log)] == [
        run.host for run in carbonlabel.read(SHIFTED)
    ]


def test_a_path_in_the_name_of_the_project_keeps_its_last_part(folder: Path) -> None:
    log = folder / "emissions.csv"
    log.write_bytes(EXAMPLE.replace(b",tiny-gpt,", b",/home/mallory/tiny-gpt,"))

    assert "project_name" in strip(log)
    assert b",tiny-gpt," in log.read_bytes()


def test_other_logs_are_refused_with_what_to_do(tmp_path: Path) -> None:
    log = tmp_path / "train.log"
    log.write_text("epoch 1 loss 2.3\n", encoding="utf-8")

    with pytest.raises(InputError, match=r"train.log: .* no table of CodeCarbon.*keep_log_out"):
        strip(log)


@pytest.mark.parametrize(
    "row", [b'2026-11-22T02:15:54,"tiny', b"2026-11-22T02:15:54,a,b,c,1.0,2.0,%b" % LATITUDE]
)
def test_a_row_that_cannot_be_told_apart_is_refused_and_left(folder: Path, row: bytes) -> None:
    log = folder / "emissions.csv"
    log.write_bytes(PLACED + row + b"\n")

    with pytest.raises(InputError, match="nothing was blanked"):
        strip(log)
    assert log.read_bytes() == PLACED + row + b"\n"


def test_text_that_is_not_utf_8_is_refused(folder: Path) -> None:
    log = folder / "emissions.csv"
    log.write_bytes(PLACED.replace(b"tiny-gpt", b"tiny-\xff"))

    with pytest.raises(InputError, match="not UTF-8"):
        strip(log)


def test_every_table_of_a_folder_is_made_ready_and_no_other_file(folder: Path) -> None:
    (folder / "emissions.csv.bak").write_bytes(PLACED)
    (folder / "scores.csv").write_text("place,score\n48.85837,2\n", encoding="utf-8")

    told = list(prepared(folder, (), strip=True, keep_out=False))

    assert [line.partition(" ")[0] for line in told] == ["emissions.csv", "emissions.csv.bak"]
    assert LATITUDE not in (folder / "emissions.csv.bak").read_bytes()
    assert LATITUDE in (folder / "scores.csv").read_bytes()


def test_coordinates_that_stay_are_told_of(folder: Path) -> None:
    (told,) = prepared(folder, (), strip=False, keep_out=False)

    assert told.startswith("emissions.csv goes public with the card, and holds coordinates")
    assert (folder / "emissions.csv").read_bytes() == PLACED


def test_a_log_without_coordinates_needs_no_word(folder: Path) -> None:
    (folder / "emissions.csv").write_bytes(EXAMPLE)

    assert not [*prepared(folder, (), strip=False, keep_out=False)]


def test_a_log_that_is_kept_out_is_named_in_gitignore_once(folder: Path) -> None:
    (folder / ".gitignore").write_text("wandb/", encoding="utf-8")
    used = (folder / "power.log", folder / "elsewhere" / "x.log")

    told = [line for _ in range(2) for line in prepared(folder, used, strip=True, keep_out=True)]

    assert told == [
        "emissions.csv, power.log stays here: it is named in .gitignore, which uploads heed"
    ]
    assert (folder / ".gitignore").read_text("utf-8") == "wandb/\nemissions.csv\npower.log\n"
    assert (folder / "emissions.csv").read_bytes() == PLACED
