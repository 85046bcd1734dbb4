"""Contracts are shared out once, and electricity emits what they say."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.method.market import Allotment, covered_kwh, market_based, shared_out

SLACK_KWH = 1e-6
AMOUNTS = st.lists(st.floats(0, 1e6), min_size=1, max_size=4)


def used(
    energies: list[float], contracts: list[float], distances: list[list[int | None]]
) -> object:
    return [[each.used_kwh for each in of] for of in shared_out(energies, contracts, distances)]


def test_runs_share_a_contract_in_proportion_to_their_energy() -> None:
    assert used([30, 10], [20], [[0, 0]]) == [[15, 5]]


def test_the_nearest_contract_goes_first_whatever_the_order() -> None:
    # The first is a year off; the second is of the year and covers all.
    assert used([10], [10, 10], [[1], [0]]) == [[0], [10]]


def test_a_contract_that_fits_no_run_covers_none() -> None:
    assert used([10], [10], [[None]]) == [[0]]
    assert shared_out([10], [10], [[None]])[0][0] == Allotment(0.0, 0.0)


def test_what_nobody_needs_is_spare_and_shared_in_proportion() -> None:
    (of,) = shared_out([30, 10], [60], [[0, 0]])

    assert of == (Allotment(30, 15), Allotment(10, 5))


def test_runs_without_energy_take_nothing() -> None:
    assert shared_out([0.0], [5.0], [[0]]) == ((Allotment(0.0, 0.0),),)


def test_a_run_of_hardly_any_energy_has_no_more_than_the_contract_holds() -> None:
    ((only,),) = shared_out([5e-324], [1.5], [[0]])

    assert only.used_kwh + only.spare_kwh == 1.5


@settings(max_examples=150)
@given(AMOUNTS, AMOUNTS, st.randoms(use_true_random=False))
def test_no_kwh_is_counted_twice(
    energies: list[float], contracts: list[float], chance: object
) -> None:
    distances = [[chance.choice([None, 0, 1, 2]) for _ in energies] for _ in contracts]

    found = shared_out(energies, contracts, distances)

    for of, contract in zip(found, contracts, strict=True):
        whole = sum(each.used_kwh + each.spare_kwh for each in of)
        assert whole <= contract + SLACK_KWH
    for run, energy in enumerate(energies):
        assert sum(of[run].used_kwh for of in found) <= energy + SLACK_KWH


@settings(max_examples=100)
@given(
    st.floats(0, 1e6),
    st.lists(st.builds(Allotment, st.floats(0, 1e5), st.floats(0, 1e5)), max_size=4),
)
def test_contracts_never_cover_more_than_the_energy(
    energy: float, allotments: list[Allotment]
) -> None:
    covered = covered_kwh(energy, allotments)

    assert math.fsum(covered) <= energy + SLACK_KWH
    whole = sum(each.used_kwh + each.spare_kwh for each in allotments)
    assert math.fsum(covered) == pytest.approx(min(energy, whole), abs=SLACK_KWH)


def test_covered_energy_emits_what_the_contract_says_and_the_rest_the_residual_mix() -> None:
    # 10 kWh at 0 g + 4 kWh at 100 g + 4 kWh at 500 g
    assert market_based(18, [(10, 0), (4, 100)], 500) == 2400
    assert market_based(18, [(18, 0)], 500) == 0
    assert market_based(18, [], 500) == 9000
