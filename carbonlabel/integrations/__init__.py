"""I put the label on at the end of a training script, and never stand in the way of the training.

    from carbonlabel.integrations.transformers import attach

    attach(trainer, region="FR")
    trainer.train()
    trainer.push_to_hub()  # the card that the Trainer writes has the label in it

There is one module for each framework, loaded only where it is used: `transformers`,
`sentence_transformers`, `lightning`, `keras`, `accelerate`, `mlflow`, `wandb`. `labelled` is for
loops of your own, and `strip` blanks what should not be public in a log of CodeCarbon.

Whatever goes wrong with a label is told by the logger `carbonlabel`, once and with what to do; the
card stays as it was, and the training goes on.
"""

from __future__ import annotations

from carbonlabel.integrations.labelling import Labelling
from carbonlabel.integrations.loops import labelled
from carbonlabel.integrations.privacy import strip
from carbonlabel.integrations.wishes import Wish, Wishes

__all__ = ["Labelling", "Wish", "Wishes", "labelled", "strip"]
