"""The pages of estimates, places and times: their commands run, their figures follow."""

from __future__ import annotations

import math
import re
import shlex
from pathlib import Path

import pytest

from carbonlabel.cli import main
from carbonlabel.factors import devices, doubts, grid, places

DOCS = Path(__file__).parents[2] / "docs"
ESTIMATE = (DOCS / "estimate.md").read_text("utf-8")
SHIFTING = (DOCS / "where-and-when.md").read_text("utf-8")
VERBS = re.compile(r"^carbonlabel ((?:estimate|regions) [^\n]*)$", re.MULTILINE)
COMMANDS = VERBS.findall(ESTIMATE + SHIFTING)


@pytest.mark.parametrize("line", [each for each in COMMANDS if "--from" not in each])
def test_every_command_that_needs_no_file_runs(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(shlex.split(line)) == 0
    assert capsys.readouterr().out


def test_the_worked_estimate_is_what_the_tables_give() -> None:
    power_w = devices.find("RTX 4090").row.rated_power_w
    assert power_w == 450
    figure = grid.intensity(places.find("DE").zones, 2025)
    assert figure is not None
    energy_kwh = 0.45 * 6.5

    assert f"{figure.intensity_gco2e_per_kwh:g} g/kWh" in ESTIMATE
    assert f"{energy_kwh * figure.intensity_gco2e_per_kwh:.0f} g" in ESTIMATE
    low, high = doubts.doubt("rated").ends(energy_kwh)
    assert f"between {low:.3f} and {high:.2f} kWh" in ESTIMATE


def test_the_ranges_of_a_host_are_those_that_are_shipped() -> None:
    half, memory = doubts.doubt("constant-cpu"), doubts.doubt("memory")

    assert f"half the rating: × {half.low:.2f} to × {half.high:g}" in ESTIMATE
    assert f"memory: × {memory.low:.2f} to × {memory.high:.2f}" in ESTIMATE


def test_the_worked_change_is_what_the_tables_give() -> None:
    figures = [grid.intensity(places.find(code).zones, 2025) for code in ("FR", "BE")]
    france, belgium = (each.intensity_gco2e_per_kwh for each in figures if each is not None)
    ratio, both = belgium / france, 1.42 ** math.sqrt(2)

    assert f"France {france:g}, Belgium {belgium:g} g/kWh" in SHIFTING
    ends = f"+{100 * (ratio / both - 1):.0f} to +{100 * (ratio * both - 1):.0f}"
    assert f"+{100 * (ratio - 1):.0f} %\n({ends})" in SHIFTING
