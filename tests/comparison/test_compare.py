"""What compares and what does not, asked through the public door.

The figures of the worked example are worked by hand in docs/compare.md: 10 kWh and 40 kWh, each ÷
and × 1.4, on one grid of 50 g/kWh, ÷ and × 1.25.
"""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carbonlabel import InputError, MissingFactor, compare
from carbonlabel.comparison import Comparison
from carbonlabel.comparison.outcome import Difference, Figure, FigureName, Pair, Topic
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.region import Place
from tests.comparison.conftest import Made, place, run


def topic(found: Comparison, name: str = "training") -> Topic:
    return next(each for each in found.topics if each.name == name)


def figure(found: Comparison, name: FigureName, of: str = "training") -> Figure:
    known = topic(found, of).figure(name)
    assert known is not None, (name, reasons(found))
    return known


def only(found: Comparison, name: FigureName, of: str = "training") -> Pair:
    (pair,) = figure(found, name, of).pairs
    return pair


def reasons(found: Comparison, weight: str = "breaks") -> dict[str, Difference]:
    every = (*found.differences, *(each for topic in found.topics for each in topic.differences))
    return {each.about: each for each in every if each.weight == weight}


def names(found: Comparison) -> set[str]:
    return {each.name for topic in found.topics for each in topic.figures}


def ends(found: Figure, place: int) -> tuple[float, float]:
    quantity = found.amounts[place]
    assert quantity.low is not None
    assert quantity.high is not None
    return quantity.low, quantity.high


def test_the_worked_example(made: Made) -> None:
    found = compare([made("a/one", 10), made("a/two", 40)])
    electricity = figure(found, "electricity")
    pair = only(found, "electricity")

    assert found.verdict == "comparable"
    assert [each.value for each in electricity.amounts] == [500, 2000]
    assert ends(electricity, 0) == pytest.approx((333.9, 748.7), rel=1e-3)
    assert ends(electricity, 1) == pytest.approx((1335.6, 2994.8), rel=1e-3)
    assert pair.order == "higher"
    assert pair.ratio is not None
    assert (pair.ratio.value, pair.ratio.low, pair.ratio.high) == pytest.approx(
        (4, 2.4854, 6.4375), rel=1e-4
    )
    assert pair.shared == ("the grid factor of FR, 2025",)


def test_ranges_that_overlap_are_not_distinguished_even_where_a_ratio_would_be(made: Made) -> None:
    # 12.86 to 25.2 kWh overlaps 7.14 to 14 kWh; 1.8 times would be 1.12 to 2.90.
    pair = only(compare([made("a/one", 10), made("a/two", 18)]), "energy")

    assert pair.order == "not distinguishable"
    assert pair.because == "the ranges overlap"
    assert pair.ratio is None


def test_without_the_grid_that_both_share_ranges_are_told_apart(made: Made) -> None:
    # 25 kWh is apart from 10 kWh: 17.86 > 14. With the grid, 834.9 g < 748.7 g would not be clear.
    shared = place(ratio=3)
    pair = only(
        compare([made("a/one", 10, at=shared), made("a/two", 25, at=shared)]), "electricity"
    )

    assert pair.order == "higher"
    assert pair.ratio is not None
    assert pair.ratio.value == pytest.approx(2.5)


def test_two_unknown_places_do_not_share_the_mean_of_the_world(made: Made) -> None:
    nowhere = Place(pue=place().pue)
    found = compare([made("a/one", 10, at=nowhere), made("a/two", 40, at=nowhere)])

    assert only(found, "electricity").shared == ()
    assert only(found, "electricity").order == "not distinguishable"
    assert only(found, "energy").order == "higher"
    assert "place" in reasons(found, "weighs")


def test_other_phases_do_not_compare_and_say_what_would_mend_it(made: Made) -> None:
    found = compare([made("a/one", 10), made("a/two", 40, phase="pre-training")])

    assert found.verdict == "not comparable"
    assert not found.is_comparable
    assert not names(found)
    assert reasons(found)["phase"].says == ("fine-tuning", "pre-training")
    assert "--phase" in reasons(found)["phase"].mend


