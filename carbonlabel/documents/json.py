"""I keep the statement itself: carbon.json, from which every other document can be drawn again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from carbonlabel.record import canonical

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.plugins import Options


@dataclass(frozen=True, slots=True)
class Json:
    """Writes carbon.json; no option changes a byte of it."""

    format: str = "json"
    """Its name."""
    file_name: str = "carbon.json"
    """The name it has in a folder."""
    about: str = "the disclosure itself, for programs and for later"
    """What it is."""

    def render(self, disclosure: Disclosure, options: Options) -> bytes:  # noqa: ARG002 - the contract has options
        """The disclosure as UTF-8 JSON, byte for byte the same for the same statement."""
        return canonical.dumps(disclosure)


renderer: Final = Json()
