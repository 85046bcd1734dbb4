"""I gather what stands on a page of the report: the label, and what stands behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, get_args

from markupsafe import Markup

from carbonlabel.documents import chart, language, typeface, wording
from carbonlabel.documents.anatomy import Context, Face, RowBasis
from carbonlabel.documents.report import assembly, cover, words
from carbonlabel.documents.report.blocks import Cell, Section
from carbonlabel.documents.report.material import Material

KEPT: Final = "carbon.json"
"""The name of the disclosure beside the report or inside it."""

_LONG_HEADLINE: Final = 6
_TITLE: Final = 50.7
_TITLE_MIN: Final = 20.0
_FILLS: Final = (1, 2, 3, 4, 5, 6, 7)
_QUIET_MODULES: Final = 4
_ROOM: Final = 8.0
_CONTEXT_MEASURE: Final = chart.MEASURE - 22


@dataclass(frozen=True, slots=True)
class Line:
    """A context of the label; `is_long` puts its note on a line of its own."""

    context: Context
    is_long: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """The face with its drawings."""

    face: Face
    bar: Markup
    shares: Markup
    marks: Mapping[RowBasis, Markup]
    swatches: Mapping[int | None, Markup]
    absent: Markup
    """What stands in the place of a swatch where a part is not reported."""
    sign: Markup
    """What warns of a failed check; else empty."""
    contexts: tuple[Line, ...]
    left_out: str
    title_style: Markup
    """An attribute that sets the title smaller where it is long; else empty."""
    is_large: bool
    """Whether the headline's word has room for its largest size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All words and drawings of the report."""

    label: Label
    title: str
    kind: str
    """Whom it is for."""
    facts: tuple[tuple[Cell, ...], ...]
    """What the report is of: a name and a value each."""
    summary: tuple[str, ...]
    """Three to five sentences."""
    reference: str
    """`carbon.json#jcs-sha256=…`."""
    code: Markup
    """The reference as a QR code."""
    command: str
    """What works every figure out again."""
    has_contents: bool
    """Whether a table of contents stands before the sections."""
    sections: tuple[Section, ...]


def report(material: Material) -> Report:
    """The report of a disclosure for one kind of reader."""
    reference = f"{KEPT}#jcs-sha256={material.face.digest}"
    return Report(
        label=label(material.face),
        title=language.say(words.TITLE),
        kind=words.AUDIENCES[material.audience],
        facts=cover.facts(material),
        summary=cover.summary(material),
        reference=reference,
        code=_code(reference),
        command=f"carbonlabel verify {material.file}",
        has_contents=material.audience in assembly.WITH_CONTENTS,
        sections=assembly.sections(material),
    )


def label(face: Face) -> Label:
    """The face with its bars, marks and swatches."""
    is_planned = face.headline == wording.HEADLINES["planned"]
    return Label(
        face=face,
        bar=chart.bar(face),
        shares=chart.shares(face.quality),
        marks={basis: chart.mark(basis) for basis in get_args(RowBasis)},
        swatches={None: Markup(), **{n: chart.swatch(n, outlined=is_planned) for n in _FILLS}},
        absent=chart.absent(),
        sign=chart.sign() if face.warnings else Markup(),
        contexts=tuple(Line(each, _is_long(each)) for each in face.contexts),
        left_out=", ".join(face.left_out),
        title_style=_title_style(face.title),
        is_large=face.value is None or len(face.headline) < _LONG_HEADLINE,
    )


def _title_style(title: str) -> Markup:
    _, size = typeface.fit(title, _TITLE, _TITLE_MIN, 800, chart.MEASURE)
    return Markup("") if size == _TITLE else Markup(' style="font-size:{:.2f}em"').format(size / 10)


def _is_long(context: Context) -> bool:
    """Whether name, note and amount, as the label sets them, need more than one line."""
    span = f"({context.range})" if context.range else ""
    pieces = (
        typeface.width(context.name, 12, 700),
        typeface.width(context.note, 11, 400),
        typeface.width(context.value or wording.BASES["not reported"], 12.5, 700),
        typeface.width(f" {context.unit} ", 11.5, 400),
        typeface.width(span, 11, 400),
    )
    return sum(pieces) + 2 * _ROOM > _CONTEXT_MEASURE


def _code(reference: str) -> Markup:
    import segno  # noqa: PLC0415 - the label itself needs no code

    drawn = segno.make(reference, error="m", boost_error=False).svg_inline(
        border=_QUIET_MODULES,
        omitsize=True,
        title=language.say("QR code: the reference of the disclosure"),
        dark="#111111",
        light="#ffffff",
        svgclass="code",
        lineclass=None,
    )
    return Markup(drawn)  # noqa: S704 - modules and our own title
