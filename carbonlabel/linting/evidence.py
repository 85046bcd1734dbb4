"""I hold the figure against all else that the card says: text, energy, hardware and hours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from carbonlabel.linting import machines, words
from carbonlabel.linting.card import Card, Scalar
from carbonlabel.linting.figures import energy_kwh, spelt
from carbonlabel.linting.keys import Keys
from carbonlabel.linting.mentions import Mention, Mentions
from carbonlabel.model.units import SCALES, kwh_from_watt_seconds, seconds_from_hours

THOUSAND: Final = Decimal(int(SCALES["gCO2e"]["kgCO2e"]))
MILLION: Final = Decimal(int(SCALES["gCO2e"]["tCO2e"]))
_SLIPS: Final = {THOUSAND: "unit-slip-1000", MILLION: "unit-slip-1000000", 1 / THOUSAND: ""}
_RULES: Final = {**_SLIPS, 1 / THOUSAND: "unit-slip-1000"}
_UNITS: Final = {THOUSAND: "kilograms", MILLION: "tonnes"}
LEAST_GCO2E_PER_KWH: Final = 1.0
MOST_GCO2E_PER_KWH: Final = 1500.0
_CLEAN_GCO2E_PER_KWH: Final = 20.0
# How far one year, one state or one publisher lies from another.
_SPREAD_RATIO: Final = 4.0
_IDLE_RATIO: Final = 0.03
_ABOVE_RATED: Final = 1.1
# Host, memory, cooling and losses, over what the accelerators alone may draw.
_WHOLE_MACHINE: Final = 3.0
_HOST_W: Final = 2000.0
_SHORTEST_S: Final = 60.0
# What a thousand accelerators of 2 kW emit within a minute on a dirty grid, and what one does.
_NEVER_INSTANT_GCO2E: Final = 50_000
_MOST_OF_A_MINUTE_GCO2E: Final = 50.0


@dataclass(slots=True)
class Facts:
    """What a card says of one figure."""

    card: Card
    keys: Keys
    texts: Mapping[str, str]
    """The texts of the keys that do not only keep a place free."""
    spot: Scalar
    grams: Decimal
    mentions: Mentions
    energy_kwh: Decimal | None
    """The energy that the front matter declares, above zero."""

    @property
    def place(self) -> str:
        """The place that is named; empty where none is."""
        return self.texts.get("geographical_location", "")

    @property
    def hardware(self) -> str:
        """The hardware that is named; empty where none is."""
        return self.texts.get("hardware_used", "")

    @property
    def duration_s(self) -> float | None:
        """How long the run took, as a key or a text in the front matter says."""
        said = self.texts.get
        return duration_s(said("hours_used", ""), self.hardware, said("source", ""))


def duration_s(hours: str, *texts: str) -> float | None:
    """The duration in s that a number of hours says, else the first of the texts that says one."""
    number = energy_kwh(hours) if hours else None
    if number:
        return seconds_from_hours(float(number))
    said = (machines.duration_s(text) for text in (hours, *texts) if text)
    return next(filter(None, said), None)


@dataclass(frozen=True, slots=True)
class Slip:
    """A unit that slipped: by what the figure is to be multiplied, and how that is known."""

    factor: Decimal
    reason: str
    is_proven: bool


def weigh(facts: Facts) -> Decimal | None:
    """Find what contradicts the figure; returns the figure in g that is meant after a slip."""
    implied = _implied(facts)
    slip = _slip(facts, implied)
    if slip:
        return _slipped(facts, slip)
    if implied is not None:
        _bounded(facts, implied)
    _powered(facts)
    return None


def _implied(facts: Facts) -> float | None:
    """Emissions ÷ energy in gCO2e/kWh, by the front matter's energy, else by the text's."""
    energy = facts.energy_kwh
    if energy is None:
        said = facts.mentions.energy
        energy = said.value if said and said.value else None
    return float(facts.grams / energy) if energy else None


def _slip(facts: Facts, implied: float | None) -> Slip | None:
    by_energy = _by_energy(facts, implied)
    if by_energy:
        return by_energy
    if implied is not None and _fits(facts, implied):
        return None
    return _by_text(facts) or (_by_hours(facts) if implied is None else None)


def _by_energy(facts: Facts, implied: float | None) -> Slip | None:
    """The slip that brings emissions ÷ energy to what a grid can be."""
    if implied is None or _CLEAN_GCO2E_PER_KWH <= implied <= MOST_GCO2E_PER_KWH:
        return None
    if _fits(facts, implied) or _is_energy_impossible(facts):
        return None
    fitting = [each for each in _SLIPS if _fits(facts, implied * float(each), clean=True)]
    if len(fitting) != 1:
        return None
    right = implied * float(fitting[0])
    reason = f"{_short(implied)} g/kWh would be {_short(right)} g/kWh"
    return Slip(fitting[0], reason, is_proven=True)


def _fits(facts: Facts, intensity: float, *, clean: bool = False) -> bool:
    """Whether a grid can be so: that of the card's place where we know it, else any."""
    place = facts.place
    band = _band(place) if place else None
    least = _CLEAN_GCO2E_PER_KWH if clean else LEAST_GCO2E_PER_KWH
    low, high = band or (least, MOST_GCO2E_PER_KWH)
    return low <= intensity <= high


