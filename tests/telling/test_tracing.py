"""A figure of a project leads to its file, its line and its columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlabel import explain
from carbonlabel.collection import collect
from carbonlabel.collection.choices import Choices
from carbonlabel.errors import InputError
from carbonlabel.model.project import Project
from tests.collection.made import Made, write

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    write(tmp_path / "a" / "emissions.csv", Made(), Made(id=1))
    write(tmp_path / "b" / "emissions.csv", Made(id=2, begin_h=4, gpu="", gpu_kwh=0))
    return collect([tmp_path])


def test_an_energy_leads_to_its_line_and_columns(project: Project) -> None:
    told = explain(project, "/runs/1/energy")

    assert "0.5 kWh" in told
    assert "from a/emissions.csv (codecarbon-csv, CodeCarbon 3.3.2), sha256 " in told
    assert "line 3, column gpu_energy\n" in told
    assert "line 3, column cpu_energy + ram_energy\n" in told
    assert "/runs/1/energy/computing\n  not applicable: the log splits the energy" in told


def test_a_value_leads_as_its_quantity_does(project: Project) -> None:
    assert explain(project, "/runs/1/energy/host/value") == explain(project, "/runs/1/energy/host")


def test_what_the_log_reports_has_its_column_too(project: Project) -> None:
    assert "column emissions\n" in explain(project, "/runs/0/reported/emissions")


def test_a_run_says_whether_it_counts_and_why(project: Project) -> None:
    told = explain(project, "/runs/1")

    assert told.startswith("/runs/1  a/emissions.csv:3\n  stage final, not counted: overlaps with")
    assert "2 runs overlap on what their logs show as one machine" in told


def test_a_run_of_its_own_needs_no_decision(project: Project) -> None:
    assert "  stage final, counted\n/runs/2/energy/accelerators\n" in explain(project, "/runs/2")


def test_a_total_leads_to_its_summands(project: Project) -> None:
    told = explain(project, "/totals/0")

    assert "final: 2 of 3 runs counted" in told
    assert "/runs/0/energy/accelerators" in told
    assert "/runs/1/" not in told
    assert "= sum over the rows" in explain(project, "/totals/0/energy")


def test_without_a_pointer_sums_and_decisions_are_told(project: Project) -> None:
    told = explain(project)

    assert told.startswith("/totals/0  final: 2 of 3")
    assert "/decisions/0  overlap\n" in told
    assert "counted: /runs/0\n  left out: /runs/1" in told
    assert explain(project, "/decisions/0") in told


def test_other_values_are_listed_as_they_are(project: Project) -> None:
    assert explain(project, "/told") == "/told/overlap  max\n/told/scale_up  False\n"


def test_an_unknown_pointer_names_near_ones(project: Project) -> None:
    with pytest.raises(InputError, match="did you mean /totals/0/energy"):
        explain(project, "/nothing/at/all")


def test_a_total_that_is_not_known_says_why(tmp_path: Path) -> None:
    write(tmp_path / "emissions.csv", Made(gpu_kwh=0, cpu_kwh=0))

    assert "not measured: no counted run holds an energy" in explain(collect([tmp_path]))


def test_the_duration_of_tasks_leads_to_their_file() -> None:
    project = collect([SAMPLES / "codecarbon" / "3.3.2" / "tasks"])

    told = explain(project, "/runs/0/duration")

    assert "from emissions_base_" in told
    assert "line" not in told


def test_a_figure_of_a_machine_without_a_log_is_a_mean(tmp_path: Path) -> None:
    write(tmp_path / "emissions.csv", Made())
    project = collect([tmp_path], Choices(nodes={"final": 2}, scale_up=True))

    told = explain(project, "/runs/1/energy/accelerators")

    assert "0.5 kWh" in told
    assert "= mean of the machines that left a log" in told


def test_a_reader_that_is_gone_or_tells_no_columns_is_no_fault(project: Project) -> None:
    strange = [run.model_copy(update={"format": "gone"}) for run in project.runs]
    other = project.model_copy(update={"runs": tuple(strange), "inputs": {}})

    assert "log, which is not listed" in explain(other, "/runs/0/energy/host")
    told = explain(project.model_copy(update={"runs": tuple(strange)}), "/runs/0/energy/host")
    assert told.rstrip().endswith("line 2")
