"""I am the address of a repository on the Hub, as a person writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from carbonlabel.errors import InputError

Kind = Literal["model", "dataset", "space"]

MAIN: Final = "main"
CARD: Final = "README.md"
STATEMENT: Final = "carbon.json"
_KINDS: Final[dict[str, Kind]] = {"models": "model", "datasets": "dataset", "spaces": "space"}
_PREFIX: Final = "hf:"
_NAME: Final = r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,94}[A-Za-z0-9_])?"
_REPO: Final = re.compile(rf"(?:{_NAME}/)?{_NAME}")
_WRITTEN: Final = re.compile(r"(?:hf:)?(?://)?(?:(models|datasets|spaces)/)?([^@]*)(?:@(.+))?")
_WEB: Final = re.compile(r"https?://[^/]+/")


@dataclass(frozen=True, slots=True)
class Address:
    """A repository, its kind, and a branch, a tag, a pull request or a commit of it."""

    repo: str
    kind: Kind = "model"
    revision: str = MAIN

    def __str__(self) -> str:
        """Return the address as a person would write it."""
        kind = "" if self.kind == "model" else f"{self.kind}s/"
        revision = "" if self.revision == MAIN else f"@{self.revision}"
        return f"{_PREFIX}{kind}{self.repo}{revision}"


def is_address(text: str) -> bool:
    """Whether a text names something on the Hub, and no file: `hf:ORG/NAME`."""
    return text.startswith(_PREFIX)


def address(text: str, *, kind: Kind | None = None, revision: str | None = None) -> Address:
    """The address that a text names: `hf:ORG/NAME`, `hf:datasets/ORG/NAME@dev` or `ORG/NAME`.

    `kind` and `revision` count where the text is silent.

    Raises:
        InputError: it is no such address, or it contradicts `kind` or `revision`.

    >>> str(address("hf:datasets/acme/tiny@refs/pr/1")), str(address("acme/tiny"))
    ('hf:datasets/acme/tiny@refs/pr/1', 'hf:acme/tiny')
    """
    found = _WRITTEN.fullmatch(_WEB.sub("", text.strip()).rstrip("/"))
    if found is None or not _REPO.fullmatch(found[2]) or re.search(r"--|\.\.", found[2]):
        raise InputError(
            f"{text[:120]!r} is no repository of the Hub",
            hint="write ORG/NAME, hf:ORG/NAME@REVISION or hf:datasets/ORG/NAME",
        )
    named = _KINDS[found[1]] if found[1] else None
    if (kind and named and kind != named) or (revision and found[3] and revision != found[3]):
        raise InputError(f"{text[:120]!r} and the options name different places")
    return Address(found[2], named or kind or "model", found[3] or revision or MAIN)
