"""Runs that no tracker watched: figures worked by hand, with the ranges that are shipped."""

from __future__ import annotations

import json
from typing import Any

import pytest

import carbonlabel
from carbonlabel import Disclosure, Estimate, Missing, MissingFactor, estimation
from carbonlabel.errors import MalformedInput
from carbonlabel.estimation.statement import statement
from carbonlabel.factors import devices
from carbonlabel.model.evidence import Evidence


def run(**told: str | float) -> Evidence:
    return estimation.evidence(statement(**told))


def kwh(row: Estimate | Missing) -> tuple[float, float, float]:
    assert isinstance(row, Estimate)
    assert row.low is not None
    assert row.high is not None
    return row.low, row.value, row.high


def codes(disclosure: Disclosure) -> set[str]:
    return {finding.code for finding in disclosure.findings}


def test_boards_take_their_rated_power_in_the_range_of_those() -> None:
    """RTX 4090: 450 W × 6.5 h = 2.925 kWh, × 0.15 = 0.43875, × 1.05 = 3.07125."""
    found = run(gpu="RTX 4090", hours=6.5)

    assert kwh(found.accelerators) == pytest.approx((0.43875, 2.925, 3.07125))
    assert found.devices[0].name == "NVIDIA GeForce RTX 4090"


def test_several_boards_beside_the_name_draw_several_times_the_power() -> None:
    """8 × 700 W × 6.5 h = 36.4 kWh."""
    found = run(gpu="8x H100 SXM", hours="6h30m")

    assert kwh(found.accelerators)[1] == pytest.approx(36.4)
    assert (found.devices[0].name, found.devices[0].count) == ("NVIDIA H100 SXM5 80GB", 8)


@pytest.mark.parametrize(
    ("gpu", "hours", "pue", "published_t"),
    [
        ("H100 SXM", "1.3M GPU hours", "1.08", 390),  # Llama 3 8B
        ("H100 SXM", "30.84M GPU hours", "1.08", 8930),  # Llama 3.1 405B
        ("A100 SXM4 80GB", "1,720,320 GPU hours", "1.1", 291.42),  # Llama 2 70B
    ],
)
def test_the_range_of_device_hours_holds_what_cards_publish(
    gpu: str, hours: str, pue: str, published_t: float
) -> None:
    """Location-based, of the cards in meta-llama/llama-models; they name neither PUE nor grid."""
    region = {"region": "US", "year": 2023}
    disclosure = carbonlabel.estimate(gpu=gpu, hours=hours, **region)
    activity, electricity = disclosure.activities[0], disclosure.totals.electricity

    assert isinstance(activity.duration, Missing)
    assert isinstance(electricity, Estimate)
    assert electricity.low is not None
    assert electricity.high is not None
    assert electricity.low < published_t * 1e6 < electricity.high
    assert electricity.value * float(pue) == pytest.approx(published_t * 1e6, rel=0.03)


def test_a_stated_limit_takes_the_place_of_the_rated_power() -> None:
    """2 × 300 W × 10 h = 6 kWh: 0.9 to 6.3."""
    found = run(gpu="RTX 4090", count=2, hours=10, power="300 W")

    assert kwh(found.accelerators) == pytest.approx((0.9, 6.0, 6.3))


def test_a_stated_load_is_modelled_and_never_above_what_the_limit_lets_by() -> None:
    """0.8 × 450 W × 10 h = 3.6 kWh; ÷ 2.5 = 1.44; × 1.85 would be 6.66, above 4.5 × 1.05."""
    found = run(gpu="RTX 4090", hours=10, utilisation="80%")

    assert kwh(found.accelerators) == pytest.approx((1.44, 3.6, 4.725))


def test_a_low_load_keeps_the_range_of_modelled_power() -> None:
    """0.2 × 450 W × 10 h = 0.9 kWh; ÷ 2.5 = 0.36; × 1.85 = 1.665."""
    found = run(gpu="RTX 4090", hours=10, utilisation=0.2)

    assert kwh(found.accelerators) == pytest.approx((0.36, 0.9, 1.665))


def test_a_name_of_several_boards_spans_them_all_and_says_so() -> None:
    """H100: SXM5 700 W is likeliest, PCIe 350 W is the least: 0.15 × 350 to 1.05 × 700 for 1 h."""
    found = run(gpu="H100", hours=1)

    assert kwh(found.accelerators) == pytest.approx((0.0525, 0.7, 0.735))
    (ambiguous,) = (each for each in found.findings if each.code == "device-ambiguous")
    assert ambiguous.severity == "warning"
    assert "H100 PCIe 80GB" in str(ambiguous.expected)
    assert found.devices[0].name == "H100"


