from __future__ import annotations

from pathlib import Path

import pytest

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Period
from carbonlabel.plugins import Reader
from carbonlabel.readers.rapl import powercap
from carbonlabel.readers.rapl import reader as perf

SAMPLES = Path(__file__).parents[1] / "samples" / "rapl"
TEN = 1_772_359_200  # 2026-03-01T10:00:00Z
ZONE = "/sys/class/powercap/intel-rapl:"
RANGE_UJ = 262_143_328_850
J_PER_KWH = 3.6e6


def read(reader: Reader, text: str) -> Evidence:
    log = Log("energy.txt", content=text.encode())
    assert reader.recognises(log)
    (evidence,) = reader.read(log)
    return evidence


def sample(reader: Reader, name: str) -> Evidence:
    (evidence,) = reader.read(open_log(SAMPLES / name))
    return evidence


def joules(evidence: Evidence) -> float:
    assert isinstance(evidence.host, Estimate)
    return evidence.host.value * J_PER_KWH


def codes(evidence: Evidence) -> list[str]:
    return [finding.code for finding in evidence.findings]


def dump(time: float, energy_uj: int | str, name: str = "package-0", zone: str = "0") -> str:
    at = f"{ZONE}{zone}"
    return (
        f"{time}\n{at}/name:{name}\n{at}/energy_uj:{energy_uj}\n"
        f"{at}/max_energy_range_uj:{RANGE_UJ}\n"
    )


def test_pitfall_18_packages_and_memory_are_added_and_nothing_else() -> None:
    # With cores it would be 13 000.5 J, with psys 21 000.5 J.
    evidence = sample(perf, "perf.txt")

    assert joules(evidence) == pytest.approx(9_000.5, rel=1e-12)
    assert codes(evidence) == ["domains-left-out"]
    assert evidence.findings[0].found == "cores, psys"
    assert isinstance(evidence.duration, Estimate)
    assert evidence.duration.value == 100.001
    assert isinstance(evidence.period, Missing)
    assert isinstance(evidence.reported_energy, Estimate)
    assert evidence.hours == ()
    assert evidence.covers == "machine"


def test_a_german_locale_says_the_same_by_socket() -> None:
    # 7.200,00 read as an English number would be 7.2 J.
    evidence = sample(perf, "perf-german.txt")

    assert joules(evidence) == pytest.approx(8_200)
    assert codes(evidence) == ["component-not-read"]
    assert evidence.findings[0].found == "ram"
    assert isinstance(evidence.period, Period)
    assert evidence.period.zone == "local, not stated"
    assert evidence.period.start.isoformat() == "2026-03-01T10:59:50"
    assert ("GPUs, memory, storage and network", "perf stat reads CPU packages only") in (
        evidence.blind_spots
    )


def test_intervals_are_deltas_and_tell_the_hours() -> None:
    evidence = sample(perf, "perf-intervals.csv")

    assert joules(evidence) == pytest.approx(1_375.25)
    assert [energy * J_PER_KWH for _, energy in evidence.hours] == pytest.approx([1050.25, 325])
    assert [hour.isoformat() for hour, _ in evidence.hours] == [
        "2026-03-01T10:00:00",
        "2026-03-01T11:00:00",
    ]
    assert isinstance(evidence.duration, Estimate)
    assert evidence.duration.value == 15


def test_the_time_of_a_counter_is_no_duration() -> None:
    # 20 s of two sockets are 10 s of the clock.
    evidence = sample(perf, "perf.csv")

    assert joules(evidence) == pytest.approx(475.42)
    assert isinstance(evidence.duration, Missing)
    assert codes(evidence) == ["component-not-read", "duration-not-logged"]


@pytest.mark.parametrize(
    ("value", "expected_j"),
    [
        ("12.34", 12.34),
        ("1,234.56", 1234.56),
        ("1.234,56", 1234.56),
        ("1 234,56", 1234.56),
        ("1\u202f234\u202f567,89", 1234567.89),
        ("1’234.56", 1234.56),
        ("123456.78", 123456.78),
    ],
)
def test_a_figure_is_read_in_any_locale(value: str, expected_j: float) -> None:
    assert joules(read(perf, f"   {value} Joules power/energy-pkg/  \n")) == pytest.approx(
        expected_j
    )


