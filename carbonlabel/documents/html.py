"""I write the report as one HTML file that asks nobody for anything."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from carbonlabel.documents import typeface
from carbonlabel.documents.canvas import THEMES, Theme
from carbonlabel.documents.face import face as face_of
from carbonlabel.documents.language import marked, say, speaking, translated
from carbonlabel.documents.page import report
from carbonlabel.documents.redaction import version
from carbonlabel.documents.report.material import Material
from carbonlabel.documents.templates import filled, sheet

if TYPE_CHECKING:
    from pathlib import Path

    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.plugins import Options

EPOCH: Final = "1970-01-01"
"""The date of a document whose disclosure has none."""

_FACES_OF_DIGITS: Final = {
    "font-variant-numeric:tabular-nums": "font-family:Figures,Label,sans-serif",
    "font-variant-numeric:normal": "font-family:Label,sans-serif",
}
_STATEMENT: Final = marked("The disclosure is the file carbon.json that belongs to this page.")


@dataclass(frozen=True, slots=True)
class Html:
    """Writes the report for a browser; theme and scale change no byte of it."""

    format: str = "html"
    """Its name."""
    file_name: str = "report.html"
    """The name it has in a folder."""
    about: str = "the label with method, findings and sources, as one page for a browser"
    """What it is."""

    @translated
    def render(self, disclosure: Disclosure, options: Options) -> bytes:
        """The page as UTF-8, without script and without any address that a browser would load.

        Raises:
            RenderError: a template of the user's own cannot be filled.
        """
        material = material_of(disclosure, options, self.file_name)
        style = for_screens(options.templates)
        return written(material, options, style=style, statement=say(_STATEMENT)).encode()


renderer: Final = Html()


def material_of(disclosure: Disclosure, options: Options, file: str) -> Material:
    """What the report in `file` is made of; for the public, of the version made for it."""
    shown = version(disclosure, options.profile)
    return Material(
        face=face_of(shown),
        disclosure=shown,
        audience=options.profile,
        recipient=options.recipient,
        file=file,
    )


def written(material: Material, options: Options, *, style: str, statement: str) -> str:
    """The report with this style, saying where its disclosure is.

    Raises:
        RenderError: a template of the user's own cannot be filled.
    """
    return filled(
        "report.html.j2",
        theirs=options.templates,
        report=report(material),
        face=material.face,
        dated=f"{material.face.issued or EPOCH}T00:00:00Z",
        style=Markup(style),  # noqa: S704 - a style sheet is ours, or the user's own
        statement=statement,
        language=speaking(),
    )


def fonts() -> str:
    """The page's fonts inside their rules, under the family name that the style sheets use."""
    return _faces("Label")


def _faces(family: str, more: str = "") -> str:
    """The rules of our faces under another family name, with `more` declarations in each."""
    return typeface.font_faces().replace("font-family:Inter;", f"font-family:{family};{more}")


def colours(theme: Theme) -> str:
    """The colours of a theme, under the names that the style sheets use."""
    names = "".join(f"--{name}:{colour};" for name, colour in THEMES[theme].items())
    return f":root{{{names}color-scheme:{theme}}}"


def for_screens(theirs: Path | None = None) -> str:
    """The style of a page on any screen and on paper, light and dark."""
    return _for_screens() if theirs is None else _styled(theirs)


def for_paper(theirs: Path | None = None) -> str:
    """The style of the PDF: its columns of figures have a face of their own.

    WeasyPrint 70 never frees the font features of a line; those of a face are there once.
    """
    figures = _faces("Figures", "font-feature-settings:'tnum';")
    style = _on_paper(theirs)
    for variant, family in _FACES_OF_DIGITS.items():
        style = style.replace(variant, family)
    return f"{figures}\n{style}"


def _on_paper(theirs: Path | None) -> str:
    sheets = (sheet(name, theirs) for name in ("label.css", "report.css"))
    return "\n".join((fonts(), colours("light"), *sheets))


@cache
def _for_screens() -> str:
    return _styled(None)


def _styled(theirs: Path | None) -> str:
    dark = f"@media screen and (prefers-color-scheme:dark){{{colours('dark')}{_drawings()}}}"
    return "\n".join((_on_paper(theirs), sheet("screen.css", theirs), dark))


def _drawings() -> str:
    """Dark fills and strokes for drawings, whose attributes are light."""
    return "".join(
        f".f-{name}{{fill:{colour}}}.l-{name}{{stroke:{colour}}}"
        for name, colour in THEMES["dark"].items()
        if not name.startswith("badge")
    )
