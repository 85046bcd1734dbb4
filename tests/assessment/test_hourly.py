"""A grid series of the user's own in place of the annual average, on figures worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from carbonlabel.assessment import assess
from carbonlabel.checks import check
from carbonlabel.errors import InputError
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Finding, Input, Period
from carbonlabel.model.region import Place
from carbonlabel.model.series import GridSeries, Point

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure

NOT_HERE = Missing(missing="not-applicable", reason="not in this log")
LOG = Input(file="log.csv", sha256="0" * 64, format="test")
FILE = Input(file="FR.csv", sha256="1" * 64, format="electricity-maps", tracker="Electricity Maps")
NINE = datetime(2025, 11, 3, 9, tzinfo=UTC)


def at(hours: float) -> datetime:
    return NINE + timedelta(hours=hours)


def kwh(value: float) -> Estimate:
    return Estimate(value=value, unit="kWh", basis="measured", source="log")


def two_hours(**changes: Any) -> Evidence:  # noqa: ANN401 - any field of evidence
    """4 kWh from 9:00 to 11:00 UTC: 1 kWh in the first hour, 3 in the second."""
    period = Period(start=at(0), end=at(2), zone="UTC")
    run = Evidence(
        run="a",
        place="log.csv:2",
        tracker="Test",
        inputs=(LOG,),
        period=period,
        duration=Estimate(value=7200.0, unit="s", basis="measured", source="log"),
        accelerators=kwh(4.0),
        host=NOT_HERE,
        computing=NOT_HERE,
        sensors={"accelerators": "counter"},
        pue_in_energy="no",
        pue=Missing(missing="not-stated", reason="the PUE of the site is not stated"),
        wue=Missing(missing="not-stated", reason="not asked"),
        reported_energy=kwh(4.0),
        reported_emissions=NOT_HERE,
        hours=((at(0), 1.0), (at(1), 3.0)),
        covers="machine",
        complete=True,
    )
    return replace(run, **changes)


def series(*intensities: float | None, **changes: Any) -> GridSeries:  # noqa: ANN401 - any field
    points = tuple(
        Point(at(hour), 3600.0, each) for hour, each in enumerate(intensities) if each is not None
    )
    told = GridSeries(
        zone="FR",
        scope="lifecycle",
        accounting="consumption",
        kind="average",
        points=points,
        dropped_count=intensities.count(None),
        input=FILE,
        title="Electricity Maps",
    )
    return replace(told, **changes)


def assessed(run: Evidence, told: GridSeries, **place: Any) -> Disclosure:  # noqa: ANN401 - any field
    return assess([run], place=Place(series=told, **place))


def intensity(disclosure: Disclosure) -> Estimate:
    return disclosure.activities[0].region.intensity


def codes(disclosure: Disclosure) -> set[str]:
    return {finding.code for finding in disclosure.findings}


def test_the_energy_of_each_hour_weighs_its_intensity() -> None:
    """(1 kWh × 100 + 3 kWh × 300) ÷ 4 kWh = 250 g/kWh; 4 kWh × 250 g/kWh = 1 000 g."""
    disclosure = assessed(two_hours(), series(100, 300))

    assert intensity(disclosure).value == pytest.approx(250)
    assert disclosure.totals.electricity.value == pytest.approx(1000)


def test_without_hours_time_weighs() -> None:
    disclosure = assessed(two_hours(hours=()), series(100, 300))

    assert intensity(disclosure).value == pytest.approx(200)


def test_the_region_is_that_of_the_series_and_cites_the_file() -> None:
    disclosure = assessed(two_hours(), series(100, 300))

    region = disclosure.activities[0].region
    assert (region.zone, region.country, region.given_by) == ("FR", "FR", "user")
    assert (region.scope, region.accounting) == ("lifecycle", "consumption")
    assert (region.intensity.source, region.intensity.basis) == ("grid", "estimated")
    assert region.intensity.year == 2025
    assert disclosure.inputs["grid"] == FILE


def test_the_range_is_that_of_publishers_who_disagree_whatever_the_year() -> None:
    """250 ÷ 1.42 = 176.06, 250 × 1.42 = 355."""
    found = intensity(assessed(two_hours(), series(100, 300)))

    assert (found.low, found.high) == pytest.approx((176.056338, 355))


def test_a_series_goes_before_a_stated_average() -> None:
    stated = Estimate(value=9.0, unit="gCO2e/kWh", basis="estimated", source="region")

    assert intensity(assessed(two_hours(), series(100, 300), intensity=stated)).value == 250


def test_the_disclosure_holds_up_to_its_own_checks() -> None:
    findings = check(assessed(two_hours(), series(100, 300)))

    assert not [finding.code for finding in findings if finding.severity == "error"]


def test_hours_are_cut_to_the_run() -> None:
    """9:30 to 10:30 with 1 kWh in either half hour: (1 × 100 + 1 × 300) ÷ 2 = 200."""
    run = two_hours(
        period=Period(start=at(0.5), end=at(1.5), zone="UTC"), hours=((at(0), 1.0), (at(1), 1.0))
    )
    disclosure = assessed(run, series(100, 300))

    assert intensity(disclosure).value == pytest.approx(200)
    assert "series-gaps" not in codes(disclosure)


def test_runs_with_and_without_hours_weigh_by_their_energy() -> None:
    """4 kWh by the hour at 250, 12 kWh evenly at 200: (1 000 + 2 400) ÷ 16 = 212.5."""
    even = two_hours(run="b", accelerators=kwh(12.0), hours=(), covers="device")

    disclosure = assess([two_hours(), even], place=Place(series=series(100, 300)))

    assert intensity(disclosure).value == pytest.approx(212.5)


def test_unknown_energies_leave_time_to_weigh() -> None:
    unknown = Missing(missing="not-measured", reason="all samples are zero")

    disclosure = assessed(two_hours(accelerators=unknown), series(100, 300))

    assert intensity(disclosure).value == pytest.approx(200)


def test_a_moment_takes_the_figure_of_its_hour() -> None:
    run = two_hours(period=Period(start=at(1.5), end=at(1.5), zone="UTC"), hours=())

    assert intensity(assessed(run, series(100, 300))).value == 300


def test_pitfall_22_hours_without_a_figure_are_left_out_and_counted() -> None:
    """Of 1 + 3 kWh the 3 have no figure: 100 g/kWh, not (1 × 100 + 3 × 0) ÷ 4 = 25."""
    disclosure = assessed(two_hours(), series(100, None))

    assert intensity(disclosure).value == pytest.approx(100)
    (gap,) = [each for each in disclosure.findings if each.code == "series-gaps"]
    assert (gap.severity, gap.expected, gap.found) == ("warning", "2 h", "1 h")
    assert gap.place == "/activities/0/region/intensity"
    assert "1 in the file are empty" in gap.message


def test_a_small_gap_is_a_note() -> None:
    """19.5 of 20 h: 97.5 %."""
    run = two_hours(period=Period(start=at(0), end=at(20), zone="UTC"), hours=())
    told = series(*[100.0] * 19, zone=None)
    told = replace(told, points=(*told.points, Point(at(19), 1800.0, 100.0)))

    (gap,) = [each for each in assessed(run, told).findings if each.code == "series-gaps"]
    assert (gap.severity, gap.expected, gap.found) == ("note", "20 h", "19.5 h")


def test_a_series_of_another_day_is_refused_with_both_times() -> None:
    run = two_hours(period=Period(start=at(48), end=at(50), zone="UTC"), hours=())

    with pytest.raises(InputError) as refused:
        assessed(run, series(100, 300))

    assert "2025-11-03 09:00 to 2025-11-03 11:00" in refused.value.message
    assert "2025-11-05 09:00 to 2025-11-05 11:00" in refused.value.message
    assert refused.value.where == "FR.csv"


def test_pitfall_20_a_marginal_series_is_refused_for_a_label() -> None:
    with pytest.raises(InputError, match="marginal") as refused:
        assessed(two_hours(), series(408.2, 399.2, kind="marginal"))

    assert refused.value.where == "FR.csv"


def test_pitfall_23_a_local_time_is_never_taken_for_utc() -> None:
    naive = Period(
        start=at(0).replace(tzinfo=None), end=at(2).replace(tzinfo=None), zone="local, not stated"
    )

    with pytest.raises(InputError, match="do not say their zone") as refused:
        assessed(two_hours(period=naive, hours=()), series(100, 300))

    assert refused.value.where == "log.csv:2"
    assert "--zone Europe/Paris" in str(refused.value.hint)


def test_a_run_that_does_not_say_when_it_was_has_no_hours() -> None:
    unknown = Missing(missing="not-stated", reason="nothing says when it ran")

    with pytest.raises(InputError, match="does not say when"):
        assessed(two_hours(period=unknown), series(100, 300))


def test_a_run_that_ends_before_it_begins_has_no_hours() -> None:
    reversed_ = Period(start=at(2), end=at(0), zone="UTC")

    with pytest.raises(InputError, match="ends before"):
        assessed(two_hours(period=reversed_), series(100, 300))


def test_hours_outside_of_the_period_count_whole() -> None:
    run = two_hours(hours=((at(5), 1.0),))

    assert intensity(assessed(run, series(1, 1, 1, 1, 1, 500))).value == pytest.approx(500)


def test_direct_figures_say_so() -> None:
    disclosure = assessed(two_hours(), series(100, 300, scope="direct"))

    assert "series-direct" in codes(disclosure)
    assert disclosure.activities[0].region.scope == "direct"
    assert "series-direct" not in codes(assessed(two_hours(), series(100, 300)))


def test_what_the_reader_noticed_is_placed_at_the_intensity() -> None:
    noticed = Finding(code="series-forecast", severity="note", place="", message="Forecasts.")

    disclosure = assessed(two_hours(), series(100, 300, findings=(noticed,)))

    (found,) = [each for each in disclosure.findings if each.code == "series-forecast"]
    assert found.place == "/activities/0/region/intensity"


def test_a_series_of_another_country_is_a_warning() -> None:
    disclosure = assessed(two_hours(country="DEU"), series(100, 300))

    (found,) = [each for each in disclosure.findings if each.code == "series-elsewhere"]
    assert (found.expected, found.found) == ("DE", "FR")
    region = disclosure.activities[0].region
    assert (region.country, region.zone) == ("DE", "FR")


@pytest.mark.parametrize(
    ("zone", "country"),
    [("US-CAL-CISO", "US"), ("GB, London", "GB"), ("CAISO_NORTH", None), (None, None)],
)
def test_a_zone_names_its_country_where_its_code_begins_with_it(
    zone: str | None, country: str | None
) -> None:
    region = assessed(two_hours(), series(100, 300, zone=zone)).activities[0].region

    assert region.country == country
    assert region.zone == zone or (zone is None and region.zone == "stated")
