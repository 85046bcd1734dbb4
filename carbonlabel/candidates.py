"""I take up what is to be compared: disclosures, reports, cards, here or on the Hub."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final

from carbonlabel import comparison, desk
from carbonlabel.checks import check
from carbonlabel.comparison import Comparison, Side, Wish
from carbonlabel.comparison.phrases import Phrase
from carbonlabel.comparison.readersgrid import readers_grid
from carbonlabel.comparison.side import coded
from carbonlabel.comparison.volume import volume
from carbonlabel.errors import CarbonLabelError, InputError
from carbonlabel.hub import fetch, is_address
from carbonlabel.intake import DOCUMENT_LIMIT, content_of
from carbonlabel.linting import declared
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.output import read_card
from carbonlabel.record import pdffile
from carbonlabel.record.canonical import digest
from carbonlabel.record.keeping import load
from carbonlabel.rules.waiving import waiver_of

if TYPE_CHECKING:
    from carbonlabel.model.region import Place

Subject = Disclosure | Side | str | PathLike[str]

_KEPT: Final = "carbon.json"
_CARD: Final = "README.md"
_CARDS: Final = (".md", ".markdown")
_NAMED: Final = re.compile(r"#jcs-sha256=(?P<digest>[0-9a-f]{64})")
_UNNAMED: Final = Phrase(
    "carbon.json lies beside the card, which does not name it; the card's figure is taken"
)
_ANOTHER: Final = Phrase(
    "carbon.json beside the card is not the one that it names; the card's figure is taken"
)


def compare(
    subjects: Sequence[Subject],
    *,
    mine: int = 0,
    region: Place | str | PathLike[str] | None = None,
    year: int | None = None,
    requests: str | None = None,
) -> Comparison:
    """What compares of two to eight footprints, and how far they are apart where it does.

    Each subject is a disclosure, its file, a report as PDF that carries it, a model card, a folder
    that holds one of these, or `hf:ORG/NAME`; `mine` is the place of the one that the others are
    measured by. `region` counts all electricity at one grid, of a `year` or the newest; `requests`
    asks for the use of a year: `2M/year`, `5000 requests/day`.

    Raises:
        InputError: a file is wrong, or there are too few subjects or too many.
        MissingFactor: the region is in no table.
        HubError: a card on the Hub cannot be had.
    """
    place = desk.region(region) if isinstance(region, str | PathLike) else region
    wish = Wish(
        grid=readers_grid(place, year) if place is not None else None,
        volume=volume(requests, where="requests") if requests else None,
    )
    if not 0 <= mine < max(len(subjects), 1):
        raise InputError(f"there is no subject {mine}, of {len(subjects)}")
    return comparison.compared([side(each) for each in subjects], wish, mine=mine)


def side(subject: Subject) -> Side:
    """One subject as the side of a comparison.

    Raises:
        InputError: it cannot be read, or is nothing that can be compared.
        HubError: a card on the Hub cannot be had.
    """
    match subject:
        case Side():
            return subject
        case Disclosure():
            return _disclosed(subject, subject.subject.model or _KEPT)
        case str() if is_address(subject):
            fetched = fetch(subject)
            return _of_card(fetched.card, fetched.name, fetched.disclosure)
        case _:
            return _of_file(Path(subject))


def _of_file(path: Path) -> Side:
    path = _inside(path) if path.is_dir() else path
    if path.suffix.lower() in _CARDS:
        return _of_card(read_card(path), _named(path), _beside(path))
    content = content_of(path, hint="on the Hub it is hf:ORG/NAME")
    if content.startswith(pdffile.MAGIC):
        return _of_report(content, path)
    return _disclosed(load(content, path.name), _named(path))


def _named(path: Path) -> str:
    """The file as the user named it, but no path that tells where it lies on this machine."""
    is_told = path.is_absolute() or ".." in path.parts
    return path.name if is_told else path.as_posix()


def _inside(folder: Path) -> Path:
    for name in (_KEPT, _CARD):
        if (folder / name).is_file():
            return folder / name
    raise InputError(
        f"the folder holds no {_KEPT} and no {_CARD}", where=folder.name or str(folder)
    )


def _of_report(content: bytes, path: Path) -> Side:
    report = pdffile.opened(content, path.name)
    broken = (
        ()
        if report.checksum_holds
        else (coded("pdf", Phrase("its attachment is not what the PDF states of it")),)
    )
    return _disclosed(load(report.attached, path.name), _named(path), broken)


def _disclosed(
    disclosure: Disclosure, file: str, faults: Sequence[str] = (), notes: Sequence[str] = ()
) -> Side:
    found = (*faults, *_errors(disclosure))
    return comparison.disclosed(disclosure, file, faults=found, notes=notes)


def _errors(disclosure: Disclosure) -> Iterator[str]:
    """Errors that the check finds and that nobody answers for."""
    for finding in check(disclosure):
        answered = waiver_of(finding, disclosure.waivers or ()) is not None
        if finding.severity == "error" and not answered:
            yield coded(finding.code, finding.message)


def _beside(path: Path) -> bytes | None:
    """A carbon.json in the card's folder."""
    kept = path.with_name(_KEPT)
    if not kept.is_file() or kept.stat().st_size > DOCUMENT_LIMIT:
        return None
    return content_of(kept)


def _of_card(card: bytes, name: str, kept: bytes | None) -> Side:
    """The disclosure that the card names, where it is beside it; else the card's own statement."""
    told = declared(card, name)
    named = _NAMED.search(dict(told.others).get("disclosure", ""))
    model = name.partition(":")[2].partition("@")[0] if is_address(name) else name
    if kept is None:
        return comparison.declared(told, model, hashlib.sha256(card).hexdigest())
    disclosure = _loaded(kept, name)
    if named and disclosure and digest(disclosure) == named["digest"]:
        return _disclosed(disclosure, Phrase("{card} with {file}", card=name, file=_KEPT))
    note = _ANOTHER if named else _UNNAMED
    return comparison.declared(told, model, hashlib.sha256(card).hexdigest(), notes=(note,))


def _loaded(kept: bytes, name: str) -> Disclosure | None:
    try:
        return load(kept, f"{name} {_KEPT}")
    except CarbonLabelError:
        return None
