"""I find the logs that trackers left of a training."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import Final

from carbonlabel import registry
from carbonlabel.errors import InputError
from carbonlabel.intake import open_log

Logs = str | PathLike[str] | Sequence[str | PathLike[str]]
USUAL: Final = "emissions.csv"
"""How CodeCarbon calls its table where nobody says otherwise."""
_NO_MEASUREMENT: Final = frozenset({"trainer-state", "project", "manual"})
_GLOB: Final = frozenset("*?[")


def found(logs: Logs | None, folder: Path) -> tuple[Path, ...]:
    """The files and folders that are named; where none is, the logs that lie in `folder`.

    A name may be a pattern such as `runs/rank*/emissions.csv`.

    Raises:
        InputError: there is no log.
    """
    if logs is None:
        return _left_in(folder)
    named = (logs,) if isinstance(logs, str | PathLike) else logs
    return tuple(dict.fromkeys(path for each in named for path in _named(fspath(each))))


def _named(name: str) -> Sequence[Path]:
    path = Path(name)
    if path.exists():
        return (path,)
    matching = sorted(glob.glob(name, recursive=True)) if _GLOB & {*name} else ()  # noqa: PTH207 - the pattern may be absolute
    if not matching:
        raise InputError(
            "there is no such log",
            where=path.name or name,
            hint="did the tracker run, and was it stopped? CodeCarbon writes when it stops",
        )
    return tuple(map(Path, matching))


def _left_in(folder: Path) -> tuple[Path, ...]:
    usual = folder / USUAL
    left = (usual,) if usual.is_file() else tuple(_measured(folder))
    if not left:
        raise InputError(
            "no log of a tracker is there",
            where=folder.name or str(folder),
            hint="let CodeCarbon run beside the training (report_to='codecarbon'), or name the log",
        )
    return left


def _measured(folder: Path) -> Iterator[Path]:
    """The files right in a folder that hold what a tracker measured."""
    for path in sorted(folder.iterdir() if folder.is_dir() else ()):
        if path.is_file() and not path.name.startswith(".") and _is_measured(path):
            yield path


def _is_measured(path: Path) -> bool:
    try:
        reader = registry.recognise(open_log(path))
    except InputError:
        return False
    return reader.format not in _NO_MEASUREMENT and not getattr(reader, "secondhand", False)
