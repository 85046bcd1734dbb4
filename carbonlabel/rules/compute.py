"""I hold operations to parameters and tokens, and utilisation to what machines can do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carbonlabel.errors import MissingFactor
from carbonlabel.method.compute import hardware_flop, training_flop, utilisation_ratio
from carbonlabel.model.compute import Compute
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.provenance import Finding
from carbonlabel.model.units import SCALES
from carbonlabel.rules.comparison import Comparison, shown
from carbonlabel.rules.rows import activities, known

FAR_RATIO: Final = 3.0
"""Operations may be so far from 6 × parameters × tokens."""
IDLE_RATIO: Final = 0.005
"""A training that uses less of its machines than this states something wrong."""
_EACH_FLOP: Final = 6.0


def operations(disclosure: Disclosure) -> Iterator[Finding]:
    """Operations follow from parameters and tokens, and lie near 6 for each pair of them."""
    subject = disclosure.subject
    working = subject.active_parameters or subject.parameters
    for at, activity in activities(disclosure):
        compute = activity.compute
        if compute is None or not isinstance(compute.flop, Estimate):
            continue
        place = f"{at}/compute/flop"
        if compute.method == "hardware":
            yield from _by_hardware(compute, compute.flop, place)
        elif working and compute.tokens and compute.method == "6ND":
            yield from _by_tokens(compute, compute.flop, working, place)
        elif working and compute.tokens:
            yield from _near(compute.flop, working, compute.tokens, place)


def utilisation(disclosure: Disclosure) -> Iterator[Finding]:
    """Machines do no more operations than they can, in their time and on their energy."""
    for at, activity in activities(disclosure):
        compute = activity.compute
        if compute is None:
            continue
        if isinstance(compute.mfu, Estimate):
            yield from _mfu(compute, compute.mfu, f"{at}/compute/mfu")
        yield from _per_joule(activity, compute, f"{at}/compute/flop")


def _by_tokens(
    compute: Compute, flop: Estimate, parameters_count: int, place: str
) -> Iterator[Finding]:
    each, tokens = compute.flop_per_parameter, compute.tokens or 0.0
    each_flop = each.value if each else _EACH_FLOP
    yield from Comparison(
        code="compute-mismatch",
        place=place,
        claim="The operations are not 6 × parameters × tokens",
        found=flop.value,
        expected=training_flop(each_flop, parameters_count, tokens),
        unit="FLOP",
        working=f"{each_flop:g} × {parameters_count} × {tokens:g}",
    ).findings()


def _by_hardware(compute: Compute, flop: Estimate, place: str) -> Iterator[Finding]:
    found = known((compute.device_time, compute.peak, compute.mfu))
    if len(found) < len(("time", "peak", "utilisation")):
        yield Finding(
            code="compute-without-origin",
            severity="error",
            place=place,
            message="The operations are said to follow from machines whose time, peak or "
            "utilisation is not declared.",
            found=f"{flop.value:.3g} FLOP",
            suggestion="name the devices and their hours, and assess again",
        )
        return
    time, peak, mfu = found
    yield from Comparison(
        code="compute-mismatch",
        place=place,
        claim="The operations are not device time × peak × utilisation",
        found=flop.value,
        expected=hardware_flop(time.value, peak.value, mfu.value),
        unit="FLOP",
        working=f"{shown(time.value, 's')} × {peak.value:.4g} FLOP/s × {mfu.value:g}",
    ).findings()


def _near(flop: Estimate, parameters_count: int, tokens: float, place: str) -> Iterator[Finding]:
    expected_flop = training_flop(_EACH_FLOP, parameters_count, tokens)
    if not expected_flop / FAR_RATIO <= flop.value <= expected_flop * FAR_RATIO:
        yield Finding(
            code="flop-mismatch",
            severity="warning",
            place=place,
            message="The operations are more than three times away from 6 × parameters × tokens.",
            expected=f"about {expected_flop:.3g} FLOP = 6 × {parameters_count} × {tokens:g}",
            found=f"{flop.value:.3g} FLOP",
            suggestion="check tokens, parameters (--active-parameters for a mixture of experts) "
            "and the unit of the operations",
        )


def _mfu(compute: Compute, mfu: Estimate, place: str) -> Iterator[Finding]:
    yield from _worked_out(compute, mfu, place)
    if IDLE_RATIO <= mfu.value <= 1:
        return
    above = mfu.value > 1
    certain = above and (mfu.low is None or mfu.low > 1)
    yield Finding(
        code="mfu-out-of-band",
        severity="error" if certain else "warning",
        place=place,
        message="The machines are said to have done more than they can."
        if above
        else "The machines are said to have done next to nothing of what they can.",
        expected=f"{shown(100 * IDLE_RATIO, '%')} to 100 %",
        found=shown(100 * mfu.value, "%"),
        suggestion="check tokens, parameters, the number of devices and their hours",
    )


def _worked_out(compute: Compute, mfu: Estimate, place: str) -> Iterator[Finding]:
    flop, time, peak = compute.flop, compute.device_time, compute.peak
    if mfu.formula is None or not isinstance(flop, Estimate):
        return
    if isinstance(time, Estimate) and isinstance(peak, Estimate) and time.value and peak.value:
        yield from Comparison(
            code="compute-mismatch",
            place=place,
            claim="The utilisation is not operations ÷ (device time × peak)",
            found=mfu.value,
            expected=utilisation_ratio(flop.value, time.value, peak.value),
            unit="ratio",
            working=f"{flop.value:.4g} FLOP ÷ ({shown(time.value, 's')} × {peak.value:.4g} FLOP/s)",
        ).findings()


def _per_joule(activity: Activity, compute: Compute, place: str) -> Iterator[Finding]:
    """At its peak a machine draws its rated power: more operations a joule there are not."""
    power_w, energy_kwh = _rated_w(activity), _energy_kwh(activity)
    flop, peak = compute.flop, compute.peak
    if not (power_w and energy_kwh and isinstance(flop, Estimate) and isinstance(peak, Estimate)):
        return
    energy_j = energy_kwh / SCALES["kWh"]["J"]
    found, most = flop.value / energy_j, peak.value / power_w
    if (flop.low or flop.value) / energy_j > most:
        yield Finding(
            code="flop-per-joule-out-of-band",
            severity="warning",
            place=place,
            message="The accelerators are said to have done more operations with their energy "
            "than they do at their peak.",
            expected=f"at most {most:.3g} FLOP/J = {peak.value:.4g} FLOP/s ÷ {shown(power_w, 'W')}",
            found=f"{found:.3g} FLOP/J",
            suggestion="check whose energy the tracker read, tokens and parameters",
        )


def _rated_w(activity: Activity) -> float | None:
    names = {device.name for device in activity.hardware if device.kind == "accelerator"}
    if len(names) != 1:
        return None
    from carbonlabel.factors import devices  # noqa: PLC0415 - not every run names a board

    try:
        return devices.find(names.pop()).row.rated_power_w
    except MissingFactor:
        return None


def _energy_kwh(activity: Activity) -> float | None:
    found = (part.energy for part in activity.parts if part.part == "accelerators")
    energy = next(found, None)
    return energy.value if isinstance(energy, Estimate) else None
