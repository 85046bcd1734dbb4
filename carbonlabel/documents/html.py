"""I write the report as one HTML file that asks nobody for anything."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from carbonlabel.documents import typeface
from carbonlabel.documents.canvas import THEMES, Theme
from carbonlabel.documents.face import face as face_of
from carbonlabel.documents.page import page
from carbonlabel.documents.templates import filled
from carbonlabel.resources import folder

if TYPE_CHECKING:
    from carbonlabel.documents.anatomy import Face
    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.plugins import Options

EPOCH: Final = "1970-01-01"
"""The date of a document whose disclosure has none."""

_STATEMENT: Final = "The disclosure is the file carbon.json that belongs to this page."
_COMMAND: Final = "carbonlabel check carbon.json"


@dataclass(frozen=True, slots=True)
class Html:
    """Writes the label and what stands behind it; no option changes a byte of it."""

    format: str = "html"
    """Its name."""
    file_name: str = "report.html"
    """The name it has in a folder."""
    about: str = "the label with method, findings and sources, as one page for a browser"
    """What it is."""

    def render(self, disclosure: Disclosure, options: Options) -> bytes:  # noqa: ARG002 - Renderer
        """The page as UTF-8, without script and without any address that a browser would load."""
        face = face_of(disclosure)
        return written(
            face, disclosure, style=_style(), statement=_STATEMENT, command=_COMMAND
        ).encode()


renderer: Final = Html()


def written(face: Face, disclosure: Disclosure, *, style: str, statement: str, command: str) -> str:
    """The report with this style, saying where its disclosure is and what command checks it."""
    return filled(
        "report.html.j2",
        page=page(face, disclosure),
        dated=f"{face.issued or EPOCH}T00:00:00Z",
        style=Markup(style),  # noqa: S704 - our own style sheets
        statement=statement,
        command=command,
    )


def sheet(name: str) -> str:
    """The text of a style sheet of ours, `templates/<name>`."""
    return (folder("templates") / name).read_text("utf-8")


def fonts() -> str:
    """The page's fonts inside their rules, under the family name that the style sheets use."""
    return typeface.font_faces().replace("font-family:Inter;", "font-family:Label;")


def colours(theme: Theme) -> str:
    """The colours of a theme, under the names that the style sheets use."""
    names = "".join(f"--{name}:{colour};" for name, colour in THEMES[theme].items())
    return f":root{{{names}color-scheme:{theme}}}"


@cache
def _style() -> str:
    return "\n".join(
        (
            fonts(),
            colours("light"),
            sheet("label.css"),
            sheet("report.css"),
            sheet("screen.css"),
            f"@media screen and (prefers-color-scheme:dark){{{colours('dark')}{_drawings()}}}",
        )
    )


def _drawings() -> str:
    """Dark fills and strokes for drawings, whose attributes are light."""
    return "".join(
        f".f-{name}{{fill:{colour}}}.l-{name}{{stroke:{colour}}}"
        for name, colour in THEMES["dark"].items()
        if not name.startswith("badge")
    )
