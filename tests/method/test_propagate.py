"""Intervals against the law they claim: seeded draws of the same formula (JCGM 101)."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.method.propagate import Interval, Term, propagate

DRAWS = 100_000
SIGMAS = 1.959963985
"""How many standard deviations an end of a 95 % interval is away."""

Model = tuple[dict[str, Interval], list[Term]]

COUNTER = Interval(1.0, 1 / 1.4, 1.4)
MODEL = Interval(1.0, 1 / 2.5, 1.85)
GRID = Interval(400.0, 400 / 1.42, 400 * 1.42)
PUE = Interval(1.3, 1.25, 1.35)

PRODUCT: Model = (
    {"counter": COUNTER, "grid": GRID},
    [Term(lambda scale, grid: 12 * scale * grid, ("counter", "grid"))],
)
SUM: Model = (
    {"counter": COUNTER, "model": MODEL, "grid": GRID, "pue": PUE},
    [
        Term(lambda scale, grid: 1.4 * scale * grid, ("counter", "grid")),
        Term(lambda scale, grid: 0.24 * scale * grid, ("model", "grid")),
        Term(lambda scale, pue, grid: 1.4 * scale * (pue - 1) * grid, ("counter", "pue", "grid")),
        Term(lambda scale, pue, grid: 0.24 * scale * (pue - 1) * grid, ("model", "pue", "grid")),
    ],
)
SKEWED: Model = (
    {
        **SUM[0],
        "making": Interval(150e3, 127.6e3, 567.7e3),
        "life": Interval(4.0, 3.0, 6.0),
    },
    [*SUM[1], Term(lambda making, life: 0.004 * making / life, ("making", "life"))],
)


def drawn(source: Interval, chance: random.Random) -> float:
    """A draw from a lognormal of two halves, whose 95 % interval is that of the source."""
    away = chance.gauss(0, 1) / SIGMAS
    end = source.high if away > 0 else source.low
    return source.value * math.exp(abs(away) * math.log((end or 0) / source.value))


def ends_of_draws(model: Model) -> tuple[float, float]:
    sources, terms = model
    chance = random.Random(2026)  # noqa: S311 - draws of a known law, no secrets
    sums = []
    for _ in range(DRAWS):
        at = {name: drawn(source, chance) for name, source in sources.items()}
        sums.append(math.fsum(term.at(at) for term in terms))
    sums.sort()
    return sums[DRAWS // 40], sums[-DRAWS // 40]


@pytest.mark.parametrize(
    ("model", "tolerance_ratio"), [(PRODUCT, 0.05), (SUM, 0.05), (SKEWED, 0.2)]
)
def test_the_ends_are_those_of_draws_of_the_same_formula(
    model: Model, tolerance_ratio: float
) -> None:
    sources, terms = model
    low, high = ends_of_draws(model)

    spread = propagate(terms, sources)

    assert spread.low == pytest.approx(low, abs=tolerance_ratio * (spread.value - low))
    assert spread.high == pytest.approx(high, abs=tolerance_ratio * (high - spread.value))


factors = st.floats(1.0, 20.0)
amounts = st.floats(1e-6, 1e6)


@st.composite
def models(draw: st.DrawFn) -> Model:
    names = "abcd"[: draw(st.integers(1, 4))]
    sources = {}
    for name in names:
        value = draw(amounts)
        sources[name] = Interval(value, value / draw(factors), value * draw(factors))
    pairs = draw(
        st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), min_size=1, max_size=5)
    )
    return sources, [Term(lambda one, other: one * other, pair) for pair in pairs]


@settings(max_examples=100)
@given(models())
def test_an_interval_holds_its_value_and_is_never_negative(model: Model) -> None:
    spread = propagate(model[1], model[0])

    assert 0 <= spread.low <= spread.value <= spread.high


@settings(max_examples=100)
@given(models(), factors)
def test_a_wider_source_never_makes_a_narrower_sum(model: Model, wider: float) -> None:
    sources, terms = model
    first = sources["a"]
    wide = {**sources, "a": Interval(first.value, first.low / wider, first.high * wider)}

    before, after = propagate(terms, sources), propagate(terms, wide)

    assert after.low <= before.low * (1 + 1e-9)
    assert after.high >= before.high * (1 - 1e-9)


@settings(max_examples=100)
@given(models())
def test_the_shares_of_the_doubt_add_up_to_one(model: Model) -> None:
    deviations = propagate(model[1], model[0]).deviations

    assert not deviations or math.fsum(each.share for each in deviations) == pytest.approx(1)


def test_one_source_without_a_range_leaves_the_sum_without_one() -> None:
    terms = [Term(float, ("known",)), Term(float, ("bare",))]

    spread = propagate(terms, {"known": Interval(1.0, 0.5, 2.0), "bare": Interval(3.0)})

    assert (spread.value, spread.low, spread.high, spread.deviations) == (4.0, None, None, ())


def test_a_source_that_two_terms_share_moves_both_at_once() -> None:
    sources = {"grid": GRID}
    twice = [Term(lambda grid: 3 * grid, ("grid",)), Term(lambda grid: 5 * grid, ("grid",))]

    spread = propagate(twice, sources)

    assert (spread.low, spread.high) == pytest.approx((3200 / 1.42, 3200 * 1.42))


def test_around_zero_the_moves_add_up_as_they_are() -> None:
    overhead = Term(lambda pue: 12 * (pue - 1), ("pue",))

    spread = propagate([overhead], {"pue": Interval(1.0, 1.0, 1.05)})

    assert (spread.value, spread.low, spread.high) == (0.0, 0.0, pytest.approx(0.6))
