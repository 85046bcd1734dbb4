"""A block of training is labelled when it is left, and nothing of ours gets in its way."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

import pytest

import carbonlabel
from carbonlabel.cards.splice import unsplice
from carbonlabel.integrations import labelled
from tests.integrations.conftest import CARD, EXAMPLE


@dataclass
class Tracker:
    """Writes its log when it is stopped, as CodeCarbon does."""

    log: Path
    fails: bool = False
    is_running: bool = False

    def start(self) -> None:
        if self.fails:
            raise OSError("no sensor")
        self.is_running = True

    def stop(self) -> None:
        if not self.is_running:
            raise ValueError("was never started")
        self.log.write_bytes(EXAMPLE)


def test_the_card_has_the_label_when_the_block_is_left(folder: Path) -> None:
    with labelled(folder / "emissions.csv", card=folder / "README.md", region="FR") as label:
        assert label.disclosure is None

    card = (folder / "README.md").read_bytes()
    assert b"<!-- carbonlabel:begin -->" in card
    assert unsplice(card) == CARD.encode()
    assert carbonlabel.load((folder / "carbon.json").read_bytes()) == label.disclosure
    assert (folder / "label.png").read_bytes().startswith(b"\x89PNG")


def test_a_training_that_fails_is_labelled_and_fails_all_the_same(folder: Path) -> None:
    failure = RuntimeError("loss is NaN")

    with (
        pytest.raises(RuntimeError) as raised,
        labelled(folder / "emissions.csv", card=folder / "README.md", region="FR"),
    ):
        raise failure

    assert raised.value is failure
    assert b"Carbon Facts" in (folder / "README.md").read_bytes()


def test_what_is_wished_for_is_on_the_label(folder: Path) -> None:
    log, card = folder / "emissions.csv", folder / "README.md"

    with labelled(log, card=card, region="PL", model="acme/tiny", phase="fine-tuning") as label:
        pass

    assert label.disclosure is not None
    assert label.disclosure.subject.model == "acme/tiny"
    assert label.disclosure.activities[0].phase == "finetuning"
    assert "Poland" in (folder / "README.md").read_text("utf-8")


def test_a_tracker_is_started_and_stopped_with_the_block(tmp_path: Path) -> None:
    tracker = Tracker(tmp_path / "emissions.csv")

    with labelled(
        tmp_path / "emissions.csv", card=tmp_path / "README.md", tracker=tracker, region="FR"
    ):
        assert tracker.is_running

    assert b"Carbon Facts" in (tmp_path / "README.md").read_bytes()


def test_a_tracker_that_fails_does_not_fail_the_training(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    tracker = Tracker(tmp_path / "emissions.csv", fails=True)

    with labelled(tmp_path / "emissions.csv", card=tmp_path / "README.md", tracker=tracker):
        done = True

    assert done
    assert "the tracker did not start: OSError: no sensor" in caplog.text
    assert not (tmp_path / "README.md").exists()


@pytest.mark.parametrize(
    ("log", "told"),
    [
        (None, "there is no such log (did the tracker run"),
        (b"epoch 1\n", "emissions.csv: "),
        (EXAMPLE.replace(b",0.005140261714430495,", b",much,"), "'much' is not a number"),
    ],
)
def test_without_a_sound_log_there_is_one_warning_and_the_card_as_it_was(
    folder: Path, caplog: pytest.LogCaptureFixture, log: bytes | None, told: str
) -> None:
    (folder / "emissions.csv").unlink()
    if log is not None:
        (folder / "emissions.csv").write_bytes(log)

    with labelled(folder / "emissions.csv", card=folder / "README.md", region="FR") as label:
        pass

    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "README.md is as it was, without a new carbon label" in record.getMessage()
    assert told.lower() in record.getMessage().lower()
    assert (folder / "README.md").read_text("utf-8") == CARD
    assert label.disclosure is None


def test_an_implausible_figure_gets_no_label(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    # 5 kWh in eleven minutes: the one GPU would draw 27 kW, and 400 W is the most it can.
    log = EXAMPLE.replace(
        b",0.0,0.0036752304558555554,0.0051", b",5.0,0.0036752304558555554,5.0051"
    )
    log = log.replace(b"AMD EPYC,0,,", b"AMD EPYC,1,1 x NVIDIA A100-SXM4-80GB,")
    (folder / "emissions.csv").write_bytes(log)

    with labelled(folder / "emissions.csv", card=folder / "README.md", region="FR"):
        pass

    assert "the figures cannot be trusted" in caplog.text
    assert (folder / "README.md").read_text("utf-8") == CARD


def test_a_place_that_nobody_knows_is_told_before_the_training(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with labelled(folder / "emissions.csv", card=folder / "README.md", region="XQ"):
        assert "there will be no carbon label at the end" in caplog.text

    assert (folder / "README.md").read_text("utf-8") == CARD


def test_a_wish_that_does_not_exist_is_an_error_at_once(folder: Path) -> None:
    with (
        pytest.raises(TypeError, match="regoin"),
        labelled(folder / "emissions.csv", regoin="FR"),  # type: ignore[call-arg] # that is the test
    ):
        pytest.fail("the block began")


def test_the_disclosure_is_handed_on_and_a_failure_there_is_only_told(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    got: list[carbonlabel.Disclosure] = []

    def then(disclosure: carbonlabel.Disclosure) -> None:
        got.append(disclosure)
        raise ConnectionError("no server")

    with labelled(
        folder / "emissions.csv", card=folder / "README.md", region="FR", then=then
    ) as label:
        pass

    assert got == [label.disclosure]
    assert "no server" in caplog.text
    assert b"Carbon Facts" in (folder / "README.md").read_bytes()


def test_a_figure_of_somebody_else_is_replaced_and_named(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    card = CARD.replace("license:", "co2_eq_emissions:\n  emissions: 41.1\nlicense:")
    (folder / "README.md").write_text(card, encoding="utf-8")

    with labelled(folder / "emissions.csv", card=folder / "README.md", region="FR"):
        pass

    assert "README.md declared 41.1 g, by somebody else" in caplog.text


def test_several_logs_are_one_total_and_overlaps_count_once(tmp_path: Path) -> None:
    # Two ranks on one machine, each of which read all of it.
    for rank in range(2):
        (tmp_path / f"rank-{rank}").mkdir()
        log = EXAMPLE.replace(b"ae7ca1c6-b2db", b"ae7ca1c6-000%d" % rank)
        (tmp_path / f"rank-{rank}" / "emissions.csv").write_bytes(log)

    pattern, card = tmp_path / "rank-*" / "emissions.csv", tmp_path / "README.md"
    with labelled(pattern, card=card, region="FR") as once:
        pass
    with labelled(pattern, card=card, region="FR", nodes=2) as twice:
        pass

    one, two = energy_kwh(once.disclosure), energy_kwh(twice.disclosure)
    assert one == pytest.approx(0.005140261714)
    assert two == pytest.approx(2 * one)
    assert b"rank-1/emissions.csv" in (tmp_path / "project.json").read_bytes()


def test_ranks_that_share_one_file_count_once(tmp_path: Path) -> None:
    first, second = EXAMPLE.splitlines(keepends=True)
    other = second.replace(b"ae7ca1c6-b2db", b"ae7ca1c6-0001")
    (tmp_path / "emissions.csv").write_bytes(first + second + other)

    with labelled(tmp_path / "emissions.csv", card=tmp_path / "README.md", region="FR") as label:
        pass

    assert energy_kwh(label.disclosure) == pytest.approx(0.005140261714)


def energy_kwh(disclosure: carbonlabel.Disclosure | None) -> float:
    assert disclosure is not None
    energy = disclosure.totals.energy
    assert isinstance(energy, carbonlabel.Estimate)
    return energy.value
