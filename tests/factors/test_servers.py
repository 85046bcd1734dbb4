"""A server of its parts comes out where whole servers were found."""

from __future__ import annotations

import pytest

from carbonlabel.factors import embodied, minerals
from carbonlabel.factors.servers import server


def test_the_parts_are_added_up_by_hand() -> None:
    made = server(cpu_count=2, memory_gb=512, ssd_gb=4000)

    # 66.1 board + 150 chassis + 2 × 72.657 supplies + 6.68 assembly
    # + 2 × 30.1 processors + 512 × 1.94 memory + 4 000 × 0.05 storage, in kg
    assert made.making.gco2e == pytest.approx(1_621_574)
    # 0.00369 + 0.0202 + 2 × 0.024817 + 0.00000141 + 2 × 0.0204 + 512 × 0.000103 + 4000 × 0.0000017
    assert made.minerals.kgsbeq == pytest.approx(0.17386141)
    assert (made.making.method, made.making.source) == ("bottom-up model", "boavizta-parts")


def test_a_usual_server_of_its_parts_is_the_usual_server() -> None:
    """Boavizta API 2.5.0, default 2-socket server: 900 kg, 459.9 to 2 087; 0.14 kgSbeq."""
    whole, usual = server(cpu_count=2, memory_gb=240, ssd_gb=0), embodied.hosts_around(1).making

    assert whole.making.gco2e == pytest.approx(usual.gco2e, rel=0.02)
    assert whole.making.low_gco2e == pytest.approx(usual.low_gco2e, rel=0.15)
    assert whole.making.high_gco2e == pytest.approx(usual.high_gco2e, rel=0.15)
    assert whole.minerals.kgsbeq == pytest.approx(minerals.host_around(1).kgsbeq, rel=0.02)


def test_a_cloud_machine_of_its_parts_is_the_one_that_was_published() -> None:
    """Boavizta API 2.5.0: AWS p5.48xlarge with 8 H100 makes 10 300 kg, 7 673 to 16 800."""
    host = server(cpu_count=2, memory_gb=2048, ssd_gb=30_720)
    bottom_up_h100_gco2e = 575_100

    assert host.making.gco2e + 8 * bottom_up_h100_gco2e == pytest.approx(10_300_000, rel=0.05)


def test_more_memory_makes_more_of_everything() -> None:
    small, large = (server(cpu_count=2, memory_gb=size, ssd_gb=0) for size in (64, 65))

    assert large.making.gco2e - small.making.gco2e == pytest.approx(1940)
    assert large.minerals.kgsbeq - small.minerals.kgsbeq == pytest.approx(0.000103)
    assert small.making.low_gco2e < small.making.gco2e < small.making.high_gco2e
