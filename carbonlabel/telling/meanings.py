"""I say what a key of a disclosure means, in the words of the published format."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from carbonlabel.record.pointers import steps_of
from carbonlabel.record.schema import frozen

_CHOICES: Final = ("anyOf", "allOf", "oneOf")

_Schema = Mapping[str, Any]


def meaning(place: str) -> str:
    """What stands at a JSON pointer of a disclosure, as one sentence; empty where none says it.

    >>> meaning("/activities/3/runs")
    'How many executions are added up here.'
    """
    whole = _format()
    found: Sequence[_Schema] = (whole,)
    said = ""
    for step in steps_of(place):
        found = tuple(below for each in found for below in _below(whole, each, step))
        said = next((each["description"] for each in found if "description" in each), "")
    return str(said)


@cache
def _format() -> _Schema:
    published: _Schema = json.loads(frozen("disclosure"))
    return published


def _below(whole: _Schema, schema: _Schema, step: str) -> Iterator[_Schema]:
    for each in _meant(whole, schema):
        if step in each.get("properties", {}):
            yield each["properties"][step]
        elif isinstance(each.get("items"), Mapping):
            # An item has no words of its own but those of its list.
            yield {"description": each.get("description", ""), **each["items"]}
        elif isinstance(each.get("additionalProperties"), Mapping):
            yield {"description": schema.get("description", ""), **each["additionalProperties"]}


def _meant(whole: _Schema, schema: _Schema) -> Iterator[_Schema]:
    """The schema with what it refers to and what it leaves the choice of."""
    yield schema
    if "$ref" in schema:
        yield from _meant(whole, whole["$defs"][schema["$ref"].rpartition("/")[2]])
    for choice in _CHOICES:
        for each in schema.get(choice, ()):
            yield from _meant(whole, each)
