"""Energy over time and by stage, on figures worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.assessment import assess
from carbonlabel.checks import check
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.profile import Profile
from carbonlabel.model.provenance import Input, Period
from carbonlabel.model.region import Place
from carbonlabel.model.series import GridSeries, Point

if TYPE_CHECKING:
    from collections.abc import Sequence

NOT_HERE = Missing(missing="not-applicable", reason="not in this log")
LOG = Input(file="power.csv", sha256="0" * 64, format="test")
GRID = Input(file="FR.csv", sha256="1" * 64, format="grid-csv")
NINE = datetime(2025, 11, 3, 9, tzinfo=UTC)


def at(hours: float) -> datetime:
    return NINE + timedelta(hours=hours)


def run(used: Sequence[tuple[int, float]], name: str = "a", **changes: Any) -> Evidence:  # noqa: ANN401 - any field of evidence
    """A run whose hours, by their number from 9:00 UTC, had these energies in kWh."""
    whole_kwh = sum(each for _, each in used)
    energy = Estimate(value=whole_kwh, unit="kWh", basis="measured", source="log")
    first, last = min(hour for hour, _ in used), max(hour for hour, _ in used) + 1
    told = Evidence(
        run=name, place="power.csv:2", tracker="Test", inputs=(LOG,),
        period=Period(start=at(first), end=at(last), zone="UTC"),
        duration=Estimate(value=3600.0 * (last - first), unit="s", basis="measured", source="log"),
        accelerators=energy, host=NOT_HERE, computing=NOT_HERE,
        sensors={"accelerators": "counter"}, pue_in_energy="no",
        pue=Missing(missing="not-stated", reason="not stated"),
        wue=Missing(missing="not-stated", reason="not asked"),
        reported_energy=energy, reported_emissions=NOT_HERE,
        hours=tuple((at(hour), each) for hour, each in used), covers="machine", complete=True,
    )  # fmt: skip
    return replace(told, **changes)


def series(*intensities: float) -> GridSeries:
    points = tuple(Point(at(hour), 3600.0, each) for hour, each in enumerate(intensities))
    return GridSeries(
        zone="FR", scope="lifecycle", accounting="production", kind="average",
        points=points, input=GRID, title="Test",
    )  # fmt: skip


def told(*runs: Evidence, **place: Any) -> Disclosure:  # noqa: ANN401 - any field of a place
    return assess(runs, place=Place(code="FR", **place))


def profile_of(disclosure: Disclosure) -> Profile:
    found = disclosure.activities[0].profile
    assert found is not None
    return found


def test_the_energy_of_each_hour_stands_by_its_begin() -> None:
    found = profile_of(told(run([(0, 1.0), (1, 3.0), (5, 2.0)])))

    assert found == Profile(step="hour", energy=((at(0), 1.0), (at(1), 3.0), (at(5), 2.0)))


def test_runs_at_the_same_time_are_added_up() -> None:
    found = profile_of(told(run([(0, 1.0), (1, 3.0)]), run([(1, 2.0), (2, 1.0)], "b")))

    assert [each for _, each in found.energy] == [1.0, 5.0, 1.0]


def test_the_rows_say_how_much_and_the_hours_how_it_is_spread() -> None:
    # The row says 8 kWh, the samples 1 + 3: each hour is doubled.
    eight = Estimate(value=8.0, unit="kWh", basis="measured", source="log")

    found = profile_of(told(run([(0, 1.0), (1, 3.0)], accelerators=eight)))

    assert [each for _, each in found.energy] == [2.0, 6.0]


def test_the_intensity_of_each_hour_is_that_of_the_series() -> None:
    disclosure = told(run([(0, 1.0), (1, 3.0)]), series=series(100.0, 300.0))

    assert profile_of(disclosure).intensity == ((at(0), 100.0), (at(1), 300.0))
    assert disclosure.activities[0].region.intensity.value == 250.0  # (100 + 3 × 300) ÷ 4
    assert not [each for each in check(disclosure) if each.code == "profile-mismatch"]


def test_one_average_for_all_is_no_intensity_over_time() -> None:
    assert profile_of(told(run([(0, 1.0), (1, 3.0)]))).intensity is None


def test_more_hours_than_a_month_has_are_told_by_day() -> None:
    # 9:00 on 3 November and 750 hours: 15 h on the first day, then whole days.
    found = profile_of(told(run([(hour, 1.0) for hour in range(750)])))

    assert found.step == "day"
    assert found.energy[:2] == (
        (datetime(2025, 11, 3, tzinfo=UTC), 15.0),
        (datetime(2025, 11, 4, tzinfo=UTC), 24.0),
    )
    assert sum(each for _, each in found.energy) == 750.0


@pytest.mark.parametrize(
    "runs",
    [
        (run([(0, 1.0)]),),
        (run([(0, 1.0), (1, 1.0)], hours=()),),
        (run([(0, 1.0), (1, 1.0)]), run([(0, 1.0), (1, 1.0)], "b", hours=())),
        (run([(0, 1.0), (1, 1.0)], hours=((at(0).replace(tzinfo=None), 1.0), (at(1), 1.0))),),
        (run([(0, 0.0), (1, 0.0)]),),
        (run([(day * 24, 1.0) for day in range(745)]),),
    ],
    ids=["one hour", "no series", "one of two", "zones mixed", "nothing used", "over two years"],
)
def test_without_hours_of_every_run_nothing_is_told_over_time(runs: tuple[Evidence, ...]) -> None:
    assert told(*runs).activities[0].profile is None


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.integers(0, 2000), st.floats(1e-6, 1e6), min_size=2, max_size=40
    )
)  # fmt: skip
def test_what_is_told_over_time_adds_up_whatever_was_used(hours: dict[int, float]) -> None:
    disclosure = told(run(sorted(hours.items())))

    assert not [each for each in check(disclosure) if each.code == "profile-mismatch"]


def test_stages_have_their_part_of_the_energy() -> None:
    sweep = [run([(0, 1.0), (1, 0.5)], "a", stage="sweep"), run([(9, 1.5)], "b", stage="sweep")]

    disclosure = told(*sweep, run([(20, 1.0)], "c", stage="failed"))

    (activity,) = disclosure.activities
    assert activity.phase == "experimentation"
    assert activity.stages == {"sweep": 0.75, "failed": 0.25}
    assert activity.stage_runs == {"sweep": 2, "failed": 1}


def test_runs_that_nobody_sorted_have_no_stages() -> None:
    assert told(run([(0, 1.0)])).activities[0].stages is None
    assert told(run([(0, 0.0)], stage="final")).activities[0].stages is None


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("profile", {"energy": ((at(0), 1.0), (at(1), 4.0))}),
        ("profile", {"intensity": ((at(0), 100.0), (at(1), 400.0))}),
        ("stages", {"final": 0.5}),
        ("stages", {"final": 0.5, "failed": 0.5}),
        ("stage_runs", {"final": 2}),
    ],
)
def test_what_does_not_add_up_is_found(field: str, changed: dict[str, Any]) -> None:
    honest = told(run([(0, 1.0), (1, 3.0)], stage="final"), series=series(100.0, 300.0))
    text = honest.model_dump(by_alias=True)
    text["activities"][0][field].update(changed)

    found = [each for each in check(Disclosure.model_validate(text)) if each.severity == "error"]

    assert [each.code for each in found] == ["profile-mismatch"]
    assert found[0].place.startswith(f"/activities/0/{field[:5]}")