def test_of_several_phases_the_common_one_compares(made: Made) -> None:
    both = made("a/one", run(10), run(70, phase="pre-training"))
    found = compare([both, made("a/two", 40)])

    assert found.verdict == "comparable in part"
    assert topic(found).runs == {"finetuning": 1}
    assert [each.value for each in figure(found, "energy").amounts] == [10, 40]
    assert "phase" in reasons(found, "narrows")


def test_another_number_of_runs_does_not_compare(made: Made) -> None:
    found = compare([made("a/one", run(10, name="x"), run(11, name="y")), made("a/two", 40)])

    assert reasons(found)["runs"].says == ("2 fine-tuning runs", "1 fine-tuning run")


def test_what_one_side_alone_counts_is_left_out_of_all(made: Made) -> None:
    found = compare([made("a/one", 10, at=place(pue=1.2)), made("a/two", 40)])

    assert found.verdict == "comparable in part"
    assert reasons(found, "narrows")["cooling"].says == ("counted, PUE 1.2", "not counted")
    assert [each.value for each in figure(found, "energy").amounts] == [10, 40]


def test_cooling_that_all_count_is_compared(made: Made) -> None:
    found = compare([made("a/one", 10, at=place(pue=1.2)), made("a/two", 40, at=place(pue=1.1))])

    assert found.verdict == "comparable"
    assert [each.value for each in figure(found, "energy").amounts] == pytest.approx([12, 44])


def test_idle_time_is_taken_out_with_the_cooling_that_falls_on_it(made: Made) -> None:
    # (10 + 5) kWh × 1.2 = 18 kWh, of which 10 × 1.2 = 12 kWh are not idle.
    idle = made("a/one", 10, at=place(pue=1.2), idle="5 kWh")
    found = compare([idle, made("a/two", 40, at=place(pue=1.2))])

    assert [each.value for each in figure(found, "energy").amounts] == pytest.approx([12, 48])
    assert reasons(found, "narrows")["idle"].says == ("counted", "not stated")


def test_idle_time_that_all_count_is_compared(made: Made) -> None:
    sides = [made("a/one", 10, idle="5 kWh"), made("a/two", 40, idle="6 kWh")]
    found = compare(sides)

    assert found.verdict == "comparable"
    assert [each.value for each in figure(found, "energy").amounts] == [15, 46]


def test_energy_that_may_hold_cooling_does_not_compare(made: Made) -> None:
    found = compare([made("a/one", 10, pue_in_energy="unknown"), made("a/two", 40)])

    assert not names(found)
    assert reasons(found)["cooling"].says == ("not known whether inside", "not counted")


def test_accelerators_alone_do_not_compare_with_an_unsplit_machine(made: Made) -> None:
    found = compare([made("a/one", 10, covers="[accelerators]"), made("a/two", 40)])

    assert reasons(found)["parts"].says == ("accelerators", "computing, not split")


def test_accelerators_compare_where_the_host_is_missing_on_one_side(
    made: Made, logged: Made
) -> None:
    whole = logged("a/one", gpu_energy=0.05, gpu_count=1, gpu_model="1 x NVIDIA A100")
    found = compare([whole, made("a/two", 40, covers="[accelerators]")])

    assert topic(found).boundary is not None
    assert topic(found).boundary.machines == "accelerators"
    assert [each.value for each in figure(found, "energy").amounts] == [0.05, 40]
    assert found.verdict == "comparable in part"


def test_life_cycle_and_direct_emissions_do_not_compare_but_energy_does(made: Made) -> None:
    found = compare([made("a/one", 10), made("a/two", 40, at=place(scope="direct"))])

    assert names(found) == {"energy"}
    assert found.verdict == "comparable in part"
    assert reasons(found)["scope"].says == ("life cycle", "direct")


def test_at_the_readers_grid_all_conventions_are_one(made: Made) -> None:
    sides = [made("a/one", 10), made("a/two", 40, at=place(500, code="DE", scope="direct"))]
    found = compare(sides, region=place(100))

    assert found.verdict == "comparable"
    assert [each.value for each in figure(found, "electricity").amounts] == [1000, 4000]
    assert only(found, "electricity").shared == ("the reader's grid",)
    assert only(found, "electricity").ratio == only(found, "energy").ratio


