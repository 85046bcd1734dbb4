"""What one unit of use takes, from the totals of the activity, on published figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.assessment import assess
from carbonlabel.checks import check
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence, Phase, Served
from carbonlabel.model.workload import Workload
from tests.assessment.test_worked_examples import NOT_HERE, kwh, stated, ten_hours_of_four_gpus

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure


def use(energy_kwh: float, count: float, **changes: object) -> Evidence:
    """A model in use, of which one figure is known for all its machines."""
    served: dict[str, object] = {"unit": "request", "count": count}
    served |= {name: changes.pop(name) for name in ("unit", "statistic", "task") if name in changes}
    return ten_hours_of_four_gpus(
        **{
            "run": "use",
            "phase": "inference",
            "accelerators": NOT_HERE,
            "host": NOT_HERE,
            "computing": kwh(energy_kwh),
            "sensors": {"computing": "counter"},
            "served": Served(**served),
        }
        | changes
    )


def work(disclosure: Disclosure, number: int = 0) -> Workload:
    found = disclosure.activities[number].workload
    assert found is not None
    return found


def value(quantity: Estimate | Missing | None) -> float:
    assert isinstance(quantity, Estimate)
    return quantity.value


def test_bloom_took_3_96_kwh_for_1000_requests() -> None:
    """Luccioni, Viguier, Ligozat (2022): 914 kWh, 230 768 requests."""
    disclosure = assess([use(914, 230_768)], place=stated(1.0, 394))

    told = work(disclosure)
    assert (told.unit, told.count, told.per) == ("request", 230_768, 1000)
    assert value(told.energy) == pytest.approx(3.96, abs=0.005)
    assert value(told.emissions) == pytest.approx(914 * 394 / 230.768)


@pytest.mark.parametrize(
    ("task", "published_kwh"),
    [
        # Luccioni, Jernite, Strubell (2024), table 2: mean kWh for 1 000 inferences.
        ("text-classification", 0.002),
        ("text-generation", 0.047),
        ("image-generation", 2.907),
        ("extractive-qa", 0.003),
        ("image-classification", 0.007),
        ("summarization", 0.049),
    ],
)
def test_a_thousand_inferences_of_a_task_take_what_was_published(
    task: str, published_kwh: float
) -> None:
    told = work(assess([use(published_kwh, 1000, task=task)], place=stated(1.0, 297.6)))

    assert value(told.energy) == pytest.approx(published_kwh)
    assert value(told.emissions) == pytest.approx(published_kwh * 297.6)
    assert told.task == task


def test_olmo_2_used_0_358_kwh_for_2400_prompts() -> None:
    """Morrison et al. (2025), table 3: 0.358 kWh at 332 g/kWh are 118.9 g for 2 400 prompts."""
    disclosure = assess([use(0.358, 2400)], place=stated(1.0, 332))

    assert value(disclosure.totals.electricity) == pytest.approx(118.9, abs=0.05)
    assert value(work(disclosure).energy) == pytest.approx(0.358 / 2.4)


def test_a_median_prompt_is_one_and_has_no_multiples() -> None:
    """Elsworth et al. (2025): 0.24 Wh; at 345 g/kWh that is 0.083 g."""
    disclosure = assess([use(0.00024, 1, statistic="median")], place=stated(1.0, 345))

    told = work(disclosure)
    assert (told.statistic, told.count, told.per) == ("median", 1, 1)
    assert value(told.energy) == pytest.approx(0.00024)
    assert value(told.emissions) == pytest.approx(0.0828)


def test_tokens_are_counted_by_the_million() -> None:
    told = work(assess([use(22, 10e6, unit="output token")], place=stated(1.0, 100)))

    assert told.per == 1_000_000
    assert value(told.energy) == pytest.approx(2.2)


def test_cooling_is_in_what_a_unit_takes_and_making_the_machines_is_not() -> None:
    told = work(assess([use(10, 1000)], place=stated(1.5, 100)))

    assert value(told.energy) == pytest.approx(15)
    assert value(told.emissions) == pytest.approx(1500)


def test_runs_that_count_the_same_add_up_and_others_stand_apart() -> None:
    runs = [
        use(10, 1000),
        use(20, 4000, run="b"),
        use(1, 7, run="c", unit="image"),
        use(1, 1, run="d", statistic="median"),
        use(1, 1, run="e", statistic="median"),
    ]

    disclosure = assess(runs, place=stated(1.0, 100))

    assert [work(disclosure, n).count for n in range(4)] == [5000, 7, 1, 1]
    assert value(work(disclosure).energy) == pytest.approx(6)


def test_use_without_an_energy_says_so() -> None:
    unknown = Missing(missing="not-measured", reason="nothing was read")

    told = work(assess([use(1, 10, computing=unknown, sensors={})], place=stated(1.0, 100)))

    assert isinstance(told.energy, Missing)
    assert told.break_even is None


def test_the_range_of_a_rate_is_that_of_its_total() -> None:
    """A tracker is off by ÷ and × 1.4."""
    told = work(assess([use(10, 1000)], place=stated(1.0, 100)))

    assert isinstance(told.energy, Estimate)
    assert (told.energy.low, told.energy.high) == pytest.approx((10 / 1.4, 14))


def test_use_emits_as_much_as_training_after_so_many_requests() -> None:
    """12 kWh of training ÷ (6 kWh ÷ 1 000 requests) = 2 000 requests, on one grid."""
    training = ten_hours_of_four_gpus(phase="training")

    disclosure = assess([training, use(6, 1000)], place=stated(1.0, 450))

    even = work(disclosure, 1).break_even
    assert value(even) == pytest.approx(2000)
    # One tracker read both, on one grid: nothing of their doubt is left in the ratio.
    assert isinstance(even, Estimate)
    assert (even.low, even.high) == pytest.approx((2000, 2000))
    assert value(disclosure.totals.training) == pytest.approx(12 * 450)


def test_use_alone_has_no_break_even() -> None:
    assert work(assess([use(6, 1000)], place=stated(1.0, 450))).break_even is None
    training = ten_hours_of_four_gpus(phase="training")
    median = assess([training, use(1, 1, statistic="median")], place=stated(1.0, 450))
    assert work(median, 1).break_even is None
    free = assess([training, use(6, 1000)], place=stated(1.0, 0))
    assert work(free, 1).break_even is None


@pytest.mark.parametrize("told", ["finetuning", None])
def test_a_log_of_use_makes_no_weights_whatever_the_others_are_of(told: Phase | None) -> None:
    runs = [ten_hours_of_four_gpus(), use(6, 1000)]

    disclosure = assess(runs, place=stated(1.0, 450), phase=told)

    assert [each.phase for each in disclosure.activities] == [told or "training", "inference"]
    assert value(disclosure.totals.training) == pytest.approx(5400)
    assert value(disclosure.totals.electricity) == pytest.approx(8100)


def test_water_of_a_unit_is_that_of_the_site_and_of_the_plants() -> None:
    """10 kWh × (0.5 L/kWh + 2 L/kWh) ÷ 10 × 1 000."""
    place = stated(1.0, 450)
    litres = {
        side: Estimate(value=rate, low=rate, high=rate, unit="L/kWh", basis="estimated", source="r")
        for side, rate in (("wue", 0.5), ("ewif", 2.0))
    }
    disclosure = assess(
        [use(10, 10)], place=type(place)(pue=place.pue, intensity=place.intensity, **litres)
    )

    assert value(work(disclosure).water) == pytest.approx(2500)


@settings(max_examples=60, deadline=None)
@given(
    energy_kwh=st.floats(min_value=1e-6, max_value=1e9),
    count=st.floats(min_value=1, max_value=1e12),
    pue=st.floats(min_value=1, max_value=3),
)
def test_a_rate_times_its_count_is_its_total_and_holds_up_to_the_checks(
    energy_kwh: float, count: float, pue: float
) -> None:
    disclosure = assess([use(energy_kwh, count)], place=stated(pue, 100))

    told, totals = work(disclosure), disclosure.totals
    assert value(told.energy) * count / told.per == pytest.approx(value(totals.energy), rel=1e-6)
    assert isinstance(told.energy, Estimate)
    assert told.energy.low is not None
    assert told.energy.low <= told.energy.value
    assert not {"rate-mismatch", "rate-without-totals"} & {f.code for f in check(disclosure)}
