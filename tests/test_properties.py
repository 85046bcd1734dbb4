"""What holds of every disclosure, whatever runs, machines and place it was made of."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import carbonlabel
from carbonlabel import Device, Disclosure, Estimate, Inventory, Missing, Place
from carbonlabel.intake import Log
from carbonlabel.model.evidence import Evidence, Served
from carbonlabel.model.market import Contract
from carbonlabel.model.provenance import Input, Period
from carbonlabel.readers.region import load_place

NOT_HERE = Missing(missing="not-applicable", reason="not in this log")
UNSAID = Missing(missing="not-stated", reason="nobody says")
TEN_HOURS = Period(
    start=datetime(2026, 11, 3, 9, tzinfo=UTC),
    end=datetime(2026, 11, 3, 19, tzinfo=UTC),
    zone="UTC",
)
Json = Mapping[str, Any]
Basis = str
RANK = {"measured": 0, "estimated": 1, "assumed": 2}
BASES = st.sampled_from(sorted(RANK))
NINE = 1e-8
"""What is worked out is kept to nine digits."""
MEANT = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def estimates(
    unit: str, least: float, most: float, source: str = "log"
) -> st.SearchStrategy[Estimate]:
    """Figures with a range around them."""

    def made(value: float, down: float, up: float, basis: Basis) -> Estimate:
        return Estimate.model_validate(
            {"value": value, "low": value / down, "high": value * up, "unit": unit, "basis": basis}
            | {"source": source}
        )

    return st.builds(made, st.floats(least, most), st.floats(1, 3), st.floats(1, 3), BASES)


def pues() -> st.SearchStrategy[Estimate]:
    """PUEs, whose range never goes below 1."""

    def made(extra: float, down: float, up: float, basis: Basis) -> Estimate:
        ends = {"low": 1 + extra * down, "high": 1 + extra * up}
        return Estimate.model_validate(
            {"value": 1 + extra, **ends, "unit": "ratio", "basis": basis, "source": "region"}
        )

    return st.builds(made, st.floats(0.01, 1), st.floats(0, 1), st.floats(1, 3), BASES)


@st.composite
def runs(draw: st.DrawFn, *, number: int = 0) -> Evidence:
    """One run: with accelerators and host, or one figure; trained or served."""
    file = Input(file=f"{number}.csv", sha256=f"{number:064x}", format="test", tracker="Test")
    is_split, phase = draw(st.booleans()), draw(st.sampled_from(["pretraining", "inference"]))
    energies: dict[str, Any] = dict.fromkeys(("accelerators", "host", "computing"), NOT_HERE)
    energies |= (
        {"accelerators": draw(estimates("kWh", 0.1, 1e6)), "host": draw(estimates("kWh", 0.1, 1e6))}
        if is_split
        else {"computing": draw(estimates("kWh", 0.1, 1e6))}
    )
    served = Served(unit="request", count=draw(st.floats(1, 1e6))) if phase == "inference" else None
    return Evidence(
        tracker="Test",
        period=TEN_HOURS,
        pue_in_energy="no",
        pue=UNSAID,
        wue=UNSAID,
        reported_energy=UNSAID,
        reported_emissions=UNSAID,
        covers="machine",
        complete=True,
        run=f"run {number}",
        place=f"{number}.csv:2",
        inputs=(file,),
        phase=phase,
        sensors={row: "stated" for row, each in energies.items() if isinstance(each, Estimate)},
        idle=draw(st.none() | estimates("kWh", 0.1, 1e4)),
        duration=Estimate(
            value=draw(st.floats(60, 1e7)), unit="s", basis=draw(BASES), source="log"
        ),
        served=served,
        **energies,
    )


@dataclass(frozen=True)
class World:
    """What a disclosure is made of."""

    runs: tuple[Evidence, ...]
    place: Place
    inventory: Inventory

    def disclosure(self) -> Disclosure:
        """The disclosure, through the public door."""
        return carbonlabel.assess(self.runs, region=self.place, inventory=self.inventory)

    def said(self) -> Json:
        """The same as it is written."""
        found: Json = json.loads(carbonlabel.dump(self.disclosure()))
        return found


def contracts() -> st.SearchStrategy[tuple[Contract, ...]]:
    """Contracts of the place."""
    one = st.builds(
        Contract,
        kind=st.sampled_from(["ppa", "certificate"]),
        energy=estimates("kWh", 1, 1e6, "region"),
        zone=st.just("FR"),
        vintage=st.just(2026),
        intensity=estimates("gCO2e/kWh", 1, 500, "region"),
    )
    return st.lists(one, max_size=2).map(tuple)


@st.composite
def worlds(draw: st.DrawFn, *, most: int = 3) -> World:
    """Some runs at one place, on machines with makings and minerals of their own."""
    count = draw(st.integers(1, most))
    place = Place(
        code="FR",
        pue=draw(pues()),
        wue=draw(st.none() | estimates("L/kWh", 0.01, 3, "region")),
        ewif=draw(st.none() | estimates("L/kWh", 0.1, 8, "region")),
        intensity=draw(estimates("gCO2e/kWh", 1, 900, "region")),
        instruments=draw(contracts()),
        inputs={"region": Input(file="region.yaml", sha256="0" * 64, format="region")},
    )
    machines = tuple(draw(machine(kind)) for kind in ("accelerator", "host"))
    files = {"hardware": Input(file="hardware.yaml", sha256="1" * 64, format="hardware")}
    inventory = Inventory(devices=machines, inputs=files)
    return World(tuple(draw(runs(number=each)) for each in range(count)), place, inventory)


@st.composite
def machine(draw: st.DrawFn, kind: str) -> Device:
    """A machine with what making it cost."""
    return Device.model_validate(
        {
            "name": f"own {kind}",
            "kind": kind,
            "count": draw(st.integers(1, 1000)),
            "making": draw(estimates("gCO2e", 1e4, 1e7, "hardware")),
            "minerals": draw(st.none() | estimates("kgSbeq", 1e-4, 1, "hardware")),
            "lifetime": draw(estimates("s", 1e7, 3e8, "hardware")),
            "share": draw(st.floats(0.01, 1)),
        }
    )


def quantities(said: object, at: str = "") -> Iterator[tuple[str, Json]]:
    """Every quantity of a disclosure, with its place."""
    if isinstance(said, dict):
        if "value" in said:
            yield at, said
        for name, each in said.items():
            yield from quantities(each, f"{at}/{name}")
    if isinstance(said, list):
        for number, each in enumerate(said):
            yield from quantities(each, f"{at}/{number}")


def weakest(*bases: Basis) -> Basis:
    return max(bases, key=RANK.__getitem__)


def of_sum(amounts: Sequence[tuple[Basis, float]]) -> Basis:
    """A sum is measured from half on, else estimated with measured, else assumed."""
    whole = math.fsum(amount for _, amount in amounts)
    if not whole:
        return weakest(*(basis for basis, _ in amounts))
    share = {basis: math.fsum(a for b, a in amounts if b == basis) / whole for basis in RANK}
    if share["measured"] >= 0.5:
        return "measured"
    return "estimated" if share["measured"] + share["estimated"] >= 0.5 else "assumed"


@MEANT
@given(worlds())
def test_every_range_holds_its_value_and_none_is_negative(world: World) -> None:
    for place, each in quantities(world.said()):
        if "low" in each:
            assert 0 <= each["low"] <= each["value"] <= each["high"], place


@MEANT
@given(worlds())
def test_a_product_is_as_sure_as_its_least_sure_factor(world: World) -> None:
    for activity in world.said()["activities"]:
        region = activity["region"]
        rows = [part for part in activity["parts"] if "value" in part.get("energy", {})]
        for part in rows:
            grid = region["intensity"]["basis"]
            assert part["emissions"]["basis"] == weakest(part["energy"]["basis"], grid)
            if part["part"] == "overhead":
                machines = [
                    (other["energy"]["basis"], other["energy"]["value"])
                    for other in rows
                    if other is not part
                ]
                expected = weakest(of_sum(machines), region["pue"]["basis"])
                assert part["energy"]["basis"] == expected
        for side, factor in (("on_site", "wue"), ("off_site", "ewif")):
            litres = activity["water"][side]
            if "value" in litres:
                assert RANK[litres["basis"]] >= RANK[region[factor]["basis"]]


@MEANT
@given(worlds())
def test_what_one_request_takes_is_as_sure_as_what_all_take(world: World) -> None:
    for activity in world.said()["activities"]:
        for field in ("energy", "emissions"):
            rows = [part[field] for part in activity["parts"] if part["part"] != "manufacture"]
            amounts = [(each["basis"], each["value"]) for each in rows if "value" in each]
            if "workload" in activity:
                assert activity["workload"][field]["basis"] == of_sum(amounts)


@MEANT
@given(worlds())
def test_manufacture_is_as_sure_as_its_devices_by_what_they_weigh(world: World) -> None:
    for activity in world.said()["activities"]:
        (made,) = [part for part in activity["parts"] if part["part"] == "manufacture"]
        duration = activity["duration"]
        amounts = [
            (
                weakest(each["making"]["basis"], each["lifetime"]["basis"], duration["basis"]),
                each["making"]["value"] * each["count"] * each["share"] / each["lifetime"]["value"],
            )
            for each in activity["hardware"]
        ]
        assert made["emissions"]["basis"] == of_sum(amounts)


@MEANT
@given(worlds())
def test_a_total_is_as_sure_as_its_parts_by_what_they_weigh(world: World) -> None:
    said = world.said()
    parts = [part["emissions"] for each in said["activities"] for part in each["parts"]]
    amounts = [(each["basis"], each["value"]) for each in parts if "value" in each]
    whole = math.fsum(amount for _, amount in amounts)

    assert said["totals"]["emissions"]["basis"] == of_sum(amounts)
    assert sum(said["totals"]["shares"].values()) == pytest.approx(1)
    for basis, share in said["totals"]["shares"].items():
        own = math.fsum(amount for each, amount in amounts if each == basis)
        assert share == pytest.approx(own / whole, abs=2e-3)


@MEANT
@given(worlds())
def test_parts_add_up_to_totals(world: World) -> None:
    said = world.said()
    totals, activities = said["totals"], said["activities"]
    parts = [part for each in activities for part in each["parts"]]
    electric = [part for part in parts if part["part"] != "manufacture"]

    assert totals["emissions"]["value"] == added(part["emissions"] for part in parts)
    assert totals["electricity"]["value"] == added(part["emissions"] for part in electric)
    assert totals["energy"]["value"] == added(part.get("energy", {}) for part in electric)
    made = [part for part in parts if part["part"] == "manufacture"]
    assert totals["manufacture"]["value"] == added(part["emissions"] for part in made)
    if "minerals" in totals:
        assert totals["minerals"]["value"] == added(part.get("minerals", {}) for part in made)
    for side, litres in totals["water"].items():
        if "value" in litres:
            assert litres["value"] == added(each["water"][side] for each in activities)
    for name, row in totals.get("rows", {}).items():
        named = [part["emissions"] for part in parts if part["part"] == name]
        assert row["value"] == added(named)
    if "training" in totals:
        trained = [each for each in activities if each["phase"] != "inference"]
        rows = [part for each in trained for part in each["parts"] if part["part"] != "manufacture"]
        assert totals["training"]["value"] == added(part["emissions"] for part in rows)


@MEANT
@given(worlds())
def test_contracts_and_the_rest_add_up_and_cover_no_more_than_there_is(world: World) -> None:
    said = world.said()
    markets = [each["market"] for each in said["activities"] if "market" in each]
    if "market" not in said["totals"]:
        assert not markets
        return
    assert said["totals"]["market"]["value"] == added(markets)
    for activity in said["activities"]:
        rows = [part.get("energy", {}) for part in activity["parts"]]
        taken = math.fsum(each.get("value", 0.0) for each in rows)
        bought = activity.get("instruments", [])
        covered = math.fsum(each["energy"]["value"] for each in bought)
        claimed = math.fsum(each["emissions"]["value"] for each in bought)
        rest = max(0.0, taken - covered) * activity["region"]["intensity"]["value"]
        assert covered <= taken * (1 + NINE)
        near = pytest.approx(claimed + rest, rel=1e-6, abs=taken * 1e-5)
        assert activity["market"]["value"] == near
    for contract in world.place.instruments:
        used = math.fsum(
            each["energy"]["value"]
            for activity in said["activities"]
            for each in activity.get("instruments", [])
            if each.get("contract", each["energy"])["value"] == contract.energy.value
        )
        sizes = [each.energy.value for each in world.place.instruments]
        twins = [size for size in sizes if size == contract.energy.value]
        assert used <= contract.energy.value * len(twins) * (1 + NINE)


def added(found: Any) -> Any:  # noqa: ANN401 - what pytest compares with
    """The sum of those that are there, as far as nine digits go."""
    return pytest.approx(math.fsum(each["value"] for each in found if "value" in each), rel=NINE)


@MEANT
@given(worlds(), st.data())
def test_more_doubt_in_an_input_never_narrows_a_range(world: World, data: st.DataObject) -> None:
    factors = [name for name in ("pue", "wue", "ewif", "intensity") if getattr(world.place, name)]
    chosen = data.draw(st.sampled_from([*factors, "energy", "making", "lifetime", "contract"]))
    before, after = world.said(), widened(world, chosen, data.draw(st.floats(1, 4))).said()

    known = dict(quantities(after))
    for place, each in quantities(before):
        if "low" in each and "formula" in each:
            assert known[place]["value"] == each["value"], place
            assert known[place]["low"] <= each["low"] * (1 + NINE), place
            assert known[place]["high"] >= each["high"] * (1 - NINE), place


def widened(world: World, name: str, times: float) -> World:
    """The same with one input that is more doubtful."""
    if name == "energy":
        first = world.runs[0]
        row = "computing" if isinstance(first.computing, Estimate) else "host"
        changed = replace(first, **{row: wide(getattr(first, row), times)})
        return replace(world, runs=(changed, *world.runs[1:]))
    if name in {"making", "lifetime"}:
        # Equal lifetimes are one source: all of them, so that they stay one.
        machines = [
            device.model_copy(update={name: wide(getattr(device, name), times)})
            for device in world.inventory.devices
        ]
        return replace(world, inventory=replace(world.inventory, devices=tuple(machines)))
    if name == "contract":
        stated = [replace(c, energy=wide(c.energy, times)) for c in world.place.instruments]
        return replace(world, place=replace(world.place, instruments=tuple(stated)))
    factor = wide(getattr(world.place, name), times, least=1.0 if name == "pue" else 0.0)
    return replace(world, place=replace(world.place, **{name: factor}))


def wide(quantity: Estimate, times: float, least: float = 0.0) -> Estimate:
    assert quantity.low is not None
    assert quantity.high is not None
    ends = {"low": max(least, quantity.low / times), "high": quantity.high * times}
    return quantity.model_copy(update=ends)


@MEANT
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_runs_changes_no_total(world: World, chance: Any) -> None:  # noqa: ANN401 - hypothesis' own
    mixed = list(world.runs)
    chance.shuffle(mixed)
    totals, others = (each.said()["totals"] for each in (world, replace(world, runs=tuple(mixed))))

    assert totals["shares"] == pytest.approx(others["shares"], abs=2e-3)
    assert totals["headline"] == others["headline"]
    known = dict(quantities(others))
    for place, each in quantities(totals):
        for end in ("value", "low", "high"):
            if end in each:
                assert known[place][end] == pytest.approx(each[end], rel=NINE), f"{place} {end}"


def assessed(
    run: Json, site: str = "pue: 1.2\nintensity: {value: 400 g/kWh, scope: direct}\n"
) -> Json:
    """The disclosure of one typed run at a typed place."""
    content = json.dumps({"carbonlabel": "runs", "runs": [run]}).encode()
    place = load_place(Log("region.yaml", content=site.encode()))
    found: Json = json.loads(
        carbonlabel.dump(carbonlabel.assess(carbonlabel.read(io.BytesIO(content)), region=place))
    )
    return found


GPUS = {"count": "4", "power": "300 W", "device": "NVIDIA A100-SXM4-80GB"}


@MEANT
@given(st.integers(1, 10_000), st.integers(2, 50))
def test_so_many_times_the_hours_are_so_many_times_the_electricity(hours: int, times: int) -> None:
    once, many = (assessed({**GPUS, "hours": f"{h}"})["totals"] for h in (hours, hours * times))

    for name in ("electricity", "energy", "manufacture", "emissions", "minerals"):
        assert many[name]["value"] == pytest.approx(times * once[name]["value"], rel=NINE)


UNITS = {
    "energy": ({"kWh": 1, "MWh": 1e-3, "Wh": 1e3, "MJ": 3.6, "kJ": 3600, "GJ": 3.6e-3}, "kWh"),
    "hours": ({"h": 1, "min": 60, "s": 3600}, "h"),
    "power": ({"W": 1, "kW": 1e-3, "MW": 1e-6}, "W"),
    "intensity": ({"g/kWh": 1, "kg/kWh": 1e-3, "kg/MWh": 1, "t/MWh": 1e-3, "mg/kWh": 1e3}, "g/kWh"),
}
SWAPS = [(field, unit) for field, (known, base) in UNITS.items() for unit in known if unit != base]


def typed(field: str, number: int, unit: str) -> dict[str, str]:
    """A whole number of base units in another unit, with its ends, digit by digit."""
    scale = Fraction(UNITS[field][0][unit]).limit_denominator(10**9)
    return {
        key: decimal(Fraction(number) * times * scale, unit)
        for key, times in (("value", 1), ("low", Fraction(3, 4)), ("high", Fraction(5, 4)))
    }


def decimal(exact: Fraction, unit: str) -> str:
    """A fraction of a power of ten as it is written: 9/250 as 0.036."""
    digits = f"{exact.numerator * 10**12 // exact.denominator:013d}"
    assert exact.numerator * 10**12 % exact.denominator == 0
    return f"{digits[:-12]}.{digits[-12:]}".rstrip("0").rstrip(".") + f" {unit}"


def without_digests(said: Json) -> Json:
    """The disclosure without what cites the typed text: the digests of its files."""
    return {**said, "inputs": {key: {**each, "sha256": ""} for key, each in said["inputs"].items()}}


@pytest.mark.parametrize(("field", "unit"), SWAPS)
@settings(max_examples=15, deadline=None)
@given(st.integers(1, 1000))
def test_a_figure_in_another_unit_changes_nothing(field: str, unit: str, number: int) -> None:
    base = UNITS[field][1]
    one, other = (written_with(field, typed(field, number, each)) for each in (base, unit))

    assert without_digests(one) == without_digests(other)


def written_with(field: str, quantity: Mapping[str, str]) -> Json:
    run: dict[str, Any] = {"started": "2024-06-01", "hours": "10"}
    if field == "energy":
        return assessed({**run, "energy": quantity, "pue_in_energy": "no"})
    if field == "intensity":
        figure = json.dumps({**quantity, "scope": "direct"})
        return assessed({**run, "energy": "12 kWh"}, f"pue: 1.2\nintensity: {figure}\n")
    return assessed({**run, **GPUS, field: quantity})


def test_a_figure_is_typed_digit_by_digit_in_every_unit() -> None:
    assert typed("energy", 36, "MJ") == {"value": "129.6 MJ", "low": "97.2 MJ", "high": "162 MJ"}
    assert typed("intensity", 9, "kg/kWh")["value"] == "0.009 kg/kWh"
