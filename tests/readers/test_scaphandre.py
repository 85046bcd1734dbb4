from __future__ import annotations

import json
from pathlib import Path

import pytest

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Period
from carbonlabel.readers.scaphandre import reader

SAMPLES = Path(__file__).parents[1] / "samples" / "scaphandre"
FILES = sorted(SAMPLES.glob("*.json"))
TEN = 1_772_359_200  # 2026-03-01T10:00:00Z
J_PER_KWH = 3.6e6


def report(second: float, power_uw: object = 60_000_000.0) -> dict[str, object]:
    return {"host": {"consumption": power_uw, "timestamp": TEN + second}, "consumers": []}


def read(content: str) -> Evidence:
    (evidence,) = reader.read(Log("report.json", content=content.encode()))
    return evidence


def joules(evidence: Evidence) -> float:
    assert isinstance(evidence.host, Estimate)
    return evidence.host.value * J_PER_KWH


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_pitfall_18_the_host_is_read_and_its_parts_are_not_added(path: Path) -> None:
    # Host, socket and process together would be 60 + 54 + 30 W.
    (evidence,) = reader.read(open_log(path))

    assert joules(evidence) == pytest.approx(360)
    assert isinstance(evidence.accelerators, Missing)
    assert evidence.sensors == {"host": "counter"}
    assert evidence.covers == "machine"


def test_pitfall_2_consumption_is_power_in_microwatts() -> None:
    evidence = read(json.dumps([report(0, 1_000_000), report(3600, 1_000_000)]))

    assert isinstance(evidence.host, Estimate)
    assert evidence.host.value == 0.001


def test_pitfall_23_times_are_unix_seconds() -> None:
    evidence = read(json.dumps([report(0), report(2)]))

    assert isinstance(evidence.period, Period)
    assert evidence.period.start.isoformat() == "2026-03-01T10:00:00+00:00"


def test_pitfall_25_a_file_that_was_cut_is_read_up_to_there() -> None:
    (evidence,) = reader.read(open_log(SAMPLES / "killed.json"))

    (finding,) = evidence.findings
    assert (finding.code, finding.found) == ("cut-line", "after 4 reports")


def test_lines_that_were_cut_are_read_up_to_there() -> None:
    lines = "\n".join(json.dumps(report(second)).replace(" ", "") for second in range(3))
    evidence = read(lines[:-9])

    assert joules(evidence) == pytest.approx(60)
    assert [finding.code for finding in evidence.findings] == ["cut-line"]


def test_a_last_report_of_zero_is_no_power() -> None:
    evidence = read(json.dumps([report(0), report(2), report(4, 0.0)]))

    assert joules(evidence) == pytest.approx(120)
    assert [finding.code for finding in evidence.findings] == ["samples-without-figure"]


def test_pitfall_5_only_zeros_are_missing() -> None:
    assert isinstance(read(json.dumps([report(0, 0), report(2, 0)])).host, Missing)


def test_command_lines_and_programs_never_enter() -> None:
    for path in FILES:
        (evidence,) = reader.read(open_log(path))
        assert "python" not in repr(evidence)


@pytest.mark.parametrize(
    ("content", "match"),
    [
        ("[]", "no report"),
        ('{"host":{"consumption":1}}', "no report of a host"),
        ('{"host":{"consumption":"1","timestamp":1}}', "no report of a host"),
        ('{"host":{"consumption":1,"timestamp":"now"}}', "no number"),
        ('{"host":{"consumption":1,"timestamp":true}}', "no number"),
        (f'{{"host":{{"consumption":true,"timestamp":{TEN}}}}}', "no power"),
        (f'{{"host":{{"consumption":-1,"timestamp":{TEN}}}}}', "no power"),
        (f'{{"host":{{"consumption":1e17,"timestamp":{TEN}}}}}', "between 0 and 1 MW"),
        ('[{"host":}, {"host":{"consumption":1}}]', "no JSON"),
        (f'{{"host":{{"consumption":1,"timestamp":{TEN}000}}}}', "2000 and 2100"),
    ],
)
def test_what_is_no_report_is_refused(content: str, match: str) -> None:
    with pytest.raises(MalformedInput, match=match):
        read(content)


def test_a_broken_line_in_the_middle_is_refused() -> None:
    line = json.dumps(report(0)).replace(" ", "")

    with pytest.raises(MalformedInput, match="no JSON") as refused:
        read(f"{line}\n{line[:-5]}\n{line}\n")
    assert refused.value.where == "report.json:2"


def test_a_day_of_lines_is_read_without_a_bound_of_ten_mebibytes(tmp_path: Path) -> None:
    padding = {"exe": "x" * 3000, "cmdline": "y" * 3000}
    path = tmp_path / "stdout.json"
    with path.open("w") as file:
        for second in range(0, 3600, 2):
            whole = {**report(second), "consumers": [padding]}
            file.write(json.dumps(whole, separators=(",", ":")) + "\n")
    (evidence,) = reader.read(open_log(path))

    assert path.stat().st_size > 10 * 2**20
    assert joules(evidence) == pytest.approx(3598 * 60)
