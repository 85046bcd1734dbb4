"""What a card or a PDF says otherwise than its disclosure.

`compared(disclosure, content, name)` takes the bytes of a model card or of a report as PDF, and
gives what differs, each finding with its place in that file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from carbonlabel.parity.difference import Difference

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure

__all__ = ["Difference", "compared"]

_PDF = b"%PDF-"


def compared(disclosure: Disclosure, content: bytes, name: str) -> tuple[Difference, ...]:
    """What a card, or a PDF where it begins as one, says otherwise than the disclosure.

    Never raises, whatever the bytes: a card that cannot be read is a finding.
    """
    if content.startswith(_PDF):
        from carbonlabel.parity.pdf import differences as of_pdf  # noqa: PLC0415 - one of the two

        return tuple(of_pdf(disclosure, content))
    from carbonlabel.parity.card import differences as of_card  # noqa: PLC0415 - as above

    return tuple(of_card(disclosure, content, name))
