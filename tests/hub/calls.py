"""I am one request that reached the Hub, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.hub.accounts import Bearer
from tests.hub.answers import Refused

YES = {"1", "true"}


@dataclass
class Call:
    """One request; `name` is that of its route, `status` stays None if nothing was answered."""

    number: int
    method: str
    target: str
    headers: Message = field(repr=False)
    body: bytes = field(repr=False)
    name: str = "unknown"
    places: Mapping[str, str] = field(default_factory=dict)
    """What the route found in the path: kind, repo, rev, path, num …"""
    bearer: Bearer | None = None
    status: int | None = None

    @property
    def path(self) -> str:
        """The path as it was sent, still percent-encoded."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, list[str]]:
        """The query, each name with all its values."""
        return parse_qs(urlsplit(self.target).query, keep_blank_values=True)

    @property
    def body_bytes(self) -> int:
        """The size of the body."""
        return len(self.body)

    @property
    def repo(self) -> str:
        """`ORG/NAME` of the repository that the call is about, or nothing."""
        return self.places.get("repo", "")

    def asked(self, name: str, default: str = "") -> str:
        """The first value of a name in the query."""
        return self.query.get(name, [default])[0]

    def asks(self, name: str) -> bool:
        """Whether the query sets a switch, in any of the client's spellings."""
        return self.asked(name).lower() in YES

    def json(self) -> Any:  # noqa: ANN401 - whatever the client sent
        """The body as JSON; 400 if it is none."""
        try:
            return json.loads(self.body or b"{}")
        except ValueError as bad:
            raise Refused(400, "The body is not JSON") from bad

    def lines(self) -> list[Any]:
        """The body as lines of JSON; 400 if it is none."""
        try:
            return [json.loads(line) for line in self.body.splitlines() if line.strip()]
        except ValueError as bad:
            raise Refused(400, "The body is not NDJSON") from bad
