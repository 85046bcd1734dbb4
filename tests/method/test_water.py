"""Water of energy: two products that come to the published formula."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.method.operational import it_energy
from carbonlabel.method.water import off_site, on_site

FACTORS = st.floats(min_value=0.0, max_value=100.0)


@given(
    facility_kwh=st.floats(min_value=1e-6, max_value=1e9),
    pue=st.floats(min_value=1.0, max_value=3.0),
    wue=FACTORS,
    ewif=FACTORS,
)
def test_both_sides_are_the_formula_of_facility_energy(
    facility_kwh: float, pue: float, wue: float, ewif: float
) -> None:
    """Morrison et al. (2025), arXiv:2503.05804: water = energy × (WUE ÷ PUE + EWIF)."""
    machines = on_site(it_energy(facility_kwh, pue), wue)
    plants = off_site(facility_kwh, ewif)

    assert machines + plants == pytest.approx(facility_kwh * (wue / pue + ewif))


def test_the_water_of_olmo_2_7b_is_the_published_one() -> None:
    """157 MWh with cooling, 1.29 L/kWh off site and none on site: 202 kL (table 2)."""
    assert off_site(157_000, 1.29) == pytest.approx(202_000, rel=0.005)
    assert on_site(157_000 / 1.2, 0.0) == 0
