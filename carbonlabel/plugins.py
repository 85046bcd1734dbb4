"""I am the contract for strangers: what a reader and a renderer of another package offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from carbonlabel.intake import Log
    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.model.evidence import Evidence
    from carbonlabel.model.series import GridSeries


class Described(Protocol):
    """What a reader says of itself; `carbonlabel list formats` prints it.

    Only `format` and `about` are asked of a stranger: the others read "not stated" where they are
    left out.
    """

    @property
    def format(self) -> str:
        """Its name, such as `codecarbon-csv`."""

    @property
    def about(self) -> str:
        """What it reads and which versions: `CodeCarbon 1.0 to 3.3, emissions.csv`."""

    @property
    def measures(self) -> str:
        """Which components its figures are of: `GPU boards, CPU packages and their memory`."""

    @property
    def record(self) -> str:
        """What one record holds: `cumulative, one row a flush`, `samples of power`."""

    @property
    def pue(self) -> str:
        """Whether a PUE is in its energy: `not inside`, `inside, factor not stored`."""

    @property
    def zone(self) -> str:
        """Which zone its times are in: `local, no offset`, `unix seconds`."""

    @property
    def proven(self) -> str:
        """What it was tried on: `real output`, `documented format`, or `own format` for ours."""


class Reader(Described, Protocol):
    """Turns one foreign format into evidence; entry point group `carbonlabel.readers`."""

    def recognises(self, log: Log) -> bool:
        """Whether the file's name and first 4 KiB look like this format; cheap, never raises."""

    def read(self, log: Log) -> Sequence[Evidence]:
        """Every run in the file.

        Raises:
            InputError: and nothing else, whatever the bytes.
        """


class SeriesReader(Described, Protocol):
    """Turns one file of grid intensities into a series; entry point group `carbonlabel.factors`."""

    def recognises(self, log: Log) -> bool:
        """Whether the file's first 4 KiB look like this format; cheap, never raises."""

    def read(self, log: Log) -> GridSeries:
        """The intensities in gCO2e/kWh, sorted, in UTC, without what holds no figure.

        Raises:
            InputError: and nothing else, whatever the bytes.
        """


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may choose about a document."""

    theme: Literal["light", "dark"] = "light"
    """Colours of a picture."""
    scale: int = 2
    """Pixels for each unit of a raster picture."""
    fonts: Literal["ours", "machine"] = "ours"
    """Who draws, in pixels, the letters that our outlines lack: `ours` a box with the character's
    code, the same everywhere; `machine` the fonts that are installed, so that bytes may differ."""
    columns: int = 58
    """How wide a label of plain text may be; it is never wider than 58, nor narrower than 40."""
    language: str = "en"
    """Of all words and numbers: `en`, `fr`, `de` or `es`."""
    venue: Literal["plain", "neurips", "acl"] = "plain"
    """For whom a sentence is written."""
    profile: Literal["lab", "public", "regulator"] = "lab"
    """For whom a report is written."""
    recipient: Literal["aio", "nca", "downstream"] | None = None
    """Who gets a regulator's annex: the AI Office, an authority, or a downstream provider."""
    scope: Literal["electricity", "total"] = "electricity"
    """What a badge says the figure of."""
    templates: Path | None = None
    """A folder whose templates are taken before ours."""


class Renderer(Protocol):
    """Draws one document from a disclosure; entry point group `carbonlabel.documents`.

    It reads no file, looks at no clock and computes nothing: all rows and words come from
    `carbonlabel.documents.face.face(disclosure)`. It may have an attribute `heeds`, the names of
    the options that change its document: the command line then refuses one that changes nothing.
    """

    @property
    def format(self) -> str:
        """Its name, such as `markdown`."""

    @property
    def file_name(self) -> str:
        """The name its document has in a folder, such as `LABEL.md`."""

    @property
    def about(self) -> str:
        """What it is, in a few words."""

    def render(self, disclosure: Disclosure, options: Options) -> bytes:
        """The document's bytes: the same disclosure and options give the same bytes."""