def test_a_host_beside_boards_is_half_of_its_processors_and_3_w_for_8_gb() -> None:
    """EPYC 7763, 280 W: 2 × 140 W + 64 ÷ 8 × 3 W = 304 W for 10 h = 3.04 kWh."""
    found = run(gpu="A100 SXM4 80GB", hours=10, cpu="EPYC 7763", cpu_count=2, memory="64 GB")

    low, value, high = kwh(found.host)
    assert value == pytest.approx(3.04)
    # Processors: 0.74 ÷ 1.75 to 2 of 2.8 kWh; memory: 5/24 to 5/3 of 0.24 kWh.
    assert 2.8 * 0.74 / 1.75 + 0.24 * 5 / 24 < low < 2.8 * 0.74 / 1.75 + 0.24
    assert 5.6 < high < 5.6 + 0.4
    assert {name for name, _ in found.blind_spots}.isdisjoint({"CPU", "memory"})


@pytest.mark.parametrize(
    ("told", "unseen"), [({"cpu": "EPYC 7763"}, "memory"), ({"memory": "64 GB"}, "CPU")]
)
def test_half_a_host_is_counted_and_the_other_half_left_out(
    told: dict[str, str], unseen: str
) -> None:
    found = run(gpu="A100 SXM4 80GB", hours=10, **told)

    assert isinstance(found.host, Estimate)
    assert unseen in {name for name, _ in found.blind_spots}


def test_a_host_that_nobody_states_is_missing_and_the_headline_says_at_least() -> None:
    disclosure = carbonlabel.estimate(gpu="RTX 4090", hours=6.5, region="DE", year=2025)

    assert isinstance(disclosure.activities[0].parts[1].emissions, Missing)
    assert disclosure.totals.headline == "at least"
    assert "host-not-stated" in codes(disclosure)


def test_without_accelerators_processors_take_their_rated_power() -> None:
    """Xeon Platinum 8480+: 350 W × 3 h = 1.05 kWh: 0.1575 to 1.1025."""
    found = run(cpu="Xeon Platinum 8480+", hours=3)

    assert kwh(found.host) == pytest.approx((0.1575, 1.05, 1.1025))
    assert isinstance(found.accelerators, Missing)
    assert found.accelerators.missing == "not-applicable"


def test_a_chip_with_its_cpu_inside_is_one_figure() -> None:
    found = run(gpu="Apple M2 Max", hours=2)

    assert isinstance(found.computing, Estimate)
    assert isinstance(found.host, Missing)
    with pytest.raises(MalformedInput, match="whole chip"):
        run(gpu="Apple M2 Max", hours=2, memory="64 GB")
    with pytest.raises(MalformedInput, match="whole chip"):
        run(gpu="Apple M2 Max", hours=2, cpu="EPYC 7763")


def test_tensor_processing_units_are_accelerators_too() -> None:
    """TPU v4: 340 W a chip, 4 chips for 1 h."""
    found = run(gpu="TPU v4", count=4, hours=1)

    assert kwh(found.accelerators)[1] == pytest.approx(1.36)


def test_hours_follow_from_operations_with_the_doubt_of_all_three() -> None:
    """A100: 312 TFLOP/s; 1.1232e19 ÷ (312e12 × 0.5) = 72 000 s for 4 boards: 5 h each."""
    found = run(gpu="A100 SXM4 80GB", count=4, flop="1.1232e19", mfu="0.5")

    assert isinstance(found.duration, Estimate)
    assert found.duration.value == pytest.approx(18_000)
    low, value, high = kwh(found.accelerators)
    assert value == pytest.approx(4 * 0.4 * 5)
    # 0.5 is typed as 0.45 to 0.55, so that the time adds to the doubt of the power.
    assert low < 0.15 * value
    assert high > 1.1 * value
    assert found.flop is not None


def test_an_estimate_with_operations_gives_back_the_stated_utilisation() -> None:
    disclosure = carbonlabel.estimate(
        gpu="A100 SXM4 80GB", count=4, flop="1.1232e19", mfu="0.5", region="FR", year=2025
    )

    compute = disclosure.activities[0].compute
    assert compute is not None
    assert isinstance(compute.mfu, Estimate)
    assert compute.mfu.value == pytest.approx(0.5)


def test_a_board_whose_peak_nobody_publishes_needs_hours() -> None:
    with pytest.raises(MissingFactor, match="state --hours"):
        run(gpu="Apple M2 Max", flop="1e18", mfu="0.3")


def test_an_unknown_board_gives_near_names_unless_its_power_is_stated() -> None:
    with pytest.raises(MissingFactor, match="NVIDIA A100") as unknown:
        run(gpu="A1O0", hours=1)
    found = run(gpu="A1O0", hours=1, power="300 W")

    assert unknown.value.where == "--gpu"
    assert kwh(found.accelerators)[1] == pytest.approx(0.3)
    assert found.devices[0].name == "A1O0"


