"""What falls on a run of making a machine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.method.embodied import depleted, embodied, working_life

YEAR_S = 8760 * 3600
RATIOS = st.floats(min_value=0.01, max_value=1.0)


def test_the_gpus_of_bloom_bear_3640_kg() -> None:
    """Luccioni, Viguier, Ligozat (2022): 150 kg, 1 082 990 GPU-hours, 6 years, 85 % at work."""
    life_s = working_life(6 * YEAR_S, 0.85)

    # 150 kg × 1 082 990 h ÷ (6 × 8 760 h × 0.85) = 3 636.1 kg; published: 3.64 t
    borne_gco2e = embodied(150_000, 384, 1.0, 1_082_990 / 384 * 3600, life_s)
    assert borne_gco2e == pytest.approx(3_636_100, rel=1e-4)
    assert borne_gco2e == pytest.approx(3_640_000, rel=0.01)


@given(used_s=st.floats(min_value=0, max_value=YEAR_S), share=RATIOS, utilisation=RATIOS)
def test_minerals_are_borne_as_emissions_are(
    used_s: float, share: float, utilisation: float
) -> None:
    life_s = working_life(4 * YEAR_S, utilisation)
    emitted = embodied(150_000, 8, share, used_s, life_s)
    used_up = depleted(0.005, 8, share, used_s, life_s)

    assert emitted / 150_000 == pytest.approx(used_up / 0.005)


@given(utilisation=RATIOS)
def test_a_machine_that_is_always_at_work_makes_a_run_bear_least(utilisation: float) -> None:
    idle = embodied(1.0, 1, 1.0, 3600, working_life(YEAR_S, utilisation))

    assert idle >= embodied(1.0, 1, 1.0, 3600, working_life(YEAR_S, 1.0))
