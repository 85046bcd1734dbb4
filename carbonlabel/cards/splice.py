"""I put a label into a model card and take it out again, without touching a foreign byte."""

from __future__ import annotations

from dataclasses import dataclass

from carbonlabel.cards.anatomy import Anatomy, anatomy
from carbonlabel.cards.body import harmless, has_marker
from carbonlabel.cards.edits import KeyLines, block_edit, key_edits
from carbonlabel.cards.frontmatter import body_start
from carbonlabel.cards.proof import proved, unlabelled
from carbonlabel.errors import CardRefused


@dataclass(frozen=True, slots=True)
class Inscription:
    """What goes into a card: finished text, with no thinking left to do.

    `key_lines` are (sub-key, YAML scalar on one line) in order, the scalar being a plain number or
    what `quoting.quoted` returns; None if no key is to be written. They must hold `disclosure`,
    by which the key is known as ours later. `section` is Markdown, without the markers.
    """

    key_lines: KeyLines | None
    section: str


@dataclass(frozen=True, slots=True)
class Spliced:
    """A card with its label, and what became of an older figure.

    `replaced` is the emissions figure that stood there, as it stood, if another one stands there
    now; `foreign` says that somebody else wrote that one (its mapping had no `disclosure`).
    """

    card: bytes
    replaced: str | None
    foreign: bool
    changed: bool


def splice(card: bytes, inscription: Inscription, *, name: str = "README.md") -> Spliced:
    """Put the label into the card: one key in its front matter, one block at the end of its body.

    A key or block that is there already is replaced where it stands; the same label again gives the
    same bytes. With no key to write, a key of ours is taken out and a foreign one is left alone.
    CardRefused, with `name:line:column`, whenever that cannot be done without harm; the result has
    been read again and compared with the card before it is returned.
    """
    before, key_lines = anatomy(card, name), inscription.key_lines
    section = harmless(inscription.section)
    block = block_edit(before, section)
    refusals: list[CardRefused] = []
    for key in key_edits(before, key_lines):
        try:
            after = proved(before, [*key, block], key_lines=key_lines, section=section)
        except CardRefused as refused:
            refusals.append(refused)
        else:
            return _spliced(before, after)
    raise refusals[0]


def unsplice(card: bytes, *, name: str = "README.md") -> bytes:
    """Take our key and our block out again.

    Gives the very bytes from before the label, for every card that had no such key then. A key
    without our `disclosure` is somebody else's and stays. CardRefused as for `splice`.
    """
    return unlabelled(anatomy(card, name))


def has_block(card: bytes) -> bool:
    """Whether one of our markers stands in the card, outside code; never raises.

    A broken pair counts: `splice` is then the one to say what is wrong.
    """
    try:
        return anatomy(card, "").body.block is not None
    except CardRefused:
        text = card.decode("utf-8", "surrogateescape")
        return has_marker(text, body_start(text))


def _spliced(before: Anatomy, after: Anatomy) -> Spliced:
    replaced = before.figure if after.figure not in {None, before.figure} else None
    foreign = replaced is not None and not before.has_our_key
    return Spliced(after.card, replaced, foreign, after.card != before.card)
