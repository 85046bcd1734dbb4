"""I make one honest total of many logs: each run once, each left one with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from carbonlabel.collection import counting, fleet, sameness, tally
from carbonlabel.collection.choices import Choices
from carbonlabel.collection.fates import Fates
from carbonlabel.collection.folders import Found, walk
from carbonlabel.collection.records import Recorder
from carbonlabel.collection.sightings import Harvest, Progress, Sighting, harvest
from carbonlabel.collection.stages import stage_of
from carbonlabel.errors import InputError, InvalidDocument
from carbonlabel.model.project import PROJECT_SCHEMA, Project, Unread
from carbonlabel.model.provenance import Finding, Input
from carbonlabel.version import __version__

CODES = fleet.CODES
"""Codes of the findings that a collection adds to those of the readers."""
_NAMED = 8


def collect(
    paths: Iterable[Path], choices: Choices | None = None, *, progress: Progress | None = None
) -> Project:
    """Every run in some files and folders, with what is counted and what is not.

    `progress` is handed the files and yields them one by one.

    Raises:
        InputError: a path does not exist, or no run is found.
        PluginError: a stranger's reader fails to load.
    """
    chosen = choices or Choices()
    walked = walk(paths)
    found = harvest(walked.files(), progress or _silently)
    found.unread += walked.unread
    if not found.sightings:
        raise _nothing(found)
    return _project(sameness.distinct(found.sightings), found, chosen)


def _silently(files: Sequence[Found]) -> Iterable[Found]:
    return files


def _project(sightings: Sequence[Sighting], found: Harvest, choices: Choices) -> Project:
    fates = Fates()
    stages = [stage_of(each, choices.rules) for each in sightings]
    sameness.settle(sightings, fates)
    crews = counting.settle(sightings, stages, fates, choices)
    machines = fleet.complete(crews, sightings, fates, choices)
    every = (*sightings, *(each for each, _ in machines.made))
    stages += [stage for _, stage in machines.made]
    keys = _keys(found.inputs)
    recorder = Recorder(keys, fates)
    runs = tuple(
        recorder.record(
            place,
            each,
            stages[place],
            _noticed(machines.findings, place),
            whole=place not in machines.in_part,
        )
        for place, each in enumerate(every)
    )
    return Project.model_validate(
        {
            "$schema": PROJECT_SCHEMA,
            "totals": tally.totals(runs),
            "decisions": tuple(fates.decisions),
            "runs": runs,
            "left_out": tally.left_out(
                each for place, each in enumerate(every) if not fates.is_left(place)
            ),
            "unread": tuple(sorted(found.unread, key=_by_file)),
            "unrecognised": found.unrecognised,
            "told": choices.told(),
            "inputs": {key: found.inputs[name] for name, key in keys.items()},
            "generator": {"name": "carbonlabel", "version": __version__},
        }
    )


def _keys(inputs: Mapping[str, Input]) -> dict[str, str]:
    """A key for every file, in the order of their names: log, log-2, log-3 and so on."""
    names = sorted(inputs, key=lambda name: name.split("/"))
    return {name: f"log-{place}" if place > 1 else "log" for place, name in enumerate(names, 1)}


def _noticed(findings: Mapping[int, Finding], place: int) -> tuple[Finding, ...]:
    return (findings[place],) if place in findings else ()


def _by_file(unread: Unread) -> list[str]:
    return unread.file.split("/")


def _nothing(found: Harvest) -> InputError:
    if not found.unread:
        return InputError(
            "no log is in there",
            hint=f"{found.unrecognised} files were looked at; carbonlabel list formats",
        )
    return InvalidDocument(
        "no log in there can be read",
        hint="the faults stand above",
        problems=tuple(f"{each.file}: {each.message}" for each in found.unread[:_NAMED]),
    )
