"""Lightning, Keras and Accelerate call at the right moments, and their trainings are labelled."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from carbonlabel.integrations import accelerate, keras, lightning
from tests.integrations.conftest import EXAMPLE, Frameworks
from tests.integrations.test_loops import Tracker, energy_kwh
from tests.integrations.test_ranks import Group, group, log_of

__all__ = ["group"]


class Parent:
    """What a framework's own class brings along."""

    def __init__(self) -> None:
        """Note that it was made ready."""
        self.is_ready = True


@pytest.fixture(autouse=True)
def _frameworks(framework: Frameworks) -> None:
    framework("lightning.pytorch", Callback=Parent)
    framework("keras.callbacks", Callback=Parent)
    framework("accelerate.tracking", GeneralTracker=Parent)


@pytest.fixture
def tracker(tmp_path: Path) -> Tracker:
    """Writes emissions.csv when it stops."""
    return Tracker(tmp_path / "emissions.csv")


def fitter(rank: int = 0, size: int = 1, local: int = 0) -> SimpleNamespace:
    return SimpleNamespace(global_rank=rank, local_rank=local, world_size=size)


def test_a_fit_of_lightning_is_labelled(tmp_path: Path, tracker: Tracker) -> None:
    card = tmp_path / "README.md"
    callback = lightning.LabelCallback(tracker.log, card=card, tracker=tracker, region="FR")

    callback.on_fit_start(fitter(), None)
    assert tracker.is_running
    callback.on_fit_end(fitter(), None)

    assert b"Carbon Facts" in card.read_bytes()
    assert isinstance(callback, Parent)
    assert callback.is_ready


def test_a_fit_that_fails_is_labelled_and_an_exception_elsewhere_is_none_of_ours(
    tmp_path: Path, tracker: Tracker
) -> None:
    card = tmp_path / "README.md"
    callback = lightning.LabelCallback(tracker.log, card=card, tracker=tracker, region="FR")

    callback.on_exception(fitter(), None, ValueError("in validate"))
    assert not card.exists()

    callback.on_fit_start(fitter(), None)
    callback.on_exception(fitter(), None, ValueError("in fit"))
    assert b"Carbon Facts" in card.read_bytes()


def test_two_machines_of_lightning_are_added_up(tmp_path: Path, group: Group) -> None:
    callbacks = []
    for rank in (1, 0):
        group.rank = rank
        log = tmp_path / f"{rank}.csv"
        log.write_bytes(log_of(rank))
        card = tmp_path / str(rank) / "README.md"
        callback = lightning.LabelCallback(log, card=card, region="FR")
        callback.on_fit_start(fitter(rank, 2), None)
        callback.on_fit_end(fitter(rank, 2), None)
        callbacks.append(callback)

    disclosure = callbacks[1].labelling.disclosure
    assert energy_kwh(disclosure) == pytest.approx(2 * 0.005140261714)
    assert not (tmp_path / "1").exists()


def test_only_the_first_process_of_a_machine_runs_a_tracker(tracker: Tracker) -> None:
    callback = lightning.LabelCallback(tracker.log, tracker=tracker, region="FR")

    callback.on_fit_start(fitter(1, 2, 1), None)

    assert not tracker.is_running


def test_a_fit_of_keras_is_labelled(tmp_path: Path, tracker: Tracker) -> None:
    card = tmp_path / "README.md"
    callback = keras.LabelCallback(tracker.log, card=card, tracker=tracker, region="FR")

    callback.on_train_begin()
    assert tracker.is_running
    callback.on_train_end({"loss": 0.1})

    assert b"Carbon Facts" in card.read_bytes()


def test_a_keras_callback_without_a_tracker_takes_the_log_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "emissions.csv").write_bytes(EXAMPLE)
    card = tmp_path / "README.md"
    callback = keras.LabelCallback(tmp_path / "emissions.csv", card=card, region="FR")

    callback.on_train_begin()
    callback.on_train_end()

    assert callback.labelling.disclosure is not None


def test_the_end_of_a_training_with_accelerate_is_labelled(
    tmp_path: Path, tracker: Tracker
) -> None:
    card = tmp_path / "README.md"
    label = accelerate.LabelTracker(tracker.log, card=card, tracker=tracker, region="FR")

    label.start()
    label.store_init_configuration({"lr": 0.1})
    label.log({"loss": 1.0}, 3)
    label.finish()

    assert b"Carbon Facts" in card.read_bytes()
    assert label.tracker.disclosure is not None
    assert (label.name, label.requires_logging_directory) == ("carbonlabel", False)


def test_every_rank_of_accelerate_brings_its_log(tmp_path: Path, group: Group) -> None:
    for rank in (1, 0):
        group.rank = group.local = rank
        log = tmp_path / f"{rank}.csv"
        log.write_bytes(log_of(rank))
        label = accelerate.LabelTracker(log, card=tmp_path / "README.md", region="FR")
        label.start()
        label.finish()

    # One machine, both read all of it.
    assert label.labelling.others is not None
    assert energy_kwh(label.labelling.disclosure) == pytest.approx(0.005140261714)


@pytest.mark.parametrize("module", [lightning, keras, accelerate])
def test_a_name_that_is_not_there_is_an_attribute_error(module: object) -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        _ = module.nonsense  # type: ignore[attr-defined] # that is the test
