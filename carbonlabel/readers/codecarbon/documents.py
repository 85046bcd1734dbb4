"""I find the runs and the posts in what CodeCarbon's API and dashboard write as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from carbonlabel.errors import MalformedInput
from carbonlabel.intake import Log
from carbonlabel.parsing import jsontext
from carbonlabel.parsing.jsontext import Value
from carbonlabel.readers.codecarbon.posts import named, total
from carbonlabel.readers.codecarbon.readings import Reading
from carbonlabel.readers.codecarbon.rows import Row
from carbonlabel.readers.codecarbon.snapshots import written

Object = dict[str, Value]

_LISTS: Final = ("projects", "experiments", "runs", "items", "emissions")
_HEADS: Final = frozenset({"{", "[", "[{"})
_DEEPEST: Final = 8


@dataclass(slots=True)
class Contents:
    """What one file holds."""

    totals: list[Reading] = field(default_factory=list)
    """Runs with their totals, as in a download of a project."""
    posts: list[Row] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    """What the one run object among the posts says of its machine."""
    cut: int | None = None
    """The last line, where the file breaks off within it."""


def contents(log: Log) -> Contents:
    """Everything in a JSON document, or in the JSON objects of a log's lines.

    Raises:
        MalformedInput: it is no JSON, or a figure is wrong.
    """
    first = next((text.strip() for _, text in log.lines() if text.strip()), "")
    if first in _HEADS or first.startswith("[") or '"projects"' in first:
        return _of_document(log)
    return _of_lines(log)


def _of_document(log: Log) -> Contents:
    text = log.document()
    found = Contents()
    lines = {key: _lines_of(text, f'"{key}"') for key in ("runId", "emissions_sum")}
    for one in _objects(jsontext.value(text, where=log.name), {}):
        key = "emissions_sum" if "emissions_sum" in one else "runId"
        _take(found, one, log.name, next(lines[key], 1))
    return found


def _of_lines(log: Log) -> Contents:
    found = Contents()
    held: tuple[int, MalformedInput] | None = None
    for number, text in log.lines():
        begin = text.find("{")
        if begin < 0:
            continue
        if held:
            raise held[1]
        try:
            value, _ = jsontext.value_at(text, begin, where=f"{log.name}:{number}")
        except MalformedInput as bad:
            held = number, bad
            continue
        for one in _objects(value, {}):
            _take(found, one, log.name, number)
    if held and not found.posts:
        raise held[1]
    found.cut = held[0] if held else None
    return found


def _objects(value: Value, above: Object, depth: int = 0) -> Iterator[Object]:
    """Posts, runs with totals and run objects, each with what the objects above it say."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _objects(each, above, depth + 1)
    elif isinstance(value, dict):
        yield from _of_object(value, above, depth)


def _of_object(value: Object, above: Object, depth: int) -> Iterator[Object]:
    metadata = value.get("metadata")
    flat: Object = {**(metadata if isinstance(metadata, dict) else {}), **value}
    if "emissions_sum" in flat or ("codecarbon_version" in flat and "runId" not in flat):
        yield {**above, **flat}
    elif "runId" in flat and "energy_consumed" in flat:
        # The posts below it are the same energy again.
        yield {**above, **flat}
    else:
        inherited = {**above, **({"runId": flat["runId"]} if "runId" in flat else {})}
        for name in _LISTS:
            yield from _objects(value.get(name), inherited, depth + 1)


def _take(found: Contents, one: Object, file: str, line: int) -> None:
    plain = {name: value for name, value in one.items() if not isinstance(value, list | dict)}
    fields = named({name: written(value) for name, value in plain.items()})
    if "emissions_sum" in one:
        found.posts.append(Row(file, line, fields, len(fields)))
    elif "energy_consumed" in one:
        found.totals.append(total(Row(file, line, fields, len(fields))))
    else:
        found.about = {name: text for name, text in fields.items() if name != "timestamp"}


def _lines_of(text: str, mark: str) -> Iterator[int]:
    line, seen = 1, 0
    at = text.find(mark)
    while at >= 0:
        line += text.count("\n", seen, at)
        seen = at
        yield line
        at = text.find(mark, at + 1)
