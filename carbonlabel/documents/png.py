"""I draw the label in pixels, for the places that take no vector picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from carbonlabel.documents.face import face as face_of
from carbonlabel.documents.svg import draw
from carbonlabel.errors import RenderError

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.plugins import Options

SCALE_MAX: Final = 10
"""Pixels for each unit at most: ten make a picture of some 25 million pixels."""


def rasterised(svg: str, scale: int = 2) -> bytes:
    """The pixels of a label's SVG as PNG, `scale` for each of its units.

    No font is loaded and the bytes are the same on every machine, with one exception: a name in a
    script that the outlines do not cover (Chinese, Arabic, Greek, Cyrillic …) is drawn with the
    fonts of this machine, since a foreign font is better than no name. Where no font here has
    the characters, boxes or nothing stand in their place; the picture's alternative text and the
    Markdown table always carry the name.

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


@dataclass(frozen=True, slots=True)
class Raster:
    """The label as PNG, in the theme and at the scale of the options."""

    format: str = "png"
    file_name: str = "label.png"
    about: str = "the label as pixels, twice its size"

    def render(self, disclosure: Disclosure, options: Options) -> bytes:
        """The picture; raises `RenderError` as `rasterised` does."""
        return rasterised(draw(face_of(disclosure), options.theme), options.scale)


renderer: Final = Raster()
