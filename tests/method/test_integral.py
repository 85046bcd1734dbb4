from __future__ import annotations

import random
from collections.abc import Iterable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.errors import MalformedInput
from carbonlabel.method import integral
from carbonlabel.method.integral import Integral, Sample, difference, trapezoid

HOUR_MS = 3_600_000
SECOND_MS = 1000

times = st.integers(0, 3 * HOUR_MS)
powers = st.integers(0, 700_000)
series = st.lists(st.tuples(st.sampled_from("abc"), times, powers), max_size=60)
steady = st.lists(powers, min_size=2, max_size=50)


def of(samples: Iterable[Sample]) -> Integral:
    held = list(samples)
    found = trapezoid(lambda: held)
    assert found is not None
    return found


def counted(samples: Iterable[Sample], ranges_uj: dict[str, int] | None = None) -> Integral:
    held = list(samples)
    found = difference(lambda: held, ranges_uj)
    assert found is not None
    return found


def every_second(*powers_mw: int, begin_ms: int = 0, device: str = "gpu") -> list[Sample]:
    return [(device, begin_ms + place * SECOND_MS, power) for place, power in enumerate(powers_mw)]


def test_constant_power_times_time_is_exact() -> None:
    # 300 W for 100 s are 30 000 J = 30 000 000 000 µJ.
    found = of(every_second(*[300_000] * 101))

    assert found.devices_half_uj == {"gpu": 2 * 30_000_000_000}
    assert found.duration_s == 100
    assert found.coverage_ratio == 1


def test_one_kilowatt_for_one_hour_is_one_kilowatt_hour() -> None:
    assert of(every_second(*[1_000_000] * 3601)).energy_kwh == 1.0


@given(powers, st.integers(1, 500), st.integers(1, 9_999))
def test_any_constant_power_times_any_time_is_exact(power_mw: int, count: int, step: int) -> None:
    found = of(("gpu", place * step, power_mw) for place in range(count + 1))

    assert found.devices_half_uj == {"gpu": 2 * power_mw * count * step}


@settings(max_examples=100)
@given(steady)
def test_agrees_with_the_trapezoid_of_numpy(powers_mw: list[int]) -> None:
    seconds = np.arange(len(powers_mw))
    oracle_j = np.trapezoid(np.array(powers_mw) / 1000, seconds)

    assert of(every_second(*powers_mw)).energy_kwh * 3.6e6 == pytest.approx(oracle_j, abs=1e-9)


@settings(max_examples=150)
@given(series.filter(bool), st.randoms(use_true_random=False))
def test_the_order_of_the_samples_changes_nothing_but_the_count_of_sorted_devices(
    samples: list[Sample], chance: random.Random
) -> None:
    shuffled = list(samples)
    chance.shuffle(shuffled)
    one, other = of(sorted(samples, key=lambda each: each[1])), of(shuffled)

    fields = set(Integral.__slots__) - {"sorted_count"}
    assert {name: getattr(one, name) for name in fields} == {
        name: getattr(other, name) for name in fields
    }
    assert one.sorted_count == 0


@settings(max_examples=100)
@given(series.filter(bool))
def test_every_hour_and_every_device_sum_to_the_total_exactly(samples: list[Sample]) -> None:
    found = of(samples)

    assert found.hours_half_uj is not None
    assert sum(found.hours_half_uj.values()) == sum(found.devices_half_uj.values())
    assert all(energy >= 0 for energy in found.hours_half_uj.values())


@settings(max_examples=100)
@given(st.lists(powers, min_size=3, max_size=40), st.data())
def test_a_series_cut_in_two_that_share_a_sample_has_the_same_energy(
    powers_mw: list[int], data: st.DataObject
) -> None:
    samples = every_second(*powers_mw, begin_ms=HOUR_MS - 5500)
    cut = data.draw(st.integers(1, len(samples) - 2))
    whole, early, late = of(samples), of(samples[: cut + 1]), of(samples[cut:])

    assert whole.devices_half_uj["gpu"] == (
        early.devices_half_uj["gpu"] + late.devices_half_uj["gpu"]
    )
    for hour, energy in (whole.hours_half_uj or {}).items():
        parts = [(part.hours_half_uj or {}).get(hour, 0) for part in (early, late)]
        assert energy == sum(parts)


