"""Operations and utilisation, on published figures."""

from __future__ import annotations

import pytest

from carbonlabel.method.compute import (
    device_time_s,
    hardware_flop,
    training_flop,
    utilisation_ratio,
)


@pytest.mark.parametrize(
    ("parameters", "tokens", "published"),
    [
        # Kaplan et al. and Brown et al. (2020), table D.1: GPT-3 175B, 3.14e23.
        (174.6e9, 300e9, 3.14e23),
        # Hoffmann et al. (2022), table A3: Gopher 280B at 6.31e23 by a count of every layer.
        (280e9, 300e9, 6.31e23),
        # Dubey et al. (2024): Llama 3 405B, 3.8e25.
        (405e9, 15.6e12, 3.8e25),
    ],
)
def test_six_for_each_parameter_and_token_is_what_was_published(
    parameters: float, tokens: float, published: float
) -> None:
    flop = training_flop(6, parameters, tokens)

    assert flop == pytest.approx(published, rel=0.25)
    assert 4.2 / 6 * flop <= published <= 7.8 / 6 * flop


def test_palm_reached_46_percent() -> None:
    """Chowdhery et al. (2022), table 3: 46.2 % MFU, 45.7 % without attention.

    540.35 billion parameters, 238 300 tokens a second on 6 144 TPU v4 of 275 TFLOP/s.
    """
    flop = training_flop(6, 540.35e9, 238_300)

    assert utilisation_ratio(flop, 6144, 275e12) == pytest.approx(0.457, abs=0.001)


def test_utilisation_and_operations_are_each_others_inverse() -> None:
    time_s = device_time_s(4, 0.5, 36_000)

    assert time_s == 72_000
    assert utilisation_ratio(hardware_flop(time_s, 312e12, 0.4), time_s, 312e12) == 0.4
