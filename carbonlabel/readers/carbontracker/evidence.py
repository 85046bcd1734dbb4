"""I make one evidence of the two logs that Carbontracker writes of a run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.method.digits import nine
from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.hardware import Device
from carbonlabel.model.provenance import Input, Period
from carbonlabel.readers.carbontracker.account import Account, Component
from carbonlabel.readers.carbontracker.findings import fallback, findings
from carbonlabel.readers.carbontracker.grammar import account
from carbonlabel.readers.carbontracker.pair import Pair
from carbonlabel.readers.carbontracker.split import is_modelled, split

_FORMAT: Final = "carbontracker-log"
_TRACKER: Final = "Carbontracker"
_NAME: Final = re.compile(r"(?P<run>.+)_carbontracker(?P<output>_output)?\.log")
_WITHIN_S: Final = 1.0


def evidence(log: Log) -> Evidence:
    """The one run of the pair that the log belongs to, whichever of the two was named.

    Raises:
        InputError: a log holds a value that is none, or nothing of Carbontracker.
    """
    named = account(log)
    if not named.is_known:
        raise MalformedInput(
            "nothing in it is of Carbontracker",
            where=log.name,
            hint="give the file that ends in _carbontracker.log or _carbontracker_output.log",
        )
    found = [(log, named), *_beside(log, named)]
    found.sort(key=lambda one: _is_output(one[1]))
    by_kind = {_is_output(told): told for _, told in found}
    pair = Pair(standard=by_kind.get(False), output=by_kind.get(True))
    return _evidence(pair, tuple(one for one, _ in found))


def _beside(log: Log, named: Account) -> Iterator[tuple[Log, Account]]:
    # A file that nobody named is no reason to fail: a killed run leaves an empty output log.
    if sibling := _sibling(log):
        told = account(sibling)
        if told.is_known and _is_output(told) != _is_output(named):
            yield sibling, told


def _is_output(told: Account) -> bool:
    return told.is_output and told.version is None and not told.epochs_count


def _sibling(log: Log) -> Log | None:
    match = _NAME.fullmatch(log.name)
    if match is None or log.path is None:
        return None
    name = f"{match['run']}_carbontracker{'' if match['output'] else '_output'}.log"
    return log.sibling(name) if log.path.with_name(name).is_file() else None


def _evidence(pair: Pair, logs: tuple[Log, ...]) -> Evidence:
    energies = split(pair)
    return Evidence(
        run=_run(logs[0]),
        place=_figures_at(pair, logs[0]),
        tracker=_TRACKER,
        version=pair.primary.version,
        inputs=tuple(_input(pair, log, runs) for log, runs in zip(logs, (1, None), strict=False)),
        period=_period(pair.primary),
        duration=_duration(pair),
        accelerators=energies.accelerators,
        host=energies.host,
        computing=energies.computing,
        sensors=energies.sensors,
        pue_in_energy=pair.pue_in_energy,
        pue=_pue(pair),
        wue=Missing(missing="not-stated", reason="Carbontracker knows no water"),
        reported_energy=_reported_energy(pair),
        reported_emissions=_reported_emissions(pair),
        reported_intensity=_reported_intensity(pair),
        country=next((told.country for told in pair.accounts if told.country), None),
        devices=_devices(pair),
        covers="machine",
        complete=pair.is_complete,
        blind_spots=_blind_spots(pair),
        findings=findings(pair, energies),
    )


def _run(log: Log) -> str:
    match = _NAME.fullmatch(log.name)
    return match["run"] if match else f"{log.name}:1"


def _figures_at(pair: Pair, log: Log) -> str:
    if pair.actual:
        return pair.actual.where
    return pair.primary.epochs_where or f"{log.name}:1"


def _input(pair: Pair, log: Log, runs: int | None) -> Input:
    return Input(
        file=log.name,
        sha256=log.sha256,
        format=_FORMAT,
        tracker=_TRACKER,
        version=pair.primary.version,
        runs=runs,
    )


def _period(told: Account) -> Period | Missing:
    if told.begin is None or told.end is None or told.end < told.begin:
        return Missing(missing="not-stated", reason="the clock of the log went back")
    return Period(start=told.begin, end=told.end, zone="local, not stated")


def _duration(pair: Pair) -> Estimate | Missing:
    value_s, source = pair.primary.duration_s, "log"
    # More than the rounding of Actual's time is missing where a standard log was cut.
    if pair.actual and (not value_s or pair.actual.duration_s > value_s + _WITHIN_S):
        value_s, source = pair.actual.duration_s, pair.actual_key
    if not value_s:
        return Missing(missing="not-measured", reason="no epoch was finished")
    return Estimate(value=nine(value_s), unit="s", basis="measured", source=source)


def _pue(pair: Pair) -> Estimate | Missing:
    if pair.pue_in_energy == "no" or pair.pue_ratio is None:
        return Missing(missing="not-stated", reason="the log states no PUE")
    return Estimate(value=pair.pue_ratio, unit="ratio", basis="assumed", source="log")


def _reported_energy(pair: Pair) -> Estimate | Missing:
    basis: Basis = "estimated" if is_modelled(pair) else "measured"
    if pair.actual:
        return Estimate(
            value=pair.actual.energy_kwh, unit="kWh", basis=basis, source=pair.actual_key
        )
    rebuilt_kwh = pair.rebuilt_kwh * (pair.pue_ratio or 1.0)
    if rebuilt_kwh == 0:
        return Missing(missing="not-measured", reason="the log holds no measured energy")
    return Estimate(value=rebuilt_kwh, unit="kWh", basis="estimated", source="log")


def _reported_emissions(pair: Pair) -> Estimate | Missing:
    if pair.actual is None or pair.actual.emissions_gco2e is None:
        return Missing(
            missing="not-stated", reason="the log states no emissions of what was measured"
        )
    return Estimate(
        value=pair.actual.emissions_gco2e,
        unit="gCO2e",
        basis="assumed" if fallback(pair) else "estimated",
        source=pair.actual_key,
    )


def _reported_intensity(pair: Pair) -> Estimate | None:
    if pair.intensity_gco2e_per_kwh is None:
        return None
    return Estimate(
        value=pair.intensity_gco2e_per_kwh,
        unit="gCO2e/kWh",
        basis="assumed" if fallback(pair) else "estimated",
        source=pair.intensity_key,
    )


def _devices(pair: Pair) -> tuple[Device, ...]:
    boards = pair.components.get("gpu", Component())
    sockets = pair.components.get("cpu", Component())
    # RAPL zones are no names, and an Apple chip has no boards to make.
    if boards.is_apple:
        return ()
    brands = () if sockets.is_counted else sockets.devices
    hosts = [Device(name=brand, kind="host", count=1) for brand in brands[:1]]
    return (*_counted(boards.devices), *hosts)


def _counted(names: tuple[str, ...]) -> list[Device]:
    return [
        Device(name=name, kind="accelerator", count=count) for name, count in Counter(names).items()
    ]


def _blind_spots(pair: Pair) -> tuple[tuple[str, str], ...]:
    zones = [device for part in pair.components.values() for device in part.devices]
    sees_memory = any(zone.startswith("dram:") for zone in zones)
    what = "storage and network" if sees_memory else "memory, storage and network"
    seen = "GPU boards, CPU packages and DRAM" if sees_memory else "GPU boards and CPU packages"
    return (
        ("idle time of the machine", "Carbontracker records only the epochs"),
        ("failed and earlier runs", "not in the log"),
        (what, f"Carbontracker reads {seen} only"),
    )
