"""I compare a run with earlier ones, and call a change only what their noise cannot explain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from carbonlabel.budgets.figures import NAMES, PLACES, BudgetUnit, figure
from carbonlabel.errors import InputError
from carbonlabel.method.operational import operational
from carbonlabel.method.prediction import LEAST_COUNT, prediction
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.provenance import Finding
from carbonlabel.rules.comparison import shown


@dataclass(frozen=True, slots=True)
class Change:
    """How a run is compared with earlier ones."""

    unit: BudgetUnit = "kWh"
    """Energy, or emissions at the grid factor of the baseline."""
    allowed_ratio: float = 0.0
    """So much more than the baseline is no failure: 0.15 for 15 %."""
    noise_ratio: float | None = None
    """How far two equal runs lie apart, where that is known; else their ranges say it."""


@dataclass(frozen=True, slots=True)
class _Level:
    value: float
    low: float
    high: float


def changes(
    disclosure: Disclosure, baselines: Sequence[Disclosure], how: Change
) -> Iterator[Finding]:
    """An error where a run takes more than allowed, and more than both intervals can explain.

    Of three baselines or more, their own scatter is the noise (95 % prediction interval).

    Raises:
        InputError: there are two baselines, which show no scatter.
    """
    if 1 < len(baselines) < LEAST_COUNT:
        raise InputError(
            "two baselines do not show how runs scatter",
            where="--baseline",
            hint="give one, or three or more",
        )
    now, before = figure(disclosure, "kWh"), [figure(each, "kWh") for each in baselines]
    missing = [each for each in (now, *before) if isinstance(each, Missing)]
    if missing:
        yield _unknown(missing[0], how.unit)
        return
    yield from _others(disclosure, baselines[0])
    known = [each for each in before if isinstance(each, Estimate)]
    if isinstance(now, Estimate):
        yield from _risen(now, known, how, _scale(baselines[0], how.unit))


def _risen(
    now: Estimate, before: Sequence[Estimate], how: Change, scale: float
) -> Iterator[Finding]:
    earlier, later = _baseline(before, how), _level(now, how)
    if not earlier.value or now.value <= earlier.value * (1 + how.allowed_ratio):
        return
    rise = now.value / earlier.value - 1
    told_apart = now.value > earlier.high and earlier.value < later.low
    yield Finding(
        code="baseline-exceeded" if told_apart else "baseline-noise",
        severity="error" if told_apart else "note",
        place=PLACES[how.unit],
        message=f"{NAMES[how.unit]} rose by {rise:.0%} against the baseline"
        f"{'.' if told_apart else ', which the ranges of both can explain.'}",
        expected=f"at most {shown(earlier.value * (1 + how.allowed_ratio) * scale, how.unit)}, "
        f"the baseline's {_said(earlier, scale, how.unit)}",
        found=_said(later, scale, how.unit),
        suggestion="see what the change added, or take this run as the new baseline"
        if told_apart
        else "three or more baselines show how runs scatter; --noise states it",
    )


def _baseline(before: Sequence[Estimate], how: Change) -> _Level:
    if len(before) < LEAST_COUNT:
        return _level(before[0], how)
    values = [each.value for each in before]
    low, high = prediction(values)
    return _Level(sum(values) / len(values), low, high)


def _level(each: Estimate, how: Change) -> _Level:
    if how.noise_ratio is not None:
        half = each.value * how.noise_ratio
        return _Level(each.value, each.value - half, each.value + half)
    low = each.value if each.low is None else each.low
    high = each.value if each.high is None else each.high
    return _Level(each.value, low, high)


def _scale(baseline: Disclosure, unit: BudgetUnit) -> float:
    """What one kWh counts: 1, or the grid factor of the baseline, which the new run gets too."""
    if unit == "kWh":
        return 1.0
    factors = {each.region.intensity.value for each in baseline.activities}
    if len(factors) > 1:
        raise InputError(
            "the baseline has several grid factors, so none can be held fast",
            where="--baseline",
            hint="compare energy: leave out --carbon",
        )
    return operational(1.0, factors.pop())


def _said(level: _Level, scale: float, unit: BudgetUnit) -> str:
    value, low, high = (each * scale for each in (level.value, level.low, level.high))
    return f"{shown(value, unit)} ({low:.3g} to {high:.3g})"


def _others(disclosure: Disclosure, baseline: Disclosure) -> Iterator[Finding]:
    """Runs of other phases or on other machines are not alike."""
    now, before = _kind(disclosure), _kind(baseline)
    if now != before:
        yield Finding(
            code="baseline-differs",
            severity="warning",
            place="/activities",
            message="The baseline is of other phases or other machines.",
            expected=before,
            found=now,
            suggestion="take a run of the same kind as the baseline",
        )


def _kind(disclosure: Disclosure) -> str:
    kinds = {
        f"{each.phase} on {', '.join(f'{board.count} x {board.name}' for board in each.hardware)}"
        for each in disclosure.activities
    }
    return "; ".join(sorted(kinds))


def _unknown(found: Missing, unit: BudgetUnit) -> Finding:
    return Finding(
        code="budget-unknown",
        severity="error",
        place=PLACES[unit],
        message=f"Run and baseline cannot be compared: {found.reason}.",
        found="not reported",
        suggestion="both need an energy",
    )
