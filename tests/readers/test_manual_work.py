"""What a typed run did: tokens, operations, what a model in use served."""

from __future__ import annotations

import pytest

from carbonlabel.errors import MalformedInput
from carbonlabel.model.evidence import Evidence, Served
from tests.readers.test_manual import stated


def use(**served: object) -> Evidence:
    return stated(energy="914 kWh", served=served)


def test_what_a_model_in_use_served_makes_its_phase_inference() -> None:
    run = use(unit="requests", count=230768, task="text-generation", batch=1)

    assert run.served == Served(unit="request", count=230_768, task="text-generation", batch=1)
    assert run.phase == "inference"


def test_a_stated_phase_of_use_stays() -> None:
    run = stated(energy="1 kWh", phase="evaluation", served={"unit": "samples", "count": "1k"})

    assert run.phase == "evaluation"
    assert run.served == Served(unit="sample", count=1000)


def test_a_median_is_of_one() -> None:
    """Elsworth et al. (2025): 0.24 Wh for the median text prompt."""
    run = stated(energy="0.24 Wh", served={"unit": "prompt", "count": 1, "statistic": "median"})

    assert run.served == Served(unit="request", count=1, statistic="median")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"served": {"unit": "requests"}}, "count is missing"),
        ({"served": {"count": 3}}, "unit is missing"),
        ({"served": {"unit": "wishes", "count": 3}}, "'wishes' is not known here"),
        ({"served": {"unit": "requests", "count": 0}}, "is no count"),
        ({"served": {"unit": "requests", "count": 3, "statistic": "median"}}, "a median is of one"),
        ({"served": {"unit": "requests", "count": 3}, "phase": "training"}, "serves nobody"),
        ({"served": "3 requests"}, "must be a mapping"),
        ({"tokens": "many"}, "is no count"),
        ({"flop": "3 PFLOPS"}, "is no unit here"),
        ({"mfu": 1.4}, "1.4 is no utilisation"),
    ],
)
def test_what_cannot_be_is_refused(fields: dict[str, object], why: str) -> None:
    with pytest.raises(MalformedInput, match=why):
        stated(energy="1 kWh", **fields)


def test_tokens_operations_and_utilisation_of_a_training() -> None:
    run = stated(energy="1 kWh", tokens="366B", flop="3.9e23", mfu="40 %")

    assert run.tokens == 366e9
    assert run.flop is not None
    assert (run.flop.value, run.flop.low, run.flop.high) == (3.9e23, 3.85e23, 3.95e23)
    assert run.flop_method == "stated"
    assert run.mfu is not None
    assert run.mfu.value == pytest.approx(0.4)
    assert run.served is None


def test_device_hours_without_a_count_are_accelerator_time_all_the_same() -> None:
    """Luccioni, Viguier, Ligozat (2022): 1 082 990 GPU-hours."""
    run = stated(device_hours=1082990, device="NVIDIA A100-SXM4-80GB", power="400 W")

    assert run.device_time is not None
    assert run.device_time.value == pytest.approx(1_082_990 * 3600)
    assert stated(hours=10, device="A100").device_time is None
