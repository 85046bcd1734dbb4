"""Cloud exports are recognised, and refused with the reason, their totals and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from carbonlabel.errors import InputError, MalformedInput
from carbonlabel.intake import Log, open_log
from carbonlabel.readers import cloud_aws, cloud_azure, cloud_google

SAMPLES = Path(__file__).parents[1] / "samples" / "cloud"
READERS = {"aws": cloud_aws, "google": cloud_google, "azure": cloud_azure}
FILES = sorted(path for path in SAMPLES.iterdir() if path.stem in READERS)


def module(path: Path):  # noqa: ANN201 - one of three modules of one shape
    return READERS[path.stem]


def refusal(name: str, content: bytes | None = None) -> InputError:
    path = SAMPLES / name
    log = open_log(path) if content is None else Log(name, content=content)
    with pytest.raises(InputError) as refused:
        module(path).reader.read(log)
    return refused.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_export_is_recognised_by_its_own_reader_alone(path: Path) -> None:
    log = open_log(path)

    assert [name for name, each in READERS.items() if each.reader.recognises(log)] == [path.stem]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_below_the_line_an_export_is_never_a_run(path: Path) -> None:
    refused = refusal(path.name)

    assert type(refused) is InputError
    assert refused.where == path.name
    assert "monthly totals of an account, and no run" in refused.message
    assert "no energy" in refused.message
    assert "manual.yaml" in (refused.hint or "")
    assert "not zero emissions" in (refused.hint or "")


@pytest.mark.parametrize(
    ("name", "sums"),
    [
        # 0.0123 t of the newer model version + 0.0007 t
        ("aws.csv", "(2026-01 to 2026-02: 13 kgCO2e location-based, 0 kgCO2e market-based)"),
        ("aws.json", "(2026-01: 12.3 kgCO2e location-based, 0 kgCO2e market-based)"),
        # 12.3 kg of the newer model version + 0.7 kg
        ("google.csv", "(2026-01 to 2026-02: 13 kgCO2e location-based, 3.3 kgCO2e market-based)"),
        ("google.jsonl", "(2026-01: 12.3 kgCO2e location-based, 3.1 kgCO2e market-based)"),
        ("azure.json", "(2026-01 to 2026-02: 13 kgCO2e in total)"),
    ],
)
def test_row_1_aws_writes_tonnes_and_the_others_kilograms(name: str, sums: str) -> None:
    assert refusal(name).message.endswith(sums)


def test_model_versions_of_one_month_are_not_added_up() -> None:
    totals = cloud_aws.totals(open_log(SAMPLES / "aws.csv"))

    assert totals.emissions_gco2e["location"] == pytest.approx(13_000)
    naive_kg = cloud_google.totals(open_log(SAMPLES / "google.csv")).emissions_gco2e
    assert naive_kg["location"] == pytest.approx(13_000)  # 25 100 g with both versions


def test_the_newer_refresh_counts_in_any_order_of_rows() -> None:
    head, *rows = (SAMPLES / "aws.csv").read_text("utf-8").splitlines()
    backwards = "\n".join((head, *reversed(rows))).encode()

    totals = cloud_aws.totals(Log("aws.csv", content=backwards))
    assert totals.emissions_gco2e["location"] == pytest.approx(13_000)


def test_an_unknown_unit_is_no_tonne() -> None:
    content = (SAMPLES / "aws.csv").read_bytes().replace(b"MTCO2e", b"lb")

    with pytest.raises(MalformedInput, match="'lb' is no unit that AWS writes"):
        cloud_aws.totals(Log("aws.csv", content=content))
    assert "location-based" not in refusal("aws.csv", content).message


def test_an_absent_figure_is_no_zero() -> None:
    content = (SAMPLES / "google.jsonl").read_bytes().replace(b"12.3", b"null")

    assert "location" not in cloud_google.totals(Log("g", content=content)).emissions_gco2e


def test_google_writes_dots_or_underscores() -> None:
    content = (SAMPLES / "google.csv").read_bytes()
    flat = content.replace(b"total_kgCO2e.", b"total_kgCO2e_")

    log = Log("google.csv", content=flat)
    assert cloud_google.reader.recognises(log)
    assert cloud_google.totals(log).emissions_gco2e["location"] == pytest.approx(13_000)


def test_google_json_may_hold_blank_lines_and_a_list() -> None:
    line = (SAMPLES / "google.jsonl").read_text("utf-8").strip()
    content = f"[\n{line},\n\n]\n".encode()

    totals = cloud_google.totals(Log("g", content=content))
    assert totals.emissions_gco2e["location"] == pytest.approx(12_300)


def test_an_overall_figure_of_azure_goes_before_its_parts() -> None:
    report = json.loads((SAMPLES / "azure.json").read_text("utf-8"))
    report["value"].append({"dataType": "OverallSummaryData", "latestMonthEmissions": 12.9})
    report["value"].append({"dataType": "TopItemsSummaryData", "latestMonthEmissions": 9.9})
    report["value"].append({"dataType": "OverallSummaryData", "latestMonthEmissions": None})

    refused = refusal("azure.json", json.dumps(report).encode())
    assert refused.message.endswith("(12.9 kgCO2e in total)")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_export_cut_anywhere_is_refused_all_the_same(path: Path) -> None:
    content = path.read_bytes()
    for end in range(0, len(content), 3):
        assert "no run" in refusal(path.name, content[:end]).message


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@pytest.mark.parametrize("odd", [b"NaN", b"-1", b"1e999", b"\xff", b"[" * 5000])
def test_odd_figures_cost_the_totals_and_never_the_reason(path: Path, odd: bytes) -> None:
    content = path.read_bytes().replace(b"12.3", odd).replace(b"0.0123", odd)

    assert "no run" in refusal(path.name, content).message


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_byte_order_mark_and_other_line_ends_change_nothing(path: Path) -> None:
    content = path.read_bytes()
    plain = refusal(path.name, content).message
    for changed in (b"\xef\xbb\xbf" + content, content.replace(b"\n", b"\r\n")):
        assert refusal(path.name, changed).message == plain


def test_no_account_or_project_is_named() -> None:
    told = [str(refusal(path.name)) for path in FILES]

    assert not [text for text in told if "1111" in text or "AAAA" in text or "12345" in text]


def test_other_files_are_not_recognised() -> None:
    for content in (b"", b"{}", b"timestamp,emissions\n", b"\xff\xfe"):
        log = Log("x", content=content)
        assert not [name for name, each in READERS.items() if each.reader.recognises(log)]
