"""I bring the logs of all processes of a training to rank zero."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from pathlib import PurePosixPath
from typing import Any, Final

from carbonlabel.errors import InputError, MalformedInput

MOST_BYTES: Final = 8 * 2**20
"""So much of logs a rank may send."""
_TORCH: Final = "torch.distributed"
_KEY: Final = "carbonlabel"
_FEW: Final = 8


@dataclass(frozen=True, slots=True)
class Seat:
    """Where this process sits among those of the training."""

    rank: int = 0
    size: int = 1
    is_first_here: bool | None = True
    """Whether it is the first on its machine; None where nobody knows."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a rank sends."""

    files: Mapping[str, bytes]
    is_first_here: bool | None


def seat(*, is_first_here: bool | None = None) -> Seat:
    """The place of this process in torch.distributed; the only one, where that does not run."""
    torch = sys.modules.get(_TORCH)
    if torch is None or not torch.is_available() or not torch.is_initialized():
        return Seat()
    if is_first_here is None:
        local = torch.get_node_local_rank(fallback_rank=-1)
        is_first_here = None if local < 0 else local == 0
    return Seat(torch.get_rank(), torch.get_world_size(), is_first_here)


def sent(parcel: Parcel, place: Seat) -> None:
    """Leave the logs of this rank where rank zero finds them; waits for nobody.

    Raises:
        InputError: they are larger than 8 MiB.
    """
    store, turn = _store(place)
    store.set(_key(turn, place.rank), _packed(parcel))


def received(place: Seat, *, wait_s: float) -> tuple[Parcel, ...]:
    """What the other ranks sent, in their order.

    Raises:
        InputError: some of them sent nothing in time.
        MalformedInput: a parcel cannot be read.
    """
    store, turn = _store(place)
    keys = {rank: _key(turn, rank) for rank in range(1, place.size)}
    try:
        store.wait([*keys.values()], timedelta(seconds=wait_s))
    except RuntimeError as late:
        missing = [rank for rank, key in keys.items() if not store.check([key])]
        if missing:
            raise _nothing_of(missing, wait_s) from late
    return tuple(_unpacked(store.get(key)) for key in keys.values())


def machine_count(parcels: Iterable[Parcel]) -> int | None:
    """How many machines the parcels are of; None where nobody knows."""
    firsts = [each.is_first_here for each in parcels]
    return None if None in firsts else max(1, firsts.count(True))


def _store(place: Seat) -> tuple[Any, int]:
    """The key-value store of the processes, and which time this rank comes to it.

    A store and no collective call: a rank that never comes makes nobody hang.
    """
    store = import_module(f"{_TORCH}.distributed_c10d")._get_default_store()  # noqa: SLF001 - torch offers no other way to it
    return store, store.add(f"{_KEY}/{place.rank}", 1)


def _key(turn: int, rank: int) -> str:
    return f"{_KEY}/{turn}/{rank}"


def _packed(parcel: Parcel) -> str:
    if sum(map(len, parcel.files.values())) > MOST_BYTES:
        raise InputError(
            "the logs of this rank are larger than 8 MiB",
            hint="run carbonlabel collect over the logs of all ranks",
        )
    files = {name: base64.b64encode(content).decode() for name, content in parcel.files.items()}
    return json.dumps({"first": parcel.is_first_here, "files": files})


def _unpacked(text: bytes) -> Parcel:
    try:
        told = json.loads(text)
        files = {
            _below(name): base64.b64decode(content, validate=True)
            for name, content in told["files"].items()
        }
    except (ValueError, KeyError, AttributeError, TypeError) as bad:
        raise MalformedInput("what another rank sent cannot be read") from bad
    return Parcel(files, told.get("first"))


def _below(name: str) -> str:
    return "/".join(part for part in PurePosixPath(name).parts if part not in {"/", ".."})


def _nothing_of(missing: list[int], wait_s: float) -> InputError:
    named = ", ".join(map(str, missing[:_FEW])) + (" …" if len(missing) > _FEW else "")
    return InputError(
        f"rank {named} sent no word within {wait_s:g} s, and what it used is not known",
        hint="attach on every rank; or with nodes=1 say that the log here holds all",
    )
