"""I write a disclosure as text: the same statement always gives the same bytes and one digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from carbonlabel.errors import InvalidDocument

if TYPE_CHECKING:
    from carbonlabel.model.disclosure import Disclosure
    from carbonlabel.model.estimate import Model

_LEAF_WIDTH: Final = 190
_NESTED_WIDTH: Final = 130


def dumps(statement: Model) -> bytes:
    """The text of carbon.json in UTF-8: keys in their order; what fits on a line stands on one."""
    return (_laid_out(document(statement), 0) + "\n").encode()


def document(statement: Model) -> dict[str, Any]:
    """The disclosure or project as JSON knows it, with absent optional keys left out."""
    return statement.model_dump(mode="json", by_alias=True, exclude_none=True)


def digest(disclosure: Disclosure) -> str:
    """SHA-256 of the canonical JSON of RFC 8785, in hexadecimal; layout does not change it.

    Raises:
        InvalidDocument: a whole number is too large for every JSON program to read alike.
    """
    import rfc8785  # noqa: PLC0415 - most commands need no digest

    try:
        canonical = rfc8785.dumps(document(disclosure))
    except rfc8785.CanonicalizationError as bad:
        raise InvalidDocument(f"it has no canonical JSON: {bad}") from bad
    return hashlib.sha256(canonical).hexdigest()


def _laid_out(value: object, depth: int) -> str:
    flat = _on_one_line(value)
    if not isinstance(value, dict | list) or _fits(value, flat, depth):
        return flat
    pad, end = "  " * (depth + 1), "  " * depth
    if isinstance(value, dict):
        rows = [f"{pad}{_text(key)}: {_laid_out(each, depth + 1)}" for key, each in value.items()]
        return "{\n" + ",\n".join(rows) + f"\n{end}}}"
    return "[\n" + ",\n".join(pad + _laid_out(each, depth + 1) for each in value) + f"\n{end}]"


def _fits(value: dict[str, object] | list[object], flat: str, depth: int) -> bool:
    if not value:
        return True
    within: Iterable[object] = value.values() if isinstance(value, dict) else value
    if not any(isinstance(each, dict | list) for each in within):
        return len(flat) + 2 * depth <= _LEAF_WIDTH
    return isinstance(value, dict) and len(flat) <= _NESTED_WIDTH


def _on_one_line(value: object) -> str:
    # Braces get their inner space here and not by replacing: a name may hold a brace too.
    match value:
        case dict() if value:
            rows = [f"{_text(key)}: {_on_one_line(each)}" for key, each in value.items()]
            return "{ " + ", ".join(rows) + " }"
        case list():
            return "[" + ", ".join(map(_on_one_line, value)) + "]"
        case _:
            return _text(value)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
