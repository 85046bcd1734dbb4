"""Which intensity counts: by the hour where a series is at hand, else by the year; an average."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from carbonlabel.assessment import assess
from carbonlabel.checks import check
from carbonlabel.documents.face import face
from carbonlabel.errors import InputError
from carbonlabel.gridseries.watttime import reader as watttime
from carbonlabel.intake import open_log
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Input, Period
from carbonlabel.model.region import Place
from carbonlabel.model.series import GridSeries, Point
from tests.assessment.test_worked_examples import ten_hours_of_four_gpus

GRID = Path(__file__).parents[1] / "samples" / "grid"
FILE = Input(file="grid.csv", sha256="2" * 64, format="plain")


def series() -> GridSeries:
    """100 g/kWh in every hour of the run."""
    points = tuple(
        Point(datetime(2026, 11, 3, hour, tzinfo=UTC), 3600.0, 100.0) for hour in range(9, 19)
    )
    return GridSeries(
        points=points,
        kind="average",
        scope="lifecycle",
        accounting="consumption",
        zone="FR",
        input=FILE,
        title="a series of our own",
    )


def at(code: str, **changes: object) -> Disclosure:
    return assess([ten_hours_of_four_gpus(**changes)], place=Place(code=code))


def grid_note(disclosure: Disclosure) -> str:
    (note,) = [each.note for each in face(disclosure).contexts if each.name == "Grid"]
    return note


def in_year(year: int) -> Period:
    begin = datetime(year, 6, 1, tzinfo=UTC)
    return Period(start=begin, end=begin.replace(hour=10), zone="UTC")


def test_a_series_goes_before_the_year_and_the_year_answers_without_one() -> None:
    by_hour = assess([ten_hours_of_four_gpus()], place=Place(code="FR", series=series()))
    by_year = at("FR")

    assert by_hour.activities[0].region.intensity.value == 100
    assert by_hour.activities[0].region.intensity.source == "grid"
    assert by_year.activities[0].region.intensity.year == 2025


def test_marginal_intensities_are_refused_and_the_average_is_named() -> None:
    marginal = watttime.read(open_log(GRID / "watttime-moer.json"))

    with pytest.raises(InputError, match="are marginal") as refused:
        assess([ten_hours_of_four_gpus()], place=Place(code="FR", series=marginal))

    assert "co2_aoer" in str(refused.value.hint)


def test_the_finest_zone_goes_first_even_where_it_is_direct_only() -> None:
    region = at("US-CA", period=in_year(2023)).activities[0].region

    assert region.zone.startswith("US-")
    assert region.scope == "direct"


@pytest.mark.parametrize(("code", "scope"), [("FR", "lifecycle"), ("US-CA", "direct")])
def test_the_scope_is_stated_in_the_disclosure_and_in_the_method(code: str, scope: str) -> None:
    disclosure = at(code, period=in_year(2023))

    assert disclosure.activities[0].region.scope == scope
    (told,) = [each.text for each in face(disclosure).method if each.heading == "Grid"]
    assert scope in told


def test_the_label_prints_the_vintage_and_says_so_where_it_is_direct_only() -> None:
    assert grid_note(at("FR", period=in_year(2023))) == "France 2023"
    assert grid_note(at("US-CA", period=in_year(2023))).endswith(" 2023, direct")


def two_places(second: str) -> list[Evidence]:
    first = ten_hours_of_four_gpus(country="FR", period=in_year(2023))
    return [first, replace(first, run="b", place="log:2", country="US", subdivision=second)]


def test_a_sum_of_life_cycle_and_direct_emissions_says_so() -> None:
    disclosure = assess(two_places("california"))

    (finding,) = [each for each in disclosure.findings if each.code == "scopes-mixed"]
    assert finding.severity == "warning"
    assert "FR lifecycle" in finding.found
    assert "scopes-mixed" in {each.code for each in check(disclosure)}


def test_a_sum_of_one_scope_says_nothing_of_it() -> None:
    disclosure = assess([ten_hours_of_four_gpus(country="FR"), *two_places("x")[:1]])

    assert "scopes-mixed" not in {each.code for each in disclosure.findings}
