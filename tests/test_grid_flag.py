"""Hourly intensities, as a user gives them: by flag and in Python."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from carbonlabel import desk
from carbonlabel.errors import InputError
from tests.conftest import Run

SAMPLES = Path(__file__).parent / "samples" / "grid"
HEADER = "datetime (UTC),zone,intensity lifecycle (gCO2e/kWh)\n"


@pytest.fixture
def november(tmp_path: Path) -> Path:
    """Each hour of November 2026, at 10 g/kWh a day of the month more."""
    path = tmp_path / "grid.csv"
    lines = (
        f"2026-11-{day:02} {hour:02}:00,FR,{10 * day}\n"
        for day in range(1, 31)
        for hour in range(24)
    )
    path.write_text(HEADER + "".join(lines))
    return path


def test_a_log_of_local_times_needs_a_zone(carbonlabel: Run, example: Path, november: Path) -> None:
    done = carbonlabel("label", example, "--grid", november)

    assert done.status == 3
    assert "--zone Europe/Paris" in done.err


def test_the_zone_decides_which_hours_count(
    carbonlabel: Run, example: Path, november: Path
) -> None:
    """The example ran on 2026-11-22 from 02:05 to 02:16: in Tokyo that is the 21st of UTC."""
    found = {}
    for zone in ("Europe/Paris", "Asia/Tokyo", "UTC-5"):
        done = carbonlabel("assess", example, "--grid", november, "--zone", zone)
        assert done.status == 0, done.err
        region = json.loads(done.out)["activities"][0]["region"]
        found[zone] = region["intensity"]["value"]

    assert found == {"Europe/Paris": 220, "Asia/Tokyo": 210, "UTC-5": 220}
    assert "Read 720 values from grid.csv" in done.err


def test_the_label_is_drawn_and_the_disclosure_checks(
    carbonlabel: Run, example: Path, november: Path
) -> None:
    label = carbonlabel("label", example, "--grid", november, "--zone", "UTC", "--pue", "1.2")
    made = carbonlabel("assess", example, "--grid", november, "--zone", "UTC", "--pue", "1.2")

    assert "Grid  220 g CO₂e/kWh" in label.out.decode()
    assert carbonlabel("check", stdin=made.out).status == 0


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "localtime"])
def test_an_unknown_zone_is_said(carbonlabel: Run, example: Path, zone: str) -> None:
    done = carbonlabel("assess", example, "--zone", zone)

    assert done.status == 3
    assert "no time zone" in done.err


def test_a_marginal_series_is_refused(carbonlabel: Run, example: Path) -> None:
    done = carbonlabel("assess", example, "--grid", SAMPLES / "watttime-moer.json", "--zone", "UTC")

    assert done.status == 3
    assert "marginal" in done.err


def test_formats_of_series_are_listed(carbonlabel: Run) -> None:
    listed = carbonlabel("list", "formats").out.decode()

    for name in ("electricity-maps", "carbon-aware-sdk", "uk-carbon-intensity", "watttime"):
        assert name in listed


def test_python_takes_a_path_or_a_series(example: Path, november: Path) -> None:
    evidence = desk.read(example)
    by_path = desk.assess(evidence, grid=november, zone="UTC", region="FR")
    by_series = desk.assess(evidence, grid=desk.grid(str(november)), zone="UTC", region="FR")

    assert by_path == by_series
    assert by_path.activities[0].region.zone == "FR"


def test_a_zone_alone_places_the_run(example: Path) -> None:
    (activity,) = desk.assess(desk.read(example), zone="Europe/Paris").activities

    assert activity.period.zone == "+01:00"


def test_a_series_is_no_folder_and_no_log(example: Path, tmp_path: Path) -> None:
    for what in (tmp_path, tmp_path / "none.csv", example):
        with pytest.raises(InputError):
            desk.grid(what)
