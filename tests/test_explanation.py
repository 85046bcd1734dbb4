"""How a figure came about, told as a tree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from carbonlabel.errors import InputError
from carbonlabel.explanation import explain
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.record.keeping import load
from carbonlabel.record.pointers import find, pointer, quantities, steps_of, walk

SAMPLES = Path(__file__).parent / "samples" / "disclosures"
CPU, GPU = "carbon.json", "carbon-two-gpus.json"
A = "/activities/0"


def example(name: str, **changes: Any) -> Disclosure:  # noqa: ANN401 - top-level JSON of any shape
    return load(json.dumps(json.loads((SAMPLES / name).read_text("utf-8")) | changes))


def test_without_a_pointer_the_headline_is_told() -> None:
    assert explain(example(GPU)) == explain(example(GPU), "/totals/emissions")


def test_a_given_figure_names_its_range_its_basis_and_its_source() -> None:
    assert explain(example(CPU), f"{A}/region/intensity") == (
        "/activities/0/region/intensity\n"
        "  41.44 gCO2e/kWh, 27.23 to 63.07 (95 %), estimated, for 2025\n"
        "  from Ember, Yearly Electricity Data, via Our World in Data (2026),"
        " https://ourworldindata.org/grapher/carbon-intensity-electricity\n"
        "  zone FR, year 2025, lifecycle, production\n"
        "  note[intensity-older-than-run]: The newest figure for FR is of 2025; the runs are of"
        " 2026.\n"
    )


def test_a_figure_from_a_log_names_the_file_and_its_hash() -> None:
    told = explain(example(CPU), f"{A}/parts/1/energy")

    assert "from emissions.csv (codecarbon-csv, CodeCarbon 3.3.2), sha256 85c53aa91c34" in told


def test_a_product_shows_its_formula_in_numbers_and_then_its_factors() -> None:
    lines = explain(example(CPU), f"{A}/parts/1/emissions").splitlines()

    worked = "0.0000464316 kWh × 41.44 gCO2e/kWh = 0.00192413 gCO2e"
    assert lines[2] == f"  = energy * intensity = {worked}"
    assert lines[4] == "    /activities/0/parts/1/energy"
    assert "    /activities/0/region/intensity" in lines


def test_the_doubt_of_a_product_is_split_between_its_factors() -> None:
    lines = explain(example(CPU), f"{A}/parts/1/emissions").splitlines()

    # ln(1.85 ÷ 0.4)² : ln(1.522 ÷ 0.657)² = 2.346 : 0.706
    split = f"{A}/parts/1/energy 77 %, {A}/region/intensity 23 %"
    assert lines[3] == f"  doubt: {split}"


def test_overhead_shows_it_energy_and_pue() -> None:
    told = explain(example(GPU), f"{A}/parts/2/energy")

    assert "= it_energy * (pue - 1) = (0.00100833 kWh + 0.00011 kWh) × (1.2 − 1)" in told
    assert "from region.yaml (region), sha256 34162430b6c5" in told


def test_manufacture_shows_each_device() -> None:
    told = explain(example(GPU), f"{A}/parts/3/emissions")

    assert "150000 gCO2e × 2 × 1 × 6.6 s ÷ 126144000 s + 900000 gCO2e × 1 × 1 × 6.6 s" in told
    assert "/activities/0/hardware/1/lifetime" in told
    assert "6.6 s, range not declared, measured" in told


def test_the_tree_of_the_total_reaches_every_source_once() -> None:
    told = explain(example(GPU))

    for place in (f"{A}/parts/0/energy", f"{A}/region/pue", f"{A}/hardware/0/making"):
        assert f"{place}\n" in told
    assert told.count("from Ember") == 1
    assert f"{A}/region/intensity, as above" in told


def test_what_is_missing_says_why() -> None:
    told = explain(example(CPU))

    assert "not stated: no hardware inventory was given" in told
    assert "not applicable: gpu_count is 0" in told


@pytest.mark.parametrize(
    ("place", "within"),
    [
        ("/totals/energy", "= sum = 0.00100833 kWh + 0.00011 kWh + 0.000223667 kWh"),
        ("/totals/manufacture", "= sum = 0.0627854 gCO2e"),
        ("/totals/electricity", "= sum = 0.0417853 gCO2e + 0.0045584 gCO2e + 0.00926875 gCO2e"),
    ],
)
def test_a_total_shows_what_it_adds_up(place: str, within: str) -> None:
    assert within in explain(example(GPU), place)


def test_the_tracker_s_implied_intensity_is_its_emissions_over_its_energy() -> None:
    told = explain(example(CPU), f"{A}/reported/intensity")

    assert "= emissions / energy = 0.00260198 gCO2e ÷ 0.0000464316 kWh" in told


def test_what_cooling_would_add_leads_back_to_energy_and_grid() -> None:
    told = explain(example(CPU), "/left_out/0/adds")

    assert "= it_energy * (1.56 - 1) * intensity" in told
    assert "/activities/0/parts/1/energy" in told
    assert "/activities/0/region/intensity" in told


def test_training_is_told_apart_from_other_phases() -> None:
    document = json.loads((SAMPLES / GPU).read_text("utf-8"))
    evaluation = document["activities"][0] | {"phase": "evaluation"}
    totals = document["totals"] | {"training": document["totals"]["electricity"]}
    both = [document["activities"][0], evaluation]
    told = explain(example(GPU, totals=totals, activities=both), "/totals/training")

    assert "/activities/0/parts/0/emissions" in told
    assert "/activities/1/" not in told


def test_energy_with_the_pue_taken_out_leads_to_the_log_s_figure() -> None:
    document = json.loads((SAMPLES / GPU).read_text("utf-8"))
    energy = document["activities"][0]["parts"][1]["energy"]
    del energy["source"]
    energy["formula"] = "facility_energy / pue"
    told = explain(load(json.dumps(document)), f"{A}/parts/1/energy")

    assert f"    {A}/reported/energy" in told
    assert f"    {A}/region/pue" in told


def test_a_sum_over_files_is_told_as_a_sum() -> None:
    document = json.loads((SAMPLES / GPU).read_text("utf-8"))
    for quantity in (
        document["activities"][0]["duration"],
        document["activities"][0]["parts"][0]["energy"],
    ):
        del quantity["source"]
        quantity["formula"] = "sum"
    disclosure = load(json.dumps(document))

    files = ", ".join(
        f"27538.979488_2026-11-22T004209Z_carbontracker{end}.log" for end in ("", "_output")
    )
    for place in (f"{A}/duration", f"{A}/parts/0/energy"):
        assert f"  = sum\n  added up over {files}\n" in explain(disclosure, place)


def test_a_pointer_into_a_figure_explains_the_figure() -> None:
    disclosure = example(GPU)

    assert explain(disclosure, f"{A}/region/pue/value") == explain(disclosure, f"{A}/region/pue")


def test_a_pointer_to_a_group_tells_each_figure_in_it() -> None:
    told = explain(example(GPU), f"{A}/region")

    assert [line for line in told.splitlines() if line.startswith("/")] == [
        "/activities/0/region/intensity",
        "/activities/0/region/pue",
        "/activities/0/region/wue",
    ]


def test_words_without_figures_are_shown_as_they_are() -> None:
    assert explain(example(GPU), "/subject").splitlines() == [
        "/subject/model  acme/two-gpus",
        "/subject/parameters  67000000",
    ]
    assert explain(example(GPU), "/issued").splitlines() == [
        "/issued  2026-11-22",
        "  Day on which the last run ended; absent when no run says when it was.",
    ]
    assert explain(example(GPU, findings=[]), "/findings") == "/findings  nothing is listed here\n"


def test_an_input_and_a_source_are_cited_in_full() -> None:
    disclosure = example(GPU)

    assert explain(disclosure, "/inputs/region") == (
        "/inputs/region\n  region.yaml (region), sha256 34162430b6c5\n"
    )
    assert "BLOOM" in explain(disclosure, "/sources/bloom")


def test_a_source_that_is_not_listed_is_said_to_be_so() -> None:
    assert "ember, which is not listed" in explain(example(CPU, sources={}))


def test_a_wrong_pointer_is_told_its_neighbours() -> None:
    with pytest.raises(InputError, match="nothing stands at") as refused:
        explain(example(GPU), f"{A}/region/intensiti")

    assert refused.value.hint is not None
    assert f"{A}/region/intensity" in refused.value.hint


@pytest.mark.parametrize("wrong", ["totals", "/x", "/activities/00", "/activities/-1", "/totals/"])
def test_a_pointer_is_taken_at_its_word(wrong: str) -> None:
    with pytest.raises(InputError):
        explain(example(GPU), wrong)


@pytest.mark.parametrize("name", [CPU, GPU])
def test_every_figure_of_the_examples_can_be_explained(name: str) -> None:
    disclosure = example(name)

    for place, _ in quantities(disclosure):
        assert explain(disclosure, place).startswith(place)


def test_a_name_in_the_file_cannot_steer_the_terminal() -> None:
    told = explain(example(GPU, sources={"ember": {"title": "\x1b[2Jgone"}}))

    assert "\x1b" not in told


def test_keys_with_slashes_and_tildes_are_escaped() -> None:
    assert pointer("a/b", "c~d", 3) == "/a~1b/c~0d/3"
    assert steps_of("/a~1b/c~0d/3") == ("a/b", "c~d", "3")


def test_every_place_that_is_walked_is_found_again() -> None:
    disclosure = example(GPU)

    for place, value in walk(disclosure):
        assert find(disclosure, place) == value


def test_quantities_are_the_declared_and_the_missing_ones() -> None:
    kinds = {type(each) for _, each in quantities(example(CPU))}

    assert kinds == {Estimate, Missing}
