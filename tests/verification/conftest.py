"""The example of the project, made once: its files, its disclosure, and all its documents."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import carbonlabel
from carbonlabel import output
from carbonlabel.model.disclosure import Disclosure, Subject

EXAMPLES = Path(__file__).parents[2] / "examples"
SUBJECT = Subject(model="acme/demo-train", parameters=67_000_000)
PHASE = "finetuning"


@dataclass(frozen=True)
class Made:
    """A disclosure with what it was made from."""

    disclosure: Disclosure
    files: tuple[Path, ...]
    folder: Path
    """Its documents."""
    told: carbonlabel.Told

    @property
    def whole(self) -> Any:  # noqa: ANN401 - JSON
        """Its JSON."""
        return json.loads(carbonlabel.dump(self.disclosure))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    evidence = tmp_path_factory.mktemp("evidence")
    names = ("emissions.csv", "region.yaml", "hardware.yaml")
    files = tuple(Path(shutil.copy(EXAMPLES / name, evidence)) for name in names)
    log, region, hardware = files
    disclosure = carbonlabel.assess(
        carbonlabel.read(log), region=region, inventory=hardware, subject=SUBJECT, phase=PHASE
    )
    folder = tmp_path_factory.mktemp("documents")
    output.write_set(disclosure, folder)
    return Made(disclosure, files, folder, carbonlabel.Told(subject=SUBJECT, phase=PHASE))


@pytest.fixture
def folder(made: Made, tmp_path: Path) -> Path:
    """The documents, to be changed."""
    return Path(shutil.copytree(made.folder, tmp_path / "out"))
