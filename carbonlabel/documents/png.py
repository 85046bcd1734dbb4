"""I draw the label in pixels, for the places that take no vector picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zlib import crc32

from carbonlabel.documents import direction, typeface
from carbonlabel.documents.face import face as face_of
from carbonlabel.documents.language import translated
from carbonlabel.documents.svg import draw
from carbonlabel.errors import RenderError

if TYPE_CHECKING:
    from carbonlabel.documents.anatomy import Face
    from carbonlabel.documents.canvas import Letters
    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.plugins import Options

_HEADER_END: Final = 33
"""Bytes of a PNG's signature and of its first chunk, the header."""
SCALE_MAX: Final = 10
"""Pixels for each unit at most: ten make a picture of some 25 million pixels."""


def rasterised(svg: str, scale: int = 2) -> bytes:
    """The pixels of a label's SVG as PNG, `scale` for each of its units.

    Fonts of this machine are loaded only where the SVG holds live text: then the bytes depend on
    what is installed, and what no font here has becomes boxes or nothing.

    Raises:
        RenderError: the scale is not from 1 to 10, or the picture could not be drawn.
    """
    if not 1 <= scale <= SCALE_MAX:
        raise RenderError(f"a scale of {scale}", hint=f"choose from 1 to {SCALE_MAX}")
    from resvg_py import svg_to_bytes  # noqa: PLC0415 - a native library that few commands need

    try:
        return bytes(
            svg_to_bytes(svg_string=svg, zoom=scale, skip_system_fonts="<text " not in svg)
        )
    except ValueError as bad:
        raise RenderError(f"no picture: {bad}", hint="use the SVG") from bad


def described(png: bytes, face: Face) -> bytes:
    """The picture with the words of its label inside: its alternative text and the whole of it.

    They stand in the text chunks `Title` and `Description` of ISO/IEC 15948, behind the header.
    """
    chunks = (_chunk("Title", face.alt), _chunk("Description", face.description))
    return b"".join((png[:_HEADER_END], *chunks, png[_HEADER_END:]))


def _chunk(keyword: str, text: str) -> bytes:
    """An `iTXt` chunk: UTF-8, not compressed, of no language and no translated keyword."""
    body = b"iTXt" + keyword.encode("latin-1") + bytes(5) + text.encode()
    return (len(body) - 4).to_bytes(4) + body + crc32(body).to_bytes(4)


def undrawn(face: Face) -> tuple[str, ...]:
    """The texts of a label that its picture in pixels can only draw as codes, without fonts."""
    lines = (
        face.model,
        *face.serving,
        *face.left_out,
        *face.footnotes,
        *face.warnings,
        *(each.note for each in face.rows),
        *(each.note for each in face.contexts),
    )
    bare = (direction.bare(each) for each in lines)
    return tuple(dict.fromkeys(each for each in bare if not typeface.covers(each)))


def letters(options: Options) -> Letters:
    """How the letters of a picture in pixels are drawn: with no font, or with this machine's."""
    return "coded" if options.fonts == "ours" else "outlined"


@dataclass(frozen=True, slots=True)
class Raster:
    """The label as PNG, in the theme and at the scale of the options.

    A name in a script beyond our outlines (Chinese, Arabic, Hindi …) is drawn as the codes of its
    characters, so that the bytes are the same everywhere; `Options.fonts` may ask for the fonts of
    this machine instead. The alternative text and the Markdown table always carry the name.
    """

    format: str = "png"
    file_name: str = "label.png"
    about: str = "the label as pixels, twice its size or as --scale says"
    heeds: tuple[str, ...] = ("language", "theme", "scale", "fonts")

    @translated
    def render(self, disclosure: Disclosure, options: Options) -> bytes:
        """The picture; raises `RenderError` as `rasterised` does."""
        finished = face_of(disclosure)
        svg = draw(finished, options.theme, letters=letters(options))
        return described(rasterised(svg, options.scale), finished)


renderer: Final = Raster()