@pytest.mark.parametrize(
    "line",
    [
        "S0        1      12.34 Joules power/energy-pkg/",
        "S0-D0-C0  1      12.34 Joules power/energy-pkg/    (99.9%)",
        "CPU0             12.34 Joules power/energy-pkg/",
        "     1.000123456 12.34 Joules power/energy-pkg/",
        "     1.000123456 S0        1      12.34 Joules power/energy-pkg/",
        "12.34,Joules,power/energy-pkg/,1000,100.00,,",
        "12,34;Joules;power/energy-pkg/;1000;100.00;;",
        "S0,1,12.34,Joules,power/energy-pkg/,1000,100.00,,",
        "1.000123456,12.34,Joules,power/energy-pkg/,1000,100.00,,",
        "1.000123456,S0,1,12.34,Joules,power/energy-pkg/,1000,100.00,,",
        "12,Joules,power/energy-pkg/,1000,100.00,,\n0.34,Joules,power/energy-pkg/,1,100.00,,",
    ],
)
def test_every_layout_of_a_line_is_read(line: str) -> None:
    assert joules(read(perf, f"{line}\n")) == pytest.approx(12.34)


def test_pitfall_5_a_package_that_was_not_counted_is_missing_and_not_zero() -> None:
    evidence = read(perf, " <not supported> Joules power/energy-pkg/\n 1.00 seconds time elapsed\n")

    assert isinstance(evidence.host, Missing)
    assert codes(evidence) == ["component-not-read"]
    assert isinstance(evidence.duration, Estimate)


def test_the_platform_alone_is_no_package() -> None:
    evidence = read(perf, "51.10 Joules power/energy-psys/\n5.001965465 seconds time elapsed\n")

    assert isinstance(evidence.host, Missing)
    assert codes(evidence) == ["no-power-metric", "domains-left-out"]


@pytest.mark.parametrize(
    ("text", "match"),
    [
        (" Performance counter stats for 'x' (3 runs):\n 1.00 Joules power/energy-pkg/", "mean"),
        ("1,234,56,Joules,power/energy-pkg/,1,100.00,,", "no energy"),
        ("12,34,Joules,power/energy-pkg/,1,100.00,,", "no energy"),
        ("x,Joules,power/energy-pkg/,1,100.00,,", "no energy"),
        ("no Joules power/energy-pkg/", "no line counts"),
        ("9999999999999999.00 Joules power/energy-pkg/", "no counter"),
        ("# started on Sun Mar 41 10:59:50 2026\n1.00 Joules power/energy-pkg/", "no date"),
        ("# started on Sun Mar  1 10:59:50 1970\n1.00 Joules power/energy-pkg/", "2000 and 2100"),
    ],
)
def test_what_is_no_output_of_perf_is_refused(text: str, match: str) -> None:
    with pytest.raises(MalformedInput, match=match):
        read(perf, text)


APPENDED = """
 Performance counter stats for 'system wide':

             46,76 Joules power/energy-pkg/
              2,59 Joules power/energy-cores/

     120,002181038 seconds time elapsed


 Performance counter stats for 'system wide':

             50,58 Joules power/energy-pkg/
              2,45 Joules power/energy-cores/

     120,002620956 seconds time elapsed

"""


def test_outputs_that_were_appended_to_one_file_are_a_run_each() -> None:
    log = Log("energy.txt", content=APPENDED.encode())
    one, other = perf.read(log)

    assert joules(one) == pytest.approx(46.76)
    assert joules(other) == pytest.approx(50.58)
    assert (one.place, other.place) == ("energy.txt:4", "energy.txt:12")
    for each in (one, other):
        assert isinstance(each.duration, Estimate)
        assert each.duration.value == pytest.approx(120.0025, abs=2e-3)


def test_a_start_parts_runs_whose_time_is_not_told() -> None:
    starts = "# started on Sun Mar  1 {}:00:00 2026\n1.00 Joules power/energy-pkg/\n"
    log = Log("energy.txt", content=(starts.format(10) + starts.format(12)).encode())
    one, other = perf.read(log)

    assert (joules(one), joules(other)) == (pytest.approx(1), pytest.approx(1))


def test_a_command_that_asks_for_energy_is_no_output() -> None:
    script = b"#!/bin/sh\nperf stat -a -e power/energy-pkg/,power/energy-ram/ python train.py\n"

    assert not perf.recognises(Log("run.sh", content=script))
    assert perf.recognises(Log("e.csv", content=b"46.76,,power/energy-pkg/,1,100.00,,\n"))


def test_a_month_that_is_none_is_no_start() -> None:
    evidence = read(
        perf,
        "# started on So Mär 1\n# started on Son Xyz  1 10:00:00 2026\n"
        "1.00 Joules power/energy-pkg/\n",
    )

    assert isinstance(evidence.period, Missing)


def test_pitfall_19_a_counter_that_runs_over_is_continued() -> None:
    # Last − first would be −257 137 J.
    evidence = sample(powercap, "powercap.txt")

    assert joules(evidence) == pytest.approx(5_126)
    assert codes(evidence) == ["domains-left-out", "counter-wrapped"]
    assert isinstance(evidence.period, Period)
    assert evidence.period.zone == "UTC"


