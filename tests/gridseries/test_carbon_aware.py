from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from carbonlabel.errors import InputError
from carbonlabel.gridseries.carbon_aware import reader
from carbonlabel.intake import Log, open_log
from carbonlabel.model.series import GridSeries, Point

SAMPLES = Path(__file__).parents[1] / "samples" / "grid"
NINE = datetime(2025, 11, 3, 9, tzinfo=UTC)


def told(text: str) -> GridSeries:
    return reader.read(Log("sdk.json", content=text.encode()))


def test_pitfall_22_minus_one_is_no_figure() -> None:
    """One −1 averaged in among hours at 312.5 and 287.5 would take a third off."""
    series = reader.read(open_log(SAMPLES / "carbon-aware-webapi.json"))

    assert [point.intensity_gco2e_per_kwh for point in series.points] == [312.5, 287.5]
    assert {point.length_s for point in series.points} == {3600}
    assert series.dropped_count == 1
    assert series.zone == "westeurope"


def test_durations_of_the_command_line_may_hold_days() -> None:
    series = reader.read(open_log(SAMPLES / "carbon-aware-cli.json"))

    assert [point.length_s for point in series.points] == [3600, 86_400]


def test_a_data_file_wraps_its_list_and_writes_hours_and_minutes() -> None:
    series = reader.read(open_log(SAMPLES / "carbon-aware-file.json"))

    assert series.points[0] == Point(NINE, 28_800.0, 65.0)


def test_a_mean_over_a_time_holds_for_that_time() -> None:
    series = told(
        '{"location":"eastus","startTime":"2025-11-03T09:00:00Z",'
        '"endTime":"2025-11-03T19:00:00Z","carbonIntensity":345.4}'
    )

    assert series.points == (Point(NINE, 36_000.0, 345.4),)


def test_a_mean_over_no_time_is_refused() -> None:
    with pytest.raises(InputError, match="ends before"):
        told(
            '{"location":"eastus","startTime":"2025-11-03T09:00:00Z",'
            '"endTime":"2025-11-03T09:00:00Z","carbonIntensity":345.4}'
        )


def test_its_origin_is_not_in_the_file_and_that_is_said() -> None:
    series = reader.read(open_log(SAMPLES / "carbon-aware-webapi.json"))

    assert [finding.code for finding in series.findings] == ["series-kind-not-stated"]


_WORDS = '"an hour"'


def one(duration: str, *, location: str = "a", time: str = "09:00") -> str:
    begin = f"2025-11-03T{time}:00Z"
    return f'{{"location":"{location}","timestamp":"{begin}","duration":{duration},"value":5}}'


def test_a_forecast_is_marked_as_one() -> None:
    points = f"[{one('60')},{one('60', time='10:00')}]"
    forecast = f'{{"generatedAt":"2025-11-03T08:00Z","location":"a","forecastData":{points}}}'

    for text in (forecast, f"[{forecast}]"):
        series = told(text)
        assert series.is_forecast
        assert [point.intensity_gco2e_per_kwh for point in series.points] == [5, 5]
    assert not told(points).is_forecast


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"[{one('0')}]", "alone"),
        (f"[{one('-5')}]", "no duration"),
        (f"[{one(_WORDS)}]", "no duration"),
        (f"[{one('1e30')}]", "no duration"),
        (f"[{one('[]')}]", "no number"),
        (f"[{one('60')},{one('60', location='b')}]", "several zones"),
        # The time of an update, not of the hour: two hours a few minutes apart.
        (f"[{one('60')},{one('60', time='09:07')}]", "begins before"),
        ('[{"location":"a","forecastData":[]}]', "no figure"),
        ('{"location":"a","forecastData":[]}', "no figure"),
        ('[{"location":"a","forecastData":[]},{"forecastData":[]}]', "several forecasts"),
    ],
)
def test_what_is_no_answer_is_refused(text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        told(text)
