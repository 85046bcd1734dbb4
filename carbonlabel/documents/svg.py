"""I draw the label as a picture whose letters are outlines: the same shapes on every machine."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from carbonlabel.documents.canvas import Canvas, Letters, Theme
from carbonlabel.documents.drawing import panel
from carbonlabel.documents.face import face as face_of
from carbonlabel.documents.language import translated
from carbonlabel.documents.sheet import WIDTH, Sheet
from carbonlabel.documents.wording import HEADLINES

if TYPE_CHECKING:
    from carbonlabel.documents.anatomy import Face
    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.plugins import Options


def draw(
    face: Face, theme: Theme = "light", *, automatic: bool = False, letters: Letters = "outlined"
) -> str:
    """The label as an SVG document, 360 px wide and as high as its rows.

    `automatic` adds a style that turns it dark where the reader's system is; where the style is
    lost, the colours of `theme` hold. Characters without an outline become live text, drawn in
    whatever font the reader has, unless `letters` says `coded`.
    """
    sheet = Sheet(
        Canvas(WIDTH, theme, automatic, letters), outlined=face.headline == HEADLINES["planned"]
    )
    panel(sheet, face)
    return sheet.canvas.document(face.alt, face.description, math.ceil(sheet.y))


@dataclass(frozen=True, slots=True)
class Drawing:
    """The label as SVG, in a theme of its own or in that of the options."""

    format: str
    file_name: str
    about: str
    theme: Theme | None = None
    """None: as the options say."""
    automatic: bool = False
    """Whether it turns dark where its reader's system is; light attributes hold elsewhere."""

    @property
    def heeds(self) -> tuple[str, ...]:
        """The options that change it."""
        return ("language",) if self.theme else ("language", "theme")

    @translated
    def render(self, disclosure: Disclosure, options: Options) -> bytes:
        """The picture in UTF-8."""
        theme = self.theme or options.theme
        return draw(face_of(disclosure), theme, automatic=self.automatic).encode()


light: Final = Drawing("svg", "label.svg", "the label as a vector picture, light or --theme dark")
dark: Final = Drawing("svg-dark", "label-dark.svg", "the label as a vector picture, dark", "dark")
automatic: Final = Drawing(
    "svg-auto",
    "label-auto.svg",
    "the label as a vector picture, as dark as its reader's system",
    "light",
    automatic=True,
)