def test_the_readers_grid_may_be_a_code_of_a_year(made: Made) -> None:
    found = compare([made("a/one", 10), made("a/two", 40)], region="FR", year=2022)

    assert found.grid is not None
    assert found.grid.intensity.year == 2022
    value = found.grid.intensity.value
    assert [each.value for each in figure(found, "electricity").amounts] == pytest.approx(
        [10 * value, 40 * value]
    )


def test_a_typed_grid_without_a_range_gets_that_of_annual_factors(made: Made) -> None:
    found = compare([made("a/one", 10), made("a/two", 40)], region=place(100, ratio=None))

    assert found.grid is not None
    assert found.grid.intensity.high == pytest.approx(142)


def test_a_place_that_no_table_has_is_said_so(made: Made) -> None:
    with pytest.raises(MissingFactor, match="no place"):
        compare([made("a/one", 10), made("a/two", 40)], region="XX")
    with pytest.raises(MissingFactor, match="no grid intensity"):
        compare([made("a/one", 10), made("a/two", 40)], region="FR", year=1900)


def test_a_figure_without_a_range_has_no_ratio(made: Made) -> None:
    loose = made("a/one", 10)
    parts = loose.activities[0].parts
    energy = parts[0].energy
    assert energy is not None
    bare = {"low": None, "high": None}
    changed = parts[0].model_copy(update={"energy": energy.model_copy(update=bare)})
    activity = loose.activities[0].model_copy(update={"parts": (changed, *parts[1:])})
    from carbonlabel.comparison import compared, disclosed  # noqa: PLC0415 - past the checks

    other = disclosed(made("a/two", 40), "two.json")
    unranged = loose.model_copy(update={"activities": (activity,)})
    found = compared([disclosed(unranged, "one.json"), other])

    assert only(found, "energy").because == "no range is declared"
    assert reasons(found, "weighs")["range"].says == ("not declared", "declared")


def test_the_same_statement_twice_is_said_so(made: Made) -> None:
    found = compare([made("a/one", 10), made("a/one", 10), made("a/two", 40)])

    assert found.verdict == "not comparable"
    assert set(reasons(found)) == {"same"}


def test_a_disclosure_with_errors_is_not_compared(made: Made) -> None:
    good = made("a/one", 10)
    electricity = good.totals.electricity
    slipped = electricity.model_copy(update={"value": 0.5, "low": 0.4, "high": 0.6})
    totals = good.totals.model_copy(update={"electricity": slipped})
    found = compare([good.model_copy(update={"totals": totals}), made("a/two", 40)])

    assert set(reasons(found)) == {"checks"}
    assert reasons(found)["checks"].says[1] == "no error found"


def test_a_run_that_was_cut_off_is_not_the_same_work(made: Made) -> None:
    whole, other = made("a/one", 10), made("a/two", 40)
    part = whole.activities[0].model_copy(update={"complete": False})
    found = compare([whole.model_copy(update={"activities": (part,)}), other])

    assert reasons(found)["whole"].says == ("not whole", "whole")


def test_what_is_planned_is_borne_in_mind(made: Made) -> None:
    planned, done = made("a/one", 10), made("a/two", 40)
    totals = planned.totals.model_copy(update={"headline": "planned"})
    found = compare([planned.model_copy(update={"totals": totals}), done])

    assert reasons(found, "weighs")["planned"].says == ("planned", "done")


def test_a_measured_energy_is_held_against_an_estimated_one_with_a_warning(made: Made) -> None:
    found = compare([made("a/one", 10, meter="PDU"), made("a/two", 40)])

    assert reasons(found, "weighs")["basis"].says == ("measured", "estimated")
    assert only(found, "energy").order == "higher"


def test_making_is_compared_only_where_all_declare_it(made: Made) -> None:
    board = {"device": "NVIDIA A100-SXM4-80GB", "count": 8, "hours": 10}
    one, two = made("a/one", 10, **board), made("a/two", 40, **board)

    assert names(compare([one, two])) == {"energy", "electricity", "manufacture", "total"}
    found = compare([one, made("a/two", 40)])
    assert names(found) == {"energy", "electricity"}
    assert reasons(found)["manufacture"].says[0] == "declared"


