"""A market-based figure that does not rest on its contracts is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from carbonlabel.checks import check
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.provenance import Finding
from carbonlabel.rules.market import arithmetic, method_separation, spares_kwh
from tests.assessment.test_market import assess, assessed, contract, kwh, of_year, site
from tests.assessment.test_worked_examples import ten_hours_of_four_gpus

Json = dict[str, Any]
Change = Callable[[Json], object]


def broken(disclosure: Disclosure, change: Change) -> Disclosure:
    text = json.loads(disclosure.model_dump_json(by_alias=True, exclude_none=True))
    change(text)
    return Disclosure.model_validate_json(json.dumps(text))


def covered() -> Disclosure:
    """18 kWh: 10 by one contract, 4 of the 4 by another, 4 left to the residual mix."""
    return assessed(contract("10 kWh"), contract("4 kWh", "100 g/kWh"))


def found(disclosure: Disclosure) -> list[Finding]:
    return [*method_separation(disclosure), *arithmetic(disclosure)]


def activity(text: Json) -> Json:
    only: Json = text["activities"][0]
    return only


def test_what_the_assessment_makes_holds() -> None:
    shared = assess(
        [of_year(2025), of_year(2026, accelerators=kwh(24.0))],
        place=site(contract("30 kWh", "100 g/kWh"), contract("30 kWh", "100 g/kWh")),
    )

    assert found(covered()) == found(shared) == found(assessed()) == []


def test_a_figure_without_listed_contracts_is_an_error_wherever_it_stands() -> None:
    bare = broken(covered(), lambda text: activity(text).pop("instruments"))

    places = [each.place for each in check(bare) if each.code == "method-separation"]
    assert places == ["/activities/0/market", "/totals/market"]


def test_zero_needs_contracts_for_all_of_the_electricity() -> None:
    def claim_zero(text: Json) -> None:
        for place in (activity(text), text["totals"]):
            place["market"] |= {"value": 0.0, "low": 0.0, "high": 0.0}

    (finding,) = method_separation(broken(covered(), claim_zero))

    assert (finding.code, finding.place) == ("method-separation", "/activities/0/market")
    assert (finding.expected, finding.found) == ("contracts for 18 kWh", "14 kWh")


def test_zero_with_contracts_for_all_of_it_holds() -> None:
    assert found(assessed(contract("18 kWh"))) == []


def put(path: str, value: object) -> Change:
    def change(text: Json) -> None:
        *steps, last = path.split("/")
        at: Any = activity(text)
        for step in steps:
            at = at[int(step) if step.isdigit() else step]
        at[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "code", "place", "message"),
    [
        (
            put("instruments/0/energy/value", 10_000.0),
            "method-separation",
            "/activities/0/instruments",
            "cover more electricity than was taken",
        ),
        (
            put("instruments/1/zone", "US-CA"),
            "method-separation",
            "/activities/0/instruments/1",
            "of another market",
        ),
        (
            put("instruments/1/vintage", 2019),
            "method-separation",
            "/activities/0/instruments/1",
            "more than a year away",
        ),
        (
            put("market/value", 2000.0),
            "market-mismatch",
            "/activities/0/market",
            "not those of the contracts and of the rest",
        ),
        (
            put("instruments/1/emissions/value", 350.0),
            "market-mismatch",
            "/activities/0/instruments/1/emissions",
            "not its energy × its intensity",
        ),
        (
            put("market/basis", "measured"),
            "basis-too-strong",
            "/activities/0/market/basis",
            "surer than the contracts",
        ),
    ],
)
def test_a_slip_is_found_where_it_stands(
    change: Change, code: str, place: str, message: str
) -> None:
    disclosure = broken(assessed(contract("10 kWh"), contract("4 kWh", "100 g/kWh")), widen)

    findings = found(broken(disclosure, change))

    assert (code, place) in [(each.code, each.place) for each in findings]
    assert any(message in each.message for each in findings)


def widen(text: Json) -> None:
    """Take the ranges away, so that a changed value needs no new ones."""
    for at in (activity(text)["market"], text["totals"]["market"]):
        at.pop("low")
        at.pop("high")
    for each in activity(text)["instruments"]:
        for name in ("energy", "emissions"):
            each[name].pop("low")
            each[name].pop("high")


def test_a_total_that_is_not_the_sum_is_found() -> None:
    wrong = broken(covered(), lambda text: text["totals"]["market"].update(value=5000.0))

    assert [each.place for each in arithmetic(wrong)] == ["/totals/market"]


def shared() -> Disclosure:
    runs = [of_year(2025), of_year(2026)]
    return assess(runs, place=site(contract("20 kWh", "100 g/kWh", vintage=2025)))


def test_activities_that_claim_one_contract_twice_are_found() -> None:
    def claim_all(text: Json) -> None:
        for each in text["activities"]:
            each["instruments"][0]["energy"] = {
                "value": 18.0,
                "unit": "kWh",
                "basis": "estimated",
                "formula": "contract * 0.9",
            }

    (finding,) = [
        each
        for each in method_separation(broken(shared(), claim_all))
        if "more of a" in each.message
    ]

    assert (finding.expected, finding.found) == ("at most 20 kWh", "36 kWh")


def test_more_of_a_contract_than_it_is_for_is_found() -> None:
    def shrink(text: Json) -> None:
        text["activities"][0]["instruments"][0]["contract"] |= {"value": 5.0, "low": 4, "high": 6}

    assert "More of a contract is used than it is for." in [
        each.message for each in arithmetic(broken(shared(), shrink))
    ]


def test_what_is_left_of_a_contract_is_shared_out_by_energy_as_the_assessment_does() -> None:
    share = {"covers": "device"}
    runs = [
        ten_hours_of_four_gpus(run="a", place="log:1", **share),
        ten_hours_of_four_gpus(
            run="b", place="log:2", phase="evaluation", accelerators=kwh(24.0), **share
        ),
    ]

    disclosure = assess(runs, place=site(contract("84 kWh"), contract("84 kWh")))

    # 18 and 36 kWh take 54 of the first 84 kWh; of the 30 left, a third goes with the first.
    assert spares_kwh(disclosure) == {(0, 0): pytest.approx(10), (1, 0): pytest.approx(20)}


def test_a_contract_that_is_used_up_leaves_nothing() -> None:
    assert set(spares_kwh(covered()).values()) == {0.0}


@pytest.mark.parametrize(
    ("residual", "claim", "told"),
    [
        (500.0, 100.0, {}),
        (500.0, 0.0, {}),
        # No market's residual mix is 0.04 kg taken for g, or nothing; no contract is coal's double.
        (0.04, 0.0, {"/activities/0/region/residual": "warning"}),
        (0.0, 0.0, {"/activities/0/region/residual": "warning"}),
        (1600.0, 0.0, {"/activities/0/region/residual": "error"}),
        (500.0, 2000.0, {"/activities/0/instruments/1/intensity": "error"}),
    ],
)
def test_a_residual_mix_and_a_contract_are_such_as_there_are(
    residual: float, claim: float, told: dict[str, str]
) -> None:
    def state(text: Json) -> None:
        ends = {"low": residual, "high": residual}
        activity(text)["region"]["residual"] |= {"value": residual, **ends}
        ends = {"low": claim, "high": claim}
        activity(text)["instruments"][1]["intensity"] |= {"value": claim, **ends}

    findings = check(broken(covered(), state))
    assert {e.place: e.severity for e in findings if e.code == "intensity-out-of-band"} == told
