"""I am a label as it goes to the Hub: two places of a card, a picture and the disclosure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from carbonlabel import registry
from carbonlabel.cards.splice import Inscription
from carbonlabel.checks import findings
from carbonlabel.documents import modelcard
from carbonlabel.errors import InvalidDocument
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.model.provenance import Finding
from carbonlabel.plugins import Options
from carbonlabel.record.canonical import digest, dumps
from carbonlabel.rules.waiving import waiver_of

FOLDER: Final = "carbonlabel"
_NAMED_COUNT: Final = 12


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that a push puts into a repository."""

    inscription: Inscription
    picture: bytes
    """A PNG."""
    statement: bytes
    """The text of carbon.json."""
    digest: str
    """SHA-256 of the disclosure."""
    replaces_generated: bool = False
    """Whether the sections on emissions that a training library wrote go."""

    @property
    def picture_path(self) -> str:
        """Where the picture lies: named for its content, so that no old one is shown for it."""
        return picture_path(self.picture)

    @property
    def figure(self) -> str | None:
        """The emissions as the card will declare them, in grams; None where it declares none."""
        return dict(self.inscription.key_lines or ()).get("emissions")


def contents(disclosure: Disclosure, *, replaces_generated: bool = False) -> Contents:
    """The files of a label, and what goes into the card.

    Raises:
        RenderError: the picture cannot be drawn.
    """
    picture = registry.renderer("png").render(disclosure, Options())
    section = modelcard.section(disclosure, picture=picture_path(picture))
    return Contents(
        Inscription(modelcard.metadata(disclosure), section),
        picture,
        dumps(disclosure),
        digest(disclosure),
        replaces_generated,
    )


def picture_path(picture: bytes) -> str:
    """The path of a picture in a repository."""
    return f"{FOLDER}/label-{hashlib.sha256(picture).hexdigest()[:_NAMED_COUNT]}.png"


def sound(disclosure: Disclosure, *, force: bool) -> Disclosure:
    """The disclosure, unless an error was found in it; with `force` it carries what is wrong.

    Raises:
        InvalidDocument: a figure in it cannot be; `problems` names each.
    """
    told = {(each.code, each.place) for each in disclosure.findings}
    new = [each for each in findings(disclosure) if (each.code, each.place) not in told]
    wrong = tuple(each for each in new if each.severity == "error")
    waivers = disclosure.waivers or ()
    errors = [
        each
        for each in (*wrong, *disclosure.findings)
        if each.severity == "error" and waiver_of(each, waivers) is None
    ]
    if errors and not force:
        raise InvalidDocument(
            "the figures cannot be trusted, so the card stays as it is",
            hint="correct the input; or with --force the label says what is wrong",
            problems=tuple(map(_in_a_line, errors)),
        )
    return disclosure.model_copy(update={"findings": (*wrong, *disclosure.findings)})


def _in_a_line(finding: Finding) -> str:
    found = f" Found {finding.found}, expected {finding.expected}." if finding.found else ""
    return f"{finding.code} {finding.place}: {finding.message}{found}"
