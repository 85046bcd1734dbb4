"""I turn the figures of a CodeCarbon run into energies without the PUE, each with its origin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from carbonlabel.errors import MalformedInput
from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.model.evidence import PueState, Sensor
from carbonlabel.model.units import Unit, grams_from_kilograms
from carbonlabel.readers.codecarbon.readings import Reading
from carbonlabel.readers.codecarbon.rows import Row

SPLIT_TOLERANCE_RATIO: Final = 0.01
"""How far CPU + GPU + memory may be from the energy of the row; every version writes the sum."""
_DEFAULT_RATIO: Final = 1.0
_NOTHING: Final = Missing(
    missing="not-measured",
    reason="CodeCarbon writes 0 kWh when it found no sensor; the run used energy",
)
_IS_SPLIT: Final = Missing(missing="not-applicable", reason="the log splits the energy")
_NO_PUE: Final = "the PUE of the site is not stated"


class Site(NamedTuple):
    """What the log says of the site, and whether its energies hold the PUE."""

    in_energy: PueState
    pue: Estimate | Missing
    wue: Estimate | Missing

    @property
    def pue_ratio(self) -> float:
        """What every energy is to be divided by."""
        return self.pue.value if isinstance(self.pue, Estimate) else _DEFAULT_RATIO


class Energies(NamedTuple):
    """IT energy in kWh by part, and how each figure came about."""

    accelerators: Estimate | Missing
    host: Estimate | Missing
    computing: Estimate | Missing
    sensors: Mapping[str, Sensor]


def site(found: Reading) -> Site:
    """The PUE and WUE that the user gave CodeCarbon.

    Raises:
        MalformedInput: the PUE is below 1, or one of them is no number.
    """
    state, pue = _pue(found)
    return Site(state, pue, _wue(found.row))


def energies(found: Reading, place: Site) -> Energies:
    """The energies of the run, divided by the PUE that is in them.

    GPU boards are metered (NVML). The file does not say how CPU power was obtained, and memory is
    always a model: the host is estimated. Zero is what CodeCarbon writes when it read nothing.
    """
    why_whole = whole_reason(found, place)
    if why_whole:
        apart = Missing(missing="not-applicable", reason=why_whole)
        if found.energy_kwh == 0:
            return Energies(apart, apart, _NOTHING, {})
        together = _kwh(found.used_kwh / place.pue_ratio, "estimated")
        return Energies(apart, apart, together, {"computing": "model"})
    if found.energy_kwh == 0:
        return Energies(_no_gpu_energy(found), _NOTHING, _IS_SPLIT, {})
    return _split(found, place)


def whole_reason(found: Reading, place: Site) -> str | None:
    """Why the energy can only be given whole; None where CPU, GPU and memory stand apart."""
    if place.in_energy == "unknown":
        return "the energy may hold a PUE that the file does not state"
    parts_kwh = found.parts_kwh
    if parts_kwh is None:
        return "the log does not split the energy"
    if abs(sum(parts_kwh) - found.used_kwh) > SPLIT_TOLERANCE_RATIO * found.used_kwh:
        return "CPU, GPU and memory do not add up to the energy of the run"
    return None


def reported_energy(found: Reading) -> Estimate | Missing:
    """The energy that stands in the file, PUE included."""
    if found.energy_kwh == 0:
        return Missing(missing="not-measured", reason="0 kWh in the log means not measured")
    gpu_kwh = found.gpu_kwh or 0
    return _kwh(found.energy_kwh, "measured" if 2 * gpu_kwh >= found.energy_kwh else "estimated")


def reported_emissions(found: Reading) -> Estimate | Missing:
    """The emissions that stand in the file, in gCO2e."""
    if found.energy_kwh == 0:
        return Missing(missing="not-measured", reason="no energy was measured")
    if found.emissions_kg is None:
        return Missing(missing="not-stated", reason="the log gives no emissions for this run")
    return _given(grams_from_kilograms(found.emissions_kg), "gCO2e", "estimated")


def gpu_count(row: Row) -> float:
    """How many GPUs the log counts; 0 where it names none."""
    return row.number("gpu_count") or 0


def _pue(found: Reading) -> tuple[PueState, Estimate | Missing]:
    row = found.row
    ratio = row.number("pue")
    if ratio is None:
        is_hidden = found.added_from or row.repair == "unreadable"
        reason = f"{_NO_PUE} ({found.added_from or 'the log'} has none)"
        return "unknown" if is_hidden else "no", Missing(missing="not-stated", reason=reason)
    if ratio < _DEFAULT_RATIO:
        raise MalformedInput(
            f"a PUE of {ratio} is below 1",
            where=row.where("pue"),
            hint="PUE is facility energy divided by IT energy: at least 1",
        )
    if ratio == _DEFAULT_RATIO:
        reason = f"{_NO_PUE} (1.0 is CodeCarbon's default, not a statement)"
        return "no", Missing(missing="not-stated", reason=reason)
    return "yes", _given(ratio, "ratio", "estimated")


def _wue(row: Row) -> Estimate | Missing:
    l_per_kwh = row.number("wue")
    if l_per_kwh is None:
        return Missing(missing="not-stated", reason="this log has no water column")
    if l_per_kwh == 0:
        return Missing(missing="not-stated", reason="wue 0.0 in the log means not asked")
    return _given(l_per_kwh, "L/kWh", "estimated")


def _split(found: Reading, place: Site) -> Energies:
    cpu_kwh, gpu_kwh, ram_kwh = found.parts_kwh or (0.0, 0.0, 0.0)
    accelerators = (
        _kwh(gpu_kwh / place.pue_ratio, "measured")
        if gpu_kwh and not found.gpu_lost_kwh
        else _no_gpu_energy(found)
    )
    host_kwh = (cpu_kwh + ram_kwh) / place.pue_ratio
    host = (
        _kwh(host_kwh, "estimated")
        if host_kwh
        else Missing(missing="not-measured", reason="cpu_energy and ram_energy are 0 in the log")
    )
    sensors: dict[str, Sensor] = {}
    if isinstance(accelerators, Estimate):
        sensors["accelerators"] = "counter"
    if isinstance(host, Estimate):
        sensors["host"] = "model"
    return Energies(accelerators, host, _IS_SPLIT, sensors)


def _no_gpu_energy(found: Reading) -> Missing:
    row = found.row
    if found.gpu_lost_kwh:
        reason = "gpu_energy is negative: the board's counter went back"
        return Missing(missing="not-measured", reason=reason)
    count = row.text("gpu_count")
    if gpu_count(row):
        reason = f"gpu_count is {count}, yet gpu_energy is 0: no board was read"
        return Missing(missing="not-measured", reason=reason)
    if row.repair == "ambiguous" and count is None:
        reason = "gpu_energy is 0 and the shifted row hides gpu_count"
        return Missing(missing="not-measured", reason=reason)
    reason = "gpu_count is 0" if count else "the log names no GPU"
    return Missing(missing="not-applicable", reason=reason)


def _kwh(energy_kwh: float, basis: Basis) -> Estimate:
    return _given(energy_kwh, "kWh", basis)


def _given(value: float, unit: Unit, basis: Basis) -> Estimate:
    return Estimate(value=value, unit=unit, basis=basis, source="log")
