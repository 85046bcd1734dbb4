"""I am a label as it goes to the Hub: two places of a card, a picture and the disclosure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from carbonlabel import checks, registry
from carbonlabel.cards.splice import Inscription
from carbonlabel.documents import modelcard
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.plugins import Options
from carbonlabel.record.canonical import digest, dumps

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
    return checks.sound(disclosure, undone="the card stays as it is", force=force)
