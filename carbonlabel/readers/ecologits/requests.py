"""I turn the requests that EcoLogits modelled into evidence, and keep what has no field yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence, Sensor, Served
from carbonlabel.model.provenance import Finding, Input
from carbonlabel.model.units import Unit
from carbonlabel.parsing.amounts import given
from carbonlabel.parsing.workload import energy_text, per_unit
from carbonlabel.readers.ecologits.impacts import Request, Span, requests

_TRACKER: Final = "EcoLogits"
_APART: Final = Missing(
    missing="not-applicable", reason="EcoLogits does not split the energy of a request"
)
_NOT_MODELLED: Final = "EcoLogits could not model the request"
_BLIND_SPOTS: Final = (
    ("idle time of the machine", "EcoLogits models requests only"),
    ("failed requests and training", "EcoLogits models one answered request at a time"),
    ("storage and network", "EcoLogits does not model them"),
)


def evidence(log: Log, form: str) -> tuple[Evidence, ...]:
    """One piece of evidence a request; what is said of all together stands with the first.

    Raises:
        MalformedInput: the file holds no request, or a figure in it is wrong.
    """
    told = tuple(requests(log))
    if not told:
        raise MalformedInput(
            "holds no impacts", where=log.name, hint="is it the output of EcoLogits?"
        )
    source = Input(file=log.name, sha256=log.sha256, format=form, tracker=_TRACKER, runs=len(told))
    first, *others = (_evidence(each, source) for each in told)
    return (replace(first, findings=tuple(_findings(told))), *others)


def _evidence(told: Request, source: Input) -> Evidence:
    energy = _quantity(told.energy_kwh, "kWh")
    return Evidence(
        run=told.place,
        place=told.place,
        tracker=_TRACKER,
        inputs=(source,),
        phase="inference",
        period=Missing(missing="not-stated", reason="EcoLogits writes no time"),
        duration=Missing(missing="not-stated", reason="EcoLogits writes no duration"),
        accelerators=_APART,
        host=_APART,
        computing=energy,
        sensors=_sensor(told.energy_kwh) if isinstance(energy, Estimate) else {},
        pue_in_energy="yes",
        pue=Missing(
            missing="not-stated", reason="EcoLogits counts its provider's PUE and does not state it"
        ),
        wue=Missing(missing="not-stated", reason="EcoLogits states litres, and no WUE"),
        reported_energy=energy,
        # What could not be modelled is no request that used nothing.
        served=Served(unit="request", count=1) if isinstance(energy, Estimate) else None,
        reported_emissions=_quantity(told.usage_gco2e or told.total_gco2e, "gCO2e"),
        covers="process",
        complete=True,
        blind_spots=_BLIND_SPOTS,
    )


def _quantity(span: Span | None, unit: Unit) -> Estimate | Missing:
    if span is None or span.middle == 0:
        return Missing(missing="not-assessed", reason=_NOT_MODELLED)
    if span.is_range:
        return given(span.middle, unit, "estimated", low=span.low, high=span.high)
    return given(span.middle, unit, "estimated")


def _sensor(span: Span | None) -> dict[str, Sensor]:
    # Without a range of its own, a request is as uncertain as any modelled power.
    return {"computing": "stated" if span and span.is_range else "model"}


def _findings(told: Sequence[Request]) -> Iterator[Finding]:
    yield from _per_request(told)
    yield from _manufacture(told)
    yield from _water(told)
    if any(each.total_gco2e and not each.usage_gco2e for each in told):
        yield _note(
            "emissions-include-manufacture",
            "reported",
            "EcoLogits' emissions hold the making of the servers, which this file does not split "
            "off: they are above those of the electricity.",
        )
    if codes := _joined(code for each in told for code in each.warnings):
        yield _note(
            "request-imprecise", "computing", "EcoLogits itself expects low precision.", codes
        )
    failed = [each for each in told if each.energy_kwh is None]
    if failed:
        yield _not_modelled(failed, len(told))


def _per_request(told: Sequence[Request]) -> Iterator[Finding]:
    known = [each.energy_kwh for each in told if each.energy_kwh]
    if known:
        whole = _both(known)
        count = len(known)
        yield per_unit(
            f"{energy_text(whole.middle)} ({energy_text(whole.low)} to {energy_text(whole.high)}) "
            f"for {count} {'request' if count == 1 else 'requests'}",
            "computing",
            "The energy is that of the requests in the file; EcoLogits states neither model nor "
            "tokens.",
        )


def _manufacture(told: Sequence[Request]) -> Iterator[Finding]:
    pairs = [(each.usage_gco2e, each.total_gco2e) for each in told]
    usage = [usage for usage, total in pairs if usage and total]
    whole = [total for usage, total in pairs if usage and total]
    if whole:
        made_gco2e = _both(whole).middle - _both(usage).middle
        yield _note(
            "tracker-manufacture-left-out",
            "reported",
            "EcoLogits adds the making of the servers to its emissions; manufacture is worked out "
            "from the machines here, so that only the electricity's are kept.",
            f"{made_gco2e:.4g} gCO2e for making the servers",
        )


def _water(told: Sequence[Request]) -> Iterator[Finding]:
    known = [each.water_l for each in told if each.water_l]
    if known:
        whole = _both(known)
        yield _note(
            "tracker-water-left-out",
            "run",
            "EcoLogits' water is that of the site and of the power stations together, and states "
            "no WUE; it is kept here only.",
            f"{whole.low:.4g} to {whole.high:.4g} L",
        )


def _not_modelled(failed: Sequence[Request], count: int) -> Finding:
    codes = _joined(code for each in failed for code in each.errors)
    return Finding(
        code="request-not-modelled",
        severity="warning",
        place="computing",
        message="EcoLogits could not model some requests; they used energy that is not known.",
        found=f"{len(failed)} of {count}" + (f": {codes}" if codes else ""),
        suggestion="update EcoLogits, which may know the model by now",
    )


def _both(spans: Sequence[Span]) -> Span:
    low = sum(span.low for span in spans)
    return Span(low, sum(span.high for span in spans), is_range=True)


def _joined(codes: Iterator[str]) -> str:
    return ", ".join(dict.fromkeys(codes))


def _note(code: str, place: str, message: str, found: str | None = None) -> Finding:
    return Finding(code=code, severity="note", place=place, message=message, found=found)
