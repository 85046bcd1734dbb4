"""I find one value in a statement by its JSON pointer (RFC 6901), and every value below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from carbonlabel.errors import InputError
from carbonlabel.model.estimate import Estimate, Missing, Model

Value = object
_NEAR: Final = 3
_MOST: Final = 5_000
"""Among how many places a near one is looked for: a project may have a million."""
_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,8}")


def pointer(*steps: str | int) -> str:
    """The JSON pointer that takes these steps from the root.

    >>> pointer("activities", 0, "a/b")
    '/activities/0/a~1b'
    """
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def steps_of(place: str) -> tuple[str, ...]:
    """The steps of a JSON pointer, with its escapes undone.

    >>> steps_of("/inputs/a~1b")
    ('inputs', 'a/b')
    """
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in place.split("/")[1:])


def resolve(statement: Model, place: str) -> Value:
    """What stands at a JSON pointer: a noun, a tuple, a mapping or a plain value.

    Raises:
        InputError: nothing stands there; the hint lists pointers that are near.
    """
    found = find(statement, place)
    if found is None:
        raise InputError(f"nothing stands at {place}", where=place, hint=_near(statement, place))
    return found


def find(statement: Model, place: str) -> Value | None:
    """What stands at a JSON pointer; None where nothing does."""
    if place and not place.startswith("/"):
        return None
    found: Value | None = statement
    for step in steps_of(place):
        found = _child(found, step)
    return found


def walk(value: Value, place: str = "") -> Iterator[tuple[str, Value]]:
    """The value and everything below it, each with its JSON pointer, in the order of the file."""
    yield place, value
    for step, child in _children(value):
        yield from walk(child, place + pointer(step))


def quantities(value: Value, place: str = "") -> Iterator[tuple[str, Estimate | Missing]]:
    """Every quantity at or below a value, declared or missing, with its JSON pointer."""
    for at, each in walk(value, place):
        if isinstance(each, Estimate | Missing):
            yield at, each


def _children(value: Value | None) -> Iterator[tuple[str, Value]]:
    pairs: Iterator[tuple[object, Value]] = iter(())
    if isinstance(value, Model):
        fields = type(value).model_fields
        pairs = ((fields[name].alias or name, each) for name, each in value)
    elif isinstance(value, Mapping):
        pairs = iter(value.items())
    elif isinstance(value, tuple):
        pairs = iter(enumerate(value))
    return ((str(step), each) for step, each in pairs if each is not None)


def _child(value: Value | None, step: str) -> Value | None:
    if isinstance(value, Model):
        return next((each for key, each in _children(value) if key == step), None)
    within: Value | None = None
    if isinstance(value, Mapping):
        within = value.get(step)
    if isinstance(value, tuple) and _INDEX.fullmatch(step) and int(step) < len(value):
        within = value[int(step)]
    return within


def _near(statement: Model, place: str) -> str:
    known = [at for at, _ in islice(walk(statement), _MOST) if at]
    import difflib  # noqa: PLC0415 - only a slip asks for names like it

    near = difflib.get_close_matches(place, known, n=_NEAR, cutoff=0.5)
    headline = next(at for at, _ in quantities(statement))
    return f"did you mean {' or '.join(near or [headline])}?"
