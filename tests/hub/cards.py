"""I read the front matter of a card, and judge it in the words of the real Hub."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml

from tests.hub import jsyaml

FENCED: Final = re.compile(
    r"^([\s\ufeff]*---[\r\n]+)([\S\s]*?)([\r\n]+---(\r\n|\r|\n|$))",
)
EMPTY: Final = "empty or missing yaml metadata in repo card"
HELP: Final = "https://huggingface.co/docs/hub/model-cards#model-card-metadata"
INVALID: Final = "The YAML metadata of your README.md is invalid."
NO_OBJECT: Final = '"value" must be of type object'


@dataclass(frozen=True)
class Verdict:
    """What the Hub says of a card, and the metadata that it found."""

    error: str | None = None
    warning: str | None = None
    metadata: Mapping[str, Any] | None = None

    def envelope(self) -> dict[str, object]:
        """The body of an answer of `/api/validate-yaml`."""
        warnings = [{"message": self.warning, "help": HELP}] if self.warning else []
        return {
            "errors": [{"message": self.error}] if self.error else [],
            "warnings": warnings,
        }


def judge(content: str) -> Verdict:
    r"""The verdict on the text of a README.

    >>> judge("---\nlicense: mit\n---\n").metadata
    {'license': 'mit'}
    >>> judge("no front matter").warning
    'empty or missing yaml metadata in repo card'
    >>> judge("---\n- a list\n---\n").error
    '"value" must be of type object'
    """
    fenced = FENCED.match(content)
    if fenced is None:
        return Verdict(warning=EMPTY)
    try:
        value = jsyaml.load(fenced.group(2))
    except yaml.YAMLError as bad:
        return Verdict(error=f"Invalid YAML in README.md: {bad}")
    match value:
        case dict():
            return Verdict(metadata=value)
        case list():
            return Verdict(error=NO_OBJECT)
        case _:
            return Verdict(error=INVALID)


def tags_of(metadata: Mapping[str, Any]) -> list[str]:
    """The tags by which the Hub finds a card."""
    return [*dict.fromkeys([*_tags(metadata), "region:us"])]


def _tags(metadata: Mapping[str, Any]) -> Iterator[str]:
    for key in ("library_name", "tags", "language", "pipeline_tag"):
        yield from _texts(metadata.get(key))
    for key, prefix in (("datasets", "dataset"), ("base_model", "base_model")):
        yield from (f"{prefix}:{text}" for text in _texts(metadata.get(key)))
    yield from (f"license:{text}" for text in _texts(metadata.get("license")))
    if "co2_eq_emissions" in metadata:
        yield "co2_eq_emissions"


def _texts(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case list():
            return [str(each) for each in value]
        case _:
            return []
