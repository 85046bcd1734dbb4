"""I write the label as Markdown: the form that every reader, ear and search can use."""

from __future__ import annotations

from dataclasses import dataclass

from carbonlabel.documents.face import face
from carbonlabel.documents.language import translated
from carbonlabel.documents.table import quality, table
from carbonlabel.documents.templates import filled
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options


@dataclass(frozen=True, slots=True)
class Markdown:
    """The label as one Markdown document."""

    format: str = "markdown"
    file_name: str = "LABEL.md"
    about: str = "the label as Markdown tables and text"
    heeds: tuple[str, ...] = ("language", "templates")

    @translated
    def render(self, disclosure: Disclosure, options: Options) -> bytes:
        """The document as UTF-8, from the user's own template where there is one."""
        finished = face(disclosure)
        facts = table(finished, unreported=True)
        words = filled(
            "label.md.j2",
            theirs=options.templates,
            face=finished,
            table=facts,
            quality=quality(finished),
        )
        return words.encode()


renderer = Markdown()
