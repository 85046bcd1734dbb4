"""Runs that a person states: manual.yaml."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from carbonlabel.assessment import assess
from carbonlabel.errors import MalformedInput, MissingFactor
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Period
from carbonlabel.readers.manual import reader
from carbonlabel.readers.region import load_place

SAMPLES = Path(__file__).parents[1] / "samples" / "manual"
NOT_STATED = "local, not stated"


def sample(name: str) -> tuple[Evidence, ...]:
    return tuple(reader.read(open_log(SAMPLES / name)))


def stated(**fields: object) -> Evidence:
    """The one run of a file with these fields."""
    content = json.dumps({"carbonlabel": "runs", "runs": [fields]}).encode()
    (run,) = reader.read(Log("m.json", content=content))
    return run


def kwh(value: float, low: float | None, high: float | None, basis: str) -> Estimate:
    return Estimate.model_validate(
        {"value": value, "low": low, "high": high, "unit": "kWh", "basis": basis, "source": "log"}
    )


@pytest.mark.parametrize(
    "content",
    [
        b"carbonlabel: runs\n",
        b"# mine\r\ncarbonlabel:   runs  # marks the file\r\n",
        b'{"carbonlabel": "runs", "runs": []}',
        b'{"runs": [],\n "carbonlabel":"runs"}',
        b"\xef\xbb\xbfcarbonlabel: 'runs'\n",
    ],
)
def test_the_mark_is_recognised_in_yaml_and_json(content: bytes) -> None:
    assert reader.recognises(Log("any", content=content))


@pytest.mark.parametrize(
    "content", [b"", b"timestamp,runs\n", b"carbonlabel: labels\n", b"x: carbonlabel: runs\n"]
)
def test_other_files_are_not_taken(content: bytes) -> None:
    assert not reader.recognises(Log("any", content=content))


def test_a_metered_energy_is_measured_and_good_to_half_a_unit_of_its_last_place() -> None:
    final, _ = sample("two-runs.yaml")

    assert final.computing == kwh(18, 17.5, 18.5, "measured")
    assert final.sensors == {"computing": "stated"}
    assert final.pue_in_energy == "yes"
    assert isinstance(final.pue, Missing)


def test_hours_times_count_times_power_is_the_energy_before_pue() -> None:
    _, sweep = sample("two-runs.yaml")

    # 10 h × 4 × 300 W = 12 kWh; 9.5 to 10.5 h is 5 %, 299.5 to 300.5 W hardly adds to it.
    assert isinstance(sweep.computing, Estimate)
    assert sweep.computing.value == 12
    assert sweep.computing.low == pytest.approx(11.4, abs=0.001)
    assert sweep.computing.high == pytest.approx(12.6, abs=0.001)
    assert sweep.computing.basis == "estimated"
    assert sweep.pue_in_energy == "no"


def test_times_with_an_offset_keep_it_and_give_the_duration() -> None:
    final, _ = sample("two-runs.yaml")

    offset = timezone(timedelta(hours=1))
    begin, end = (datetime(2026, 11, 3, hour, tzinfo=offset) for hour in (9, 19))
    assert final.period == Period(start=begin, end=end, zone="+01:00")
    assert isinstance(final.duration, Estimate)
    assert final.duration.value == 36_000


def test_a_day_is_its_midnight_and_the_start_follows_from_the_hours() -> None:
    _, sweep = sample("two-runs.yaml")

    assert sweep.period == Period(
        start=datetime(2026, 11, 1, 14),  # noqa: DTZ001 - no zone is stated
        end=datetime(2026, 11, 2),  # noqa: DTZ001 - no zone is stated
        zone=NOT_STATED,
    )


def test_a_published_figure_comes_out_as_published() -> None:
    place = load_place(open_log(SAMPLES / "published-region.yaml"))

    disclosure = assess(sample("published.yaml"), place=place)

    # 10 h × 4 × 300 W = 12 kWh, × 1.5 = 18 kWh, × 450 g/kWh = 8.1 kg.
    electricity = disclosure.totals.electricity
    assert isinstance(disclosure.totals.energy, Estimate)
    assert isinstance(electricity, Estimate)
    assert disclosure.totals.energy.value == pytest.approx(18)
    assert electricity.value == pytest.approx(8100)
    assert disclosure.activities[0].phase == "pretraining"
    reported = disclosure.activities[0].reported
    assert isinstance(reported.emissions, Estimate)
    assert (reported.emissions.value, reported.emissions.low) == (8100, None)
    assert reported.intensity is not None
    assert reported.intensity.value == 450


def test_the_rated_power_of_a_known_device_counts_for_the_accelerators_alone() -> None:
    by_hours, by_device_hours = sample("rated.yaml")

    # Tesla T4: 70 W. 100 h × 2 × 70 W = 14 kWh; 200 device-hours are the same.
    assert by_hours.accelerators == kwh(14, None, None, "estimated")
    assert by_hours.sensors == {"accelerators": "rated"}
    assert by_device_hours.accelerators == by_hours.accelerators
    assert isinstance(by_hours.host, Missing)
    assert by_hours.host.missing == "not-measured"
    assert isinstance(by_hours.computing, Missing)
    assert by_hours.computing.missing == "not-applicable"
    assert [(device.name, device.count) for device in by_hours.devices] == [("Tesla T4", 2)]


def test_device_hours_without_a_count_leave_the_wall_time_open_but_not_the_year() -> None:
    _, run = sample("rated.yaml")

    assert isinstance(run.duration, Missing)
    assert isinstance(run.period, Period)
    assert run.period.start == run.period.end
    assert [finding.code for finding in run.findings] == ["run-length-not-stated"]
    assert run.cloud == "gcp/europe-west1"


def test_device_hours_shared_by_a_count_give_the_wall_time() -> None:
    run = stated(device_hours=40, count=4, power="300 W")

    assert isinstance(run.duration, Estimate)
    assert isinstance(run.computing, Estimate)
    assert (run.duration.value, run.duration.low, run.duration.high) == (36_000, 35_550, 36_450)
    assert run.computing.value == 12


def test_covers_puts_the_figure_into_its_row() -> None:
    accelerators, host, both, chip = sample("parts.yaml")

    assert accelerators.accelerators == kwh(5, 4.5, 5.5, "estimated")
    assert isinstance(accelerators.host, Missing)
    assert host.host == kwh(2, 1.5, 2.5, "measured")
    assert isinstance(host.accelerators, Missing)
    assert host.accelerators.missing == "not-measured"
    # 09:00 to 11:00 × 1.5 kW
    assert both.computing == kwh(3, 2.9, 3.1, "estimated")
    assert chip.sensors == {"computing": "rated"}


@pytest.mark.parametrize(
    ("fields", "is_noted"),
    [
        ({"device": "Tesla T4"}, True),
        ({"device": "Tesla T4", "covers": ["accelerators"]}, False),
        ({"device": "Tesla T4", "covers": ["accelerators", "host"]}, False),
        ({}, False),
    ],
)
def test_a_power_of_a_board_that_may_hold_its_host_is_noted(
    fields: dict[str, object], *, is_noted: bool
) -> None:
    found = stated(power="60 W", hours="10", **fields)

    assert ("coverage-not-stated" in {each.code for each in found.findings}) is is_noted


def test_what_is_not_said_stays_unknown() -> None:
    run = stated(energy="3 kWh")

    assert run.run == "m.json:1"
    assert run.pue_in_energy == "unknown"
    assert isinstance(run.period, Missing)
    assert isinstance(run.duration, Missing)
    assert run.phase is None
    assert run.reported_energy == kwh(3, None, None, "estimated")
    assert isinstance(run.reported_emissions, Missing)


def test_json_is_the_same_file_in_other_clothes() -> None:
    (run,) = sample("runs.json")

    assert run.run == "runs.json:4 été 🌞"
    assert run.computing == kwh(0.9, 0.85, 1.0, "estimated")
    assert run.period == Period(
        start=datetime(2026, 11, 3, 9, tzinfo=UTC),
        end=datetime(2026, 11, 3, 9, 30, tzinfo=UTC),
        zone="UTC",
    )
    assert (run.country, run.subdivision) == ("US", "CA")
    assert run.pue_in_energy == "no"


def test_evidence_names_the_file_and_never_its_path() -> None:
    runs = sample("two-runs.yaml")

    assert {run.inputs[0].file for run in runs} == {"two-runs.yaml"}
    assert runs[0].inputs[0].runs == 2
    assert runs[0].inputs[0].format == reader.format == "manual"
    assert str(SAMPLES) not in repr(runs)


def test_runs_of_the_same_name_in_two_files_are_two_runs() -> None:
    first, second = (
        reader.read(
            Log("m.yaml", content=f"carbonlabel: runs\nruns:\n- energy: {kwh} kWh".encode())
        )[0]
        for kwh in (3, 4)
    )

    assert first.identity != second.identity


def test_two_runs_on_one_meter_at_one_time_are_noticed() -> None:
    run = {"energy": "3 kWh", "meter": "PDU", "started": "2026-11-03T09:00Z", "hours": 2}
    later = run | {"started": "2026-11-03T11:30+01:00"}
    apart = run | {"started": "2026-11-04T09:00Z"}
    other = run | {"meter": "another"}
    content = json.dumps({"carbonlabel": "runs", "runs": [run, later, apart, other]}).encode()

    runs = reader.read(Log("m.json", content=content))

    assert [[each.code for each in found.findings] for found in runs] == [
        [],
        ["meter-shared"],
        [],
        [],
    ]


def test_an_ambiguous_device_is_taken_with_a_warning() -> None:
    run = stated(hours=10, device="A100")

    assert [(each.code, each.severity) for each in run.findings] == [
        ("device-ambiguous", "warning")
    ]


@pytest.mark.parametrize("more", [{}, {"count": 8}])
def test_a_count_in_the_name_of_a_device_is_not_passed_over(more: dict[str, int]) -> None:
    with pytest.raises(MalformedInput, match="count: 8") as refused:
        stated(device="8x NVIDIA A100", hours=10, **more)

    assert "device" in str(refused.value.where)


def test_what_is_to_know_of_a_rated_power_is_said() -> None:
    run = stated(hours=10, device="Apple M1")

    assert [each.code for each in run.findings if each.severity == "note"] == ["rated-power-remark"]


def test_a_device_without_a_published_rated_power_needs_one_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from carbonlabel.factors import devices  # noqa: PLC0415 - patched here

    row = devices.find("Tesla T4").row
    bare = devices.DeviceRow(row.id, row.name, row.kind, None, None, "", None, None)
    monkeypatch.setattr(devices, "find", lambda _: devices.Match(bare))

    with pytest.raises(MissingFactor, match="nobody publishes the rated power"):
        stated(hours=10, device="Tesla T4")


@pytest.mark.parametrize(
    "fields",
    [
        {"started": "2026-11-01", "ended": "2026-11-03", "hours": 40},
        {"started": "2026-11-03T09:00Z", "ended": "2026-11-03T19:00Z", "hours": 10.05},
        {"started": "2026-11-03", "ended": "2026-11-03", "hours": 20},
        {"started": "2026-11-03", "ended": "2026-11-04T05:00+01:00", "hours": 20},
        {"started": "2026-11-03T09:00+01:00", "ended": "2026-11-04", "hours": 10},
    ],
)
def test_hours_that_agree_with_the_times_are_taken(fields: dict[str, object]) -> None:
    run = stated(energy="3 kWh", **fields)

    assert isinstance(run.duration, Estimate)
    assert run.duration.value == float(str(fields["hours"])) * 3600


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"started": "2026-11-01", "ended": "2026-11-03", "hours": 80}, "hours"),
        ({"started": "2026-11-03T09:00Z", "ended": "2026-11-03T19:00Z", "hours": 10.2}, "hours"),
        (
            {"started": "2026-11-03T09:00Z", "ended": "2026-11-03T19:00Z", "device_hours": 80}
            | {"count": 4},
            "device_hours",
        ),
    ],
)
def test_hours_that_contradict_the_times_are_refused(fields: dict[str, object], field: str) -> None:
    with pytest.raises(MalformedInput, match="between started and ended") as caught:
        stated(energy="3 kWh", **fields)

    assert caught.value.where == f"m.json:1 runs[0].{field}"


def test_days_alone_give_no_duration_and_a_change_of_the_clock_keeps_both_offsets() -> None:
    days = stated(energy="3 kWh", started="2026-11-01", ended="2026-11-03")
    summer = stated(
        energy="3 kWh", started="2026-10-24T12:00+02:00", ended="2026-10-26T12:00+01:00"
    )

    assert isinstance(days.duration, Missing)
    assert isinstance(summer.period, Period)
    assert summer.period.zone == "+02:00 and +01:00"
    assert isinstance(summer.duration, Estimate)
    assert summer.duration.value == 49 * 3600


@pytest.mark.parametrize("hours", ["1e9", "1e20"])
def test_a_run_longer_than_the_calendar_is_refused(hours: str) -> None:
    with pytest.raises(MalformedInput, match="calendar"):
        stated(energy="3 kWh", hours=hours, ended="2026-11-03")


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"covers": ["host"]}, "covers"), ({"pue_in_energy": "yes"}, "pue_in_energy")],
)
def test_what_a_rated_power_cannot_hold_is_refused(fields: dict[str, object], field: str) -> None:
    with pytest.raises(MalformedInput, match=f"{field} does not go with the rated power"):
        stated(hours=1, device="Tesla T4", **fields)


def test_emissions_published_without_inputs_are_quoted_and_not_worked_out() -> None:
    run = stated(phase="pretraining", reported={"emissions": "1247.61 t", "water": "2 m3"})
    disclosure = assess([run])

    assert run.reported_emissions == Estimate(
        value=1_247_610_000.0, unit="gCO2e", basis="estimated", source="log"
    )
    assert [finding.code for finding in run.findings] == ["inputs-not-disclosed"]
    assert disclosure.totals.headline == "not reported"
    assert isinstance(disclosure.totals.emissions, Missing)
    assert "inputs not disclosed" in disclosure.totals.emissions.reason
    assert disclosure.totals.doubt == ()


@pytest.mark.parametrize(
    "half", [{"hours": 10}, {"count": 4}, {"device_hours": 40}, {"hours": 1, "device": "none such"}]
)
def test_half_of_the_inputs_is_no_quotation(half: dict[str, object]) -> None:
    with pytest.raises((MalformedInput, MissingFactor)):
        stated(reported={"emissions": "1 t"}, **half)


def test_a_published_energy_is_stated_as_the_energy() -> None:
    with pytest.raises(MalformedInput, match="nothing says how much electricity"):
        stated(reported={"energy": "3 kWh"})
