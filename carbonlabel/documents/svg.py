"""I draw the label as a picture whose letters are outlines: the same shapes on every machine."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from carbonlabel.documents.canvas import Canvas, Theme
from carbonlabel.documents.drawing import panel
from carbonlabel.documents.face import face as face_of
from carbonlabel.documents.sheet import WIDTH, Sheet

if TYPE_CHECKING:
    from carbonlabel.documents.anatomy import Face
    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.plugins import Options


def draw(face: Face, theme: Theme = "light", *, automatic: bool = False) -> str:
    """The label as an SVG document, 360 px wide and as high as its rows.

    `automatic` adds a style that turns it dark where the reader's system is; where the style is
    lost, the colours of `theme` hold. Characters without an outline become live text, drawn in
    whatever font the reader has.
    """
    sheet = Sheet(Canvas(WIDTH, theme, automatic), outlined=face.headline == "Planned")
    panel(sheet, face)
    return sheet.canvas.document(face.alt, face.description, math.ceil(sheet.y))


@dataclass(frozen=True, slots=True)
class Drawing:
    """The label as SVG in the colours of one theme, whatever theme the options name."""

    format: str
    file_name: str
    about: str
    theme: Theme

    def render(self, disclosure: Disclosure, options: Options) -> bytes:  # noqa: ARG002 - Renderer
        """The picture in UTF-8."""
        return draw(face_of(disclosure), self.theme).encode()


light: Final = Drawing("svg", "label.svg", "the label as a vector picture, light", "light")
dark: Final = Drawing("svg-dark", "label-dark.svg", "the label as a vector picture, dark", "dark")
