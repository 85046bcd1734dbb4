from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.hardware import Device
from carbonlabel.model.provenance import Period
from carbonlabel.readers.nvidia_smi import reader

SAMPLES = Path(__file__).parents[1] / "samples" / "nvidia_smi"
HEADER = "timestamp, uuid, name, power.draw [W]\n"
J_PER_KWH = 3.6e6
NOON = datetime(2026, 3, 1, 12)  # noqa: DTZ001 - nvidia-smi states no zone


def read(text: str) -> Evidence:
    log = Log("power.csv", content=text.encode())
    assert reader.recognises(log)
    (evidence,) = reader.read(log)
    return evidence


def row(second: float, watts: str = "300.00 W", uuid: str = "GPU-a", begin: datetime = NOON) -> str:
    at = begin + timedelta(seconds=second)
    return f"{at:%Y/%m/%d %H:%M:%S}.{at.microsecond // 1000:03}, {uuid}, NVIDIA A100, {watts}\n"


def table(rows: Iterable[str], header: str = HEADER) -> str:
    return header + "".join(rows)


def joules(evidence: Evidence) -> float:
    assert isinstance(evidence.accelerators, Estimate)
    return evidence.accelerators.value * J_PER_KWH


def codes(evidence: Evidence) -> list[str]:
    return [finding.code for finding in evidence.findings]


def test_two_boards_are_added_up_by_time_and_named() -> None:
    (evidence,) = reader.read(open_log(SAMPLES / "two-a100.csv"))

    assert joules(evidence) == pytest.approx(2_200, rel=1e-12)
    assert evidence.devices == (Device(name="NVIDIA A100-SXM4-80GB", kind="accelerator", count=2),)
    assert evidence.sensors == {"accelerators": "counter"}
    assert isinstance(evidence.host, Missing)
    assert evidence.covers == "device"
    assert evidence.complete
    assert evidence.findings == ()
    assert evidence.place == "two-a100.csv:2"


def test_pitfall_2_watts_are_sampled_power_and_no_energy() -> None:
    # 3 600 samples of 300 W in an hour are 0.3 kWh; their sum would be 1 080 000 of anything.
    evidence = read(table(row(second) for second in range(3601)))

    assert isinstance(evidence.accelerators, Estimate)
    assert evidence.accelerators.value == 0.3


def test_pitfall_8_the_energy_holds_no_pue() -> None:
    evidence = read(table(row(second) for second in range(3)))

    assert evidence.pue_in_energy == "no"
    assert isinstance(evidence.pue, Missing)


def test_pitfall_22_a_power_that_is_not_available_is_no_zero() -> None:
    # 300 W, nothing, 300 W: the line between the two is taken, 600 J and not 300 J.
    evidence = read(table([row(0), row(1, "[N/A]"), row(2)]))

    assert joules(evidence) == pytest.approx(600)
    assert codes(evidence) == ["samples-without-figure"]


@pytest.mark.parametrize(
    "word", ["[N/A]", "[Not Supported]", "[Unknown Error]", "[GPU is lost]", "N/A", ""]
)
def test_pitfall_5_a_board_that_cannot_be_read_is_missing_and_not_zero(word: str) -> None:
    evidence = read(table(row(second, word) for second in range(3)))

    assert isinstance(evidence.accelerators, Missing)
    assert isinstance(evidence.duration, Missing)
    assert not evidence.complete
    assert codes(evidence) == ["samples-without-figure"]


def test_pitfall_5_only_zeros_are_no_measured_zero() -> None:
    evidence = read(table(row(second, "0.00 W") for second in range(3)))

    assert isinstance(evidence.accelerators, Missing)
    assert "zero-energy" in codes(evidence)


def test_pitfall_23_times_stay_local_and_are_never_called_utc() -> None:
    evidence = read(table([row(0), row(1)]))

    assert isinstance(evidence.period, Period)
    assert evidence.period.zone == "local, not stated"
    assert evidence.period.start == NOON
    assert evidence.hours[0][0] == NOON


def test_times_with_an_offset_become_utc() -> None:
    rows = "timestamp,power.draw\n2026-03-01T13:00:00+01:00,60.0\n2026-03-01T13:00:10+01:00,60.0\n"
    evidence = read(rows)

    assert isinstance(evidence.period, Period)
    assert evidence.period.zone == "UTC"
    assert evidence.hours[0][0].isoformat() == "2026-03-01T12:00:00+00:00"
    assert joules(evidence) == pytest.approx(600)


def test_pitfall_23_the_hour_that_comes_twice_in_autumn_is_counted_twice() -> None:
    # 02:59:58 and 02:59:59, then 02:00:00 to 02:00:02: 4 s of 300 W, all in the hour from two on.
    two = datetime(2026, 10, 25, 2)  # noqa: DTZ001 - nvidia-smi states no zone
    rows = [row(second, begin=two) for second in (3598, 3599, 0, 1, 2)]
    evidence = read(table(rows))

    assert joules(evidence) == pytest.approx(1_200)
    assert [hour for hour, _ in evidence.hours] == [two]
    assert codes(evidence) == ["clock-set-back"]
    assert isinstance(evidence.duration, Estimate)
    assert evidence.duration.value == 4


