"""Idle machines and shared nodes: declared in manual.yaml, and never guessed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from carbonlabel.assessment import assess
from carbonlabel.checks import check
from carbonlabel.collection import collect
from carbonlabel.desk import read
from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.region import Place
from carbonlabel.readers.manual import reader
from carbonlabel.readers.region import load_place
from carbonlabel.record.keeping import dump

BLOOM = {"name": "final", "energy": "433196 kWh", "pue_in_energy": "no"}


def site(pue: float, grid: float) -> Place:
    text = f"pue: {pue}\nintensity: {{value: {grid} g/kWh, scope: lifecycle}}\n"
    return load_place(Log("region.yaml", content=text.encode()))


def runs(*entries: dict[str, object]) -> tuple[Evidence, ...]:
    content = json.dumps({"carbonlabel": "runs", "runs": entries}).encode()
    return tuple(reader.read(Log("manual.yaml", content=content)))


def run(**fields: object) -> Evidence:
    (only,) = runs(BLOOM | fields)
    return only


def parts(disclosure: Disclosure) -> dict[str, float]:
    (activity,) = disclosure.activities
    known = ((part.part, part.emissions) for part in activity.parts)
    return {name: each.value for name, each in known if isinstance(each, Estimate)}


def left_out(disclosure: Disclosure) -> list[str]:
    return [each.what for each in disclosure.left_out]


def test_idle_machines_and_shared_nodes_are_rows_between_computing_and_overhead() -> None:
    declared = run(idle="256646 kWh", shared="100000 kWh")

    disclosure = assess([declared], place=site(1.2, 57))

    assert [part.part for part in disclosure.activities[0].parts] == [
        "computing",
        "idle",
        "shared",
        "overhead",
        "manufacture",
    ]
    # 256 646 kWh × 57 g/kWh = 14.63 t, 100 MWh × 57 = 5.7 t; overhead is 0.2 × all three.
    found = parts(disclosure)
    assert found["idle"] == pytest.approx(14_628_822)
    assert found["shared"] == pytest.approx(5_700_000)
    assert found["overhead"] == pytest.approx(0.2 * 57 * (433_196 + 256_646 + 100_000))
    assert disclosure.totals.electricity.value == pytest.approx(1.2 * 57 * 789_842)
    assert not [each for each in check(disclosure) if each.severity == "error"]


def test_what_is_declared_is_not_left_out_and_what_is_not_declared_is() -> None:
    bare = assess([run()], place=site(1.2, 57))
    idle = assess([run(idle="1 kWh")], place=site(1.2, 57))
    both = assess([run(idle="1 kWh", shared="1 kWh")], place=site(1.2, 57))

    assert {"idle time of the machine", "storage and network"} <= set(left_out(bare))
    assert "idle time of the machine" not in left_out(idle)
    assert "storage and network" in left_out(idle)
    assert not {"idle time of the machine", "storage and network"} & set(left_out(both))
    assert [each.code for each in check(both)].count("not-under-left-out") == 0


def test_nothing_is_invented_where_nobody_declared_it() -> None:
    assert (run().idle, run().shared) == (None, None)
    assert {"idle", "shared"}.isdisjoint(parts(assess([run()], place=site(1.2, 57))))


def test_a_typed_figure_is_estimated_and_a_meter_makes_it_measured() -> None:
    typed = run(idle="64 kWh")
    metered = run(idle={"value": "64 kWh", "meter": "PDU A12"})

    assert typed.idle == Estimate(
        value=64, low=63.5, high=64.5, unit="kWh", basis="estimated", source="log"
    )
    assert metered.idle == typed.idle.model_copy(update={"basis": "measured"})
    assert typed.sensors["idle"] == "stated"


def test_idle_power_times_hours_times_machines_is_an_energy() -> None:
    idle = run(idle={"power": "250 W", "count": 48, "hours": 100}).idle
    by_device_hours = run(idle={"power": "250 W", "device_hours": 4800}).idle

    assert idle.value == by_device_hours.value == 1200


def test_a_stated_range_is_kept() -> None:
    idle = run(idle={"value": 256646, "low": 200000, "high": 300000, "unit": "kWh"}).idle

    assert (idle.low, idle.high) == (200_000, 300_000)


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ({"value": "1 kWh", "power": "1 W", "hours": 1}, "value and power both say how much"),
        ({"hours": 1}, "nothing says how much electricity it took"),
        ({"power": "1 W"}, "nothing says how long"),
        ("64", "no unit"),
        ("64 kg", "no unit here"),
        ({"energy": "64 kWh"}, "not known"),
        (["64 kWh"], "single value"),
    ],
)
def test_a_statement_that_says_too_much_or_too_little_is_refused(
    stated: object, message: str
) -> None:
    with pytest.raises(MalformedInput, match=message) as refused:
        run(idle=stated)

    assert "idle" in str(refused.value.where)


def test_runs_with_and_without_idle_time_stay_apart_so_that_neither_hides_the_other() -> None:
    disclosure = assess(
        runs(BLOOM | {"idle": "1 kWh"}, BLOOM | {"name": "other"}), place=site(1.2, 57)
    )

    rows = [[part.part for part in each.parts] for each in disclosure.activities]
    assert ["idle" in each for each in rows] == [True, False]
    assert "some idle time of the machine" in left_out(disclosure)


def test_two_runs_with_idle_time_add_it_up() -> None:
    disclosure = assess(
        runs(BLOOM | {"idle": "1 kWh"}, BLOOM | {"name": "other", "idle": "2 kWh"}),
        place=site(1.2, 57),
    )

    assert parts(disclosure)["idle"] == pytest.approx(3 * 57)


def test_energy_that_holds_the_cooling_has_it_taken_out_of_idle_time_too() -> None:
    disclosure = assess([run(pue_in_energy="yes", idle="12 kWh")], place=site(1.2, 57))

    assert parts(disclosure)["idle"] == pytest.approx(10 * 57)


def test_a_project_keeps_idle_time_and_shared_nodes(tmp_path: Path) -> None:
    entry = BLOOM | {"idle": "256646 kWh", "shared": "1 kWh"}
    (tmp_path / "manual.yaml").write_text(json.dumps({"carbonlabel": "runs", "runs": [entry]}))

    project = collect([tmp_path])
    (tmp_path / "project.json").write_bytes(dump(project))
    (again,) = read(tmp_path / "project.json")

    assert project.totals[0].energy.value == pytest.approx(433_196 + 256_646 + 1)
    assert (again.idle.value, again.shared.value) == (256_646, 1)
