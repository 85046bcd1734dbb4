"""What a hand may change in a disclosure: one digit, one letter, one word, one key, one order."""

from __future__ import annotations

import copy
import random
import string
from collections.abc import Iterator
from typing import Any, Final

CHOICES: Final = {
    "basis": ("measured", "estimated", "assumed"),
    "headline": ("total", "at least", "not reported"),
    "scope": ("lifecycle", "direct"),
    "accounting": ("production", "consumption"),
    "phase": ("training", "finetuning", "evaluation", "pretraining"),
    "pue_in_energy": ("yes", "no", "unknown"),
    "given_by": ("user", "log", "nobody"),
    "severity": ("error", "warning", "note"),
    "missing": ("not-measured", "not-stated", "not-applicable", "withheld"),
    "kind": ("accelerator", "host"),
    "part": ("accelerators", "host", "computing", "overhead", "manufacture"),
}
REQUIRED: Final = frozenset({"value", "unit", "basis", "missing", "reason"})
"""Keys whose absence the format itself refuses; to drop them is no art."""

Steps = tuple[str | int, ...]


def leaves(value: Any, steps: Steps = ()) -> Iterator[tuple[Steps, Any]]:  # noqa: ANN401 - JSON
    """Every plain value, and every list of two or more, with the way to it."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, (*steps, key))
    elif isinstance(value, list):
        if len(value) > 1:
            yield steps, value
        for number, below in enumerate(value):
            yield from leaves(below, (*steps, number))
    else:
        yield steps, value


def changed(value: Any, key: str | int, chance: random.Random) -> Any:  # noqa: ANN401 - JSON
    """The value with one thing in it put otherwise."""
    match value:
        case bool():
            return not value
        case int() | float():
            return digit(value, chance)
        case str() if key in CHOICES:
            return chance.choice([each for each in CHOICES[str(key)] if each != value])
        case str():
            return letter(value, chance)
        case list():
            return order(value, chance)
    raise AssertionError(value)


def digit(value: float, chance: random.Random, *, digits: int | None = None) -> float:
    """The number with one of its digits changed; of the first `digits` that say something."""
    text = repr(value)
    mantissa = text.partition("e")[0]
    places = [at for at, each in enumerate(mantissa) if each.isdigit()]
    first = next((at for at in places if mantissa[at] != "0"), places[0])
    places = [at for at in places if at >= first][:digits]
    at = chance.choice(places)
    other = chance.choice([each for each in string.digits if each != text[at]])
    made = text[:at] + other + text[at + 1 :]
    return int(made) if isinstance(value, int) else float(made)


def letter(text: str, chance: random.Random) -> str:
    """The text with one letter changed."""
    at = chance.randrange(len(text)) if text else 0
    other = chance.choice([each for each in string.ascii_lowercase if each != text[at : at + 1]])
    return text[:at] + other + text[at + 1 :]


def order(items: list[Any], chance: random.Random) -> list[Any]:
    """The list with two neighbours exchanged that are not alike."""
    apart = [at for at in range(len(items) - 1) if items[at] != items[at + 1]]
    if not apart:
        return items[:-1]
    at = chance.choice(apart)
    return [*items[:at], items[at + 1], items[at], *items[at + 2 :]]


def put(whole: Any, steps: Steps, value: Any) -> Any:  # noqa: ANN401 - JSON
    """The document with another value at one place."""
    made = copy.deepcopy(whole)
    below = made
    for step in steps[:-1]:
        below = below[step]
    below[steps[-1]] = value
    return made


def dropped(whole: Any, steps: Steps) -> Any:  # noqa: ANN401 - JSON
    """The document without one key."""
    made = copy.deepcopy(whole)
    below = made
    for step in steps[:-1]:
        below = below[step]
    del below[steps[-1]]
    return made


def tampered(whole: Any, count: int, seed: int) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - JSON
    """So many documents that differ from the whole in one field, each with what was done."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable choice, and no secret
    every = [each for each in leaves(whole) if each[0] != ("$schema",)]
    while count:
        steps, value = chance.choice(every)
        place = "/" + "/".join(map(str, steps))
        if chance.random() < 0.1 and isinstance(steps[-1], str) and steps[-1] not in REQUIRED:
            made, what = dropped(whole, steps), "dropped"
        else:
            other = changed(value, steps[-1], chance)
            made, what = put(whole, steps, other), f"{value!r} -> {other!r}"[:120]
        if made != whole:
            count -= 1
            yield f"{place} {what}", made
