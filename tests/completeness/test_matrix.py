"""What a disclosure answers of the forms of known standards."""

from __future__ import annotations

from typing import Any

import pytest

from carbonlabel.completeness import STANDARDS, matrix
from carbonlabel.errors import InputError
from carbonlabel.model.disclosure import Disclosure
from tests.test_checks import CPU, GONE, GPU, MISSING, quantity, spoiled

A = "/activities/0"


def missing(key: str, disclosure: Disclosure) -> set[str]:
    (found,) = matrix(disclosure, [key])
    return {each.name for each in found.missing}


def test_every_form_has_fields_with_what_fills_them() -> None:
    assert len({each.key for each in STANDARDS}) == len(STANDARDS) == 13
    for standard in STANDARDS:
        names = [field.name for field in standard.fields]
        assert len(names) == len(set(names))
        assert all(field.filler for field in standard.fields)


def test_counts_are_of_fields() -> None:
    (found,) = matrix(spoiled(GPU), ["hub"])

    # finetuning in France on 2 × A100, with the log: everything that the Hub asks for
    assert (found.met_count, found.of_count, found.is_blocked) == (5, 5, False)


def test_a_form_without_a_field_that_it_needs_is_blocked() -> None:
    (found,) = matrix(spoiled(GPU, ("/totals/electricity", MISSING)), ["hub"])

    assert found.is_blocked
    assert [each.name for each in found.missing] == ["training emissions"]


def test_a_reason_stands_for_the_energy_of_the_form() -> None:
    withheld = {"missing": "withheld", "reason": "the provider keeps it back"}
    parts = [{"part": "computing", "energy": withheld, "emissions": withheld}]
    silent = [{"part": "computing", "energy": MISSING, "emissions": MISSING}]

    assert "training energy, or who keeps it back" not in missing(
        "gpai", spoiled(GPU, (f"{A}/parts", parts))
    )
    assert "training energy, or who keeps it back" in missing(
        "gpai", spoiled(GPU, (f"{A}/parts", silent))
    )


def time(value: float) -> dict[str, Any]:
    return {"value": value, "unit": "s", "basis": "estimated", "formula": "sum"}


COMPUTE = {
    "device_time": time(13.2),
    "tokens": 1e9,
    "flop": quantity(4e17, "FLOP"),
    "method": "6ND",
}
WORKLOAD = {
    "unit": "request",
    "count": 10.0,
    "per": 1,
    "statistic": "median",
    "task": "text-generation",
    "energy": quantity(0.0001, "kWh"),
    "emissions": quantity(0.005, "gCO2e"),
    "water": quantity(0.001, "L"),
}
CONTRACT = {
    "kind": "ppa",
    "energy": {"value": 1.0, "unit": "kWh", "basis": "estimated", "source": "log"},
    "zone": "FR",
    "vintage": 2026,
    "intensity": {"value": 10.0, "unit": "gCO2e/kWh", "basis": "estimated", "source": "log"},
    "emissions": quantity(10.0, "gCO2e"),
}


