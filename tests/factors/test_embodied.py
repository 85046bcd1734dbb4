from __future__ import annotations

import pytest

from carbonlabel.errors import MissingFactor
from carbonlabel.factors import embodied

YEAR_S = 8760 * 3600


def test_an_unlisted_accelerator_costs_150_kg_within_a_wide_band() -> None:
    making = embodied.unlisted_accelerator()

    assert (making.gco2e, making.low_gco2e, making.high_gco2e) == (150_000, 60_000, 600_000)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_few_accelerators_stand_in_one_small_server(count: int) -> None:
    """Boavizta API 2.5.0, default 2-socket server: 900 kg, 459.9 to 2 087."""
    hosts = embodied.hosts_around(count)

    assert (hosts.count, hosts.share_ratio, hosts.making.source) == (1, 1, "boavizta")
    assert hosts.making.name == "2-socket server"
    assert hosts.making.gco2e == 900_000
    assert (hosts.making.low_gco2e, hosts.making.high_gco2e) == (459_900, 2_087_000)


@pytest.mark.parametrize(("count", "servers", "share"), [(4, 1, 0.5), (8, 1, 1), (12, 2, 0.75)])
def test_many_accelerators_take_an_eighth_of_a_large_server_each(
    count: int, servers: int, share: float
) -> None:
    """BLOOM: 2 500 kg; 900 kg (Boavizta) to 5 700 kg (EcoLogits)."""
    hosts = embodied.hosts_around(count)

    assert (hosts.count, hosts.share_ratio) == (servers, share)
    assert hosts.making.gco2e == 2_500_000
    assert (hosts.making.low_gco2e, hosts.making.high_gco2e) == (900_000, 5_700_000)


def test_machines_last_four_years_of_8760_hours() -> None:
    """OLMo 4, EcoLogits 3, BLOOM 6 years."""
    life = embodied.lifetime()

    assert (life.value_s, life.low_s, life.high_s) == (4 * YEAR_S, 3 * YEAR_S, 6 * YEAR_S)
    assert life.source == "lifetimes"


def test_a_default_in_another_unit_is_no_default() -> None:
    with pytest.raises(MissingFactor):
        embodied._making("lifetime")
