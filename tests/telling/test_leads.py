"""A given figure leads to the lines of a log, the row of a table, or the file that states it."""

from __future__ import annotations

from pathlib import Path

import pytest

import carbonlabel
from carbonlabel import Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.record.pointers import walk

SAMPLES = Path(__file__).parents[1] / "samples"
EXAMPLES = Path(__file__).parents[2] / "examples"


def disclosed(log: Path, **known: object) -> Disclosure:
    return carbonlabel.assess(carbonlabel.read(log), **known)  # type: ignore[arg-type]  # as typed


@pytest.fixture(scope="module")
def demo() -> Disclosure:
    return disclosed(
        EXAMPLES / "emissions.csv",
        region=EXAMPLES / "region.yaml",
        inventory=EXAMPLES / "hardware.yaml",
    )


def test_with_the_log_at_hand_an_energy_leads_to_its_line(demo: Disclosure) -> None:
    runs = carbonlabel.read(EXAMPLES / "emissions.csv")
    lines = carbonlabel.explain(demo, "/activities/0/parts/1/energy", evidence=runs).splitlines()

    assert "column cpu_energy + ram_energy" in lines[2]
    assert lines[3].startswith("  emissions.csv:2: 0.0051")


def test_without_the_log_it_leads_to_its_file_and_column(demo: Disclosure) -> None:
    told = carbonlabel.explain(demo, "/activities/0/duration")

    assert told.splitlines()[2].endswith("column duration")
    assert "emissions.csv:2" not in told


def test_each_run_of_many_is_a_line_and_the_rest_a_count() -> None:
    log = SAMPLES / "codecarbon" / "2.2.7" / "append" / "emissions.csv"
    runs = carbonlabel.read(log)
    demo = carbonlabel.assess(runs, region="FR")
    many = [each for each in runs for _ in range(15)]
    lines = carbonlabel.explain(demo, "/activities/0/duration", evidence=many).splitlines()

    assert sum(line.startswith("  emissions.csv:") for line in lines) == 12
    assert lines[-1] == f"  and {len(many) - 12} more runs"


def test_a_run_of_another_time_or_file_is_not_told(demo: Disclosure) -> None:
    others = carbonlabel.read(SAMPLES / "codecarbon" / "2.2.7" / "append" / "emissions.csv")
    told = carbonlabel.explain(demo, "/activities/0/duration", evidence=others)

    assert "emissions.csv:" not in told


def test_a_factor_leads_to_the_row_that_answered(demo: Disclosure) -> None:
    told = carbonlabel.explain(demo, "/activities/0/region/intensity")

    assert "zone FR, year 2025, lifecycle, production" in told
    assert "https://ourworldindata.org" in told


def test_the_making_of_a_machine_says_of_which(demo: Disclosure) -> None:
    told = carbonlabel.explain(demo, "/activities/0/hardware/0/making")

    assert "for one NVIDIA A100-SXM4-80GB" in told


@pytest.mark.parametrize(
    ("place", "within"),
    [
        ("/activities/0/runs", "from emissions.csv"),
        ("/activities/0/hardware/0/count", "from hardware.yaml"),
        ("/totals/shares/assumed", "= assumed emissions ÷ emissions = "),
        ("/totals/doubt/0/share", "which is 0."),
        ("/inputs/log/runs", "How many runs were read from the file."),
        ("/sources/ember/year", "Year of publication."),
    ],
)
def test_a_bare_number_says_what_it_means_and_where_it_comes_from(
    demo: Disclosure, place: str, within: str
) -> None:
    assert within in carbonlabel.explain(demo, place)


def every_kind() -> list[Disclosure]:
    two = (SAMPLES / "disclosures" / "carbon-two-gpus.json").read_bytes()
    return [
        disclosed(
            EXAMPLES / "emissions.csv",
            region=EXAMPLES / "region.yaml",
            inventory=EXAMPLES / "hardware.yaml",
        ),
        carbonlabel.load((SAMPLES / "disclosures" / "carbon.json").read_bytes()),
        carbonlabel.load(two),
        disclosed(EXAMPLES / "manual.yaml", region="FR"),
        disclosed(SAMPLES / "manual" / "parts.yaml", region="gcp/europe-west1"),
    ]


@pytest.mark.parametrize("number", range(5))
def test_every_number_of_a_disclosure_can_be_explained(number: int) -> None:
    disclosure = every_kind()[number]
    for place, value in walk(disclosure):
        if isinstance(value, int | float):
            lines = carbonlabel.explain(disclosure, place).splitlines()
            assert len(lines) > 1, place


@pytest.mark.parametrize("number", range(5))
def test_every_computed_figure_ends_in_its_own_value(number: int) -> None:
    disclosure = every_kind()[number]
    for place, value in walk(disclosure):
        if isinstance(value, Estimate) and value.formula not in {None, "sum"}:
            _, amount, formula, *_ = carbonlabel.explain(disclosure, place).splitlines()
            result = amount.strip().partition(",")[0]
            assert formula.startswith(f"  = {value.formula} = "), place
            assert formula.endswith(f" = {result}"), place


def test_what_is_missing_has_its_reason() -> None:
    for disclosure in every_kind():
        for place, value in walk(disclosure):
            if isinstance(value, Missing):
                assert value.reason in carbonlabel.explain(disclosure, place)


def test_a_long_sum_shows_its_first_terms_and_how_many_more() -> None:
    demo = disclosed(EXAMPLES / "emissions.csv", region="FR")
    row = demo.activities[0].parts[1]
    many = demo.activities[0].model_copy(update={"parts": (row,) * 15})
    long = demo.model_copy(update={"activities": (many,)})
    (formula,) = (
        line
        for line in carbonlabel.explain(long, "/totals/electricity").splitlines()
        if line.startswith("  = sum = ")
    )

    assert formula.count(" gCO2e + ") == 12
    assert " + 3 more = " in formula
