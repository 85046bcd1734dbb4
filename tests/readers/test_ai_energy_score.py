"""Results of AI Energy Score: watt-hours of GPUs, of all queries; failures are not zero."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from carbonlabel import assess
from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log, open_log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Period
from carbonlabel.readers.ai_energy_score import reader

SAMPLES = Path(__file__).parents[1] / "samples" / "ai-energy-score"
HEAD, FIRST, SECOND, FAILED = (SAMPLES / "master_results.csv").read_text("utf-8").splitlines()


def sample(name: str) -> tuple[Evidence, ...]:
    return reader.read(open_log(SAMPLES / name))


def table(*rows: str) -> tuple[Evidence, ...]:
    return reader.read(Log("master_results.csv", content="\n".join((HEAD, *rows, "")).encode()))


def report(**energy: float) -> Evidence:
    found = {"summary": {"successful_prompts": 500}, "energy": energy}
    (run,) = reader.read(Log("benchmark_report.json", content=json.dumps(found).encode()))
    return run


def value(quantity: Estimate | Missing) -> float:
    assert isinstance(quantity, Estimate)
    return quantity.value


def notes(run: Evidence) -> dict[str, str | None]:
    return {finding.code: finding.found for finding in run.findings}


@pytest.mark.parametrize("name", ["GPU_ENERGY_SUMMARY.json", "GPU_ENERGY_WH.txt"])
def test_row_2_the_unit_is_watt_hours(name: str) -> None:
    (run,) = sample(name)

    assert value(run.accelerators) == pytest.approx(0.050)  # 50.00 Wh
    assert isinstance(run.host, Missing)
    assert run.host.missing == "not-measured"
    assert dict(run.sensors) == {"accelerators": "counter"}
    assert notes(run) == {"inference-per-unit": "50 Wh, by the tool's rules for 1 000 queries"}


def test_a_summary_does_not_count_its_decode_energy_twice() -> None:
    summary = json.loads((SAMPLES / "GPU_ENERGY_SUMMARY.json").read_text("utf-8"))

    assert summary["total"] == summary["decode_wh"] == 50.0
    assert value(sample("GPU_ENERGY_SUMMARY.json")[0].reported_energy) == pytest.approx(0.050)


def test_a_report_of_later_versions_holds_the_host_too() -> None:
    (run,) = sample("benchmark_report.json")

    assert value(run.accelerators) == pytest.approx(0.050)
    assert value(run.host) == pytest.approx(0.012)  # 8 Wh CPU + 4 Wh memory
    assert value(run.reported_energy) == pytest.approx(0.062)
    assert value(run.duration) == 812.5
    assert dict(run.sensors) == {"accelerators": "counter", "host": "model"}


def test_row_1_emissions_are_grams() -> None:
    (run,) = sample("benchmark_report.json")

    assert value(run.reported_emissions) == 10.0


def test_emissions_of_more_than_the_gpus_are_not_set_beside_them() -> None:
    run = report(gpu_energy_wh=50.0, emissions_g_co2eq=10.0)

    assert isinstance(run.reported_emissions, Missing)
    assert notes(run)["emissions-cover-more"] == "10 gCO2e"


def test_below_the_line_the_score_per_1000_queries_is_not_the_energy() -> None:
    run = sample("master_results.csv")[0]

    assert value(run.accelerators) == pytest.approx(0.0254)  # gpu_energy_wh 25.4 for 10 prompts
    assert notes(run)["inference-per-unit"] == "2540 Wh per 1 000 queries; 10 queries"


def test_below_the_line_a_failed_row_is_no_run_of_zero_energy() -> None:
    runs = sample("master_results.csv")

    assert len(runs) == 2
    assert notes(runs[0])["benchmarks-failed"] == "1 of 3"
    assert "benchmarks-failed" not in notes(runs[1])
    assert runs[0].inputs[0].runs == 2


def test_failed_prompts_make_a_benchmark_incomplete() -> None:
    first, second = sample("master_results.csv")

    assert (first.complete, second.complete) == (True, False)
    assert notes(second)["prompts-failed"] == "1 prompts"


def test_rows_of_several_models_are_not_passed_off_as_one() -> None:
    assert notes(sample("master_results.csv")[0])["several-models"] == "2 models"
    assert "several-models" not in notes(table(FIRST)[0])


def test_a_row_ends_when_it_was_written_and_began_as_much_earlier_as_it_took() -> None:
    run = table(FIRST)[0]

    assert isinstance(run.period, Period)
    assert run.period.end == datetime(2026, 11, 22, 3, 8, 25)  # noqa: DTZ001 - the log has none
    assert run.period.start == datetime(2026, 11, 22, 3, 7, 55)  # noqa: DTZ001 - 30.5 s before
    assert run.period.zone == "local, not stated"


@pytest.mark.parametrize(
    ("stamp", "zone"),
    [("2026-11-22T03:08:25+01:00", "+01:00"), ("2026-11-22T03:08:25+00:00", "UTC")],
)
def test_a_stated_zone_is_kept(stamp: str, zone: str) -> None:
    period = table(FIRST.replace("2026-11-22T03:08:25.867006", stamp))[0].period

    assert isinstance(period, Period)
    assert period.zone == zone


@pytest.mark.parametrize("stamp", ["yesterday", "0001-01-01T00:00:00"])
def test_a_time_that_is_none_is_missing(stamp: str) -> None:
    period = table(FIRST.replace("2026-11-22T03:08:25.867006", stamp))[0].period

    assert isinstance(period, Missing)


def test_columns_may_stand_in_any_order_and_messages_hold_line_ends() -> None:
    names = "error_message,model_name,gpu_energy_wh,wh_per_1000_queries"
    rows = f'{names}\n"PARTIAL\nFAILURE",a/b,25.4,2540\n'
    (run,) = reader.read(Log("master_results.csv", content=rows.encode()))

    assert value(run.accelerators) == pytest.approx(0.0254)
    assert run.place == "master_results.csv:3"
    assert isinstance(run.duration, Missing)


def test_a_report_without_a_count_of_prompts_keeps_its_energy() -> None:
    found = {"summary": None, "energy": {"gpu_energy_wh": 2.0}}
    (run,) = reader.read(Log("benchmark_report.json", content=json.dumps(found).encode()))

    assert str(notes(run)["inference-per-unit"]).startswith("2 Wh, ")


@pytest.mark.parametrize("found", [{"energy": 3}, {"energy": {"gpu_energy_wh": True}}, {"a": 1}])
def test_what_holds_no_energy_is_refused(found: object) -> None:
    with pytest.raises(MalformedInput):
        reader.read(Log("benchmark_report.json", content=json.dumps(found).encode()))


def test_one_figure_counts_in_its_own_file_only() -> None:
    assert reader.recognises(Log("GPU_ENERGY_WH.txt", content=b"50.00\n"))
    assert not reader.recognises(Log("GPU_ENERGY_WH.txt", content=b"50 apples\n"))
    assert not reader.recognises(Log("notes.txt", content=b"50.00\n"))


def test_a_benchmark_of_inference_is_kept_out_of_training() -> None:
    disclosure = assess(table(FIRST))

    assert [each.phase for each in disclosure.activities] == ["inference"]
    assert disclosure.totals.headline == "at least"
