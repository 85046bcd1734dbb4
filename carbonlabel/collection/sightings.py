"""I read one log after the other, and keep what each run says and where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from carbonlabel import registry
from carbonlabel.collection.folders import Found, Shelf, ShelvedLog, printable_name, shelves
from carbonlabel.errors import CarbonLabelError, InputError, MissingFactor
from carbonlabel.intake import open_log
from carbonlabel.model.estimate import Estimate
from carbonlabel.model.evidence import PROJECT_FORMAT
from carbonlabel.model.project import ROWS, Unread

if TYPE_CHECKING:
    from carbonlabel.model.evidence import Evidence
    from carbonlabel.model.provenance import Input
    from carbonlabel.plugins import Reader

Progress = Callable[[Sequence[Found]], Iterable[Found]]

_SPOT: Final = re.compile(r"(?P<file>.+?):(?P<line>[1-9][0-9]{0,8})(?: .*)?", re.DOTALL)
_LONGEST: Final = 300
_TYPED: Final = frozenset({"stated", "rated"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """One run in one file."""

    run: Evidence
    file: str
    """The file that the figures stand in."""
    line: int | None
    inputs: tuple[str, ...]
    """The files of `run.inputs`, each by its name below the folder that holds all."""
    is_whole: bool = False
    """Whether the log tells of all machines of the run, however many there were."""

    @property
    def is_typed(self) -> bool:
        """Whether no tracker watched the run: a person states it, or its rated power."""
        sensors = set(self.run.sensors.values())
        return bool(sensors) and sensors <= _TYPED

    @property
    def energy_kwh(self) -> float:
        """The known energy of all rows."""
        quantities = (getattr(self.run, row) for row in ROWS)
        return sum(each.value for each in quantities if isinstance(each, Estimate))


@dataclass(slots=True)
class Harvest:
    """What some files hold."""

    sightings: list[Sighting] = field(default_factory=list)
    inputs: dict[str, Input] = field(default_factory=dict)
    """Every file that was read, by its name below the folder that holds all."""
    unread: list[Unread] = field(default_factory=list)
    unrecognised: int = 0

    def read(self, found: Found, shelf: Shelf, readers: Sequence[Reader]) -> None:
        """Take in one file; what is wrong with a log is noted, and the rest goes on.

        Raises:
            InputError: the user named a project itself.
        """
        log = ShelvedLog(printable_name(found.path), path=found.path, shelf=shelf)
        try:
            # The registry would look for readers of strangers again for each file nobody knows.
            known = any(each.recognises(log) for each in readers)
            reader = registry.recognise(log) if known else None
            if getattr(reader, "secondhand", False) and not found.is_named:
                # What a card in a folder declares is, most often, what the logs beside it say.
                reader = None
            if reader is not None and reader.format != PROJECT_FORMAT:
                open_log(found.path)
                is_whole: bool = getattr(reader, "whole_run", False)
                self._keep(found, reader.read(log), is_whole=is_whole)
        except (InputError, MissingFactor) as bad:
            self.unread.append(Unread(file=found.name, code=bad.code, message=_in_a_line(bad)))
            return
        if reader is None:
            self.unrecognised += 1
        elif reader.format == PROJECT_FORMAT and found.is_named:
            # One that lies in a folder is what an earlier collection left there.
            raise InputError(
                "this is a project, which is collected already",
                where=log.name,
                hint="name the folders of its logs; carbonlabel label reads a project",
            )

    def _keep(self, found: Found, runs: Iterable[Evidence], *, is_whole: bool) -> None:
        folder = found.name.rpartition("/")[0]
        for run in runs:
            names = tuple(f"{folder}/{each.file}".lstrip("/") for each in run.inputs)
            # What a file says of itself outweighs what is said of it beside another.
            self.inputs[names[0]] = run.inputs[0].model_copy(update={"file": names[0]})
            for name, each in zip(names[1:], run.inputs[1:], strict=True):
                self.inputs.setdefault(name, each.model_copy(update={"file": name}))
            file, line = _spot(run, names)
            self.sightings.append(Sighting(run, file, line, names, is_whole=is_whole))


def harvest(files: Sequence[Found], progress: Progress) -> Harvest:
    """Every run of some files, in the order of the files.

    Raises:
        InputError: a file that the user named is a project.
        PluginError: a stranger's reader fails to load.
    """
    readers = tuple(map(registry.reader, registry.names(registry.READERS)))
    on = shelves(files)
    found = Harvest()
    for each in progress(files):
        found.read(each, on[each.path.parent], readers)
    return found


def _spot(run: Evidence, names: Sequence[str]) -> tuple[str, int | None]:
    """The file and the line that the figures of a run stand in."""
    match = _SPOT.fullmatch(run.place)
    if match is None:
        return names[0], None
    read = (
        name for name, each in zip(names, run.inputs, strict=True) if each.file == match["file"]
    )
    return next(read, names[0]), int(match["line"])


def _in_a_line(bad: CarbonLabelError) -> str:
    text = f"{bad.where}: {bad.message}" if bad.where else bad.message
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def places(sightings: Iterable[Sighting]) -> Iterator[str]:
    """Where each stands: `seed-1/emissions.csv:2`."""
    return (each.file + (f":{each.line}" if each.line else "") for each in sightings)
