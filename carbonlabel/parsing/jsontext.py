"""I read JSON of strangers: whatever is wrong with it becomes one kind of error."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Final, NoReturn

from carbonlabel.errors import MalformedInput

Value = dict[str, "Value"] | list["Value"] | str | int | float | bool | None


def value(text: str, *, where: str, accept_nan: bool = False) -> Value:
    """What `text` says; with `accept_nan`, NaN and infinity are None.

    Raises:
        MalformedInput: it is no JSON, holds NaN, infinity or a key twice, or nests too deep.
    """
    found, end = value_at(text, _after_blanks(text, 0), where=where, accept_nan=accept_nan)
    if _after_blanks(text, end) != len(text):
        raise MalformedInput("more stands after the end of the JSON", where=where, hint=_HINT)
    return found


def value_at(text: str, begin: int, *, where: str, accept_nan: bool = False) -> tuple[Value, int]:
    """What `text` says from `begin` on, and where that ends.

    Raises:
        MalformedInput: as `value`.
    """
    try:
        found: tuple[Value, int] = _DECODERS[accept_nan].raw_decode(text, begin)
    except RecursionError:
        raise MalformedInput("nests too deep", where=where, hint=_HINT) from None
    except ValueError as bad:
        why = f"no JSON: {bad.msg}" if isinstance(bad, json.JSONDecodeError) else str(bad)
        raise MalformedInput(why, where=where, hint=_HINT) from None
    return found


def _after_blanks(text: str, begin: int) -> int:
    while begin < len(text) and text[begin] in " \t\r\n":
        begin += 1
    return begin


def _once(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_COUNT:
        raise ValueError("a number is too long")
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError("a number is too large")
    return number


def _refuse(_: str) -> NoReturn:
    raise ValueError("NaN and infinity are no figures")


_HINT: Final = "was the file cut or edited?"
_LONGEST_COUNT: Final = 40


def _decoder(constant: Callable[[str], None]) -> json.JSONDecoder:
    return json.JSONDecoder(
        object_pairs_hook=_once,
        parse_constant=constant,
        parse_float=_float,
        parse_int=_integer,
    )


_DECODERS: Final = {False: _decoder(_refuse), True: _decoder(lambda _: None)}
