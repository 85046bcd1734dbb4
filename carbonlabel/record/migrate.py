"""I bring an older disclosure up to the newest shape, and say no to what I do not know."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from carbonlabel.errors import InvalidDocument, UnsupportedVersion

Step = Callable[[Mapping[str, object]], Mapping[str, object]]
Version = tuple[int, int, int]

NEWEST: Final[Version] = (1, 0, 0)
STEPS: Final[Mapping[Version, Step]] = MappingProxyType({})
"""For each version that was superseded: how a document of it becomes one of the next version.

1-0-0 is the first version ever published, so there is no step yet.
"""
_ADDRESS: Final = re.compile(
    r"https://w3id\.org/carbonlabel/disclosure/(\d{1,4})-(\d{1,4})-(\d{1,4})"
)
_EXAMPLE: Final = 'it begins with "$schema": "https://w3id.org/carbonlabel/disclosure/1-0-0"'

_OF_A_PROJECT: Final = "it is a project: `carbonlabel assess` makes a disclosure of it"
_LONGEST_COUNT: Final = 100


def migrated(
    document: Mapping[str, object], name: str, *, steps: Mapping[Version, Step] = STEPS
) -> Mapping[str, object]:
    """The same statement in the newest shape; `document` itself is left as it is.

    Raises:
        InvalidDocument: it does not say by its `$schema` what it is.
        UnsupportedVersion: it is newer than this program, or of a version never published.
    """
    version = _version(document, name)
    if version > NEWEST:
        raise UnsupportedVersion(
            f"the disclosure is of version {_written(version)}, "
            f"newer than {_written(NEWEST)}, which this program knows",
            where=f"{name} /$schema",
            hint="upgrade carbonlabel: pip install --upgrade carbonlabel",
        )
    while version in steps:
        document = steps[version](document)
        version = _version(document, name)
    if version != NEWEST:
        raise UnsupportedVersion(
            f"there is no version {_written(version)} of the disclosure format",
            where=f"{name} /$schema",
            hint=_EXAMPLE,
        )
    return document


def _version(document: Mapping[str, object], name: str) -> Version:
    address = document.get("$schema")
    if address is None:
        raise InvalidDocument("$schema is missing: is it a disclosure?", where=name, hint=_EXAMPLE)
    found = _ADDRESS.fullmatch(address) if isinstance(address, str) else None
    if not found:
        raise InvalidDocument(
            "$schema names no disclosure of carbonlabel",
            where=f"{name} /$schema",
            hint=_OF_A_PROJECT if "/project/" in str(address)[:_LONGEST_COUNT] else _EXAMPLE,
        )
    model, revision, addition = (int(each) for each in found.groups())
    return model, revision, addition


def _written(version: Version) -> str:
    return "-".join(map(str, version))
