"""Accelerators, host and cooling that are out of proportion are noted."""

from __future__ import annotations

import pytest

from tests.test_checks import GPU, MISSING, found, quantity

A = "/activities/0"


def told(host_kwh: float, overhead_kwh: float = 0.0) -> set[tuple[str, str]]:
    # beside 0.001 kWh of the accelerators
    changes = (
        (f"{A}/parts/0/energy", quantity(0.001, "kWh")),
        (f"{A}/parts/1/energy", quantity(host_kwh, "kWh")),
        (f"{A}/parts/2/energy", quantity(overhead_kwh, "kWh")),
    )
    return {each[:2] for each in found(GPU, *changes) if each[0].endswith("-unusual")}


@pytest.mark.parametrize(
    ("host_kwh", "notes"),
    [
        # 0.00001 ÷ 0.00101 = 0.99 %; 0.000011 ÷ 0.001011 = 1.09 %
        (0.00001, {("host-share-unusual", "note")}),
        (0.000011, set()),
        # 0.00149 ÷ 0.00249 = 59.8 %, and 2.49 times; 0.0016 ÷ 0.0026 = 61.5 %, and 2.6 times
        (0.00149, set()),
        (0.0016, {("host-share-unusual", "note"), ("overhead-unusual", "note")}),
    ],
)
def test_a_host_takes_1_to_60_percent(host_kwh: float, notes: set[tuple[str, str]]) -> None:
    assert told(host_kwh) == notes


def test_a_site_takes_at_most_two_and_a_half_times_its_accelerators() -> None:
    assert told(0.0005, 0.0009) == set()
    assert told(0.0005, 0.0011) == {("overhead-unusual", "note")}


def test_without_accelerators_nothing_is_compared() -> None:
    changes = (f"{A}/parts/0/energy", MISSING), (f"{A}/parts/1/energy", quantity(9.0, "kWh"))

    assert not {each for each in found(GPU, *changes) if each[0].endswith("-unusual")}


@pytest.mark.parametrize(("share_of_rated", "is_low"), [(0.02, True), (0.04, False), (9.0, False)])
def test_machines_with_their_host_draw_3_percent_of_the_boards(
    share_of_rated: float, *, is_low: bool
) -> None:
    # 2 × 400 W × 6.6 s = 5280 J; the host may add whatever it takes
    parts = [
        {
            "part": "computing",
            "energy": quantity(share_of_rated * 5280 / 3.6e6, "kWh"),
            "emissions": MISSING,
        }
    ]
    codes = {each[0] for each in found(GPU, (f"{A}/parts", parts))}

    assert ("power-below-rated" in codes) is is_low
    assert "power-above-rated" not in codes


@pytest.mark.parametrize(("watts", "is_high"), [(20_839, False), (20_841, True), (3_200_000, True)])
def test_accelerators_with_their_host_draw_no_more_than_nodes_do(
    watts: float, *, is_high: bool
) -> None:
    """2 × 400 W × 1.05 and 20 kW for the host that carries them: 20 840 W for 6.6 s."""
    parts = [
        {"part": "computing", "energy": quantity(watts * 6.6 / 3.6e6, "kWh"), "emissions": MISSING},
        {"part": "overhead", "energy": quantity(0.0001, "kWh"), "emissions": MISSING},
    ]
    told = {each[:2] for each in found(GPU, (f"{A}/parts", parts))}

    assert (("power-above-rated", "warning") in told) is is_high
