"""I say what a model in use takes for each unit of its work, and what its training took to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from carbonlabel.documents import wording
from carbonlabel.documents.anatomy import Context, Method
from carbonlabel.documents.language import Words, marked, say
from carbonlabel.documents.numbers import (
    NO_BREAK_SPACE,
    between,
    brief,
    decimal,
    figure,
    grouped,
    joined,
    raised,
)
from carbonlabel.model.compute import Compute, FlopMethod
from carbonlabel.model.disclosure import Activity, Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.units import SCALES
from carbonlabel.model.workload import FunctionalUnit, Statistic, Workload
from carbonlabel.rules.sci import ACTIVE, PARAMETERS, TOKENS

NAME: Final = marked("Use")
_DIGITS: Final = 2
_PERCENT: Final = "%"
HOW: Final[Mapping[FlopMethod, str]] = Words(
    {
        "6ND": "6 × parameters × tokens",
        "hardware": "device time × peak × utilisation",
        "counted": "counted by the trainer",
        "stated": "as stated",
    }
)
"""How operations were found, in a few words."""
_UNIT: Final[Mapping[FunctionalUnit, str]] = Words(
    {
        "request": "request",
        "token": "token",
        "output token": "output token",
        "image": "image",
        "second of audio": "second of audio",
        "second of video": "second of video",
        "page": "page",
        "sample": "sample",
    }
)
_UNITS: Final[Mapping[FunctionalUnit, str]] = Words(
    {
        "request": "requests",
        "token": "tokens",
        "output token": "output tokens",
        "image": "images",
        "second of audio": "seconds of audio",
        "second of video": "seconds of video",
        "page": "pages",
        "sample": "samples",
    }
)
_MILLIONS: Final[Mapping[FunctionalUnit, str]] = Words(
    {
        "request": "{millions} requests",
        "token": "{millions} tokens",
        "output token": "{millions} output tokens",
        "image": "{millions} images",
        "second of audio": "{millions} seconds of audio",
        "second of video": "{millions} seconds of video",
        "page": "{millions} pages",
        "sample": "{millions} samples",
    }
)
_R: Final[Mapping[str, str]] = Words(
    {
        PARAMETERS: "billion parameters",
        ACTIVE: "billion active parameters",
        TOKENS: "million training tokens",
    }
)
_STATISTIC: Final[Mapping[Statistic, str]] = Words(
    {"mean": "mean", "median": "median", "p90": "p90"}
)


def contexts(disclosure: Disclosure) -> tuple[Context, ...]:
    """A line for each unit that a model in use served; else one that reports nothing."""
    told = tuple(_context(work) for work in _works(disclosure))
    return told or (Context(name=say(NAME)),)


def methods(disclosure: Disclosure) -> Iterator[Method]:
    """What each unit of use takes, and when use emits as much as training did."""
    for work in _works(disclosure):
        yield Method(heading=say(NAME), text=f"{say('; ').join(_told(work))}.")


def operations(disclosure: Disclosure) -> Iterator[Method]:
    """The operations of each activity that states some, and how well the machines did them."""
    for activity in disclosure.activities:
        compute = activity.compute
        if compute and (isinstance(compute.flop, Estimate) or compute.tokens):
            alone = len(disclosure.activities) == 1
            of_phase = say("Compute of {phase}", phase=wording.phase_name(activity.phase))
            heading = say("Compute") if alone else of_phase
            yield Method(heading=heading, text=f"{say('; ').join(_done(compute))}.")


def scores(disclosure: Disclosure) -> Iterator[Method]:
    """The software carbon intensity by functional unit, and why others are not known."""
    found = disclosure.totals.sci or {}
    if not found:
        return
    known = [_score(name, each) for name, each in found.items() if isinstance(each, Estimate)]
    gaps: dict[str, list[str]] = {}
    for name, each in found.items():
        if isinstance(each, Missing):
            gaps.setdefault(wording.sentence(each.reason), []).append(unit(name))
    missing = [
        say("not known per {units}: {reason}", units=", ".join(units), reason=reason)
        for reason, units in gaps.items()
    ]
    yield Method(
        heading=say("SCI score"),
        text=say(
            "Electricity, location-based, and making of the machines together (ISO/IEC 21031, "
            "SCI for AI): {scores}.",
            scores=say("; ").join([*known, *missing]),
        ),
    )


def served(activities: Sequence[Activity]) -> str:
    """How many units a model in use served: `230 768 requests`; empty where nobody counted."""
    works = (activity.workload for activity in activities)
    return wording.listed(count(work) for work in works if work is not None)


def emitted(disclosure: Disclosure) -> str:
    """What each unit of use emits: `1.31 kg CO₂e (0.86–1.99) per 1 000 requests`, or empty."""
    told = (
        (figure(work.emissions), per(work))
        for work in _works(disclosure)
        if isinstance(work.emissions, Estimate)
    )
    return say("; ").join(
        f"{amount.text}{f' ({amount.range})' if amount.range else ''} {unit}"
        for amount, unit in told
    )


def _works(disclosure: Disclosure) -> list[Workload]:
    return [each.workload for each in disclosure.activities if each.workload is not None]


def _context(work: Workload) -> Context:
    if not isinstance(work.energy, Estimate):
        return Context(name=say(NAME), note=per(work))
    told = figure(work.energy)
    return Context(
        name=say(NAME),
        note=per(work),
        value=told.value,
        unit=told.unit,
        range=told.range,
        basis=work.energy.basis,
    )


def per(work: Workload) -> str:
    """`per 1 000 requests`, `per median request`."""
    if work.statistic != "mean":
        return say(
            "per {statistic} {unit}",
            statistic=_STATISTIC[work.statistic],
            unit=_UNIT[work.unit],
        )
    return say("per {unit}", unit=f"{grouped(Decimal(work.per))} {_UNITS[work.unit]}")


def count(work: Workload) -> str:
    """`230 768 requests`, or `1 median request`."""
    if work.statistic != "mean":
        statistic = _STATISTIC[work.statistic]
        return say("1 {statistic} {unit}", statistic=statistic, unit=_UNIT[work.unit])
    return f"{_large(work.count)} {_UNIT[work.unit] if work.count == 1 else _UNITS[work.unit]}"


def _large(count: float) -> str:
    whole = decimal(count)
    return grouped(whole.quantize(Decimal(1)) if whole == whole.to_integral_value() else whole)


def _told(work: Workload) -> Iterator[str]:
    task = wording.named(work.task or "")
    batch = say("in batches of {count}", count=work.batch) if work.batch else ""
    yield ", ".join(filter(None, (count(work), task, batch)))
    if isinstance(work.energy, Estimate) and isinstance(work.emissions, Estimate):
        amounts = f"{figure(work.energy).text}, {figure(work.emissions).text}"
        if isinstance(work.water, Estimate):
            drunk = figure(work.water).text
            amounts = say("{amounts}, {water} of water", amounts=amounts, water=drunk)
        yield say("{amounts} {per}, electricity only", amounts=amounts, per=per(work))
    elif isinstance(work.energy, Missing):
        yield wording.sentence(work.energy.reason)
    if isinstance(work.break_even, Estimate):
        uses = _even(work, work.break_even)
        yield say("{uses} emit as much as the training did", uses=uses)


def _even(work: Workload, even: Estimate) -> str:
    count = _about(even.value, work.unit)
    if even.low is None or even.high is None:
        return count
    low, high = wording.prefixed(even.low), wording.prefixed(even.high)
    return count if low == high else f"{count} ({between(low, high)})"


def _about(count: float, unit: FunctionalUnit) -> str:
    """`842 requests`, `4.54 M requests`."""
    shown = wording.prefixed(count)
    if wording.is_in_millions(count):
        return _MILLIONS[unit].format(millions=shown)
    return f"{shown} {_UNITS[unit]}"


def _done(compute: Compute) -> Iterator[str]:
    if isinstance(compute.device_time, Estimate):
        yield wording.accelerator_time(compute.device_time.value)
    if compute.tokens:
        yield _about(compute.tokens, "token")
    if isinstance(compute.flop, Estimate):
        how = f", {HOW[compute.method]}" if compute.method else ""
        value, span = power(compute.flop, "FLOP")
        yield f"{value} ({span}){how}" if span else f"{value}{how}"
    if isinstance(compute.mfu, Estimate):
        percent = f"{_percent(compute.mfu)}{_of_peak(compute)}"
        yield say("model FLOP utilisation {percent}", percent=percent)


def _of_peak(compute: Compute) -> str:
    if not isinstance(compute.peak, Estimate):
        return ""
    tera = compute.peak.value / SCALES["FLOP/s"]["TFLOP/s"]
    return say(" of {rate} dense 16-bit peak", rate=joined(brief(tera, 4), "TFLOP/s"))


def _percent(ratio: Estimate) -> str:
    value = f"{brief(_in_percent(ratio.value), _DIGITS)}{NO_BREAK_SPACE}%"
    if ratio.low is None or ratio.high is None:
        return value
    low, high = (brief(_in_percent(end), _DIGITS) for end in (ratio.low, ratio.high))
    return f"{value} ({between(low, high)})"


def _in_percent(ratio: float) -> float:
    return ratio / SCALES["ratio"][_PERCENT]


def power(quantity: Estimate, unit: str) -> tuple[str, str]:
    """`3.9 × 10²³ FLOP`, and `2.7 to 5.0` in the same power of ten; empty without a range."""
    exponent = decimal(quantity.value).adjusted()
    power_of_ten = f"10{raised(exponent)}"
    value = f"{_scaled(quantity.value, exponent)} × {power_of_ten}{NO_BREAK_SPACE}{unit}"
    if quantity.low is None or quantity.high is None:
        return value, ""
    low, high = (_scaled(end, exponent) for end in (quantity.low, quantity.high))
    return value, "" if low == high else between(low, high)


def _scaled(value: float, exponent: int) -> str:
    return brief(float(decimal(value).scaleb(-exponent)), _DIGITS)


def _score(name: str, score: Estimate) -> str:
    told = figure(score)
    span = f" ({told.range})" if told.range else ""
    return say("{amount} per {unit}", amount=f"{told.text}{span}", unit=unit(name))


def unit(name: str) -> str:
    """The functional unit of a score, with its number as people write it."""
    first, _, rest = name.partition(" ")
    if not first.isdecimal():
        return wording.named(_R.get(name, name))
    return f"{grouped(Decimal(first))} {say(rest)}"
