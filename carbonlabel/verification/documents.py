"""I hold documents to a disclosure: the digest that they print, and the words that are ours."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Literal

from carbonlabel import output, registry
from carbonlabel.cards.anatomy import anatomy
from carbonlabel.cards.splice import has_block
from carbonlabel.documents import modelcard
from carbonlabel.errors import CardRefused, InputError, RenderError
from carbonlabel.intake import content_of
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options
from carbonlabel.record import pdffile
from carbonlabel.record.canonical import digest
from carbonlabel.record.keeping import load
from carbonlabel.verification import digests
from carbonlabel.verification.outcome import Check
from carbonlabel.version import __version__

Kind = Literal["card", "pdf", "svg", "png", "text"]

_KINDS: Final[dict[str, Kind]] = {
    ".md": "text",
    ".html": "text",
    ".svg": "svg",
    ".png": "png",
    ".pdf": "pdf",
}
SUFFIXES: Final = frozenset(_KINDS)
"""How the names of documents end."""
_FORMATS: Final[dict[str, tuple[str, ...]]] = {
    ".md": ("markdown",),
    ".html": ("html",),
    ".svg": ("svg", "svg-dark", "svg-auto", "social-svg"),
    ".png": ("png", "social"),
}
_LANGUAGES: Final = ("en", "fr", "de", "es")
_PROFILES: Final[tuple[Literal["lab", "public", "regulator"], ...]] = ("lab", "public", "regulator")
_RECIPIENTS: Final[tuple[Literal["aio", "nca", "downstream"] | None, ...]] = (
    None,
    "aio",
    "nca",
    "downstream",
)
_THEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
_SCALES: Final = (2, 1, 3)


def beside(disclosure: Disclosure, folder: Path) -> Iterator[Check]:
    """What the documents say that `label -o` writes beside a carbon.json."""
    for name in output.SET:
        path = folder / registry.renderer(name).file_name
        if name != "json" and path.is_file():
            yield from held(disclosure, path)


def held(disclosure: Disclosure, path: Path) -> Iterator[Check]:
    """What one document says: nothing where it is none of ours.

    Raises:
        InputError: it cannot be read.
    """
    content = content_of(path)
    kind = _KINDS.get(path.suffix.lower())
    if kind == "text" and has_block(content):
        kind = "card"
    match kind:
        case "pdf":
            yield from _pdf(disclosure, path.name, content)
        case "card":
            yield from _card(disclosure, path.name, content)
        case "text" | "svg":
            yield from _text(disclosure, path, content)
        case "png":
            yield _picture(disclosure, path, content)
        case _:
            return


def compared(disclosure: Disclosure, name: str, found: Sequence[str], what: str) -> Iterator[Check]:
    """Whether the digests that a document prints are the first digits of the disclosure's."""
    whole = digest(disclosure)
    other = next((each for each in found if not whole.startswith(each)), None)
    if found:
        yield Check(
            group="documents",
            place=name,
            holds=other is None,
            message=f"{what} the digest of {'this' if other is None else 'another'} disclosure",
            expected=None if other is None else whole[: len(other)],
            found=other,
            is_anchor=True,
        )


def carried(report: pdffile.Report, name: str) -> Iterator[Check]:
    """Whether a PDF agrees with itself: the file in it, its checksum, identifier and pages."""
    whole = digest(load(report.attached, name))
    if not report.checksum_holds:
        yield _wrong(name, "The file in it is not the one whose size and MD5 sum it states")
    if report.identifier is not None and not whole.startswith(report.identifier):
        yield _wrong(
            name,
            "It was made for another disclosure, as its identifier says",
            expected=whole[: len(report.identifier)],
            found=report.identifier,
        )
    yield from compared(load(report.attached, name), name, report.printed, "Its pages print")
    if not report.printed:
        yield _unread(name, "No digest was found on its pages")


def _pdf(disclosure: Disclosure, name: str, content: bytes) -> Iterator[Check]:
    try:
        report = pdffile.opened(content, name)
        other = digest(load(report.attached, name))
    except InputError as bad:
        yield _unread(name, f"It was not compared: it {bad.message}")
        return
    if other != digest(disclosure):
        message = "It carries another disclosure"
        yield _wrong(name, message, expected=digest(disclosure), found=other)
    yield from carried(report, name)


