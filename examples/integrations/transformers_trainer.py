"""Train a tiny BERT with the Trainer of transformers; the card that it pushes has the label in it.

python examples/integrations/transformers_trainer.py --output out/bert --push me/tiny-bert
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    Trainer,
    TrainingArguments,
)

from carbonlabel.integrations.transformers import attach

WORDS, LENGTH, EXAMPLES = 64, 16, 256


class Toys(torch.utils.data.Dataset):
    """Random sentences; the label says whether the first word is of the first half."""

    def __init__(self) -> None:
        """Draw them, the same each time."""
        generator = torch.Generator().manual_seed(0)
        self.sentences = torch.randint(WORDS, (EXAMPLES, LENGTH), generator=generator)

    def __len__(self) -> int:
        """How many there are."""
        return EXAMPLES

    def __getitem__(self, place: int) -> dict[str, torch.Tensor]:
        """One of them."""
        sentence = self.sentences[place]
        return {"input_ids": sentence, "labels": (sentence[0] < WORDS // 2).long()}


def tiny_bert() -> BertForSequenceClassification:
    """A BERT of one layer, with random weights."""
    return BertForSequenceClassification(
        BertConfig(
            vocab_size=WORDS,
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=32,
            max_position_embeddings=LENGTH,
        )
    )


def main() -> None:
    """Parse the command line, train, and push where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", default="out/bert", help="folder of the Trainer")
    parser.add_argument("--push", metavar="ORG/NAME", help="push to this repository")
    parser.add_argument("--strategy", default="end", help="hub_strategy of the Trainer")
    parser.add_argument("--region", default="FR", help="where this machine stands")
    parser.add_argument("--leave-log", action="store_true", help="do not strip the log")
    parser.add_argument("--keep-log-out", action="store_true", help="keep the log out of the push")
    options = parser.parse_args()
    # CodeCarbon wants its folder to be there, and the Trainer makes it on one machine only.
    Path(options.output).mkdir(parents=True, exist_ok=True)
    arguments = TrainingArguments(
        output_dir=options.output,
        num_train_epochs=4,
        per_device_train_batch_size=16,
        report_to=["codecarbon"],
        use_cpu=True,
        save_strategy="epoch",
        push_to_hub=options.push is not None,
        hub_model_id=options.push,
        hub_strategy=options.strategy,
    )
    trainer = Trainer(model=tiny_bert(), args=arguments, train_dataset=Toys())
    attach(
        trainer,
        region=options.region,
        phase="pre-training",
        strip=not options.leave_log,
        keep_log_out=options.keep_log_out,
    )
    trainer.train()
    if options.push:
        trainer.push_to_hub()


if __name__ == "__main__":
    main()
