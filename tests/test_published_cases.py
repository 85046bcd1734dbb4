"""What was published comes out here too, from the published inputs, through the public door."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

import carbonlabel
from carbonlabel import Disclosure, Estimate

SCRIPTS = str(Path(__file__).parents[1] / "scripts")
if SCRIPTS not in sys.path:
    sys.path.append(SCRIPTS)
published_cases = importlib.import_module("published_cases")
CASES = {case.name: case for case in published_cases.cases()}
REJECTED = {
    "llama33-70b": ["reported-emissions-mismatch"],
    "olmo2-13b": ["reported-emissions-mismatch", "reported-water-mismatch"],
}
QUOTED = {"gemma2", "mistral-large-2", "mistral-large-2-answer"}
"""Published without any inputs."""
OTHER_INPUTS = {
    # 300 W × 475 g/kWh here, as our table has the board; 250 W × 570 g/kWh by hand.
    "wuerstchen-v1": ("co2e",),
    # By hand, what making the machines cost; here the electricity of their hours stands beside it.
    "bloom-embodied-gpu": (),
}


ELSEWHERE = {
    "bloom-dynamic": "FR",
    "patterson-t5": "TW",
    "safe-stable-diffusion": "DE",
    "stable-diffusion-v1": "aws/us-east-1",
    "stable-diffusion-v2": "aws/us-east-1",
    "wuerstchen-v1": "aws/us-east-1",
    "starcoderbase": "aws/us-west-2",
}
"""Where the source says more than the United States."""
WHOLE_JOBS = {"strubell"}
"""Sources whose power and hours are of several boards together."""


def of(*kinds: str) -> Any:  # noqa: ANN401 - pytest's own mark
    """A test for each case of these classes, named for the case and citing its source."""
    chosen = [case for case in CASES.values() if case.kind in kinds]
    return pytest.mark.parametrize("case", chosen, ids=lambda case: case.name)


@of("exact", "tolerance", "unit", "sum")
def test_a_published_figure_comes_out_within_its_tolerance(case: Any, tmp_path: Path) -> None:  # noqa: ANN401 - see above
    disclosure = case.disclosure(tmp_path)

    found = list(published_cases.pairs(case, disclosure))
    assert found, f"nothing of {case.text('source_title')} was compared"
    for pair in found:
        cited = f"{case.text('source_title')}, {case.text('source_url')}: {pair}"
        assert pair.agrees(case.tolerance_pct), cited


@of("exact", "tolerance")
def test_the_range_of_an_estimate_from_device_hours_alone_holds_what_was_published(
    case: Any,  # noqa: ANN401 - see above
) -> None:
    """Rated power × hours on the grid of the place, with none of the other inputs."""
    hours, published_kg = case.number("accel_hours"), case.number("co2e_kg_location")
    if not hours or not published_kg or case.name.partition("-")[0] in WHOLE_JOBS:
        return

    totals = carbonlabel.estimate(
        gpu=case.text("accelerator_id"),
        hours=f"{hours:.0f} GPU hours",
        region=ELSEWHERE.get(case.name, "US"),
    ).totals

    assert isinstance(totals.electricity, Estimate)
    assert totals.electricity.low is not None
    assert totals.electricity.high is not None
    low_kg, high_kg = (
        end / published_cases.KG for end in (totals.electricity.low, totals.electricity.high)
    )
    assert low_kg <= published_kg <= high_kg, case.text("source_title")


@of("exact", "tolerance", "estimate-only")
def test_it_is_what_was_worked_out_by_hand(case: Any, tmp_path: Path) -> None:  # noqa: ANN401 - see above
    totals = case.disclosure(tmp_path).totals
    checked = OTHER_INPUTS.get(case.name, ("energy", "co2e"))

    for kind, ours in (("energy_kwh", totals.energy), ("co2e_kg", totals.electricity)):
        by_hand = case.number(f"formula_{kind}")
        if by_hand is not None and kind.partition("_")[0] in checked:
            scale = published_cases.KG if kind == "co2e_kg" else 1.0
            assert isinstance(ours, Estimate)
            # The table keeps six digits.
            assert ours.value / scale == pytest.approx(by_hand, rel=1e-5), kind


@of("exact", "tolerance", "unit", "sum", "estimate-only")
def test_nothing_is_found_to_contradict_itself(case: Any, tmp_path: Path) -> None:  # noqa: ANN401 - see above
    assert published_cases.codes(carbonlabel.check(case.disclosure(tmp_path))) == []


@of("reject")
def test_figures_that_contradict_each_other_are_flagged(case: Any, tmp_path: Path) -> None:  # noqa: ANN401 - see above
    found = carbonlabel.check(case.disclosure(tmp_path))

    assert published_cases.codes(found) == REJECTED[case.name], case.text("notes")


@of("estimate-only")
def test_hours_alone_give_an_estimate_that_says_so(case: Any, tmp_path: Path) -> None:  # noqa: ANN401 - see above
    totals = case.disclosure(tmp_path).totals

    assert isinstance(totals.electricity, Estimate)
    assert totals.electricity.basis == "estimated"
    assert totals.shares["measured"] == 0
    assert totals.electricity.low is not None
    # Rated power × hours: 15 % of it to 5 % more.
    assert totals.electricity.low < 0.2 * totals.electricity.value


@pytest.mark.parametrize("name", sorted(QUOTED))
def test_a_figure_without_inputs_is_quoted_and_not_reported_as_ours(
    name: str, tmp_path: Path
) -> None:
    disclosure: Disclosure = CASES[name].disclosure(tmp_path)

    assert disclosure.totals.headline == "not reported"
    assert "inputs-not-disclosed" in {finding.code for finding in disclosure.findings}
    assert isinstance(disclosure.activities[0].reported.emissions, Estimate)


def test_parts_and_totals_of_a_programme_add_up(tmp_path: Path) -> None:
    """Morrison et al. (2025): 159 t of development, 312 t of training, 22 t of making: 493 t."""
    totals = CASES["olmo-program-total"].disclosure(tmp_path).totals

    assert totals.training is not None
    assert isinstance(totals.training, Estimate)
    assert totals.training.value == pytest.approx(312e6)
    assert totals.rows is not None
    assert totals.rows["computing"].value == pytest.approx((159 + 312) * 1e6)


def test_the_grid_of_our_tables_is_the_one_that_the_cases_name(tmp_path: Path) -> None:
    """Ember, as formula_inputs quotes it: 392.89 g/kWh in the US of 2023, 383.78 of 2024."""
    for name, quoted in (("llama3-8b", 392.89), ("llama4-scout", 383.78)):
        case = CASES[name]
        region = case.disclosure(tmp_path).activities[0].region

        assert f"{quoted}" in case.text("formula_inputs")
        assert (region.zone, region.intensity.value) == ("US", quoted)


def test_every_case_is_of_a_class_and_cites_its_source() -> None:
    kinds = {"exact", "tolerance", "unit", "sum", "reject", "estimate-only"}

    assert len(CASES) == 74
    assert {case.kind for case in CASES.values()} == kinds
    assert all(case.text("source_title") and case.text("source_url") for case in CASES.values())