@given(powers, powers, st.integers(1, 9_999), st.integers(1, 9_999))
def test_a_step_over_the_hour_is_cut_there_to_half_a_microjoule(
    begin_mw: int, end_mw: int, early_ms: int, late_ms: int
) -> None:
    step_ms = early_ms + late_ms
    if step_ms > integral.FLOOR_MS:
        return
    found = of([("gpu", HOUR_MS - early_ms, begin_mw), ("gpu", HOUR_MS + late_ms, end_mw)])
    edge_mw = begin_mw + Fraction((end_mw - begin_mw) * early_ms, step_ms)
    hours = found.hours_half_uj or {}

    assert abs(hours[0] - (begin_mw + edge_mw) * early_ms) <= Fraction(1, 2)
    assert abs(hours[1] - (edge_mw + end_mw) * late_ms) <= Fraction(1, 2)


def test_a_step_that_ends_on_the_hour_belongs_to_the_hour_before() -> None:
    found = of([("gpu", HOUR_MS - 1000, 100), ("gpu", HOUR_MS, 100)])

    assert found.hours_half_uj == {0: 200 * 1000}


def test_an_outage_is_left_out_and_said_in_seconds() -> None:
    # 10 s of 200 W, nothing for 300 s, 10 s of 200 W: 4 000 J, not 64 000 J.
    found = of(
        [*every_second(*[200_000] * 11), *every_second(*[200_000] * 11, begin_ms=310 * SECOND_MS)]
    )

    assert found.devices_half_uj == {"gpu": 2 * 4_000 * 10**6}
    assert (found.gaps_count, found.gap_ms) == (1, 300 * SECOND_MS)
    assert found.coverage_ratio == pytest.approx(20 / 320)
    assert (found.step_ms, found.limit_ms) == (SECOND_MS, 10 * SECOND_MS)


def test_five_median_steps_are_bridged_and_one_millisecond_more_is_a_gap() -> None:
    every_15 = [("gpu", place * 15_000, 100_000) for place in range(10)]
    last_ms = every_15[-1][1]

    assert of([*every_15, ("gpu", last_ms + 75_000, 100_000)]).gaps_count == 0
    assert of([*every_15, ("gpu", last_ms + 75_001, 100_000)]).gaps_count == 1


def test_steps_of_more_than_an_hour_are_gaps_however_many_there_are() -> None:
    found = of(("gpu", place * (HOUR_MS + 1), 100_000) for place in range(5))

    assert found.energy_kwh == 0
    assert found.gaps_count == 4


def test_the_median_of_an_even_number_of_steps_is_the_lower_one() -> None:
    assert of([("gpu", 0, 1), ("gpu", 100, 1), ("gpu", 400, 1)]).step_ms == 100


def test_exact_copies_are_dropped_and_counted() -> None:
    once = every_second(100, 200, 300)
    found = of([each for each in once for _ in range(3)])

    assert found.devices_half_uj == of(once).devices_half_uj
    assert (found.samples_count, found.duplicates_count, found.ties_count) == (9, 6, 0)


def test_figures_at_one_time_are_taken_from_lowest_to_highest() -> None:
    # By (t, p): 100 → 200 in the first second, 400 → 500 in the next.
    samples = [("gpu", 0, 100), ("gpu", 1000, 400), ("gpu", 1000, 200), ("gpu", 2000, 500)]
    found = of(samples)

    assert found.devices_half_uj == {"gpu": (100 + 200 + 400 + 500) * 1000}
    assert found.ties_count == 1


def test_two_devices_are_never_joined() -> None:
    apart = of([*every_second(100, 100, device="a"), *every_second(900, 900, device="b")])

    assert apart.devices_half_uj == {"a": 200_000, "b": 1_800_000}


def test_a_device_that_ends_early_lowers_the_coverage() -> None:
    found = of([*every_second(*[1] * 11, device="a"), *every_second(*[1] * 6, device="b")])

    assert found.coverage_ratio == 15 / 20
    assert found.gaps_count == 0


