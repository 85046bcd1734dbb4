"""Train a tiny sentence embedding; the card that is saved and pushed has the label in it.

python examples/integrations/sentence_embeddings.py --output out/st --push me/tiny-st
"""

from __future__ import annotations

import argparse
from pathlib import Path

from datasets import Dataset
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
    losses,
    models,
)
from transformers import BertConfig, BertModel, BertTokenizerFast

from carbonlabel.integrations.sentence_transformers import attach

WORDS = [
    "the",
    "a",
    "cat",
    "dog",
    "sat",
    "ran",
    "on",
    "under",
    "mat",
    "tree",
    "red",
    "blue",
    "small",
    "big",
    "house",
    "boat",
]


def tiny_model(folder: Path) -> SentenceTransformer:
    """A sentence embedding around a BERT of one layer; its weights are random."""
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]))
    BertTokenizerFast(vocab_file=str(vocabulary)).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(WORDS) + 5,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=32,
    )
    BertModel(config).save_pretrained(folder)
    word = models.Transformer(str(folder), max_seq_length=16)
    return SentenceTransformer(modules=[word, models.Pooling(16)], device="cpu")


def pairs() -> Dataset:
    """Sentences that belong together."""
    subjects = [
        f"{size} {colour} {animal}"
        for size in ("small", "big")
        for colour in ("red", "blue")
        for animal in ("cat", "dog")
    ]
    return Dataset.from_dict(
        {
            "anchor": [f"the {each} sat on the mat" for each in subjects] * 16,
            "positive": [f"a {each} ran under a tree" for each in subjects] * 16,
        }
    )


def main() -> None:
    """Parse the command line, train, save, and push where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path("out/st"), help="where all goes")
    parser.add_argument("--push", metavar="ORG/NAME", help="push the model to this repository")
    parser.add_argument(
        "--trainer-push", metavar="ORG/NAME", help="let the Trainer push to this one"
    )
    parser.add_argument("--region", default="FR", help="where this machine stands")
    options = parser.parse_args()
    model = tiny_model(options.output / "base")
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(options.output / "run"),
        num_train_epochs=2,
        per_device_train_batch_size=16,
        report_to=["codecarbon"],
        use_cpu=True,
        save_strategy="epoch",
        hub_model_id=options.trainer_push,
    )
    trainer = SentenceTransformerTrainer(
        model=model,
        args=arguments,
        train_dataset=pairs(),
        loss=losses.MultipleNegativesRankingLoss(model),
    )
    attach(trainer, region=options.region, phase="fine-tuning", model=options.push)
    trainer.train()
    model.save_pretrained(str(options.output / "final"))
    if options.push:
        model.push_to_hub(options.push, exist_ok=True)
    if options.trainer_push:
        trainer.push_to_hub()


if __name__ == "__main__":
    main()
