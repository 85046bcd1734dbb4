"""What other tools' tables have wrong, ours have right: docs/data.md names each of them."""

from __future__ import annotations

import pytest

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import devices, distances, grid, peaks, places, rows


def test_the_region_in_doha_is_spelled_as_google_spells_it() -> None:
    """Elsewhere: me-cenrtal1."""
    assert places.find("gcp/me-central1").country == "QA"
    assert places.region_of("gcp", "me-cenrtal1") is None


def test_the_world_is_that_of_its_year_not_of_2019() -> None:
    """Ember: 458.3 g/kWh in 2025; elsewhere 475, of 2019."""
    assert grid.world(2025).intensity_gco2e_per_kwh == pytest.approx(458.3, abs=0.05)
    assert grid.world(2019).intensity_gco2e_per_kwh != 475


@pytest.mark.parametrize(("country", "right", "elsewhere"), [
    ("LT", 119, 160), ("CR", 25, 53), ("LR", 436, 228),
])  # fmt: skip
def test_countries_have_the_restated_figure(country: str, right: int, elsewhere: int) -> None:
    """Ember restates past years: Lithuania, Costa Rica, Liberia."""
    figures = [
        float(cell)
        for column, cell in rows.under("grid.csv", country)[0].items()
        if column in {"2022", "2023"} and cell
    ]

    assert any(figure == pytest.approx(right, abs=1) for figure in figures)
    assert not any(figure == pytest.approx(elsewhere, abs=1) for figure in figures)


@pytest.mark.parametrize(
    ("name", "power_w"),
    [
        ("Tesla V100-PCIE-16GB", 250),
        ("Tesla V100-SXM2-16GB", 300),
        ("Tesla V100-SXM2-32GB", 300),
        ("NVIDIA L40S", 350),
        ("NVIDIA A100-PCIE-40GB", 250),
        ("NVIDIA A100 80GB PCIe", 300),
        ("NVIDIA B300", 1100),
    ],
)
def test_a_rated_power_is_that_of_the_mount_and_the_memory(name: str, power_w: float) -> None:
    """Elsewhere V100 PCIe and SXM2 are swapped, the L40S has 300 W, both A100 PCIe are one row."""
    assert devices.find(name).row.rated_power_w == power_w


def test_a_peak_is_dense() -> None:
    """Elsewhere 1 979 TFLOP/s for the H100 SXM, with sparsity."""
    assert peaks.find("NVIDIA H100 80GB HBM3").flop_per_s == pytest.approx(989e12, rel=0.01)


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("azure/westus", "US-CA"),
        ("azure/westus2", "US-WA"),
        ("gcp/us-south1", "US-TX"),
        ("gcp/us-east5", "US-OH"),
        ("gcp/us-west4", "US-NV"),
    ],
)
def test_a_region_lies_in_its_own_state(code: str, state: str) -> None:
    """Elsewhere westus is in Washington, Dallas in Oregon, Columbus in Nebraska."""
    assert places.find(code).subdivision == state


def test_the_region_of_sao_paulo_is_not_in_amazonas() -> None:
    """São Paulo: 23.5° south; Amazonas: 3° south."""
    at = distances.position("aws/sa-east-1")

    assert at is not None
    assert at.latitude_deg == pytest.approx(-23.5, abs=0.3)


@pytest.mark.parametrize("words", ["AWS US-east", "us-east", "AWS"])
def test_a_region_without_its_id_is_no_region(words: str) -> None:
    """Three cards say "AWS US-east" and have 300, 370 and 570 g/kWh."""
    with pytest.raises(MissingFactor):
        places.find(words)


@pytest.mark.parametrize(
    ("device", "low_kg", "high_kg"),
    [("H100-SXM5-80GB", 164, 575), ("A100-SXM4-40GB", 127.6, 319), ("B200", 284, 1415)],
)
def test_where_studies_of_a_card_disagree_the_interval_spans_them(
    device: str, low_kg: float, high_kg: float
) -> None:
    """NVIDIA and a teardown against a bottom-up model."""
    making = devices.by_id(device).making

    assert making is not None
    assert making.low_gco2e / 1000 == pytest.approx(low_kg, abs=0.5)
    assert making.high_gco2e / 1000 == pytest.approx(high_kg, abs=0.5)
