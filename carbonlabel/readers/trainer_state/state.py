"""I read how long a Hugging Face Trainer ran, which is all it tells of a footprint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from carbonlabel.intake import Log
from carbonlabel.model.estimate import Estimate, Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Finding, Input
from carbonlabel.parsing import jsonfields
from carbonlabel.parsing.jsonfields import Fields

_FORMAT: Final = "trainer-state"
_TRACKER: Final = "Hugging Face Trainer"
_MOST_FLOP: Final = 1e30
_WHOLE_RATIO: Final = 0.9
"""Steps per second are rounded, to three decimals: so much of all steps is all of them."""
_BLIND_SPOTS: Final = (
    ("idle time of the machine", "the Trainer records only its own run time"),
    ("failed and earlier runs", "not in the log"),
    ("storage and network", "the Trainer measures no energy at all"),
)
# Python's json writes NaN for a loss that diverged: no figure that is read here.
_NOT_A_NUMBER: Final = re.compile(r"(?<=:)(\s*)(?:NaN|-?Infinity)(?=\s*[,}])")


def evidence(log: Log) -> Evidence:
    """The one training of the file: its duration, and why there is no energy.

    Raises:
        MalformedInput: it is no JSON object, or a figure in it is wrong.
    """
    state = jsonfields.document(_NOT_A_NUMBER.sub(r"\1null", log.document()), log.name)
    launches_s = _launches_s(state)
    launched_count = _launched_count(state)
    is_resumed = launched_count is not None and launched_count < _WHOLE_RATIO * _reached(state)
    is_done = _is_done(state, launches_s)
    energy = Missing(missing="not-measured", reason="the Trainer measures no energy")
    place = f"{log.name}:1"
    return Evidence(
        run=place,
        place=place,
        tracker=_TRACKER,
        inputs=(_input(log),),
        period=Missing(missing="not-stated", reason="the Trainer's state holds no time stamps"),
        duration=_duration(launches_s),
        accelerators=energy,
        host=energy,
        computing=energy,
        pue_in_energy="no",
        pue=Missing(missing="not-stated", reason="the Trainer knows no site"),
        wue=Missing(missing="not-stated", reason="the Trainer knows no water"),
        reported_energy=energy,
        reported_emissions=Missing(missing="not-stated", reason="the Trainer reports no emissions"),
        flop=_flop(state),
        flop_method="counted",
        covers="process",
        complete=is_done and not is_resumed,
        blind_spots=_BLIND_SPOTS,
        findings=(
            *_findings(state, launches_s, is_done=is_done),
            *([_resumed(state, launched_count)] if is_resumed else []),
        ),
    )


def _input(log: Log) -> Input:
    return Input(file=log.name, sha256=log.sha256, format=_FORMAT, tracker=_TRACKER, runs=1)


def _launches_s(state: Fields) -> list[float]:
    """The run time in s of each launch that came to its end."""
    entries = state.children("log_history") or (state,)
    return [run_s for entry in entries if (run_s := entry.number("train_runtime")) is not None]


def _launched_count(state: Fields) -> float | None:
    """How many steps the timed launches took; None where the file does not say.

    Since version 5 the Trainer divides the steps of the launch by its run time; before, all steps.
    """
    entries = state.children("log_history") or (state,)
    told = [
        (entry.number("train_steps_per_second"), entry.number("train_runtime"))
        for entry in entries
        if "train_runtime" in entry.values
    ]
    known = [rate * run_s for rate, run_s in told if rate is not None and run_s is not None]
    return sum(known) if known and len(known) == len(told) else None


def _reached(state: Fields) -> float:
    return state.number("global_step") or 0.0


def _is_done(state: Fields, launches_s: Sequence[float]) -> bool:
    reached, planned = state.number("global_step"), state.number("max_steps")
    is_short = reached is not None and planned is not None and reached < planned
    return bool(launches_s) and not is_short


def _duration(launches_s: Sequence[float]) -> Estimate | Missing:
    if not launches_s:
        return Missing(
            missing="not-stated",
            reason="no train_runtime: the state is of a checkpoint or of a killed run",
        )
    return Estimate(value=sum(launches_s), unit="s", basis="measured", source="log")


def _flop(state: Fields) -> Estimate | None:
    """What the Trainer counts over all launches; 0 is what it writes where it cannot."""
    counted_flop = state.number("total_flos", below=_MOST_FLOP)
    if not counted_flop:
        return None
    return Estimate(value=counted_flop, unit="FLOP", basis="estimated", source="log")


def _findings(state: Fields, launches_s: Sequence[float], *, is_done: bool) -> Iterator[Finding]:
    yield Finding(
        code="trainer-without-energy",
        severity="warning",
        place="computing",
        message="The Trainer knows its run time and no energy.",
        suggestion="name the log of a tracker, or state the devices, their rated power and the "
        "hours in a manual.yaml",
    )
    yield from _operations(state)
    if launches_s:
        yield _last_launch(launches_s)
    if not is_done:
        yield _unfinished(state)


def _operations(state: Fields) -> Iterator[Finding]:
    operations_flop = state.number("total_flos", below=_MOST_FLOP)
    if operations_flop is None:
        return
    yield Finding(
        code="training-operations",
        severity="note",
        place="computing",
        message="The Trainer estimates the operations of all its launches as 6 x tokens x "
        "parameters; they stand for no energy."
        if operations_flop
        else "The Trainer counts 0 operations where a model has no method to count them.",
        found=f"{operations_flop:.4g} FLOP",
    )


def _last_launch(launches_s: Sequence[float]) -> Finding:
    several = len(launches_s) > 1
    return Finding(
        code="last-launch-only",
        severity="note",
        place="duration",
        message="The run times of the launches that came to an end were added up; launches that "
        "were killed are not in it."
        if several
        else "train_runtime is that of the last launch only: if the training was resumed from a "
        "checkpoint, its earlier launches are not in it.",
        found=f"{sum(launches_s):.4g} s",
    )


def _unfinished(state: Fields) -> Finding:
    reached, planned = state.number("global_step"), state.number("max_steps")
    return Finding(
        code="training-unfinished",
        severity="warning",
        place="run",
        message="The training had not reached its last step when the state was written.",
        expected=f"{planned:.0f} steps" if planned is not None else None,
        found=f"{reached:.0f} steps" if reached is not None else None,
        suggestion="name the trainer_state.json of the folder above the checkpoints",
    )


def _resumed(state: Fields, launched_count: float | None) -> Finding:
    return Finding(
        code="training-resumed",
        severity="warning",
        place="duration",
        message="The training was resumed from a checkpoint: the run time is that of its last "
        "launch, the operations are those of all.",
        expected=f"{_reached(state):.0f} steps",
        found=f"{launched_count or 0:.0f} steps",
        suggestion="add the run time of the earlier launches, or name a tracker's logs of all",
    )
