"""I make one disclosure of the logs of a training, however many processes left one."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from carbonlabel import desk
from carbonlabel.integrations.wishes import Wish

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.model.evidence import Evidence

PROJECT: Final = "project.json"
_OVERLAP: Final = "overlapping-runs"
Files = Mapping[str, bytes]
"""Logs by their name below the folder that holds all."""


@dataclass(frozen=True, slots=True)
class Total:
    """A disclosure, and what it was made from."""

    disclosure: Disclosure
    project: bytes | None = None
    """project.json, where several logs or machines were made one total."""


def total(own: Sequence[Path], others: Sequence[Files], wish: Wish, *, nodes: int | None) -> Total:
    """One disclosure of the logs on this machine and of those that other ranks sent.

    Runs are counted as `carbonlabel collect` counts them, with `nodes` machines.

    Raises:
        CarbonLabelError: a log is faulty, or a place or a device is not known.
    """
    with ExitStack() as stack:
        paths = tuple(own)
        if others:
            room = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="carbonlabel-")))
            paths = (room,) if _laid_out(room, own, others) else paths
        if len(paths) == 1 and paths[0].is_file() and not _is_told(wish, nodes):
            made = _assessed(desk.read(paths[0]), wish)
            if all(each.code != _OVERLAP for each in made.findings):
                return Total(made)
        return _collected(paths, wish, nodes)


def files_of(paths: Sequence[Path]) -> Files:
    """The bytes of the files, and of those in the folders, by their names."""
    from carbonlabel.collection.folders import walk  # noqa: PLC0415 - few trainings need it

    if not paths:
        return {}
    return {each.name: each.path.read_bytes() for each in walk(paths).files()}


def _is_told(wish: Wish, nodes: int | None) -> bool:
    return (nodes or 1) > 1 or (wish.ranks or 1) > 1


def _collected(paths: Sequence[Path], wish: Wish, nodes: int | None) -> Total:
    from carbonlabel.record import keeping  # noqa: PLC0415 - as above

    project = keeping.dump(desk.collect(paths, nodes=nodes, ranks=wish.ranks))
    with tempfile.TemporaryDirectory(prefix="carbonlabel-") as room:
        kept = Path(room, PROJECT)
        kept.write_bytes(project)
        return Total(_assessed(desk.read(kept), wish), project)


def _assessed(runs: Sequence[Evidence], wish: Wish) -> Disclosure:
    from carbonlabel.model.disclosure import Subject  # noqa: PLC0415 - costs start-up time

    return desk.assess(
        runs,
        inventory=wish.inventory,
        region=wish.region,
        subject=Subject(model=wish.model),
        phase=wish.phase,
    )


def _laid_out(room: Path, own: Sequence[Path], others: Sequence[Files]) -> bool:
    """Lay all logs out in a folder for each rank; False where the others sent nothing new."""
    seen: set[bytes] = set()
    for rank, files in enumerate((files_of(own), *others)):
        for name, content in files.items():
            digest = hashlib.sha256(content).digest()
            if digest in seen:
                continue
            seen.add(digest)
            path = room / f"rank-{rank}" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return any(each.name != "rank-0" for each in room.iterdir())
