"""What making the machines costs the runs, and when that cannot be said."""

from __future__ import annotations

from carbonlabel.assessment import assess
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.hardware import Device
from tests.assessment.test_worked_examples import stated, ten_hours_of_four_gpus


def test_runs_that_took_no_time_make_no_claim_of_zero() -> None:
    gpus = Device(name="NVIDIA A100-SXM4-80GB", kind="accelerator", count=4)
    nothing = Estimate(value=0.0, unit="s", basis="measured", source="log")

    disclosure = assess(
        [ten_hours_of_four_gpus(devices=(gpus,), duration=nothing)], place=stated(1.5, 450)
    )

    assert isinstance(disclosure.totals.manufacture, Missing)
    assert disclosure.totals.headline == "at least"
