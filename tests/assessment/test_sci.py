"""Software carbon intensity: (O + M) per R, or why not."""

from __future__ import annotations

import pytest

from carbonlabel.assessment import assess
from carbonlabel.checks import check
from carbonlabel.model.disclosure import Disclosure, Subject
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.hardware import Device, Inventory
from carbonlabel.model.provenance import Source
from tests.assessment.test_use import use
from tests.assessment.test_worked_examples import stated, ten_hours_of_four_gpus

SIZE = Subject(parameters=2_500_000_000, active_parameters=500_000_000)
YEAR_S = 8760 * 3600.0


def exactly(value: float, unit: str) -> Estimate:
    return Estimate.model_validate(
        {
            "value": value,
            "low": value,
            "high": value,
            "unit": unit,
            "basis": "estimated",
            "source": "typed",
        }
    )


def machines(making_g: float) -> Inventory:
    """A host whose making falls on ten hours with 500 kg, and more with more hours."""
    host = Device(
        name="host",
        kind="host",
        count=1,
        making=exactly(making_g, "gCO2e"),
        lifetime=exactly(36_000.0, "s"),
    )
    return Inventory(devices=(host,), sources={"typed": Source(title="typed")})


def scored(*runs: object, subject: Subject | None = SIZE, making_g: float = 500_000) -> Disclosure:
    """12 kWh a run at 500 kg/kWh: 6 000 kg of electricity; 500 kg of making."""
    return assess(
        list(runs) or [ten_hours_of_four_gpus(tokens=50e9)],
        inventory=machines(making_g),
        place=stated(1.0, 500_000),
        subject=subject,
    )


def sci(disclosure: Disclosure) -> dict[str, Estimate | Missing]:
    return disclosure.totals.sci or {}


def value(quantity: Estimate | Missing) -> float:
    assert isinstance(quantity, Estimate)
    return quantity.value


def test_6500_kg_for_50_billion_tokens_are_130_g_per_million() -> None:
    """SCI for AI, 9.1.3, with its arithmetic put right."""
    assert value(sci(scored())["million training tokens"]) == pytest.approx(130)


def test_75_tonnes_for_2_5_billion_parameters_are_30_tonnes_per_billion() -> None:
    """SCI for AI, 9.2.2, with its arithmetic put right: 6 t of electricity and 69 t of making."""
    found = sci(scored(making_g=69_000_000))

    assert value(found["billion parameters"]) == pytest.approx(30_000_000)
    assert value(found["billion active parameters"]) == pytest.approx(150_000_000)


def test_operations_are_counted_in_1e18() -> None:
    """6.5 t for 6 × 5e8 × 5e10 = 1.5e20 FLOP = 150 EFLOP, of which 105 to 195."""
    found = sci(scored())["EFLOP"]

    assert value(found) == pytest.approx(6_500_000 / 150)
    assert isinstance(found, Estimate)
    # The tracker, ÷ and × 1.4 of 6 of 6.5 t, and 6 operations for each, 4.2 to 7.8.
    assert found.low == pytest.approx(6_500_000 / 150 / 1.52, rel=0.02)
    assert found.high == pytest.approx(6_500_000 / 150 * 1.63, rel=0.02)


def test_a_score_is_as_weak_as_its_weakest_part_and_holds_up_to_the_checks() -> None:
    disclosure = scored()

    assert {each.basis for each in sci(disclosure).values() if isinstance(each, Estimate)} == {
        "estimated"
    }
    assert not [f for f in check(disclosure) if "sci" in f.code]


def test_of_use_r_is_the_unit_of_its_work_and_training_is_not_in_it() -> None:
    """10 kWh × 500 kg + 500 kg for 1 000 requests; training has its own 6 500 kg."""
    training = ten_hours_of_four_gpus(tokens=50e9)

    found = sci(scored(training, use(10, 2000)))

    assert value(found["1000 requests"]) == pytest.approx((5_000_000 + 500_000) / 2)
    assert value(found["million training tokens"]) == pytest.approx(130)


def test_uses_that_count_the_same_are_scored_together() -> None:
    found = sci(scored(use(10, 2000, task="a"), use(20, 4000, run="b", task="b")))

    assert value(found["1000 requests"]) == pytest.approx((15_000_000 + 1_000_000) / 6)
    assert "billion parameters" not in found


def test_a_median_has_no_total_to_score() -> None:
    assert sci(scored(use(1, 1, statistic="median"), subject=None)) == {}


def test_without_r_there_is_no_score() -> None:
    assert scored(ten_hours_of_four_gpus(), subject=None).totals.sci is None


def test_without_m_there_is_a_reason() -> None:
    disclosure = assess([ten_hours_of_four_gpus()], place=stated(1.0, 450), subject=SIZE)

    found = sci(disclosure)["billion parameters"]
    assert found == Missing(
        missing="not-assessed",
        reason="the making of the machines (M) is not known, no hardware inventory was given",
    )


def test_without_the_electricity_of_a_machine_there_is_a_reason() -> None:
    unread = Missing(missing="not-measured", reason="no RAPL")

    found = sci(scored(ten_hours_of_four_gpus(host=unread, tokens=1e9)))

    assert found["EFLOP"] == Missing(
        missing="not-assessed", reason="the electricity (O) of the host is not known"
    )


@pytest.mark.parametrize("name", ["million training tokens", "EFLOP"])
def test_where_one_training_is_silent_the_whole_has_no_r(name: str) -> None:
    runs = [
        ten_hours_of_four_gpus(tokens=1e9),
        ten_hours_of_four_gpus(run="b", country="DE"),
    ]

    found = sci(scored(*runs))[name]

    assert isinstance(found, Missing)
    assert "not every training" in found.reason


def test_development_is_in_the_provider_s_score() -> None:
    """SCI for AI asks for intermediate runs: two runs emit twice, on the same tokens."""
    runs = [
        ten_hours_of_four_gpus(tokens=50e9),
        ten_hours_of_four_gpus(run="b", stage="failed"),
    ]

    assert value(sci(scored(*runs))["million training tokens"]) == pytest.approx(260)
