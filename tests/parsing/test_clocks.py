from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from carbonlabel.errors import InputError
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Input, Period
from carbonlabel.parsing.clocks import placed, zone_named

NOT_HERE = Missing(missing="not-stated", reason="not here")


def run(
    start: str, end: str, *, took_s: float | None = None, hours: tuple[str, ...] = ()
) -> Evidence:
    first, last = datetime.fromisoformat(start), datetime.fromisoformat(end)
    duration = (last - first).total_seconds() if took_s is None else took_s
    return Evidence(
        run="a",
        place="log.csv:2",
        tracker="Test",
        inputs=(Input(file="log.csv", sha256="0" * 64, format="test"),),
        period=Period(start=first, end=last, zone="local, not stated"),
        duration=Estimate(value=duration, unit="s", basis="measured", source="log"),
        accelerators=NOT_HERE,
        host=NOT_HERE,
        computing=NOT_HERE,
        pue_in_energy="no",
        pue=NOT_HERE,
        wue=NOT_HERE,
        reported_energy=NOT_HERE,
        reported_emissions=NOT_HERE,
        hours=tuple((datetime.fromisoformat(each), 1.0) for each in hours),
        covers="machine",
        complete=True,
    )


def placed_period(told: Evidence, zone: str) -> Period:
    period = placed(told, zone_named(zone)).period
    assert isinstance(period, Period)
    return period


@pytest.mark.parametrize(
    ("name", "hours"),
    [("UTC", 0), ("Z", 0), ("+01:00", 1), ("-0530", -5.5), ("UTC-5", -5), ("UTC+5:45", 5.75)],
)
def test_an_offset_may_be_written_in_many_ways(name: str, hours: float) -> None:
    assert zone_named(name).utcoffset(None) == timedelta(hours=hours)


@pytest.mark.parametrize(
    "name",
    ["", "Europe/Atlantis", "localtime", "../etc/passwd", "/etc/localtime", "Europe", "+25:00",
     "+01:75", "europe paris", "A" * 5000, "Europe/Paris\0"],
)  # fmt: skip
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="no time zone"):
        zone_named(name)


@pytest.mark.parametrize(
    ("zone", "start"),
    [("Europe/Paris", 8), ("Asia/Tokyo", 0), ("UTC", 9), ("UTC-5", 14)],
)
def test_a_clock_on_the_wall_is_placed_in_the_world(zone: str, start: int) -> None:
    period = placed_period(run("2025-11-03T09:00", "2025-11-03T10:00"), zone)

    assert period.start.astimezone(UTC) == datetime(2025, 11, 3, start, tzinfo=UTC)
    assert period.end - period.start == timedelta(hours=1)


def test_summer_and_winter_have_their_own_offsets() -> None:
    summer = placed_period(run("2025-07-03T09:00", "2025-07-03T10:00"), "Europe/Paris")
    winter = placed_period(run("2025-11-03T09:00", "2025-11-03T10:00"), "Europe/Paris")
    london = placed_period(run("2025-11-03T09:00", "2025-11-03T10:00"), "Europe/London")

    assert (summer.zone, winter.zone, london.zone) == ("+02:00", "+01:00", "UTC")


def test_an_hour_that_the_clock_showed_twice_is_refused_with_both_answers() -> None:
    """In Paris the clock went from 03:00 back to 02:00 on 2025-10-26."""
    with pytest.raises(InputError, match="twice") as refused:
        placed_period(run("2025-10-26T00:30", "2025-10-26T02:30"), "Europe/Paris")

    assert refused.value.where == "log.csv:2"
    assert "UTC+0200 before" in str(refused.value.hint)
    assert "UTC+0100 after" in str(refused.value.hint)


def test_the_answers_in_the_hint_are_accepted() -> None:
    told = run("2025-10-26T00:30", "2025-10-26T02:30")

    assert placed_period(told, "UTC+0200").end.astimezone(UTC).hour == 0
    assert placed_period(told, "UTC+0100").end.astimezone(UTC).hour == 1


def test_an_hour_that_the_clock_never_showed_is_refused() -> None:
    """In Paris the clock went from 02:00 to 03:00 on 2025-03-30."""
    with pytest.raises(InputError, match="never showed"):
        placed_period(run("2025-03-30T00:30", "2025-03-30T02:30"), "Europe/Paris")


def test_a_run_whose_begin_is_its_end_less_its_duration_keeps_that_through_the_night() -> None:
    """2 h before 04:00 in winter time is 02:00 winter time: the clock showed 02:00 twice."""
    period = placed_period(run("2025-10-26T02:00", "2025-10-26T04:00"), "Europe/Paris")

    assert period.start.astimezone(UTC) == datetime(2025, 10, 26, 1, tzinfo=UTC)
    assert period.zone == "+01:00"


def test_a_run_that_logs_both_ends_is_placed_by_both() -> None:
    """From 01:00 summer time to 04:00 winter time are 4 h, not 3."""
    told = run("2025-10-26T01:00", "2025-10-26T04:00", took_s=4 * 3600)

    period = placed_period(told, "Europe/Paris")

    assert period.end - period.start == timedelta(hours=4)


def test_hours_are_placed_too() -> None:
    told = run("2025-11-03T09:30", "2025-11-03T11:00", hours=("2025-11-03T09:00",))

    ((begin, energy_kwh),) = placed(told, zone_named("Europe/Paris")).hours

    assert begin.astimezone(UTC) == datetime(2025, 11, 3, 8, tzinfo=UTC)
    assert energy_kwh == 1.0


def test_an_hour_that_says_its_zone_keeps_it() -> None:
    told = run("2025-11-03T09:30", "2025-11-03T11:00", hours=("2025-11-03T08:00+00:00",))

    ((begin, _),) = placed(told, zone_named("Europe/Paris")).hours

    assert begin.astimezone(UTC) == datetime(2025, 11, 3, 8, tzinfo=UTC)


def test_what_the_log_says_itself_stays_and_so_does_what_nobody_says() -> None:
    aware = run("2025-11-03T09:00+00:00", "2025-11-03T10:00+00:00")

    assert placed(aware, zone_named("Asia/Tokyo")) is aware
