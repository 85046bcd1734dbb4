from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from carbonlabel.errors import InputError
from carbonlabel.gridseries.electricity_maps import reader
from carbonlabel.intake import Log, open_log
from carbonlabel.model.series import GridSeries, Point

SAMPLES = Path(__file__).parents[1] / "samples" / "grid"


def told(text: str) -> GridSeries:
    return reader.read(Log("a.json", content=text.encode()))


def test_the_older_header_gives_life_cycle_figures_of_the_hours_that_have_one() -> None:
    series = reader.read(open_log(SAMPLES / "electricity-maps-until-2024.csv"))

    assert series.zone == "SE"
    assert (series.scope, series.accounting, series.kind) == ("lifecycle", "consumption", "average")
    assert series.points[0] == Point(datetime(2021, 1, 1, 0, tzinfo=UTC), 3600.0, 30.02)
    assert [point.begin.hour for point in series.points] == [0, 1, 3]
    assert series.dropped_count == 1
    assert series.input.file == "electricity-maps-until-2024.csv"


def test_pitfall_21_direct_is_not_taken_for_life_cycle() -> None:
    """SE, 2021-01-01 00:00: 2.54 direct against 30.02 life cycle, 12 times as much."""
    series = reader.read(open_log(SAMPLES / "electricity-maps-until-2024.csv"))

    assert series.points[0].intensity_gco2e_per_kwh == 30.02
    assert series.scope == "lifecycle"


def test_the_newer_header_says_life_cycle_in_two_words() -> None:
    series = reader.read(open_log(SAMPLES / "electricity-maps-from-2025.csv"))

    assert [point.intensity_gco2e_per_kwh for point in series.points] == [40, 44, 46]
    assert (series.zone, series.scope) == ("FR", "lifecycle")


def test_a_table_with_the_direct_column_alone_is_direct() -> None:
    series = told(
        "Datetime (UTC),Zone Id,Carbon Intensity gCO₂eq/kWh (direct)\n2024-01-01 00:00:00,NO,0\n"
    )

    assert series.scope == "direct"
    assert series.points[0].intensity_gco2e_per_kwh == 0  # hydropower: a zero is a figure here
    assert series.points[0].length_s == 3600


def test_a_daily_table_holds_each_figure_for_a_day() -> None:
    series = told(
        "Datetime (UTC),Zone id,Carbon intensity gCO₂eq/kWh (Life cycle)\n"
        "2024-01-02 00:00:00,FR,30\n2024-01-01 00:00:00,FR,20\n2024-01-04 00:00:00,FR,40\n"
        "2024-01-03 00:00:00,FR,35\n"
    )

    assert {point.length_s for point in series.points} == {86_400}
    assert [point.intensity_gco2e_per_kwh for point in series.points] == [20, 30, 35, 40]


def test_a_monthly_table_holds_each_figure_for_its_month() -> None:
    """January, March and May have 31 days, February of 2024 has 29, April 30."""
    months = "".join(f"2024-{month:02}-01 00:00:00,FR,{month}\n" for month in range(1, 6))
    series = told(f"Datetime (UTC),Zone id,Carbon intensity gCO₂eq/kWh (Life cycle)\n{months}")

    assert [point.length_s / 86_400 for point in series.points] == [31, 29, 31, 30, 31]


def test_history_drops_null_and_counts_it() -> None:
    series = reader.read(open_log(SAMPLES / "electricity-maps-history.json"))

    assert [point.intensity_gco2e_per_kwh for point in series.points] == [302, 318]
    assert {point.length_s for point in series.points} == {3600}
    assert (series.dropped_count, series.zone, series.scope) == (1, "DE", "lifecycle")


def test_a_past_range_of_direct_figures_says_so() -> None:
    series = reader.read(open_log(SAMPLES / "electricity-maps-past-range.json"))

    assert [point.intensity_gco2e_per_kwh for point in series.points] == [251, 266]
    assert series.scope == "direct"


def test_one_answer_alone_holds_for_its_hour() -> None:
    series = told('{"zone":"FR","carbonIntensity":42,"datetime":"2025-11-03T09:00:00.000Z"}')

    assert series.points == (Point(datetime(2025, 11, 3, 9, tzinfo=UTC), 3600.0, 42.0),)


def hour(clock: str, **fields: object) -> dict[str, object]:
    return {"carbonIntensity": 1, "datetime": f"2025-11-03T{clock}Z", **fields}


def test_a_forecast_is_marked_as_one() -> None:
    series = told(json.dumps({"zone": "FR", "forecast": [hour("09:00"), hour("10:00")]}))

    assert series.is_forecast
    assert (series.zone, len(series.points)) == ("FR", 2)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ([hour("09:00", estimationMethod="SANDBOX_MODE_DATA")], "made-up"),
        ([hour("09:00", zone="FR"), hour("10:00", zone="DE")], "several zones"),
        ([hour("09:00", emissionFactorType="direct"), hour("10:00")], "emissionFactorType"),
        ([hour("09:00", datetime="2025-11-03T09:00")], "does not say its zone"),
        ([hour("09:00", carbonIntensity=None)], "no figure"),
        ([hour("09:00", carbonIntensity=-5)], "no grid intensity"),
        ([hour("09:00", carbonIntensity="5")], "no number"),
        ([hour("09:00", carbonIntensity=True)], "no number"),
        ([hour("09:00", datetime=7)], "no text"),
        ({"data": [{"datetime": "2025-11-03T09:00Z"}]}, "missing"),
        ({"data": [{"carbonIntensity": 5}]}, "missing"),
        ({"data": [5]}, "no JSON object"),
        ({"data": []}, "no figure"),
        ([hour("09:00", zone="a\u0007b")], "no zone"),
    ],
)
def test_what_is_no_history_is_refused(answer: object, why: str) -> None:
    with pytest.raises(InputError, match=why):
        told(json.dumps(answer))
