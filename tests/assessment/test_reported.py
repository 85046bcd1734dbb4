"""What the trackers said themselves, kept for comparison."""

from __future__ import annotations

import pytest

from carbonlabel.assessment import assess
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from tests.assessment.test_worked_examples import kwh, stated, ten_hours_of_four_gpus

NOT_WRITTEN = Missing(missing="not-measured", reason="the log has no figure")


def grams(value: float) -> Estimate:
    return Estimate(value=value, unit="gCO2e", basis="estimated", source="log")


def factor(value: float) -> Estimate:
    return Estimate(value=value, unit="gCO2e/kWh", basis="estimated", source="log")


def said(*runs: Evidence) -> Estimate | None:
    (activity,) = assess(runs, place=stated(1.5, 450)).activities
    return activity.reported.intensity


def test_a_factor_is_implied_by_what_all_runs_report() -> None:
    runs = [
        ten_hours_of_four_gpus(run=name, reported_emissions=grams(amount))
        for name, amount in (("a", 3600), ("b", 4800))
    ]

    # 8 400 g ÷ 24 kWh
    assert said(*runs).value == pytest.approx(350)


def test_no_factor_is_implied_where_one_run_reports_no_energy() -> None:
    whole = ten_hours_of_four_gpus(run="a", reported_emissions=grams(3600))
    half = ten_hours_of_four_gpus(
        run="b", reported_emissions=grams(3600), reported_energy=NOT_WRITTEN
    )

    assert said(whole, half) is None


def test_the_factor_of_one_log_does_not_stand_for_those_of_others() -> None:
    runs = [
        ten_hours_of_four_gpus(
            run=name,
            reported_energy=kwh(12),
            reported_emissions=grams(12 * value),
            reported_intensity=factor(value),
        )
        for name, value in (("a", 100), ("b", 300))
    ]

    assert said(*runs).value == pytest.approx(200)
    assert said(runs[0]).value == pytest.approx(100)
