"""Operations and utilisation of a training: from tokens, from machines, counted, stated."""

from __future__ import annotations

import pytest

from carbonlabel.assessment import assess
from carbonlabel.checks import check
from carbonlabel.errors import InputError
from carbonlabel.model.compute import Compute
from carbonlabel.model.disclosure import Disclosure, Subject
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Served, Work
from carbonlabel.model.hardware import Device, Inventory
from carbonlabel.model.provenance import Input, Source
from tests.assessment.test_worked_examples import NOT_HERE, kwh, stated, ten_hours_of_four_gpus

A100S = (Device(name="NVIDIA A100-SXM4-80GB", kind="accelerator", count=4),)
GPU_HOURS_S = 40 * 3600.0


def flop(value: float, low: float | None = None, high: float | None = None) -> Estimate:
    return Estimate(value=value, low=low, high=high, unit="FLOP", basis="estimated", source="log")


def trained(subject: Subject | None = None, work: Work | None = None, **run: object) -> Disclosure:
    """10 h on four A100."""
    evidence = ten_hours_of_four_gpus(**{"devices": A100S} | run)
    return assess([evidence], place=stated(1.0, 450), subject=subject, work=work)


def compute(disclosure: Disclosure) -> Compute:
    found = disclosure.activities[0].compute
    assert found is not None
    return found


def value(quantity: Estimate | Missing | None) -> float:
    assert isinstance(quantity, Estimate)
    return quantity.value


def broken(disclosure: Disclosure) -> set[str]:
    # The place of these tests cites a file that is not there.
    found = {each.code for each in check(disclosure) if each.severity == "error"}
    return found - {"source-not-listed"}


def test_accelerator_time_is_devices_times_hours() -> None:
    told = compute(trained())

    assert value(told.device_time) == GPU_HOURS_S
    assert told.flop == Missing(missing="not-stated", reason="nobody states tokens or operations")
    assert (told.method, told.peak, told.mfu) == (None, None, None)


def test_the_part_of_the_machines_that_the_run_had_is_its_time() -> None:
    half = A100S[0].model_copy(update={"share": 0.5})
    inventory = Inventory(devices=(half,))
    disclosure = assess([ten_hours_of_four_gpus()], inventory=inventory, place=stated(1.0, 450))

    assert value(compute(disclosure).device_time) == GPU_HOURS_S / 2
    assert not broken(disclosure)


def test_without_accelerators_and_words_there_is_no_compute() -> None:
    assert trained(devices=()).activities[0].compute is None
    no_time = Missing(missing="not-stated", reason="nothing says how long")
    assert trained(duration=no_time).activities[0].compute is None


def test_tokens_and_parameters_give_operations_with_their_doubt() -> None:
    """6 × 1e9 × 1e9 = 6e18, × 0.7 to × 1.3; ÷ (144 000 s × 312e12/s) = 13.4 %."""
    disclosure = trained(Subject(parameters=10**9), tokens=1e9)
    told = compute(disclosure)

    assert (told.method, told.tokens) == ("6ND", 1e9)
    assert isinstance(told.flop, Estimate)
    assert (told.flop.value, told.flop.low, told.flop.high) == pytest.approx((6e18, 4.2e18, 7.8e18))
    assert told.flop.formula == "flop_per_parameter * parameters * tokens"
    assert told.flop_per_parameter is not None
    assert told.flop_per_parameter.source == "kaplan"
    assert isinstance(told.mfu, Estimate)
    assert told.mfu.value == pytest.approx(6e18 / (GPU_HOURS_S * 312e12))
    assert told.mfu.low == pytest.approx(0.7 * told.mfu.value)
    assert not broken(disclosure)


def test_of_a_mixture_of_experts_the_active_parameters_work() -> None:
    told = compute(trained(Subject(parameters=10**10, active_parameters=10**9), tokens=1e9))

    assert value(told.flop) == pytest.approx(6e18)
    assert isinstance(told.flop, Estimate)
    assert told.flop.formula == "flop_per_parameter * active_parameters * tokens"


def test_machines_and_their_utilisation_give_operations_too() -> None:
    mfu = Estimate(value=0.4, low=0.35, high=0.45, unit="ratio", basis="estimated", source="log")

    disclosure = trained(mfu=mfu)

    told = compute(disclosure)
    assert told.method == "hardware"
    assert value(told.flop) == pytest.approx(GPU_HOURS_S * 312e12 * 0.4)
    assert isinstance(told.flop, Estimate)
    assert told.flop.low == pytest.approx(GPU_HOURS_S * 312e12 * 0.35)
    assert told.mfu == mfu
    assert not broken(disclosure)


