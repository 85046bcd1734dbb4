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
from carbonlabel.documents.cells import separated
from carbonlabel.documents.language import marked, say, translated
from carbonlabel.documents.report.evidence import listed
from carbonlabel.errors import RenderError
from carbonlabel.record import canonical

if TYPE_CHECKING:
    from pathlib import Path

    from carbonlabel.documents.report.material import Material
    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.plugins import Options

ATTACHMENT: Final = "carbon.json"
"""The name of the disclosure inside the PDF."""

EVIDENCE: Final = "evidence.csv"
"""The name of the list of files that were read, inside the PDF."""

_STATEMENT: Final = marked("The disclosure, carbon.json, is attached to this PDF.")
_DISCLOSURE_IS: Final = marked("The disclosure that this report is drawn from")
_EVIDENCE_IS: Final = marked("The files that the disclosure was made from, with their SHA-256")
_IDENTIFIER_DIGITS: Final = 32


@dataclass(frozen=True, slots=True)
class Pdf:
    """Writes PDF/A-3a and PDF/UA-1 in one file; theme and scale change no byte of it."""

    format: str = "pdf"
    """Its name."""
    file_name: str = "report.pdf"
    """The name it has in a folder."""
    about: str = "the report for print and archive, with the disclosure attached"
    """What it is."""

    @translated
    def render(self, disclosure: Disclosure, options: Options) -> bytes:
        """The PDF: the same disclosure gives the same bytes with the same libraries.

        Raises:
            RenderError: Pango is not installed, the page asked for something outside itself, or a
                template of the user's own cannot be filled.
        """
        material = html.material_of(disclosure, options, self.file_name)
        page = html.written(material, options, style="", statement=say(_STATEMENT))
        return bound(
            page,
            canonical.dumps(material.disclosure),
            digest=material.face.digest,
            dated=material.face.issued or html.EPOCH,
            evidence=_listed(material),
            templates=options.templates,
        )


renderer: Final = Pdf()


class _Press(NamedTuple):
    """What every PDF of a process shares; WeasyPrint has no types."""

    engine: Any
    fonts: Any
    style: Any
    fetcher: Any


def bound(  # noqa: PLR0913 - what a PDF is bound from, each by name
    page: str,
    disclosure: bytes,
    *,
    digest: str,
    dated: str,
    evidence: bytes = b"",
    templates: Path | None = None,
) -> bytes:
    """The PDF of an HTML page in our style, with the disclosure's text attached.

    `evidence` is the list of files behind it, attached too where it is not empty; `templates` is a
    folder whose style sheets are taken before ours.

    Raises:
        RenderError: Pango is not installed, or the page asked for something outside itself.
    """
    press = _press()
    press.fetcher.refusals()  # what a page before this was refused has been told
    day = datetime.fromisoformat(dated).replace(tzinfo=UTC)
    attached = [_attached(ATTACHMENT, disclosure, say(_DISCLOSURE_IS), "Data", day)]
    if evidence:
        attached.append(_attached(EVIDENCE, evidence, say(_EVIDENCE_IS), "Supplement", day))
    with warnings.catch_warnings():
        # WeasyPrint leaves it to the collector to close its colour profile.
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            pdf: bytes = press.engine.HTML(string=page, url_fetcher=press.fetcher).write_pdf(
                stylesheets=[press.style if templates is None else _styled(press, templates)],
                font_config=press.fonts,
                finisher=tagging.finish,
                pdf_variant="pdf/a-3a",
                pdf_identifier=digest[:_IDENTIFIER_DIGITS].encode(),
                attachments=attached,
            )
        except press.engine.urls.FatalURLFetchingError as asked:
            raise RenderError(f"the page asked for something outside itself: {asked}") from asked
    if refused := press.fetcher.refusals():
        raise RenderError(f"the page asked for something outside itself: {refused}")
    return pdf


def _attached(name: str, content: bytes, about: str, relationship: str, day: datetime) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    return weasyprint().Attachment(
        string=content,
        name=name,
        description=about,
        relationship=relationship,
        created=day,
        modified=day,
    )


def _listed(material: Material) -> bytes:
    """The files that were read as a table for programs; nothing where none was."""
    if not material.disclosure.inputs:
        return b""
    return separated(listed(material), line_end="\n")


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
    style = engine.CSS(string=html.for_paper(), font_config=fonts, url_fetcher=fetcher)
    return _Press(engine, fonts, style, fetcher)


def _styled(press: _Press, templates: Path) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """Our style with the user's own sheets in it; read anew each time, for they may change."""
    try:
        return press.engine.CSS(
            string=html.for_paper(templates), font_config=press.fonts, url_fetcher=press.fetcher
        )
    except press.engine.urls.FatalURLFetchingError as asked:
        raise RenderError(f"the style asked for something outside itself: {asked}") from asked


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
