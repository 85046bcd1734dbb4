"""Real trainings with the real frameworks, against a Hub on this machine: `make test-integrations`.

Each is one of the scripts in `examples/integrations`, in a process of its own.
"""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import carbonlabel
from carbonlabel.cards.splice import has_block, unsplice
from carbonlabel.integrations.privacy import COORDINATES
from carbonlabel.record.canonical import digest
from tests.hub.repository import Repository
from tests.hub.server import Hub
from tests.integrations.conftest import ROOT

pytestmark = [
    pytest.mark.integrations,
    pytest.mark.skipif(
        not all(map(importlib.util.find_spec, ("torch", "transformers", "codecarbon"))),
        reason="needs the frameworks: make test-integrations",
    ),
]

EXAMPLES = ROOT / "examples" / "integrations"
BIN = Path(sys.executable).parent
PATIENCE_S = 600
Train = Callable[..., str]


@pytest.fixture
def train(hub_settings: dict[str, str], tmp_path: Path) -> Train:
    """Runs a script as a user does, at the test Hub as Alice; returns what it said."""

    def train(
        script: str,
        *arguments: object,
        by: tuple[object, ...] = (sys.executable,),
        fails: bool = False,
    ) -> str:
        environment = {**os.environ, **hub_settings, "KERAS_BACKEND": "torch", "WANDB_SILENT": "1"}
        done = subprocess.run(
            [*map(str, by), str(EXAMPLES / script), *map(str, arguments)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        assert (done.returncode != 0) == fails, done.stderr[-4000:]
        return done.stdout + done.stderr

    return train


def assert_labelled(repository: Repository, *, log: bool = True) -> carbonlabel.Disclosure:
    """Card, picture and disclosure stand in the newest commit, and belong together."""
    card = repository.read("README.md")
    disclosure = carbonlabel.load(repository.read("carbon.json"))
    assert has_block(card)
    assert digest(disclosure)[:12] in card.decode()
    assert repository.read("label.png").startswith(b"\x89PNG")
    assert unsplice(card).startswith(b"---\n")
    if log:
        assert_stripped(repository.read("emissions.csv"))
    return disclosure


def assert_stripped(log: bytes) -> None:
    names, *rows = (line.split(",") for line in log.decode().splitlines())
    for row in rows:
        assert [row[names.index(name)] for name in COORDINATES] == ["", ""]
        assert row[names.index("os")].isalpha()


def label_of(folder: Path) -> carbonlabel.Disclosure:
    assert has_block((folder / "README.md").read_bytes())
    return carbonlabel.load((folder / "carbon.json").read_bytes())


def energy_kwh(disclosure: carbonlabel.Disclosure) -> float:
    assert isinstance(disclosure.totals.energy, carbonlabel.Estimate)
    return disclosure.totals.energy.value


def logged_kwh(log: Path) -> list[float]:
    names, *rows = (line.split(",") for line in log.read_text("utf-8").splitlines())
    return [float(row[names.index("energy_consumed")]) for row in rows]


def test_a_trainer_pushes_a_card_with_the_label(hub: Hub, train: Train, tmp_path: Path) -> None:
    train("transformers_trainer.py", "--output", tmp_path / "bert", "--push", "acme/tiny-bert")

    repository = hub.repository("acme/tiny-bert")
    disclosure = assert_labelled(repository)
    assert repository.history()[0].summary == "End of training"
    assert b"generated_from_trainer" in repository.read("README.md")
    assert disclosure.subject.model == "acme/tiny-bert"
    (evidence,) = carbonlabel.read(tmp_path / "bert" / "emissions.csv")
    assert disclosure.inputs["log"].sha256 == evidence.inputs[0].sha256


@pytest.mark.parametrize("strategy", ["every_save", "checkpoint"])
def test_pushes_on_the_way_change_nothing_of_it(
    hub: Hub, train: Train, tmp_path: Path, strategy: str
) -> None:
    folder = tmp_path / "bert"
    for _ in range(2):  # the second training finds the first one's log, card and label
        train(
            "transformers_trainer.py",
            "--output",
            folder,
            "--push",
            "acme/b",
            "--strategy",
            strategy,
        )

    repository = hub.repository("acme/b")
    disclosure = assert_labelled(repository)
    assert energy_kwh(disclosure) == pytest.approx(sum(logged_kwh(folder / "emissions.csv")))
    on_the_way = [each for each in repository.history() if "in progress" in each.summary]
    assert on_the_way
    for commit in on_the_way:
        if "emissions.csv" in repository.paths(commit.oid):
            assert_stripped(repository.read("emissions.csv", commit.oid))


def test_a_log_can_stay_out_of_the_push(hub: Hub, train: Train, tmp_path: Path) -> None:
    said = train(
        "transformers_trainer.py", "--output", tmp_path, "--push", "acme/b", "--keep-log-out"
    )

    assert_labelled(hub.repository("acme/b"), log=False)
    assert "emissions.csv" not in hub.repository("acme/b").paths()
    assert "emissions.csv stays here" in said
    assert (tmp_path / "emissions.csv").exists()


def test_a_log_that_is_left_as_it_is_is_warned_of(hub: Hub, train: Train, tmp_path: Path) -> None:
    said = train("transformers_trainer.py", "--output", tmp_path, "--push", "acme/b", "--leave-log")

    assert_labelled(hub.repository("acme/b"), log=False)
    # Without a network, CodeCarbon takes the coordinates of Quebec.
    assert "holds coordinates of the machine" in said
    assert (
        hub.repository("acme/b").read("emissions.csv") == (tmp_path / "emissions.csv").read_bytes()
    )


def test_two_machines_of_a_trainer_are_added_up(
    hub: Hub, hub_settings: dict[str, str], tmp_path: Path
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    processes = [
        subprocess.Popen(
            [
                *(
                    BIN / "torchrun",
                    "--nnodes",
                    "2",
                    "--nproc-per-node",
                    "1",
                    "--node-rank",
                    str(rank),
                ),
                *("--master-addr", "127.0.0.1", "--master-port", str(port)),
                *(EXAMPLES / "transformers_trainer.py", "--output", tmp_path / f"node-{rank}"),
                *("--push", "acme/b"),
            ],
            env={**os.environ, **hub_settings},
            stderr=subprocess.PIPE,
            text=True,
        )
        for rank in range(2)
    ]
    said = [process.communicate(timeout=PATIENCE_S)[1] for process in processes]

    assert [process.returncode for process in processes] == [0, 0], said
    disclosure = assert_labelled(hub.repository("acme/b"))
    logged = [logged_kwh(tmp_path / f"node-{rank}" / "emissions.csv")[0] for rank in range(2)]
    assert energy_kwh(disclosure) == pytest.approx(sum(logged))
    assert not (tmp_path / "node-1" / "README.md").exists()


def test_cards_of_sentence_transformers_have_the_label(
    hub: Hub, train: Train, tmp_path: Path
) -> None:
    pushes = ("--push", "acme/tiny-st", "--trainer-push", "acme/by-trainer")
    train("sentence_embeddings.py", "--output", tmp_path, *pushes)

    assert_labelled(hub.repository("acme/tiny-st"), log=False)
    assert "emissions.csv" not in hub.repository("acme/tiny-st").paths()
    assert_labelled(hub.repository("acme/by-trainer"))
    assert label_of(tmp_path / "final").subject.model == "acme/tiny-st"
    checkpoint = next((tmp_path / "run").glob("checkpoint-*")) / "README.md"
    assert not has_block(checkpoint.read_bytes())


@pytest.mark.parametrize("devices", [1, 2])
def test_a_fit_of_lightning_is_labelled(train: Train, tmp_path: Path, devices: int) -> None:
    train("lightning_fit.py", "--output", tmp_path, "--devices", devices)

    (logged,) = logged_kwh(tmp_path / "emissions.csv")
    assert energy_kwh(label_of(tmp_path)) == pytest.approx(logged)


def test_a_fit_of_lightning_that_fails_is_labelled_and_fails(train: Train, tmp_path: Path) -> None:
    said = train("lightning_fit.py", "--output", tmp_path, "--fails", fails=True)

    assert "RuntimeError: batch 0 is bad" in said
    assert label_of(tmp_path)


def test_a_fit_of_keras_is_labelled(train: Train, tmp_path: Path) -> None:
    train("keras_fit.py", "--output", tmp_path)

    assert label_of(tmp_path).subject.model == "acme/line"


def test_two_processes_of_accelerate_are_one_machine(train: Train, tmp_path: Path) -> None:
    launch = (BIN / "accelerate", "launch", "--cpu", "--num_processes", 2, "--num_machines", 1)
    plain = ("--mixed_precision", "no", "--dynamo_backend", "no")

    train("accelerate_loop.py", "--output", tmp_path, by=(*launch, *plain))

    (logged,) = logged_kwh(tmp_path / "emissions.csv")
    assert energy_kwh(label_of(tmp_path)) == pytest.approx(logged)


def test_a_loop_of_its_own_is_labelled_and_logged(train: Train, tmp_path: Path) -> None:
    train("plain_loop.py", "--output", tmp_path, "--mlflow", "--wandb")

    disclosure = label_of(tmp_path)
    with sqlite3.connect(tmp_path / "mlflow.db") as database:
        metrics = dict(database.execute("select key, value from metrics"))
    assert metrics["carbonlabel.energy_kwh"] == pytest.approx(energy_kwh(disclosure))
    (kept,) = tmp_path.glob("mlruns/*/artifacts/carbonlabel/carbon.json")
    assert carbonlabel.load(kept.read_bytes()) == disclosure
    (run,) = tmp_path.glob("wandb/offline-run-*/*.wandb")
    assert b"carbonlabel/energy_kwh" in run.read_bytes()
    assert b"carbon.json" in run.read_bytes()


def test_ranks_with_a_tracker_each_count_once(train: Train, tmp_path: Path) -> None:
    train(
        "plain_loop.py",
        "--output",
        tmp_path,
        "--ranks",
        by=(BIN / "torchrun", "--nproc-per-node", 2),
    )

    logged = [logged_kwh(tmp_path / f"rank-{rank}" / "emissions.csv")[0] for rank in range(2)]
    assert energy_kwh(label_of(tmp_path)) == pytest.approx(max(logged))
    project = json.loads((tmp_path / "project.json").read_bytes())
    assert len(project["runs"]) == 2
