"""I am what goes back over the wire: answers, and the refusals of the real Hub."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

LOGIN: Final = "Invalid username or password."
BAD_TOKEN: Final = "Invalid credentials in Authorization header"  # noqa: S105 - a message, no secret
OPEN_A_PR: Final = "Forbidden: pass `create_pr=1` as a query parameter to create a Pull Request"
READ_ONLY: Final = "You have read access but not the required permissions for this operation"
STALE: Final = "A commit has happened since. Please refresh and try again."


@dataclass(frozen=True)
class Answer:
    """One answer; with `cut_count` only so many bytes of the body are sent, then the line drops."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    cut_count: int | None = None


class Refused(Exception):
    """A call that the Hub turns down; carries the answer that says so."""

    def __init__(self, status: int, message: str, code: str = "", **headers: str) -> None:
        """Word the answer as the Hub does."""
        super().__init__(status, message)
        self.answer = refusal(status, message, code, **headers)


class HungUp(Exception):
    """The connection ends here, without an answer."""

    def __init__(self, *, reset: bool = False) -> None:
        """End politely, or with a reset of the connection."""
        super().__init__()
        self.reset = reset


def reply(value: object, status: int = 200, **headers: str) -> Answer:
    """An answer in JSON; `X_Name="…"` becomes the header X-Name."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    body = json.dumps(_plain(value), allow_nan=False).encode()
    return Answer(status, {"Content-Type": "application/json; charset=utf-8", **named}, body)


def refusal(status: int, message: str, code: str = "", **headers: str) -> Answer:
    """An error as the Hub words it: in the body, in X-Error-Message and in X-Error-Code."""
    named = {"X_Error_Message": _one_line(message), **headers}
    if code:
        named["X_Error_Code"] = code
    return reply({"error": message}, status, **named)


def _one_line(message: str) -> str:
    return " ".join(message.split()).encode("latin-1", "replace").decode("latin-1")


def _plain(value: Any) -> Any:  # noqa: ANN401 - any YAML value may stand in a card
    """The value as JSON.stringify would write it: no NaN, dates as text."""
    match value:
        case dict():
            return {str(key): _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case float() if not math.isfinite(value):
            return None
        case date():
            return f"{value.isoformat()}T00:00:00.000Z"
        case _:
            return value


def stamp(at: datetime) -> str:
    """A time as the Hub writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"
