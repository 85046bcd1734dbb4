"""I am the phases of a model's life, and what a run of one was for."""

from __future__ import annotations

from typing import Final, Literal

Phase = Literal[
    "training",
    "pretraining",
    "midtraining",
    "finetuning",
    "alignment",
    "distillation",
    "experimentation",
    "inception",
    "data_collection",
    "data_preparation",
    "synthetic_data",
    "compression",
    "evaluation",
    "deployment",
    "inference",
    "retirement",
]
TRAINING: Final[frozenset[Phase]] = frozenset(
    {"training", "pretraining", "midtraining", "finetuning", "alignment", "distillation"}
)
"""The phases that make a model's weights: what the Hub's figure is about."""
Stage = Literal["final", "ablation", "sweep", "debug", "failed"]
"""What a run was for: the model itself, or the way to it."""
PueState = Literal["no", "yes", "unknown"]
