"""I put the faults of a document into words a person can act on, each with its JSON pointer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from carbonlabel.model.estimate import Model
from carbonlabel.record.pointers import pointer

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

MOST: Final = 100
_LONGEST: Final = 200
_BRANCHES: Final = re.compile(r"function-after\[.*\]|Missing|Period")
_KEY_OF_A_MAP: Final = "[key]"
_WORDS: Final = {
    "missing": "is required",
    "model_type": "is not an object",
    "dict_type": "is not an object",
    "tuple_type": "is not an array",
    "string_type": "is not text",
    "bool_type": "is neither true nor false",
    "int_type": "is not a whole number",
    "float_type": "is not a number",
    "date_parsing": "is not a date such as 2026-11-22",
    "date_from_datetime_parsing": "is not a date such as 2026-11-22",
    "datetime_parsing": "is not a time such as 2026-11-22T00:36:37",
    "datetime_from_date_parsing": "is not a time such as 2026-11-22T00:36:37",
}


def problems(bad: ValidationError, document: object) -> tuple[str, ...]:
    """Every fault of `document` as `pointer: sentence`, in the order of the format, at most 100."""
    details = bad.errors(include_url=False, include_input=False)
    found = (_sentence(each, document) for each in details)
    return tuple(islice(dict.fromkeys(each for each in found if each), MOST))


def sentence(steps: Sequence[str | int], words: str) -> str:
    """One fault at one place, in at most 200 printable characters."""
    text = f"{pointer(*steps) or 'the document'}: {words}"
    return printable(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def printable(text: str) -> str:
    r"""The text with unprintable characters written as escapes, so that no file steers a terminal.

    >>> printable("a\x1b[31m")
    'a\\x1b[31m'
    """
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
        for letter in text
    )


def _sentence(detail: ErrorDetails, document: object) -> str | None:
    steps, value, relevant = _place(detail["loc"], document)
    if not relevant:
        return None
    kind = detail["type"]
    if kind == "too_short" and isinstance(value, list) and value:
        return None  # pydantic counts the valid items only; the fault of each item is told anyway.
    if kind == "extra_forbidden":
        return sentence(steps[:-1], f"has no key {steps[-1]!r}{_meant(steps[-1])}")
    return sentence(steps, _words(detail, value))


def _place(
    location: Sequence[str | int], document: object
) -> tuple[tuple[str | int, ...], object, bool]:
    """The steps without pydantic's names of branches, what stands there, and whether it matters."""
    steps: list[str | int] = []
    value, relevant = document, True
    for step in location:
        known = _at(value, step)
        if known is None and isinstance(step, str) and _BRANCHES.fullmatch(step):
            relevant = relevant and _is_meant(step, value)
        elif step != _KEY_OF_A_MAP:
            steps.append(step)
            value = None if known is None else known[0]
    return tuple(steps), value, relevant


def _at(value: object, step: str | int) -> tuple[object] | None:
    if isinstance(value, Mapping) and step in value:
        return (value[step],)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return (value[step],)
    return None


def _is_meant(branch: str, value: object) -> bool:
    # A quantity and a reason for none share a place: only the faults of the one meant are told.
    missing = (
        isinstance(value, Mapping) and "value" not in value and {"missing", "reason"} & {*value}
    )
    return bool(missing) == (branch == "Missing")


def _words(detail: ErrorDetails, value: object) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "literal_error":
        return f"is {value!r}, not one of {context['expected']}"
    if kind == "value_error":
        return str(context["error"])
    return _WORDS.get(kind) or re.sub(r"^\w+ should", "should", detail["msg"])


def _meant(key: str | int) -> str:
    import difflib  # noqa: PLC0415 - only a slip asks for names like it

    known = sorted({name for noun in Model.__subclasses__() for name in noun.model_fields})
    near = difflib.get_close_matches(str(key), known, n=1, cutoff=0.75)
    return f": did you mean {near[0]!r}?" if near else ""
