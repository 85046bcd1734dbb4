"""I say the words of a document in the language of its reader.

The English text is the key; a catalogue, `languages/<language>.json`, holds the same text in
another language with the same words in braces. What no catalogue holds stays English.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec, TypeVar, overload

from carbonlabel import resources
from carbonlabel.errors import MissingFactor, RenderError

if TYPE_CHECKING:
    from carbonlabel.documents.sentences import Sentences
    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.plugins import Options

ENGLISH: Final = "en"
LANGUAGES: Final = (ENGLISH, "fr", "de", "es")
"""Those that documents are written in."""

_POINT: Final = "."
_SENTENCE: Final = re.compile(r"[^\W\d_]{2} .*[^\W\d_]{2}")
"""What is in a language at all: two words, no mere number or name."""

_Renderer = TypeVar("_Renderer")
_Key = TypeVar("_Key")
_Rest = ParamSpec("_Rest")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a language says for our English."""

    decimal_sign: str = _POINT
    """What stands before the decimals."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Texts of documents, by their English."""
    sentences: Sentences | None = None
    """Sentences that a disclosure holds; None in English."""
    countries: Mapping[str, str] = field(default_factory=dict)
    """Names of countries by their codes of ISO 3166-1."""


@dataclass(frozen=True, slots=True)
class _Speaking:
    """The language of a document that is being written, and what stayed English in it."""

    language: str = ENGLISH
    foreign: dict[str, None] = field(default_factory=dict)


_ACTIVE: Final = ContextVar("_ACTIVE", default=_Speaking())  # noqa: B039 - English notes nothing


class Words(Mapping[_Key, str]):
    """Texts by key, each in the language of the reader who asks for it."""

    def __init__(self, texts: Mapping[_Key, str]) -> None:
        """Hold English texts."""
        self._texts = texts

    def __getitem__(self, key: _Key) -> str:
        """The text of a key; raises `KeyError` as a dictionary does."""
        return say(self._texts[key])

    def __iter__(self) -> Iterator[_Key]:
        """The keys in their order."""
        return iter(self._texts)

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self._texts)


class Texts(Sequence[str]):
    """Texts in their order, each in the language of the reader who asks for it."""

    def __init__(self, *texts: str) -> None:
        """Hold English texts."""
        self._texts = texts

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...

    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        """The text at a place, or those of a slice."""
        if isinstance(at, int):
            return say(self._texts[at])
        return tuple(map(say, self._texts[at]))

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self._texts)


def speaking() -> str:
    """The language that is spoken at this moment: `en`, where nobody chose one."""
    return _ACTIVE.get().language


@contextmanager
def spoken_in(language: str) -> Iterator[None]:
    """Speak a language from here on, and what was spoken before at the end.

    Raises:
        RenderError: nobody speaks it.
    """
    if language not in LANGUAGES:
        raise RenderError(
            f"no words for the language {language!r}", hint=f"known: {', '.join(LANGUAGES)}"
        )
    before = _ACTIVE.set(_Speaking(language))
    try:
        yield
    finally:
        _ACTIVE.reset(before)


def translated(
    render: Callable[[_Renderer, Disclosure, Options], bytes],
) -> Callable[[_Renderer, Disclosure, Options], bytes]:
    """A renderer's `render` that speaks the language of its options."""

    @functools.wraps(render)
    def speak(self: _Renderer, disclosure: Disclosure, options: Options) -> bytes:
        with spoken_in(options.language):
            return render(self, disclosure, options)

    return speak


def in_english(
    tell: Callable[Concatenate[Disclosure, _Rest], _Key],
) -> Callable[Concatenate[Disclosure, _Rest], _Key]:
    """What is told to machines: in English, whoever reads the document around it."""

    @functools.wraps(tell)
    def speak(disclosure: Disclosure, /, *rest: _Rest.args, **named: _Rest.kwargs) -> _Key:
        with spoken_in(ENGLISH):
            return tell(disclosure, *rest, **named)

    return speak


def say(text: str, /, **words: object) -> str:
    """Our English text in the reader's language, with these words in its braces.

    >>> say("{low} to {high}", low=1, high=2)
    '1 to 2'
    """
    shown = _catalogue(speaking()).words.get(text, text)
    return shown.format(**words) if words else shown


def several(count: int, one: str, many: str, /, **words: object) -> str:
    """One text for a single thing and another for more, with `{count}` in them, in threes.

    >>> several(2, "{count} run", "{count} runs")
    '2 runs'
    """
    # As `numbers.grouped` writes it, which speaks in turn.
    shown = f"{count:,}".replace(",", "\u202f")
    return say(one if count == 1 else many, count=shown, **words)


def marked(text: str) -> str:
    """The text itself, which `say` is asked for later: so that it is found for the catalogues."""
    return text


def said(sentence: str) -> str:
    """A sentence out of a disclosure in the reader's language, where it is one of ours."""
    sentences = _catalogue(speaking()).sentences
    if sentences is None:
        return sentence
    told = sentences.known(sentence)
    if told is not None:
        return told
    if _SENTENCE.search(sentence):
        _ACTIVE.get().foreign[sentence] = None
    return sentence


def ours(name: str) -> str:
    """A title or name in the reader's language, where the program gave it; any other as it is."""
    sentences = _catalogue(speaking()).sentences
    return name if sentences is None else sentences.exact(name) or name


def foreign(text: str) -> tuple[str, ...]:
    """What in a text was left in English, longest first; nothing where English is spoken."""
    left = (each for each in _ACTIVE.get().foreign if each in text)
    return tuple(sorted(left, key=len, reverse=True))


def decimals(digits: str) -> str:
    """Digits with a decimal point as the reader writes them.

    >>> decimals("1.56")
    '1.56'
    """
    return digits.replace(_POINT, _catalogue(speaking()).decimal_sign)


def country(code: str, name: str) -> str:
    """The name of a country in the reader's language; `name`, its English one, where unknown.

    Of a state, `California, United States`, the country alone is translated.
    """
    known = _catalogue(speaking()).countries
    state, comma, of = name.rpartition(", ")
    if code in known or not comma:
        return known.get(code, name)
    return f"{state}{comma}{known.get(code.partition('-')[0], of)}"


def _place(name: str) -> str:
    """A place that a sentence calls by its English name, in the reader's language."""
    from carbonlabel.factors import places  # noqa: PLC0415 - few sentences name a place

    try:
        spot = places.find(name)
    except MissingFactor:
        return name
    return country(spot.subdivision or spot.country, name)


@functools.cache
def _catalogue(language: str) -> Catalogue:
    if language == ENGLISH:
        return Catalogue()
    from carbonlabel.documents.sentences import Sentences  # noqa: PLC0415 - English needs none

    held = json.loads(resources.catalogue(language))
    sign, words = held["decimal sign"], held["words"]
    return Catalogue(
        decimal_sign=sign,
        words=words,
        sentences=Sentences(held["sentences"], words, sign, _place),
        countries=json.loads(resources.catalogue("countries"))[language],
    )
