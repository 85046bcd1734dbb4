"""What one tracker reads on like machines shares its error, all but what two readings differ by."""

from __future__ import annotations

import math

import pytest

from carbonlabel import compare
from tests.comparison.conftest import Made, place
from tests.comparison.test_compare import only

GPU = {"gpu_count": 1, "gpu_model": "1 x NVIDIA A100-SXM4-80GB", "cpu_energy": 0, "ram_energy": 0}


def test_like_machines_share_the_error_of_the_tracker_but_for_5_percent(logged: Made) -> None:
    # Each reading may be ÷ and × 1.4; of two by one tracker 5 % of each stay, so that 50 and 65 Wh
    # are told apart: 1.3 ÷ and × exp(√(ln 1.05² + ln 1.05²)), about.
    one = logged("a/one", gpu_energy=0.05, run_id="one", **GPU)
    two = logged("a/two", gpu_energy=0.065, run_id="two", **GPU)
    pair = only(compare([one, two]), "energy")

    assert pair.shared == ("what CodeCarbon reads",)
    assert pair.order == "higher"
    assert pair.ratio is not None
    down = math.hypot(math.log(1 / 0.95), math.log(1.05))
    assert pair.ratio.low == pytest.approx(1.3 * math.exp(-down), rel=5e-3)


@pytest.mark.parametrize(
    "other",
    [
        {"gpu_model": "1 x NVIDIA H100 80GB HBM3"},
        {"codecarbon_version": "3.2.0"},
    ],
)
def test_other_machines_or_versions_share_nothing(logged: Made, other: dict[str, str]) -> None:
    one = logged("a/one", gpu_energy=0.05, run_id="one", **GPU)
    two = logged("a/two", run_id="two", **{**GPU, "gpu_energy": 0.065, **other})
    pair = only(compare([one, two]), "energy")

    assert pair.shared == ()
    assert pair.order == "not distinguishable"


def test_one_log_assessed_at_two_places_has_one_energy(logged: Made) -> None:
    told = {"gpu_energy": 0.05, "run_id": "one", **GPU}
    one, two = logged("a/one", **told), logged("a/two", at=place(500), **told)
    pair = only(compare([one, two]), "energy")

    assert pair.because == "the figures are equal"


def test_two_runs_of_one_log_are_two_readings(logged: Made) -> None:
    one = logged("a/one", gpu_energy=0.05, run_id="one", **GPU)
    two = logged("a/two", gpu_energy=0.051, run_id="two", **GPU)
    file = next(iter(one.inputs.values()))
    both = [each.model_copy(update={"inputs": {**each.inputs, "log": file}}) for each in (one, two)]

    assert only(compare(both), "energy").because == "the ranges overlap"


def test_a_figure_and_its_ratio_never_hold_a_doubt_that_falls_out(logged: Made) -> None:
    one = logged("a/one", gpu_energy=0.05, run_id="one", **GPU)
    two = logged("a/two", gpu_energy=0.0125, run_id="two", **GPU)
    pair = only(compare([one, two]), "electricity")

    assert pair.ratio is not None
    assert pair.ratio.high / pair.ratio.value < 1.1
    assert set(pair.shared) == {"what CodeCarbon reads", "the grid factor of FR, 2025"}
