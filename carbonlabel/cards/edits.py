"""I am the edits that bring a label into a card and out of it: each a place and a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from carbonlabel.cards.anatomy import Anatomy
from carbonlabel.cards.body import BEGIN, END
from carbonlabel.cards.frontmatter import FrontMatter
from carbonlabel.cards.metadata import KEY, OUR_SUB_KEYS, Pair
from carbonlabel.cards.text import CardText

KeyLines = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` where `[start, end)` of the card's text was."""

    start: int
    end: int
    text: str = ""


def applied(anatomy: Anatomy, edits: Sequence[Edit]) -> bytes:
    """The bytes of the card with the edits made; cuts may overlap."""
    text, card = anatomy.text.text, anatomy.card
    pieces, seen, at = [], 0, 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        start, end = max(edit.start, seen), max(edit.end, seen)
        begin = at + len(text[seen:start].encode())
        pieces += [card[at:begin], edit.text.encode()]
        at, seen = begin + len(text[start:end].encode()), end
    return b"".join([*pieces, card[at:]])


def key_edits(before: Anatomy, key_lines: KeyLines | None) -> Iterator[Sequence[Edit]]:
    """The ways to bring our key into the wanted state, the preferred one first."""
    text, front, old = before.text, before.front, before.emissions
    if key_lines is None:
        yield _key_removal(before)
    elif front is None:
        yield [_new_front_matter(text, key_lines)]
    elif old is not None:
        yield [_key_replacement(text, old, key_lines)]
    else:
        yield from ([edit] for edit in _key_insertions(text, front, key_lines))


def block_edit(before: Anatomy, section: str) -> Edit:
    """The section between the markers that are there, or a block of its own at the end."""
    text, block = before.text, before.body.block
    if block:
        return Edit(block.inner, block.inner_end, block_lines(section, text.ending_at(block.start)))
    if before.body.open_code is not None:
        raise text.refusal(
            "the code that begins here never ends, so the label would become part of it",
            before.body.open_code,
            hint="close the code fence",
        )
    return _appended(text, section)


def block_lines(section: str, ending: str) -> str:
    """The lines of a section, each ended; no lines for a section without text."""
    return "".join(line + ending for line in section.split("\n") if section)


def removal(anatomy: Anatomy, *, foreign_too: bool = False) -> list[Edit]:
    """Take out our key and our block; with `foreign_too`, somebody else's key as well."""
    return [*_key_removal(anatomy, foreign_too=foreign_too), *_block_removal(anatomy)]


def kept_pairs(old: Pair | None) -> list[Pair]:
    """The sub-keys that are not ours: they stay, behind ours, in their order."""
    return [pair for pair in (old.pairs() if old else ()) if pair.key.scalar not in OUR_SUB_KEYS]


def _new_front_matter(text: CardText, key_lines: KeyLines) -> Edit:
    ending = text.ending_at(text.first)
    key = _key_text(key_lines, "", "  ", ending)
    return Edit(text.first, text.first, ending.join(["---", key, "---", "", ""]))


def _key_insertions(text: CardText, front: FrontMatter, key_lines: KeyLines) -> Iterator[Edit]:
    """Our key as the last one; or as the first, if it would lengthen the value above it.

    A block scalar at the very end has no final line break for the Hub: with lines after it, it has.
    """
    outer = front.metadata.indent
    top, ending = text.ending_at(front.opening), text.ending_at(front.end)
    first = _key_text(key_lines, outer, outer + "  ", top)
    if front.is_pair:
        yield Edit(front.start, front.start, first + top + top)
        return
    last = _key_text(key_lines, outer, outer + "  ", ending)
    yield Edit(front.end, front.end, text.apart(front.end, ending) + last)
    yield Edit(front.start, front.start, first + top)


def _key_replacement(text: CardText, old: Pair, key_lines: KeyLines) -> Edit:
    start, end = old.span(text)
    outer, inner = old.indent(text), old.indent(text) + "  "
    ending = text.ending_at(end)
    if old.value.is_block_mapping and (pairs := old.pairs()):
        inner = pairs[0].indent(text)
    kept = [_kept_text(text, old, pair, inner) for pair in kept_pairs(old)]
    return Edit(start, end, ending.join([_key_text(key_lines, outer, inner, ending), *kept]))


def _key_text(key_lines: KeyLines, outer: str, inner: str, ending: str) -> str:
    return ending.join([f"{outer}{KEY}:", *(f"{inner}{key}: {text}" for key, text in key_lines)])


def _kept_text(text: CardText, old: Pair, pair: Pair, inner: str) -> str:
    if old.value.is_block_mapping:
        start, end = pair.span(text)
        return text.text[start:end]
    key, value = (text.text[node.start : node.end(text)] for node in (pair.key, pair.value))
    return f"{inner}{key}: {value}".rstrip()


def _appended(text: CardText, section: str) -> Edit:
    """The block behind the last line, shaped so that the card's old end can be told from it.

    A card that ends with a line break keeps ending with one; a card without one stays without.
    """
    at, ending = len(text.text), text.last_ending()
    block = BEGIN + ending + block_lines(section, ending) + END
    if at == text.first:
        return Edit(at, at, block + ending)
    if text.before_newline(at) < at:
        return Edit(at, at, text.apart(at, ending) + block + ending)
    return Edit(at, at, ending + ending + block)


def _key_removal(before: Anatomy, *, foreign_too: bool = False) -> list[Edit]:
    front, old = before.front, before.emissions
    if front is None or old is None or not (foreign_too or before.has_our_key):
        return []
    return [Edit(*front.removal(before.text, *old.span(before.text)))]


def _block_removal(before: Anatomy) -> list[Edit]:
    """The block with the blank line before it; at a bare end of the card, with both line breaks."""
    text, block = before.text, before.body.block
    if block is None:
        return []
    start, above = block.start, text.before_newline(block.start)
    if text.before_newline(above) < above:
        start = above
    if block.end == len(text.text) and text.before_newline(block.end) == block.end:
        start = text.before_newline(start)
    return [Edit(start, block.end)]
