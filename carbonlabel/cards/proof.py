"""I read an edited card again and hold it against what was meant."""

from __future__ import annotations

import json
from collections.abc import Sequence

from carbonlabel.cards.anatomy import Anatomy, anatomy
from carbonlabel.cards.edits import Edit, KeyLines, applied, block_lines, kept_pairs, removal
from carbonlabel.cards.metadata import KEY, OUR_SUB_KEYS, Pair
from carbonlabel.errors import CardRefused


def proved(
    before: Anatomy, edits: Sequence[Edit], *, key_lines: KeyLines | None, section: str
) -> Anatomy:
    """The card after the edits, read again from its bytes.

    CardRefused unless every other key means what it meant, our key and our block say what they
    should, and both cards are the same bytes once key and block are taken out.
    """
    after = _read_again(before, edits)
    if after.metadata.others != before.metadata.others:
        raise before.text.refusal("the label would change the meaning of another key")
    if _sub_keys(after.emissions) != _wanted(before, key_lines):
        raise before.text.refusal(
            f"{KEY} would not read back as it was meant",
            hint="sub-keys of other tools in it may need another layout",
        )
    if not _holds(after, section) or _foreign_bytes(after) != _foreign_bytes(before):
        raise before.text.refusal("the label would change more than its two places")
    return after


def unlabelled(labelled: Anatomy) -> bytes:
    """The card without our key and our block, read again from its bytes.

    CardRefused where a rule `---` of the body would then close or open a front matter: that happens
    only to a card whose front matter held somebody else's figure, and nothing else, before ours.
    """
    after = _read_again(labelled, removal(labelled), "without")
    if after.metadata.others != labelled.metadata.others:
        raise labelled.text.refusal(
            "without the label the body would be read as front matter",
            hint="put a key such as `license:` into the front matter, or a text before the `---`",
        )
    return after.card


def _read_again(before: Anatomy, edits: Sequence[Edit], state: str = "with") -> Anatomy:
    try:
        return anatomy(applied(before, edits), before.text.name)
    except CardRefused as broken:
        raise before.text.refusal(
            f"{state} the label in it the card would be broken: {broken.message}"
        ) from broken


def _sub_keys(pair: Pair | None) -> list[tuple[str, ...]]:
    """What our key says, sub-key by sub-key; a key that is no mapping says one thing."""
    if pair is None:
        return []
    inner = pair.pairs()
    if not inner:
        return [pair.value.meaning]
    return [_said(sub_key) for sub_key in inner]


def _said(pair: Pair) -> tuple[str, ...]:
    if pair.key.scalar in OUR_SUB_KEYS and pair.value.scalar is not None:
        return pair.key.scalar, pair.value.scalar
    return (*pair.key.meaning, *pair.value.meaning)


def _wanted(before: Anatomy, key_lines: KeyLines | None) -> list[tuple[str, ...]]:
    if key_lines is None:
        return [] if before.has_our_key else _sub_keys(before.emissions)
    ours: list[tuple[str, ...]] = [(key, _meant(before, text)) for key, text in key_lines]
    return ours + [_said(pair) for pair in kept_pairs(before.emissions)]


def _meant(before: Anatomy, scalar: str) -> str:
    if not scalar.startswith('"'):
        return scalar
    try:
        return str(json.loads(scalar))
    except ValueError as bad:
        raise before.text.refusal(f"{scalar} is not a quoted text: {bad}") from bad


def _holds(after: Anatomy, section: str) -> bool:
    block = after.body.block
    inside = after.text.text[block.inner : block.inner_end] if block else None
    return inside is not None and inside.replace("\r\n", "\n") == block_lines(section, "\n")


def _foreign_bytes(anatomy: Anatomy) -> bytes:
    return applied(anatomy, removal(anatomy, foreign_too=True))
