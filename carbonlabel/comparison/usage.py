"""I ask whether models in use did the same: unit, statistic, task, batch and machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carbonlabel.comparison.outcome import Difference
from carbonlabel.comparison.phrases import Phrase
from carbonlabel.comparison.portion import Portion
from carbonlabel.comparison.unlike import NOT_STATED, told, unlike, unsaid
from carbonlabel.model.hardware import Kind
from carbonlabel.model.workload import plural


def usage(portions: Sequence[Portion]) -> Iterator[Difference]:
    """In what the use of the models is not alike."""
    works = [each.workload for each in portions]
    if any(work is None for work in works):
        yield from _unserved(portions)
        return
    known = [work for work in works if work is not None]
    yield from unlike(
        "unit",
        [Phrase(plural(work.unit)) for work in known],
        weight="breaks",
        because=Phrase("they are of different units"),
        mend=Phrase("count the same unit on every side: --served '230768 requests'"),
    )
    yield from unlike(
        "statistic",
        [Phrase(work.statistic) for work in known],
        weight="breaks",
        because=Phrase("a mean and a median are not the same figure"),
        mend=Phrase("state the energy of all units with their count: that is a mean"),
    )
    yield from _task([work.task or NOT_STATED for work in known])
    yield from _batch([work.batch for work in known])
    yield from _machines(portions)


def _unserved(portions: Sequence[Portion]) -> Iterator[Difference]:
    yield Difference(
        about="served",
        says=tuple(Phrase("counted") if each.workload else NOT_STATED for each in portions),
        weight="breaks",
        because=Phrase("without a count of what was served, use has no unit"),
        mend=Phrase("say what the run served: --served '230768 requests'"),
    )


def _task(says: Sequence[str]) -> Iterator[Difference]:
    mend = Phrase("measure the same task on every side, and state it")
    yield from unlike(
        "task",
        says,
        weight="breaks",
        because=Phrase("different tasks take different work"),
        mend=mend,
    )
    yield from unsaid(
        "task", says, because=Phrase("whether the task was the same is not said"), mend=mend
    )


def _batch(sizes: Sequence[int | None]) -> Iterator[Difference]:
    stated = {size for size in sizes if size is not None}
    yield from unlike(
        "batch",
        [str(size) if size else NOT_STATED for size in sizes],
        weight="breaks" if len(stated) > 1 else "weighs",
        because=Phrase("what one unit takes depends on how many are worked on together"),
        mend=Phrase("measure with the same batch on every side, and state it"),
    )


def _machines(portions: Sequence[Portion]) -> Iterator[Difference]:
    boards = [_named(each, "accelerator") for each in portions]
    hosts = [_named(each, "host") for each in portions]
    mend = Phrase("measure all models on one kind of machine, and name it")
    yield from unlike(
        "accelerators",
        boards,
        weight="breaks",
        because=Phrase("different machines take different energy for one and the same work"),
        mend=mend,
    )
    if set(hosts) == {NOT_STATED}:
        yield from unsaid(
            "accelerators",
            boards,
            because=Phrase("whether the machine was the same is not said"),
            mend=mend,
        )
    yield from unlike(
        "host",
        hosts,
        weight="weighs",
        because=Phrase("the hosts are not of one kind"),
        mend=Phrase("measure all models on one machine"),
    )


def _named(portion: Portion, kind: Kind) -> str:
    return told(sorted(f"{each.count} × {each.name}" for each in portion.devices(kind)))