def test_what_is_stated_goes_before_what_could_be_worked_out() -> None:
    disclosure = trained(Subject(parameters=10**9), tokens=1e9, flop=flop(7e18, 6.5e18, 7.5e18))

    told = compute(disclosure)
    assert told.method == "stated"
    assert told.flop == flop(7e18, 6.5e18, 7.5e18)
    assert value(told.mfu) == pytest.approx(7e18 / (GPU_HOURS_S * 312e12))


def test_what_a_trainer_counts_is_as_doubtful_as_six_for_each() -> None:
    told = compute(trained(flop=flop(6e18), flop_method="counted"))

    assert told.method == "counted"
    assert isinstance(told.flop, Estimate)
    assert (told.flop.low, told.flop.high) == pytest.approx((4.2e18, 7.8e18))


def test_a_stated_device_time_counts_with_its_range() -> None:
    time = Estimate(value=1000.0, low=900.0, high=1100.0, unit="s", basis="estimated", source="log")
    no_wall = Missing(missing="not-stated", reason="nothing says how long")

    told = compute(trained(device_time=time, duration=no_wall, flop=flop(1e16, 1e16, 1e16)))

    assert told.device_time == time
    assert isinstance(told.mfu, Estimate)
    assert told.mfu.high == pytest.approx(1e16 / (900 * 312e12))


@pytest.mark.parametrize(
    ("devices", "why"),
    [
        ((*A100S, Device(name="Tesla T4", kind="accelerator", count=1)), "several kinds"),
        ((Device(name="Tesla T4", kind="accelerator", count=1),), "no dense 16-bit peak"),
        ((), "no accelerator is named"),
    ],
)
def test_without_a_peak_there_is_no_utilisation(devices: tuple[Device, ...], why: str) -> None:
    told = compute(trained(devices=devices, flop=flop(1e18, 1e18, 1e18)))

    assert isinstance(told.mfu, Missing)
    assert why in told.mfu.reason


def test_runs_that_took_no_time_have_no_utilisation() -> None:
    nothing = Estimate(value=0.0, unit="s", basis="measured", source="log")

    told = compute(trained(duration=nothing, flop=flop(1e18)))

    assert isinstance(told.mfu, Missing)


def test_tokens_and_operations_of_several_runs_add_up_if_all_say_so() -> None:
    runs = [
        ten_hours_of_four_gpus(run=each, devices=A100S, tokens=1e9, flop=flop(1e18))
        for each in "ab"
    ]

    told = compute(assess(runs, place=stated(1.0, 450)))
    assert (told.tokens, value(told.flop)) == (2e9, 2e18)

    silent = ten_hours_of_four_gpus(run="c", devices=A100S)
    told = compute(assess([*runs, silent], place=stated(1.0, 450)))
    assert told.tokens is None
    assert isinstance(told.flop, Missing)


def test_runs_of_several_files_have_operations_together() -> None:
    files = [Input(file=f"{n}.json", sha256=f"{n:064x}", format="test") for n in (1, 2)]
    runs = [
        ten_hours_of_four_gpus(run=file.file, inputs=(file,), flop=flop(1e18)) for file in files
    ]

    told = compute(assess(runs, place=stated(1.0, 450)))

    assert isinstance(told.flop, Estimate)
    assert (told.flop.value, told.flop.formula) == (2e18, "sum")


TYPED = Source(title="stated on the command line")


def test_a_person_says_it_of_all_runs_together() -> None:
    said = Work(
        tokens=1e9,
        flop=flop(5e18, 4e18, 6e18).model_copy(update={"source": "typed"}),
        sources={"typed": TYPED},
    )

    disclosure = trained(work=said, flop=flop(1e18), flop_method="counted")

    told = compute(disclosure)
    assert (told.tokens, told.method, value(told.flop)) == (1e9, "stated", 5e18)
    assert disclosure.sources["typed"] == TYPED
    assert not broken(disclosure)


def test_what_is_said_of_a_training_needs_one() -> None:
    with pytest.raises(InputError, match="tokens are of a training, and no run is of one"):
        trained(phase="evaluation", work=Work(tokens=1e9))


def test_what_is_said_of_all_runs_is_not_shared_out_among_places() -> None:
    runs = [
        ten_hours_of_four_gpus(run="a", country="FR"),
        ten_hours_of_four_gpus(run="b", country="DE"),
    ]

    with pytest.raises(InputError, match="there are 2 groups") as refused:
        assess(runs, place=stated(1.0, 450), work=Work(tokens=1e9, flop=flop(1e18)))

    assert "manual.yaml" in str(refused.value.hint)


def test_what_was_served_is_said_of_the_model_in_use() -> None:
    said = Work(served=Served(unit="request", count=100))
    use = {"accelerators": NOT_HERE, "computing": kwh(1.0), "sensors": {"computing": "counter"}}

    disclosure = trained(work=said, phase="inference", **use)
    assert disclosure.activities[0].workload is not None
    assert disclosure.activities[0].workload.count == 100
    with pytest.raises(InputError, match="no run is of one"):
        trained(work=said)
