"""I word what is odd about a Carbontracker run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.model.estimate import Estimate
from carbonlabel.model.provenance import Finding
from carbonlabel.readers.carbontracker.pair import Pair
from carbonlabel.readers.carbontracker.split import Split, corrections

_NEWEST: Final = (2, 4, 7)
_MEANS_GCO2E_PER_KWH: Final = {294.21: "EU-28", 475.0: "world", 481.0: "world", 445.0: "world"}
_FEWEST_DECIMALS: Final = 6


def findings(pair: Pair, split: Split) -> tuple[Finding, ...]:
    """Everything odd about the run, placed by the field of the evidence that it is about."""
    return (
        *_about_devices(pair, split),
        *_about_pue(pair),
        *_about_intensity(pair),
        *_about_coverage(pair),
        *_about_files(pair),
    )


def fallback(pair: Pair) -> str | None:
    """`world` or `EU-28` where the tracker fell back to that mean; None where it knew the place."""
    said = next((told.fallback for told in pair.accounts if told.fallback), None)
    is_placed = any(told.country for told in pair.accounts)
    intensity = pair.intensity_gco2e_per_kwh
    if intensity is None:
        return None if is_placed else said
    return None if is_placed and said is None else _MEANS_GCO2E_PER_KWH.get(intensity)


def _about_devices(pair: Pair, split: Split) -> Iterator[Finding]:
    if counts := corrections(pair):
        yield _averaged(pair, split, "accelerators" if "gpu" in counts else "host")
    if not isinstance(split.computing, Estimate):
        for name, part in pair.components.items():
            if part.energy_kwh == 0 and pair.rebuilt_kwh > 0:
                yield _unread(name)


def _averaged(pair: Pair, split: Split, place: str) -> Finding:
    message = (
        "Carbontracker 2.0 and later averages the power of several devices instead of adding it up"
    )
    parts = (split.accelerators, split.host)
    it_kwh = sum(part.value for part in parts if isinstance(part, Estimate))
    if it_kwh == 0:
        return Finding(
            code="devices-averaged",
            severity="warning",
            place="computing",
            message=f"{message}; without the power of the epochs this cannot be corrected.",
            suggestion="keep both logs of the run side by side",
        )
    printed_kwh = pair.actual.energy_kwh if pair.actual else 0.0
    pue_ratio = pair.pue_ratio or 1.0
    return Finding(
        code="devices-averaged",
        severity="warning",
        place=place,
        message=f"{message}; corrected by the device count.",
        expected=_kwh(it_kwh * pue_ratio),
        found=_kwh(printed_kwh or pair.rebuilt_kwh * pue_ratio),
    )


def _kwh(energy_kwh: float) -> str:
    # Six decimals as Carbontracker 1 prints them, more where they would show less than two digits.
    digits = _FEWEST_DECIMALS
    while float(f"{energy_kwh:.{digits}f}") < energy_kwh / 2:
        digits += 3
    return f"{energy_kwh:.{digits}f} kWh"


def _unread(name: str) -> Finding:
    return Finding(
        code="component-not-read",
        severity="warning",
        place="accelerators" if name == "gpu" else "host",
        message=f"Carbontracker found a {name.upper()} but logged no power of it.",
        suggestion="let it read the counter (RAPL files need read permission) and run again",
    )


def _about_pue(pair: Pair) -> Iterator[Finding]:
    if pair.pue_in_energy == "unknown" and pair.actual:
        yield Finding(
            code="tracker-pue-unknown",
            severity="warning",
            place="pue",
            message="The energy holds a PUE, but no line says which; it cannot be taken out.",
            suggestion="keep the log that ends in _carbontracker.log beside it",
        )


def _about_intensity(pair: Pair) -> Iterator[Finding]:
    if mean := fallback(pair):
        intensity = pair.intensity_gco2e_per_kwh
        used = "a world mean" if mean == "world" else f"a mean of the {mean}"
        yield Finding(
            code="tracker-intensity-is-world-mean",
            severity="note",
            place="reported",
            message=f"The tracker found no location and used {used}.",
            found=None if intensity is None else f"{intensity:g} gCO2e/kWh",
        )


def _about_coverage(pair: Pair) -> Iterator[Finding]:
    planned_count, measured_count = pair.planned_count, pair.measured_count
    if planned_count and measured_count and measured_count < planned_count:
        yield Finding(
            code="epochs-partly-covered",
            severity="warning",
            place="run",
            message="The tracker measured some of the planned epochs; "
            "if the others were trained, their energy is not known.",
            expected=f"{planned_count} epochs",
            found=f"{measured_count} epochs",
        )
    if pair.actual is None:
        yield _without_result(pair)
    elif pair.actual.epochs_count is None and planned_count is None:
        yield Finding(
            code="no-epoch-count",
            severity="note",
            place="run",
            message="The log does not say how many epochs were planned.",
        )


def _without_result(pair: Pair) -> Finding:
    if pair.rebuilt_kwh > 0:
        code, message = (
            "no-actual-block",
            "No measured result was logged: the energy is watts × seconds of the finished epochs.",
        )
    elif pair.predicted:
        code, message = "predicted-only", "The log holds a prediction only, and no finished epoch."
    else:
        code, message = "no-epoch-finished", "The log ends before the first epoch was finished."
    return Finding(
        code=code,
        severity="warning",
        place="run",
        message=message,
        suggestion="keep both logs of the run side by side; a run that was killed has no result",
    )


def _about_files(pair: Pair) -> Iterator[Finding]:
    if any(told.is_shared for told in pair.accounts):
        yield Finding(
            code="later-trackers-in-log",
            severity="warning",
            place="run",
            message="The log goes on with later trackers of the same process; "
            "only the first is read here.",
            suggestion="give the logs of the later trackers too",
        )
    if pair.release and pair.release > _NEWEST:
        yield Finding(
            code="tracker-newer-than-known",
            severity="note",
            place="run",
            message="This version of Carbontracker is newer than those that were tried.",
            expected=".".join(map(str, _NEWEST)),
            found=pair.primary.version,
        )