def _band(place: str) -> tuple[float, float] | None:
    """Between which intensities the grid of a place lies, whichever year and publisher."""
    known = machines.grid_gco2e_per_kwh(place)
    return (known[0] / _SPREAD_RATIO, known[1] * _SPREAD_RATIO) if known else None


def _by_text(facts: Facts) -> Slip | None:
    """The slip that makes the figure the one that the text states."""
    masses = facts.mentions.masses
    if any(each.is_near(facts.grams) for each in masses):
        return None
    found = {
        factor: each
        for factor in (THOUSAND, MILLION)
        for each in masses
        if each.is_sharp and each.is_near(facts.grams * factor) and facts.mentions.is_shown(each.at)
    }
    if len(found) > 1:
        found = {factor: each for factor, each in found.items() if each.one == factor}
    if len(found) != 1:
        return None
    ((factor, mention),) = found.items()
    return Slip(factor, f"the text says {mention.shown}", is_proven=True)


def _by_hours(facts: Facts) -> Slip | None:
    """The slip without which the hardware could not have run for so long."""
    bounds = _bounds(facts)
    if bounds is None or float(facts.grams) >= bounds[0]:
        return None
    low, high = bounds
    fitting = [each for each in (THOUSAND, MILLION) if low <= float(facts.grams * each) <= high]
    if len(fitting) != 1:
        return None
    reason = f"hardware and hours make it {_short(low)} to {_short(high)} g"
    return Slip(fitting[0], reason, is_proven=False)


def _bounds(facts: Facts) -> tuple[float, float] | None:
    """Between which masses in g the run of this hardware in this time lies."""
    duration_s = facts.duration_s if facts.hardware else None
    found = machines.machine(facts.hardware) if duration_s else None
    if found is None or duration_s is None:
        return None
    place = facts.place
    low, high = (_band(place) if place else None) or machines.world_gco2e_per_kwh()
    # Hours of a card may be those of one device or of all together.
    least_kwh = kwh_from_watt_seconds(_IDLE_RATIO * found.power_w, duration_s)
    most_kwh = kwh_from_watt_seconds(found.count * found.most_power_w * _ABOVE_RATED, duration_s)
    return least_kwh * low, most_kwh * high * _WHOLE_MACHINE


def _slipped(facts: Facts, slip: Slip) -> Decimal:
    text = spelt(facts.grams * slip.factor)
    meant = Decimal(text)
    times = "too large" if slip.factor < 1 else "too small"
    by = f"{slip.factor if slip.factor > 1 else 1 / slip.factor:,f}"
    unit = _UNITS.get(slip.factor)
    # The figure of our own label is carbon.json's to correct.
    is_certain = slip.is_proven and unit is not None and "disclosure" not in facts.keys
    facts.card.tell(
        _RULES[slip.factor],
        facts.spot,
        f"The figure is {by} times {times}"
        f"{f', as where {unit} are written for grams' if unit else ''}: {slip.reason}.",
        expected=f"{text} g",
        found=_read(facts),
        suggestion=f"write {text}",
        fix=text if is_certain else None,
    )
    return meant


def _read(facts: Facts) -> str:
    """The figure as it stands, and as it was read where that is not the same."""
    grams, text = spelt(facts.grams), facts.spot.text.strip()[:40]
    return f"{grams} g" if text == grams else f"{text}, read as {grams} g"


