"""I list what the report rests on: files, works, findings, and who answers for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from carbonlabel.documents import language, wording
from carbonlabel.documents.report import words
from carbonlabel.documents.report.blocks import Cell, Section, cells, table
from carbonlabel.documents.report.material import Material
from carbonlabel.model.provenance import Input, Source
from carbonlabel.model.waiver import Waiver

_LONGEST_SHOWN: Final = 200
_LONGEST_LINK: Final = 2000


def findings(material: Material) -> Section:
    """What was noticed, the gravest first; that nothing was, where nothing was."""
    rows = [_finding(each) for each in material.face.findings]
    title = words.TITLES["findings"]
    if not rows:
        return Section("findings", title, lead=(language.say(words.NO_FINDINGS),))
    found = table(title, words.FINDING_HEAD, rows, shape="two", rest=words.MORE)
    return Section("findings", title, tables=(found,))


def waivers(material: Material) -> Section | None:
    """Who lets which finding stand, why, and until when."""
    rows = [_waiver(each) for each in material.disclosure.waivers or ()]
    if not rows:
        return None
    title = words.TITLES["waivers"]
    found = table(title, words.WAIVER_HEAD, rows, rest=words.MORE)
    return Section("waivers", title, tables=(found,))


def inputs(material: Material) -> Section | None:
    """Each file that was read, what it was read as, and its SHA-256."""
    rows = [_file(each) for each in material.disclosure.inputs.values()]
    if not rows:
        return None
    title = words.TITLES["inputs"]
    found = table(title, words.INPUT_HEAD, rows, shape="wide", rest=words.MORE)
    return Section("inputs", title, tables=(found,))


def sources(material: Material) -> Section | None:
    """Each work that is cited."""
    rows = [_work(each) for each in material.disclosure.sources.values()]
    if not rows:
        return None
    title = words.TITLES["sources"]
    found = table(title, words.SOURCE_HEAD, rows, shape="wide", rest=words.MORE)
    return Section("sources", title, tables=(found,))


def withheld(material: Material) -> Section | None:
    """What this version leaves out."""
    rows = [cells(*words.WITHHELD[each]) for each in material.disclosure.withheld or ()]
    if not rows:
        return None
    title = words.TITLES["withheld"]
    found = table(title, words.WITHHELD_HEAD, rows, shape="two")
    return Section(
        "withheld",
        title,
        lead=(language.say(words.WITHHELD_LEAD),),
        tables=(found,),
        trail=(language.say(words.NEVER_HELD),),
    )


def _finding(sentence: str) -> tuple[Cell, ...]:
    severity, colon, rest = sentence.partition(language.say(": "))
    return cells(severity, rest) if colon else cells("", severity)


def _waiver(each: Waiver) -> tuple[Cell, ...]:
    return (
        Cell(wording.named(each.code), note=wording.named(each.place or "")),
        *cells(wording.named(each.author), each.expires.isoformat(), wording.quoted(each.reason)),
    )


def _file(read: Input) -> tuple[Cell, ...]:
    tracker = " ".join(filter(None, (read.tracker, read.version)))
    runs = wording.runs_of(read.runs) if read.runs else ""
    note = ", ".join(filter(None, (tracker, read.format, runs)))
    return Cell(code=wording.named(read.file), note=wording.named(note)), Cell(code=read.sha256)


def _work(cited: Source) -> tuple[Cell, ...]:
    note = ", ".join(filter(None, (str(cited.year or ""), cited.licence)))
    address = cited.url or ""
    return (
        Cell(wording.quoted(language.ours(cited.title)), note=wording.named(note)),
        Cell(wording.named(address, _LONGEST_SHOWN), link=address if is_web(address) else ""),
    )


def is_web(address: str) -> bool:
    """Whether an address leads to the web and nowhere else: no script, no file, nothing hidden."""
    if len(address) > _LONGEST_LINK or not address.isascii() or not address.isprintable():
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and " " not in address


def listed(material: Material) -> Iterator[tuple[str, ...]]:
    """The files that were read, as the rows of a table for programs; heads first."""
    yield ("key", "file", "sha256", "format", "tracker", "version", "runs")
    for key, each in material.disclosure.inputs.items():
        runs = "" if each.runs is None else str(each.runs)
        yield key, each.file, each.sha256, each.format, each.tracker or "", each.version or "", runs
