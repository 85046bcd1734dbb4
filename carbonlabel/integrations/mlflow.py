"""I bring a disclosure into a run of MLflow."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from carbonlabel.errors import InputError
from carbonlabel.integrations.figures import documents, numbers
from carbonlabel.integrations.guarding import Guard
from carbonlabel.record.canonical import digest

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure

__all__ = ["log"]

FOLDER: Final = "carbonlabel"


def log(disclosure: Disclosure, *, run_id: str | None = None) -> bool:
    """Whether the disclosure is now in the run: as artifacts, metrics and a tag.

    `run_id` names the run, else the active one is meant. carbon.json and the label lie below
    `carbonlabel/`, the metrics are called so: `carbonlabel.electricity_gco2e`. A failure is told
    and not raised.
    """
    guard = Guard()
    with guard.against("MLflow got no disclosure"):
        _log(disclosure, run_id)
        return True
    return False


def _log(disclosure: Disclosure, run_id: str | None) -> None:
    mlflow = import_module("mlflow")
    active = mlflow.active_run()
    if run_id is None and active is None:
        # MLflow would begin a run of its own, of which nobody knows what it is.
        raise InputError("no run is active", hint="log inside the run, or name it: run_id=…")
    run = run_id or active.info.run_id
    with documents(disclosure) as folder:
        mlflow.log_artifacts(str(folder), artifact_path=FOLDER, run_id=run)
    figures = {f"{FOLDER}.{name}": value for name, value in numbers(disclosure).items()}
    mlflow.log_metrics(figures, run_id=run)
    mlflow.MlflowClient().set_tag(run, f"{FOLDER}.sha256", digest(disclosure))
