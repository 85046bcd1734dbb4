"""The junction on figures that were worked by hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from carbonlabel.assessment import assess
from carbonlabel.checks import check
from carbonlabel.documents.face import face
from carbonlabel.explanation import explain
from carbonlabel.model.disclosure import Disclosure, Subject
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.hardware import Device, Inventory
from carbonlabel.model.provenance import Input, Period
from carbonlabel.model.region import Place

NOT_HERE = Missing(missing="not-applicable", reason="not in this log")
FILE = Input(file="log.csv", sha256="0" * 64, format="test")
TEN_HOURS = Period(
    start=datetime(2026, 11, 3, 9, tzinfo=UTC),
    end=datetime(2026, 11, 3, 19, tzinfo=UTC),
    zone="UTC",
)


def kwh(value: float, basis: str = "estimated") -> Estimate:
    return Estimate(value=value, unit="kWh", basis=basis, source="log")


def ten_hours_of_four_gpus(**changes: object) -> Evidence:
    """10 h × 4 GPUs × 0.3 kW = 12 kWh."""
    return Evidence(
        **{
            "run": "a",
            "place": "log.csv:2",
            "tracker": "Test",
            "inputs": (FILE,),
            "period": TEN_HOURS,
            "duration": Estimate(value=36000.0, unit="s", basis="measured", source="log"),
            "accelerators": kwh(10 * 4 * 0.3),
            "host": NOT_HERE,
            "computing": NOT_HERE,
            "sensors": {"accelerators": "counter"},
            "pue_in_energy": "no",
            "pue": Missing(missing="not-stated", reason="the PUE of the site is not stated"),
            "wue": Missing(missing="not-stated", reason="not asked"),
            "reported_energy": kwh(12.0),
            "reported_emissions": NOT_HERE,
            "covers": "machine",
            "complete": True,
        }
        | changes
    )


def stated(pue: float, grid: float) -> Place:
    return Place(
        pue=Estimate(
            value=pue, low=pue, high=pue, unit="ratio", basis="estimated", source="region"
        ),
        intensity=Estimate(
            value=grid, low=grid, high=grid, unit="gCO2e/kWh", basis="estimated", source="region"
        ),
    )


def test_ten_hours_on_four_gpus_are_12_kwh_18_kwh_and_8100_g() -> None:
    disclosure = assess([ten_hours_of_four_gpus()], place=stated(1.5, 450))

    parts = {part.part: part for part in disclosure.activities[0].parts}
    assert parts["accelerators"].energy.value == pytest.approx(12)
    assert parts["overhead"].energy.value == pytest.approx(6)
    assert disclosure.totals.energy.value == pytest.approx(18)
    assert disclosure.totals.electricity.value == pytest.approx(8100)
    assert disclosure.totals.headline == "at least"  # nothing is known of making the hardware


def test_a_site_without_a_pue_says_so_and_sizes_what_is_left_out() -> None:
    place = stated(1.5, 450)
    bare = Place(intensity=place.intensity)

    disclosure = assess([ten_hours_of_four_gpus()], place=bare)

    overhead = next(p for p in disclosure.activities[0].parts if p.part == "overhead")
    assert isinstance(overhead.emissions, Missing)
    assert disclosure.totals.electricity.value == pytest.approx(12 * 450)
    # 12 kWh × (1.56 − 1) × 450 g/kWh
    assert disclosure.left_out[0].adds.value == pytest.approx(3024)
    assert "pue-not-stated" in [finding.code for finding in disclosure.findings]


def test_energy_that_holds_an_unstated_pue_holds_it_once() -> None:
    run = ten_hours_of_four_gpus(
        accelerators=NOT_HERE,
        computing=kwh(18.0),
        sensors={"computing": "stated"},
        pue_in_energy="yes",
    )

    disclosure = assess([run], place=stated(1.5, 450))

    parts = {part.part: part for part in disclosure.activities[0].parts}
    assert parts["computing"].energy.value == pytest.approx(12)
    assert parts["overhead"].energy.value == pytest.approx(6)
    assert disclosure.totals.electricity.value == pytest.approx(8100)


def test_without_gpu_and_inventory_manufacture_is_missing() -> None:
    disclosure = assess([ten_hours_of_four_gpus()], place=stated(1.5, 450))

    assert disclosure.totals.manufacture == Missing(
        missing="not-stated", reason="no hardware inventory was given"
    )


def test_four_gpus_of_the_log_bring_half_an_eight_gpu_server() -> None:
    gpus = Device(name="NVIDIA A100-SXM4-80GB", kind="accelerator", count=4)

    disclosure = assess([ten_hours_of_four_gpus(devices=(gpus,))], place=stated(1.5, 450))

    # (4 × 150 kg + ½ × 2 500 kg) × 10 h ÷ (4 × 8 760 h) = 1 850 000 g × 10 ÷ 35 040
    assert disclosure.totals.manufacture.value == pytest.approx(1_850_000 * 10 / 35_040)
    assert disclosure.totals.headline == "total"


SPEC = Path(__file__).parents[2] / ".." / "shared" / "spec-examples"


@pytest.mark.skipif(not SPEC.is_dir(), reason="the worked examples lie beside the checkout")
def test_two_averaged_gpus_give_the_figures_of_the_worked_example() -> None:
    text = (SPEC / "carbon-two-gpus.json").read_text(encoding="utf-8")
    example = Disclosure.model_validate_json(text)
    activity = example.activities[0]
    log, output = example.inputs["log"], example.inputs["log-2"]
    run = Evidence(
        run="27538.979488",
        place=log.file,
        tracker="Carbontracker",
        version="2.4.7",
        inputs=(log, output),
        period=activity.period,
        duration=activity.duration,
        accelerators=kwh(2 * 275 * 6.6 / 3.6e6),
        host=kwh(60 * 6.6 / 3.6e6, "measured"),
        computing=NOT_HERE,
        sensors={"accelerators": "counter", "host": "counter"},
        pue_in_energy="yes",
        pue=Estimate(value=1.58, unit="ratio", basis="assumed", source="log"),
        wue=Missing(missing="not-stated", reason="not in region.yaml"),
        reported_energy=activity.reported.energy,
        reported_emissions=activity.reported.emissions,
        reported_intensity=activity.reported.intensity,
        covers="device",
        complete=True,
    )
    pue = activity.region.pue.model_copy(update={"year": None})
    place = Place(
        code="FR", site=activity.region.site, pue=pue, inputs={"region": example.inputs["region"]}
    )
    inventory = Inventory(
        devices=activity.hardware, inputs={"hardware": example.inputs["hardware"]}
    )

    ours = assess(
        [run],
        inventory=inventory,
        place=place,
        subject=Subject(**dict(example.subject)),
        phase="finetuning",
    )

    ours_json = json.loads(ours.model_dump_json(by_alias=True, exclude_none=True))
    theirs = json.loads(text)
    # The example was written before water was counted: what is new is set apart, nothing else.
    water = ours_json["totals"].pop("water")
    ewif = ours_json["activities"][0]["region"].pop("ewif")
    assert water["off_site"]["value"] == pytest.approx(
        theirs["totals"]["energy"]["value"] * ewif["value"]
    )
    # (0.05561248 + 0.0627853881) g per 0.067 billion parameters.
    score = ours_json["totals"].pop("sci")["billion parameters"]
    assert score["value"] == pytest.approx(0.1183978681 / 0.067)
    assert ours_json["totals"] == theirs["totals"]
    for key in ("parts", "region", "reported", "hardware", "duration", "period"):
        assert ours_json["activities"][0][key] == theirs["activities"][0][key]


def test_a_part_of_several_activities_keeps_its_range() -> None:
    later = {
        "run": "b",
        "period": Period(
            start=datetime(2025, 11, 3, 9, tzinfo=UTC),
            end=datetime(2025, 11, 3, 19, tzinfo=UTC),
            zone="UTC",
        ),
    }
    runs = [ten_hours_of_four_gpus(), ten_hours_of_four_gpus(**later)]

    disclosure = assess(runs, place=stated(1.5, 450))

    assert len(disclosure.activities) == 2
    both = disclosure.totals.rows["accelerators"]
    # One tracker read both: 2 × 12 kWh × 450 g, its scale error of 1.4 moves them together.
    assert both.value == pytest.approx(10_800)
    assert (both.low, both.high) == (pytest.approx(10_800 / 1.4), pytest.approx(10_800 * 1.4))
    host = next(row for row in face(disclosure).rows if row.part == "accelerators")
    assert host.range == "7–16"  # outwards, in the place of the 16.2 kg in all
    assert "sum-mismatch" not in [finding.code for finding in check(disclosure)]
    assert "450" in explain(disclosure, "/totals/rows/accelerators")
