"""The kept example: the published footprint of BLOOM, from its inputs to the finished label."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from carbonlabel.checks import check
from carbonlabel.cli import main
from carbonlabel.model.disclosure import Disclosure, Part
from carbonlabel.model.estimate import Estimate

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "examples" / "bloom"
README = (FOLDER / "README.md").read_text("utf-8")
GOLD = ROOT / "tests" / "gold" / "terminal-bloom.txt"
TONNE_G = 1e6


def command(number: int) -> list[str]:
    """The arguments of one of the commands of the page, without where it writes."""
    found = re.findall(r"^\$ carbonlabel (.+) -o \S+$", README, re.MULTILINE)
    return shlex.split(found[number])


def made(number: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Disclosure:
    monkeypatch.chdir(ROOT)
    assert main([*command(number), "-q", "-o", str(folder)]) == 0
    return Disclosure.model_validate_json((folder / "carbon.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def bloom(tmp_path_factory: pytest.TempPathFactory) -> Disclosure:
    with pytest.MonkeyPatch.context() as patch:
        return made(0, tmp_path_factory.mktemp("bloom"), patch)


def tonnes(quantity: object) -> float:
    assert isinstance(quantity, Estimate)
    assert quantity.unit == "gCO2e"
    return quantity.value / TONNE_G


def part(disclosure: Disclosure, name: str) -> Part:
    (found,) = [each for each in disclosure.activities[0].parts if each.part == name]
    return found


def energy_kwh(row: Part) -> float:
    assert isinstance(row.energy, Estimate)
    return row.energy.value


def test_every_figure_is_the_published_one_within_its_rounding(bloom: Disclosure) -> None:
    # Luccioni, Viguier, Ligozat (2023), Tables 1 and 3.
    assert energy_kwh(part(bloom, "computing")) == pytest.approx(433_196)
    assert tonnes(part(bloom, "computing").emissions) == pytest.approx(24.69, abs=0.005)
    assert energy_kwh(part(bloom, "idle")) == 256_646
    assert tonnes(part(bloom, "idle").emissions) == pytest.approx(14.6, abs=0.05)
    assert tonnes(bloom.totals.electricity) == pytest.approx(39.3, abs=0.05)
    assert tonnes(bloom.totals.manufacture) == pytest.approx(11.2, abs=0.05)
    assert tonnes(bloom.totals.emissions) == pytest.approx(50.5, abs=0.05)


def test_manufacture_comes_from_the_inventory_and_is_nowhere_typed(bloom: Disclosure) -> None:
    hours = 1_082_990 / 384
    life = 6 * 8760 * 0.85

    # 3.64 t for the GPUs and 7.57 t for the servers, as the paper rounds them.
    assert 384 * 0.150 * hours / life == pytest.approx(3.64, abs=0.005)
    assert 48 * 2.500 * hours / life == pytest.approx(7.57, abs=0.01)
    assert tonnes(bloom.totals.manufacture) == pytest.approx((57.6 + 120) * hours / life)
    assert not re.search(r"(?<![0-9])11\.2", (FOLDER / "hardware.yaml").read_text("utf-8"))


def test_cooling_is_left_out_with_what_the_published_pue_would_add(bloom: Disclosure) -> None:
    (cooling,) = [each for each in bloom.left_out if each.what == "cooling and overhead"]

    assert tonnes(cooling.adds) == pytest.approx(7.9, abs=0.05)
    assert bloom.totals.headline == "at least"
    assert not [each for each in bloom.left_out if each.what.startswith("idle")]


def test_nothing_is_wrong_with_it(bloom: Disclosure) -> None:
    assert [each for each in check(bloom) if each.severity != "note"] == []


def test_one_command_draws_every_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(0, tmp_path, monkeypatch)

    written = {path.name for path in tmp_path.iterdir()}
    assert {"carbon.json", "label.svg", "label-dark.svg", "label.png", "LABEL.md"} <= written
    assert "50.5" in (tmp_path / "LABEL.md").read_text("utf-8")
    assert "50.5" in (tmp_path / "label.svg").read_text("utf-8")


def test_the_label_in_the_terminal_is_the_one_that_was_looked_at(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)

    assert main(command(0)) == 0

    assert capsys.readouterr().out == GOLD.read_text("utf-8")


def test_in_use_a_thousand_requests_take_4_kwh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disclosure = made(1, tmp_path, monkeypatch)

    workload = disclosure.activities[0].workload
    assert workload is not None
    shown = json.loads(workload.model_dump_json(exclude_none=True))
    # 914 kWh ÷ 230 768 requests
    assert shown["energy"]["value"] == pytest.approx(914 / 230_768 * shown["per"], rel=1e-6)
    assert "4.0 kWh" in (tmp_path / "LABEL.md").read_text("utf-8").replace("\u00a0", " ")


def test_the_table_of_the_page_says_what_is_worked_out(bloom: Disclosure) -> None:
    for shown, found in (
        ("24.69 t", part(bloom, "computing").emissions),
        ("14.63 t", part(bloom, "idle").emissions),
        ("**50.5 t**", bloom.totals.emissions),
    ):
        figure = shown.strip("*")
        places = len(figure.partition(" ")[0].partition(".")[2])
        assert f"{tonnes(found):.{places}f} t" == figure
        assert shown in README
