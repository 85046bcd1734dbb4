"""I am a card cut open: its bytes, its text, its front matter and its body."""

from __future__ import annotations

from dataclasses import dataclass

from carbonlabel.cards.body import Body, body
from carbonlabel.cards.frontmatter import FrontMatter, front_matter
from carbonlabel.cards.metadata import Metadata, Pair
from carbonlabel.cards.text import CardText, card_text

_NO_METADATA = Metadata()


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A card and all that is known of it."""

    card: bytes
    text: CardText
    front: FrontMatter | None
    body: Body

    @property
    def metadata(self) -> Metadata:
        """The top-level keys; of a card without front matter, none."""
        return self.front.metadata if self.front else _NO_METADATA

    @property
    def emissions(self) -> Pair | None:
        """The key `co2_eq_emissions`, if the card has one."""
        return self.metadata.emissions

    @property
    def has_our_key(self) -> bool:
        """Whether the key is one that we wrote: only ours has `disclosure` in it."""
        inner = self.emissions.pairs() if self.emissions else ()
        return "disclosure" in [pair.key.scalar for pair in inner]

    @property
    def figure(self) -> str | None:
        """The emissions figure as it stands: scalar, sub-key `emissions`, or whatever is there."""
        if self.emissions is None:
            return None
        inner = self.emissions.pairs()
        named = [pair.value for pair in inner if pair.key.scalar == "emissions"]
        if inner and not named:
            return None
        value = (named or [self.emissions.value])[0]
        return value.scalar or self.text.text[value.start : value.end(self.text)] or None


def anatomy(card: bytes, name: str) -> Anatomy:
    """Cut a card open; CardRefused, with the place, if it is one that nobody should edit."""
    text = card_text(card, name)
    front = front_matter(text)
    return Anatomy(card, text, front, body(text, front.body if front else text.first))
