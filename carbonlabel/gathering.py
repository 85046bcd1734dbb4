"""I carry out `collect`: ask what only a person knows, show how far it is, say what was done."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from carbonlabel import collection, console
from carbonlabel.collection import choices, stages
from carbonlabel.intake import open_log
from carbonlabel.model.estimate import Estimate
from carbonlabel.record import canonical
from carbonlabel.rules.comparison import shown

if TYPE_CHECKING:
    from carbonlabel.collection.choices import Choices, Wish
    from carbonlabel.collection.folders import Found
    from carbonlabel.collection.stages import StageRule
    from carbonlabel.model.project import Overlap, Project, StageTotal

_PATIENCE_S: Final = 1.0
_MOST_TOLD: Final = 8
_ANSWERS: Final[dict[str, Overlap]] = {
    "": "max",
    "1": "max",
    "max": "max",
    "2": "first",
    "first": "first",
    "3": "sum",
    "sum": "sum",
}
_QUESTION: Final = (
    "Count [1] the most that counts no time twice, [2] the first to start, or [3] all of them "
    "(they ran on machines of their own)? [1]"
)


def collect(options: argparse.Namespace) -> bytes:
    """The project.json that the options of `collect` ask for; what was done goes to stderr."""
    paths = [Path(path) for path in options.paths]
    project = collection.collect(paths, _choices(options), progress=_progress)
    if not options.quiet:
        for line in _told(project):
            console.tell(line)
    return canonical.dumps(project)


def _choices(options: argparse.Namespace) -> Choices:
    return choices.Choices(
        overlap=choices.wish_named(options.overlap) if options.overlap else _default(),
        ask=_ask,
        nodes=choices.nodes_named(options.nodes),
        ranks=choices.machine_count(options.ranks) if options.ranks else None,
        scale_up=options.scale_up,
        rules=tuple(_rules(options)),
    )


def _default() -> Wish:
    return "ask" if sys.stdin.isatty() and sys.stderr.isatty() else "max"


def _rules(options: argparse.Namespace) -> Iterator[StageRule]:
    yield from map(stages.stage_rule, options.stage)
    if options.stages:
        from carbonlabel.collection.stagefile import load_stages  # noqa: PLC0415 - loads YAML

        yield from load_stages(open_log(Path(options.stages)))


def _ask(question: str) -> Overlap:
    console.tell(question)
    while True:
        console.tell(_QUESTION)
        line = sys.stdin.readline()
        answer = line.strip().lower()
        if not line or answer in _ANSWERS:
            return _ANSWERS[answer]


def _progress(files: Sequence[Found]) -> Iterable[Found]:
    if not sys.stderr.isatty():
        return files
    try:
        bar = import_module("tqdm").tqdm
    except ImportError:
        return _counted(files)
    shown_bar = bar(files, desc="Reading", unit="file", delay=_PATIENCE_S, leave=False)
    return cast("Iterable[Found]", shown_bar)


def _counted(files: Sequence[Found]) -> Iterator[Found]:
    """The files one by one; once a second a line says how many there were."""
    told_s = time.monotonic()
    for number, each in enumerate(files):
        if time.monotonic() - told_s > _PATIENCE_S:
            told_s = time.monotonic()
            console.tell(f"Reading file {number} of {len(files)}")
        yield each


def _told(project: Project) -> Iterator[str]:
    # A run that counts for a reason is the mean of others, and was in no file.
    seen = sum(not (run.counted and run.reason) for run in project.runs)
    read = f"Read {_many(seen, 'run')} from {_many(len(project.inputs), 'file')}"
    others = project.unrecognised
    no_logs = f"; {_many(others, 'other')} {'is no log' if others == 1 else 'are no logs'}"
    yield f"{read}{no_logs if others else ''}."
    yield from _first_few(
        f"warning[{each.code}] {each.file}: {each.message}" for each in project.unread
    )
    yield from _first_few(each.message for each in project.decisions)
    noticed = (each for run in project.runs if run.counted for each in run.findings or ())
    ours = [each for each in noticed if each.code in collection.CODES]
    yield from _first_few(
        f"{each.severity}[{each.code}] {each.place}: {each.message} Found {each.found}, "
        f"expected {each.expected}."
        for each in ours
    )
    yield from map(_total, project.totals)


def _many(count: int, one: str) -> str:
    return f"{count} {one}" if count == 1 else f"{count} {one}s"


def _first_few(lines: Iterable[str]) -> Iterator[str]:
    every = list(lines)
    yield from every[:_MOST_TOLD]
    if len(every) > _MOST_TOLD:
        yield f"  … and {len(every) - _MOST_TOLD} more like this, in the project"


def _total(total: StageTotal) -> str:
    energy = total.energy
    amount = shown(energy.value, energy.unit) if isinstance(energy, Estimate) else energy.reason
    least = "at least " if total.unknown and isinstance(energy, Estimate) else ""
    return f"  {total.stage:<9}{total.counted} of {total.runs} runs counted  {least}{amount}"
