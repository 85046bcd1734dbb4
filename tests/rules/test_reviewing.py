"""Coverage, phases, honesty, allocation, hours, presence and age: each is asked for."""

from __future__ import annotations

from datetime import date

import pytest

from carbonlabel.checks import check, findings
from tests.test_checks import CPU, GONE, GPU, MISSING, found, one, quantity, spoiled

A = "/activities/0"


def codes(name: str, *changes: tuple[str, object]) -> set[str]:
    return {each.code for each in findings(spoiled(name, *changes))} - {
        each.code for each in findings(spoiled(name))
    }


def noticed(code: str, severity: str = "warning") -> tuple[str, object]:
    told = {"code": code, "severity": severity, "place": A, "message": "Something is missing."}
    return "/findings/0", told


def test_a_run_that_was_cut_short_is_said_again() -> None:
    assert ("run-incomplete", "warning", f"{A}/complete") in found(GPU, (f"{A}/complete", False))


def test_machines_that_nobody_measured_are_said_again() -> None:
    assert "machines-not-measured" in codes(GPU, noticed("machines-not-measured"))


@pytest.mark.parametrize(
    "code", ["meter-shared", "region-differs-from-log", "contract-not-counted", "host-not-stated"]
)
def test_what_was_warned_of_when_it_was_made_is_said_again(code: str) -> None:
    """Energy counted twice, a place that two sources say otherwise: no rule can see it later."""
    assert codes(GPU, noticed(code)) == {code}


@pytest.mark.parametrize(
    "told", [noticed("machines-not-measured", "note"), noticed("row-realigned")]
)
def test_what_leaves_the_figures_as_they_are_is_not_said_again(told: tuple[str, object]) -> None:
    assert not codes(GPU, told)


def test_a_warning_that_a_rule_looks_for_itself_is_left_to_it() -> None:
    """The PUE is stated in this disclosure, whatever was warned of before."""
    assert not codes(GPU, noticed("pue-not-stated"))


def test_training_has_a_figure_of_its_own_beside_other_phases() -> None:
    document = spoiled(GPU)
    use = document.activities[0].model_copy(update={"phase": "inference"})
    mixed = document.model_copy(update={"activities": (*document.activities, use)})
    split = mixed.totals.model_copy(update={"training": document.totals.electricity})

    told = {each.code for each in findings(mixed)}
    assert "training-not-split" in told
    mended = mixed.model_copy(update={"totals": split})
    assert "training-not-split" not in {each.code for each in findings(mended)}


def test_use_alone_needs_no_figure_of_training() -> None:
    assert "training-not-split" not in codes(GPU, (f"{A}/phase", "inference"))


def test_phases_of_which_nothing_is_said_are_listed() -> None:
    (finding,) = (e for e in findings(spoiled(GPU)) if e.code == "phases-not-declared")

    # "failed and earlier runs" stand under Left out.
    assert finding.found == "nothing on data preparation, evaluation, use"


def test_phases_are_asked_for_by_a_regulator_only() -> None:
    told = {
        profile: {each.code for each in check(spoiled(GPU), profile=profile)}
        for profile in ("draft", "publish", "regulator")
    }

    assert "phases-not-declared" in told["regulator"]
    assert "phases-not-declared" not in told["draft"] | told["publish"]


def test_a_plan_is_no_footprint_of_a_run_to_a_regulator() -> None:
    planned = spoiled(GPU, ("/totals/headline", "planned"))
    told = {
        profile: {each.code: each.severity for each in check(planned, profile=profile)}
        for profile in ("draft", "publish", "regulator")
    }

    assert "run-planned" not in told["draft"]
    assert (told["publish"]["run-planned"], told["regulator"]["run-planned"]) == (
        "warning",
        "error",
    )


def test_what_is_measured_stands_in_a_log() -> None:
    cited = (f"{A}/parts/1/energy/source", "ember")

    assert ("measured-without-log", "error", f"{A}/parts/1/energy") in found(GPU, cited)
    assert not codes(GPU, cited, (f"{A}/parts/1/energy/basis", "assumed")) & {
        "measured-without-log"
    }


def test_a_total_without_a_range_is_a_warning() -> None:
    bare = ("/totals/emissions/low", GONE), ("/totals/emissions/high", GONE)

    assert ("range-not-declared", "warning", "/totals/emissions") in found(GPU, *bare)


