"""I am the Hub on this machine, as a test holds it in its hand."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from email.message import Message
from typing import Literal, Self

from tests.hub.accounts import Bearer
from tests.hub.answers import Answer, Refused
from tests.hub.calls import Call
from tests.hub.faults import Fault
from tests.hub.repository import Kind, Repository
from tests.hub.routes import NAMES, Endpoint, routed
from tests.hub.script import Scene, Script
from tests.hub.shelf import Shelf
from tests.hub.wire import Wire

POLL_S = 0.01


class Hub:
    """A Hub that serves while its `with` block runs; every call is recorded in `requests`."""

    def __init__(
        self, *, port: int = 0, page_count: int = 100, told: Callable[[Call], object] | None = None
    ) -> None:
        """Listen at once; `told` hears of every call after it was answered."""
        self.requests: list[Call] = []
        self.script = Script()
        self._told = told
        self._lock = threading.Lock()
        self._wire = Wire(self, port)
        self.endpoint = f"http://127.0.0.1:{self._wire.server_address[1]}"
        self.shelf = Shelf(self.endpoint, page_count)
        self._thread = threading.Thread(
            target=self._wire.serve_forever, args=(POLL_S,), name="test Hub", daemon=True
        )

    def __enter__(self) -> Self:
        """Begin to serve."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End all connections; what broke inside the server is raised here."""
        self._wire.shutdown()
        self._wire.hang_up()
        self._wire.server_close()
        self._thread.join()
        if self._wire.crashes:
            raise ExceptionGroup("the test Hub broke", [*map(_as_error, self._wire.crashes)])

    # What is on the Hub

    def create(
        self,
        repo_id: str,
        files: Mapping[str, bytes | str] | None = None,
        *,
        kind: Kind = "model",
        private: bool = False,
        gated: Literal["auto", "manual"] | None = None,
    ) -> Repository:
        """A new repository with these files in its second commit."""
        made = Repository(repo_id, kind, self.shelf.clock, private, gated)
        if files:
            made.edit(files, author=made.namespace, summary="Add files")
        with self.shelf.lock:
            self.shelf.repositories[kind, repo_id] = made
        return made

    def repository(self, repo_id: str, kind: Kind = "model") -> Repository:
        """The repository of that name; KeyError if there is none."""
        return self.shelf.repositories[kind, repo_id]

    def admit(self, token: str, bearer: Bearer) -> str:
        """The token, which now belongs to this person."""
        self.shelf.bearers[token] = bearer
        return token

    # What goes wrong

    def on(
        self,
        name: str,
        *faults: Fault,
        method: str = "",
        repo: str = "",
        times: int = 1,
        every: int = 1,
    ) -> None:
        """Let faults befall calls of a route, one after the other; `*` is any route.

        Faults of one call of `on` strike one call each, in their order, and the row is played
        `times` times (ALWAYS: without end). Faults of two calls of `on` strike the same calls.
        """
        if name not in {*NAMES, "*"}:
            raise ValueError(f"{name!r} is no route of the Hub: {', '.join(sorted(NAMES))}")
        self.script.add(Scene(name, faults, method, repo, times, every))

    # What was asked

    def calls(self, *names: str) -> list[Call]:
        """The recorded calls of these routes (of all, without a name), in order of arrival."""
        with self._lock:
            return [call for call in self.requests if not names or call.name in names]

    def forget(self) -> None:
        """Drop what was recorded so far."""
        with self._lock:
            self.requests.clear()

    # What the wire asks of us

    def serve(self, method: str, target: str, headers: Message, body: bytes) -> tuple[Call, Answer]:
        """A request, written down on arrival, and what the script and the shelf make of it."""
        with self._lock:
            call = Call(len(self.requests) + 1, method, target, headers, body)
            endpoint = routed(call)
            self.requests.append(call)
        try:
            answer = self.script.play(call, lambda: self._act(call, endpoint))
            call.status = answer.status
        finally:
            if self._told:
                self._told(call)
        return call, answer

    def _act(self, call: Call, endpoint: Endpoint) -> Answer:
        try:
            call.bearer = self.shelf.bearer_of(call)
            return endpoint(self.shelf, call)
        except Refused as refused:
            return refused.answer


def _as_error(crash: BaseException) -> Exception:
    return crash if isinstance(crash, Exception) else RuntimeError(repr(crash))
