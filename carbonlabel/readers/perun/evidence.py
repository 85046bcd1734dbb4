"""I say what a run used by perun's sensors: boards, processors and memory, without the PUE."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.model.evidence import Evidence, PueState, Sensor
from carbonlabel.model.provenance import Finding, Input, Period
from carbonlabel.model.units import kwh_from_joules
from carbonlabel.readers.perun.measured import Measured

TRACKER: Final = "perun"
TOLERANCE_RATIO: Final = 0.01
"""How far the parts may be from the total."""
_DEFAULTS_GCO2E_PER_KWH: Final = frozenset({417.8, 230.0, 274.8})
_NOTHING: Final = Missing(
    missing="not-measured", reason="perun found no sensor of energy; the run used energy"
)
_NO_HOST: Final = Missing(missing="not-measured", reason="perun read no RAPL counter")
_SPLIT: Final = Missing(missing="not-applicable", reason="the log says which component it is")
_WARMUP: Final = ("warm-up rounds", "perun does not count them")
BLIND_SPOTS: Final = (
    ("idle time of the machine", "perun records only the run"),
    ("failed and earlier runs", "not in the file"),
    ("storage and network", "perun does not measure their energy"),
)


@dataclass(frozen=True, slots=True)
class _Energies:
    accelerators: Estimate | Missing
    host: Estimate | Missing
    computing: Estimate | Missing
    sensors: Mapping[str, Sensor]


def evidence(run: Measured, source: Input) -> Evidence:
    """The run as evidence."""
    why_whole = _why_whole(run)
    energies = _whole(run, why_whole) if why_whole else _split(run)
    return Evidence(
        run=run.run,
        place=run.place,
        tracker=TRACKER,
        version=run.version,
        inputs=(source,),
        period=_period(run),
        duration=_duration(run),
        accelerators=energies.accelerators,
        host=energies.host,
        computing=energies.computing,
        sensors=energies.sensors,
        pue_in_energy=_pue_state(run),
        pue=_pue(run),
        wue=Missing(missing="not-stated", reason="perun knows no water"),
        reported_energy=_reported(run),
        reported_emissions=_emissions(run),
        reported_intensity=_intensity(run),
        devices=run.devices,
        covers="machine",
        complete=True,
        blind_spots=(*BLIND_SPOTS, _WARMUP) if run.warmups_count else BLIND_SPOTS,
        findings=tuple(_noticed(run, why_whole)),
    )


def no_gpu(*, has_gpu: bool) -> Missing:
    """Why there is no energy of accelerators."""
    if has_gpu:
        return Missing(missing="not-measured", reason="perun read no power of the GPUs")
    return Missing(missing="not-applicable", reason="perun found no GPU")


def no_sensor() -> Finding:
    """The finding for a run without any energy."""
    return Finding(
        code="no-energy-sensor",
        severity="warning",
        place="host",
        message="perun found no sensor of energy: there is no energy in the file, which is not "
        "zero energy.",
        suggestion="give perun access to RAPL or NVML, or state rated power and hours",
    )


def _pue_ratio(run: Measured) -> float:
    return run.pue_ratio or 1.0


def _it_j(run: Measured) -> float:
    return (run.energy_j or 0.0) / _pue_ratio(run)


def _parts_j(run: Measured) -> float:
    return (run.gpu_j or 0.0) + (run.host_j or 0.0) + run.overhead_j


def _why_whole(run: Measured) -> str | None:
    if run.energy_j is None and run.energy is None:
        return None
    if run.is_whole:
        return "the file does not split the energy"
    if run.pue_ratio is None:
        return "the energy may hold a PUE that the file does not state"
    if abs(_parts_j(run) - _it_j(run)) > TOLERANCE_RATIO * _it_j(run):
        return "the sensors do not add up to the energy of the run"
    return None


def _whole(run: Measured, why: str) -> _Energies:
    apart = Missing(missing="not-applicable", reason=why)
    if run.energy:
        return _Energies(apart, apart, run.energy, {"computing": "stated"})
    if not run.energy_j:
        zero = Missing(missing="not-measured", reason="all sensors read 0")
        return _Energies(apart, apart, zero, {})
    return _Energies(apart, apart, _energy(_it_j(run), "measured"), {"computing": "counter"})


def _split(run: Measured) -> _Energies:
    if run.energy_j is None:
        return _Energies(no_gpu(has_gpu=run.has_gpu), _NOTHING, _SPLIT, {})
    sensors: dict[str, Sensor] = {}
    accelerators: Estimate | Missing = no_gpu(has_gpu=run.has_gpu)
    host: Estimate | Missing = _NO_HOST
    if run.gpu_j:
        accelerators, sensors["accelerators"] = _energy(run.gpu_j, "measured"), "counter"
    host_j = (run.host_j or 0.0) + run.overhead_j
    if host_j:
        host = _energy(host_j, "estimated" if run.overhead_j else "measured")
        sensors["host"] = "model" if run.overhead_j else "counter"
    return _Energies(accelerators, host, _SPLIT, sensors)


def _energy(energy_j: float, basis: Basis) -> Estimate:
    return Estimate(value=kwh_from_joules(energy_j), unit="kWh", basis=basis, source="log")


def _period(run: Measured) -> Period | Missing:
    if run.begin is None or run.duration_s is None:
        return Missing(missing="not-stated", reason="the file does not say when it was")
    try:
        end = run.begin + timedelta(seconds=run.duration_s)
    except OverflowError:
        return Missing(missing="not-stated", reason="the run ends after the calendar")
    return Period(start=run.begin, end=end, zone="local, not stated")


def _duration(run: Measured) -> Estimate | Missing:
    if not run.duration_s:
        return Missing(missing="not-stated", reason="the file gives no runtime")
    return Estimate(value=run.duration_s, unit="s", basis="measured", source="log")


def _pue_state(run: Measured) -> PueState:
    if run.pue_ratio is None:
        return "no" if run.energy_j is None and run.energy is None else "unknown"
    return "yes" if run.pue_ratio > 1 else "no"


def _pue(run: Measured) -> Estimate | Missing:
    if run.pue_ratio is None:
        return Missing(missing="not-stated", reason="this export does not store perun's PUE")
    if run.pue_ratio == 1:
        reason = "the PUE of the site is not stated (1.0 is perun's default, not a statement)"
        return Missing(missing="not-stated", reason=reason)
    return Estimate(value=run.pue_ratio, unit="ratio", basis="estimated", source="log")


def _reported(run: Measured) -> Estimate | Missing:
    if run.energy:
        return run.energy
    return _energy(run.energy_j, "measured") if run.energy_j else _NOTHING


def _emissions(run: Measured) -> Estimate | Missing:
    if run.emissions_gco2e is None or not run.energy_j:
        return Missing(missing="not-stated", reason="the file states no emissions of this run")
    value = run.emissions_gco2e
    return Estimate(value=value, unit="gCO2e", basis=_intensity_basis(run), source="log")


def _intensity(run: Measured) -> Estimate | None:
    value = run.intensity_gco2e_per_kwh
    if not value:
        return None
    return Estimate(value=value, unit="gCO2e/kWh", basis=_intensity_basis(run), source="log")


def _intensity_basis(run: Measured) -> Basis:
    is_default = run.intensity_gco2e_per_kwh in _DEFAULTS_GCO2E_PER_KWH
    return "assumed" if is_default else "estimated"


def _noticed(run: Measured, why_whole: str | None) -> Iterator[Finding]:
    if run.energy_j is None and run.energy is None:
        yield no_sensor()
        return
    if run.energy_j == 0:
        yield _zero("computing" if why_whole else "host")
    if why_whole:
        yield _not_split(run, why_whole)
    if run.pue_ratio is None:
        yield _unknown_pue()
    if run.gpu_j == 0 or (run.has_gpu and run.gpu_j is None and not why_whole):
        yield _silent()
    if run.overhead_j and not why_whole:
        yield _overhead(run)
    if run.is_mean:
        yield _mean()


def _zero(place: str) -> Finding:
    return Finding(
        code="zero-energy",
        severity="warning",
        place=place,
        message="All sensors read 0 J, which is not zero energy.",
        found="0 J",
    )


def _not_split(run: Measured, why: str) -> Finding:
    differs = not run.is_whole and run.pue_ratio is not None
    return Finding(
        code="energy-not-split",
        severity="warning" if differs else "note",
        place="computing",
        message=f"The energy of the run was taken whole: {why}.",
        expected=f"{kwh_from_joules(_it_j(run)):.4g} kWh" if differs else None,
        found=f"{kwh_from_joules(_parts_j(run)):.4g} kWh" if differs else None,
        suggestion="perun export … json splits it" if run.is_whole else None,
    )


def _unknown_pue() -> Finding:
    return Finding(
        code="tracker-pue-unknown",
        severity="warning",
        place="pue",
        message="perun multiplies the energy by its setting pue, which this export does not store.",
        suggestion="perun export … json stores it",
    )


def _silent() -> Finding:
    return Finding(
        code="component-not-read",
        severity="warning",
        place="accelerators",
        message="perun found GPUs but read no power of them: their energy is in no figure.",
    )


def _overhead(run: Measured) -> Finding:
    return Finding(
        code="host-modelled",
        severity="note",
        place="host",
        message="The setting power_overhead, watts per host that nobody measured, is in the "
        "energy of the host.",
        found=f"{kwh_from_joules(run.overhead_j):.4g} kWh",
    )


def _mean() -> Finding:
    return Finding(
        code="rounds-not-stated",
        severity="warning",
        place="run",
        message="The benchmark export holds means over rounds and not how many there were; one "
        "round was counted.",
        suggestion="perun export … json holds every round",
    )
