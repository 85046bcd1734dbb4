"""I am the community tab of a repository: discussions, pull requests and what happened in them."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from tests.hub.answers import stamp

Status = Literal["draft", "open", "closed", "merged"]


@dataclass
class Discussion:
    """One discussion or pull request; `base` is the commit that a pull request started from."""

    repo_id: str
    num: int
    title: str
    author: str
    at: datetime
    status: Status = "open"
    base: str | None = None
    merged_as: str | None = None
    events: list[dict[str, Any]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def is_pull_request(self) -> bool:
        """Whether there is a branch behind it."""
        return self.base is not None

    @property
    def is_settled(self) -> bool:
        """Whether it counts as closed in listings."""
        return self.status in {"closed", "merged"}

    @property
    def ref(self) -> str:
        """The branch of a pull request."""
        return f"refs/pr/{self.num}"

    def add(self, kind: str, author: str, at: datetime, body: Mapping[str, Any]) -> dict[str, Any]:
        """The event as the client reads it, after it was written down."""
        with self.lock:
            key = f"{self.repo_id}#{self.num}.{len(self.events)}".encode()
            event = {
                "id": hashlib.sha256(key).hexdigest()[:24],
                "type": kind,
                "createdAt": stamp(at),
                "author": {"name": author},
                "data": dict(body),
            }
            self.events.append(event)
        return event

    def comment(self, author: str, at: datetime, text: str) -> dict[str, Any]:
        """A comment, written down."""
        latest = {
            "raw": text,
            "html": f"<p>{text}</p>",
            "updatedAt": stamp(at),
            "author": {"name": author},
        }
        body = {"edited": False, "hidden": False, "latest": latest, "history": []}
        return self.add("comment", author, at, body)

    def turn(self, author: str, at: datetime, status: Status) -> dict[str, Any]:
        """A change of status, made and written down."""
        self.status = status
        return self.add("status-change", author, at, {"status": status})

    def rename(self, author: str, at: datetime, title: str) -> dict[str, Any]:
        """A change of title, made and written down."""
        old, self.title = self.title, title
        return self.add("title-change", author, at, {"from": old, "to": title})
