"""I am the one run whose system metrics lie in a folder of MLflow's file store."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.method.integral import Sample, trapezoid
from carbonlabel.model.estimate import Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Finding
from carbonlabel.parsing import samples, series
from carbonlabel.parsing.series import Series

_TRACKER: Final = "MLflow"
_POWER: Final = re.compile(r"gpu_(\d{1,4})_power_usage_watts")
_RUN: Final = re.compile(r"[0-9a-f]{32}")
_TIME: Final = re.compile(r"\d{1,16}", re.ASCII)
_FIELDS_COUNT: Final = 3
_FILES_LIMIT: Final = 1024
_HINT: Final = "MLflow writes time in ms, value and step"


@dataclass(slots=True)
class Metrics:
    """The files of a run; the counts are of the latest walk."""

    powers: Mapping[str, Log]
    """The files of power by GPU."""
    samples_count: int = 0
    absent_count: int = 0
    """Samples that are no number."""
    cut: list[str] = field(default_factory=list)
    """Where a last line breaks off."""

    def samples(self) -> Iterator[Sample]:
        """Each sample of power.

        Raises:
            MalformedInput: a line is none; a last line that breaks off is not.
        """
        self.samples_count, self.absent_count, self.cut = 0, 0, []
        for gpu, log in self.powers.items():
            for number, time_ms, text in self.points(log):
                where = f"{log.name}:{number}"
                self.samples_count += 1
                watts = samples.figure(text, where=where)
                if watts is None:
                    self.absent_count += 1
                else:
                    yield gpu, time_ms, samples.power_mw(watts, where=where)

    def points(self, log: Log) -> Iterator[tuple[int, int, str]]:
        """Line, time and value of each point of a metric."""
        broken: MalformedInput | None = None
        for number, line in log.lines():
            if broken:
                raise broken
            where, words = f"{log.name}:{number}", line.split()
            if len(words) == _FIELDS_COUNT and _TIME.fullmatch(words[0]):
                yield number, samples.plausible_ms(int(words[0]), where=where), words[1]
            elif words:
                broken = MalformedInput("is no point of a metric", where=where, hint=_HINT)
        if broken and broken.where:
            self.cut.append(broken.where)


def run(log: Log, form: str) -> Evidence:
    """The one run of the folder.

    Raises:
        InputError: a line is none.
    """
    files = _files(log)
    metrics = Metrics({name: files[name] for name in files if _POWER.fullmatch(name)})
    found = series.placed(lambda: trapezoid(metrics.samples), log)
    noticed = tuple(_noticed(metrics, log))
    times_ms = [] if metrics.powers else [time_ms for _, time_ms, _ in metrics.points(log)]
    told = Series(
        tracker=_TRACKER,
        inputs=tuple(
            series.read_from(each, form, _TRACKER, runs=None if place else 1)
            for place, each in enumerate(files.values())
        ),
        source="log" if log.name in metrics.powers or not found else "log-2",
        run=_run(log) or f"{log.name}:1",
        place=f"{log.name}:1",
        clock="UTC",
        covers="device",
        blind_spots=series.blind_spots(_TRACKER, unseen="storage and network", reads="GPU boards"),
        findings=noticed,
        ends_ms=(min(times_ms), max(times_ms)) if times_ms else None,
    )
    unread = Missing(missing="not-measured", reason="the run has no metric of GPU power")
    host = Missing(missing="not-measured", reason="MLflow reads the power of GPU boards only")
    return series.evidence(told, {"accelerators": (found,) if found else unread, "host": host})


def _files(log: Log) -> dict[str, Log]:
    """The named file, then the files of power beside it by number of the GPU."""
    try:
        beside = log.siblings()
    except OSError:
        # A folder that cannot be listed hides the other GPUs, not the file itself.
        beside = ()
    powers = [match for match in map(_POWER.fullmatch, beside) if match]
    powers.sort(key=lambda match: int(match[1]))
    if len(powers) > _FILES_LIMIT:
        raise MalformedInput(f"more than {_FILES_LIMIT} GPUs lie beside it", where=log.name)
    return {log.name: log} | {match[0]: log.sibling(match[0]) for match in powers}


def _run(log: Log) -> str | None:
    """The run's id: mlruns / experiment / run / metrics / system / file."""
    above = _above(log)
    # One of several nodes has no id of its own: the run's would make all of them one.
    is_run = above[:2] == ["system", "metrics"] and _RUN.fullmatch(above[2])
    return above[2] if is_run else None


def _is_one_of_several_nodes(log: Log) -> bool:
    return _above(log)[1:3] == ["system", "metrics"]


def _above(log: Log) -> list[str]:
    return [] if log.path is None else [folder.name for folder in log.path.absolute().parents]


def _noticed(metrics: Metrics, log: Log) -> Iterator[Finding]:
    if not metrics.powers:
        yield Finding(
            code="no-power-metric",
            severity="warning",
            place="accelerators",
            message="The run has no metric of GPU power: its energy is not known, not zero.",
            suggestion="install nvidia-ml-py (pyrsmi for AMD) beside MLflow, or measure otherwise",
        )
        return
    yield from series.without_figure(metrics.absent_count, metrics.samples_count, "accelerators")
    yield from series.not_named(dict.fromkeys(metrics.powers))
    if _is_one_of_several_nodes(log):
        yield Finding(
            code="one-node-only",
            severity="warning",
            place="accelerators",
            message="The metrics are of one node; those of other nodes lie in folders beside.",
            suggestion="name a file of each node",
        )
    if metrics.cut:
        yield Finding(
            code="cut-line",
            severity="note",
            place="run",
            message="The last line breaks off and was left out.",
            found=", ".join(metrics.cut),
        )
