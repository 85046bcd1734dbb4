from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from carbonlabel.errors import InputError
from carbonlabel.gridseries.uk_carbon_intensity import reader
from carbonlabel.intake import Log, open_log

SAMPLES = Path(__file__).parents[1] / "samples" / "grid"


def test_national_half_hours_are_what_was_and_the_forecast_where_that_is_null() -> None:
    series = reader.read(open_log(SAMPLES / "uk-national.json"))

    assert [point.intensity_gco2e_per_kwh for point in series.points] == [148, 158, 170]
    assert series.points[0].begin == datetime(2025, 11, 3, 8, 30, tzinfo=UTC)
    assert {point.length_s for point in series.points} == {1800}
    assert (series.zone, series.scope, series.kind) == ("GB", "direct", "average")
    (finding,) = series.findings
    assert (finding.code, finding.found) == ("series-forecast", "1 of 3 half hours")


def test_a_region_has_forecasts_only_and_names_itself() -> None:
    series = reader.read(open_log(SAMPLES / "uk-regional.json"))

    assert [point.intensity_gco2e_per_kwh for point in series.points] == [132, 128]
    assert series.zone == "GB, London"
    assert [finding.found for finding in series.findings] == ["2 of 2 half hours"]


def test_the_postcode_of_a_question_goes_nowhere() -> None:
    text = (
        (SAMPLES / "uk-regional.json")
        .read_text()
        .replace('"shortname"', '"postcode":"SW1A","shortname"')
    )

    assert "SW1A" not in repr(reader.read(Log("uk.json", content=text.encode())))


def test_half_hours_that_were_need_no_finding() -> None:
    series = reader.read(Log("uk.json", content=half('{"forecast":5,"actual":6}').encode()))

    assert [point.intensity_gco2e_per_kwh for point in series.points] == [6]
    assert series.findings == ()


def half(figures: str, *, to: str = "09:00") -> str:
    return f"""{{"data":[{{"from":"2025-11-03T08:30Z","to":"2025-11-03T{to}Z",
"intensity":{figures}}}]}}"""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (half('{"forecast":null,"actual":null}'), "no figure"),
        (half('{"actual":null}'), "missing"),
        (half("null"), "no JSON object"),
        (half('{"forecast":5}', to="08:00"), "ends before"),
        ('{"data":[{"from":"2025-11-03T08:30Z","to":"x","regions":[]}]}', "all regions"),
        ('{"data":[{"to":"2025-11-03T08:30Z"}]}', "missing"),
        ("[]", "no JSON object"),
    ],
)
def test_what_is_no_answer_is_refused(text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        reader.read(Log("uk.json", content=text.encode()))
