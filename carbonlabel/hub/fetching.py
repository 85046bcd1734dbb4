"""I fetch a card of the Hub, and the disclosure beside it, as they are at one commit."""

from __future__ import annotations

from dataclasses import dataclass

from carbonlabel.cards.text import LARGEST_CARD_BYTES
from carbonlabel.errors import HubNotFound
from carbonlabel.hub.address import CARD, STATEMENT, address
from carbonlabel.hub.patience import Patience
from carbonlabel.intake import DOCUMENT_LIMIT


@dataclass(frozen=True, slots=True)
class Fetched:
    """A card of the Hub."""

    name: str
    """Its address, as a person would write it."""
    card: bytes
    disclosure: bytes | None
    """The bytes of carbon.json beside it; None where there is none."""
    revision: str
    """The full id of the commit that both were read at."""


def fetch(where: str, patience: Patience | None = None) -> Fetched:
    """The card at `hf:ORG/NAME[@REVISION]`, and the carbon.json beside it.

    Nothing is written, on the Hub or here.

    Raises:
        InputError: it is no such address, or the card is larger than 5 MiB.
        HubError: there is no such card, or the Hub cannot be asked.
    """
    from carbonlabel.hub.remote import Remote  # noqa: PLC0415 - the Hub's client is heavy

    place = address(where)
    remote = Remote(place, patience or Patience())
    commit = remote.state(place.revision).commit
    there = remote.entries((CARD, STATEMENT), commit)
    if CARD not in there:
        raise HubNotFound(f"the repository has no {CARD}", where=str(place))
    kept = there.get(STATEMENT)
    if kept is not None and kept.size_bytes > DOCUMENT_LIMIT:
        kept = None
    return Fetched(
        str(place),
        remote.content(there[CARD], commit, LARGEST_CARD_BYTES),
        remote.content(kept, commit, DOCUMENT_LIMIT) if kept else None,
        commit,
    )
