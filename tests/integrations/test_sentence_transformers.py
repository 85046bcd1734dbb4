"""Every card of a sentence-transformers model has the label: saved, pushed, or by the Trainer."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

import carbonlabel
from carbonlabel.cards.splice import unsplice
from carbonlabel.integrations.sentence_transformers import attach
from tests.integrations.conftest import LATITUDE, PLACED, Frameworks
from tests.integrations.trainers import GENERATED, OWN_SECTION, Arguments, Trainer, TrainerCallback


class Model:
    """SentenceTransformer in miniature: saving and pushing write the card with one method."""

    def __init__(self, card: bytes = GENERATED) -> None:
        """A model with nothing but a card."""
        self.card = card

    def _create_model_card(self, path: str, model_name: str | None = None) -> None:
        del model_name
        if self.card:
            Path(path, "README.md").write_bytes(self.card)

    def save_pretrained(self, path: Path, model_name: str | None = None) -> dict[str, bytes]:
        path.mkdir(exist_ok=True)
        self._create_model_card(str(path), model_name)
        return {each.name: each.read_bytes() for each in path.iterdir()}


class SentenceTrainer(Trainer):
    """Its card is that of the model."""

    model: Model

    def create_model_card(self, model_name: str | None = None) -> None:
        self.model._create_model_card(self.args.output_dir, model_name=model_name)


@pytest.fixture
def trainer(framework: Frameworks, tmp_path: Path) -> SentenceTrainer:
    """A Trainer that is about to train."""
    framework("transformers", TrainerCallback=TrainerCallback)
    (tmp_path / "run").mkdir()
    return SentenceTrainer(Arguments(str(tmp_path / "run")), model=Model())


def test_the_card_that_the_trainer_pushes_has_the_label(trainer: SentenceTrainer) -> None:
    attach(trainer, region="FR")

    trainer.train()
    trainer.push_to_hub()

    assert unsplice(trainer.commits[-1]["README.md"]) == GENERATED
    assert LATITUDE not in trainer.commits[-1]["emissions.csv"]


def test_the_card_that_the_model_saves_or_pushes_has_the_label(
    trainer: SentenceTrainer, tmp_path: Path
) -> None:
    trainer.args.push_to_hub = False
    label = attach(trainer, region="FR")
    trainer.train()

    saved = trainer.model.save_pretrained(tmp_path / "final", "bob/other")

    assert unsplice(saved["README.md"]) == GENERATED
    assert carbonlabel.load(saved["carbon.json"]) == label.disclosure
    assert label.disclosure is not None
    assert label.disclosure.subject.model == "bob/other"
    # The log lies elsewhere, and nobody uploads it with this card.
    assert (trainer.folder / "emissions.csv").read_bytes() == PLACED


def test_cards_of_checkpoints_are_left_alone(trainer: SentenceTrainer, tmp_path: Path) -> None:
    saved: list[dict[str, bytes]] = []
    trainer.in_checkpoint = lambda _: saved.append(trainer.model.save_pretrained(tmp_path / "one"))
    attach(trainer, region="FR")

    trainer.train()

    assert saved == [{"README.md": GENERATED}]


def test_a_model_that_was_trained_otherwise_needs_a_log(tmp_path: Path) -> None:
    model = Model()
    (tmp_path / "power.csv").write_bytes(PLACED)
    attach(model, tmp_path / "power.csv", region="FR")  # type: ignore[arg-type] # a model in miniature

    saved = model.save_pretrained(tmp_path / "final")

    assert b"Carbon Facts" in saved["README.md"]


def test_a_section_of_its_own_stays_and_is_told_of(
    trainer: SentenceTrainer, caplog: pytest.LogCaptureFixture
) -> None:
    trainer.model.card = OWN_SECTION
    attach(trainer, region="FR")

    trainer.train()
    trainer.push_to_hub()

    card = trainer.commits[-1]["README.md"]
    assert b"### Environmental Impact\nCarbon emissions were measured" in card
    assert card.count(b"co2_eq_emissions") == 1
    assert "code_carbon_callback = None" in caplog.text
    assert "declared 0.85 g, by somebody else" in caplog.text


def test_where_no_card_is_written_none_is_made(trainer: SentenceTrainer, tmp_path: Path) -> None:
    attach(trainer, region="FR")
    trainer.train()
    trainer.model.card = b""

    assert trainer.model.save_pretrained(tmp_path / "final") == {}


def test_to_attach_again_replaces_and_a_copy_is_without_us(
    trainer: SentenceTrainer, tmp_path: Path
) -> None:
    attach(trainer, region="FR")
    attach(trainer, region="PL")
    trainer.train()

    twin = copy.deepcopy(trainer.model)

    assert len(trainer.callbacks) == 1
    assert b"Poland" in trainer.model.save_pretrained(tmp_path / "final")["README.md"]
    assert twin.save_pretrained(tmp_path / "twin") == {"README.md": GENERATED}
