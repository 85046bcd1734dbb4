"""I ask whether the sides are of the same work: the same phases, as often, whole and done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from carbonlabel.comparison.outcome import Difference
from carbonlabel.comparison.phrases import Phrase
from carbonlabel.comparison.portion import Portion
from carbonlabel.comparison.unlike import NOT_STATED, told, unlike
from carbonlabel.model.estimate import Missing
from carbonlabel.model.evidence import Phase

_KINDS: Final[Mapping[Phase, Phase]] = {
    "midtraining": "pretraining",
    "alignment": "finetuning",
    "distillation": "finetuning",
}
"""What a model card calls each phase: its `training_type` knows two of them."""
_SAME: Final = Phrase("label the same phase on every side: --phase pre-training, or fine-tuning")


def phases(portion: Portion) -> Mapping[str, int]:
    """How many runs of each phase a side is of; of a statement the phase with no number."""
    if portion.stated is not None:
        return {portion.stated.phase: 0} if portion.stated.phase else {}
    counts: Counter[str] = Counter()
    for _, activity in portion.activities:
        counts[activity.phase] += activity.runs
    return counts


def alike(portions: Sequence[Portion]) -> tuple[Mapping[str, int], tuple[Difference, ...]]:
    """The phases, with their runs, that all sides share, and in what else they are not alike."""
    every = [phases(each) for each in portions]
    if any(each.stated for each in portions):
        return {}, tuple(_of_statements(portions, every))
    common = {
        phase: runs
        for phase, runs in every[0].items()
        if all(each.get(phase) == runs for each in every)
    }
    return common, (*_phases(every, common), *_runs(every, common))


def state(portions: Sequence[Portion]) -> Iterator[Difference]:
    """Whether the runs of every side are whole, and have taken place."""
    yield from unlike(
        "whole",
        [_whole(each) for each in portions],
        weight="breaks",
        because=Phrase("a run that was cut off, or is known in part, is not the same work"),
        mend=Phrase("assess the whole run"),
    )
    yield from unlike(
        "planned",
        [_done(each) for each in portions],
        weight="weighs",
        because=Phrase("an estimate of what is to be is held against what has been"),
        mend=Phrase("label the run when it is done"),
    )


def _of_statements(
    portions: Sequence[Portion], every: Sequence[Mapping[str, int]]
) -> Iterator[Difference]:
    """A card knows pre-training and fine-tuning, and no number of runs."""
    yield from _figureless(portions)
    kinds = [sorted({_kind(phase) for phase in each}) for each in every]
    says = [told([_named(each) for each in kind]) for kind in kinds]
    yield from unlike(
        "phase",
        says,
        weight="breaks",
        because=Phrase("they are of different work"),
        mend=Phrase("state training_type in the card: pre-training or fine-tuning"),
    )
    if NOT_STATED in says and len(set(says)) == 1:
        yield Difference(
            about="phase",
            says=tuple(says),
            weight="breaks",
            because=Phrase("which training the figures are of is not stated"),
            mend=Phrase("state training_type in the cards: pre-training or fine-tuning"),
        )


def _figureless(portions: Sequence[Portion]) -> Iterator[Difference]:
    yield from unlike(
        "declared",
        [Phrase("no figure" if _is_bare(each) else "a figure") for each in portions],
        weight="breaks",
        because=Phrase("what states no figure cannot be compared"),
        mend=Phrase("label the run, and put the label into the card: carbonlabel embed"),
    )


def _is_bare(portion: Portion) -> bool:
    stated = portion.stated
    return stated is not None and all(
        isinstance(each, Missing) for each in (stated.emissions, stated.energy)
    )


def _kind(phase: str) -> str:
    return next((kind for known, kind in _KINDS.items() if known == phase), phase)


def _phases(every: Sequence[Mapping[str, int]], common: Mapping[str, int]) -> Iterator[Difference]:
    says = [[_named(phase) for phase in each] for each in every]
    because = Phrase("they are of different work")
    if common:
        because = Phrase(
            "only what all disclose is compared: {phases}",
            phases=told(list(map(_named, common))),
        )
    yield from unlike(
        "phase",
        list(map(told, says)),
        weight="narrows" if common else "breaks",
        because=because,
        mend=_SAME,
    )


def _runs(every: Sequence[Mapping[str, int]], common: Mapping[str, int]) -> Iterator[Difference]:
    shared = [phase for phase in every[0] if all(phase in each for each in every)]
    for phase in shared:
        yield from unlike(
            "runs",
            [counted(each[phase], phase) for each in every],
            weight="narrows" if common else "breaks",
            because=Phrase("a sum over several runs is no figure of one"),
            mend=Phrase("assess as many runs on every side, such as the final one alone"),
        )


def phase_words(phase: str) -> str:
    """A phase as people write it.

    >>> phase_words("pretraining"), phase_words("data_preparation")
    ('pre-training', 'data preparation')
    """
    for joined, written in (("pretraining", "pre-training"), ("finetuning", "fine-tuning")):
        if phase == joined:
            return written
    return phase.replace("_", " ").replace("midtraining", "mid-training")


def _named(phase: str) -> str:
    return Phrase(phase_words(phase))


def counted(count: int, phase: str) -> str:
    """Runs of a phase with their number.

    >>> counted(1, "finetuning"), counted(3, "evaluation")
    ('1 fine-tuning run', '3 evaluation runs')
    """
    name = phase_words(phase)
    if count == 1:
        return Phrase("1 {run}", run=Phrase(f"{name} run"))
    return Phrase(f"{{count}} {name} runs", count=str(count))


def _whole(portion: Portion) -> str:
    is_whole = all(each.complete for _, each in portion.activities)
    return Phrase("whole" if is_whole else "not whole")


def _done(portion: Portion) -> str:
    if portion.stated is not None:
        return Phrase("done")
    return Phrase("planned" if portion.disclosure.totals.headline == "planned" else "done")
