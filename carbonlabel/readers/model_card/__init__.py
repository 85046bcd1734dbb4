"""I recognise a model card that declares its emissions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from carbonlabel.errors import MalformedInput

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.evidence import Evidence

_FRONT: Final = re.compile(rb"\s*---[ \t]*[\r\n]")
_KEY: Final = re.compile(rb"""^["']?co2_eq_emissions["']?[ \t]*:""", re.MULTILINE)
_CLOSING: Final = re.compile(rb"[\r\n]---[ \t]*[\r\n]")
_STATEMENT: Final = b"A cumulative of "


class ModelCardReader:
    """Turns what a card declares into evidence; a figure that cannot be is refused."""

    format = "model-card"
    about = "Model card with co2_eq_emissions in its front matter, README.md"
    measures = "what the card says: the electricity of a training, of parts not told apart"
    proven: Literal["real output"] = "real output"
    record = "one declaration a card"
    pue = "not inside with CodeCarbon, else unknown"
    zone = "none"
    secondhand = True
    """A card in a folder tells of runs whose logs may lie beside it."""

    def recognises(self, log: Log) -> bool:
        """Whether a front matter opens the file and has the key.

        Examples for a widget stand before the key in many cards, and are longer than 4 KiB. A card
        with a statement of the ML CO2 Impact calculator belongs to that one's reader, which gets
        hardware and hours from it.
        """
        head = log.head
        opening = _FRONT.match(head)
        if not opening or _STATEMENT in head:
            return False
        if _KEY.search(head):
            return True
        return not _CLOSING.search(head, opening.end() - 1) and _declares_below(log)

    def read(self, log: Log) -> tuple[Evidence, ...]:
        """The one declaration of the card.

        Raises:
            InputError: the card declares nothing that can be believed.
        """
        from carbonlabel.readers.model_card.evidence import evidence  # noqa: PLC0415 - start-up

        return (evidence(log, self.format),)


def _declares_below(log: Log) -> bool:
    """Whether the key stands in the front matter below the first 4 KiB."""
    from carbonlabel.cards.frontmatter import body_start  # noqa: PLC0415 - start-up

    try:
        text = log.document()
    except MalformedInput:
        return False
    return _KEY.search(text[: body_start(text)].encode()) is not None


reader: Final = ModelCardReader()