def test_pitfall_19_ten_hours_at_200_w_run_over_27_times() -> None:
    step_uj, text, shown_uj = 200 * 60 * 10**6, "", 0
    for minute in range(601):
        text += dump(TEN + 60 * minute, shown_uj)
        shown_uj = (shown_uj + step_uj) % RANGE_UJ
    evidence = read(powercap, text)

    assert isinstance(evidence.host, Estimate)
    assert evidence.host.value == pytest.approx(2.0)
    assert evidence.findings[0].found == "27 times"
    assert len(evidence.hours) == 10


def test_pitfall_2_a_counter_is_in_microjoules() -> None:
    assert joules(read(powercap, dump(TEN, 0) + dump(TEN + 1, 60_000_000))) == pytest.approx(60)


def test_two_sockets_are_added_and_psys_is_not() -> None:
    def all_at(time: int, energy_uj: int) -> str:
        names = {"0": "package-0", "1": "package-1", "2": "psys"}
        return "".join(dump(time, energy_uj, name, zone) for zone, name in names.items())

    evidence = read(powercap, all_at(TEN, 0) + all_at(TEN + 10, 10**9))

    assert joules(evidence) == pytest.approx(2_000)
    assert codes(evidence) == ["domains-left-out"]


def test_the_second_interface_to_the_same_package_is_left_alone() -> None:
    other = dump(TEN + 10, 10**9).replace("intel-rapl:", "intel-rapl-mmio:")
    text = dump(TEN, 0) + other + dump(TEN + 10, 10**9)

    assert joules(read(powercap, text)) == pytest.approx(1_000)


def test_dumps_an_hour_apart_may_hide_a_range() -> None:
    evidence = read(powercap, dump(TEN, 0) + dump(TEN + 3600, 10**9))

    assert codes(evidence) == ["counter-perhaps-wrapped"]


def test_a_last_reading_that_was_cut_is_no_second_round() -> None:
    text = dump(TEN, 5 * 10**9) + dump(TEN + 10, 6 * 10**9)
    evidence = read(powercap, f"{text}{TEN + 20}\n{ZONE}0/energy_uj:70")

    assert joules(evidence) == pytest.approx(1_000)
    assert codes(evidence) == ["cut-line"]


def test_a_range_that_was_cut_is_the_whole_range() -> None:
    text = dump(TEN, RANGE_UJ - 1000) + dump(TEN + 10, 9000)
    evidence = read(powercap, text[:-6])

    assert joules(evidence) == pytest.approx(0.01)


def test_memory_alone_is_no_host() -> None:
    evidence = read(powercap, dump(TEN, 0, "dram") + dump(TEN + 10, 10**9, "dram"))

    assert isinstance(evidence.host, Missing)
    assert codes(evidence) == ["no-power-metric"]


def test_one_dump_alone_spans_no_time() -> None:
    evidence = read(powercap, dump(TEN, 10**9))

    assert isinstance(evidence.host, Missing)
    assert isinstance(evidence.duration, Missing)


@pytest.mark.parametrize(
    ("text", "match"),
    [
        (dump(TEN, 0).partition("\n")[2], "no time before it"),
        (f"{TEN}\n{ZONE}0/energy_uj:1\n{ZONE}1/name:package-1\n", "zone without a name"),
        (dump(TEN, "many"), "no whole number"),
        (dump(TEN, 2**63), "no counter"),
        (dump(100_000_000, 1).replace("100000000\n", "0100000000\n"), "2000 and 2100"),
    ],
)
def test_what_is_no_dump_is_refused(text: str, match: str) -> None:
    with pytest.raises(MalformedInput, match=match):
        read(powercap, text)


def test_other_output_of_perf_is_not_recognised() -> None:
    log = Log("perf.txt", content=b" 0.54 msec task-clock  # 0.564 CPUs utilized\n")

    assert not perf.recognises(log)
    assert not powercap.recognises(log)


def test_names_of_zones_cannot_command_the_terminal_nor_fill_it() -> None:
    zones = (dump(TEN, 1, name=f"{at}\x1b[2J{'x' * 90}", zone=f"0:{at}") for at in range(50))
    evidence = read(powercap, dump(TEN, 10**9) + "".join(zones) + dump(TEN + 60, 2 * 10**9))

    told = [finding.found or "" for finding in evidence.findings]
    assert any(told)
    assert all(each.isprintable() and len(each) <= 300 for each in told)


def test_odd_white_space_around_the_numbers_of_a_dump_is_white_space() -> None:
    dumps = dump(TEN, 10**9) + dump(TEN + 60, 2 * 10**9)
    odd = dumps.replace("uj:", "uj:\x1e").replace(f"{TEN}\n", f"\x1e{TEN}\n")

    assert read(powercap, odd).host == read(powercap, dumps).host