@pytest.mark.parametrize(
    ("key", "field", "changes"),
    [
        ("gpai", "training FLOP", [(f"{A}/compute", COMPUTE)]),
        ("gpai", "method of FLOP", [(f"{A}/compute", COMPUTE)]),
        ("gpai", "device-days", [(f"{A}/compute", COMPUTE)]),
        ("gpai", "inference FLOP", [(f"{A}/phase", "inference"), (f"{A}/compute", COMPUTE)]),
        ("gpai", "inference: task and hardware", [(f"{A}/workload", WORKLOAD)]),
        ("sci-ai", "R: training tokens", [(f"{A}/compute", COMPUTE)]),
        ("sci", "R, unit and count", [("/totals/sci", {"token": quantity(1, "gCO2e")})]),
        ("sci", "water", [("/totals/water", {"off_site": quantity(1, "L")})]),
        ("lca", "minerals (ADPe)", [("/totals/minerals", quantity(1, "kgSbeq"))]),
        ("lca", "use", [(f"{A}/phase", "inference")]),
        ("lca", "per functional unit", [(f"{A}/workload", WORKLOAD)]),
        ("ghg", "market-based t", [("/totals/market", quantity(1, "gCO2e"))]),
        ("ghg", "contracts", [(f"{A}/instruments", [CONTRACT])]),
        ("hub-lineage", "base model", [("/subject/base_models", ["acme/base"])]),
        ("hub-lineage", "relation", [("/subject/relation", "finetune")]),
        ("per-prompt", "unit and count", [(f"{A}/workload", WORKLOAD)]),
        ("per-prompt", "median", [(f"{A}/workload", WORKLOAD)]),
        ("per-prompt", "emissions of a unit", [(f"{A}/workload", WORKLOAD)]),
        ("per-prompt", "water of a unit", [(f"{A}/workload", WORKLOAD)]),
        ("climate-card", "time of all experiments", [(f"{A}/phase", "experimentation")]),
        (
            "hub-lineage",
            "what the base model declares",
            [("/lineage", [{"model": "acme/base", "emissions": quantity(1, "gCO2e")}])],
        ),
        (
            "per-prompt",
            "idle machines",
            [
                (
                    f"{A}/parts/4",
                    {"part": "idle", "energy": quantity(1, "kWh"), "emissions": MISSING},
                )
            ],
        ),
    ],
)
def test_a_field_is_answered_by_its_figure(
    key: str, field: str, changes: list[tuple[str, object]]
) -> None:
    assert field in missing(key, spoiled(GPU))
    assert field not in missing(key, spoiled(GPU, *changes))


@pytest.mark.parametrize(
    ("key", "field", "changes"),
    [
        ("hub", "training type", [(f"{A}/phase", "training")]),
        ("hub", "location", [(f"{A}/region/country", GONE)]),
        ("hub", "hardware with count", [(f"{A}/hardware", [])]),
        ("hub", "source", [("/inputs", {})]),
        ("hub", "training emissions", [("/totals/training", MISSING)]),
        ("boamps", "begin", [(f"{A}/period", MISSING)]),
        ("boamps", "duration", [(f"{A}/duration", MISSING)]),
        ("boamps", "energy in kWh", [("/totals/energy", MISSING)]),
        ("boamps", "quality", [("/totals/emissions/low", GONE), ("/totals/emissions/high", GONE)]),
        ("cyclonedx", "model and version", [("/subject/model", GONE)]),
        ("sci", "M", [("/totals/manufacture", MISSING)]),
        ("sci", "PUE", [(f"{A}/region/pue", MISSING)]),
        ("sci", "boundary", [("/left_out", [])]),
        ("sci-ai", "R: parameters", [("/subject/parameters", GONE)]),
        ("sci-ai", "all runs", [("/left_out/1", GONE)]),
        ("per-prompt", "overhead", [(f"{A}/parts/2/energy", MISSING)]),
        ("per-prompt", "accelerators and host apart", [(f"{A}/parts/1/energy", MISSING)]),
    ],
)
def test_a_field_is_missing_without_its_figure(
    key: str, field: str, changes: list[tuple[str, object]]
) -> None:
    assert field not in missing(key, spoiled(GPU))
    assert field in missing(key, spoiled(GPU, *changes))


def test_training_stands_for_itself_beside_other_phases() -> None:
    mixed = spoiled(GPU, (f"{A}/phase", "inference"))

    assert "training emissions" in missing("hub", mixed)
    assert "training emissions" not in missing(
        "hub", spoiled(GPU, ("/totals/training", quantity(1, "gCO2e")))
    )


def test_without_names_every_form_is_told() -> None:
    assert [each.standard for each in matrix(spoiled(CPU))] == list(STANDARDS)


def test_an_unknown_form_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="no standard") as refused:
        matrix(spoiled(CPU), ["gpia"])

    assert "gpai" in (refused.value.hint or "")
