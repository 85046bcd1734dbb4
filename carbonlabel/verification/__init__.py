"""I verify a disclosure: I work it out again, from itself and from the files behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import Final, NamedTuple, cast

from carbonlabel.errors import InputError, UnsupportedVersion
from carbonlabel.intake import content_of
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.record import pdffile
from carbonlabel.record.canonical import digest as digest_of
from carbonlabel.record.keeping import load
from carbonlabel.verification import digests, documents, evidence, factors, figures
from carbonlabel.verification.evidence import Told
from carbonlabel.verification.outcome import Check, Verification
from carbonlabel.version import __version__

__all__ = ["Check", "Told", "Verification", "verify"]

_VERSION: Final = re.compile(
    r"(?P<major>\d{1,4})\.(?P<minor>\d{1,4})\.(?P<patch>\d{1,4})((a|b|rc|\.dev|\.post)\d{1,4})?"
)
_OURS: Final = cast("re.Match[str]", _VERSION.fullmatch(__version__))
_FIRST: Final = (0, 1, 0)
KEPT: Final = "carbon.json"
"""The name under which documents cite a disclosure."""


def verify(
    what: Disclosure | str | PathLike[str],
    files: Sequence[str | PathLike[str]] = (),
    *,
    digest: str | None = None,
    told: Told | None = None,
    alone: bool = False,
) -> Verification:
    """Whether every figure of a disclosure follows, and what could not be checked.

    `what` is a disclosure, its file, a report as PDF that carries it, or a document that lies
    beside its carbon.json. `files` are the logs, the hardware.yaml and the region.yaml that it was
    made from: they are hashed, read and assessed again. `digest` is what somebody else knows of
    it; `told` is what was typed. Documents and files beside it are taken in, unless it is `alone`.

    Raises:
        InputError: a file cannot be read, or holds no disclosure.
    """
    if isinstance(what, Disclosure):
        subject = _Subject(KEPT, what, None, ())
    else:
        subject = _opened(Path(what), alone=alone)
    given = tuple(Path(each) for each in files)
    if subject.folder and not alone:
        known = {each.resolve() for each in given}
        near = evidence.nearby(subject.disclosure, subject.folder)
        given += tuple(each for each in near if each.resolve() not in known)
    _refuse_newer(subject.disclosure, subject.name)
    checks = (
        *_version(subject.disclosure),
        *_digest(subject.disclosure, digest),
        *subject.checks,
        *figures.recomputed(subject.disclosure),
        *factors.looked_up(subject.disclosure),
        *evidence.inputs(subject.disclosure, given),
        *evidence.repeated(subject.disclosure, given, told or Told()),
    )
    return Verification(subject.name, subject.disclosure, checks)


class _Subject(NamedTuple):
    """What is verified, with what the file that it came in says of it."""

    name: str
    disclosure: Disclosure
    folder: Path | None
    """Where other files of it may lie."""
    checks: tuple[Check, ...]


def _opened(path: Path, *, alone: bool) -> _Subject:
    content = content_of(path)
    if content.startswith(pdffile.MAGIC):
        report = pdffile.opened(content, path.name)
        held = tuple(documents.carried(report, path.name))
        return _Subject(path.name, load(report.attached, path.name), path.parent, held)
    if path.suffix.lower() in documents.SUFFIXES:
        return _drawn(path)
    disclosure = load(content, path.name)
    cited = path.name == KEPT and not alone
    held = tuple(documents.beside(disclosure, path.parent)) if cited else ()
    return _Subject(path.name, disclosure, path.parent, held)


def _drawn(path: Path) -> _Subject:
    """A document, with the disclosure that lies beside it."""
    kept = path.with_name(KEPT)
    if not kept.is_file():
        raise InputError(
            f"there is no {KEPT} beside it, and it does not carry one",
            where=path.name,
            hint=f"give the {KEPT} that it was drawn from; only report.pdf carries its own",
        )
    disclosure = load(content_of(kept), KEPT)
    held = tuple(documents.held(disclosure, path))
    if not held:
        raise InputError("no digest of a disclosure stands in it", where=path.name)
    return _Subject(path.name, disclosure, path.parent, held)


def _digest(disclosure: Disclosure, text: str | None) -> Iterator[Check]:
    if text is not None:
        told = digests.stated(text)
        same = digest_of(disclosure).startswith(told)
        yield Check(
            group="digest",
            place="",
            holds=same,
            message="The disclosure has the digest that was given"
            if same
            else "The disclosure has another digest than the one given",
            expected=None if same else told,
            found=None if same else digest_of(disclosure)[: len(told)],
            is_anchor=True,
        )


def _refuse_newer(disclosure: Disclosure, name: str) -> None:
    made = _VERSION.fullmatch(disclosure.generator["version"])
    if made is not None and _numbers(made) > _numbers(_OURS):
        raise UnsupportedVersion(
            f"carbonlabel {made[0]} made it, and this is {__version__}",
            where=name,
            hint="update carbonlabel: an older one does not know how newer figures are made",
        )


def _version(disclosure: Disclosure) -> Iterator[Check]:
    """A disclosure is made by a version that there is."""
    version = disclosure.generator["version"]
    made = _VERSION.fullmatch(version)
    if made is None or _numbers(made) < _FIRST:
        yield Check(
            group="assessment",
            place="/generator/version",
            holds=False,
            message="There is no such version of carbonlabel",
            found=version,
        )


def _numbers(version: re.Match[str]) -> tuple[int, ...]:
    return tuple(map(int, version.group("major", "minor", "patch")))
