"""Rates, operations, lineage and scores follow from what stands beside them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from carbonlabel.assessment import assess
from carbonlabel.checks import check
from carbonlabel.model.disclosure import Activity, Disclosure, Subject
from carbonlabel.model.estimate import Estimate, Missing, Model
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.hardware import Device, Inventory
from carbonlabel.model.lineage import Ancestor
from carbonlabel.model.provenance import Finding
from tests.assessment.test_sci import machines
from tests.assessment.test_use import use
from tests.assessment.test_worked_examples import kwh, stated, ten_hours_of_four_gpus

A100S = (Device(name="NVIDIA A100-SXM4-80GB", kind="accelerator", count=4),)
SIZE = Subject(model="me/mine", parameters=10**9)


def trained(**run: object) -> Disclosure:
    """10 h on four A100, 12 kWh: at most 4 × 36 000 s × 312e12 FLOP/s = 4.5e19 FLOP."""
    evidence = ten_hours_of_four_gpus(**{"devices": A100S} | run)
    return assess([evidence], place=stated(1.0, 450), subject=SIZE)


def in_use() -> Disclosure:
    runs: list[Evidence] = [ten_hours_of_four_gpus(phase="training", tokens=1e9), use(6, 2000)]
    return assess(runs, inventory=machines(500_000), place=stated(1.0, 450), subject=SIZE)


def changed(noun: Model, **values: object) -> Model:
    return noun.model_copy(update=values)


def with_activity(disclosure: Disclosure, number: int, **values: object) -> Disclosure:
    activities = list(disclosure.activities)
    activities[number] = activities[number].model_copy(update=values)
    return disclosure.model_copy(update={"activities": tuple(activities)})


def with_work(disclosure: Disclosure, **values: object) -> Disclosure:
    work = disclosure.activities[-1].workload
    assert work is not None
    return with_activity(disclosure, -1, workload=changed(work, **values))


def with_compute(disclosure: Disclosure, **values: object) -> Disclosure:
    compute = disclosure.activities[0].compute
    assert compute is not None
    return with_activity(disclosure, 0, compute=changed(compute, **values))


def with_totals(disclosure: Disclosure, **values: object) -> Disclosure:
    return disclosure.model_copy(update={"totals": disclosure.totals.model_copy(update=values)})


def found(disclosure: Disclosure, code: str) -> Finding:
    (finding,) = [each for each in check(disclosure) if each.code == code]
    return finding


def codes(disclosure: Disclosure) -> set[str]:
    return {each.code for each in check(disclosure)}


def figure(value: float, unit: str, **more: object) -> Estimate:
    return Estimate.model_validate(
        {"value": value, "unit": unit, "basis": "estimated", "formula": "x"} | more
    )


OURS = {
    "rate-mismatch",
    "rate-without-totals",
    "use-in-training",
    "compute-mismatch",
    "compute-without-origin",
    "flop-mismatch",
    "mfu-out-of-band",
    "flop-per-joule-out-of-band",
    "lineage-double-count",
    "lineage-broken",
    "sci-mismatch",
    "sci-incomplete",
    "device-hours-mismatch",
}


@pytest.mark.parametrize("made", [in_use, trained])
def test_what_was_assessed_breaks_none_of_these_rules(made: Callable[[], Disclosure]) -> None:
    assert not OURS & codes(made())


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("energy", figure(3000, "kWh")),
        ("emissions", figure(1.35, "gCO2e")),
        ("break_even", figure(4, "ratio")),
    ],
)
def test_a_rate_a_thousand_times_off_is_found_with_the_slip(name: str, wrong: Estimate) -> None:
    """6 kWh for 2 000 requests are 3 kWh per 1 000, 1 350 g at 450 g/kWh; 12 ÷ 6 × 2 000."""
    findings = check(with_work(in_use(), **{name: wrong}))

    (finding,) = [each for each in findings if each.place == f"/activities/1/workload/{name}"]
    assert (finding.code, finding.severity) == ("rate-mismatch", "error")
    assert "1000 times" in finding.message


def test_a_typed_rate_is_no_rate() -> None:
    typed = figure(3, "kWh", formula=None, source="log")

    assert found(with_work(in_use(), energy=typed), "rate-without-totals").place == (
        "/activities/1/workload/energy"
    )


def test_water_per_unit_needs_the_water_of_all() -> None:
    dry = with_activity(in_use(), 1, water=None)

    assert "rate-without-totals" in codes(with_work(dry, water=figure(2, "L")))


def test_a_break_even_needs_a_training() -> None:
    alone = with_totals(in_use(), training=None)

    assert "rate-without-totals" in codes(alone)


def test_a_training_serves_nobody() -> None:
    finding = found(with_activity(in_use(), 1, phase="finetuning"), "use-in-training")

    assert finding.found == "2000 requests in phase finetuning"


def test_operations_that_do_not_follow_from_tokens_are_found() -> None:
    """6 × 1e9 × 1e9 = 6e18."""
    disclosure = with_compute(trained(tokens=1e9), flop=figure(6e15, "FLOP"))

    finding = found(with_compute(disclosure, mfu=None), "compute-mismatch")
    assert finding.place == "/activities/0/compute/flop"
    assert str(finding.expected).endswith("= 6 × 1000000000 × 1e+09")


def test_operations_of_machines_need_their_time_peak_and_utilisation() -> None:
    mfu = figure(0.4, "ratio", formula=None, source="log")
    disclosure = trained(mfu=mfu)

    assert not OURS & codes(disclosure)
    assert "compute-without-origin" in codes(with_compute(disclosure, peak=None))
    assert "compute-mismatch" in codes(with_compute(disclosure, flop=figure(1e18, "FLOP")))


@pytest.mark.parametrize(
    ("flop", "far"), [(6e18, False), (1.7e19, False), (2.1e18, False), (1.9e18, True), (2e19, True)]
)
def test_stated_operations_lie_within_three_times_of_six_for_each(flop: float, far: bool) -> None:  # noqa: FBT001 - a case of a table
    told = figure(flop, "FLOP", formula=None, source="log")

    assert ("flop-mismatch" in codes(trained(tokens=1e9, flop=told))) is far


def test_machines_do_no_more_than_they_can() -> None:
    """9e19 FLOP ÷ (144 000 s × 312e12/s) = 200 %."""
    told = figure(9e19, "FLOP", low=8e19, high=1e20, formula=None, source="log")

    finding = found(trained(flop=told), "mfu-out-of-band")

    assert (finding.severity, finding.found) == ("error", "200.321 %")
    assert finding.place == "/activities/0/compute/mfu"


def test_a_utilisation_whose_range_reaches_what_can_be_is_a_warning() -> None:
    told = figure(5e19, "FLOP", low=4e19, high=6e19, formula=None, source="log")

    assert found(trained(flop=told), "mfu-out-of-band").severity == "warning"


def test_machines_that_did_next_to_nothing_are_a_warning() -> None:
    told = figure(1e17, "FLOP", low=1e17, high=1e17, formula=None, source="log")

    assert found(trained(flop=told), "mfu-out-of-band").severity == "warning"


def test_a_utilisation_that_does_not_follow_is_found() -> None:
    disclosure = with_compute(trained(tokens=1e9), mfu=figure(0.5, "ratio"))

    assert found(disclosure, "compute-mismatch").place == "/activities/0/compute/mfu"


def test_a_joule_pays_for_no_more_operations_than_at_the_peak() -> None:
    """0.1 kWh = 360 kJ for 6e18 FLOP is 1.7e13 FLOP/J; 312e12 FLOP/s ÷ 400 W is 7.8e11."""
    finding = found(trained(tokens=1e9, accelerators=kwh(0.1)), "flop-per-joule-out-of-band")

    assert finding.severity == "warning"
    assert str(finding.found) == "1.67e+13 FLOP/J"


def test_accelerators_that_nobody_rates_are_held_to_no_joule() -> None:
    assert "flop-per-joule-out-of-band" not in codes(
        trained(tokens=1e9, accelerators=kwh(0.1), devices=(replace_name(A100S[0], "Board"),))
    )
    both = (*A100S, replace_name(A100S[0], "Tesla T4"))
    assert "flop-per-joule-out-of-band" not in codes(
        trained(tokens=1e9, accelerators=kwh(0.1), devices=both)
    )


def replace_name(device: Device, name: str) -> Device:
    return device.model_copy(update={"name": name})


def test_a_count_that_enters_twice_is_found_in_device_hours() -> None:
    """Four devices for 10 h are 40 h, not 160 h."""
    disclosure = with_compute(trained(), device_time=figure(160 * 3600, "s"))

    finding = found(disclosure, "device-hours-mismatch")

    assert "device count enters twice" in finding.message


def ancestor(emissions: Estimate | Missing, **more: object) -> Ancestor:
    return Ancestor.model_validate({"model": "a/base", "emissions": emissions} | more)


def with_lineage(*chain: Ancestor) -> Disclosure:
    return trained().model_copy(update={"lineage": chain})


def test_the_figure_of_a_base_told_as_the_own_one_is_found() -> None:
    """12 kWh × 450 g/kWh = 5 400 g."""
    same = figure(5400, "gCO2e", formula=None, source="log")
    other = figure(5500, "gCO2e", formula=None, source="log")
    unknown = Missing(missing="not-stated", reason="nobody said")

    assert found(with_lineage(ancestor(same)), "lineage-double-count").place == (
        "/lineage/0/emissions"
    )
    assert "lineage-double-count" not in codes(with_lineage(ancestor(other), ancestor(unknown)))


def test_a_model_without_a_figure_of_its_own_repeats_none() -> None:
    same = figure(5400, "gCO2e", formula=None, source="log")
    silent = with_totals(
        with_lineage(ancestor(same)), electricity=Missing(missing="not-measured", reason="none")
    )

    assert "lineage-double-count" not in codes(silent)


@pytest.mark.parametrize(
    "more",
    [{"model": "me/mine@v2"}, {"child": "a/stranger"}, {"child": "a/base"}],
)
def test_a_lineage_that_leads_nowhere_or_back_is_found(more: dict[str, object]) -> None:
    unknown = Missing(missing="not-stated", reason="nobody said")

    assert found(with_lineage(ancestor(unknown, **more)), "lineage-broken").place == "/lineage/0"


def scored(name: str, score: Estimate) -> Disclosure:
    disclosure = in_use()
    return with_totals(disclosure, sci={**(disclosure.totals.sci or {}), name: score})


@pytest.mark.parametrize(
    "name",
    ["billion parameters", "million training tokens", "EFLOP", "1000 requests"],
)
def test_a_score_that_is_not_o_and_m_per_r_is_found(name: str) -> None:
    right = (in_use().totals.sci or {})[name]
    assert isinstance(right, Estimate)

    wrong = right.model_copy(update={"value": 1000 * right.value, "low": None, "high": None})

    finding = found(scored(name, wrong), "sci-mismatch")
    assert finding.place == f"/totals/sci/{name}"
    assert "1000 times too large" in finding.message


@pytest.mark.parametrize("name", ["billion active parameters", "1000 images", "a thing of our own"])
def test_a_score_without_its_r_is_found(name: str) -> None:
    assert found(scored(name, figure(1, "gCO2e")), "sci-incomplete").place.endswith(name)


def test_a_score_without_its_m_is_found() -> None:
    disclosure = scored("billion parameters", figure(1, "gCO2e"))
    bare = with_activity(disclosure, 0, parts=without_making(disclosure.activities[0]))

    assert "sci-incomplete" in codes(bare)


def without_making(activity: Activity) -> tuple[object, ...]:
    unknown = Missing(missing="not-stated", reason="nobody said")
    return tuple(
        part.model_copy(update={"emissions": unknown}) if part.part == "manufacture" else part
        for part in activity.parts
    )


def test_a_typed_score_is_no_score() -> None:
    typed = figure(1, "gCO2e", formula=None, source="log")

    assert "sci-incomplete" in codes(scored("billion parameters", typed))


def test_the_share_of_a_machine_is_in_its_device_hours() -> None:
    half = replace_name(A100S[0], A100S[0].name).model_copy(update={"share": 0.5})
    disclosure = assess(
        [ten_hours_of_four_gpus()], inventory=Inventory(devices=(half,)), place=stated(1.0, 450)
    )

    assert "device-hours-mismatch" not in codes(disclosure)
