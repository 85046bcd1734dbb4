"""What one unit of use takes, on published figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.method.rates import break_even_count, share_ratio

COUNTS = st.floats(min_value=1e-3, max_value=1e15)


def test_the_bloom_api_took_3_96_kwh_for_1000_requests() -> None:
    """Luccioni, Viguier, Ligozat (2022), section 5: 914 kWh for 230 768 requests."""
    assert 914 * share_ratio(1000, 230_768) == pytest.approx(3.96, abs=0.005)


def test_a_training_of_50_kg_is_made_even_by_250_000_requests_of_a_fifth_of_a_gram() -> None:
    assert break_even_count(50_000, 200, 1000) == 250_000


@given(total=COUNTS, per=COUNTS, served=COUNTS)
def test_a_rate_gives_its_total_back(total: float, per: float, served: float) -> None:
    rate = total * share_ratio(per, served)

    assert rate * served / per == pytest.approx(total)


@given(training=COUNTS, use=COUNTS, served=COUNTS)
def test_that_many_units_emit_what_the_training_did(
    training: float, use: float, served: float
) -> None:
    assert break_even_count(training, use, served) * use / served == pytest.approx(training)
