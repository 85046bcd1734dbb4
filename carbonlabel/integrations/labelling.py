"""I am one label that a training script waits for, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from carbonlabel.errors import InputError
from carbonlabel.integrations import logs, privacy, ranks, totals
from carbonlabel.integrations.guarding import Guard
from carbonlabel.integrations.logs import Logs
from carbonlabel.integrations.ranks import Parcel, Seat
from carbonlabel.integrations.wishes import Wish

if TYPE_CHECKING:
    from carbonlabel.integrations.totals import Total
    from carbonlabel.model.disclosure import Disclosure

_LEFT = "is as it was, without a new carbon label"


@dataclass(slots=True)
class Labelling:
    """Makes the label of a training; none of its methods raises."""

    log: Logs | None = None
    """The logs; None for those that lie in the folder of the training."""
    wish: Wish = field(default_factory=Wish)
    disclosure: Disclosure | None = None
    """The statement on the newest label; None until there is one."""
    guard: Guard = field(default_factory=Guard)
    others: tuple[Parcel, ...] | None = None
    """What the other ranks sent; None where nobody was asked."""
    _seat: Seat = field(default_factory=Seat)
    _is_lacking: bool = False

    def look_ahead(self) -> None:
        """Warn before the training of what would fail after it."""
        with self.guard.against("there will be no carbon label at the end of this training"):
            from carbonlabel import desk  # noqa: PLC0415 - costs start-up time

            if isinstance(self.wish.region, str):
                desk.region(self.wish.region)
            if isinstance(self.wish.inventory, str):
                desk.inventory(self.wish.inventory)

    def gather(self, folder: Path, seat: Seat, *, in_a_hurry: bool = False) -> None:
        """Bring the logs of all ranks to rank zero; to be called on each of them."""
        self._seat, self.others, self._is_lacking = seat, None, False
        if seat.size == 1 or self.wish.nodes == 1:
            return
        # What other processes used is a part of the footprint: without it there is no label.
        self._is_lacking = True
        with self.guard.against(
            "the logs of all ranks did not come together, so no card gets a label"
        ):
            if seat.rank:
                files = totals.files_of(self._left(folder))
                ranks.sent(Parcel(files, seat.is_first_here), seat)
            else:
                wait_s = 0.0 if in_a_hurry else self.wish.wait_s
                self.others = ranks.received(seat, wait_s=wait_s)
            self._is_lacking = False

    def put(self, card: Path, folder: Path, model: str | None = None) -> None:
        """Put the label into the card, of the logs in `folder` where none is named.

        `model` is what the model is called, where the wish has no name for it.

        Only rank zero does, and only where the logs of all ranks came together.
        """
        if self._seat.rank or self._is_lacking:
            return
        with self.guard.against(f"{card.name} {_LEFT}"):
            made = self._total(folder, self.wish.model or model)
            self._inscribe(made, card)
            self.disclosure = made.disclosure
        if self.wish.then is not None and self.disclosure is not None:
            with self.guard.against("what was to be done with the disclosure was not done"):
                self.wish.then(self.disclosure)

    def ready_for_the_public(self, folder: Path) -> None:
        """Do to the logs in a folder that is about to be uploaded what the wish says."""
        with self.guard.against("the log may go public as it is"):
            strip, keep_out = self.wish.strip, self.wish.keep_log_out
            used = self._left(folder)
            for line in privacy.prepared(folder, used, strip=strip, keep_out=keep_out):
                self.guard.tell(line)

    def _total(self, folder: Path, model: str | None) -> Total:
        wish = replace(self.wish, model=model)
        others = [each.files for each in self.others or ()]
        return totals.total(self._own(folder), others, wish, nodes=self._nodes())

    def _nodes(self) -> int | None:
        if self.wish.nodes is not None or self.others is None:
            return self.wish.nodes
        me = Parcel({}, self._seat.is_first_here)
        counted = ranks.machine_count((me, *self.others))
        if counted is None:
            raise InputError("how many machines trained is not known", hint="say it: nodes=2")
        return counted

    def _own(self, folder: Path) -> Sequence[Path]:
        if any(each.files for each in self.others or ()):
            # A tracker on another machine may have seen it all.
            return self._left(folder)
        return logs.found(self.log, folder)

    def _left(self, folder: Path) -> Sequence[Path]:
        try:
            return logs.found(self.log, folder)
        except InputError:
            return ()

    def _inscribe(self, made: Total, card: Path) -> None:
        from carbonlabel import output  # noqa: PLC0415 - costs start-up time
        from carbonlabel.hub.contents import sound  # noqa: PLC0415 - as above

        disclosure = sound(made.disclosure, force=False)
        edited = output.write_card(disclosure, card)
        if made.project is not None:
            output.write(card.with_name(totals.PROJECT), made.project)
        if edited.replaced is not None and edited.foreign:
            self.guard.tell(
                f"{card.name} declared {edited.replaced} g, by somebody else; the label's figure "
                "stands there now"
            )
