"""What papers and model cards publish passes, but for two that contradict themselves."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.rules.test_reported import published, told

Case = dict[str, str]
with (Path(__file__).parents[1] / "samples" / "published" / "cases.csv").open(
    encoding="utf-8", newline=""
) as file:
    CASES = list(csv.DictReader(file))


def reported(case: Case) -> Iterator[tuple[str, str]]:
    """What the source publishes beside hours and power."""
    is_worked = bool(case["accel_hours"] and case["power_w_per_accel"])
    if is_worked and case["energy_kwh_published"]:
        yield "energy", f"{case['energy_kwh_published']} kWh"
    if case["co2e_kg_location"]:
        yield "emissions", f"{case['co2e_kg_location']} kg"
    if case["grid_gco2e_per_kwh"]:
        yield "intensity", f"{case['grid_gco2e_per_kwh']} g/kWh"


def run(case: Case) -> dict[str, Any]:
    """The source's run as a person states it."""
    stated: dict[str, Any] = {"started": f"{case['year']}-06-01"}
    if case["accel_hours"] and case["power_w_per_accel"]:
        stated["device_hours"] = f"{case['accel_hours']} h"
        stated["power"] = f"{case['power_w_per_accel']} W"
    else:
        stated["energy"] = f"{case['energy_kwh_published']} kWh"
        stated["pue_in_energy"] = "yes" if case["energy_includes_pue"] == "yes" else "no"
    beside = dict(reported(case))
    return {**stated, "reported": beside} if beside else stated


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case_id"])
def test_only_what_contradicts_itself_is_an_error(case: Case) -> None:
    found = told(published(f"country: US\npue: {case['pue'] or 1.0}\n", **run(case)))
    errors = {code for code, each in found.items() if each.severity == "error"}

    expected = {"reported-emissions-mismatch"} if case["test_class"] == "reject" else set()
    assert errors == expected


def test_two_cases_of_many_contradict_themselves() -> None:
    assert len(CASES) > 30
    assert [each["case_id"] for each in CASES if each["test_class"] == "reject"] == [
        "llama33-70b",
        "olmo2-13b",
    ]
