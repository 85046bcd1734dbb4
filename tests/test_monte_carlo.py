"""Ranges against chance: seeded draws of every source, and formulas of their own (JCGM 101)."""

from __future__ import annotations

import importlib
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from carbonlabel.method.propagate import Interval, Term, propagate

SCRIPTS = str(Path(__file__).parents[1] / "scripts")
if SCRIPTS not in sys.path:
    sys.path.append(SCRIPTS)
chance = importlib.import_module("chance")
simulation = importlib.import_module("simulation")
simulated_samples = importlib.import_module("simulated_samples")

TWO_SIDED_PRODUCT, SUM = 0.05, 0.2
SEVERAL_ONE_SIDED = 0.35
"""How much too wide the range of a figure may be that rests on several one-sided sources."""


def figures() -> Iterator[tuple[str, Any]]:
    """Every figure of every disclosure, with its name."""
    for name, found in simulated_samples.simulated().items():
        yield from ((f"{name} {each.place}", each) for each in found)


def worst(chosen: list[tuple[str, Any]], *, wide: bool) -> tuple[float, str]:
    """The range that is too wide, or too narrow, by most of its half-width."""
    if wide:
        return max((max(each.wider_below, each.wider_above), name) for name, each in chosen)
    return max((-min(each.wider_below, each.wider_above), name) for name, each in chosen)


@pytest.fixture(scope="module")
def drawn() -> list[tuple[str, Any]]:
    return list(figures())


def test_the_disclosures_are_many_and_of_every_kind(drawn: list[tuple[str, Any]]) -> None:
    names = {name.partition(" /")[0] for name, _ in drawn}
    places = " ".join(name for name, _ in drawn)

    assert len(names) >= 20
    for kind in (
        *("water/on_site", "water/off_site", "minerals", "market", "compute/flop", "compute/mfu"),
        *("workload/energy", "workload/emissions", "workload/water", "break_even", "totals/sci"),
        *("totals/emissions", "totals/electricity", "totals/manufacture", "totals/energy"),
    ):
        assert kind in places, kind


def test_every_figure_is_what_formulas_of_their_own_make_of_its_sources() -> None:
    for sample in simulated_samples.samples():
        for place, worked, said in simulation.middles(sample.said):
            assert worked == pytest.approx(said, rel=1e-7), f"{sample.name} {place}"


def test_products_of_two_sided_sources_have_the_ends_of_the_draws(
    drawn: list[tuple[str, Any]],
) -> None:
    chosen = [(n, e) for n, e in drawn if e.shape == "product" and not e.skewed_count]

    assert len(chosen) > 50
    assert worst(chosen, wide=True) < (TWO_SIDED_PRODUCT, "")
    assert worst(chosen, wide=False) < (TWO_SIDED_PRODUCT, "")


def test_sums_with_one_one_sided_source_have_them_within_a_fifth(
    drawn: list[tuple[str, Any]],
) -> None:
    chosen = [(n, e) for n, e in drawn if e.skewed_count <= 1]

    assert len(chosen) > 300
    assert worst(chosen, wide=True) < (SUM, "")
    assert worst(chosen, wide=False) < (SUM, "")


def test_with_several_one_sided_sources_a_range_is_too_wide_rather_than_too_narrow(
    drawn: list[tuple[str, Any]],
) -> None:
    chosen = [(n, e) for n, e in drawn if e.skewed_count > 1]

    assert chosen
    assert worst(chosen, wide=True) < (SEVERAL_ONE_SIDED, "")
    assert worst(chosen, wide=False) < (0.1, "")


def test_a_source_is_drawn_with_the_ends_that_it_has() -> None:
    one = chance.Chance().draw("a", {"value": 150.0, "low": 127.6, "high": 567.7})

    assert one.ends() == pytest.approx((127.6, 567.7), rel=0.02)
    assert sorted(one.at)[chance.DRAWS_COUNT // 2] == pytest.approx(150.0, rel=0.01)


def test_what_is_one_source_is_drawn_once() -> None:
    luck = chance.Chance()
    grid = {"value": 100.0, "low": 50.0, "high": 200.0}
    same, other = luck.draw("grid", grid) / luck.draw("grid", grid), luck.draw("b", grid)

    assert same.ends() == (1.0, 1.0)
    assert len((same + other).sources) == 2


@pytest.mark.parametrize("factors", [(1.4,), (1.4, 1.42), (1.1, 1.5, 2.0), (1.2,) * 6])
def test_a_product_of_lognormals_has_its_closed_form(factors: tuple[float, ...]) -> None:
    names = tuple(f"s{number}" for number in range(len(factors)))
    sources = {n: Interval(3.0, 3 / f, 3 * f) for n, f in zip(names, factors, strict=True)}

    spread = propagate([Term(lambda *at: math.prod(at), names)], sources)

    # ln of a product of lognormals is normal, and variances add up.
    width = math.sqrt(sum(math.log(factor) ** 2 for factor in factors))
    assert spread.low == pytest.approx(spread.value * math.exp(-width))
    assert spread.high == pytest.approx(spread.value * math.exp(width))


@pytest.mark.parametrize("count", [1, 2, 7])
def test_equal_parts_of_one_source_are_as_doubtful_as_one_of_them(count: int) -> None:
    each = Term(lambda grid: 5 * grid, ("grid",))

    spread = propagate([each] * count, {"grid": Interval(10.0, 5.0, 20.0)})

    assert (spread.value, spread.low, spread.high) == pytest.approx(
        (50 * count, 25 * count, 100 * count)
    )


@pytest.mark.parametrize(("count", "factor"), [(2, 1.4), (2, 2.0), (4, 1.4), (8, 2.0)])
def test_equal_parts_of_their_own_sources_come_near_the_closed_form(
    count: int, factor: float
) -> None:
    names = [f"s{number}" for number in range(count)]
    sources = {name: Interval(1.0, 1 / factor, factor) for name in names}

    spread = propagate([Term(float, (name,)) for name in names], sources)

    low, high = fenton_wilkinson(count, factor)
    assert spread.low == pytest.approx(low, abs=SUM * (count - low))
    assert spread.high == pytest.approx(high, abs=SUM * (high - count))


def fenton_wilkinson(count: int, factor: float) -> tuple[float, float]:
    """The ends of a sum of equal lognormals of median 1, by its moments (Fenton, 1960)."""
    variance = (math.log(factor) / chance.SIGMAS) ** 2
    mean = count * math.exp(variance / 2)
    spread = count * math.exp(variance) * math.expm1(variance)
    of_sum = math.log1p(spread / mean**2)
    middle, width = math.log(mean) - of_sum / 2, chance.SIGMAS * math.sqrt(of_sum)
    return math.exp(middle - width), math.exp(middle + width)
