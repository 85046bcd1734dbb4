"""I know what people call the phases of a model's life."""

from __future__ import annotations

from typing import Final, cast, get_args

from carbonlabel.errors import InputError
from carbonlabel.model.evidence import Phase

PHASES: Final[dict[str, Phase]] = {phase: phase for phase in get_args(Phase)} | cast(
    "dict[str, Phase]",
    {
        "pre-training": "pretraining",
        "pre_training": "pretraining",
        "continued": "midtraining",
        "continued-pretraining": "midtraining",
        "continued pretraining": "midtraining",
        "mid-training": "midtraining",
        "fine-tuning": "finetuning",
        "fine_tuning": "finetuning",
        "data-collection": "data_collection",
        "data-preparation": "data_preparation",
        "synthetic-data": "synthetic_data",
    },
)
"""What may be typed for a phase, and the phase that it means."""


def phase_named(text: str) -> Phase:
    """The phase that a word means, whatever its case and hyphens.

    Raises:
        InputError: no phase is called so; the hint has near names.

    >>> phase_named("Fine-Tuning")
    'finetuning'
    """
    known = {_letters(name): phase for name, phase in PHASES.items()}
    word = _letters(text)
    if word in known:
        return known[word]
    import difflib  # noqa: PLC0415 - only a slip asks for names like it

    near = difflib.get_close_matches(word, known, n=1)
    phases = ", ".join(dict.fromkeys(known.values()))
    spelt = {_letters(name): name for name in sorted(PHASES, key=lambda name: "-" in name)}
    hint = f"did you mean {spelt[near[0]]}?" if near else f"known: {phases}"
    raise InputError(f"no phase is called {text[:60]!r}", hint=hint)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalpha())