def _bounded(facts: Facts, implied: float) -> None:
    """Find emissions that no grid makes of the energy."""
    if LEAST_GCO2E_PER_KWH <= implied <= MOST_GCO2E_PER_KWH or _is_energy_impossible(facts):
        return
    is_declared = facts.energy_kwh is not None
    if implied < LEAST_GCO2E_PER_KWH and not is_declared:
        return
    facts.card.tell(
        "intensity-impossible",
        facts.spot,
        f"Emissions ÷ energy{'' if is_declared else ' of the text'} is {_short(implied)} g/kWh, "
        "which is no grid's.",
        is_milder=implied < LEAST_GCO2E_PER_KWH or not is_declared,
        expected="between 1 and 1500 g/kWh",
        found=f"{spelt(facts.grams)} g ÷ {_short(float(facts.grams) / implied)} kWh",
        suggestion="check the units of both",
    )


def _powered(facts: Facts) -> None:
    """Find figures that the hardware cannot come to in its time."""
    if facts.energy_kwh is not None:
        if _is_energy_impossible(facts):
            _energy_impossible(facts)
        return
    if facts.mentions.energy is not None:
        return
    grams, bounds = float(facts.grams), _bounds(facts)
    if bounds is None:
        _instant(facts)
    elif grams < bounds[0] or grams > bounds[1]:
        is_low = grams < bounds[0]
        facts.card.tell(
            "implausible-low" if is_low else "implausible-high",
            facts.spot,
            f"The figure is {'below what' if is_low else 'above all that'} this hardware "
            f"{'needs' if is_low else 'can draw'} in this time.",
            expected=f"{_short(bounds[0])} to {_short(bounds[1])} g",
            found=f"{spelt(facts.grams)} g",
            suggestion="check figure, unit, hardware and hours",
        )


def _instant(facts: Facts) -> None:
    """Find a figure that several accelerators emit within a minute."""
    hardware = facts.hardware
    if not hardware or facts.grams > _NEVER_INSTANT_GCO2E:
        return
    found = machines.machine(hardware)
    if found is None or found.count < 2:  # noqa: PLR2004 - one device alone may be a short test
        return
    if float(facts.grams) > found.count * _MOST_OF_A_MINUTE_GCO2E:
        return
    place = facts.place
    known = machines.grid_gco2e_per_kwh(place) if place else None
    low, _ = known or machines.world_gco2e_per_kwh()
    a_second_gco2e = kwh_from_watt_seconds(found.count * found.power_w, 1) * low
    lasting_s = float(facts.grams) / a_second_gco2e
    if lasting_s < _SHORTEST_S:
        facts.card.tell(
            "implausible-low",
            facts.spot,
            f"{found.count} × {found.power_w:.0f} W emit this in {_short(lasting_s)} s, and no "
            "training is as short.",
            found=f"{spelt(facts.grams)} g on {hardware[:60]}",
            suggestion="check the unit: is it kilograms, or a share of the run?",
        )


def _is_energy_impossible(facts: Facts) -> bool:
    """Whether no machine with this hardware can draw the declared energy in the time."""
    energy, duration_s = facts.energy_kwh, facts.duration_s
    if energy is None or not duration_s:
        return False
    if float(energy) <= kwh_from_watt_seconds(_HOST_W, duration_s):
        return False
    found = machines.machine(facts.hardware)
    if found is None:
        return False
    most_w = _WHOLE_MACHINE * found.count * found.most_power_w + _HOST_W
    return float(energy) > kwh_from_watt_seconds(most_w, duration_s)


def _energy_impossible(facts: Facts) -> None:
    energy = facts.keys[words.ENERGY].value
    facts.card.tell(
        "energy-impossible",
        energy,
        "This hardware cannot draw so much energy in this time.",
        expected="kWh",
        found=energy.text,
        suggestion="check the unit: kWh, not Wh or J",
    )


def disagreements(facts: Facts) -> Iterator[Mention]:
    """The figures that known sections of the text state and the front matter does not."""
    stated, energy = facts.mentions.stated, facts.energy_kwh
    if stated and not stated.is_near(facts.grams) and facts.mentions.is_shown(stated.at):
        yield stated
    said = facts.mentions.stated_energy
    if (
        said
        and energy is not None
        and not said.is_near(energy)
        and facts.mentions.is_shown(said.at)
    ):
        yield said


def _short(value: float) -> str:
    return spelt(Decimal(f"{value:.3g}"))
