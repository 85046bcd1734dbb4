"""I am the one run that a Prometheus answer tells of: all its boards together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.method.integral import difference, trapezoid
from carbonlabel.model.estimate import Missing
from carbonlabel.model.evidence import Evidence
from carbonlabel.model.provenance import Finding
from carbonlabel.parsing import series
from carbonlabel.parsing.series import Series
from carbonlabel.readers.dcgm.answer import ENERGY, POWER, Answer, answer

_TRACKER: Final = "DCGM exporter"


def run(log: Log, form: str) -> Evidence:
    """The one run of the answer.

    Raises:
        InputError: it is no answer to a range query, it is empty, or a value is none.
    """
    told = answer(log)
    if not told.names:
        raise MalformedInput(
            "the answer holds no power and no energy",
            where=log.name,
            hint=f"ask for {ENERGY} or {POWER}, and look at the time range",
        )
    # One source for a board: its counter tells all, samples of power do not.
    counters = [readings for readings in told.energy.values() if readings]
    known = {board for board, readings in told.energy.items() if readings}
    powers = [found for board, found in told.power.items() if board not in known]
    found = tuple(
        integral
        for integral in (
            series.placed(lambda: difference(lambda: chain.from_iterable(counters)), log),
            series.placed(lambda: trapezoid(lambda: chain.from_iterable(powers)), log),
        )
        if integral
    )
    place = f"{log.name}:1"
    context = Series(
        tracker=_TRACKER,
        inputs=(series.read_from(log, form, _TRACKER),),
        run=place,
        place=place,
        clock="UTC",
        covers="device",
        devices=series.counted(told.names),
        blind_spots=series.blind_spots(_TRACKER, unseen="storage and network", reads="GPU boards"),
        findings=tuple(_noticed(told, known)),
    )
    unread = Missing(missing="not-measured", reason="no sample holds a figure")
    host = Missing(missing="not-measured", reason="DCGM reads GPU boards only")
    return series.evidence(context, {"accelerators": found or unread, "host": host})


def _noticed(told: Answer, counted: set[str]) -> Iterator[Finding]:
    held = (*told.power.values(), *told.energy.values())
    samples_count = sum(map(len, held)) + told.absent_count
    yield from series.without_figure(told.absent_count, samples_count, "accelerators")
    yield from series.not_named(told.names)
    if counted & told.power.keys():
        yield Finding(
            code="power-and-counter",
            severity="note",
            place="accelerators",
            message="The answer holds power and energy of the same boards; the energy counter "
            "was taken.",
            found=f"{len(counted & told.power.keys())} of {len(told.names)} boards",
        )
    if told.warnings_count:
        yield Finding(
            code="answer-partial",
            severity="warning",
            place="accelerators",
            message="Prometheus warns about its answer: it may lack samples.",
            found=f"{told.warnings_count} warnings",
            suggestion="query again, and read the warnings in the file",
        )