def _card(disclosure: Disclosure, name: str, content: bytes) -> Iterator[Check]:
    text = content.decode("utf-8", "replace")
    found = digests.printed(text)
    yield from compared(disclosure, name, found, "It prints")
    if not found:
        yield _unread(name, "It prints no digest")
    if _is_ours(disclosure) and _all_begin(disclosure, found):
        yield from _inscription(disclosure, name, content)


def _inscription(disclosure: Disclosure, name: str, content: bytes) -> Iterator[Check]:
    """Whether embedding the disclosure again would change nothing."""
    try:
        again = output.inscribed(disclosure, content, name)
        figure = anatomy(content, name).figure
    except CardRefused as bad:
        yield _unread(name, f"Its section was not compared: {bad.message}")
        return
    expected = dict(modelcard.metadata(disclosure) or ()).get("emissions")
    if figure != expected:
        message = "Its metadata give another figure"
        yield _wrong(name, message, expected=expected or "no figure", found=figure or "no figure")
    elif again.card == content:
        yield _right(name, "Its metadata and its section say what the disclosure says")
    else:
        yield _unread(name, "Its section is worded otherwise than here, and was not compared")


def _text(disclosure: Disclosure, path: Path, content: bytes) -> Iterator[Check]:
    text = content.decode("utf-8", "replace")
    found = digests.drawn(text) if path.suffix.lower() == ".svg" else digests.printed(text)
    if not found:
        # A file of this name that is none of ours.
        return
    yield from compared(disclosure, path.name, found, "It prints")
    if not _all_begin(disclosure, found):
        # Of another disclosure it says something else, as it should.
        return
    if not _is_ours(disclosure):
        yield _unread(path.name, "Its words were not compared: another version wrote them")
    elif content in _drawings(disclosure, path.suffix.lower()):
        yield _right(path.name, "It is drawn from this disclosure, to the byte")
    else:
        yield _wrong(path.name, "It is not what is drawn from this disclosure here: was it edited?")


def _picture(disclosure: Disclosure, path: Path, content: bytes) -> Check:
    if content in _drawings(disclosure, path.suffix.lower()):
        return _right(path.name, "It is drawn from this disclosure, to the byte", is_anchor=True)
    return _unread(path.name, "A picture made with other libraries or choices cannot be compared")


def _drawings(disclosure: Disclosure, suffix: str) -> Iterator[bytes]:
    """The document in each way in which it may have been asked for; the usual one first."""
    for name in _FORMATS.get(suffix, ()):
        for options in _choices(suffix):
            try:
                yield registry.renderer(name).render(disclosure, options)
            except RenderError:
                return


def _choices(suffix: str) -> Iterator[Options]:
    profiles = _PROFILES if suffix == ".html" else _PROFILES[:1]
    themes = _THEMES if suffix in {".svg", ".png"} else _THEMES[:1]
    scales = _SCALES if suffix == ".png" else _SCALES[:1]
    for language, profile, theme, scale in itertools.product(_LANGUAGES, profiles, themes, scales):
        for recipient in _RECIPIENTS if profile == "regulator" else _RECIPIENTS[:1]:
            yield Options(
                language=language, profile=profile, recipient=recipient, theme=theme, scale=scale
            )


def _all_begin(disclosure: Disclosure, found: Sequence[str]) -> bool:
    whole = digest(disclosure)
    return all(whole.startswith(each) for each in found)


def _is_ours(disclosure: Disclosure) -> bool:
    return disclosure.generator["version"] == __version__


def _right(name: str, message: str, *, is_anchor: bool = False) -> Check:
    return Check(group="documents", place=name, holds=True, message=message, is_anchor=is_anchor)


def _wrong(
    name: str, message: str, *, expected: str | None = None, found: str | None = None
) -> Check:
    return Check(
        group="documents",
        place=name,
        holds=False,
        message=message,
        expected=expected,
        found=found,
    )


def _unread(name: str, message: str) -> Check:
    return Check(group="documents", place=name, holds=None, message=message)
