"""I split the energy of a Carbontracker run into accelerators and host."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.model.evidence import Sensor
from carbonlabel.readers.carbontracker.account import Component
from carbonlabel.readers.carbontracker.pair import Pair

_GPU: Final = "gpu"
_DURATION_ROUNDING_S: Final = 0.005


@dataclass(frozen=True, slots=True)
class Split:
    """IT energies of one run in kWh, and how each came about."""

    accelerators: Estimate | Missing
    """Accelerator boards."""
    host: Estimate | Missing
    """CPU packages, and DRAM where RAPL shows it."""
    computing: Estimate | Missing
    """What cannot be split, or holds a PUE that is not known."""
    sensors: Mapping[str, Sensor]
    """How each figure came about."""


def split(pair: Pair) -> Split:
    """The energies of the run: measured result first, else epochs; never the prediction."""
    if pair.rebuilt_kwh > 0:
        return _by_epochs(pair)
    if pair.actual is None or pair.actual.energy_kwh == 0:
        return _nothing(pair)
    if len(pair.components) == 1 and pair.pue_in_energy != "unknown":
        return _single(pair)
    return _lump(pair)


def corrections(pair: Pair) -> dict[str, int]:
    """For each component whose devices were averaged: by how much its power is too small."""
    return {
        name: len(component.devices)
        for name, component in pair.components.items()
        if pair.averages(component)
    }


def is_modelled(pair: Pair) -> bool:
    """Whether any component was modelled from a rated power, not read from a counter."""
    return any(_sensor(name, part) == "model" for name, part in pair.components.items())


def _by_epochs(pair: Pair) -> Split:
    counts = corrections(pair)
    scale = _scale(pair, is_corrected=bool(counts))
    gpu = {name: part for name, part in pair.components.items() if name == _GPU}
    rest = {name: part for name, part in pair.components.items() if name != _GPU}
    return Split(
        accelerators=_part(gpu, scale, counts) or absent(pair, _GPU),
        host=_part(rest, scale, counts) or absent(pair, "cpu"),
        computing=Missing(missing="not-applicable", reason="split into accelerators and host"),
        sensors=_sensors(accelerators=gpu, host=rest),
    )


def _scale(pair: Pair, *, is_corrected: bool) -> tuple[float, float]:
    # As (kWh, per kWh): the share of a component comes before the product, so nothing overflows.
    rebuilt_kwh, as_logged = pair.rebuilt_kwh, (1.0, 1.0)
    if pair.actual is None or pair.actual.energy_kwh == 0 or pair.pue_ratio is None:
        return as_logged
    it_kwh = pair.actual.energy_kwh / pair.pue_ratio
    # A corrected figure has no result to agree with; scale it only for epochs that are lost.
    rounding_kwh = _rounding(pair) * rebuilt_kwh
    if is_corrected and abs(it_kwh - rebuilt_kwh) <= rounding_kwh:
        return as_logged
    return it_kwh, rebuilt_kwh


def _rounding(pair: Pair) -> float:
    told = pair.primary
    rounding_s = told.epochs_count * _DURATION_ROUNDING_S
    return rounding_s / told.duration_s if told.duration_s else 0.0


def _part(
    parts: Mapping[str, Component], scale: tuple[float, float], counts: Mapping[str, int]
) -> Estimate | None:
    whole_kwh, per_kwh = scale
    energies_kwh = (
        whole_kwh * (part.energy_kwh / per_kwh) * counts.get(name, 1)
        for name, part in parts.items()
    )
    energy_kwh = sum(energies_kwh)
    if energy_kwh == 0:
        return None
    return Estimate(value=energy_kwh, unit="kWh", basis=_basis(parts, counts), source="log")


def _basis(parts: Mapping[str, Component], counts: Mapping[str, int]) -> Basis:
    modelled = any(_sensor(name, part) == "model" for name, part in parts.items())
    return "estimated" if modelled or counts.keys() & parts.keys() else "measured"


def _sensor(name: str, part: Component) -> Sensor:
    is_counter = not part.is_apple if name == _GPU else part.is_counted
    return "counter" if is_counter else "model"


def _sensors(**parts: Mapping[str, Component]) -> dict[str, Sensor]:
    sensors: dict[str, Sensor] = {}
    for field, components in parts.items():
        kinds = {_sensor(name, part) for name, part in components.items() if part.energy_kwh > 0}
        if kinds:
            sensors[field] = "model" if "model" in kinds else "counter"
    return sensors


def absent(pair: Pair, name: str) -> Missing:
    """Why a component (`gpu` or `cpu`) has no energy."""
    label = name.upper()
    if name in pair.components:
        return Missing(
            missing="not-measured", reason=f"Carbontracker logged no power of the {label}"
        )
    if name == _GPU and pair.is_inventoried:
        return Missing(missing="not-applicable", reason="Carbontracker found no GPU")
    return Missing(
        missing="not-measured", reason=f"Carbontracker found no {label} that it can read"
    )


def _single(pair: Pair) -> Split:
    ((name, part),) = pair.components.items()
    energy_kwh = _it_kwh(pair) * corrections(pair).get(name, 1)
    whole = Estimate(
        value=energy_kwh,
        unit="kWh",
        basis=_basis({name: part}, corrections(pair)),
        source=pair.actual_key,
    )
    is_gpu = name == _GPU
    return Split(
        accelerators=whole if is_gpu else absent(pair, _GPU),
        host=absent(pair, "cpu") if is_gpu else whole,
        computing=Missing(missing="not-applicable", reason=f"all of it is of the {name.upper()}"),
        sensors={"accelerators" if is_gpu else "host": _sensor(name, part)},
    )


def _lump(pair: Pair) -> Split:
    unsplit = Missing(missing="not-stated", reason="no epoch says how the energy is split")
    whole = Estimate(
        value=_it_kwh(pair),
        unit="kWh",
        basis="estimated" if is_modelled(pair) or not pair.components else "measured",
        source=pair.actual_key,
    )
    sensor: Sensor = "counter" if whole.basis == "measured" else "model"
    return Split(unsplit, unsplit, whole, {"computing": sensor})


def _it_kwh(pair: Pair) -> float:
    printed_kwh = pair.actual.energy_kwh if pair.actual else 0.0
    return printed_kwh / (pair.pue_ratio or 1.0)


def _nothing(pair: Pair) -> Split:
    if pair.actual:
        reason = "Carbontracker could read no component: it logged 0 kWh"
    elif pair.predicted:
        reason = "the log holds a prediction only; a forecast is no measurement"
    else:
        reason = "no epoch was finished"
    nothing = Missing(missing="not-measured", reason=reason)
    return Split(nothing, nothing, nothing, {})
