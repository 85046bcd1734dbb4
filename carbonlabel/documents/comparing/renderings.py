"""I draw a comparison in any of its forms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from carbonlabel.comparison import Comparison
from carbonlabel.documents.canvas import Theme
from carbonlabel.documents.comparing import facts, strip, terminal
from carbonlabel.documents.comparing.face import face
from carbonlabel.documents.language import ENGLISH, spoken_in
from carbonlabel.errors import InputError

FILES: Final = {
    "terminal": "compare.txt",
    "json": "compare.json",
    "markdown": "COMPARE.md",
    "html": "compare.html",
    "svg": "strip.svg",
    "svg-dark": "strip-dark.svg",
    "png": "strip.png",
}
"""Each form with the name it has in a folder."""
SET: Final = tuple(name for name in FILES if name != "terminal")
"""The forms of a whole set."""
STRIPS: Final = frozenset({"svg", "svg-dark", "png"})
"""The forms that are the strip, and are drawn only of what compares."""


@dataclass(frozen=True, slots=True)
class Looks:
    """How the strip looks."""

    figure: str | None = None
    """Which figure is drawn, such as `training/energy`; else electricity, else the first."""
    theme: Theme = "light"
    """Of the PNG."""
    scale: int = 2
    """Pixels of the PNG for each unit."""
    language: str = ENGLISH
    """In which all but JSON is written."""


def rendered(comparison: Comparison, form: str, looks: Looks | None = None) -> bytes:
    """One form of a comparison as bytes.

    Raises:
        RenderError: a strip is asked for, and nothing compares; or nobody speaks the language.
        InputError: there is no such form, or the figure does not compare.
    """
    if form not in FILES:
        known = ", ".join(FILES)
        raise InputError(f"a comparison has no form {form[:40]!r}", hint=f"one of {known}")
    wanted = looks or Looks()
    if form == "json":
        return facts.document(comparison)
    if form in STRIPS:
        # Chosen in English, which is the language of errors.
        key = strip.chosen(face(comparison), wanted.figure).key
        with spoken_in(wanted.language):
            return _strip(comparison, form, replace(wanted, figure=key))
    with spoken_in(wanted.language):
        if form == "terminal":
            return terminal.document(face(comparison))
        return _filled(comparison, form)


def _filled(comparison: Comparison, form: str) -> bytes:
    # Templates cost start-up time, which the terminal does without.
    from carbonlabel.documents.comparing import html, markdown  # noqa: PLC0415 - as said above

    sheaf = face(comparison)
    return html.document(sheaf) if form == "html" else markdown.document(sheaf)


def _strip(comparison: Comparison, form: str, looks: Looks) -> bytes:
    sheaf = face(comparison)
    amounts = strip.chosen(sheaf, looks.figure)
    if form != "png":
        theme: Theme = "dark" if form == "svg-dark" else "light"
        return strip.draw(sheaf, amounts, theme).encode()
    from carbonlabel.documents.png import rasterised  # noqa: PLC0415 - a native library

    return rasterised(strip.draw(sheaf, amounts, looks.theme), looks.scale)
