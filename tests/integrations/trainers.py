"""I am the Trainer of transformers in miniature: its methods, in the order in which it calls them.

As of version 5.23: `push_to_hub` calls `on_push_begin`, `save_model`, `create_model_card`,
`_finish_current_push` and uploads the folder; `_push_from_checkpoint` calls `on_push_begin` and
uploads the folder as it is. The real one takes part in `test_real_trainings.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tests.integrations.conftest import PLACED

GENERATED = b"---\nlibrary_name: transformers\n---\n\n# tiny\n\nWritten by the Trainer.\n"
OWN_SECTION = b"""---
co2_eq_emissions:
  emissions: 0.85
  source: codecarbon
---

# tiny

### Environmental Impact
Carbon emissions were measured using [CodeCarbon](https://github.com/mlco2/codecarbon).
"""


class TrainerCallback:
    """The parent of all callbacks."""

    def on_step_end(self, *_: object, **__: object) -> None:
        """One of the events that ours leave alone."""


@dataclass
class Arguments:
    output_dir: str
    push_to_hub: bool = True
    hub_model_id: str | None = "acme/tiny"


@dataclass
class State:
    is_local_process_zero: bool = True
    is_world_process_zero: bool = True


@dataclass
class Control:
    should_save: bool = False


class Callback(Protocol):
    """What the Trainer calls."""

    def on_train_begin(self, args: Arguments, state: State, control: Control, **_: object) -> None:
        """Before the first step."""

    def on_train_end(self, args: Arguments, state: State, control: Control, **_: object) -> None:
        """After the last."""

    def on_push_begin(self, args: Arguments, state: State, control: Control, **_: object) -> None:
        """Before an upload."""


@dataclass
class Trainer:
    """Trains with CodeCarbon beside it, and keeps what it uploads."""

    args: Arguments
    state: State = field(default_factory=State)
    control: Control = field(default_factory=Control)
    callbacks: list[Callback] = field(default_factory=list)
    commits: list[dict[str, bytes]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    log: bytes = PLACED
    fails: bool = False
    hub_model_id: str | None = None
    model: object = None
    in_checkpoint: Callable[[Trainer], object] = lambda _: None
    wait: Callable[[], object] = lambda: None

    def add_callback(self, callback: Callback) -> None:
        self.callbacks.append(callback)

    def remove_callback(self, callback: Callback) -> None:
        self.callbacks.remove(callback)

    def is_world_process_zero(self) -> bool:
        return self.state.is_world_process_zero

    def create_model_card(self, model_name: str | None = None) -> None:
        """Draft a card, over whatever card there was."""
        assert model_name != "unknown"
        if self.is_world_process_zero():
            (self.folder / "README.md").write_bytes(GENERATED)

    def train(self) -> None:
        """Save one checkpoint on the way; CodeCarbon writes when it stops."""
        for callback in self.callbacks:
            callback.on_train_begin(self.args, self.state, self.control, model=self.model)
        self.control.should_save = True
        self.in_checkpoint(self)
        self._push_from_checkpoint()
        self.control.should_save = False
        if self.fails:
            raise RuntimeError("loss is NaN")
        self.folder.joinpath("emissions.csv").write_bytes(self.log)
        for callback in self.callbacks:
            callback.on_train_end(self.args, self.state, self.control, model=self.model)
        self._finish_current_push()

    def push_to_hub(self, **kwargs: str) -> None:
        """Upload the folder, with a card that was written a moment ago."""
        self._begin_push()
        if not self.is_world_process_zero():
            return
        self.create_model_card(**kwargs)
        self._finish_current_push()
        self._upload()

    def _push_from_checkpoint(self) -> None:
        self._begin_push()
        if self.is_world_process_zero():
            self._upload()

    def _begin_push(self) -> None:
        for callback in self.callbacks:
            callback.on_push_begin(self.args, self.state, self.control, model=self.model)

    def _finish_current_push(self) -> None:
        self.calls.append(f"wait with {len(self._files())} files")
        self.wait()

    def _upload(self) -> None:
        self.commits.append(self._files())

    def _files(self) -> dict[str, bytes]:
        return {
            path.name: path.read_bytes() for path in sorted(self.folder.iterdir()) if path.is_file()
        }

    @property
    def folder(self) -> Path:
        """Where all goes."""
        return Path(self.args.output_dir)
