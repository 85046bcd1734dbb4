"""I take up a kept project: any bytes in, a valid one or one clear refusal out."""

from __future__ import annotations

import json
import re
from typing import Final

from pydantic import ValidationError

from carbonlabel.errors import InvalidDocument, MalformedInput, UnsupportedVersion
from carbonlabel.intake import Log
from carbonlabel.model.project import PROJECT_SCHEMA, Project
from carbonlabel.parsing import jsontext
from carbonlabel.record.problems import problems

SIZE_LIMIT: Final = 64 * 2**20
"""A project of 20 000 runs, with room to spare."""
_LONGEST_COUNT: Final = 2000
_CONTROL: Final = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def load(log: Log) -> Project:
    """The project that a file holds.

    Raises:
        MalformedInput: it is over 64 MiB, or is no JSON in UTF-8.
        UnsupportedVersion: a newer carbonlabel wrote it.
        InvalidDocument: it breaks the schema; `problems` holds every fault with its place.
    """
    raw = jsontext.value(_text(log), where=log.name)
    if not isinstance(raw, dict):
        raise InvalidDocument("a project is a JSON object", where=log.name)
    if raw.get("$schema") != PROJECT_SCHEMA:
        raise UnsupportedVersion(
            "this is no version of a project that is known here",
            where=log.name,
            hint=f"known: {PROJECT_SCHEMA}; upgrade carbonlabel",
        )
    _check_texts(raw, log.name)
    try:
        # Strict types know dates only from JSON.
        return Project.model_validate_json(json.dumps(raw))
    except ValidationError as bad:
        found = problems(bad, raw)
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        raise InvalidDocument(
            f"{found[0]}{more}",
            where=log.name,
            hint="carbonlabel schema project prints the format",
            problems=found,
        ) from bad


def _check_texts(raw: jsontext.Value, name: str) -> None:
    # A stack and not recursion: what is read here may be nested as deep as its writer liked.
    waiting = [raw]
    while waiting:
        match waiting.pop():
            case dict() as whole:
                # A file may be called anything, and its name does not leave the project.
                waiting.extend(value for key, value in whole.items() if key != "file")
            case list() as several:
                waiting.extend(several)
            case str() as text if len(text) > _LONGEST_COUNT or _CONTROL.search(text):
                raise MalformedInput(
                    "holds a text with control characters, or a longer one than we write",
                    where=name,
                    hint="was the file edited? collect writes it anew",
                )


def _text(log: Log) -> str:
    lines: list[str] = []
    size = 0
    for _, line in log.lines():
        size += len(line) + 1
        if size > SIZE_LIMIT:
            raise MalformedInput(
                "the file is larger than 64 MiB", where=log.name, hint="collect fewer runs at once"
            )
        lines.append(line)
    return "\n".join(lines)
