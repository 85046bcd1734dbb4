"""I find the front matter of a card where the Hub finds it, and nowhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from carbonlabel.cards.metadata import Metadata, metadata
from carbonlabel.cards.text import BOM, NEWLINE, CardText

# The Hub's expression, as in huggingface_hub.repocard.REGEX_YAML_BLOCK of 2.4.0, cut in two so that
# it stays linear; a byte order mark is white space to the Hub (JavaScript), not to Python.
_OPENING = re.compile(r"[\s\ufeff]*+---(?:\r\n|\r|\n)")
_CLOSING = re.compile(r"(?:\r\n|\r|\n)---[ \t]*(?:\r\n|\n|\Z)")
_CLOSING_AT_ONCE = re.compile(r"---[ \t]*(?:\r\n|\n|\Z)")
_DISPUTED_SPACE = re.compile("[\x1c-\x1f\x85\ufeff]")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a card, as places in its text.

    `[start, end)` is the YAML, the line break before the closing fence not counted; `opening` and
    `closing` are where the fences begin; `body` is where the text behind the closing fence begins.
    An empty pair of fences, which the Hub's expression does not match, has `is_pair` set.
    """

    opening: int
    start: int
    end: int
    closing: int
    body: int
    is_pair: bool
    metadata: Metadata

    def removal(self, card: CardText, key_start: int, key_end: int) -> tuple[int, int]:
        """What to cut so that the lines of our key are gone as if they had never been put in.

        The shape says how they came in: alone between flush fences, with the fences; alone with a
        blank line after them, into an empty pair; last, behind a line break; else, before one.
        """
        before = card.text[self.start : key_start]
        after = card.text[key_end : self.end]
        if not before and not after and self.opening == card.first:
            return self.opening, card.behind_newline(self.body)
        if not before and (not after or NEWLINE.fullmatch(after)):
            return self.start, self.closing
        if not after:
            return card.before_newline(key_start), key_end
        return key_start, card.behind_newline(key_end)


def front_matter(card: CardText) -> FrontMatter | None:
    """Find the front matter; nothing if the Hub sees none; CardRefused if it cannot be trusted."""
    opening = _OPENING.match(card.text, card.first)
    if opening is None:
        return None
    _agreed(card, opening)
    pair = _CLOSING_AT_ONCE.match(card.text, opening.end())
    found = _closed(card, opening)
    if pair and (found is None or found.metadata.is_empty):
        start = opening.end()
        fence = _dashes(opening)
        return FrontMatter(
            fence, start, start, start, pair.end(), is_pair=True, metadata=Metadata()
        )
    if found is None:
        raise card.refusal(
            "the front matter that opens here is never closed",
            _dashes(opening),
            hint="close it with a line `---`, or put text before a `---` that is meant as a rule",
        )
    return found


def body_start(text: str) -> int:
    """Where the body most likely begins, for a card that is only looked at and may be broken."""
    first = 1 if text.startswith(BOM) else 0
    opening = _OPENING.match(text, first)
    if opening is None:
        return first
    at = opening.end()
    closing = _CLOSING_AT_ONCE.match(text, at) or _CLOSING.search(text, at)
    return closing.end() if closing else first


def _closed(card: CardText, opening: re.Match[str]) -> FrontMatter | None:
    start = opening.end()
    closing = _CLOSING.search(card.text, start)
    if closing is None:
        return None
    return FrontMatter(
        _dashes(opening),
        start,
        closing.start(),
        card.behind_newline(closing.start()),
        closing.end(),
        is_pair=False,
        metadata=metadata(card, start, closing.start()),
    )


def _dashes(opening: re.Match[str]) -> int:
    return opening.start() + opening.group().index("---")


def _agreed(card: CardText, opening: re.Match[str]) -> None:
    """Refuse white space before the fence that the Hub and its Python client take differently."""
    if odd := _DISPUTED_SPACE.search(opening.group()):
        at = opening.start() + odd.start()
        raise card.refusal(
            f"U+{ord(card.text[at]):04X} stands before the front matter: not everybody sees it",
            at,
            hint="remove the character",
        )
