from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlabel.budgets import Change, changes, held, limit
from carbonlabel.errors import InputError, MalformedInput
from carbonlabel.method.prediction import prediction
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.provenance import Finding


def run_of(
    two_gpus: Disclosure, kwh: float, low: float | None = None, high: float | None = None
) -> Disclosure:
    """The disclosure with another total energy."""
    told = json.loads(two_gpus.model_dump_json(by_alias=True, exclude_none=True))
    energy = {"value": kwh, "unit": "kWh", "basis": "measured", "formula": "sum"}
    told["totals"]["energy"] = energy | ({} if low is None else {"low": low, "high": high})
    return Disclosure.model_validate_json(json.dumps(told))


def codes(found: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(each.code, each.severity) for each in found]


def test_a_budget_is_an_energy_or_a_mass_in_any_unit() -> None:
    assert limit("3.6 MJ", where="x").most == 1.0  # 1 kWh = 3.6 MJ by definition
    assert limit("1.5kgCO2e", where="x").unit == "gCO2e"
    with pytest.raises(MalformedInput, match="no budget"):
        limit("12 apples", where="--budget")


def test_a_run_within_its_budget_is_not_spoken_of(two_gpus: Disclosure) -> None:
    assert not list(held(run_of(two_gpus, 10, 9, 11), limit("11 kWh", where="x")))


def test_a_run_over_its_budget_is_an_error_with_both_figures(two_gpus: Disclosure) -> None:
    (found,) = held(run_of(two_gpus, 12, 9, 15), limit("11 kWh", where="x"))

    assert (found.code, found.severity, found.place) == (
        "budget-exceeded",
        "error",
        "/totals/energy",
    )
    assert found.expected == "at most 11 kWh"
    assert found.found == "12 kWh (9 to 15)"


def test_large_figures_are_written_out(two_gpus: Disclosure) -> None:
    (found,) = held(run_of(two_gpus, 59_114, 55_682.4, 62_610.4), limit("1 MWh", where="x"))

    assert found.found == "59114 kWh (55700 to 62600)"


def test_what_electricity_emits_has_a_sentence_of_its_own(two_gpus: Disclosure) -> None:
    (found,) = held(two_gpus, limit("1 mgCO2e", where="x"))

    assert found.message == "What the electricity emits is over its budget."


def test_a_range_that_reaches_over_the_budget_warns_and_fails_only_on_demand(
    two_gpus: Disclosure,
) -> None:
    run, most = run_of(two_gpus, 10, 9, 12), limit("11 kWh", where="x")

    assert codes(list(held(run, most))) == [("budget-in-doubt", "warning")]
    assert codes(list(held(run, most, upper=True))) == [("budget-exceeded", "error")]


def test_a_budget_of_what_is_not_reported_fails(two_gpus: Disclosure) -> None:
    told = json.loads(two_gpus.model_dump_json(by_alias=True, exclude_none=True))
    told["totals"]["energy"] = {"missing": "not-measured", "reason": "no meter"}
    silent = Disclosure.model_validate_json(json.dumps(told))

    assert codes(list(held(silent, limit("1 kWh", where="x")))) == [("budget-unknown", "error")]
    assert codes(list(changes(silent, [two_gpus], Change()))) == [("budget-unknown", "error")]


def test_a_budget_of_a_part_says_so(two_gpus: Disclosure) -> None:
    told = json.loads(two_gpus.model_dump_json(by_alias=True, exclude_none=True))
    gap = {"missing": "not-stated", "reason": "no PUE"}
    told["activities"][0]["parts"][2] = {"part": "overhead", "energy": gap, "emissions": gap}
    partly = Disclosure.model_validate_json(json.dumps(told))

    assert codes(list(held(partly, limit("1 kWh", where="x")))) == [("budget-of-a-part", "warning")]


def test_a_rise_within_what_is_allowed_is_not_spoken_of(two_gpus: Disclosure) -> None:
    base, now = run_of(two_gpus, 100), run_of(two_gpus, 114)

    assert not list(changes(now, [base], Change(allowed_ratio=0.15)))
    assert codes(list(changes(now, [base], Change(allowed_ratio=0.1)))) == [
        ("baseline-exceeded", "error")
    ]


def test_a_rise_that_the_ranges_can_explain_is_a_note(two_gpus: Disclosure) -> None:
    base, now = run_of(two_gpus, 100, 70, 140), run_of(two_gpus, 130, 93, 182)

    assert codes(list(changes(now, [base], Change(allowed_ratio=0.15)))) == [
        ("baseline-noise", "note")
    ]


def test_known_noise_takes_the_place_of_the_ranges(two_gpus: Disclosure) -> None:
    base, now = run_of(two_gpus, 100, 70, 140), run_of(two_gpus, 130, 93, 182)

    found = list(changes(now, [base], Change(allowed_ratio=0.15, noise_ratio=0.05)))

    assert codes(found) == [("baseline-exceeded", "error")]
    assert "rose by 30%" in found[0].message


def test_three_baselines_show_their_own_noise(two_gpus: Disclosure) -> None:
    base = [run_of(two_gpus, each) for each in (99, 100, 101)]

    # mean 100, s = 1, t(2) = 4.303: 100 ± 4.303 × √(4/3) = 95.03 to 104.97
    assert prediction([99, 100, 101]) == pytest.approx((95.0313, 104.9687), abs=1e-4)
    assert codes(list(changes(run_of(two_gpus, 104), base, Change()))) == [
        ("baseline-noise", "note")
    ]
    assert codes(list(changes(run_of(two_gpus, 106), base, Change()))) == [
        ("baseline-exceeded", "error")
    ]


def test_two_baselines_are_refused(two_gpus: Disclosure) -> None:
    with pytest.raises(InputError, match="two baselines"):
        list(changes(two_gpus, [two_gpus, two_gpus], Change()))


def test_carbon_is_compared_at_the_baselines_factor(two_gpus: Disclosure) -> None:
    told = json.loads(two_gpus.model_dump_json(by_alias=True, exclude_none=True))
    told["activities"][0]["region"]["intensity"]["value"] = 50.0  # the table was revised
    revised = Disclosure.model_validate_json(json.dumps(told))

    assert not list(changes(revised, [two_gpus], Change(unit="gCO2e")))
    (found,) = changes(run_of(two_gpus, 2.0), [run_of(two_gpus, 1.0)], Change(unit="gCO2e"))
    assert str(found.found).startswith("82.88 gCO2e")  # 2 kWh × 41.44 g/kWh


def test_a_baseline_of_other_machines_warns(two_gpus: Disclosure, demo: Disclosure) -> None:
    assert ("baseline-differs", "warning") in codes(list(changes(two_gpus, [demo], Change())))


@given(st.lists(st.floats(0.001, 1e6), min_size=3, max_size=40))
def test_a_prediction_holds_the_mean(values: list[float]) -> None:
    low, high = prediction(values)

    assert 0 <= low <= sum(values) / len(values) * (1 + 1e-9)
    assert high >= sum(values) / len(values) * (1 - 1e-9)
