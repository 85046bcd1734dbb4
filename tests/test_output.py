"""What is written to disk: whole, once, and nothing else touched."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from carbonlabel import output
from carbonlabel.errors import WriteError
from carbonlabel.record import keeping
from tests.conftest import Run


def test_a_link_is_left_alone_with_what_it_leads_to(tmp_path: Path) -> None:
    real, link = tmp_path / "blob", tmp_path / "label.svg"
    real.write_bytes(b"shared")
    link.symlink_to(real)

    with pytest.raises(WriteError, match="symbolic link"):
        output.write(link, b"new")

    assert link.is_symlink()
    assert real.read_bytes() == b"shared"


def test_a_card_behind_a_link_is_refused_before_anything_is_written(
    carbonlabel: Run, example: Path, tmp_path: Path
) -> None:
    real, folder = tmp_path / "card.md", tmp_path / "docs"
    real.write_bytes(b"# model\n")
    folder.mkdir()
    (folder / "README.md").symlink_to(real)
    statement = tmp_path / "carbon.json"
    statement.write_bytes(carbonlabel("assess", example).out)

    done = carbonlabel("embed", folder / "README.md", statement)

    assert done.status == 3
    assert "name the file that it leads to" in done.err
    assert [each.name for each in folder.iterdir()] == ["README.md"]
    assert real.read_bytes() == b"# model\n"


def test_a_pipe_takes_the_bytes_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe, taken = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: taken.append(pipe.read_bytes()))
    reader.start()

    output.write(pipe, b"label")

    reader.join(timeout=10)
    assert taken == [b"label"]
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", ["README.md", "carbon.json", "label.png"])
def test_a_card_with_its_files_never_takes_the_place_of_a_device_or_pipe(
    carbonlabel: Run, example: Path, tmp_path: Path, name: str
) -> None:
    folder, statement = tmp_path / "card", tmp_path / "statement.json"
    folder.mkdir()
    (folder / "README.md").write_bytes(b"# model\n")
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    statement.write_bytes(carbonlabel("assess", example).out)
    there = {each.name for each in folder.iterdir()}

    with pytest.raises(WriteError, match="device or a pipe"):
        output.write_card(keeping.load(statement.read_bytes()), folder / "README.md")

    assert (folder / name).is_fifo()
    assert {each.name for each in folder.iterdir()} == there


def test_the_only_problem_of_a_document_is_said_once(
    carbonlabel: Run, example: Path, tmp_path: Path
) -> None:
    text = carbonlabel("assess", example).out.decode()
    broken = tmp_path / "carbon.json"
    broken.write_text(text.replace('"headline": "', '"headline": "x'), encoding="utf-8")

    done = carbonlabel("check", broken)

    assert done.status == 3
    assert done.err.count("/totals/headline") == 1
