"""Ranks on one machine count once, machines of their own add up, and what is missing is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlabel import registry
from carbonlabel.collection import collect
from carbonlabel.collection.choices import Choices
from carbonlabel.collection.stages import stage_rule
from carbonlabel.model.estimate import Missing
from carbonlabel.model.evidence import Stage
from carbonlabel.model.project import Overlap, Project
from tests.collection.made import Made, codes, counted, total_kwh, value, write

CARBONTRACKER = Path(__file__).parents[1] / "samples" / "carbontracker" / "2.4.7-two-gpus"


def ranks(count: int, **changes: float) -> list[Made]:
    """Runs of the same hour that differ a little: rank 0 has 0.50 kWh of GPU, rank 1 has 0.51."""
    energies = (0.5 + rank / 100 for rank in range(count))
    return [Made(id=rank, gpu_kwh=kwh, **changes) for rank, kwh in enumerate(energies)]  # type: ignore[arg-type] # hours and begin_h only


def project_of(folder: Path, *rows: Made, choices: Choices | None = None) -> Project:
    return collect([write(folder / "emissions.csv", *rows)], choices)


def test_row_10_eight_ranks_on_one_machine_are_one_total_that_says_why(tmp_path: Path) -> None:
    project = project_of(tmp_path, *ranks(8))

    # The rank with the most: 0.57 + 0.1 kWh. The plain sum is 5.08 kWh.
    assert total_kwh(project) == pytest.approx(0.67)
    assert project.decisions[0].message == (
        "8 runs overlap on what their logs show as one machine (2 × NVIDIA A100-SXM4-80GB, "
        "AMD EPYC 7763); each holds all of its energy, so they count once: the run with the most, "
        "0.67 of 5.08 kWh."
    )
    assert project.decisions[0].left == (0, 1, 2, 3, 4, 5, 6)
    assert project.runs[0].reason == "overlaps with /runs/7, which holds the same energy"


def test_row_11_sixteen_machines_of_one_kind_add_up_when_the_user_says_so(tmp_path: Path) -> None:
    project = project_of(tmp_path, *ranks(16), choices=Choices(nodes={"final": 16}))

    # 16 × 0.6 + (0 + 1 + … + 15) / 100
    assert total_kwh(project) == pytest.approx(10.8)
    assert "overlap on 16 machines, as told" in project.decisions[0].message
    assert "machines-not-measured" not in codes(project)


def test_machines_with_other_devices_add_up_by_themselves(tmp_path: Path) -> None:
    rows = [Made(id=node, gpu=f"{node + 1} x Tesla T4") for node in range(4)]

    project = project_of(tmp_path, *rows, Made(id=9, cpu="AMD EPYC 9654"), Made(id=10))

    assert total_kwh(project) == pytest.approx(6 * 0.6)
    assert not project.decisions


def test_of_the_ranks_of_two_machines_the_fullest_of_each_counts(tmp_path: Path) -> None:
    first = [Made(id=rank, gpu_kwh=2.0 - rank / 1e3) for rank in range(4)]
    second = [Made(id=4 + rank, gpu_kwh=1.0 - rank / 1e3) for rank in range(4)]

    project = project_of(tmp_path, *first, *second, choices=Choices(nodes={"final": 2}, ranks=8))

    assert total_kwh(project) == pytest.approx(2.1 + 1.1)


def test_ranks_that_read_their_own_share_add_up(tmp_path: Path) -> None:
    rows = [Made(id=rank, mode="process") for rank in range(8)]

    project = project_of(tmp_path, *rows, choices=Choices(ranks=8))

    assert total_kwh(project) == pytest.approx(8 * 0.6)
    assert not codes(project).count("machines-not-measured")


def test_runs_that_follow_one_another_add_up(tmp_path: Path) -> None:
    rows = [Made(id=number, begin_h=float(number)) for number in range(10)]

    assert total_kwh(project_of(tmp_path, *rows)) == pytest.approx(6.0)


def test_of_a_chain_the_runs_that_hold_most_without_overlapping_count(tmp_path: Path) -> None:
    chain = [Made(id=number, begin_h=0.9 * number) for number in range(3)]
    middle = [chain[0], Made(id=1, begin_h=0.9, gpu_kwh=0.7), chain[2]]

    project = project_of(tmp_path, *middle)

    # The first and the last: 1.2 kWh, and not the largest alone: 0.8 kWh.
    assert total_kwh(project) == pytest.approx(1.2)
    assert "so 2 of them count" in project.decisions[0].message


def test_time_that_only_runs_left_out_hold_is_said(tmp_path: Path) -> None:
    project = project_of(tmp_path, Made(), Made(id=1, begin_h=0.5, gpu_kwh=0.6))

    (finding,) = (each for each in project.runs[1].findings or () if "overlap" in each.code)
    # One of one and a half hours.
    assert finding.found == "67% of the time"
    assert not project.runs[1].complete


@pytest.mark.parametrize(
    ("overlap", "expected_kwh"), [("max", 0.62), ("first", 0.6), ("sum", 1.83)]
)
def test_the_user_may_choose_what_counts(
    overlap: Overlap, expected_kwh: float, tmp_path: Path
) -> None:
    project = project_of(tmp_path, *ranks(3), choices=Choices(overlap=overlap))

    assert total_kwh(project) == pytest.approx(expected_kwh)


def test_the_first_of_each_time_counts(tmp_path: Path) -> None:
    rows = [Made(), Made(id=1, begin_h=0.5, gpu_kwh=0.9), Made(id=2, begin_h=1.0)]

    project = project_of(tmp_path, *rows, choices=Choices(overlap="first"))

    assert [run.counted for run in project.runs] == [True, False, True]
    assert "those that started first" in project.decisions[0].message


def test_the_user_is_asked_once_a_group_and_the_answer_counts(tmp_path: Path) -> None:
    asked: list[str] = []

    def answer(question: str) -> Overlap:
        asked.append(question)
        return "sum" if len(asked) == 1 else "first"

    later = ranks(2, begin_h=5.0)
    rows = [*ranks(2), *(Made(id=10 + each.id, begin_h=5.0, gpu_kwh=0.7) for each in later)]
    project = project_of(tmp_path, *rows, choices=Choices(overlap="ask", ask=answer))

    assert len(asked) == 2
    assert asked[0].endswith("1.21 kWh in all.")
    assert total_kwh(project) == pytest.approx(0.6 + 0.61 + 0.8)


def test_nobody_is_asked_where_nothing_is_left_out(tmp_path: Path) -> None:
    choices = Choices(overlap="ask", ask=lambda _: pytest.fail("asked"), nodes={"final": 2})

    assert total_kwh(project_of(tmp_path, *ranks(2), choices=choices)) == pytest.approx(1.21)


def test_without_anybody_to_ask_the_most_counts(tmp_path: Path) -> None:
    project = project_of(tmp_path, *ranks(2), choices=Choices(overlap="ask"))

    assert total_kwh(project) == pytest.approx(0.61)


def test_row_11_machines_without_a_log_are_said_and_never_made_up(tmp_path: Path) -> None:
    project = project_of(tmp_path, *ranks(12), choices=Choices(nodes={"final": 16}))

    (finding,) = (
        each for each in project.runs[0].findings or () if each.code == "machines-not-measured"
    )
    assert (finding.expected, finding.found) == ("16 machines", "12, 75%")
    assert total_kwh(project) == pytest.approx(12 * 0.6 + 0.66)
    assert not any(run.complete for run in project.runs)


def test_scaling_up_counts_them_at_the_mean_as_an_estimate(tmp_path: Path) -> None:
    choices = Choices(nodes={"final": 16}, scale_up=True)

    project = project_of(tmp_path, *ranks(12), choices=choices)
    made = project.runs[12:]

    # 12 machines hold 7.86 kWh, so 16 at their mean hold 10.48 kWh.
    assert total_kwh(project) == pytest.approx(10.48)
    assert len(made) == 4
    assert {run.energy.model_dump()["accelerators"]["basis"] for run in made} == {"estimated"}
    assert made[0].reason == "left no log: the mean of the 12 machines that did"
    assert made[0].sensors == {"accelerators": "model", "host": "model"}
    assert isinstance(made[0].reported.energy, Missing)
    assert project.decisions[-1].rule == "not-measured"
    assert "machines-scaled-up" in codes(project)


def test_ranks_without_a_log_are_scaled_up_too(tmp_path: Path) -> None:
    rows = [Made(id=rank, mode="process") for rank in range(3)]

    project = project_of(tmp_path, *rows, choices=Choices(ranks=4, scale_up=True))

    assert total_kwh(project) == pytest.approx(4 * 0.6)
    assert "1 of 4 ranks left no log" in project.decisions[0].message


def test_a_mean_of_an_unknown_energy_is_unknown(tmp_path: Path) -> None:
    rows = [Made(), Made(id=1, gpu="3 x Tesla T4", gpu_kwh=0)]
    choices = Choices(nodes={"final": 2}, scale_up=True)

    project = project_of(tmp_path, *rows, choices=choices)

    assert isinstance(project.runs[3].energy.accelerators, Missing)
    assert value(project.runs[3].energy.host) == pytest.approx(0.1)


def test_the_machines_of_one_stage_are_not_those_of_another(tmp_path: Path) -> None:
    rows = [Made(name="sweep-1"), Made(id=1, begin_h=3), Made(id=2, begin_h=3)]
    nodes: dict[Stage, int] = {"final": 2}
    choices = Choices(nodes=nodes, rules=(stage_rule("name ~ sweep-* = sweep"),))

    project = project_of(tmp_path, *rows, choices=choices)

    assert total_kwh(project) == pytest.approx(1.2)
    assert total_kwh(project, "sweep") == pytest.approx(0.6)
    assert "machines-not-measured" not in codes(project)


def test_two_trackers_on_the_same_boards_count_once(tmp_path: Path) -> None:
    (other,) = collect([CARBONTRACKER]).runs
    period = other.model_dump(mode="json")["period"]
    boards = ", ".join(f"{each.count} x {each.name}" for each in other.devices or ())
    beside = Made(
        gpu=boards,
        gpu_kwh=1e-9,
        cpu_kwh=1e-9,
        others={"timestamp": period["end"], "duration": "4"},
    )
    for log in CARBONTRACKER.glob("*.log"):
        (tmp_path / log.name).write_bytes(log.read_bytes())
    write(tmp_path / "emissions.csv", beside)

    project = collect([tmp_path])

    assert "emissions.csv" not in counted(project)
    assert "2 runs of Carbontracker and CodeCarbon overlap" in project.decisions[0].message


needs_sacct = pytest.mark.skipif(
    "sacct" not in registry.names(registry.READERS), reason="no reader of sacct is registered"
)
SACCT = """\
JobID|JobName|State|Start|End|ElapsedRaw|NNodes|NodeList|AllocTRES|ConsumedEnergyRaw
1|train|COMPLETED|2026-03-01T11:59:00|2026-03-01T13:01:00|3720|4|n[1-4]|gres/gpu:a100=8,node=4|14400000
2|sweep|FAILED|2026-03-02T01:00:00|2026-03-02T02:00:00|3600|1|n1|gres/gpu:a100=2,node=1|3600000
"""


def with_jobs(folder: Path, *rows: Made, choices: Choices | None = None) -> Project:
    (folder / "jobs.psv").write_text(SACCT)
    if rows:
        write(folder / "emissions.csv", *rows)
    return collect([folder], choices)


@needs_sacct
def test_a_job_and_the_trackers_in_it_count_once(tmp_path: Path) -> None:
    project = with_jobs(tmp_path, *ranks(4))

    # 14.4 MJ are 4 kWh, which is more than one machine's 0.63 kWh.
    assert total_kwh(project) == pytest.approx(4.0)
    assert "4 runs of CodeCarbon" not in project.decisions[0].message
    assert "5 runs of CodeCarbon and Slurm overlap" in project.decisions[0].message


@needs_sacct
def test_of_two_views_of_many_machines_one_counts(tmp_path: Path) -> None:
    choices = Choices(nodes={"final": 4, "failed": 1})
    whole = [Made(id=node, gpu_kwh=1.4) for node in range(4)]

    # Four machines with 1.5 kWh each hold more than Slurm's 4 kWh.
    assert total_kwh(with_jobs(tmp_path, *whole, choices=choices)) == pytest.approx(6.0)


@needs_sacct
def test_a_job_that_failed_is_of_the_stage_failed(tmp_path: Path) -> None:
    project = with_jobs(tmp_path)

    assert total_kwh(project, "failed") == pytest.approx(1.0)


@needs_sacct
def test_a_schedulers_energy_is_of_all_machines_and_never_scaled(tmp_path: Path) -> None:
    project = with_jobs(tmp_path, choices=Choices(nodes={"final": 16}, scale_up=True))

    assert total_kwh(project) == pytest.approx(4.0)


def test_what_a_person_states_is_watched_by_no_tracker(tmp_path: Path) -> None:
    (tmp_path / "manual.yaml").write_text(
        "carbonlabel: runs\nruns:\n  - energy: 3 kWh\n    started: 2026-03-01T12:00:00\n"
        "    ended: 2026-03-01T13:00:00\n"
    )
    write(tmp_path / "emissions.csv", Made())

    assert total_kwh(collect([tmp_path], Choices(nodes={"final": 1}))) == pytest.approx(3.6)


def test_logs_of_one_name_with_other_figures_are_machines_that_overlap(tmp_path: Path) -> None:
    # In containers every process may have the same number, and so its log the same name.
    for node, energy in (("n1", "Energy:\t0.00"), ("n2", "Energy:\t0.01")):
        for log in CARBONTRACKER.glob("*.log"):
            copy = tmp_path / node / log.name
            copy.parent.mkdir(exist_ok=True)
            copy.write_text(log.read_text("utf-8").replace("Energy:\t0.00", energy))

    one, two = collect([tmp_path]), collect([tmp_path], Choices(nodes={"final": 2}))

    assert len(counted(one)) == 1
    assert len(counted(two)) == 2
    assert total_kwh(two) > total_kwh(one) > total_kwh(two) / 2


@needs_sacct
def test_a_job_that_was_started_again_used_its_energy_twice(tmp_path: Path) -> None:
    first, job, _ = SACCT.splitlines()
    later = job.replace("2026-03-01", "2026-03-05")
    (tmp_path / "a.psv").write_text(f"{first}\n{job}\n")
    (tmp_path / "b.psv").write_text(f"{first}\n{job}\n{later}\n")

    assert total_kwh(collect([tmp_path])) == pytest.approx(8.0)
