"""Every file is found once, and named below the folder that holds all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from carbonlabel.collection import folders
from carbonlabel.collection.folders import Shelf, ShelvedLog, printable_name, walk
from carbonlabel.errors import InputError


def touch(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return root


def names(*paths: Path) -> list[str]:
    return [each.name for each in walk(paths).files()]


def test_a_folder_gives_its_files_sorted_by_folder_and_name(tmp_path: Path) -> None:
    touch(tmp_path, "b.csv", "a/z.csv", "a/b/c.csv", "a-b.csv")

    assert names(tmp_path) == ["a/b/c.csv", "a/z.csv", "a-b.csv", "b.csv"]


def test_hidden_names_and_our_own_are_passed_over(tmp_path: Path) -> None:
    touch(tmp_path, ".git/log.csv", ".hidden.csv", ".carbonlabel-x/emissions.csv", "seen.csv")

    assert names(tmp_path) == ["seen.csv"]


def test_a_hidden_file_that_is_named_is_taken(tmp_path: Path) -> None:
    touch(tmp_path, ".hidden.csv")

    assert names(tmp_path / ".hidden.csv") == [".hidden.csv"]


def test_several_paths_are_named_below_what_they_share(tmp_path: Path) -> None:
    touch(tmp_path, "runs/a/1.csv", "runs/b/2.csv", "jobs.psv")

    assert names(tmp_path / "runs/b", tmp_path / "runs/a") == ["a/1.csv", "b/2.csv"]
    assert names(tmp_path / "jobs.psv", tmp_path / "runs") == [
        "jobs.psv",
        "runs/a/1.csv",
        "runs/b/2.csv",
    ]


def test_a_path_inside_another_counts_once(tmp_path: Path) -> None:
    touch(tmp_path, "runs/a/1.csv")
    found = walk([tmp_path / "runs/a/1.csv", tmp_path / "runs", tmp_path / "runs/../runs/a"])

    (only,) = found.files()
    assert only.is_named


def test_links_to_folders_are_not_followed_and_said(tmp_path: Path) -> None:
    touch(tmp_path, "runs/1.csv", "elsewhere/2.csv")
    (tmp_path / "runs" / "loop").symlink_to(tmp_path / "runs", target_is_directory=True)
    (tmp_path / "runs" / "other").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "runs" / "gone").symlink_to(tmp_path / "nowhere")
    found = walk([tmp_path / "runs"])

    assert [each.name for each in found.files()] == ["1.csv"]
    assert {(each.file, each.code) for each in found.unread} == {
        ("loop", "linked-folder"),
        ("other", "linked-folder"),
    }


def test_pipes_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    assert names(tmp_path) == []


def test_a_name_that_is_no_text_is_written_out(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"r\xe9sum\xe9.csv")
    path.touch()

    assert printable_name(path) == r"r\xe9sum\xe9.csv"
    assert names(tmp_path) == [r"r\xe9sum\xe9.csv"]


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "FILES_LIMIT", 2)
    touch(tmp_path, "1", "2", "3")

    with pytest.raises(InputError, match="over 2 files"):
        walk([tmp_path])


def test_a_folder_that_vanishes_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(folders.os, "scandir", fail)
    (unread,) = walk([tmp_path]).unread

    assert unread.message == "the folder cannot be listed: permission denied"


def test_backups_that_are_read_themselves_do_not_stand_beside_a_log(tmp_path: Path) -> None:
    touch(tmp_path, "a.csv", "a.csv.bak", "b.csv", "c.csv.bak")
    path = tmp_path / "a.csv"
    whole = Shelf(("a.csv", "b.csv"), frozenset({"a.csv.bak", "c.csv.bak"}), is_whole=True)
    named = Shelf(("a.csv",), frozenset({"a.csv.bak"}), is_whole=False)

    assert ShelvedLog("a.csv", path=path, shelf=whole).siblings() == ("b.csv",)
    assert ShelvedLog("a.csv", path=path, shelf=named).siblings() == ("b.csv", "c.csv.bak")
