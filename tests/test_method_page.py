"""The page of the method shows the numbers that the method gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlabel.factors import devices, minerals
from carbonlabel.factors import embodied as tables
from carbonlabel.factors.doubts import doubt
from carbonlabel.factors.servers import FRAME, server
from carbonlabel.factors.water import ewif
from carbonlabel.method.embodied import depleted, embodied, working_life
from carbonlabel.method.market import market_based
from carbonlabel.method.operational import operational, overhead
from carbonlabel.method.propagate import Interval, Term, propagate
from carbonlabel.method.water import off_site, on_site

PAGE = (Path(__file__).parents[1] / "docs" / "method.md").read_text("utf-8")
LIFE_S = 4 * 8760 * 3600


def test_the_worked_example_is_what_the_formulas_give() -> None:
    it_kwh = 0.3 * 10 * 4
    cooling_kwh = overhead(it_kwh, 1.5)
    gpus = embodied(150_000, 4, 1, 36_000, LIFE_S)
    host = embodied(2_500_000, 1, 0.5, 36_000, LIFE_S)

    assert cooling_kwh == pytest.approx(6)
    assert operational(it_kwh + cooling_kwh, 450) == pytest.approx(8100)
    assert [round(gpus), round(host), round(gpus + host)] == [171, 357, 528]
    for shown in ("8 100 g", "171 g", "357 g", "528 g", "8 628 g"):
        assert shown in PAGE


def test_the_worked_contracts_and_idle_time_are_what_the_formulas_give() -> None:
    assert market_based(18, [(10, 0), (4, 100)], 500) == 2400
    assert operational(256_646, 57) == pytest.approx(14.63e6, rel=1e-3)
    for shown in ("0 + 400 g + 2 000 g = 2 400 g", "× 57 g/kWh are 14.63 t"):
        assert shown in PAGE


def test_the_worked_range_is_what_propagation_gives() -> None:
    sources = {
        "energy": Interval(12, 12 / 1.4, 12 * 1.4),
        "grid": Interval(450, 450 / 1.42, 450 * 1.42),
        "pue": Interval(1.5, 1.45, 1.55),
    }
    spread = propagate(
        [Term(lambda *factors: factors[0] * factors[1] * factors[2], (*sources,))], sources
    )

    assert spread.low == pytest.approx(4976, abs=0.5)
    assert spread.high == pytest.approx(13183, abs=0.5)
    assert "4 976 g" in PAGE
    assert "13 183 g" in PAGE


@pytest.mark.parametrize(
    ("name", "low", "high", "shown"),
    [
        ("tracker", 1 / 1.4, 1.4, "÷ and × 1.4 "),
        ("model", 1 / 2.5, 1.85, "÷ 2.5, × 1.85"),
        ("rated", 0.15, 1.05, "× 0.15 to × 1.05"),
        ("grid", 1 / 1.42, 1.42, "÷ and × 1.42"),
        ("grid-age-1", 1 / 1.26, 1.26, "÷ and × 1.26, 1.38, 1.46, 1.61"),
        ("grid-age-5", 1 / 1.61, 1.61, "÷ and × 1.26, 1.38, 1.46, 1.61"),
        ("pue", -0.02, 0.02, "± 0.02"),
        ("typed", -0.5, 0.5, "± half a unit"),
        ("world", 25, 814, "25 to 814 g/kWh"),
        ("survey", 1.0, 1.89, "1.00 to 1.89"),
        ("water-grid", 1.8 / 3.1321, 7.6 / 3.1321, "× 0.57 to × 2.43"),
        ("water-site", 1 / 1.2, 1.2, "÷ and × 1.2 |"),
        ("water-fleet", 0.01, 2.24, "0.01 to 2.24 L/kWh"),
        ("minerals", 1 / 1.6, 1.6, "÷ and × 1.6 |"),
        ("minerals-default", 0.00136, 0.0069, "0.00136 to 0.0069"),
    ],
)
def test_a_default_range_is_the_one_that_is_shipped(
    name: str, low: float, high: float, shown: str
) -> None:
    assert (doubt(name).low, doubt(name).high) == pytest.approx((low, high))
    assert shown in PAGE


def test_the_worked_gpus_of_bloom_are_what_the_formula_gives() -> None:
    borne_gco2e = embodied(150_000, 1, 1, 1_082_990 * 3600, working_life(LIFE_S * 6 / 4, 0.85))

    assert round(borne_gco2e / 1000) == 3636
    assert "3 636 kg" in PAGE


@pytest.mark.parametrize(
    ("name", "method", "cells"),
    [
        ("H100-SXM5-80GB", "vendor PCF", (164_000, 164_000, 575_100)),
        ("A100-SXM4-40GB", "teardown LCA", (127_600, 127_600, 319_300)),
        ("A100-SXM4-80GB", "proxy", (150_000, 127_600, 567_700)),
        ("T4", "bottom-up model", (130_700, 26_100, 130_700)),
    ],
)
def test_each_method_has_the_example_that_is_shipped(
    name: str, method: str, cells: tuple[float, float, float]
) -> None:
    making = devices.by_id(name).making

    assert making is not None
    assert (making.method, (making.gco2e, making.low_gco2e, making.high_gco2e)) == (method, cells)
    assert f"| {method} |" in PAGE
    assert f"| {cells[0] / 1000:g} kg |" in PAGE


def test_the_worked_host_is_the_sum_of_the_parts_of_the_table() -> None:
    frame = [(count, tables.part(part)) for part, count in FRAME.items()]
    ends = [
        sum(count * getattr(part, end) for count, part in frame) / 1000
        for end in ("gco2e", "low_gco2e", "high_gco2e")
    ]

    assert [round(end, 1) for end in ends] == [368.1, 188.1, 853.6]
    assert "| 368.1 kg | 188.1 to 853.6 kg | 73.5 g Sb eq |" in PAGE
    whole = server(cpu_count=2, memory_gb=512, ssd_gb=4000)
    assert round(whole.making.gco2e / 1000, 1) == 1621.6
    assert "60.2 + 993.3 + 200 + 368.1 = 1 621.6 kg" in PAGE


def test_the_worked_water_is_what_the_formulas_give() -> None:
    france = ewif(("FR",), 2026)

    assert france is not None
    assert on_site(12, 0.5) == 6
    assert round(off_site(18, france.l_per_kwh), 1) == 66.1
    assert round(off_site(157_000, 1.29) / 1000, 1) == 202.5
    for shown in ("6 L on site", "66.1 L off site", "202.5 m³"):
        assert shown in PAGE


def test_the_worked_minerals_are_what_the_formula_gives() -> None:
    board, host = minerals.of_device("NVIDIA A100-SXM4-80GB"), minerals.host_around(8)

    used_kgsbeq = depleted(board.kgsbeq, 4, 1, 36_000, LIFE_S)
    used_kgsbeq += depleted(host.kgsbeq, 1, 0.5, 36_000, LIFE_S)

    assert round(used_kgsbeq * 1e6, 1) == 57.1
    assert "57.1 mg Sb eq" in PAGE
