"""I write a comparison as one HTML file that asks nobody for anything."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from markupsafe import Markup

from carbonlabel.documents import html
from carbonlabel.documents.comparing import strip
from carbonlabel.documents.language import speaking
from carbonlabel.documents.templates import filled, sheet

if TYPE_CHECKING:
    from carbonlabel.documents.comparing.anatomy import Amounts, Sheaf


def document(sheaf: Sheaf) -> bytes:
    """The page as UTF-8, without script and without any address that a browser would load."""
    pictures = {each.key: _picture(sheaf, each) for each in sheaf.amounts}
    alts = {each.key: strip.alt(each) for each in sheaf.amounts}
    return filled(
        "compare.html.j2",
        sheaf=sheaf,
        pictures=pictures,
        alts=alts,
        language=speaking(),
        style=Markup(_style()),  # noqa: S704 - our own style sheets
    ).encode()


def _picture(sheaf: Sheaf, amounts: Amounts) -> str:
    """The strip as a data: address: a picture of its own, whose names meet no others."""
    drawn = strip.draw(sheaf, amounts, automatic=True).encode()
    return f"data:image/svg+xml;base64,{b64encode(drawn).decode()}"


def _style() -> str:
    return f"{html.for_screens()}\n{sheet('compare.css')}"
