"""I am what can go wrong with a call: a fault stands between the request and the answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from tests.hub.answers import STALE, Answer, HungUp, refusal
from tests.hub.calls import Call

Proceed = Callable[[], Answer]
"""What the Hub would have done."""
Fault = Callable[[Call, Proceed], Answer]
"""What happens instead: an answer, or HungUp."""


@dataclass(frozen=True)
class Dropped:
    """The line drops before anything is done."""

    reset: bool = False

    def __call__(self, _call: Call, _proceed: Proceed) -> Answer:
        """Hang up."""
        raise HungUp(reset=self.reset)


@dataclass(frozen=True)
class LostAnswer:
    """The call is carried out, and the line drops before the answer."""

    reset: bool = False

    def __call__(self, _call: Call, proceed: Proceed) -> Answer:
        """Do it, then hang up."""
        proceed()
        raise HungUp(reset=self.reset)


@dataclass(frozen=True)
class Broken:
    """An error answer, before anything is done or, with `done`, after it."""

    status: int
    message: str = "Internal Error - We're working hard to fix this as soon as possible!"
    code: str = ""
    retry_after_s: int | None = None
    reset_s: int | None = None
    """Seconds until the rate limit ends, as the Hub's `RateLimit` header tells them."""
    done: bool = False

    def __call__(self, _call: Call, proceed: Proceed) -> Answer:
        """Answer with the error."""
        if self.done:
            proceed()
        answer = refusal(self.status, self.message, self.code)
        return replace(answer, headers={**answer.headers, **self._waits()})

    def _waits(self) -> dict[str, str]:
        headers = {}
        if self.retry_after_s is not None:
            headers["Retry-After"] = str(self.retry_after_s)
        if self.reset_s is not None:
            headers["RateLimit"] = f'"api";r=0;t={self.reset_s}'
            headers["RateLimit-Policy"] = '"fixed window";"api";q=500;w=300'
        return headers


def too_many(*, retry_after_s: int | None = None, reset_s: int | None = None) -> Broken:
    """429, with one or both of the ways in which a server tells how long to wait."""
    message = "We had to rate limit you."
    return Broken(429, message, retry_after_s=retry_after_s, reset_s=reset_s)


def stale() -> Broken:
    """412, though nobody else has committed."""
    return Broken(412, STALE)


@dataclass(frozen=True)
class ProxyPage:
    """The error page of a proxy, in HTML."""

    status: int = 502
    body: bytes = b"<html><body><h1>Bad Gateway</h1></body></html>"

    def __call__(self, _call: Call, _proceed: Proceed) -> Answer:
        """Answer with the page."""
        return Answer(self.status, {"Content-Type": "text/html"}, self.body)


@dataclass(frozen=True)
class Truncated:
    """The body of the answer ends too soon, and the line drops."""

    kept_bytes: int = 0

    def __call__(self, _call: Call, proceed: Proceed) -> Answer:
        """Cut the answer."""
        return replace(proceed(), cut_count=self.kept_bytes)


@dataclass(frozen=True)
class Slow:
    """The call waits, before it is carried out or, with `done`, after."""

    wait_s: float
    done: bool = False
    woken: threading.Event = field(default_factory=threading.Event, repr=False)
    """Set it to end the wait early."""

    def __call__(self, _call: Call, proceed: Proceed) -> Answer:
        """Wait, and do it."""
        answer = proceed() if self.done else None
        self.woken.wait(self.wait_s)
        return answer or proceed()


@dataclass(frozen=True)
class Hook:
    """Something else happens first (or, with `done`, in between the act and its answer)."""

    act: Callable[[], object]
    done: bool = False

    def __call__(self, _call: Call, proceed: Proceed) -> Answer:
        """Let it happen, and do what was asked."""
        answer = proceed() if self.done else None
        self.act()
        return answer or proceed()


@dataclass(frozen=True)
class Altered:
    """What the Hub answers in JSON, put otherwise: as other servers of the protocol do."""

    change: Callable[[Any], Any]

    def __call__(self, _call: Call, proceed: Proceed) -> Answer:
        """Do it, and word the answer anew."""
        answer = proceed()
        return replace(answer, body=json.dumps(self.change(json.loads(answer.body))).encode())


@dataclass(frozen=True)
class Well:
    """Nothing goes wrong: a pause between faults."""

    def __call__(self, _call: Call, proceed: Proceed) -> Answer:
        """Do what was asked."""
        return proceed()