def test_one_sample_is_no_energy_and_no_samples_are_nothing() -> None:
    alone = of([("gpu", 5, 100)])

    assert (alone.energy_kwh, alone.coverage_ratio, alone.step_ms) == (0, 0, 0)
    assert trapezoid(list) is None
    assert difference(list) is None


def test_twenty_thousand_samples_backwards_have_the_same_energy() -> None:
    samples = every_second(*[place * 7919 % 10**6 for place in range(20_000)])

    assert of(samples).devices_half_uj == of(reversed(samples)).devices_half_uj


def test_a_counter_is_read_by_difference() -> None:
    found = counted([("gpu", 0, 5_000), ("gpu", 1000, 7_000), ("gpu", 9000, 12_000)])

    assert found.devices_half_uj == {"gpu": 2 * 7_000}
    assert found.coverage_ratio == 1


def test_a_counter_that_falls_began_anew_and_its_step_is_left_out() -> None:
    # 100 → 900, then the driver is loaded again: 30 → 70.
    found = counted([("gpu", 0, 100), ("gpu", 1000, 900), ("gpu", 3000, 30), ("gpu", 4000, 70)])

    assert found.devices_half_uj == {"gpu": 2 * (800 + 40)}
    assert (found.resets_count, found.gaps_count, found.gap_ms) == (1, 1, 2000)
    assert found.coverage_ratio == 2 / 4


def test_a_counter_of_known_range_runs_over() -> None:
    # PITFALLS 19: 262 143 328 850 µJ; last − first would be negative.
    samples = [("package", 0, 262_143_000_000), ("package", 60_000, 1_000_000)]
    found = counted(samples, {"package": 262_143_328_850})

    assert found.devices_half_uj == {"package": 2 * 1_328_850}
    assert (found.wraps_count, found.resets_count) == (1, 0)


def test_a_counter_above_its_range_cannot_have_run_over() -> None:
    found = counted([("package", 0, 500), ("package", 1000, 100)], {"package": 400})

    assert (found.wraps_count, found.resets_count) == (0, 1)


def test_a_stale_copy_of_a_counter_is_no_reset() -> None:
    # A scrape after the exporter began anew shows the old series' last value beside the new one.
    samples = [("gpu", 0, 100), ("gpu", 1, 110), ("gpu", 1, 100), ("gpu", 2, 100), ("gpu", 2, 120)]

    assert counted(samples).devices_half_uj == {"gpu": 2 * 20}


def test_what_a_counter_gains_over_the_hour_is_shared_by_time() -> None:
    found = counted([("gpu", HOUR_MS - 1000, 0), ("gpu", HOUR_MS + 3000, 400)])

    assert found.hours_half_uj == {0: 200, 1: 600}


def test_a_counter_read_less_than_hourly_tells_no_hours() -> None:
    found = counted([("gpu", 0, 0), ("gpu", HOUR_MS + 1, 400)])

    assert found.devices_half_uj == {"gpu": 800}
    assert found.hours_half_uj is None


@settings(max_examples=100)
@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=40), st.integers(10**9 + 1, 10**12))
def test_an_unwrapped_counter_gains_what_was_put_in(gains: list[int], range_uj: int) -> None:
    shown, samples = 0, [("package", 0, 0)]
    for place, gain in enumerate(gains, 1):
        shown += gain
        # It shows 0 to its range, and `range` and 0 are the same state.
        samples.append(("package", place * 1000, shown % range_uj))
    found = counted(samples, {"package": range_uj})

    assert found.devices_half_uj == {"package": 2 * sum(gains)}


def test_too_many_devices_are_refused() -> None:
    with pytest.raises(MalformedInput, match="4096 devices"):
        of((str(place), 0, 0) for place in range(4097))


def test_more_disorder_than_fits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integral, "SORTED_LIMIT", 3)

    with pytest.raises(MalformedInput, match="out of order"):
        of(reversed(every_second(1, 2, 3, 4)))


def test_thousands_of_figures_at_one_time_do_not_pile_up() -> None:
    found = of([*(("gpu", 0, power) for power in range(6000)), ("gpu", 1000, 0)])

    assert found.samples_count == 6001
    assert found.devices_half_uj == {"gpu": 5999 * 1000}
