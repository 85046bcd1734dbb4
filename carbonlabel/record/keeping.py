"""I take up a kept disclosure: any bytes in, a valid statement or one clear refusal out."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from carbonlabel import kinds
from carbonlabel.errors import InvalidDocument, MalformedInput
from carbonlabel.intake import DOCUMENT_LIMIT, Log
from carbonlabel.model.disclosure import Disclosure
from carbonlabel.record import canonical, migrate
from carbonlabel.record.problems import MOST, problems, sentence

if TYPE_CHECKING:
    from carbonlabel.model.project import Project

_DEEPEST: Final = 32
_MOST_VALUES: Final = 200_000
_LARGEST_WHOLE: Final = 2**53 - 1
_LONGEST_WHOLE: Final = len(str(_LARGEST_WHOLE)) + 1
_WANTED: Final = "a carbon.json is expected"
_MAKES: Final = "`carbonlabel assess LOG -o carbon.json` makes one"


class _Object(dict[str, object]):
    """A JSON object that remembers which keys stood in it twice."""

    twice: Sequence[str] = ()


def load(text: str | bytes, name: str = "carbon.json") -> Disclosure:
    """The disclosure that `text` holds, brought up to the newest version of the format.

    Raises:
        MalformedInput: it is over 10 MiB, or is no JSON in UTF-8.
        UnsupportedVersion: a newer carbonlabel wrote it.
        InvalidDocument: it breaks the schema; `problems` holds every fault with its place.
    """
    raw = _parsed(kinds.text(text), name)
    if unclean := tuple(islice(_unclean(raw), MOST)):
        raise _invalid(unclean, name)
    if not isinstance(raw, dict):
        raise InvalidDocument(
            "a disclosure is a JSON object", where=name, hint="is it the right file?"
        )
    document = migrate.migrated(raw, name)
    try:
        # Strict types know dates only from JSON, so the cleaned document goes in as JSON.
        return Disclosure.model_validate_json(json.dumps(document))
    except ValidationError as bad:
        raise _invalid(problems(bad, document), name) from bad


def dump(disclosure: Disclosure | Project) -> bytes:
    """The text of carbon.json: `load(dump(disclosure))` is the same statement again.

    Of a project, the text of project.json, which `carbonlabel.read` takes up.
    """
    return canonical.dumps(disclosure)


def _parsed(text: str | bytes, name: str) -> object:
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if len(data) > DOCUMENT_LIMIT:
        raise MalformedInput("is larger than 10 MiB", where=name, hint="is it the right file?")
    try:
        return json.loads(
            Log(name, content=data).document(),
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_constant=lambda _: math.nan,
        )
    except json.JSONDecodeError as bad:
        raise _no_json(bad, name) from bad
    except RecursionError as bad:
        raise _too_deep(name) from bad


def _no_json(bad: json.JSONDecodeError, name: str) -> MalformedInput:
    if not bad.doc.strip():
        return MalformedInput("is not JSON: it is empty", where=name, hint=_WANTED)
    if not bad.doc[: bad.pos].strip():
        return MalformedInput(
            "is not JSON, and so no disclosure", where=name, hint=f"{_WANTED}; of a log, {_MAKES}"
        )
    return MalformedInput(
        f"is not JSON: {bad.msg}, column {bad.colno}",
        where=f"{name}:{bad.lineno}",
        hint="was the file edited or cut off?",
    )


def _object(pairs: list[tuple[str, object]]) -> _Object:
    found = _Object(pairs)
    if len(found) < len(pairs):
        found.twice = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]
    return found


def _whole(digits: str) -> float:
    # Python refuses to read thousands of digits, and no disclosure needs them.
    return int(digits) if len(digits) <= _LONGEST_WHOLE else math.inf


def _unclean(raw: object) -> Iterator[str]:
    for seen, (steps, value) in enumerate(_every(raw)):
        if len(steps) > _DEEPEST or seen > _MOST_VALUES:
            yield sentence(steps[:2], f"holds over {_DEEPEST} levels or {_MOST_VALUES} values")
            return
        yield from (sentence(steps, fault) for fault in _faults(value))


def _every(raw: object) -> Iterator[tuple[tuple[str | int, ...], object]]:
    # A stack and not recursion: what is read here may be nested as deep as its writer liked.
    waiting: list[Iterator[tuple[tuple[str | int, ...], object]]] = [iter([((), raw)])]
    while waiting:
        for steps, value in waiting[-1]:
            yield steps, value
            waiting.append(iter([((*steps, step), child) for step, child in _within(value)]))
            break
        else:
            waiting.pop()


def _within(value: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def _faults(value: object) -> Iterator[str]:
    match value:
        case _Object():
            yield from (f"holds the key {key!r} twice" for key in value.twice)
        case float() if not math.isfinite(value):
            yield "is no finite number: NaN, Infinity and larger numbers are refused"
        case int() if abs(value) > _LARGEST_WHOLE:
            yield f"is a whole number above {_LARGEST_WHOLE}, which programs read differently"
        case str() if any("\ud800" <= letter <= "\udfff" for letter in value):
            yield "is text with half a character in it (a lone surrogate)"


def _invalid(found: tuple[str, ...], name: str) -> InvalidDocument:
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return InvalidDocument(
        f"{found[0]}{more}",
        where=name,
        hint="carbonlabel schema prints the format",
        problems=found,
    )


def _too_deep(name: str) -> MalformedInput:
    return MalformedInput(
        f"is nested deeper than {_DEEPEST} levels", where=name, hint="is it the right file?"
    )
