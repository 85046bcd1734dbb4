"""I work out the operations of a training and how well its accelerators did them.

Operations C = 6 × N × D of N parameters that work on each of D tokens (Kaplan et al., 2020), or
device time × peak × utilisation, or as stated; utilisation = C ÷ (device time × peak)
(Chowdhery et al., 2022).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from carbonlabel.assessment.citations import Citations
from carbonlabel.assessment.ledger import Figure, Ledger
from carbonlabel.assessment.terms import mapped
from carbonlabel.assessment.work import Done
from carbonlabel.errors import MissingFactor
from carbonlabel.factors import doubts
from carbonlabel.method.basis import weakest
from carbonlabel.method.compute import (
    device_time_s,
    hardware_flop,
    training_flop,
    utilisation_ratio,
)
from carbonlabel.method.digits import nine
from carbonlabel.method.propagate import Term
from carbonlabel.model.compute import Compute, FlopMethod
from carbonlabel.model.disclosure import Subject
from carbonlabel.model.estimate import Basis, Estimate, Missing
from carbonlabel.model.hardware import Device

DEVICE_TIME: Final = "count * share * duration"
BY_TOKENS: Final = "flop_per_parameter * parameters * tokens"
BY_ACTIVE: Final = "flop_per_parameter * active_parameters * tokens"
BY_HARDWARE: Final = "device_time * peak * mfu"
UTILISATION: Final = "flop / (device_time * peak)"
_TYPICAL: Final = "flop"
_UNSTATED: Final = Missing(missing="not-stated", reason="nobody states tokens or operations")


class Operations(NamedTuple):
    """The compute of one activity, and its operations as a figure that scores can divide by."""

    compute: Compute
    flop: Figure | None


class _Found(NamedTuple):
    """Operations, as they are shown and as they are reckoned with."""

    shown: Estimate
    figure: Figure
    method: FlopMethod
    each: Estimate | None = None
    """Operations for each parameter and token."""


@dataclass(frozen=True, slots=True)
class Machines:
    """The accelerators of one activity at work."""

    done: Done
    subject: Subject
    hardware: tuple[Device, ...]
    duration: Estimate | Missing
    at: str
    """JSON pointer of the activity."""
    ledger: Ledger
    citations: Citations

    def operations(self) -> Operations | None:
        """The compute of the activity; None where it has no accelerator and states nothing."""
        done, time = self.done, self._device_time()
        told = (done.tokens, done.flop, done.mfu)
        if isinstance(time, Missing) and not any(each is not None for each in told):
            return None
        peak = self._peak() if any(each is not None for each in told) else None
        found = self._stated() or self._by_tokens() or self._by_hardware(time, peak)
        return Operations(
            Compute(
                device_time=time,
                tokens=done.tokens,
                flop=found.shown if found else _UNSTATED,
                method=found.method if found else None,
                flop_per_parameter=found.each if found else None,
                peak=peak,
                mfu=self._utilisation(found, time, peak),
            ),
            found.figure if found else None,
        )

    def _device_time(self) -> Estimate | Missing:
        if self.done.device_time is not None:
            return self.done.device_time
        boards = [device for device in self.hardware if device.kind == "accelerator"]
        if not boards:
            return Missing(missing="not-stated", reason="no accelerator is named")
        if isinstance(self.duration, Missing):
            return self.duration
        used_s = self.duration.value
        return Estimate(
            value=nine(
                sum(device_time_s(each.count, each.share or 1.0, used_s) for each in boards)
            ),
            unit="s",
            basis=self.duration.basis,
            formula=DEVICE_TIME,
        )

    def _peak(self) -> Estimate | Missing:
        names = dict.fromkeys(each.name for each in self.hardware if each.kind == "accelerator")
        if len(names) != 1:
            why = "several kinds of accelerators ran" if names else "no accelerator is named"
            return Missing(missing="not-assessed", reason=why)
        from carbonlabel.factors import peaks  # noqa: PLC0415 - not every run names a board

        try:
            found = peaks.find(next(iter(names)))
        except MissingFactor as unknown:
            return Missing(missing="not-assessed", reason=unknown.message)
        return Estimate(
            value=found.flop_per_s,
            low=found.low_flop_per_s,
            high=found.high_flop_per_s,
            unit="FLOP/s",
            basis="estimated",
            source=self.citations.cite(found.source),
        )

    def _stated(self) -> _Found | None:
        flop = self.done.flop
        if flop is None:
            return None
        if self.done.flop_method == "counted" and flop.low is None:
            # What a trainer counts is 6 × parameters × tokens, with all that this leaves out.
            flop = flop.model_copy(update=_typical_ends(flop.value, self._each()))
        name = self.ledger.enter(("flop", self.at), f"{self.at}/compute/flop", flop)
        return _Found(flop, Figure((Term(float, (name,)),), flop.basis), self.done.flop_method)

    def _by_tokens(self) -> _Found | None:
        active, tokens = self.subject.active_parameters, self.done.tokens
        working = active or self.subject.parameters
        if working is None or tokens is None:
            return None
        each = self._each()
        name = self.ledger.enter(("each", each), f"{self.at}/compute/flop_per_parameter", each)
        term = Term(lambda each_flop: training_flop(each_flop, working, tokens), (name,))
        figure = Figure((term,), each.basis)
        shown = self.ledger.estimate(figure, "FLOP", BY_ACTIVE if active else BY_TOKENS)
        return _Found(shown, figure, "6ND", each)

    def _each(self) -> Estimate:
        doubt = doubts.doubt(_TYPICAL)
        return Estimate(
            value=doubt.value or 0.0,
            low=doubt.low,
            high=doubt.high,
            unit="FLOP",
            basis="estimated",
            source=self.citations.cite(doubt.source),
        )

    def _by_hardware(
        self, time: Estimate | Missing, peak: Estimate | Missing | None
    ) -> _Found | None:
        utilisation = self.done.mfu
        if utilisation is None or not isinstance(time, Estimate) or not isinstance(peak, Estimate):
            return None
        mfu = self.ledger.enter(("mfu", self.at), f"{self.at}/compute/mfu", utilisation)
        term = mapped(hardware_flop, self._time(time), self._rate(peak), Term(float, (mfu,)))
        figure = Figure((term,), _weakest((time, peak, utilisation)))
        return _Found(self.ledger.estimate(figure, "FLOP", BY_HARDWARE), figure, "hardware")

    def _utilisation(
        self, found: _Found | None, time: Estimate | Missing, peak: Estimate | Missing | None
    ) -> Estimate | Missing | None:
        if found is None or found.method == "hardware":
            return self.done.mfu
        for gap in (time, peak):
            if isinstance(gap, Missing):
                return Missing(missing="not-assessed", reason=gap.reason)
        if not isinstance(time, Estimate) or not isinstance(peak, Estimate) or not time.value:
            return Missing(missing="not-assessed", reason="the runs took no time")
        terms = (*found.figure.terms, self._time(time), self._rate(peak))
        term = mapped(utilisation_ratio, *terms)
        basis = _weakest((found.shown, time, peak))
        return self.ledger.estimate(Figure((term,), basis), "ratio", UTILISATION)

    def _time(self, time: Estimate) -> Term:
        """Device time as a term: exact where it has no range of its own, as a clock is."""
        if time.low is None:
            device_s = time.value
            return Term(lambda: device_s, ())
        at = f"{self.at}/compute/device_time"
        return Term(float, (self.ledger.enter(("device time", self.at), at, time),))

    def _rate(self, peak: Estimate) -> Term:
        return Term(float, (self.ledger.enter(("peak", peak), f"{self.at}/compute/peak", peak),))


def _typical_ends(value_flop: float, each: Estimate) -> dict[str, float]:
    low, high = each.low or 0.0, each.high or 0.0
    return {
        "low": nine(value_flop * low / each.value),
        "high": nine(value_flop * high / each.value),
    }


def _weakest(quantities: Iterable[Estimate]) -> Basis:
    return weakest(*(each.basis for each in quantities))
