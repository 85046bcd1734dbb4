"""What making the machines costs the runs, and when that cannot be said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlabel.assessment import assess
from carbonlabel.checks import check
from carbonlabel.explanation import explain
from carbonlabel.intake import Log
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.hardware import Device, Inventory
from carbonlabel.model.units import seconds_from_hours
from carbonlabel.readers.inventory import load_inventory
from tests.assessment.test_worked_examples import kwh, stated, ten_hours_of_four_gpus

FOUR_GPUS = Device(name="NVIDIA A100-SXM4-80GB", kind="accelerator", count=4)
LIFE_H = 4 * 8760


def listed(text: str) -> Inventory:
    return load_inventory(Log("hardware.yaml", content=text.encode()))


def of(disclosure: Disclosure) -> tuple[Estimate, Estimate]:
    """Emissions and minerals of the hardware."""
    totals = disclosure.totals
    assert isinstance(totals.manufacture, Estimate)
    assert isinstance(totals.minerals, Estimate)
    return totals.manufacture, totals.minerals


def test_runs_that_took_no_time_make_no_claim_of_zero() -> None:
    nothing = Estimate(value=0.0, unit="s", basis="measured", source="log")

    disclosure = assess(
        [ten_hours_of_four_gpus(devices=(FOUR_GPUS,), duration=nothing)], place=stated(1.5, 450)
    )

    assert isinstance(disclosure.totals.manufacture, Missing)
    assert disclosure.totals.minerals is None
    assert disclosure.totals.headline == "at least"


def test_the_minerals_of_four_gpus_and_half_a_server_are_worked_by_hand() -> None:
    disclosure = assess([ten_hours_of_four_gpus(devices=(FOUR_GPUS,))], place=stated(1.5, 450))

    _, minerals = of(disclosure)
    # (4 × 0.003767 + ½ × 0.37) kgSbeq × 10 h ÷ (4 × 8 760 h)
    assert minerals.value == pytest.approx((4 * 0.003767 + 0.5 * 0.37) * 10 / LIFE_H)
    assert minerals.unit == "kgSbeq"
    assert minerals.basis == "assumed"
    assert disclosure.activities[0].parts[-1].minerals.value == minerals.value
    assert "minerals of electricity" in [each.what for each in disclosure.left_out]


def test_the_machines_of_the_log_say_how_their_making_was_found() -> None:
    disclosure = assess([ten_hours_of_four_gpus(devices=(FOUR_GPUS,))], place=stated(1.5, 450))

    methods = [device.method for device in disclosure.activities[0].hardware]
    assert methods == ["proxy", "proxy"]


def test_an_accelerator_that_nobody_studied_has_the_default_of_any() -> None:
    unheard = Device(name="Frobnicator 9000", kind="accelerator", count=1)

    disclosure = assess([ten_hours_of_four_gpus(devices=(unheard,))], place=stated(1.5, 450))

    board = disclosure.activities[0].hardware[0]
    assert (board.method, board.minerals.value) == ("default", 0.005)


def test_the_range_spans_what_the_methods_found_for_an_h100() -> None:
    """NVIDIA's PCF: 164 kg, a bottom-up model: 575.1 kg; lifetime 4 years, pinned here."""
    inventory = listed(
        "devices: [{name: NVIDIA H100 80GB HBM3, count: 8, "
        "lifetime: {value: 4, low: 4, high: 4, unit: years}}]"
    )

    made, _ = of(assess([ten_hours_of_four_gpus()], inventory=inventory, place=stated(1.5, 450)))

    borne = 8 * 10 / LIFE_H
    assert made.value == pytest.approx(164_000 * borne)
    assert (made.low, made.high) == (
        pytest.approx(164_000 * borne),
        pytest.approx(575_100 * borne),
    )


BLOOM = """
devices:
  - name: NVIDIA A100-SXM4-80GB
    count: 384
    making: 150 kgCO2e
lifetime: 6 years
utilisation: 0.85
"""


def test_the_gpus_of_bloom_bear_what_was_published() -> None:
    """Luccioni, Viguier, Ligozat (2022): 1 082 990 GPU-hours on 384 GPUs bear 3.64 t."""
    wall_s = seconds_from_hours(1_082_990) / 384
    run = ten_hours_of_four_gpus(
        accelerators=kwh(433_196),
        duration=Estimate(value=wall_s, unit="s", basis="measured", source="log"),
    )

    disclosure = assess([run], inventory=listed(BLOOM), place=stated(1.2, 57))

    made, _ = of(disclosure)
    assert made.value == pytest.approx(3_640_000, rel=0.01)
    part = disclosure.activities[0].parts[-1]
    assert part.emissions.formula == (
        "making * count * share * duration / (lifetime * utilisation)"
    )
    assert "manufacture-mismatch" not in {each.code for each in check(disclosure)}
    assert "× 0.85)" in explain(disclosure, "/totals/manufacture")


def test_minerals_are_explained_down_to_each_machine() -> None:
    disclosure = assess([ten_hours_of_four_gpus(devices=(FOUR_GPUS,))], place=stated(1.5, 450))

    told = explain(disclosure, "/totals/minerals")

    assert "0.003767 kgSbeq" in told
    assert "/activities/0/hardware/1/minerals" in told


def test_a_machine_without_minerals_leaves_none() -> None:
    made = listed("devices: [{name: Tesla T4}]").devices[0].model_copy(update={"minerals": None})

    disclosure = assess(
        [ten_hours_of_four_gpus()], inventory=Inventory(devices=(made,)), place=stated(1.5, 450)
    )

    assert disclosure.totals.minerals is None
    assert disclosure.activities[0].parts[-1].minerals is None
    assert "minerals of electricity" not in [each.what for each in disclosure.left_out]


@settings(max_examples=60)
@given(
    count=st.integers(min_value=1, max_value=100_000),
    hours=st.floats(min_value=1e-3, max_value=1e5),
    share=st.floats(min_value=0.01, max_value=1.0),
    utilisation=st.floats(min_value=0.01, max_value=1.0),
)
def test_any_share_of_a_life_is_sound_and_passes_its_own_check(
    count: int, hours: float, share: float, utilisation: float
) -> None:
    (device,) = listed("devices: [{name: Tesla T4}]").devices
    given_device = device.model_copy(
        update={"count": count, "share": share, "utilisation": utilisation}
    )
    used = Estimate(value=hours * 3600, unit="s", basis="measured", source="log")

    disclosure = assess(
        [ten_hours_of_four_gpus(duration=used)],
        inventory=Inventory(devices=(given_device,)),
        place=stated(1.5, 450),
    )

    made, minerals = of(disclosure)
    borne = count * share * hours / (LIFE_H * utilisation)
    assert made.value == pytest.approx(130_700 * borne, rel=1e-6)
    assert minerals.value == pytest.approx(0.001555 * borne, rel=1e-6)
    assert minerals.low <= minerals.value <= minerals.high
    assert not {each.code for each in check(disclosure)} & {
        *("manufacture-mismatch", "minerals-mismatch", "sum-mismatch", "range-too-narrow"),
    }
