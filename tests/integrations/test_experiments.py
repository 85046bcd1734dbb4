"""A disclosure goes into a run of MLflow or W&B, as files and as numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest

import carbonlabel
from carbonlabel.integrations import mlflow, wandb
from carbonlabel.integrations.figures import numbers
from carbonlabel.record.canonical import digest
from tests.integrations.conftest import ROOT, Frameworks

FILES = ["carbon.json", "label.png", "label.svg"]


@pytest.fixture(scope="module")
def disclosure() -> carbonlabel.Disclosure:
    return carbonlabel.label(ROOT / "examples" / "emissions.csv", region="FR")


def test_what_is_not_known_is_no_number(disclosure: carbonlabel.Disclosure) -> None:
    unknown = carbonlabel.Missing(missing="not-measured", reason="no meter")
    totals = disclosure.totals.model_copy(update={"energy": unknown})

    known = numbers(disclosure.model_copy(update={"totals": totals}))

    assert known["electricity_gco2e_low"] < known["electricity_gco2e"]
    assert not any(name.startswith("energy") for name in known)


@dataclass
class Mlflow:
    """What MLflow was told."""

    active: SimpleNamespace | None
    told: dict[str, object] = field(default_factory=dict)

    def names(self) -> Iterator[tuple[str, object]]:
        yield "active_run", lambda: self.active
        yield "log_artifacts", self.log_artifacts
        yield "log_metrics", lambda values, run_id: self.told.update(values, metrics_of=run_id)
        yield "MlflowClient", lambda: SimpleNamespace(set_tag=self.set_tag)

    def log_artifacts(self, folder: str, artifact_path: str, run_id: str) -> None:
        files = sorted(path.name for path in Path(folder).iterdir())
        self.told |= {"files": files, "below": artifact_path, "files_of": run_id}

    def set_tag(self, run_id: str, name: str, value: str) -> None:
        self.told |= {name: value, "tag_of": run_id}


@pytest.mark.parametrize(("active", "named"), [("a1", None), (None, "b2"), ("a1", "b2")])
def test_mlflow_gets_files_metrics_and_a_digest(
    framework: Frameworks, disclosure: carbonlabel.Disclosure, active: str | None, named: str | None
) -> None:
    run = SimpleNamespace(info=SimpleNamespace(run_id=active)) if active else None
    recorder = Mlflow(run)
    framework("mlflow", **dict(recorder.names()))

    assert mlflow.log(disclosure, run_id=named)

    told, meant = recorder.told, named or active
    assert told["files"] == FILES
    assert told["below"] == "carbonlabel"
    assert {told[name] for name in ("files_of", "metrics_of", "tag_of")} == {meant}
    assert told["carbonlabel.energy_kwh"] == pytest.approx(0.005140261714)
    assert told["carbonlabel.sha256"] == digest(disclosure)


def test_mlflow_begins_no_run_of_its_own(
    framework: Frameworks, disclosure: carbonlabel.Disclosure, caplog: pytest.LogCaptureFixture
) -> None:
    recorder = Mlflow(None)
    framework("mlflow", **dict(recorder.names()))

    assert not mlflow.log(disclosure)
    assert not recorder.told
    assert "no run is active" in caplog.text


@dataclass
class Artifact:
    """An artifact of W&B."""

    name: str
    type: str
    metadata: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def add_file(self, path: str) -> None:
        assert Path(path).is_file()
        self.files.append(Path(path).name)


def test_wandb_gets_an_artifact_and_a_summary(
    framework: Frameworks, disclosure: carbonlabel.Disclosure
) -> None:
    got: list[Artifact] = []
    run = SimpleNamespace(id="x7", summary={}, log_artifact=got.append)
    framework("wandb", run=run, Artifact=Artifact)

    assert wandb.log(disclosure)

    (artifact,) = got
    assert (artifact.name, artifact.type, artifact.files) == ("carbonlabel-x7", "disclosure", FILES)
    assert artifact.metadata == {"sha256": digest(disclosure)}
    assert run.summary["carbonlabel/energy_kwh"] == pytest.approx(0.005140261714)


def test_without_a_run_wandb_is_told_nothing(
    framework: Frameworks, disclosure: carbonlabel.Disclosure, caplog: pytest.LogCaptureFixture
) -> None:
    framework("wandb", run=None, Artifact=Artifact)

    assert not wandb.log(disclosure)
    assert "no run is active" in caplog.text


def test_what_is_not_installed_is_told_and_no_more(
    disclosure: carbonlabel.Disclosure,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "wandb", None)

    assert not wandb.log(disclosure)
    assert "ModuleNotFoundError" in caplog.text
