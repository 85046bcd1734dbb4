"""I am the samples of the experiment-impact-tracker: powers of the process and of the machine."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from carbonlabel.errors import InputError, MalformedInput
from carbonlabel.intake import Log
from carbonlabel.method.integral import Integral, Sample, trapezoid
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Finding, Input
from carbonlabel.parsing import jsontext
from carbonlabel.parsing.jsontext import Value
from carbonlabel.parsing.samples import power_mw, time_ms
from carbonlabel.parsing.series import Row, Series, evidence, placed
from carbonlabel.parsing.table import amount

_TRACKER: Final = "experiment-impact-tracker"
_TIME: Final = "timestamp"
_INTENSITY: Final = "realtime_carbon_intensity"
_PROCESS: Final[Mapping[Row, str]] = {
    "accelerators": "nvidia_estimated_attributable_power_draw",
    "host": "rapl_estimated_attributable_power_draw",
}
_MACHINE: Final[Mapping[Row, str]] = {
    "accelerators": "nvidia_draw_absolute",
    "host": "rapl_power_draw_absolute",
}
_NONE: Final[Mapping[Row, Missing]] = {
    "accelerators": Missing(
        missing="not-applicable", reason="the log holds no GPU power: no NVIDIA GPU was found"
    ),
    "host": Missing(
        missing="not-measured", reason="the log holds no CPU power: no RAPL counter could be read"
    ),
}
_BLIND_SPOTS: Final = (
    ("idle time of the machine", "the tracker records only the run"),
    ("the seconds before the first and after the last sample", "they are in info.pkl only"),
    ("failed and earlier runs", "the tracker begins its file anew each time"),
    ("storage and network", "the tracker does not measure their energy"),
)
_SHARE: Final = (
    "what other processes used",
    "the tracker counts the share of its process",
)


@dataclass(slots=True)
class _Found:
    """What the file holds, after one look at all of it."""

    place: str = ""
    keys: dict[Row, str] = field(default_factory=dict)
    """Which power stands for each row."""
    first_ms: int = 0
    last_ms: int = 0
    intensities_gco2e_per_kwh: float = 0.0
    intensities_count: int = 0
    cut: int | None = None
    """The last line, where the file breaks off within it."""


def refuse(name: str, *, is_archive: bool) -> InputError:
    """The error for a file that is not opened."""
    if is_archive:
        return InputError(
            "an archive is not opened", where=name, hint="unpack it and give data.json"
        )
    return InputError(
        "a pickle is never loaded: it can run any program",
        where=name,
        hint="give data.json, which lies beside it and holds the measurements",
    )


def run(log: Log, *, format_name: str) -> Evidence:
    """The one run of the file.

    Raises:
        MalformedInput: a line is no sample, or a figure in it is wrong.
    """
    found = _survey(log)
    told = Series(
        tracker=_TRACKER,
        inputs=(
            Input(file=log.name, sha256=log.sha256, format=format_name, tracker=_TRACKER, runs=1),
        ),
        run=found.place,
        place=found.place,
        clock="UTC",
        covers="machine",
        blind_spots=_BLIND_SPOTS,
        findings=tuple(_noticed(found)),
        ends_ms=(found.first_ms, found.last_ms),
    )
    rows: dict[Row, tuple[Integral, ...] | Missing] = {
        row: _integral(log, found.keys[row]) if row in found.keys else _NONE[row] for row in _NONE
    }
    whole = evidence(told, rows)
    is_share = any(key == _PROCESS[row] for row, key in found.keys.items())
    return replace(
        whole,
        covers="process" if is_share else "machine",
        blind_spots=(_SHARE, *_BLIND_SPOTS) if is_share else _BLIND_SPOTS,
        reported_intensity=_intensity(found),
        complete=(whole.complete or not found.keys) and found.cut is None,
    )


def _integral(log: Log, key: str) -> tuple[Integral, ...]:
    found = placed(partial(trapezoid, partial(_powers, log, key)), log)
    return (found,) if found else ()


def _powers(log: Log, key: str) -> Iterator[Sample]:
    for where, sample in _samples(log, _Found()):
        if sample.get(key) is not None:
            power_w = _figure(sample, key, where)
            yield key, _time_ms(sample, where), power_mw(power_w, where=f"{where} {key}")


def _survey(log: Log) -> _Found:
    found = _Found()
    for where, sample in _samples(log, found):
        now_ms = _time_ms(sample, where)
        found.first_ms = min(found.first_ms, now_ms) if found.place else now_ms
        found.last_ms = max(found.last_ms, now_ms)
        found.place = found.place or where
        _note_keys(found, sample)
        _note_intensity(found, sample)
    if not found.place:
        raise MalformedInput(
            "the file holds no sample", where=log.name, hint="did the run last a few seconds?"
        )
    return found


def _note_keys(found: _Found, sample: Mapping[str, Value]) -> None:
    for row in _PROCESS:
        if sample.get(_PROCESS[row]) is not None:
            found.keys[row] = _PROCESS[row]
        elif sample.get(_MACHINE[row]) is not None:
            found.keys.setdefault(row, _MACHINE[row])


def _note_intensity(found: _Found, sample: Mapping[str, Value]) -> None:
    # It is "n/a" or null where the network or the provider failed.
    told = sample.get(_INTENSITY)
    is_figure = isinstance(told, int | float) and not isinstance(told, bool)
    if is_figure and isinstance(told, int | float) and told >= 0 and math.isfinite(told):
        found.intensities_gco2e_per_kwh += amount(float(told), where=found.place)
        found.intensities_count += 1


def _intensity(found: _Found) -> Estimate | None:
    if not found.intensities_count:
        return None
    return Estimate(
        value=found.intensities_gco2e_per_kwh / found.intensities_count,
        unit="gCO2e/kWh",
        basis="estimated",
        source="log",
    )


def _samples(log: Log, found: _Found) -> Iterator[tuple[str, Mapping[str, Value]]]:
    held: tuple[int, str] | None = None
    for number, text in log.lines():
        if held:
            yield _sample(log.name, *held)
        held = (number, text) if text.strip() else None
    if held is None:
        return
    try:
        last = _sample(log.name, *held)
    except MalformedInput:
        # A killed tracker leaves half a line, but never only that.
        if not _is_half(held[1]) or held[0] == 1:
            raise
        found.cut = held[0]
    else:
        yield last


def _is_half(text: str) -> bool:
    return text.lstrip().startswith("{") and not text.rstrip().endswith("}")


def _sample(file: str, number: int, text: str) -> tuple[str, Mapping[str, Value]]:
    where = f"{file}:{number}"
    told = jsontext.value(text, where=where)
    if not isinstance(told, dict):
        raise MalformedInput("is no sample", where=where, hint="is it the right file?")
    return where, told


def _time_ms(sample: Mapping[str, Value], where: str) -> int:
    return time_ms(_figure(sample, _TIME, where), where=f"{where} {_TIME}")


def _figure(sample: Mapping[str, Value], key: str, where: str) -> float:
    told = sample.get(key)
    if isinstance(told, bool) or not isinstance(told, int | float):
        raise MalformedInput("holds no figure", where=f"{where} {key}", hint="was the file edited?")
    return amount(float(told), where=f"{where} {key}")


def _noticed(found: _Found) -> Iterator[Finding]:
    if found.cut:
        yield Finding(
            code="cut-line",
            severity="warning",
            place="run",
            message=f"The file breaks off within line {found.cut}, which was left out.",
        )
    if not found.keys:
        yield Finding(
            code="no-energy-sensor",
            severity="warning",
            place="host",
            message="The tracker found neither a RAPL counter nor an NVIDIA GPU: there is no "
            "power in the file, which is not zero energy.",
            suggestion="state the energy from rated power and hours instead",
        )
    if any(key == _PROCESS[row] for row, key in found.keys.items()):
        yield Finding(
            code="share-of-process",
            severity="note",
            place="run",
            message="The powers are the share that the tracker gives to its process, by CPU time, "
            "memory and GPU utilisation; the machine used more.",
        )
    yield Finding(
        code="info-not-read",
        severity="note",
        place="duration",
        message="info.pkl, which holds begin, end, region and devices, is a pickle and never "
        "loaded: the run reaches from the first sample to the last.",
        suggestion="state the devices in a hardware.yaml and the place with --region",
    )
