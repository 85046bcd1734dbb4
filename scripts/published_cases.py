"""I state the published cases as a person would: in files, through the door that everybody has."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import yaml
from published_inputs import BY_CASE, BY_INPUTS, More, Text

import carbonlabel
from carbonlabel import Disclosure, Estimate, Finding

ROOT: Final = Path(__file__).resolve().parents[1]
CASES: Final = ROOT / "tests" / "samples" / "published_cases.csv"
KG: Final = 1000.0
UNSTATED_TOLERANCE_PCT: Final = 0.5
"""Of a row that has none, as units and sums are exact: the last printed digit."""

_PER_THOUSAND: Final = re.compile(r"(?P<energy>[0-9.]+) kWh per 1,000")
_PHASES: Final = {
    "pretraining": "pretraining",
    "finetuning": "finetuning",
    "inference": "inference",
    "development": "experimentation",
    "nas": "experimentation",
}
_HOLDS_PUE: Final = {"yes": "yes", "no": "no", "unknown": "unknown", "unclear": "unknown"}


@dataclass(frozen=True)
class Case:
    """One published footprint."""

    row: Mapping[str, str]

    def text(self, column: str) -> str:
        """A cell as it stands."""
        return self.row[column].strip()

    def number(self, column: str) -> float | None:
        """A cell as a number; None where it is empty."""
        return float(self.text(column)) if self.text(column) else None

    @property
    def name(self) -> str:
        """Its key."""
        return self.text("case_id")

    @property
    def kind(self) -> str:
        """What can be asked of it."""
        return self.text("test_class")

    @property
    def tolerance_pct(self) -> float:
        """How far ours may be from the published figure."""
        stated = self.number("tolerance_pct")
        return UNSTATED_TOLERANCE_PCT if stated is None else stated

    @property
    def is_read(self) -> bool:
        """Whether somebody read it in its source or a quotation, and does not only remember it."""
        return self.text("verified").startswith("yes")

    @property
    def is_secondhand(self) -> bool:
        """Whether it was read in a quotation of its source."""
        return "secondary" in self.text("verified")

    @cached_property
    def more(self) -> More:
        """What it needs beside its columns."""
        return BY_CASE.get(self.name) or BY_INPUTS.get(self.text("formula_inputs")) or More()

    @property
    def has_energy(self) -> bool:
        """Whether the energy is the published one, as it follows from nothing else."""
        return bool(self.text("energy_kwh_published")) and not (
            self.text("power_w_per_accel") or self.text("accel_hours")
        )

    def manual(self) -> Text:
        """Its manual.yaml."""
        return {"carbonlabel": "runs", "runs": list(self.more.runs) or [self._run()]}

    def region(self) -> Text:
        """Its region.yaml."""
        more, told = self.more, self.text("grid_gco2e_per_kwh") or self.more.intensity
        lines: dict[str, Any] = {"country": more.country} if more.country else {}
        lines["pue"] = self.text("pue") or more.pue or "not counted"
        if told:
            lines["intensity"] = {
                "value": f"{told} gCO2e/kWh",
                "scope": "lifecycle" if "RTE" in self.text("grid_basis") else "direct",
                "source": self.text("grid_basis") or "see formula_inputs",
            }
        return {**lines, **(more.region or {})}

    def hardware(self) -> Text | None:
        """Its hardware.yaml; None where nothing is said of making the machines."""
        if not self.more.machines:
            return None
        return {"devices": list(self.more.machines), **(self.more.life or {})}

    def disclosure(self, folder: Path) -> Disclosure:
        """The disclosure of its files, which are written to a folder."""
        manual = _written(folder / "manual.yaml", self.manual())
        place = _written(folder / "region.yaml", self.region())
        machines = self.hardware()
        return carbonlabel.assess(
            carbonlabel.read(manual),
            region=place,
            inventory=_written(folder / "hardware.yaml", machines) if machines else None,
        )

    def _run(self) -> Text:
        year = self.more.year or int(self.text("year"))
        run: dict[str, Any] = {
            "name": self.name,
            "phase": _PHASES.get(self.text("kind"), "training"),
            "started": f"{year}-07-01",
            **self._electricity(),
            "served": self.more.served,
            "reported": self._reported(),
        }
        return {key: value for key, value in run.items() if value}

    def _electricity(self) -> Text:
        count, wall = self.text("accel_count"), self.text("wall_hours")
        told = {
            "device": self.text("accelerator_id"),
            "count": count or str(self.more.count or ""),
            "hours": wall if count else "",
            "device_hours": "" if count else self.text("accel_hours") or self.more.hours,
        }
        if self.has_energy:
            energy = f"{self.text('energy_kwh_published')} kWh"
            return {
                **told,
                "energy": energy,
                "pue_in_energy": _HOLDS_PUE[self.text("energy_includes_pue")],
            }
        if not self.text("accel_hours"):
            return {}
        power = self.text("power_w_per_accel")
        return {**told, "power": f"{power} W" if power else self.more.power}

    def _reported(self) -> Text:
        columns = {
            "emissions": ("co2e_kg_location", "kgCO2e"),
            "intensity": ("grid_gco2e_per_kwh", "gCO2e/kWh"),
            "water": ("water_l", "L"),
        }
        if not self.has_energy:
            columns["energy"] = ("energy_kwh_published", "kWh")
        if not self.text("co2e_kg_location"):
            del columns["intensity"]
        return {
            key: f"{self.text(column)} {unit}"
            for key, (column, unit) in columns.items()
            if self.text(column)
        }


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure, as it was published and as it comes out here."""

    what: str
    unit: str
    published: float
    ours: float

    @property
    def ratio(self) -> float | None:
        """Ours ÷ published; None where both are zero."""
        return self.ours / self.published if self.published else None

    def agrees(self, tolerance_pct: float) -> bool:
        """Whether the two differ by at most so many per cent of what was published."""
        return abs(self.ours - self.published) <= tolerance_pct / 100 * self.published