def test_a_board_without_a_published_power_says_what_to_state() -> None:
    unpublished = next(row.name for row in devices.list_devices() if row.rated_power_w is None)

    with pytest.raises(MissingFactor, match="--power"):
        run(gpu=unpublished, hours=1)


def test_an_unknown_processor_gives_those_that_hold_its_words() -> None:
    with pytest.raises(MissingFactor, match=r"Intel Xeon Platinum 8480\+"):
        run(cpu="Xeon 8480", hours=3)
    with pytest.raises(MissingFactor, match="list devices"):
        run(cpu="Nonsense 9000", hours=3)


def test_the_run_begins_when_it_is_said_to() -> None:
    naive = run(gpu="A100", hours=6, start="2026-03-01").period
    aware = run(gpu="A100", hours=6, start="2026-03-01T20:00+01:00").period
    utc = run(gpu="A100", hours=6, start="2026-03-01T20:00Z").period

    assert not isinstance(naive, Missing)
    assert not isinstance(aware, Missing)
    assert not isinstance(utc, Missing)
    assert (naive.zone, aware.zone, utc.zone) == ("local, not stated", "+01:00", "UTC")
    assert aware.end.isoformat() == "2026-03-02T02:00:00+01:00"


def test_a_run_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(MalformedInput, match="calendar"):
        run(gpu="A100", hours="9000000 years", start="2026-03-01")


def test_a_year_pins_the_grid_figure_and_no_warning_is_left() -> None:
    disclosure = carbonlabel.estimate(gpu="A100 SXM4 80GB", hours=1, region="DE", year=2022)

    assert disclosure.activities[0].region.intensity.year == 2022
    assert "year-not-known" not in codes(disclosure)


def test_a_plan_says_planned_and_keeps_its_figures() -> None:
    told: dict[str, Any] = {"gpu": "RTX 4090", "hours": 6.5, "region": "DE", "year": 2025}
    after = carbonlabel.estimate(**told)
    plan = carbonlabel.estimate(**told, before=True)

    assert plan.totals.headline == "planned"
    assert plan.totals.emissions == after.totals.emissions
    assert "headline-mismatch" not in {each.code for each in carbonlabel.check(plan)}
    assert "Planned" in carbonlabel.render(plan, "terminal").decode()
    assert "**Planned**" in carbonlabel.render(plan, "markdown").decode()


def test_a_plan_of_which_nothing_is_known_stays_not_reported() -> None:
    made = carbonlabel.estimate(gpu="RTX 4090", hours=6.5, region="DE", year=2025)
    totals = made.totals.model_copy(update={"headline": "not reported"})
    unknown = made.model_copy(update={"totals": totals})

    assert estimation.planned(unknown) == unknown


def test_no_file_is_an_input_and_the_figures_cite_the_statement() -> None:
    disclosure = carbonlabel.estimate(gpu="RTX 4090", hours=6.5, cpu="EPYC 7763", year=2025)

    assert disclosure.inputs == {}
    energy = disclosure.activities[0].parts[0].energy
    assert isinstance(energy, Estimate)
    assert energy.source == "statement"
    title = disclosure.sources["statement"].title
    assert title.startswith("stated: gpu RTX 4090; hours 6.5; cpu EPYC 7763")
    # Who says the rated powers stands among the works.
    assert {"codecarbon-cpus", "epoch"} & disclosure.sources.keys()


def test_a_disclosure_keeps_through_its_file() -> None:
    disclosure = carbonlabel.estimate(gpu="RTX 4090", hours=6.5, region="DE", year=2025)

    assert carbonlabel.load(carbonlabel.dump(disclosure)) == disclosure


@pytest.mark.parametrize(
    "told",
    [
        {"gpu": "H100", "count": 1024, "flop": "3e24", "mfu": "40%", "region": "US-VA"},
        {"gpu": "A100", "hours": 6.5, "region": "DE", "year": 2022, "before": True},
        {"gpu": "Weird; thing", "power": 300, "hours": "30 min", "memory": "64 GB"},
        {"cpu": "EPYC 7763", "hours": 3, "utilisation": "50%", "start": "2026-03-01"},
    ],
)
def test_verification_makes_an_estimate_again_from_its_own_statement(
    told: dict[str, Any],
) -> None:
    made = carbonlabel.estimate(**told)

    found = carbonlabel.verify(made).of("assessment")

    assert found[0].holds is True
    assert all(each.holds is not False for each in found)


def test_verification_finds_an_estimate_that_was_changed() -> None:
    made = carbonlabel.estimate(gpu="RTX 4090", hours=6.5, region="DE", year=2025)
    changed = made.model_dump(mode="json", by_alias=True, exclude_none=True)
    changed["activities"][0]["hardware"][0]["count"] = 2

    found = carbonlabel.verify(Disclosure.model_validate_json(json.dumps(changed)))

    assert any(each.holds is False for each in found.of("assessment"))
