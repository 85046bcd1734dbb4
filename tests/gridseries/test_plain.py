from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from carbonlabel.errors import InputError
from carbonlabel.gridseries.plain import reader
from carbonlabel.intake import Log, open_log
from carbonlabel.model.series import GridSeries, Point

SAMPLES = Path(__file__).parents[1] / "samples" / "grid"
TWO = "2025-11-03T09:00:00Z,{0}\n2025-11-03T10:00:00Z,{0}\n"


def told(text: str) -> GridSeries:
    return reader.read(Log("mine.csv", content=text.encode()))


def test_an_offset_is_turned_into_utc() -> None:
    series = reader.read(open_log(SAMPLES / "plain.csv"))

    assert series.points == (
        Point(datetime(2025, 11, 3, 8, tzinfo=UTC), 3600.0, 100.0),
        Point(datetime(2025, 11, 3, 9, tzinfo=UTC), 3600.0, 300.0),
    )
    assert (series.zone, series.scope, series.findings) == (None, "lifecycle", ())


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        ("intensity direct (gCO2e/kWh)", "450", 450),
        ("intensity lifecycle (kgCO2e/kWh)", "0.45", 450),
        ("intensity lifecycle (kg/MWh)", "450", 450),
        ("intensity lifecycle (t CO₂/MWh)", "0.45", 450),
        ("intensity_lca_gco2e_per_kwh", "450", 450),
        ("carbon_intensity_direct_g_per_kwh", "450", 450),
        ("Carbon intensity gCO₂eq/kWh (Life cycle)", "450", 450),
        # 900 lb/MWh × 0.45359237
        ("intensity direct (lb/MWh)", "900", 408.233133),
        ("intensity direct (lbs CO2 per MWh)", "900", 408.233133),
    ],
)
def test_the_unit_is_the_headers(header: str, value: str, expected: float) -> None:
    series = told(f"datetime,{header}\n" + TWO.format(value))

    assert series.points[0].intensity_gco2e_per_kwh == pytest.approx(expected)


def test_a_scope_that_is_not_said_is_taken_as_direct_with_a_warning() -> None:
    series = told("datetime,intensity_gco2e_per_kwh\n" + TWO.format("450"))

    assert series.scope == "direct"
    assert [finding.code for finding in series.findings] == ["series-kind-not-stated"]


def test_of_two_columns_the_life_cycle_one_counts_and_average_goes_before_marginal() -> None:
    series = told(
        "begin,zone,intensity marginal lifecycle (g/kWh),intensity direct (g/kWh),"
        "consumption intensity lifecycle (g/kWh)\n"
        "2025-11-03T09:00:00Z,FR,900,10,40\n2025-11-03T10:00:00Z,FR,900,10,40\n"
    )

    assert [point.intensity_gco2e_per_kwh for point in series.points] == [40, 40]
    assert (series.zone, series.kind, series.accounting) == ("FR", "average", "consumption")


def test_a_column_of_marginal_figures_is_marginal() -> None:
    series = told("datetime,marginal intensity direct (lb/MWh)\n" + TWO.format("900"))

    assert series.kind == "marginal"


def test_times_without_offset_are_utc_only_where_the_header_says_so() -> None:
    naive = "{},intensity direct (g/kWh)\n2025-11-03 09:00,5\n2025-11-03 09:05,5\n"

    assert told(naive.format("datetime (UTC)")).points[0].begin.hour == 9
    assert told(naive.format("datetime_utc")).points[0].length_s == 300
    with pytest.raises(InputError, match=r"mine.csv:2 datetime: .* does not say its zone"):
        told(naive.format("datetime"))


def test_empty_nan_and_minus_one_are_no_figures() -> None:
    lines = "".join(
        f"2025-11-03T{hour:02}:00:00Z,{value}\n"
        for hour, value in enumerate(["5", "", "nan", "-1", "null", "6"])
    )

    series = told(f"datetime,intensity direct (g/kWh)\n{lines}")

    assert [point.intensity_gco2e_per_kwh for point in series.points] == [5, 6]
    assert series.dropped_count == 4


def test_a_last_line_that_breaks_off_counts_as_one_without_a_figure() -> None:
    series = told("datetime,intensity direct (g/kWh)\n" + TWO.format("5") + "2025-11-03T11:00:00Z")

    assert (len(series.points), series.dropped_count) == (2, 1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("datetime,intensity\n" + TWO.format("5"), "does not say its unit"),
        ("datetime,intensity (g/MWh)\n" + TWO.format("5"), "does not say its unit"),
        ("datetime,intensity (g/kWh)\n", "no figure"),
        ("datetime,intensity (g/kWh)\n2025-11-03T09:00:00Z,5\n", "alone"),
        ("datetime,intensity (g/kWh)\n" + TWO.format("-3"), "no grid intensity"),
        ("datetime,intensity (kg/kWh)\n" + TWO.format("450"), "is the unit right"),
        ("datetime,intensity (g/kWh)\n" + TWO.format("1e99"), "no grid intensity"),
        ("datetime,intensity (g/kWh)\n" + TWO.format("4,5"), "fields"),
        ("datetime,intensity (g/kWh)\n" + TWO.format("high"), "no number"),
        ("datetime,intensity (g/kWh)\nyesterday,5\n", "no time"),
        ("datetime,intensity (g/kWh)\n1025-11-03T09:00:00Z,5\n", "no time"),
        ("datetime,intensity (g/kWh)\n2025-11-31T09:00:00Z,5\n", "no time"),
        (
            "datetime,intensity (g/kWh)\n2025-11-03T09:00:00Z,5\n2025-11-03T09:00:00Z,6\n",
            "a second figure",
        ),
        ("date,price\n1,2\n", "names no column of times"),
        ("", "no figure"),
    ],
)
def test_what_is_wrong_is_said(text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        told(text)