def cases() -> tuple[Case, ...]:
    """Every published case."""
    with CASES.open(encoding="utf-8", newline="") as lines:
        return tuple(map(Case, csv.DictReader(lines)))


def pairs(case: Case, disclosure: Disclosure) -> Iterator[Pair]:
    """What was published of a case, beside what comes out."""
    yield from _energies(case, disclosure)
    yield from _emissions(case, disclosure)
    yield from _water(case, disclosure)
    yield from _units(case, disclosure)


def codes(found: Sequence[Finding]) -> list[str]:
    """The codes of the errors that are about published figures."""
    return sorted(
        each.code for each in found if each.severity == "error" and "reported" in each.code
    )


def _energies(case: Case, disclosure: Disclosure) -> Iterator[Pair]:
    published = case.number("energy_kwh_published")
    if published is None or case.has_energy:
        return
    rows = [part for part in disclosure.activities[0].parts if part.part != "overhead"]
    is_facility = case.text("energy_includes_pue") == "yes"
    known = [part.energy.value for part in rows if isinstance(part.energy, Estimate)]
    ours = _value(disclosure.totals.energy) if is_facility else sum(known)
    yield Pair("energy", "kWh", published, ours)


def _emissions(case: Case, disclosure: Disclosure) -> Iterator[Pair]:
    totals = disclosure.totals
    made, published = case.number("co2e_kg_embodied"), case.number("co2e_kg_location")
    if case.kind == "sum":
        yield Pair("total", "kgCO2e", published or 0.0, _value(totals.emissions) / KG)
    elif published is not None and isinstance(totals.electricity, Estimate):
        yield Pair("electricity", "kgCO2e", published, _value(totals.electricity) / KG)
    elif published is not None:
        theirs = disclosure.activities[0].reported.emissions
        yield Pair("emissions, quoted", "kgCO2e", published, _value(theirs) / KG)
    if made is not None:
        yield Pair("manufacture", "kgCO2e", made, _value(totals.manufacture) / KG)
    market = case.number("co2e_kg_market")
    if market is not None and totals.market is not None:
        yield Pair("electricity, market-based", "kgCO2e", market, _value(totals.market) / KG)


def _water(case: Case, disclosure: Disclosure) -> Iterator[Pair]:
    published, sides = case.number("water_l"), disclosure.totals.water or {}
    stated = case.more.region or {}
    if published is None:
        return
    if "ewif" in stated:
        yield Pair("water", "L", published, sum(_value(each) for each in sides.values()))
    elif "wue" in stated:
        yield Pair("water on site", "L", published, _value(sides["on_site"]))
    elif not isinstance(disclosure.totals.energy, Estimate):
        theirs = disclosure.activities[0].reported.water
        yield Pair("water, quoted", "L", published, _value(theirs))


def _units(case: Case, disclosure: Disclosure) -> Iterator[Pair]:
    work = disclosure.activities[0].workload
    if work is None or case.kind != "unit":
        return
    printed = _PER_THOUSAND.search(case.text("notes"))
    published = printed["energy"] if printed else case.text("energy_kwh_published")
    what = f"energy of {work.per} {work.unit}s"
    yield Pair(what, "kWh", float(published), _value(work.energy))


def _value(quantity: object) -> float:
    if not isinstance(quantity, Estimate):
        raise TypeError(f"no figure: {quantity}")
    return quantity.value


def _written(path: Path, content: Text) -> Path:
    path.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path
