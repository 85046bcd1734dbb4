"""I label a training loop of your own, as soon as its block is left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import Unpack

from carbonlabel.errors import InputError
from carbonlabel.integrations import ranks
from carbonlabel.integrations.labelling import Labelling
from carbonlabel.integrations.logs import USUAL, Logs
from carbonlabel.integrations.ranks import Seat
from carbonlabel.integrations.wishes import Tracker, Wish, Wishes


@contextmanager
def labelled(
    log: Logs = USUAL,
    *,
    card: str | PathLike[str] = "README.md",
    tracker: Tracker | None = None,
    **wishes: Unpack[Wishes],
) -> Iterator[Labelling]:
    """A block of training, with a label in the card at its end, of whatever log is there then.

    The label comes also where the block ends in an exception, which goes on its way untouched; no
    failure of the label is added to it. `log` names the tracker's logs: files, folders or
    patterns. A `tracker` is started and stopped with the block. Where torch.distributed runs, the
    block belongs around the training on every rank; the logs come together and rank zero writes.
    `Wish` says what the other keywords mean.

    >>> with labelled(log="nothing.csv", card="nowhere.md") as label:  # a warning, and no label
    ...     result = 6 * 7
    >>> label.disclosure is None
    True
    """
    labelling = Labelling(log, Wish(**wishes))
    labelling.look_ahead()
    before = ranks.seat()
    is_whole = False
    try:
        with watched(tracker, labelling):
            yield labelling
            is_whole = True
    finally:
        finish(labelling, Path(card), before, in_a_hurry=not is_whole)


@contextmanager
def watched(tracker: Tracker | None, labelling: Labelling) -> Iterator[None]:
    """A block with the tracker at work, if there is one; its own failures are told and no more."""
    if tracker is None:
        yield
        return
    start(tracker, labelling)
    try:
        yield
    finally:
        stop(tracker, labelling)


def start(tracker: Tracker, labelling: Labelling) -> None:
    """Start a tracker; a training does not wait for one that cannot."""
    with labelling.guard.against("the tracker did not start"):
        tracker.start()


def stop(tracker: Tracker, labelling: Labelling) -> None:
    """Stop a tracker, whatever it says."""
    with labelling.guard.against("the tracker did not stop, and may have written nothing"):
        tracker.stop()


def finish(labelling: Labelling, card: Path, before: Seat, *, in_a_hurry: bool) -> None:
    """Gather the logs and put the label on, after a training that is over on this rank.

    `before` is where this process sat when the training began: a group of processes that was
    closed since can be asked no more.
    """
    with labelling.guard.against(f"{card.name} is as it was, without a new carbon label"):
        seat = _seat_since(before, labelling)
        if seat is not None:
            labelling.gather(card.parent, seat, in_a_hurry=in_a_hurry)
            labelling.put(card, card.parent)


def _seat_since(before: Seat, labelling: Labelling) -> Seat | None:
    """Where this process sits; None where it is not to write.

    Raises:
        InputError: it is the first of a group that was closed, so that nobody can be asked.
    """
    now = ranks.seat()
    if before.size <= now.size:
        return now
    if before.rank:
        return None
    if labelling.wish.nodes == 1:
        return before
    raise InputError(
        "the group of processes was closed before the logs came together",
        hint="close it after the block, or say with nodes=1 that the log here holds all",
    )