def test_equal_shares_of_equal_machines_are_equal(made: Made) -> None:
    board = {"device": "NVIDIA A100-SXM4-80GB", "count": 8, "hours": 10}
    found = compare([made("a/one", 10, **board), made("a/two", 40, **board)])

    assert only(found, "manufacture").because == "the figures are equal"
    assert "making the NVIDIA A100-SXM4-80GB" in only(found, "manufacture").shared


def test_the_order_of_sums_is_open_where_what_both_share_may_turn_it(made: Made) -> None:
    # 100 kWh and little making against 60 kWh and much: which is higher hangs on the grid.
    little = {"device": "NVIDIA A100-SXM4-80GB", "count": 1, "hours": 1}
    much = {"device": "NVIDIA A100-SXM4-80GB", "count": 8, "hours": 20}
    sharp = {"ratio": 1.0001, "at": place(ratio=6)}
    found = compare([made("a/one", 8, **sharp, **little), made("a/two", 1, **sharp, **much)])

    assert only(found, "total").order == "not distinguishable"


def test_the_order_and_the_ratio_turn_with_the_sides(made: Made) -> None:
    one, two = made("a/one", 10), made("a/two", 40)
    there, back = only(compare([one, two]), "energy"), only(compare([two, one]), "energy")

    assert (there.order, back.order) == ("higher", "lower")
    assert there.ratio is not None
    assert back.ratio is not None
    assert there.ratio.low == pytest.approx(1 / back.ratio.high)


def test_other_models_that_were_made_from_a_base_are_told(made: Made) -> None:
    heir = made("a/one", 10, subject={"base_models": ("big/base",)})
    found = compare([heir, made("a/two", 40)])

    assert reasons(found, "weighs")["base"].says == ("made from big/base", "no base named")


def test_eight_sides_are_held_against_each_other_and_nine_are_refused(made: Made) -> None:
    sides = [made(f"a/m{number}", 10 + number) for number in range(9)]

    assert len(figure(compare(sides[:8]), "energy").pairs) == 28
    with pytest.raises(InputError, match="2 to 8"):
        compare(sides)
    with pytest.raises(InputError, match="2 to 8"):
        compare(sides[:1])


def test_mine_is_one_of_the_sides(made: Made) -> None:
    sides = [made("a/one", 10), made("a/two", 40)]

    assert compare(sides, mine=1).mine == 1
    with pytest.raises(InputError, match="no subject 2"):
        compare(sides, mine=2)


def test_figures_of_very_different_size_have_a_ratio(made: Made) -> None:
    pair = only(compare([made("a/one", 1e-9), made("a/two", 1e9)]), "energy")

    assert pair.order == "higher"
    assert pair.ratio is not None
    assert pair.ratio.value == pytest.approx(1e18)


def test_another_phase_stands_on_its_own(made: Made) -> None:
    found = compare([made("a/one", 10, phase="evaluation"), made("a/two", 40, phase="evaluation")])

    assert [each.value for each in figure(found, "energy", "evaluation").amounts] == [10, 40]


SMALL = st.floats(min_value=1e-3, max_value=1e6)
WIDE = st.floats(min_value=1.001, max_value=3)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(one=SMALL, other=SMALL, first=WIDE, second=WIDE)
def test_a_ratio_holds_its_value_and_never_one_and_ranges_decide(
    made: Made, one: float, other: float, first: float, second: float
) -> None:
    one, other = float(f"{one:.6g}"), float(f"{other:.6g}")
    sides: list[Disclosure] = [made("a/x", one, ratio=first), made("a/y", other, ratio=second)]
    pair = only(compare(sides), "energy")
    apart = abs(math.log(other / one)) - math.log(first) - math.log(second)

    if abs(apart) > 1e-3:
        assert (pair.order != "not distinguishable") == (apart > 0)
    if pair.ratio is not None:
        assert pair.ratio.low <= pair.ratio.value <= pair.ratio.high
        assert not pair.ratio.low <= 1 <= pair.ratio.high
        width = math.hypot(math.log(first), math.log(second))
        assert pair.ratio.high == pytest.approx(other / one * math.exp(width), rel=1e-3)