def test_the_hours_after_the_clock_was_set_back_keep_their_names() -> None:
    two = datetime(2026, 10, 25, 2)  # noqa: DTZ001 - nvidia-smi states no zone
    seconds = [*range(3590, 3600), *range(0, 3605, 5)]
    evidence = read(table(row(second, begin=two) for second in seconds))

    assert [hour.hour for hour, _ in evidence.hours] == [2]
    assert isinstance(evidence.period, Period)
    assert evidence.period.end == datetime(2026, 10, 25, 3)  # noqa: DTZ001 - as logged


def test_energy_is_told_by_hour() -> None:
    rows = [row(second, begin=NOON - timedelta(seconds=4)) for second in range(0, 12, 2)]
    evidence = read(table(rows))

    assert [energy * J_PER_KWH for _, energy in evidence.hours] == pytest.approx([1200, 1800])


def test_an_outage_is_left_out_and_told_in_seconds() -> None:
    rows = [row(second) for second in (*range(11), *range(310, 321))]
    evidence = read(table(rows))

    assert joules(evidence) == pytest.approx(6_000)
    (finding,) = evidence.findings
    assert (finding.code, finding.severity) == ("samples-gap", "warning")
    assert finding.found == "6.25 %; 1 gap, 300 s in all"
    assert not evidence.complete


def test_a_board_that_is_lost_half_way_makes_the_run_partial() -> None:
    whole = [row(second) for second in range(21)]
    half = [row(second, uuid="GPU-b") for second in range(11)]
    evidence = read(table([*whole, *half]))

    assert evidence.findings[0].found == "75 %; 0 gaps, 0 s in all"
    assert codes(evidence) == ["samples-gap"]
    assert not evidence.complete


def test_two_boards_are_never_joined_at_their_borders() -> None:
    rows = [*(row(second, "100.00 W") for second in range(3))]
    other = [*(row(second, "900.00 W", "GPU-b") for second in range(3))]

    assert joules(read(table([*rows, *other]))) == pytest.approx(200 + 1800)


@pytest.mark.parametrize("seconds", [(2, 0, 1), (1, 2, 0), (0, 2, 1)])
def test_rows_in_any_order_give_the_same_energy(seconds: tuple[int, ...]) -> None:
    evidence = read(table(row(second, f"{100 * (second + 1)}.00 W") for second in seconds))

    assert joules(evidence) == pytest.approx(150 + 250)
    assert codes(evidence) == ["samples-sorted"]


def test_copies_of_rows_are_dropped_and_counted() -> None:
    evidence = read(table(row(second) for second in (0, 0, 1, 1, 2)))

    assert joules(evidence) == pytest.approx(600)
    assert codes(evidence) == ["samples-duplicate"]


def test_two_figures_of_one_board_at_one_time_are_told() -> None:
    evidence = read(table([row(0), row(0, "310.00 W"), row(1)]))

    assert codes(evidence) == ["samples-at-one-time"]


def test_columns_in_another_order_without_units_say_the_same() -> None:
    text = "power.draw, index, timestamp\n"
    text += "".join(f"300.00, 0, 2026/03/01 12:00:0{second}.000\n" for second in range(3))
    evidence = read(text)

    assert joules(evidence) == pytest.approx(600)
    assert evidence.devices == ()
    assert codes(evidence) == ["device-not-named"]


def test_the_average_power_is_preferred_to_the_instant_one() -> None:
    text = "timestamp, power.draw.instant [W], power.draw.average [W]\n"
    text += "".join(f"2026/03/01 12:00:0{t}.000, 900.00 W, 300.00 W\n" for t in range(3))

    assert joules(read(text)) == pytest.approx(600)


@pytest.mark.parametrize("spread_ms", [0, 3, 40])
@pytest.mark.parametrize("boards_count", [2, 8])
def test_several_boards_without_a_name_for_each_are_refused(
    spread_ms: int, boards_count: int
) -> None:
    rows = [
        row(second + board * spread_ms / 1000, f"{100 + board}.00 W").replace("GPU-a, ", "")
        for second in range(30)
        for board in range(boards_count)
    ]

    with pytest.raises(MalformedInput, match="several GPUs"):
        read(table(rows, "timestamp, name, power.draw [W]\n"))


@pytest.mark.parametrize("step_s", [0.02, 1, 15])
def test_one_board_needs_no_identity(step_s: float) -> None:
    rows = [row(place * step_s).replace("GPU-a, ", "") for place in range(30)]
    evidence = read(table(rows, "timestamp, name, power.draw [W]\n"))

    assert joules(evidence) == pytest.approx(29 * step_s * 300)


