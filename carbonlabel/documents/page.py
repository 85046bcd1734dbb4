"""I gather what stands on a page of the report: the label, and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, get_args
from urllib.parse import urlsplit

from markupsafe import Markup

from carbonlabel.documents import chart, typeface, wording
from carbonlabel.documents.anatomy import Context, Face, RowBasis

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Activity, Disclosure
    from carbonlabel.model.provenance import Input, Source

NOT_STATED: Final = "not stated"

_LONG_HEADLINE: Final = 6
_FILLS: Final = (1, 2, 3, 4, 5, 6, 7)
_LONGEST_SHOWN: Final = 200
_LONGEST_LINK: Final = 2000
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
    contexts: tuple[Line, ...]
    left_out: str
    is_large: bool
    """Whether the headline's word has room for its largest size."""


@dataclass(frozen=True, slots=True)
class Told:
    """A name and what is said of it; `code` stands between `before` and `after`, set apart."""

    name: str
    before: str
    code: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A group of runs: which, when, where."""

    runs: str
    when: str
    where: str


@dataclass(frozen=True, slots=True)
class Machine:
    """One kind of machine and how many of it."""

    name: str
    kind: str
    count: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that was read, and what it was read as."""

    name: str
    note: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Work:
    """A cited work; `link` is its address where it may be followed, else empty."""

    title: str
    note: str
    address: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All words and drawings of the report."""

    label: Label
    reference: str
    code: Markup
    method: tuple[Told, ...]
    findings: tuple[Told, ...]
    counted: tuple[Counted, ...]
    machines: tuple[Machine, ...]
    gaps: tuple[Told, ...]
    files: tuple[File, ...]
    works: tuple[Work, ...]


def page(face: Face, disclosure: Disclosure) -> Page:
    """The report of a disclosure that has this face."""
    reference = f"carbon.json#jcs-sha256={face.digest}"
    return Page(
        label=label(face),
        reference=reference,
        code=_code(reference),
        method=tuple(_told(each.heading, each.text, each.verbatim) for each in face.method),
        findings=tuple(_finding(each) for each in face.findings),
        counted=tuple(_counted(each) for each in disclosure.activities),
        machines=tuple(_machines(disclosure)),
        gaps=tuple(_gaps(face, disclosure)),
        files=tuple(_file(each) for each in disclosure.inputs.values()),
        works=tuple(_work(each) for each in disclosure.sources.values()),
    )


def label(face: Face) -> Label:
    """The face with its bars, marks and swatches."""
    is_planned = face.headline == "Planned"
    return Label(
        face=face,
        bar=chart.bar(face),
        shares=chart.shares(face.quality),
        marks={basis: chart.mark(basis) for basis in get_args(RowBasis)},
        swatches={None: Markup(), **{n: chart.swatch(n, outlined=is_planned) for n in _FILLS}},
        contexts=tuple(Line(each, _is_long(each)) for each in face.contexts),
        left_out=", ".join(face.left_out),
        is_large=face.value is None or len(face.headline) < _LONG_HEADLINE,
    )


def _is_long(context: Context) -> bool:
    """Whether name, note and amount, as the label sets them, need more than one line."""
    span = f"({context.range})" if context.range else ""
    pieces = (
        typeface.width(context.name, 12, 700),
        typeface.width(context.note, 11, 400),
        typeface.width(context.value or wording.NOT_REPORTED, 12.5, 700),
        typeface.width(f" {context.unit} ", 11.5, 400),
        typeface.width(span, 11, 400),
    )
    return sum(pieces) + 2 * _ROOM > _CONTEXT_MEASURE


def _code(reference: str) -> Markup:
    import segno  # noqa: PLC0415 - the label itself needs no code

    drawn = segno.make(reference, error="m", boost_error=False).svg_inline(
        border=_QUIET_MODULES,
        omitsize=True,
        title="QR code: the reference of the disclosure",
        dark="#111111",
        light="#ffffff",
        svgclass="code",
        lineclass=None,
    )
    return Markup(drawn)  # noqa: S704 - modules and our own title


def _told(name: str, text: str, verbatim: str = "") -> Told:
    before, code, after = text.partition(verbatim) if verbatim else (text, "", "")
    return Told(name, before, code, after)


def _finding(sentence: str) -> Told:
    severity, _, rest = sentence.partition(": ")
    return Told(severity, rest) if rest else Told("Note", severity)


def _gaps(face: Face, disclosure: Disclosure) -> Iterator[Told]:
    """Why a row is not reported, then why something is left out."""
    whats = {each.what.casefold() for each in disclosure.left_out}
    for row in face.rows:
        if row.value is None and row.reason and row.name.casefold() not in whats:
            yield Told(row.name, row.reason)
    for shown, each in zip(face.left_out, disclosure.left_out, strict=False):
        yield Told(shown, wording.sentence(each.why))


def _counted(activity: Activity) -> Counted:
    runs = wording.runs([activity])
    return Counted(
        runs if activity.complete else f"{runs}, not all of them whole",
        wording.dates([activity.period]) or NOT_STATED,
        wording.place_name(activity.region),
    )


def _machines(disclosure: Disclosure) -> Iterator[Machine]:
    devices = (device for activity in disclosure.activities for device in activity.hardware)
    for device in dict.fromkeys(devices):
        yield Machine(wording.named(device.name), device.kind, str(device.count))


def _file(read: Input) -> File:
    tracker = " ".join(filter(None, (read.tracker, read.version)))
    runs = wording.counted(read.runs, "run") if read.runs else ""
    note = ", ".join(filter(None, (tracker, read.format, runs)))
    return File(wording.named(read.file), wording.named(note), read.sha256)


def _work(cited: Source) -> Work:
    year = str(cited.year or "")
    note = ", ".join(filter(None, (year, cited.licence)))
    address = cited.url or ""
    return Work(
        wording.sentence(cited.title),
        wording.named(note),
        wording.named(address, _LONGEST_SHOWN),
        address if _is_web(address) else "",
    )


def _is_web(address: str) -> bool:
    """Whether an address leads to the web and nowhere else: no script, no file, nothing hidden."""
    if len(address) > _LONGEST_LINK or not address.isascii() or not address.isprintable():
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and " " not in address