def test_one_run_is_no_longer_than_its_machines_live() -> None:
    # 4 years are 126 144 000 s.
    at = f"{A}/duration/value"
    place = f"{A}/hardware/0/lifetime"

    assert "lifetime-exceeded" not in codes(GPU, (at, 127.0e6))
    assert ("lifetime-exceeded", "error", place) in found(GPU, (at, 128.0e6))
    assert "lifetime-exceeded" not in codes(GPU, (at, 128.0e6), (f"{A}/runs", 2))


def test_a_lifetime_that_nobody_states_is_not_exceeded() -> None:
    changes = (f"{A}/duration/value", 128.0e6), (f"{A}/hardware/0/lifetime", GONE)

    assert f"{A}/hardware/0/lifetime" not in {each[2] for each in found(GPU, *changes)}


@pytest.mark.parametrize(("made", "fine"), [(0.00011, False), (0.00013, True), (0.113, False)])
def test_manufacture_is_between_a_thousandth_and_95_percent(made: float, *, fine: bool) -> None:
    # of 0.118397868 g: 0.1 % is 0.000118 g and 95 % is 0.1125 g
    told = codes(GPU, ("/totals/manufacture", quantity(made, "gCO2e")))

    assert ("manufacture-share-unusual" not in told) is fine


def test_no_share_is_worked_out_of_nothing() -> None:
    assert "manufacture-share-unusual" not in codes(GPU, ("/totals/emissions/value", 0.0), *ZERO)
    assert "manufacture-share-unusual" not in codes(GPU, ("/totals/manufacture", MISSING))


ZERO = (("/totals/emissions/low", 0.0),)


def compute(device_s: float) -> tuple[str, object]:
    time = {"value": device_s, "unit": "s", "basis": "estimated", "source": "log"}
    return f"{A}/compute", {"device_time": time, "flop": MISSING}


def test_device_hours_are_devices_times_hours() -> None:
    # 2 devices × 6.6 s = 13.2 s; 2 % of it are 0.264 s.
    assert "device-hours-mismatch" not in codes(GPU, compute(13.4))
    assert "device-hours-mismatch" in codes(GPU, compute(13.5))


def test_a_count_that_enters_twice_is_named() -> None:
    finding = one("device-hours-mismatch", GPU, compute(26.4))

    assert "2 times too large, as where the device count enters twice" in finding.message
    assert finding.expected == "13.2 s = 2 devices × 6.6 s"


def test_device_hours_without_a_duration_are_held_to_nothing() -> None:
    told = codes(GPU, compute(26.4), (f"{A}/duration", MISSING))

    assert "device-hours-mismatch" not in told


@pytest.mark.parametrize(
    ("place", "value", "code", "at"),
    [
        ("/subject/model", GONE, "model-not-named", "/subject"),
        (f"{A}/hardware", [], "hardware-not-named", f"{A}/hardware"),
        (f"{A}/period", MISSING, "period-not-stated", f"{A}/period"),
        (f"{A}/duration", MISSING, "duration-not-stated", f"{A}/duration"),
    ],
)
def test_a_regulator_wants_it_named(place: str, value: object, code: str, at: str) -> None:
    told = check(spoiled(GPU, (place, value)), profile="regulator")

    assert (code, "error", at) in {(each.code, each.severity, each.place) for each in told}


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2026, 11, 20), "period-in-future"),
        (date(2026, 11, 21), None),
        (date(2028, 11, 21), None),
        (date(2028, 11, 22), "report-stale"),
        (date(2031, 1, 1), "report-stale"),
    ],
)
def test_a_disclosure_is_of_the_past_and_not_of_long_ago(on: date, code: str | None) -> None:
    # The runs ended on 2026-11-22, in no zone: a day earlier it may be that day elsewhere.
    told = {each.code for each in check(spoiled(GPU), on=on)} - {
        each.code for each in check(spoiled(GPU))
    }

    assert told == ({code} if code else set())


def test_without_dates_there_is_no_age() -> None:
    bare = spoiled(CPU, ("/issued", GONE), (f"{A}/period", MISSING))

    assert {each.code for each in check(bare, on=date(2040, 1, 1))} == {
        each.code for each in check(bare)
    }
