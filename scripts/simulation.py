"""I work the figures of a disclosure out again, by formulas of my own, for sources drawn by chance.

What is one source to the method is one draw here: all that one tracker's counters read, one grid
factor, one PUE, one making and one lifetime, wherever they are used. The formulas are written anew
from docs/method.md and share no code with the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from chance import Chance, Drawn, Json, added

Shape = Literal["product", "sum"]
Range = tuple[float, float]
Figure = tuple[str, Shape, Drawn, Json]
"""Where it stands, what it is made of, its draws, and what the disclosure says."""

_COUNTER_RATIO: Final = 1.4
_NEAR: Final = 1e-6
_TRAINING: Final = {
    *("training", "pretraining", "midtraining"),
    *("finetuning", "alignment", "distillation"),
}
_SCALES: Final = {"parameters": 1e9, "tokens": 1e6, "EFLOP": 1e18}


@dataclass(frozen=True, slots=True)
class Result:
    """One figure with the ends that the disclosure gives it, and those of the draws."""

    place: str
    shape: Shape
    sources_count: int
    skewed_count: int
    """How many of the sources are one-sided."""
    value: float
    low: float
    high: float
    drawn: Range

    @property
    def wider_below(self) -> float:
        """How far too wide the range is below, in lower half-widths; negative: too narrow."""
        return _share(self.drawn[0] - self.low, self.value - self.drawn[0])

    @property
    def wider_above(self) -> float:
        """How far too wide the range is above, in upper half-widths; negative: too narrow."""
        return _share(self.high - self.drawn[1], self.drawn[1] - self.value)


def results(disclosure: Json, facility: Range | None = None) -> Iterator[Result]:
    """Every derived figure of a disclosure that has a range.

    `facility` is the range of a metered energy out of which a PUE was divided, as ratios to it: a
    disclosure shows what is left of it, not the reading.
    """
    simulation = _Simulation(disclosure, facility)
    for place, shape, drawn, said in simulation.figures():
        if "low" in said and said["low"] != said["high"]:
            skewed = drawn.sources & simulation.chance.skewed
            ends = said["value"], said["low"], said["high"]
            yield Result(place, shape, len(drawn.sources), len(skewed), *ends, drawn.ends())


def middles(disclosure: Json) -> Iterator[tuple[str, float, float]]:
    """Every derived figure: where it stands, what comes out of its sources, and what is said."""
    for place, _, drawn, said in _Simulation(_without_ends(disclosure), None).figures():
        yield place, float(drawn.at[0]), said["value"]


def _without_ends(said: Any) -> Any:  # noqa: ANN401 - any JSON
    match said:
        case Mapping():
            kept = {name: each for name, each in said.items() if name not in {"low", "high"}}
            return {name: _without_ends(each) for name, each in kept.items()}
        case list():
            return [_without_ends(each) for each in said]
        case _:
            return said


@dataclass(slots=True)
class _Activity:
    """One activity with its drawn figures."""

    said: Json
    at: str
    rows: dict[str, Drawn] = field(default_factory=dict)
    """Energy of each electricity row in kWh."""
    emitted: dict[str, Drawn] = field(default_factory=dict)
    """Emissions of each electricity row in gCO2e."""
    made: list[Drawn] = field(default_factory=list)
    minerals: list[Drawn] = field(default_factory=list)
    water: dict[str, Drawn] = field(default_factory=dict)
    market: list[Drawn] = field(default_factory=list)
    flop: list[Drawn] = field(default_factory=list)

    @property
    def powered(self) -> Drawn:
        """Emissions of its electricity."""
        return added([*self.emitted.values()])

    @property
    def taken(self) -> Drawn:
        """Its energy."""
        return added([*self.rows.values()])


@dataclass(slots=True)
class _Simulation:
    disclosure: Json
    facility: Range | None
    chance: Chance = field(default_factory=Chance)

    def figures(self) -> Iterator[Figure]:
        """Each figure that the disclosure derives from others."""
        known = [
            _Activity(said, f"/activities/{number}")
            for number, said in enumerate(self.disclosure["activities"])
        ]
        for activity in known:
            yield from self._machines(activity)
            yield from self._overhead(activity)
            yield from self._manufacture(activity)
            yield from self._water(activity)
            yield from self._market(activity)
            yield from self._compute(activity)
        yield from _use(known)
        yield from _totals(known, self.disclosure["totals"])
        yield from _scores(known, self.disclosure)

    def _machines(self, activity: _Activity) -> Iterator[Figure]:
        for place, part in _parts(activity):
            energy = part.get("energy", {})
            if part["part"] in {"overhead", "manufacture"} or "value" not in energy:
                continue
            row = self._energy(activity, place, part)
            activity.rows[part["part"]] = row
            activity.emitted[part["part"]] = row * self._grid(activity)
            yield f"{place}/emissions", "product", row * self._grid(activity), part["emissions"]
            if "formula" in energy and energy["formula"] != "sum":
                yield f"{place}/energy", "product", row, energy

    def _overhead(self, activity: _Activity) -> Iterator[Figure]:
        for place, part in _parts(activity):
            if part["part"] == "overhead" and "value" in part.get("energy", {}):
                cooled = activity.taken * (self._factor(activity, "pue") - 1)
                activity.rows["overhead"] = cooled
                activity.emitted["overhead"] = cooled * self._grid(activity)
                yield f"{place}/energy", "sum", cooled, part["energy"]
                yield f"{place}/emissions", "sum", activity.emitted["overhead"], part["emissions"]

    def _grid(self, activity: _Activity) -> Drawn:
        region = activity.said["region"]
        identity = key("grid", region["zone"], region["intensity"]["source"])
        return self.chance.draw(identity, region["intensity"])

    def _factor(self, activity: _Activity, name: str) -> Drawn:
        factor = activity.said["region"][name]
        told = factor["source"] if name == "residual" else {**factor, "year": None}
        return self.chance.draw(key(name, told), factor)

    def _energy(self, activity: _Activity, place: str, part: Json) -> Drawn:
        energy = part["energy"]
        if energy.get("formula") == "facility_energy / pue":
            read_kwh = energy["value"] * activity.said["region"]["pue"]["value"]
            low, high = self.facility or (1.0, 1.0)
            ends = read_kwh * low, read_kwh * high
            read = self.chance.scaled(("facility", self._tracker or place), read_kwh, ends)
            return read / self._factor(activity, "pue")
        return self.chance.draw(self._meter(place, part), energy)

    def _meter(self, place: str, part: Json) -> object:
        """What the reading of a row is in error with: all counters of one tracker together."""
        energy, tracker = part["energy"], self._tracker
        if tracker is None or not energy.get("low"):
            return place
        if abs(energy["value"] / energy["low"] - _COUNTER_RATIO) < _NEAR:
            return ("counter", tracker)
        return ("model", tracker, part["part"])

    @property
    def _tracker(self) -> str | None:
        """Who logged it; None where a person says it, each figure for itself."""
        files = self.disclosure["inputs"].values()
        return next((each.get("tracker") for each in files if each["format"] != "manual"), None)

    def _manufacture(self, activity: _Activity) -> Iterator[Figure]:
        for place, part in _parts(activity):
            if part["part"] == "manufacture" and "value" in part["emissions"]:
                activity.made = list(self._shared_out(activity, "making"))
                yield (
                    f"{place}/emissions",
                    _shape(activity.made),
                    added(activity.made),
                    part["emissions"],
                )
            if "minerals" in part:
                activity.minerals = list(self._shared_out(activity, "minerals"))
                shape = _shape(activity.minerals)
                yield f"{place}/minerals", shape, added(activity.minerals), part["minerals"]

    def _shared_out(self, activity: _Activity, cost: str) -> Iterator[Drawn]:
        used_s = activity.said["duration"]["value"]
        for device in activity.said["hardware"]:
            if cost in device and "lifetime" in device:
                whole = self.chance.draw(key(cost, device["name"], device[cost]), device[cost])
                life_s = self.chance.draw(key("life", device["lifetime"]), device["lifetime"])
                borne = device["count"] * device.get("share", 1.0) * used_s
                yield whole * borne / (life_s * device.get("utilisation", 1.0))

    def _water(self, activity: _Activity) -> Iterator[Figure]:
        said = activity.said.get("water", {})
        machines = [row for name, row in activity.rows.items() if name != "overhead"]
        every = [*activity.rows.values()]
        for side, factor, rows in (("on_site", "wue", machines), ("off_site", "ewif", every)):
            if "value" in said.get(side, {}):
                litres = added(rows) * self._factor(activity, factor)
                activity.water[side] = litres
                yield f"{activity.at}/water/{side}", _shape(rows), litres, said[side]

    def _market(self, activity: _Activity) -> Iterator[Figure]:
        """Each contract covers as much as is left, the rest has the mix of its own."""
        said = activity.said
        if "value" not in said.get("market", {}):
            return
        residual = "residual" in said["region"]
        left = activity.taken
        for contract in said.get("instruments", ()):
            whole = contract.get("contract", contract["energy"])
            facts = contract["kind"], contract["vintage"], whole, contract["intensity"]
            bought = self.chance.draw(key("bought", *facts), whole)
            share_ratio = contract["energy"]["value"] / whole["value"]
            covered = (bought * share_ratio).at_most(left)
            claimed = self.chance.draw(key("claimed", *facts), contract["intensity"])
            activity.market.append(covered * claimed)
            left = left - covered
        rest = self._factor(activity, "residual") if residual else self._grid(activity)
        activity.market.append(left * rest)
        yield f"{activity.at}/market", "sum", added(activity.market), said["market"]

    def _compute(self, activity: _Activity) -> Iterator[Figure]:
        said, subject = activity.said.get("compute", {}), self.disclosure["subject"]
        if "value" not in said.get("flop", {}):
            return
        if "flop_per_parameter" in said:
            each = said["flop_per_parameter"]
            size = subject.get("active_parameters", subject.get("parameters"))
            flop = self.chance.draw(key("each", each), each) * (size * said["tokens"])
            yield f"{activity.at}/compute/flop", "product", flop, said["flop"]
        else:
            flop = self.chance.draw((activity.at, "flop"), said["flop"])
        activity.flop.append(flop)
        if "formula" in said.get("mfu", {}):
            time = self.chance.draw((activity.at, "time"), said["device_time"])
            peak = self.chance.draw(key("peak", said["peak"]), said["peak"])
            yield f"{activity.at}/compute/mfu", "product", flop / (time * peak), said["mfu"]


def _parts(activity: _Activity) -> Iterator[tuple[str, Json]]:
    for number, part in enumerate(activity.said["parts"]):
        yield f"{activity.at}/parts/{number}", part


def _use(known: Sequence[_Activity]) -> Iterator[Figure]:
    """What one functional unit takes, and how many of them emit what the training did."""
    trained = added([each.powered for each in known if each.said["phase"] in _TRAINING])
    for activity in known:
        work = activity.said.get("workload")
        if work is None:
            continue
        share_ratio = work["per"] / work["count"]
        sums = {
            "energy": activity.taken,
            "emissions": activity.powered,
            "water": added([*activity.water.values()]),
        }
        for name, drawn in sums.items():
            if "value" in work.get(name, {}):
                yield f"{activity.at}/workload/{name}", "sum", drawn * share_ratio, work[name]
        if "break_even" in work:
            even = trained * work["count"] / activity.powered
            yield f"{activity.at}/workload/break_even", "sum", even, work["break_even"]


def _totals(known: Sequence[_Activity], totals: Json) -> Iterator[Figure]:
    """The sums over all activities."""
    powered = added([each.powered for each in known])
    made = added([term for each in known for term in each.made])
    sums: dict[str, Drawn] = {
        "electricity": powered,
        "manufacture": made,
        "emissions": powered + made,
        "energy": added([each.taken for each in known]),
        "minerals": added([term for each in known for term in each.minerals]),
        "market": added([term for each in known for term in each.market]),
    }
    for name, drawn in sums.items():
        if "value" in totals.get(name, {}):
            yield f"/totals/{name}", "sum", drawn, totals[name]
    for side, said in totals.get("water", {}).items():
        if "value" in said:
            litres = added([each.water[side] for each in known if side in each.water])
            yield f"/totals/water/{side}", "sum", litres, said


def _scores(known: Sequence[_Activity], disclosure: Json) -> Iterator[Figure]:
    """(O + M) per R, of the provider's activities or of those in use."""
    provided = [each for each in known if each.said["phase"] != "inference"]
    used = [each for each in known if each.said.get("workload")]
    for name, said in disclosure["totals"].get("sci", {}).items():
        if "value" in said:
            chosen = used if name[0].isdigit() else provided
            emitted = added([term for each in chosen for term in (each.powered, *each.made)])
            units = _units(name, chosen, disclosure["subject"])
            yield f"/totals/sci/{name}", "sum", emitted / units, said


def _units(name: str, chosen: Sequence[_Activity], subject: Json) -> Drawn | float:
    unit = name.rsplit(maxsplit=1)[-1]
    if name[0].isdigit():
        return sum(each.said["workload"]["count"] / each.said["workload"]["per"] for each in chosen)
    if unit == "EFLOP":
        return added([term for each in chosen for term in each.flop]) / _SCALES[unit]
    if unit == "tokens":
        return sum(each.said["compute"]["tokens"] for each in chosen) / _SCALES[unit]
    return subject["active_parameters" if "active" in name else "parameters"] / _SCALES[unit]


def key(*facts: object) -> object:
    """What makes a figure one source: its kind and all that is said of it."""
    return tuple(
        tuple(sorted((name, str(value)) for name, value in fact.items()))
        if isinstance(fact, Mapping)
        else fact
        for fact in facts
    )


def _shape(terms: Sequence[Any]) -> Shape:
    return "product" if len(terms) == 1 else "sum"


def _share(amount: float, whole: float) -> float:
    return amount / whole if whole else 0.0
