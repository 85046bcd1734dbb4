"""The card that a Trainer writes and pushes has the label in it, whatever else happens."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pytest

import carbonlabel
from carbonlabel.cards.splice import unsplice
from carbonlabel.integrations import transformers
from carbonlabel.integrations.transformers import attach
from tests.integrations.conftest import LATITUDE, PLACED, Frameworks
from tests.integrations.test_ranks import Group, group, log_of
from tests.integrations.trainers import GENERATED, Arguments, State, Trainer, TrainerCallback

__all__ = ["group"]


@pytest.fixture
def trainer(framework: Frameworks, tmp_path: Path) -> Trainer:
    """A Trainer that is about to train."""
    framework("transformers", TrainerCallback=TrainerCallback)
    return Trainer(Arguments(str(tmp_path / "tiny")), model="a model")


@pytest.fixture(autouse=True)
def _output_dir(tmp_path: Path) -> None:
    (tmp_path / "tiny").mkdir()


def test_the_pushed_card_has_the_label_and_every_byte_of_the_trainer(trainer: Trainer) -> None:
    label = attach(trainer, region="FR")

    trainer.train()
    trainer.push_to_hub()

    pushed = trainer.commits[-1]
    assert unsplice(pushed["README.md"]) == GENERATED
    assert b"emissions: 0.2130" in pushed["README.md"]
    assert pushed["label.png"].startswith(b"\x89PNG")
    assert carbonlabel.load(pushed["carbon.json"]) == label.disclosure
    assert label.disclosure is not None
    assert label.disclosure.subject.model == "acme/tiny"


def test_what_was_trained_is_labelled_without_a_push_too(trainer: Trainer) -> None:
    trainer.args.push_to_hub = False
    attach(trainer, region="FR")

    trainer.train()

    assert b"Carbon Facts" in (trainer.folder / "README.md").read_bytes()
    assert (trainer.folder / "emissions.csv").read_bytes() == PLACED


def test_no_push_holds_coordinates_and_the_label_cites_the_log_as_pushed(trainer: Trainer) -> None:
    trainer.folder.joinpath("emissions.csv").write_bytes(PLACED)  # an earlier training left it
    label = attach(trainer, region="FR")

    trainer.train()
    trainer.push_to_hub()

    assert len(trainer.commits) == 2
    assert all(LATITUDE not in commit["emissions.csv"] for commit in trainer.commits)
    (evidence,) = carbonlabel.read(trainer.folder / "emissions.csv")
    assert label.disclosure is not None
    assert label.disclosure.inputs["log"].sha256 == evidence.inputs[0].sha256


def test_an_upload_in_the_background_finds_the_log_blanked_already(trainer: Trainer) -> None:
    attach(trainer, region="FR")
    logs: list[bytes] = []
    trainer.wait = lambda: logs.append((trainer.folder / "emissions.csv").read_bytes())

    trainer.train()

    assert len(logs) == 2
    assert not any(LATITUDE in log for log in logs)


def test_the_log_can_be_left_or_kept_out_instead(
    trainer: Trainer, caplog: pytest.LogCaptureFixture
) -> None:
    attach(trainer, region="FR", strip=False)
    trainer.train()
    trainer.push_to_hub()

    assert trainer.commits[-1]["emissions.csv"] == PLACED
    assert "strip=True blanks them, keep_log_out=True keeps the log here" in caplog.text

    attach(trainer, region="FR", keep_log_out=True)
    trainer.push_to_hub()
    assert trainer.commits[-1][".gitignore"] == b"emissions.csv\n"


def test_cards_on_the_way_are_left_alone_and_nothing_is_said(
    trainer: Trainer, caplog: pytest.LogCaptureFixture
) -> None:
    # TRL writes a card with every checkpoint.
    trainer.in_checkpoint = lambda training: training.create_model_card()
    attach(trainer, region="FR")

    trainer.train()

    assert trainer.commits[0]["README.md"] == GENERATED
    assert "no carbon label" not in caplog.text


def test_a_training_that_failed_is_pushed_without_a_label_and_that_is_said(
    trainer: Trainer, caplog: pytest.LogCaptureFixture
) -> None:
    trainer.fails = True
    attach(trainer, region="FR")

    with pytest.raises(RuntimeError, match="loss is NaN"):
        trainer.train()
    trainer.push_to_hub()

    assert trainer.commits[-1]["README.md"] == GENERATED
    assert "the training has not come to its end" in caplog.text


def test_a_push_in_the_background_is_waited_for_before_its_files_change(trainer: Trainer) -> None:
    attach(trainer, region="FR")

    trainer.train()

    # Ours comes first, with the log alone in the folder; then the Trainer's own.
    assert trainer.calls == ["wait with 1 files", "wait with 4 files"]


def test_a_faulty_log_leaves_the_card_of_the_trainer_and_is_told_once(
    trainer: Trainer, caplog: pytest.LogCaptureFixture
) -> None:
    trainer.log = PLACED.replace(b",0.005140261714430495,", b",much,")
    attach(trainer, region="FR", strip=False)

    trainer.train()
    trainer.push_to_hub()

    assert trainer.commits[-1]["README.md"] == GENERATED
    assert caplog.text.count("'much' is not a number") == 1


def test_without_a_log_it_is_said_how_to_get_one(
    trainer: Trainer, caplog: pytest.LogCaptureFixture
) -> None:
    attach(trainer)

    trainer.push_to_hub()

    assert trainer.commits[-1]["README.md"] == GENERATED
    assert "report_to='codecarbon'" in caplog.text


def test_another_trackers_log_in_the_folder_is_found(trainer: Trainer) -> None:
    samples = Path(__file__).parents[1] / "samples" / "zeus"
    log = samples / "two-gpus.csv"
    (trainer.folder / log.name).write_bytes(log.read_bytes())
    (trainer.folder / "trainer_state.json").write_text('{"global_step": 3, "log_history": []}')
    label = attach(trainer, region="FR")

    trainer.push_to_hub()

    assert label.disclosure is not None
    assert label.disclosure.inputs["log"].tracker == "Zeus"


def test_to_attach_again_replaces_what_was_attached(trainer: Trainer) -> None:
    attach(trainer, region="FR")
    attach(trainer, region="PL")

    trainer.train()
    trainer.push_to_hub()

    assert len(trainer.callbacks) == 1
    assert b"Poland" in trainer.commits[-1]["README.md"]
    assert unsplice(trainer.commits[-1]["README.md"]) == GENERATED


def test_the_method_keeps_its_name_its_words_and_its_arguments(trainer: Trainer) -> None:
    attach(trainer, region="FR")

    assert trainer.create_model_card.__doc__ == Trainer.create_model_card.__doc__
    with pytest.raises(AssertionError):
        trainer.push_to_hub(model_name="unknown")


def test_a_copy_of_what_was_attached_to_is_without_us(trainer: Trainer) -> None:
    attach(trainer, region="FR")

    trainer.callbacks.clear()
    trainer.in_checkpoint = trainer.wait = print
    for twin in (copy.deepcopy(trainer), pickle.loads(pickle.dumps(trainer))):  # noqa: S301 - ours
        twin.create_model_card()
        assert twin.create_model_card.__self__ is twin
        assert (trainer.folder / "README.md").read_bytes() == GENERATED


def test_what_wraps_the_method_already_is_kept(trainer: Trainer) -> None:
    written = trainer.create_model_card
    calls: list[str] = []

    def counted(model_name: str | None = None) -> None:
        calls.append("card")
        written(model_name)

    trainer.create_model_card = counted  # type: ignore[method-assign] # as other tools do
    attach(trainer, region="FR")

    trainer.train()
    trainer.push_to_hub()

    assert calls == ["card"]
    assert unsplice(trainer.commits[-1]["README.md"]) == GENERATED
    assert copy.deepcopy(trainer.create_model_card) is counted


def test_other_ranks_write_nothing(trainer: Trainer) -> None:
    trainer.state = State(is_world_process_zero=False)
    attach(trainer, region="FR")

    trainer.train()
    trainer.push_to_hub()

    assert [path.name for path in trainer.folder.iterdir()] == ["emissions.csv"]
    assert (trainer.folder / "emissions.csv").read_bytes() == PLACED


def test_the_logs_of_two_machines_come_together(
    trainer: Trainer, group: Group, tmp_path: Path
) -> None:
    other = Trainer(Arguments(str(tmp_path)), State(is_world_process_zero=False), log=log_of(1))
    group.rank = 1
    attach(other, region="FR")
    other.train()
    group.rank = 0
    label = attach(trainer, region="FR")

    trainer.train()
    trainer.push_to_hub()

    assert label.disclosure is not None
    assert label.disclosure.totals.energy.value == pytest.approx(2 * 0.005140261714)  # type: ignore[union-attr] # it is known
    assert "project.json" in trainer.commits[-1]


def test_the_callback_alone_labels_a_trainer_that_does_not_push(trainer: Trainer) -> None:
    trainer.args.push_to_hub = False
    trainer.in_checkpoint = lambda training: training.callbacks[0].on_step_end()  # type: ignore[attr-defined] # of the parent
    trainer.add_callback(transformers.LabelCallback(region="FR"))

    trainer.train()

    assert b"Carbon Facts" in (trainer.folder / "README.md").read_bytes()


def test_the_callback_alone_says_that_a_push_needs_more(
    trainer: Trainer, caplog: pytest.LogCaptureFixture
) -> None:
    trainer.add_callback(transformers.LabelCallback(region="FR"))

    trainer.train()
    trainer.push_to_hub()

    assert trainer.commits[-1]["README.md"] == GENERATED
    assert "call carbonlabel.integrations.transformers.attach(trainer)" in caplog.text


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        _ = transformers.nonsense  # type: ignore[attr-defined] # that is the test
