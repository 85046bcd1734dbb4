"""I turn benchmarks of AI Energy Score into evidence; one that failed is none, and is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence, Sensor, Served
from carbonlabel.model.provenance import Finding, Input, Period, Severity
from carbonlabel.parsing.amounts import given
from carbonlabel.parsing.workload import energy_text, per_unit
from carbonlabel.readers.ai_energy_score.results import Result, results

_TRACKER: Final = "AI Energy Score"
_NO_HOST: Final = Missing(missing="not-measured", reason="AI Energy Score states GPU boards only")
_BLIND_SPOTS: Final = (
    ("idle time of the machine", "AI Energy Score tracks its prompts only"),
    ("failed and earlier runs", "what failed used energy that is not in the results"),
    ("storage and network", "AI Energy Score does not measure them"),
)


def evidence(log: Log, form: str) -> tuple[Evidence, ...]:
    """One piece of evidence for each benchmark that was finished.

    Raises:
        MalformedInput: none was, or a figure is wrong.
    """
    told = tuple(results(log))
    # The tool writes 0 for a benchmark that failed, and for GPUs that it could not read.
    finished = [each for each in told if each.boards_kwh]
    if not finished:
        raise MalformedInput(
            "holds no finished benchmark",
            where=log.name,
            hint="0 Wh is what the tool writes when it fails or reads no GPU",
        )
    source = Input(
        file=log.name, sha256=log.sha256, format=form, tracker=_TRACKER, runs=len(finished)
    )
    first, *others = (_evidence(each, source) for each in finished)
    whole = tuple(_of_file(told, finished))
    return (replace(first, findings=(*whole, *first.findings)), *others)


def _evidence(told: Result, source: Input) -> Evidence:
    host = given(told.host_kwh, "kWh", "estimated") if told.host_kwh else _NO_HOST
    sensors: dict[str, Sensor] = {"accelerators": "counter"}
    if isinstance(host, Estimate):
        sensors["host"] = "model"
    return Evidence(
        run=told.place,
        place=told.place,
        tracker=_TRACKER,
        inputs=(source,),
        phase="inference",
        period=_period(told),
        duration=_duration(told),
        accelerators=given(told.boards_kwh, "kWh", "measured"),
        host=host,
        computing=Missing(missing="not-applicable", reason="the results name the component"),
        sensors=sensors,
        pue_in_energy="no",
        pue=Missing(missing="not-stated", reason="AI Energy Score counts no PUE"),
        wue=Missing(missing="not-stated", reason="AI Energy Score knows no water"),
        reported_energy=given(told.boards_kwh + (told.host_kwh or 0), "kWh", "measured"),
        reported_emissions=_emissions(told),
        served=_served(told),
        covers="machine",
        complete=not told.failed_count,
        blind_spots=_BLIND_SPOTS,
        findings=tuple(_findings(told)),
    )


def _served(told: Result) -> Served | None:
    """The prompts that were answered; what failed used energy and served nobody."""
    if not told.successful_count:
        return None
    return Served(unit="request", count=told.successful_count, task=told.task)


def _emissions(told: Result) -> Estimate | Missing:
    if not told.emissions_gco2e:
        return Missing(missing="not-stated", reason="the results state no emissions")
    if told.host_kwh is None:
        # Emissions of more than the energy beside them would give an intensity that is none.
        return Missing(
            missing="not-stated",
            reason="the tool's emissions hold CPU and memory, whose energy is not in this file",
        )
    return given(told.emissions_gco2e, "gCO2e", "estimated")


def _duration(told: Result) -> Estimate | Missing:
    if not told.duration_s:
        return Missing(missing="not-stated", reason="this file has no duration")
    return given(told.duration_s, "s", "measured")


def _period(told: Result) -> Period | Missing:
    try:
        end = datetime.fromisoformat(told.ended or "")
        start = end - timedelta(seconds=told.duration_s or 0)
    except (ValueError, OverflowError):
        return Missing(missing="not-stated", reason="this file has no time")
    offset = end.replace(microsecond=0).isoformat().partition("T")[2][8:]
    zone = "UTC" if offset == "+00:00" else offset or "local, not stated"
    return Period(start=start.replace(microsecond=0), end=end.replace(microsecond=0), zone=zone)


def _findings(told: Result) -> Iterator[Finding]:
    yield _per_prompts(told)
    if told.emissions_gco2e and told.host_kwh is None:
        yield _finding(
            "emissions-cover-more",
            "reported",
            "The tool's emissions hold CPU and memory too, whose energy is not in this file.",
            f"{told.emissions_gco2e:.4g} gCO2e",
        )
    if told.failed_count:
        yield _finding(
            "prompts-failed",
            "accelerators",
            "Some prompts failed; the energy holds what they used until then.",
            f"{told.failed_count:.0f} prompts",
            "warning",
        )


def _per_prompts(told: Result) -> Finding:
    if told.per_1000 and told.successful_count:
        found = f"{told.per_1000:.4g} Wh per 1 000 queries; {told.successful_count:.0f} queries"
    elif told.successful_count:
        found = f"{energy_text(told.boards_kwh)} for {told.successful_count:.0f} queries"
    else:
        found = f"{energy_text(told.boards_kwh)}, by the tool's rules for 1 000 queries"
    return per_unit(
        found, "accelerators", "The energy is that of the GPUs for all queries of the benchmark."
    )


def _of_file(told: Sequence[Result], finished: Sequence[Result]) -> Iterator[Finding]:
    if len(finished) < len(told):
        yield _finding(
            "benchmarks-failed",
            "run",
            "Some benchmarks failed; they used energy that is not known and are left out.",
            f"{len(told) - len(finished)} of {len(told)}",
            "warning",
        )
    models = dict.fromkeys(each.model for each in finished if each.model)
    if len(models) > 1:
        yield _finding(
            "several-models",
            "run",
            "The results are of several models and were added up; a label is about one.",
            f"{len(models)} models",
            "warning",
        )


def _finding(
    code: str, place: str, message: str, found: str, severity: Severity = "note"
) -> Finding:
    return Finding(code=code, severity=severity, place=place, message=message, found=found)
