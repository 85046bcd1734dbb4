"""The page for authors of readers: its example is a package that works as it stands there."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from carbonlabel.version import __version__
from tests.conftest import Run

PAGE = (Path(__file__).parents[1] / "docs" / "readers.md").read_text("utf-8")
SILENT = """
class Reader:
    format, about = "silent", "a log whose reader says no more"
    def recognises(self, log):
        return log.head.startswith(b"SILENT")
    def read(self, log):
        raise ValueError("not what a reader may raise")
reader = Reader()
"""


def example(language: str) -> str:
    """The one block of the page in a language."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


def laid(folder: Path, module: str, code: str, entries: dict[str, str]) -> Path:
    """A distribution of one module, as installing it would lay it into a folder."""
    meta = folder / f"{module}-1.0.dist-info"
    meta.mkdir(parents=True)
    (folder / f"{module}.py").write_text(code)
    (meta / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
    lines = "".join(f"{name} = {value}\n" for name, value in entries.items())
    (meta / "entry_points.txt").write_text(f"[carbonlabel.readers]\n{lines}")
    return folder


@pytest.fixture
def site(tmp_path: Path) -> str:
    """A folder of packages that holds the example's."""
    project = tomllib.loads(example("toml"))["project"]
    entries = project["entry-points"]["carbonlabel.readers"]
    return str(
        laid(tmp_path / "site", project["name"].replace("-", "_"), example("python"), entries)
    )


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """The log of the example."""
    path = tmp_path / "joules.csv"
    path.write_text(example("csv"))
    return path


def test_the_example_labels_its_log(carbonlabel: Run, site: str, log: Path) -> None:
    done = carbonlabel("label", log, "--region", "FR", PYTHONPATH=site)

    assert done.status == 0
    # 3.6 MJ of boards and 0.72 MJ of packages are 1 kWh and 0.2 kWh.
    assert "1.20 kWh" in done.out.decode()
    assert "of 1.2 kWh" in PAGE
    assert "Read 1 run from joules.csv (Joulemeter)" in done.err


def test_the_example_is_collected_and_its_project_labelled(
    carbonlabel: Run, site: str, log: Path
) -> None:
    project = log.with_name("project.json")

    carbonlabel("collect", log.parent, "-o", project, PYTHONPATH=site)
    done = carbonlabel("label", project, "--region", "FR", "-q", "-t", "json")

    assert done.status == 0
    assert json.loads(project.read_text())["totals"][0]["energy"]["value"] == pytest.approx(1.2)


def test_the_example_says_what_it_reads(carbonlabel: Run, site: str) -> None:
    done = carbonlabel("list", "formats", "joulemeter", PYTHONPATH=site)

    assert "Joulemeter 1.x, joules.csv" in done.out.decode()
    assert "GPU boards and CPU packages" in done.out.decode()


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("1767229200", "1767225000"), "joules.csv:2 end"),
        (("1767229200", "soon"), "joules.csv:2 end"),
        (("3600000", "-1"), "joules.csv:2 gpu_joules"),
        (("a1,", "a1,1,"), "joules.csv:2"),
    ],
)
def test_the_example_refuses_what_cannot_be(
    carbonlabel: Run, site: str, log: Path, change: tuple[str, str], place: str
) -> None:
    log.write_text(log.read_text().replace(*change))

    done = carbonlabel("label", log, "--region", "FR", PYTHONPATH=site)

    assert done.status == 3
    assert "error[malformed-input]" in done.err
    assert place in done.err


def test_energy_that_was_not_read_is_missing(carbonlabel: Run, site: str, log: Path) -> None:
    log.write_text(log.read_text().replace("3600000", "0"))

    done = carbonlabel("label", log, "--region", "FR", "-q", "-t", "json", PYTHONPATH=site)

    assert '"gpu_joules is blank or 0"' in done.out.decode()


def test_a_reader_may_say_no_more_than_its_name_and_what_it_reads(
    carbonlabel: Run, tmp_path: Path
) -> None:
    site = str(laid(tmp_path, "silent", SILENT, {"silent": "silent:reader"}))

    (row,) = json.loads(carbonlabel("list", "formats", "silent", "--json", PYTHONPATH=site).out)

    left = ("measures", "record", "pue", "zone", "proven")
    assert {row[name] for name in left} == {"not stated"}
    assert "not stated" in carbonlabel("list", "formats", "silent", PYTHONPATH=site).out.decode()


def test_a_reader_that_raises_something_else_is_a_fault(carbonlabel: Run, tmp_path: Path) -> None:
    site = str(laid(tmp_path / "site", "silent", SILENT, {"silent": "silent:reader"}))
    log = tmp_path / "x.log"
    log.write_text("SILENT\n")

    assert carbonlabel("label", log, PYTHONPATH=site, TMPDIR=str(tmp_path)).status == 70


def test_the_example_asks_for_this_version() -> None:
    (needs,) = tomllib.loads(example("toml"))["project"]["dependencies"]

    assert needs == f"carbonlabel=={__version__.rpartition('.')[0]}.*"
