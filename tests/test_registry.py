"""Who reads and who writes: ours, and strangers' that are installed beside us."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from carbonlabel import registry
from carbonlabel.errors import UnknownFormat
from carbonlabel.intake import Log

READER = """
class Reader:
    format = "stranger"
    about = "a stranger's log"
    def recognises(self, log):
        return log.head.startswith(b"STRANGER")
    def read(self, log):
        from carbonlabel.errors import MalformedInput
        raise MalformedInput("read by the stranger", where=log.name)
reader = Reader()
"""


def stranger(folder: Path, package: str, name: str, value: str) -> None:
    """Lay a distribution with one entry point into a folder."""
    folder.mkdir(exist_ok=True)
    (folder / f"{package}.py").write_text(READER)
    meta = folder / f"{package}-1.0.dist-info"
    meta.mkdir()
    (meta / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (meta / "entry_points.txt").write_text(f"[carbonlabel.readers]\n{name} = {value}\n")


def read(folder: Path, log: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "carbonlabel", "label", str(log)],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(folder), "PATH": ""},
    )


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A file that only a stranger knows."""
    path = tmp_path / "x.log"
    path.write_text("STRANGER\n")
    return path


def test_a_reader_of_another_package_is_found_and_used(tmp_path: Path, log: Path) -> None:
    stranger(tmp_path / "site", "odd_reader", "stranger", "odd_reader:reader")

    done = read(tmp_path / "site", log)

    assert done.returncode == 3
    assert "read by the stranger" in done.stderr


def test_a_reader_that_cannot_be_loaded_is_named_with_its_package(
    tmp_path: Path, log: Path
) -> None:
    stranger(tmp_path / "site", "odd_reader", "stranger", "odd_reader:nothing")

    done = read(tmp_path / "site", log)

    assert done.returncode == 5
    assert "odd_reader" in done.stderr


def test_two_packages_with_one_name_are_both_named(tmp_path: Path, log: Path) -> None:
    for package in ("odd_reader", "other_reader"):
        stranger(tmp_path / "site", package, "stranger", f"{package}:reader")

    done = read(tmp_path / "site", log)

    assert done.returncode == 5
    assert "odd_reader" in done.stderr
    assert "other_reader" in done.stderr


def test_a_stranger_cannot_take_the_name_of_ours(tmp_path: Path, log: Path) -> None:
    stranger(tmp_path / "site", "odd_reader", "codecarbon-csv", "odd_reader:reader")

    done = read(tmp_path / "site", log)

    assert done.returncode == 5
    assert "carbonlabel itself" in done.stderr


@pytest.mark.parametrize("name", registry.names(registry.READERS))
def test_every_reader_of_ours_says_what_it_is(name: str) -> None:
    reader = registry.reader(name)

    assert reader.format == name
    assert reader.about
    assert not reader.recognises(Log("empty", content=b""))


@pytest.mark.parametrize("name", registry.names(registry.DOCUMENTS))
def test_every_renderer_of_ours_says_what_it_is(name: str) -> None:
    renderer = registry.renderer(name)

    assert renderer.format == name
    assert renderer.about
    assert renderer.file_name


def test_an_empty_file_and_an_unknown_one_are_told_apart() -> None:
    with pytest.raises(UnknownFormat, match="the file is empty"):
        registry.recognise(Log("x", content=b""))
    with pytest.raises(UnknownFormat, match="no reader knows"):
        registry.recognise(Log("x", content=b"hello"))


@pytest.mark.parametrize(
    "printed",
    [
        b"Thu Dec 12 16:47:12 2024\n+---+\n| NVIDIA-SMI 535.154.05     Driver Version: 535.154.05",
        b"# gpu    pwr  gtemp  mtemp     sm\n# Idx      W      C      C      %\n    0     10",
    ],
)
def test_what_nvidia_smi_prints_for_people_gets_the_command_that_records(printed: bytes) -> None:
    with pytest.raises(UnknownFormat) as caught:
        registry.recognise(Log("gpu.log", content=printed))

    assert "--query-gpu=timestamp,uuid,name,power.draw --format=csv" in str(caught.value.hint)
