"""I turn what a model card declares into evidence, which nobody measured and one person states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from carbonlabel.errors import InputError, MalformedInput
from carbonlabel.linting import RULES, Declaration, declared, machines
from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.model.evidence import Evidence, Phase
from carbonlabel.model.hardware import Device
from carbonlabel.model.provenance import Finding, Input
from carbonlabel.parsing import amounts
from carbonlabel.parsing.phases import phase_named

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.reporting import Entry

_TRACKER: Final = "model card"
_MOST_COUNT: Final = 100_000
_LARGEST: Final = 1e20
_CODECARBON: Final = "codecarbon"
_BLIND_SPOTS: Final = (
    ("idle time of the machine", "the card does not say whether it is counted"),
    ("failed and earlier runs", "the card does not say whether they are counted"),
    ("storage and network", "the card does not say whether they are counted"),
)


def evidence(log: Log, form: str) -> Evidence:
    """What the card declares.

    Raises:
        MalformedInput: neither a figure nor an energy that can be believed.
    """
    card = declared(log.document().encode(), log.name)
    basis: Basis = "estimated" if card.source else "assumed"
    energy, emissions = _energy(card, basis), _emissions(card, basis)
    if isinstance(energy, Missing) and isinstance(emissions, Missing):
        raise _nothing(card, log.name, emissions.reason)
    place = f"{log.name}:{card.line or 1}"
    found = machines.spot(card.location or "")
    return Evidence(
        run=place,
        place=place,
        tracker=_TRACKER,
        inputs=(Input(file=log.name, sha256=log.sha256, format=form, tracker=_TRACKER, runs=1),),
        phase=_phase(card),
        period=Missing(missing="not-stated", reason="the card has no dates"),
        duration=_duration(card, basis),
        accelerators=Missing(missing="not-stated", reason="the card does not split its figure"),
        host=Missing(missing="not-stated", reason="the card does not split its figure"),
        computing=energy,
        sensors={"computing": "stated"} if isinstance(energy, Estimate) else {},
        pue_in_energy="no" if _is_codecarbon(card) else "unknown",
        pue=Missing(missing="not-stated", reason="the card states no PUE"),
        wue=Missing(missing="not-stated", reason="the card states no water"),
        reported_energy=energy,
        reported_emissions=emissions,
        country=found.country if found else None,
        subdivision=found.subdivision.partition("-")[2] if found and found.subdivision else None,
        cloud=found.code if found and found.provider else None,
        devices=tuple(_devices(card)),
        covers="machine",
        complete=True,
        blind_spots=_BLIND_SPOTS,
        findings=(*_unpowered(energy), *map(_finding, card.findings)),
    )


def _energy(card: Declaration, basis: Basis) -> Estimate | Missing:
    if any(entry.code == "energy-impossible" for entry in card.findings):
        return Missing(missing="not-stated", reason="the energy of the card cannot be")
    energy_kwh = float(card.energy_kwh or 0)
    if not 0 < energy_kwh < _LARGEST:
        return Missing(missing="not-stated", reason="the card declares no energy")
    return amounts.given(energy_kwh, "kWh", basis)


def _emissions(card: Declaration, basis: Basis) -> Estimate | Missing:
    if card.emissions_gco2e is None:
        wrong = next((entry for entry in card.findings if entry.severity == "error"), None)
        reason = f"the card's figure is refused: {wrong.code}" if wrong else "the card has none"
        return Missing(missing="not-stated", reason=reason)
    if not 0 < card.emissions_gco2e < _LARGEST:
        return Missing(missing="not-stated", reason="the card says 0 g, or no mass of this world")
    return amounts.given(float(card.emissions_gco2e), "gCO2e", basis)


def _duration(card: Declaration, basis: Basis) -> Estimate | Missing:
    duration_s = card.duration_s
    if not duration_s:
        return Missing(missing="not-stated", reason="the card states no hours")
    return amounts.given(duration_s, "s", basis)


def _nothing(card: Declaration, name: str, reason: str) -> MalformedInput:
    wrong = next((entry for entry in card.findings if entry.severity == "error"), None)
    if wrong is None:
        return MalformedInput(reason, where=name, hint="carbonlabel lint says what is wrong")
    return MalformedInput(
        wrong.message.rstrip("."), where=f"{name}:{wrong.line or 1}", hint=wrong.suggestion
    )


def _phase(card: Declaration) -> Phase | None:
    try:
        return phase_named(card.training_type) if card.training_type else None
    except InputError:
        return None


def _devices(card: Declaration) -> Iterator[Device]:
    found = machines.machine(card.hardware) if card.hardware else None
    name = amounts.name(found.name) if found else None
    if found and name and found.count <= _MOST_COUNT:
        yield Device(name=name, kind="accelerator", count=found.count)


def _is_codecarbon(card: Declaration) -> bool:
    return _CODECARBON in (card.source or "").lower().replace(" ", "")


def _unpowered(energy: Estimate | Missing) -> Iterator[Finding]:
    """Say of a card without an energy why nothing is computed of it."""
    if isinstance(energy, Missing):
        yield Finding(
            code="card-without-energy",
            severity="warning",
            place="computing",
            message="The card states no energy: nothing is computed, and its own figure stands "
            "beside.",
            suggestion="state the energy in a manual.yaml, or estimate it from hardware and hours: "
            "carbonlabel estimate",
        )


def _finding(entry: Entry) -> Finding:
    """What the lint found, in words of ours: a disclosure repeats no words of a stranger's card."""
    return Finding(
        code=entry.code,
        severity="note" if entry.severity == "note" else "warning",
        place="reported",
        message=RULES[entry.code].demand,
        suggestion="carbonlabel lint shows what the card has instead, and where",
    )
