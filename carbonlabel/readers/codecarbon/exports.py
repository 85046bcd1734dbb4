"""I read posts to CodeCarbon's API and downloads of its dashboard, whichever of them it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.model.estimate import Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Finding
from carbonlabel.readers.codecarbon import documents, downloads
from carbonlabel.readers.codecarbon.account import cited, evidence_of
from carbonlabel.readers.codecarbon.findings import cut_off
from carbonlabel.readers.codecarbon.posts import Posted, posted
from carbonlabel.readers.codecarbon.readings import Reading

_FORMAT: Final = "codecarbon-dashboard"
_OF_TIME: Final = frozenset({"very-short-run", "posts-missing", "host-modelled"})
"""Findings that rest on a duration or a version, which a series has not."""


def evidence(log: Log) -> Sequence[Evidence]:
    """One piece of evidence a run; posts are added up, totals are taken as they are.

    Raises:
        MalformedInput: a figure is wrong, or the file holds no run.
    """
    line = next((text for _, text in log.lines() if text.strip()), "")
    kind = downloads.kind_of(line)
    read = _TABLES[kind] if kind else _of_json
    found = read(log)
    if not found:
        raise MalformedInput(
            "the file holds no run",
            where=log.name,
            hint="choose a project and a period with runs in the dashboard, and download again",
        )
    return found


def _of_runs(log: Log) -> Sequence[Evidence]:
    found = downloads.runs(log)
    known = _totals(log, [*found.readings.values()])
    for at, run in enumerate(found.readings):
        if run in found.realigned:
            known[at] = _with(known[at], _comma_in_name(found.realigned[run]))
    return _cut(known, found.cut)


def _of_series(log: Log) -> Sequence[Evidence]:
    found = downloads.series(log)
    known = [_undurated(told) for told in _sums(log, posted(found.rows), {})]
    return _cut(known, found.cut)


def _of_experiments(log: Log) -> Sequence[Evidence]:
    raise downloads.no_run(log)


def _of_json(log: Log) -> Sequence[Evidence]:
    found = documents.contents(log)
    known = [*_totals(log, found.totals), *_sums(log, posted(found.posts), found.about)]
    return _cut(known, found.cut)


def _totals(log: Log, found: Sequence[Reading]) -> list[Evidence]:
    source = cited(log, found, _FORMAT)
    return [_with(evidence_of(total, source), _exported()) for total in found]


def _sums(log: Log, runs: Iterable[Posted], about: dict[str, str]) -> list[Evidence]:
    kept = list(runs)
    found = [run.reading(about if len(kept) == 1 else {}) for run in kept]
    source = cited(log, found, _FORMAT)
    return [
        _with(evidence_of(total, source), *_said(run))
        for run, total in zip(kept, found, strict=True)
    ]


def _said(run: Posted) -> list[Finding]:
    repeated = [_repeated(run.repeated_count)] if run.repeated_count else []
    return [_exported(), *([_gap(run)] if run.has_gap else []), *repeated]


def _with(run: Evidence, *more: Finding) -> Evidence:
    return replace(run, findings=(*more, *run.findings))


def _undurated(run: Evidence) -> Evidence:
    return replace(
        run,
        duration=Missing(
            missing="not-stated", reason="the download gives the time of each post, no duration"
        ),
        findings=tuple(said for said in run.findings if said.code not in _OF_TIME),
    )


def _cut(known: Sequence[Evidence], line: int | None) -> Sequence[Evidence]:
    if line is None or not known:
        return known
    first, *others = known
    return [_with(first, cut_off(line)), *others]


def _exported() -> Finding:
    return Finding(
        code="dashboard-export",
        severity="note",
        place="computing",
        message="CodeCarbon's API does not keep whether a PUE is in the energy, so that it was "
        "taken whole.",
        suggestion="name the emissions.csv of the run instead, not both: with the API in use it "
        "may lack the run's id",
    )


def _gap(run: Posted) -> Finding:
    return Finding(
        code="posts-missing",
        severity="warning",
        place="duration",
        message="The posts of the run do not follow each other without a gap: some were lost, or "
        "the tracker paused. Lost energy is in no figure.",
        expected=f"{run.span_s or 0:.4g} s",
        found=f"{run.sum.duration_s:.4g} s",
        suggestion="name the emissions.csv of the run instead",
    )


def _repeated(count: int) -> Finding:
    return Finding(
        code="post-repeated",
        severity="note",
        place="run",
        message="Posts of the same moment stand in the file more than once; each was counted once.",
        found=f"{count} more",
    )


def _comma_in_name(place: str) -> Finding:
    return Finding(
        code="row-realigned",
        severity="note",
        place="run",
        message="The dashboard writes names without quotes, and one of them holds a comma; the "
        "row was read by what its values look like.",
        found=place,
    )


_TABLES: Final[dict[downloads.Kind, Callable[[Log], Sequence[Evidence]]]] = {
    "runs": _of_runs,
    "series": _of_series,
    "experiments": _of_experiments,
}
