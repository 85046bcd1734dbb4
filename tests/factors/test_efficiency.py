from __future__ import annotations

import pytest

from carbonlabel.factors import efficiency


def test_a_fleet_answers_with_its_newest_earlier_year() -> None:
    """Amazon: 1.14 in 2025."""
    pue = efficiency.fleet_pue("aws", 2026)

    assert pue is not None
    assert (pue.ratio, pue.year, pue.source) == (1.14, 2025, "aws-2025")
    assert (pue.low_ratio, pue.high_ratio) == pytest.approx((1.12, 1.16))


def test_a_fleet_answers_for_the_year_itself() -> None:
    """Google: 1.10 in 2023."""
    pue = efficiency.fleet_pue("gcp", 2023)

    assert pue is not None
    assert (pue.ratio, pue.year) == (1.10, 2023)


@pytest.mark.parametrize(("provider", "year"), [("oci", 2024), ("aws", 2010), ("", 2024)])
def test_a_best_case_is_no_fleet_and_an_old_run_has_none(provider: str, year: int) -> None:
    assert efficiency.fleet_pue(provider, year) is None


def test_the_survey_mean_reaches_from_no_overhead_to_the_mean_of_2011() -> None:
    assert efficiency.survey() == efficiency.Pue(1.56, 1.0, 1.89, 2024, "uptime")


def test_no_facility_takes_less_than_its_it() -> None:
    assert efficiency.published_ends_ratio(1.01) == pytest.approx((1.0, 1.03))
