"""I write the report as a PDF that carries its disclosure, tagged and made to be archived."""

from __future__ import annotations

import io
import warnings
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from carbonlabel.documents import html, tagging
from carbonlabel.documents.face import face as face_of
from carbonlabel.errors import RenderError
from carbonlabel.record import canonical

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.plugins import Options

ATTACHMENT: Final = "carbon.json"
"""The name of the disclosure inside the PDF."""

_STATEMENT: Final = "The disclosure, carbon.json, is attached to this PDF."
_COMMAND: Final = "carbonlabel check carbon.json"
_IDENTIFIER_DIGITS: Final = 32


@dataclass(frozen=True, slots=True)
class Pdf:
    """Writes PDF/A-3a and PDF/UA-1 in one file; no option changes a byte of it."""

    format: str = "pdf"
    """Its name."""
    file_name: str = "report.pdf"
    """The name it has in a folder."""
    about: str = "the report for print and archive, with the disclosure attached"
    """What it is."""

    def render(self, disclosure: Disclosure, options: Options) -> bytes:  # noqa: ARG002 - Renderer
        """The PDF: the same disclosure gives the same bytes with the same libraries.

        Raises:
            RenderError: Pango is not installed, or the page asked for something outside itself.
        """
        face = face_of(disclosure)
        page = html.written(face, disclosure, style="", statement=_STATEMENT, command=_COMMAND)
        return bound(
            page, canonical.dumps(disclosure), digest=face.digest, dated=face.issued or html.EPOCH
        )


renderer: Final = Pdf()


class _Press(NamedTuple):
    """What every PDF of a process shares; WeasyPrint has no types."""

    engine: Any
    fonts: Any
    style: Any
    fetcher: Any


def bound(page: str, disclosure: bytes, *, digest: str, dated: str) -> bytes:
    """The PDF of an HTML page in our style, with the disclosure's text attached.

    Raises:
        RenderError: Pango is not installed, or the page asked for something outside itself.
    """
    press = _press()
    day = datetime.fromisoformat(dated).replace(tzinfo=UTC)
    attached = press.engine.Attachment(
        string=disclosure,
        name=ATTACHMENT,
        description="The disclosure that this report is drawn from",
        relationship="Data",
        created=day,
        modified=day,
    )
    with warnings.catch_warnings():
        # WeasyPrint leaves it to the collector to close its colour profile.
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            pdf: bytes = press.engine.HTML(string=page, url_fetcher=press.fetcher).write_pdf(
                stylesheets=[press.style],
                font_config=press.fonts,
                finisher=tagging.finish,
                pdf_variant="pdf/a-3a",
                pdf_identifier=digest[:_IDENTIFIER_DIGITS].encode(),
                attachments=[attached],
            )
        except press.engine.urls.FatalURLFetchingError as asked:
            raise RenderError(f"the page asked for something outside itself: {asked}") from asked
    if refused := press.fetcher.refusals():
        raise RenderError(f"the page asked for something outside itself: {refused}")
    return pdf


def weasyprint() -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """The module of WeasyPrint, which draws the PDF; loading it takes half a second.

    Raises:
        RenderError: Pango is not installed.
    """
    # WeasyPrint prints a notice of its own before it fails, and warns where no font is installed.
    with redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import weasyprint as engine  # noqa: PLC0415 - slow, and it fails without Pango
        except OSError as missing:
            from carbonlabel.documents.pango import advice  # noqa: PLC0415 - looks at the system

            raise RenderError(
                "the PDF needs Pango, which was not found", hint=f"to get it: {advice()}"
            ) from missing
    return engine


@cache
def _press() -> _Press:
    # One font configuration a process: each would keep its fonts in memory for good.
    engine = weasyprint()
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - needs Pango

    fonts = FontConfiguration()
    fetcher = _fetcher(engine)
    style = engine.CSS(string=_style(), font_config=fonts, url_fetcher=fetcher)
    return _Press(engine, fonts, style, fetcher)


def _fetcher(engine: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """What hands out `data:` and nothing else, and tells what else it was asked for."""

    class Fetcher(engine.urls.URLFetcher):  # type: ignore[misc]  # it has no types
        _refused: tuple[str, ...] = ()

        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ANN401 - as above
            # A drawing swallows the refusal of its picture: it must be remembered too.
            if not url.startswith("data:"):
                self._refused = (*self._refused, url)
            return super().fetch(url, headers)

        def refusals(self) -> str:
            told, self._refused = ", ".join(self._refused), ()
            return told

    return Fetcher(allowed_protocols={"data"}, fail_on_errors=True)


def _style() -> str:
    sheets = (html.sheet("label.css"), html.sheet("report.css"))
    return "\n".join((html.fonts(), html.colours("light"), *sheets))