def test_pitfall_25_the_last_row_may_be_cut_and_is_left_out() -> None:
    whole = table(row(second) for second in range(4))
    for length in range(1, len(row(0)) - 1):
        evidence = read(whole[:-length])
        assert joules(evidence) == pytest.approx(600 if length > 1 else 900)


def test_a_number_that_was_cut_is_no_smaller_power() -> None:
    text = table((row(second, "300.00") for second in range(3)), HEADER.replace(" [W]", ""))
    evidence = read(f"{text}2026/03/01 12:00:03.000, GPU-a, NVIDIA A100, 30")

    assert joules(evidence) == pytest.approx(600)
    assert codes(evidence) == ["cut-line"]


def test_a_header_may_come_again_and_blank_lines_are_nothing() -> None:
    evidence = read(table([row(0), "\n", HEADER, row(1), "   \n"]))

    assert joules(evidence) == pytest.approx(300)
    assert codes(evidence) == ["repeated-header"]


def test_a_message_between_the_rows_is_left_out_and_told() -> None:
    lost = "Unable to determine the device handle for GPU 0000:3B:00.0: GPU is lost.\n"
    evidence = read(table([row(0), lost, row(1)]))

    assert joules(evidence) == pytest.approx(300)
    (finding,) = evidence.findings
    assert (finding.code, finding.found) == ("lines-skipped", "1, the first is line 3")


def test_one_sample_a_minute_is_said_to_be_few() -> None:
    evidence = read(table(row(120 * place) for place in range(5)))

    assert joules(evidence) == pytest.approx(480 * 300)
    assert codes(evidence) == ["samples-sparse"]


def test_one_row_alone_spans_no_time() -> None:
    evidence = read(table([row(0), "cut"]))

    assert isinstance(evidence.accelerators, Missing)
    assert "no two samples" in evidence.accelerators.reason


def test_a_name_that_is_no_name_is_left_out() -> None:
    evidence = read(table([row(0), row(1)]).replace("NVIDIA A100", "[N/A]"))

    assert evidence.devices == ()


@pytest.mark.parametrize(
    ("text", "match"),
    [
        (row(0), "no header line"),
        (HEADER, "no rows"),
        (HEADER + "nonsense\n" * 3 + row(0), "no rows of the header"),
        (HEADER.replace(",", ";") + row(0), "no column timestamp"),
        (HEADER.replace("[W]", "[mW]") + row(0), "not in W"),
        (HEADER + row(0, "300,00 W") + row(1, "300,00 W") + row(2), "no rows of the header"),
        (HEADER + row(0, "much") + row(1), "no power"),
        (HEADER + row(0, "-3.00 W") + row(1), "no power"),
        (HEADER + row(0, "2000000.00 W") + row(1), "between 0 and 1 MW"),
        (HEADER + row(0).replace("12:00:00", "25:00:00") + row(1), "no time"),
        (HEADER + row(0).replace("2026", "1970") + row(1), "between 2000 and 2100"),
        (HEADER + row(0).replace(".000,", "+00:00,") + row(1) + row(2), "some times have"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(text: str, match: str) -> None:
    with pytest.raises(MalformedInput, match=match) as refused:
        read(text)

    assert (refused.value.where or "").startswith("power.csv")


@pytest.mark.parametrize(
    "head", [b"", b"timestamp, temperature.gpu\n", b"# gpu   pwr  gtemp\n", b" " * 4096]
)
def test_other_tables_are_not_recognised(head: bytes) -> None:
    assert not reader.recognises(Log("power.csv", content=head))


def test_boards_that_a_script_counted_itself_are_told_apart() -> None:
    # Two boards at 100 W for 10 s, whose index nvidia-smi gave as 0 each: 2 000 J.
    rows = [
        f"2026-03-01T12:00:{second:02},{board}, 0, {100 + board / 10}\n"
        for second in range(11)
        for board in (0, 1)
    ]
    told = read(table(rows, header="timestamp,gpu,index,power.draw\n"))

    assert joules(told) == pytest.approx(2_001)
    assert "samples-at-one-time" not in codes(told)


def test_a_column_that_tells_no_boards_apart_is_not_held_for_one() -> None:
    # One board, written twice a time: 100 W and 300 W are 200 W on average.
    rows = [
        f"2026-03-01T12:00:{second:02},0, 0, {watts}\n"
        for second in range(11)
        for watts in (100, 300)
    ]
    told = read(table(rows, header="timestamp,gpu,index,power.draw\n"))

    assert joules(told) == pytest.approx(2_000)
    assert "samples-at-one-time" in codes(told)


def test_nodes_in_one_table_without_uuid_are_told_apart() -> None:
    rows = [
        f"2026/03/01 12:00:{second:02}.000, {node}, {100 + 50 * at} W\n"
        for second in range(11)
        for at, node in enumerate(("n1", "n2"))
    ]
    told = read(table(rows, header="timestamp, hostname, power.draw [W]\n"))

    assert joules(told) == pytest.approx(2_500)
