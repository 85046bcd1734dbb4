"""I find the digests of a disclosure that documents print, and compare what somebody states."""

from __future__ import annotations

import re
import sys
from typing import Final

from carbonlabel.errors import InputError

SHORT_COUNT: Final = 12
"""How many digits a label prints."""
_STATED: Final = re.compile(r"(?:.*#)?(?:jcs-)?(?:sha256[=: ]?)?([0-9a-f]{12,64})")
_FULL: Final = re.compile(r"jcs-sha256=([0-9a-f]{64})")
_OURS: Final = r"(?<!\()sha256"
"""In parentheses stands the digest of a verifier's statement."""
_GROUPED: Final = re.compile(
    rf"{_OURS}[\s\u00a0\u202f]+([0-9a-f]{{4}})" + r"[\s\u00a0\u202f]([0-9a-f]{4})" * 2
)
_IN_CODE: Final = re.compile(r"\(carbon\.json\)[^`\n]{0,40}`([0-9a-f]{12})`")
_GLYPH: Final = re.compile(r'href="#g[0-9]{1,4}-([0-9a-f]{1,6})"')
_DRAWN: Final = re.compile(rf"{_OURS}([0-9a-f]{{12}})")


def stated(text: str) -> str:
    """The digits of a digest that somebody states, however they copied it; at least 12 of them.

    Raises:
        InputError: it is no such digest.

    >>> stated("carbon.json#jcs-sha256=50a646278e37")
    '50a646278e37'
    """
    plain = re.sub(r"[\s\u00a0\u202f]+", "", text).lower()
    found = _STATED.fullmatch(plain)
    if found is None:
        raise InputError(
            f"{text[:80]!r} is no digest",
            hint=f"the 64 digits behind jcs-sha256=, or the first {SHORT_COUNT} from a label",
        )
    return found[1]


def printed(text: str) -> tuple[str, ...]:
    """Each digest of a disclosure that a text prints, in full or its first 12 digits.

    >>> printed("carbonlabel 0.1.0 · disclosure sha256 50a6 4627 8e37")
    ('50a646278e37',)
    >>> printed("statement of 2026-05-02 (sha256 d4ff 8d8e 053b)")
    ()
    """
    short = ("".join(each) for each in _GROUPED.findall(text))
    return tuple(dict.fromkeys((*_FULL.findall(text), *short, *_IN_CODE.findall(text))))


def drawn(svg: str) -> tuple[str, ...]:
    """Each digest that a label draws: its letters are outlines, named for their characters."""
    codes = (int(code, 16) for code in _GLYPH.findall(svg))
    letters = "".join(chr(code) for code in codes if code <= sys.maxunicode)
    return tuple(dict.fromkeys((*_DRAWN.findall(letters), *printed(svg))))
